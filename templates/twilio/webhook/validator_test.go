package webhook_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/twiliogen/twiliogen/templates/twilio/webhook"
)

func TestContentTypes(t *testing.T) {
	const at, form = "https://example.com/hook?a=b", "To=1&From=2"
	hashed := func(body string) string { return at + "&bodySHA256=" + webhook.BodySHA256([]byte(body)) }
	const signedForm = at + "From2To1"
	tests := []struct {
		name, method, url, contentType, body, signed string
		want                                         error
	}{
		{"form", "POST", at, formType, form, signedForm, nil},
		{"form, charset", "POST", at, formType + "; charset=UTF-8", form, signedForm, nil},
		{"form, upper case", "POST", at, "Application/X-WWW-Form-Urlencoded", form, signedForm, nil},
		{"form, bad parameter", "POST", at, formType + "; charset", form, signedForm, nil},
		{"form by PUT", "PUT", at, formType, form, signedForm, nil},
		{"form by GET", "GET", at, formType, form, signedForm, nil},
		{"form by GET, only the URL signed", "GET", at, formType, form, at, webhook.ErrSignature},
		{"form, only the URL signed", "POST", at, formType, form, at, webhook.ErrSignature},
		{"form, empty", "POST", at, formType, "", at, nil},
		{"form with a hash of something", "POST", hashed("x"), formType, form, hashed("x") + "From2To1", nil},
		{"form with its hash, only the URL signed", "POST", hashed(form), formType, form, hashed(form), webhook.ErrSignature},
		{"empty form where JSON was signed", "POST", hashed("{}"), formType, "", hashed("{}"), webhook.ErrSignature},
		{"form sent as JSON", "POST", at, jsonType, form, signedForm, webhook.ErrSignature},
		{"form without a type", "POST", at, "", form, signedForm, webhook.ErrSignature},
		{"form with two types", "POST", at, formType + ", " + jsonType, form, signedForm, webhook.ErrSignature},
		{"form, bad escape", "POST", at, formType, "a=%zz", at + "a", webhook.ErrMalformed},
		{"form, semicolon", "POST", at, formType, "a=1;b=2", at + "a1b2", webhook.ErrMalformed},
		{"JSON", "POST", hashed("{}"), jsonType, "{}", hashed("{}"), nil},
		{"JSON by DELETE", "DELETE", hashed("{}"), jsonType, "{}", hashed("{}"), nil},
		{"JSON without a hash", "POST", at, jsonType, "{}", at, webhook.ErrSignature},
		{"JSON by GET without a hash", "GET", at, jsonType, "{}", at, webhook.ErrSignature},
		{"JSON by GET, another body", "GET", hashed("{}"), jsonType, "[]", hashed("{}"), webhook.ErrSignature},
		{"XML", "POST", hashed("<a/>"), "text/xml", "<a/>", hashed("<a/>"), nil},
		{"multipart", "POST", hashed("--b--"), "multipart/form-data; boundary=b", "--b--", hashed("--b--"), nil},
		{"not a type", "POST", hashed("x"), ";;;", "x", hashed("x"), nil},
		{"GET", "GET", at, "", "", at, nil},
		{"GET with a hash of a body that is not sent", "GET", hashed("x") + "&bodySHA256=00", "", "", hashed("x") + "&bodySHA256=00", nil},
		{"HEAD", "HEAD", at, "", "", at, nil},
		{"HEAD with a hash of a body that is not sent", "HEAD", hashed("x"), "", "", hashed("x"), nil},
		{"GET, the query once more as parameters", "GET", at, "", "", at + "ab", webhook.ErrSignature},
		{"POST without a body", "POST", at, "", "", at, nil},
		{"POST, the body taken away", "POST", hashed("x"), "", "", hashed("x"), webhook.ErrSignature},
	}
	v := newValidator(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := newRequest(tt.method, tt.url, tt.contentType, tt.body, hmacSHA1(tt.signed))
			for range 2 { // the second time with the body that the first has left
				if err := v.Validate(r); !errors.Is(err, tt.want) || tt.want == nil && err != nil {
					t.Fatalf("%v, want %v", err, tt.want)
				}
				if r.Form != nil || r.PostForm != nil || r.MultipartForm != nil {
					t.Fatal("the form was parsed")
				}
			}
			if body, err := io.ReadAll(r.Body); string(body) != tt.body || err != nil {
				t.Errorf("the handler reads %q (%v)", body, err)
			}
		})
	}
}

