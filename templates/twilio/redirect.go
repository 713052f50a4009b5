package twilio

import (
	"errors"
	"net/http"
	"slices"
)

const maxRedirects = 10

// redirectPolicy follows the redirects of reads, such as that from a recording to where it is
// stored. Any other redirect becomes an error with its status: nobody asked for a write, or a read
// that costs money, to be repeated elsewhere or as a GET. The caller's own policy is asked last.
func redirectPolicy(own func(*http.Request, []*http.Request) error) func(*http.Request, []*http.Request) error {
	return func(next *http.Request, via []*http.Request) error {
		first, departure := via[0], departureOf(next.Context())
		switch {
		case departure != nil && departure.billed:
			return http.ErrUseLastResponse
		case first.Method != http.MethodGet && first.Method != http.MethodHead || next.Method != first.Method:
			return http.ErrUseLastResponse
		case first.URL.Scheme == "https" && next.URL.Scheme != "https":
			return http.ErrUseLastResponse
		case len(via) >= maxRedirects:
			return &policyError{errors.New("stopped after 10 redirects")}
		}
		if departure != nil {
			departure.redirected()
		}
		elsewhere := func(r *http.Request) bool { return !sameOrigin(first.URL, r.URL) }
		if elsewhere(next) || slices.ContainsFunc(via, elsewhere) {
			dropPrivateHeaders(next.Header)
		}
		if own != nil {
			return asPolicy(own(next, via))
		}
		return nil
	}
}

// policyError is why a redirect was not followed. It is not a failure of the transport, although
// net/http reports it as one.
type policyError struct{ error }

func (e *policyError) Unwrap() error { return e.error }

func asPolicy(err error) error {
	if err == nil || err == http.ErrUseLastResponse {
		return err
	}
	return &policyError{err}
}

func isPolicy(err error) bool { return errors.As(err, new(*policyError)) }

// dropPrivateHeaders keeps only what a stranger may see: not the credentials, not the caller's own
// headers, and not the Referer, which is the URL with its personal data.
func dropPrivateHeaders(h http.Header) {
	for name := range h {
		switch name {
		case "Accept", "Accept-Encoding", "Accept-Language", "If-Range", "Range", "User-Agent":
		default:
			delete(h, name)
		}
	}
}
