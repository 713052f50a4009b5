// Package webhook checks whether a request to one of your URLs comes from Twilio, by its
// X-Twilio-Signature header.
//
//	validator, err := webhook.NewValidator(
//		os.Getenv("TWILIO_AUTH_TOKEN"),
//		webhook.WithPublicURL("https://example.com"),
//	)
//	http.Handle("POST /sms", validator.Middleware(smsHandler))
//
// A signature covers the URL and what is sent to it, but not the time: anyone who has seen a
// request can send it again. Where that matters, check the SIDs in the request. What Twilio itself
// sends again is dropped with [WithoutRepeats].
package webhook

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"net/url"
	"strings"
)

// DefaultMaxBody is the size in bytes of the largest request body, 1 MiB, unless [WithMaxBody] sets
// another.
const DefaultMaxBody = 1 << 20

// These are the reasons why a request is refused. An error of a [Validator] wraps one of them. Its
// text contains nothing of the auth token, the signature, the path, the query or the body, nor of what
// lies behind it, such as the error of a connection, which [errors.As] finds.
var (
	// ErrNoSignature means that the request has no X-Twilio-Signature: it does not come from
	// Twilio.
	ErrNoSignature = errors.New("webhook: the request has no signature")

	// ErrSignature means that no known auth token gives this signature for this URL and content. If
	// the request does come from Twilio, then Twilio called a URL other than the one that was
	// checked, as happens behind a proxy, or the auth token is that of another account.
	ErrSignature = errors.New("webhook: the signature does not match")

	// ErrTooLarge means that the body is larger than the limit.
	ErrTooLarge = errors.New("webhook: the body is too large")

	// ErrMalformed means that the body cannot be read, or is not a valid form although it claims to
	// be one, or that what can still be read of it may not be all that was sent.
	ErrMalformed = errors.New("webhook: the request is malformed")

	// ErrUnavailable means that nothing can be said about the request, since the function of
	// [WithTokens] or the [Store] of [WithoutRepeats] returned an error, which [errors.Is] and
	// [errors.As] find behind this one.
	ErrUnavailable = errors.New("webhook: the request cannot be checked at the moment")
)

// Validator checks signatures. Make one with [NewValidator]; the zero value knows no auth token and
// refuses every request. A Validator is safe for concurrent use.
type Validator struct {
	// A function, since fmt looks behind pointers, even inside a struct that merely contains a
	// Validator.
	settings func() *settings
}

// settings is the result of NewValidator's options. It never changes afterwards.
type settings struct {
	tokens    []string
	tokensOf  func(ctx context.Context, accountSID string) ([]string, error) // if not nil, in place of tokens
	publicURL string                                                         // without a slash at the end; if "", taken from the request
	maxBody   int64
	respond   func(http.ResponseWriter, *http.Request, error) // to what is refused; nil for a bare status
	logger    *slog.Logger                                    // nil for none
	store     Store                                           // nil to run repeats like all others
	err       error                                           // the first option that cannot be applied
}

// Option is an option of [NewValidator]. A nil option does nothing.
type Option func(*settings)

// NewValidator returns a validator of what Twilio signs with the auth token of an account. Webhooks
// of a subaccount are signed with the auth token of the subaccount; for more than one account, use
// [WithTokens] and "" as the auth token. The secret of an API key never signs anything.
func NewValidator(authToken string, opts ...Option) (*Validator, error) {
	s := &settings{maxBody: DefaultMaxBody}
	for _, opt := range opts {
		if opt != nil {
			opt(s)
		}
	}
	given := authToken != ""
	switch {
	case !given && s.tokensOf == nil && s.err == nil:
		s.fail(errEmptyToken)
	case s.tokensOf != nil && (given || len(s.tokens) > 0):
		s.fail(errors.New("an auth token would be good for every account, so the function of WithTokens must return it"))
	}
	if s.err != nil {
		return nil, fmt.Errorf("webhook: %w", s.err)
	}
	if given {
		s.tokens = append(s.tokens, authToken)
	}
	return &Validator{settings: func() *settings { return s }}, nil
}

var errEmptyToken = errors.New("the auth token is empty") // anybody could sign with that

// WithAuthToken adds an auth token. A signature is right if it was made with any of them. Use it
// while the auth token of an account is being changed, for the new one. For tokens of several
// accounts it is not made: whoever has one of them could sign what looks like another's request. Use
// [WithTokens].
func WithAuthToken(token string) Option {
	return func(s *settings) {
		if token == "" {
			s.fail(errEmptyToken)
		}
		s.tokens = append(s.tokens, token)
	}
}