func TestRequestURL(t *testing.T) {
	serve := func(target, host string, edit ...func(*http.Request)) *http.Request {
		r := httptest.NewRequest("GET", target, nil)
		r.Host = host
		for _, f := range edit {
			f(r)
		}
		return r
	}
	overTLS := func(r *http.Request) { r.TLS = new(tls.ConnectionState) }
	socket := func(r *http.Request) { r.Header.Set("Upgrade", "WebSocket") }
	stripped := func(r *http.Request) { r.URL.Path, r.URL.RawPath = "/b", "" }
	forwarded := func(r *http.Request) {
		r.Header.Set("X-Forwarded-Proto", "https")
		r.Header.Set("X-Forwarded-Host", "example.com")
	}
	client := func(r *http.Request) { r.RequestURI = "" }
	nothing := func(r *http.Request) { r.RequestURI, r.URL = "", nil }
	tests := []struct {
		name, public string
		r            *http.Request
		want         string
	}{
		{"plain", "", serve("/a?b=c", "example.com"), "http://example.com/a?b=c"},
		{"port", "", serve("/a", "example.com:8080"), "http://example.com:8080/a"},
		{"TLS", "", serve("/a", "example.com", overTLS), "https://example.com/a"},
		{"IPv6", "", serve("/a", "[::1]:8443", overTLS), "https://[::1]:8443/a"},
		{"root", "", serve("/", "example.com"), "http://example.com/"},
		{"bytes are kept", "", serve("/%61%2Fb//../c?q=it's+%7e~%zz;&=&&", "example.com"), "http://example.com/%61%2Fb//../c?q=it's+%7e~%zz;&=&&"},
		{"two slashes", "", serve("//evil.example/a", "example.com"), "http://example.com//evil.example/a"},
		{"empty query", "", serve("/a?", "example.com"), "http://example.com/a?"},
		{"StripPrefix", "", serve("/a/b?c=d", "example.com", stripped), "http://example.com/a/b?c=d"},
		{"absolute", "", serve("http://example.com/a?b=c", "example.com"), "http://example.com/a?b=c"},
		{"absolute, StripPrefix", "", serve("http://example.com/a/b", "example.com", stripped), "http://example.com/a/b"},
		{"absolute, no path", "", serve("http://example.com", "example.com"), "http://example.com"},
		{"absolute, only a query", "", serve("http://example.com?a=b", "example.com"), "http://example.com?a=b"},
		{"no request line", "", serve("/a%2Fb?c=d", "example.com", client), "http://example.com/a%2Fb?c=d"},
		{"no URL", "", serve("/a", "example.com", nothing), "http://example.com"},
		{"not one of ours", "", serve("*", "example.com"), "http://example.com*"},
		{"WebSocket", "", serve("/a", "example.com", socket), "ws://example.com/a"},
		{"WebSocket, TLS", "", serve("/a", "example.com", socket, overTLS), "wss://example.com/a"},
		{"forwarded headers prove nothing", "", serve("/a", "10.0.0.1", forwarded), "http://10.0.0.1/a"},
		{"public", "https://example.com", serve("/a?b=c", "10.0.0.1:8080"), "https://example.com/a?b=c"},
		{"public, slash", "https://example.com//", serve("/a", "10.0.0.1"), "https://example.com/a"},
		{"public, port", "https://example.com:8443", serve("/a", "10.0.0.1"), "https://example.com:8443/a"},
		{"public, path", "https://example.com/hooks%2F1/", serve("/a", "10.0.0.1"), "https://example.com/hooks%2F1/a"},
		{"public, user", "https://u:p%40@example.com", serve("/a", "10.0.0.1"), "https://u:p%40@example.com/a"},
		{"public, upper case", "HTTPS://example.com", serve("/a", "10.0.0.1"), "https://example.com/a"},
		{"public, http", "http://example.com", serve("/a", "10.0.0.1", overTLS), "http://example.com/a"},
		{"public, absolute", "https://example.com", serve("http://evil.example/a", "evil.example"), "https://example.com/a"},
		{"public, WebSocket", "https://example.com", serve("/a", "10.0.0.1", socket), "wss://example.com/a"},
		{"public is wss", "wss://example.com", serve("/a", "10.0.0.1", socket), "wss://example.com/a"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var opts []webhook.Option
			if tt.public != "" {
				opts = append(opts, webhook.WithPublicURL(tt.public))
			}
			v := newValidator(t, opts...)
			tt.r.Header.Set(webhook.SignatureHeader, hmacSHA1(tt.want))
			if err := v.Validate(tt.r); err != nil {
				t.Errorf("%v, want %s", err, tt.want)
			}
			tt.r.Header.Set(webhook.SignatureHeader, hmacSHA1(tt.want+"x"))
			if err := v.Validate(tt.r); !errors.Is(err, webhook.ErrSignature) {
				t.Errorf("another URL: %v", err)
			}
		})
	}
}

