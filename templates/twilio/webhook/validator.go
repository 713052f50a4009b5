// Package webhook tells whether a request to one of your URLs comes from Twilio, by its X-Twilio-Signature header.
//
//	validator, err := webhook.NewValidator(os.Getenv("TWILIO_AUTH_TOKEN"), webhook.WithPublicURL("https://example.com"))
//	http.Handle("POST /sms", validator.Middleware(smsHandler))
//
// A signature covers the URL and what is sent to it, but no time: whoever has seen a request can send it again. Where that
// matters, look at the SIDs in the request.
package webhook

import (
	"crypto/subtle"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"strings"
)

// DefaultMaxBody is the largest request body in bytes, 1 MiB, unless [WithMaxBody] sets another.
const DefaultMaxBody = 1 << 20

// Why a request is refused. What a [Validator] returns wraps one of them, and holds nothing of the auth token, the
// signature or the body.
var (
	// ErrNoSignature means that the request has no X-Twilio-Signature: it is not from Twilio.
	ErrNoSignature = errors.New("webhook: the request has no signature")

	// ErrSignature means that the signature is not one of this URL and this content with a known auth token. If the
	// request is from Twilio, then Twilio called another URL than the one that was checked, as behind a proxy, or the
	// token is of another account.
	ErrSignature = errors.New("webhook: the signature does not match")

	// ErrTooLarge means that the body is larger than the limit.
	ErrTooLarge = errors.New("webhook: the body is too large")

	// ErrMalformed means that the body cannot be read, or not as the form that it claims to be.
	ErrMalformed = errors.New("webhook: the request is malformed")
)

// Validator checks signatures. It is made by [NewValidator] and is safe for concurrent use. Its zero value knows no auth
// token and refuses every request.
type Validator struct {
	// A function, since fmt looks behind pointers, even into a struct that merely holds a Validator.
	settings func() *settings
}

// settings is what NewValidator and its options make. It never changes afterwards.
type settings struct {
	tokens    []string
	publicURL string // without a slash at the end; "": as the request says
	maxBody   int64
	err       error // the first option that cannot be applied
}

// Option is an option of [NewValidator]. A nil option does nothing.
type Option func(*settings)

// NewValidator returns a validator of what Twilio signs with the auth token of an account. A subaccount's webhooks are
// signed with the auth token of the subaccount. The secret of an API key signs nothing.
func NewValidator(authToken string, opts ...Option) (*Validator, error) {
	s := &settings{maxBody: DefaultMaxBody}
	for _, opt := range append([]Option{WithAuthToken(authToken)}, opts...) {
		if opt != nil {
			opt(s)
		}
	}
	if s.err != nil {
		return nil, fmt.Errorf("webhook: %w", s.err)
	}
	return &Validator{settings: func() *settings { return s }}, nil
}

// WithAuthToken adds an auth token: a signature made with any of them is right. While the auth token of an account is
// changed, that is the old one and the new one.
func WithAuthToken(token string) Option {
	return func(s *settings) {
		if token == "" {
			s.fail(errors.New("the auth token is empty")) // everybody can sign with that
		}
		s.tokens = append(s.tokens, token)
	}
}

// WithPublicURL sets the URL under which Twilio reaches this server, such as "https://example.com". It is needed behind a
// proxy that ends TLS or changes the Host header, and is the safer choice everywhere. A path in it is put before the path
// of each request, for a proxy that cuts it off. A user and password are given as they are in the URL that Twilio has.
// For the handshake of a WebSocket, as of a media stream, https stands for wss.
func WithPublicURL(publicURL string) Option {
	return func(s *settings) {
		u, err := url.Parse(publicURL)
		switch {
		case err != nil || u.Host == "": // the error would show the password
			s.fail(errors.New(`the public URL is none; it looks like "https://example.com"`))
			return
		case standardPort(u.Scheme) == "":
			s.fail(errors.New("the public URL must use https, http, wss or ws"))
		case strings.ContainsAny(publicURL, "?#"):
			s.fail(errors.New("the public URL must have no query or fragment"))
		}
		// Not u.String(), which does not keep every escape. Only the scheme is in lower case.
		s.publicURL = u.Scheme + strings.TrimRight(publicURL[len(u.Scheme):], "/")
	}
}

