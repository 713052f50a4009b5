package webhook

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
)

// Middleware returns a handler that passes the requests that [Validator.Validate] accepts on to next. The others are
// answered with the status 403, or 413 if the body is too large, or 400 if it is malformed.
func (v *Validator) Middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := v.Validate(r); err != nil {
			status := statusOf(err)
			http.Error(w, http.StatusText(status), status)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func statusOf(err error) int {
	switch {
	case errors.Is(err, ErrTooLarge):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, ErrMalformed):
		return http.StatusBadRequest
	}
	return http.StatusForbidden
}

// requestURL returns the URL that Twilio has called, cut before the path of the request line.
func (s *settings) requestURL(r *http.Request) (origin, target string) {
	origin = s.publicURL
	if origin == "" {
		origin = "http://" + r.Host
		if r.TLS != nil {
			origin = "https://" + r.Host
		}
	}
	if strings.EqualFold(r.Header.Get("Upgrade"), "websocket") && strings.HasPrefix(origin, "http") {
		origin = "ws" + strings.TrimPrefix(origin, "http")
	}
	return origin, requestTarget(r)
}

// requestTarget returns path and query as they were sent, since r.URL is not always escaped in the same way and other
// handlers change it.
func requestTarget(r *http.Request) string {
	if strings.HasPrefix(r.RequestURI, "/") {
		return r.RequestURI
	}
	if _, rest, ok := strings.Cut(r.RequestURI, "://"); ok { // sent to a proxy, or made by httptest.NewRequest
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

// replayed is a body that is read from its beginning again.
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
		return nil, fmt.Errorf("%w: the body cannot be read: %w", ErrMalformed, err)
	}
	return body, nil
}

// readForm returns nil for a body that is no form.
func readForm(r *http.Request, body []byte) (url.Values, error) {
	mediaType, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")) // as Request.ParseForm does it
	form := mediaType == "application/x-www-form-urlencoded"
	switch {
	case len(body) == 0 && form && len(r.PostForm) > 0: // ParseForm was called already
		return r.PostForm, nil
	case len(body) == 0 && r.ContentLength > 0:
		return nil, fmt.Errorf("%w: the body was read before it could be checked", ErrMalformed)
	case !form:
		return nil, nil
	}
	params, err := url.ParseQuery(string(body))
	if err != nil { // the error would show a part of the body
		return nil, fmt.Errorf("%w: the body is not the form that it claims to be", ErrMalformed)
	}
	return params, nil
}
