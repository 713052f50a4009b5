package webhook

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
)

// Middleware returns a handler that passes requests on to next if [Validator.Validate] accepts
// them. It responds to the others with the status of [StatusCode], unless [WithErrorHandler] sets
// something else. The response does not say why; that is for [WithLogger].
func (v *Validator) Middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s := v.get()
		if err := v.Validate(r); err != nil {
			s.refuse(w, r, err)
			return
		}
		s.serve(w, r, next)
	})
}

// StatusCode returns the status with which [Validator.Middleware] responds to a request that
// [Validator.Validate] refuses with this error: 403, or 413 if the body is too large, or 400 if the
// request is malformed, or 503 if it cannot be checked at the moment.
func StatusCode(err error) int {
	switch {
	case errors.Is(err, ErrTooLarge):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, ErrMalformed):
		return http.StatusBadRequest
	case errors.Is(err, ErrUnavailable):
		return http.StatusServiceUnavailable
	}
	return http.StatusForbidden
}

// WithErrorHandler sets the function that responds to the requests that [Validator.Middleware]
// refuses, for a response or a metric of your own. The error is that of [Validator.Validate]. As in
// any handler, the status is 200 unless it sets another, such as that of [StatusCode].
func WithErrorHandler(f func(w http.ResponseWriter, r *http.Request, err error)) Option {
	return func(s *settings) { s.respond = f }
}

// WithLogger logs each request that [Validator.Middleware] refuses: the reason, the status, the
// pattern under which [http.ServeMux] serves the request, and, where the signature does not match,
// the scheme and host that were checked. If the headers X-Forwarded-Proto and X-Forwarded-Host name
// another public URL, that is logged as forwarded: a hint that [WithPublicURL] may be missing, and
// no more than that, since anybody can send these headers. Nothing else of the request is logged:
// no path, query, parameter, signature or token. The level is Warn, or Error for a status of 500 or
// above, or Info if the client is gone. The context is that of the request.
//
// With nil, as without this option, nothing is logged.
func WithLogger(logger *slog.Logger) Option {
	return func(s *settings) { s.logger = logger }
}

func (s *settings) refuse(w http.ResponseWriter, r *http.Request, err error) {
	s.log(r, err)
	if s.respond != nil {
		s.respond(w, r, err)
		return
	}
	status := StatusCode(err)
	http.Error(w, http.StatusText(status), status)
}

func (s *settings) log(r *http.Request, err error) {
	if s.logger == nil {
		return
	}
	status, level := StatusCode(err), slog.LevelWarn
	switch {
	case r.Context().Err() != nil:
		level = slog.LevelInfo
	case status >= http.StatusInternalServerError:
		level = slog.LevelError
	}
	attrs := []slog.Attr{slog.String("reason", err.Error()), slog.Int("status", status)}
	if r.Pattern != "" { // unlike a path it is the server's own text
		attrs = append(attrs, slog.String("route", r.Pattern))
	}
	if errors.Is(err, ErrSignature) {
		checked := plainOrigin(s.origin(r))
		attrs = append(attrs, slog.String("checked", checked))
		if forwarded := forwardedOrigin(r, checked); forwarded != checked {
			attrs = append(attrs, slog.String("forwarded", forwarded))
		}
	}
	s.logger.LogAttrs(r.Context(), level, "webhook refused", attrs...)
}

// plainOrigin returns the scheme and host of a URL, without the user, password and path, which may
// be secret.
func plainOrigin(rawURL string) string {
	scheme, rest, _ := strings.Cut(rawURL, "://")
	authority, _, _ := strings.Cut(rest, "/")
	host := authority[strings.LastIndexByte(authority, '@')+1:]
	return fmt.Sprintf("%.80s", scheme+"://"+host)
}

// forwardedOrigin returns the scheme and host that a proxy says it was called with. What a proxy
// does not say, or not in the form of a scheme and host, is taken from what was checked.
func forwardedOrigin(r *http.Request, checked string) string {
	scheme, host, _ := strings.Cut(checked, "://")
	if s := firstOf(r.Header.Get("X-Forwarded-Proto")); standardPort(s) != "" {
		scheme = strings.ToLower(s)
	}
	if h := firstOf(r.Header.Get("X-Forwarded-Host")); h != "" && strings.Trim(h, hostCharacters) == "" {
		host = h
	}
	return fmt.Sprintf("%.80s", scheme+"://"+host)
}

const hostCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]"

// firstOf returns the first value of a header to which each proxy on the way adds one.
func firstOf(list string) string {
	first, _, _ := strings.Cut(list, ",")
	return strings.TrimSpace(first)
}

// failure is an error whose text shows nothing of its cause, which may be an address or a
// credential. Both are found by errors.Is and errors.As.
type failure struct {
	error
	cause func() error // a function, since fmt with %#v looks into structs
}

func hideCause(err, cause error) error { return &failure{err, func() error { return cause }} }

func (f *failure) Unwrap() []error { return []error{f.error, f.cause()} }