// WithMaxBody sets the largest request body in bytes, in place of [DefaultMaxBody].
func WithMaxBody(n int64) Option {
	return func(s *settings) {
		if n <= 0 {
			s.fail(errors.New("the largest body must be of one byte at least"))
		}
		s.maxBody = min(n, math.MaxInt64-1) // one byte more is read
	}
}

func (s *settings) fail(err error) {
	if s.err == nil {
		s.err = err
	}
}

func (v *Validator) get() *settings {
	if v == nil || v.settings == nil {
		return &settings{maxBody: DefaultMaxBody}
	}
	return v.settings()
}

// Validate returns nil if Twilio has signed the request, or else an error that wraps [ErrNoSignature], [ErrSignature],
// [ErrTooLarge] or [ErrMalformed]. The body is read, and can be read again by the handler; the form is not parsed.
//
// The parameters of a form are signed with the URL. For any other body the URL must have its hash, which Twilio puts there
// as bodySHA256. The URL is the one of [WithPublicURL] followed by what the request line says, even under
// [http.StripPrefix].
func (v *Validator) Validate(r *http.Request) error {
	signature := r.Header.Get(SignatureHeader)
	if signature == "" {
		return ErrNoSignature
	}
	s := v.get()
	body, err := readBody(r, s.maxBody)
	if err != nil {
		return err
	}
	params, err := readForm(r, body)
	if err != nil {
		return err
	}

	origin, target := s.requestURL(r)
	switch {
	case len(params) > 0:
		err = s.checkSignature(origin+target, params, signature)
	case len(body) == 0 && (r.Method == http.MethodGet || r.Method == http.MethodHead):
		// Some of Twilio's services send a bodySHA256 with a GET too, of a body that is not sent.
		err = s.checkSignature(origin+target, nil, signature)
	default:
		err = s.checkBody(origin+target, body, signature)
	}
	if err == ErrSignature && s.publicURL == "" { // and not one about the body
		// Mostly the origin is the reason. Path and query may hold personal data.
		return fmt.Errorf("%w (checked with %.80q; if Twilio calls another scheme or host, use WithPublicURL)", err, origin)
	}
	return err
}

// ValidateForm is Validate for a request that was read already: the URL that Twilio called, the parameters of its form
// (nil for a GET: those of the query are part of the URL) and the value of its [SignatureHeader].
func (v *Validator) ValidateForm(rawURL string, params url.Values, signature string) error {
	return v.get().checkSignature(rawURL, params, signature)
}

// ValidateBody is Validate for a request whose body is no form and was read already: the URL that Twilio called, which
// must have a bodySHA256 unless the body is empty, the body and the value of its [SignatureHeader].
func (v *Validator) ValidateBody(rawURL string, body []byte, signature string) error {
	return v.get().checkBody(rawURL, body, signature)
}

func (s *settings) checkBody(rawURL string, body []byte, signature string) error {
	if err := s.checkSignature(rawURL, nil, signature); err != nil {
		return err
	}
	_, query, _ := strings.Cut(rawURL, "?")
	values, _ := url.ParseQuery(query) // has what can be read
	hashes := values[hashParam]
	if len(hashes) == 0 && len(body) > 0 {
		return fmt.Errorf("%w: it does not cover the body, since the URL has no %s", ErrSignature, hashParam)
	}
	want := BodySHA256(body)
	for _, hash := range hashes { // after a redirect there may be two
		if !equal(strings.ToLower(hash), want) {
			return fmt.Errorf("%w: the body is another than the one of %s", ErrSignature, hashParam)
		}
	}
	return nil
}

// checkSignature takes the same time wherever a wrong signature begins to differ, and whichever token is right.
func (s *settings) checkSignature(rawURL string, params url.Values, signature string) error {
	if signature == "" {
		return ErrNoSignature
	}
	suffix := joinParams(params)
	right := false
	for _, u := range variants(rawURL) {
		for _, token := range s.tokens {
			right = equal(sign(token, u, suffix), signature) || right
		}
	}
	if !right {
		return ErrSignature
	}
	return nil
}

// equal takes the same time for all strings of the same length.
func equal(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