// WithPublicURL sets the URL at which Twilio reaches this server, such as "https://example.com". It
// is needed behind a proxy that ends TLS or changes the Host header, and is the safer choice
// everywhere. If it has a path, that goes before the path of each request, as is needed behind a
// proxy that removes it. A user and password must be given if the URL that Twilio has contains
// them. For the handshake of a WebSocket, such as that of a media stream, https stands for wss.
func WithPublicURL(publicURL string) Option {
	return func(s *settings) {
		u, err := url.Parse(publicURL)
		switch {
		case err != nil || u.Host == "": // the error would show the password
			s.fail(errors.New(`the public URL must be an absolute URL, such as "https://example.com"`))
			return
		case standardPort(u.Scheme) == "":
			s.fail(errors.New("the public URL must use https, http, wss or ws"))
		case strings.ContainsAny(publicURL, "?#"):
			s.fail(errors.New("the public URL must not have a query or a fragment"))
		}
		// Not u.String(), which does not keep every escape. Only the scheme is converted to lower
		// case.
		s.publicURL = u.Scheme + strings.TrimRight(publicURL[len(u.Scheme):], "/")
	}
}

// WithMaxBody sets the size in bytes of the largest request body, in place of [DefaultMaxBody].
func WithMaxBody(n int64) Option {
	return func(s *settings) {
		if n <= 0 {
			s.fail(errors.New("the largest body must be at least one byte"))
		}
		s.maxBody = min(n, math.MaxInt64-1) // one more byte is read
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

// Validate returns nil if Twilio signed the request, and otherwise an error that wraps
// [ErrNoSignature], [ErrSignature], [ErrTooLarge], [ErrMalformed] or [ErrUnavailable]. It reads the
// body, which the handler can read again, and does not parse the form.
//
// Nothing else should read the body before. Of what does, Validate accepts [http.Request.ParseForm]
// and what puts the body back. Otherwise the body is missing, and the request is refused. So is, since
// it looks the same, an empty body without a Content-Length, which Twilio does not send.
//
// The parameters of a form are signed together with the URL. For any other body the URL must
// contain its hash, which Twilio puts there as bodySHA256. The URL is that of [WithPublicURL]
// followed by the target in the request line, even under [http.StripPrefix].
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
	called := origin + target
	switch {
	case len(params) > 0:
		err = s.checkSignature(r.Context(), called, params, nil, signature)
	case len(body) == 0 && (r.Method == http.MethodGet || r.Method == http.MethodHead):
		// Some of Twilio's services send a bodySHA256 even with a GET, of a body that is not sent.
		err = s.checkSignature(r.Context(), called, nil, nil, signature)
	default:
		err = s.checkBody(r.Context(), called, body, signature)
	}
	if err == ErrSignature && s.publicURL == "" { // and not one about the body
		// The origin is the usual reason. The path and query may contain personal data.
		return fmt.Errorf("%w (checked with %q; if Twilio uses another scheme or host, use WithPublicURL)", err, plainOrigin(origin))
	}
	return err
}

// ValidateForm is like [Validator.Validate], for a request that has already been read. It takes the
// URL that Twilio called, the parameters of the form (nil for a GET, whose parameters are part of
// the URL) and the value of the [SignatureHeader].
func (v *Validator) ValidateForm(rawURL string, params url.Values, signature string) error {
	return v.get().checkSignature(context.Background(), rawURL, params, nil, signature)
}

// ValidateBody is like [Validator.Validate], for a request that has already been read and whose
// body is not a form. It takes the URL that Twilio called, which must have a bodySHA256 unless the
// body is empty, the body and the value of the [SignatureHeader].
func (v *Validator) ValidateBody(rawURL string, body []byte, signature string) error {
	return v.get().checkBody(context.Background(), rawURL, body, signature)
}

func (s *settings) checkBody(ctx context.Context, rawURL string, body []byte, signature string) error {
	if err := s.checkSignature(ctx, rawURL, nil, body, signature); err != nil {
		return err
	}
	_, query, _ := strings.Cut(rawURL, "?")
	values, _ := url.ParseQuery(query) // contains what could be parsed
	hashes := values[hashParam]
	if len(hashes) == 0 && len(body) > 0 {
		return fmt.Errorf("%w: it does not cover the body, since the URL has no %s", ErrSignature, hashParam)
	}
	want := BodySHA256(body)
	for _, hash := range hashes { // after a redirect there may be two
		if !equal(strings.ToLower(hash), want) {
			return fmt.Errorf("%w: the body is not the one that %s was made from", ErrSignature, hashParam)
		}
	}
	return nil
}

// checkSignature takes the same time wherever a wrong signature starts to differ, and whichever
// token of the account is right. The body is for the account alone.
func (s *settings) checkSignature(ctx context.Context, rawURL string, params url.Values, body []byte, signature string) error {
	if signature == "" {
		return ErrNoSignature
	}
	tokens, err := s.lookUp(ctx, rawURL, params, body)
	if err != nil {
		return err
	}
	suffix := joinParams(params)
	right := false
	for _, u := range variants(rawURL) {
		for _, token := range tokens {
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
