package webhook

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// origin returns the scheme and host that Twilio called, and the beginning of the path if the public
// URL has one.
func (s *settings) origin(r *http.Request) string {
	switch {
	case s.publicURL != "":
		return s.publicURL
	case r.TLS != nil:
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// requestURL returns the URL that Twilio called, split before the path.
func (s *settings) requestURL(r *http.Request) (origin, target string) {
	origin = s.origin(r)
	if strings.EqualFold(r.Header.Get("Upgrade"), "websocket") && strings.HasPrefix(origin, "http") {
		origin = "ws" + strings.TrimPrefix(origin, "http")
	}
	return origin, requestTarget(r)
}

// requestTarget returns the path and query as they were sent: r.URL may be escaped differently, and
// other handlers change it.
func requestTarget(r *http.Request) string {
	if strings.HasPrefix(r.RequestURI, "/") {
		return r.RequestURI
	}
	if _, rest, ok := strings.Cut(r.RequestURI, "://"); ok { // to a proxy, or by httptest
		if slash := strings.IndexAny(rest, "/?"); slash >= 0 {
			return rest[slash:]
		}
		return ""
	}
	if r.URL == nil {
		return ""
	}
	return r.URL.RequestURI() // made by http.NewRequest
}

// replayed is a body that can be read again from its beginning.
type replayed struct {
	io.Reader
	io.Closer
}

func readBody(r *http.Request, limit int64) ([]byte, error) {
	if r.ContentLength > limit {
		return nil, ErrTooLarge
	}
	if r.Body == nil || r.Body == http.NoBody {
		return nil, nil
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, limit+1))
	r.Body = replayed{io.MultiReader(bytes.NewReader(body), r.Body), r.Body}
	var tooLarge *http.MaxBytesError
	switch {
	case int64(len(body)) > limit, errors.As(err, &tooLarge):
		return nil, ErrTooLarge
	case err != nil:
		return nil, hideCause(fmt.Errorf("%w: the body cannot be read", ErrMalformed), err)
	}
	return body, nil
}

// readForm returns nil for a body that is not a form. It refuses what is not known to be all that was
// sent: the signature of a request without content is easily had, and must not vouch for content that
// something else has already taken out of the body.
func readForm(r *http.Request, body []byte) (url.Values, error) {
	// Like Request.ParseForm.
	mediaType, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	form := mediaType == "application/x-www-form-urlencoded"
	parsed := len(r.PostForm) > 0
	switch {
	case r.MultipartForm != nil, parsed && !form: // the handler would not use the body
		return nil, fmt.Errorf("%w: the form was parsed before it could be checked", ErrMalformed)
	case parsed && len(body) == 0:
		return r.PostForm, nil
	case !isWhole(r, body):
		return nil, fmt.Errorf("%w: the body was read before it could be checked, or is empty without a length of 0", ErrMalformed)
	case !form:
		return nil, nil
	}
	params, err := url.ParseQuery(string(body))
	if err != nil { // the error would show part of the body
		return nil, fmt.Errorf("%w: the body is not a valid form", ErrMalformed)
	}
	if parsed && !maps.EqualFunc(params, r.PostForm, slices.Equal) {
		return nil, fmt.Errorf("%w: the form that was parsed is not that in the body", ErrMalformed)
	}
	return params, nil
}

// isWhole reports whether nothing was taken out of the body, as far as that can be known: once it has
// been read, a body whose length was not announced looks like an empty one.
func isWhole(r *http.Request, body []byte) bool {
	if len(body) > 0 {
		return int64(len(body)) >= r.ContentLength
	}
	announced := r.Header.Get("Content-Length") // net/http takes one that it cannot read over HTTP/2 as 0
	return r.ContentLength == 0 && len(r.TransferEncoding) == 0 && (announced == "" || announced == "0")
}
