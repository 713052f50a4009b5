package twilio

import (
	"strings"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
)

// checkHeaders refuses what net/http would refuse on every try.
func checkHeaders(headers []wire.Pair) error {
	for _, h := range headers {
		if !isHeaderName(h.Name) || !isHeaderValue(h.Value) {
			return &ParamError{h.Name, "cannot be sent as a header"}
		}
	}
	return nil
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
