package twilio

import (
	"encoding/base64"
	"encoding/binary"
	"hash/fnv"
	"strings"
)

// Token returns a text from which [WithPageToken] finds this page again; see there. It is "" for a
// page that does not come from Twilio.
func (p *Page[T]) Token() string {
	if p == nil || p.at == nil {
		return ""
	}
	at := p.at.place()
	return at.call.pageToken(at.target)
}

// NextToken is like Token, for the page after this one. It is "" after the last page.
func (p *Page[T]) NextToken() string {
	if p == nil || p.at == nil {
		return ""
	}
	at := p.at.place()
	if at.next == "" {
		return ""
	}
	return at.call.pageToken(at.next)
}

// WithPageToken begins a list, or the pages of one, at a page whose token was kept: by [Page.Token]
// or [Page.NextToken], perhaps in another process. The call must be the same as the one that the
// token comes from, with the same account and the same arguments, and is refused with a
// [*ParamError] otherwise. Its filters and page size are in the token, and count in place of those
// of the call. An empty token stands for the first page, so that "" can mean that nothing was kept;
// [Page.HasNext] tells it from the end.
//
// A token is safe in a URL. It holds no credentials, chooses no host, account or path, and leads to
// nothing but pages of this list. But it can be decoded, and the filters in it may be personal data,
// such as a phone number. How long Twilio keeps the page that it stands for is Twilio's to say.
func WithPageToken(token string) RequestOption {
	return requestOption(func(c *callOptions) { c.pageToken = token })
}

// A token is a mark of the list that it belongs to, and the query of a page.

// pageToken returns the token of a page of the list. What leads from page to page is in the query;
// the path is that of the call, though a link may write it in another way, with the SID of what the
// caller named by its unique name.
func (k *call) pageToken(target string) string {
	_, query, _ := strings.Cut(target, "?")
	return base64.RawURLEncoding.EncodeToString(append(k.listMark(), query...))
}

// resume makes the call begin at the page of a token, if there is one.
func (k *call) resume(token string) error {
	if token == "" {
		return nil
	}
	data, err := base64.RawURLEncoding.DecodeString(token)
	mark := k.listMark()
	query, isMarked := strings.CutPrefix(string(data), string(mark))
	switch {
	case err != nil:
		return &ParamError{"page token", "is not one that a page has given"}
	case !isMarked:
		return &ParamError{"page token", "belongs to another list"}
	case strings.ContainsFunc(query, func(r rune) bool { return r <= ' ' || r > '~' || r == '#' }):
		return &ParamError{"page token", "is not one that a page has given"}
	}
	k.target, _, _ = strings.Cut(k.target, "?")
	if query != "" {
		k.target += "?" + query
	}
	return nil
}

// listMark identifies the list that the call returns.
func (k *call) listMark() []byte {
	path, _, _ := strings.Cut(k.target, "?")
	mark := fnv.New64a()
	mark.Write([]byte("1 " + k.request.Method + " " + path)) // 1 is the version of the form
	return binary.BigEndian.AppendUint64(nil, mark.Sum64())
}
