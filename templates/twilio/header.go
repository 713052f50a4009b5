package twilio

import (
	"net/http"
	"strings"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
)

// checkHeaders refuses what net/http would refuse, ignore or misunderstand on every try.
func checkHeaders(headers []wire.Pair) error {
	for _, h := range headers {
		switch {
		case !isHeaderName(h.Name) || !isHeaderValue(h.Value):
			return &ParamError{h.Name, "cannot be sent as a header"}
		case isTransportHeader(h.Name):
			return &ParamError{h.Name, "cannot be set as a header: net/http sees to it"}
		}
	}
	return nil
}

// isTransportHeader reports whether a header is about the connection, the way a body travels on it,
// or a proxy. Some of them net/http would leave out in silence, others change how it sends the
// request or break it over HTTP/2, and with an Accept-Encoding of the caller's it would no longer
// decompress what it reads.
func isTransportHeader(name string) bool {
	name = http.CanonicalHeaderKey(name)
	switch name {
	case "Accept-Encoding", "Connection", "Content-Length", "Expect", "Host", "Http2-Settings",
		"Keep-Alive", "Te", "Trailer", "Transfer-Encoding", "Upgrade":
		return true
	}
	return strings.HasPrefix(name, "Proxy-")
}

// isHeaderName reports whether s is a token as RFC 9110 defines it.
func isHeaderName(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool {
		return (r < 'a' || 'z' < r) && (r < 'A' || 'Z' < r) && (r < '0' || '9' < r) && !strings.ContainsRune("!#$%&'*+-.^_`|~", r)
	}) < 0
}

// isHeaderValue reports whether s contains no control characters other than tabs.
func isHeaderValue(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' && s[i] != '\t' || s[i] == 0x7f {
			return false
		}
	}
	return true
}