func TestNewValidatorErrors(t *testing.T) {
	const secret = "s3cret-value"
	public := func(u string) []webhook.Option { return []webhook.Option{webhook.WithPublicURL(u)} }
	none := `webhook: the public URL must be an absolute URL, such as "https://example.com"`
	extra := "webhook: the public URL must not have a query or a fragment"
	every := "webhook: an auth token would be good for every account, so the function of WithTokens must return it"
	noTokens := func(context.Context, string) ([]string, error) { return nil, nil }
	tests := []struct {
		token string
		opts  []webhook.Option
		want  string
	}{
		{"", nil, "webhook: the auth token is empty"},
		{secret, []webhook.Option{webhook.WithAuthToken("")}, "webhook: the auth token is empty"},
		{"", public(""), none},
		{"", []webhook.Option{webhook.WithTokens(nil)}, "webhook: the function that returns auth tokens is nil"},
		{secret, []webhook.Option{webhook.WithTokens(noTokens)}, every},
		{"", []webhook.Option{webhook.WithTokens(noTokens), webhook.WithAuthToken(secret)}, every},
		{"", []webhook.Option{webhook.WithAuthToken(secret)}, "webhook: the auth token is empty"},
		{secret, public(""), none},
		{secret, public("example.com"), none},
		{secret, public("/hooks"), none},
		{secret, public("https:example.com"), none},
		{secret, public("https://"), none},
		{secret, public("https://u:" + secret + "@%zz"), none},
		{secret, public("https://u:" + secret + "/@example.com"), none},
		{secret, public("gopher://example.com"), "webhook: the public URL must use https, http, wss or ws"},
		{secret, public("https://example.com?"), extra},
		{secret, public("https://example.com/#a"), extra},
		{secret, []webhook.Option{webhook.WithMaxBody(0)}, "webhook: the largest body must be at least one byte"},
		{secret, []webhook.Option{webhook.WithMaxBody(-1)}, "webhook: the largest body must be at least one byte"},
	}
	for _, tt := range tests {
		v, err := webhook.NewValidator(tt.token, tt.opts...)
		if v != nil || err == nil || err.Error() != tt.want {
			t.Errorf("%v, want %s", err, tt.want)
		}
	}
	if _, err := webhook.NewValidator(secret, nil, webhook.WithMaxBody(1)); err != nil {
		t.Errorf("a nil option: %v", err)
	}
}

func TestTokens(t *testing.T) {
	v, err := webhook.NewValidator("old", webhook.WithAuthToken("new"), webhook.WithAuthToken("other"))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]error{"old": nil, "new": nil, "other": nil, "": webhook.ErrSignature, "oldnew": webhook.ErrSignature, "New": webhook.ErrSignature} {
		if err := v.ValidateForm(vectorURL, nil, webhook.Sign(name, vectorURL, nil)); !errors.Is(err, want) {
			t.Errorf("token %q: %v, want %v", name, err, want)
		}
	}
}

func TestNoSignature(t *testing.T) {
	v, unread := newValidator(t), iotest.ErrReader(errors.New("the body was read"))
	r := httptest.NewRequest("POST", "/", unread)
	for name, err := range map[string]error{
		"Validate":     v.Validate(r),
		"ValidateForm": v.ValidateForm(vectorURL, nil, ""),
		"ValidateBody": v.ValidateBody(vectorBodyURL, []byte(vectorBody), ""),
	} {
		if !errors.Is(err, webhook.ErrNoSignature) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A validator that was not made with NewValidator lets nobody in, least of all those who sign with
// an empty token.
func TestZeroValidator(t *testing.T) {
	for name, v := range map[string]*webhook.Validator{"nil": nil, "zero": {}} {
		for _, token := range []string{"", token} {
			signature := webhook.Sign(token, "http://example.com/", nil)
			for _, err := range []error{
				v.Validate(newRequest("GET", "http://example.com/", "", "", signature)),
				v.ValidateForm("http://example.com/", nil, signature),
				v.ValidateBody("http://example.com/", nil, signature),
			} {
				if !errors.Is(err, webhook.ErrSignature) {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
	}
}

func TestErrorTexts(t *testing.T) {
	const secret = "s3cret"
	sign := func(u string, params url.Values) string { return webhook.Sign(secret, u, params) }
	hashed := "http://example.com/" + secret + "?bodySHA256=" + webhook.BodySHA256(nil)
	tests := []struct {
		r    *http.Request
		opts []webhook.Option
		want string
	}{
		{newRequest("POST", "http://10.0.0.1:8080/"+secret, formType, "a="+secret, secret), nil,
			`webhook: the signature does not match (checked with "http://10.0.0.1:8080"; if Twilio uses another scheme or host, use WithPublicURL)`},
		{newRequest("POST", "http://10.0.0.1:8080/"+secret, formType, "a="+secret, secret), []webhook.Option{webhook.WithPublicURL("https://u:" + secret + "@example.com")},
			`webhook: the signature does not match`},
		{newRequest("POST", "http://example.com/"+secret, jsonType, secret, sign("http://example.com/"+secret, nil)), nil,
			`webhook: the signature does not match: it does not cover the body, since the URL has no bodySHA256`},
		{newRequest("POST", hashed, jsonType, secret, sign(hashed, nil)), nil,
			`webhook: the signature does not match: the body is not the one that bodySHA256 was made from`},
		{newRequest("POST", "http://example.com/", formType, secret+"=%"+secret, secret), nil,
			`webhook: the request is malformed: the body is not a valid form`},
		{newRequest("POST", "http://example.com/", formType, secret, secret), []webhook.Option{webhook.WithMaxBody(1)}, `webhook: the body is too large`},
	}
	for _, tt := range tests {
		v, err := webhook.NewValidator(secret, tt.opts...)
		if err != nil {
			t.Fatal(err)
		}
		if err := v.Validate(tt.r); err == nil || err.Error() != tt.want {
			t.Errorf("%v\nwant %s", err, tt.want)
		}
	}
	long := newRequest("GET", "/", "", "", "x")
	long.Host = strings.Repeat("é\n", 10000)
	if err := newValidator(t).Validate(long); err == nil || len(err.Error()) > 400 || strings.Contains(err.Error(), "\n") {
		t.Errorf("of a strange host: %v", err)
	}
}

func TestNothingPrintsTheToken(t *testing.T) {
	const secret = "s3cret"
	option := webhook.WithPublicURL("https://u:" + secret + "@example.com")
	v, err := webhook.NewValidator(secret, option, webhook.WithAuthToken(secret+"2"))
	if err != nil {
		t.Fatal(err)
	}
	type holder struct {
		Public  any
		private any
		V       webhook.Validator
	}
	var out bytes.Buffer
	for _, held := range []any{v, *v, &v, option, holder{v, v, *v}, &holder{v, option, *v}, []any{v}, map[string]any{"v": v}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			fmt.Fprintf(&out, verb+"\n", held)
		}
		for _, handler := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
			slog.New(handler).LogAttrs(context.Background(), slog.LevelInfo, "m", slog.Any("v", held))
		}
		if text, err := json.Marshal(held); err == nil {
			out.Write(text)
		}
	}
	for _, form := range []string{secret, fmt.Sprintf("%x", secret), fmt.Sprint([]byte(secret))} {
		if strings.Contains(out.String(), form) {
			t.Errorf("%q is in\n%s", form, &out)
		}
	}
}

func TestBodyLimit(t *testing.T) {
	const at = "http://example.com/hook"
	full := "a=" + strings.Repeat("x", webhook.DefaultMaxBody-2)
	tests := []struct {
		name   string
		body   string
		opts   []webhook.Option
		chunks bool // no Content-Length
		want   error
	}{
		{"the default", full, nil, false, nil},
		{"the default, chunked", full, nil, true, nil},
		{"one byte more", full + "x", nil, false, webhook.ErrTooLarge},
		{"one byte more, chunked", full + "x", nil, true, webhook.ErrTooLarge},
		{"a smaller limit", "a=1", []webhook.Option{webhook.WithMaxBody(2)}, false, webhook.ErrTooLarge},
		{"a smaller limit, chunked", "a=1", []webhook.Option{webhook.WithMaxBody(2)}, true, webhook.ErrTooLarge},
		{"a limit just so", "a=1", []webhook.Option{webhook.WithMaxBody(3)}, true, nil},
		{"a larger limit", full + "x", []webhook.Option{webhook.WithMaxBody(webhook.DefaultMaxBody + 1)}, true, nil},
		{"no limit", full + "x", []webhook.Option{webhook.WithMaxBody(math.MaxInt64)}, true, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := newRequest("POST", at, formType, tt.body, hmacSHA1(at+"a"+strings.TrimPrefix(tt.body, "a=")))
			if tt.chunks {
				r.ContentLength = -1
			}
			if err := newValidator(t, tt.opts...).Validate(r); !errors.Is(err, tt.want) {
				t.Errorf("%v, want %v", err, tt.want)
			}
			if body, err := io.ReadAll(r.Body); string(body) != tt.body || err != nil {
				t.Errorf("%d bytes are left, %v", len(body), err)
			}
		})
	}
}

// counting is an endless body.
type counting struct{ read int }

func (c *counting) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	c.read += len(p)
	return len(p), nil
}

func TestEndlessBody(t *testing.T) {
	v := newValidator(t, webhook.WithMaxBody(1000))
	for length, mostRead := range map[int64]int{-1: 1001, 1001: 0} {
		body := new(counting)
		r := httptest.NewRequest("POST", "/", body)
		r.ContentLength = length
		r.Header.Set(webhook.SignatureHeader, "x")
		if err := v.Validate(r); !errors.Is(err, webhook.ErrTooLarge) || body.read > mostRead {
			t.Errorf("Content-Length %d: %v after %d bytes", length, err, body.read)
		}
	}
}

func TestSlowAndBrokenBodies(t *testing.T) {
	broken := errors.New("broken")
	body := func(r io.Reader) *http.Request {
		request := httptest.NewRequest("POST", vectorURL, r)
		request.Header.Set("Content-Type", formType)
		request.Header.Set(webhook.SignatureHeader, vectorSignature)
		return request
	}
	v := newValidator(t)
	for name, slow := range map[string]io.Reader{
		"one byte at a time": iotest.OneByteReader(strings.NewReader(vectorForm)),
		"end with the data":  iotest.DataErrReader(strings.NewReader(vectorForm)),
	} {
		r := body(slow)
		if err := v.Validate(r); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if got := r.PostFormValue("To"); got != "+18005551212" {
			t.Errorf("%s: the handler gets %q", name, got)
		}
	}
	r := body(io.MultiReader(strings.NewReader(vectorForm), iotest.ErrReader(broken)))
	if err := v.Validate(r); !errors.Is(err, webhook.ErrMalformed) || !errors.Is(err, broken) || strings.Contains(fmt.Sprintf("%v %+v %#v", err, err, err), "broken") {
		t.Errorf("%v", err)
	}
	if got, err := io.ReadAll(r.Body); string(got) != vectorForm || !errors.Is(err, broken) {
		t.Errorf("the handler gets %q, %v", got, err)
	}
	r = body(strings.NewReader(vectorForm))
	r.Body = http.MaxBytesReader(nil, r.Body, 10)
	if err := v.Validate(r); !errors.Is(err, webhook.ErrTooLarge) {
		t.Errorf("MaxBytesReader: %v", err)
	}
}

// closing knows whether it was closed.
type closing struct {
	io.Reader
	closed bool
}

func (c *closing) Close() error { c.closed = true; return nil }

func TestBodyIsClosedByItsOwner(t *testing.T) {
	r := newRequest("POST", vectorURL, formType, "", vectorSignature)
	body := &closing{Reader: strings.NewReader(vectorForm)}
	r.Body = body
	if err := newValidator(t).Validate(r); err != nil || body.closed {
		t.Errorf("%v, closed %v", err, body.closed)
	}
	if err := r.Body.Close(); err != nil || !body.closed {
		t.Errorf("%v, closed %v", err, body.closed)
	}
}

func TestBodyReadBefore(t *testing.T) {
	v := newValidator(t)
	r := newRequest("POST", vectorURL, formType, vectorForm, vectorSignature)
	if err := r.ParseForm(); err != nil {
		t.Fatal(err)
	}
	if err := v.Validate(r); err != nil {
		t.Errorf("after ParseForm: %v", err)
	}
	r.PostForm.Set("To", "+1")
	if err := v.Validate(r); !errors.Is(err, webhook.ErrSignature) {
		t.Errorf("after ParseForm and a change: %v", err)
	}
	// The signature of the URL alone must not vouch for a body that is gone.
	for _, contentType := range []string{formType, jsonType, ""} {
		r := newRequest("POST", vectorURL, contentType, "x=1", hmacSHA1(vectorURL))
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			t.Fatal(err)
		}
		if err := v.Validate(r); !errors.Is(err, webhook.ErrMalformed) {
			t.Errorf("%q: %v", contentType, err)
		}
	}
	r = newRequest("GET", vectorURL, "", "", hmacSHA1(vectorURL))
	r.Body = nil
	if err := v.Validate(r); err != nil {
		t.Errorf("nil body: %v", err)
	}
}

func TestConcurrentUse(t *testing.T) {
	v, params := newValidator(t), parseForm(t, vectorForm)
	var wait sync.WaitGroup
	for range 8 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for range 50 {
				if err := v.ValidateForm(vectorURL, params, vectorSignature); err != nil {
					t.Error(err)
				}
				if err := v.Validate(newRequest("POST", vectorBodyURL, jsonType, vectorBody, vectorBodySignature)); err != nil {
					t.Error(err)
				}
			}
		}()
	}
	wait.Wait()
}
