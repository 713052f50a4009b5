package twilio_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/twiliogen/twiliogen/templates/twilio"
)

// canary stands for whatever must not be shown.
const canary = "c4n4ry"

// printed returns a value in all the ways in which programs print and log.
func printed(t *testing.T, v any) map[string]string {
	t.Helper()
	texts := map[string]string{}
	nested := struct{ V any }{v}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		texts[verb] = fmt.Sprintf(verb, v)
		texts["slice "+verb] = fmt.Sprintf(verb, []any{v})
		texts["nested "+verb] = fmt.Sprintf(verb, nested)
	}
	texts["%x"], texts["slice %x"], texts["nested %x"] = unhex(texts["%x"]), unhex(texts["slice %x"]), unhex(texts["nested %x"])
	for name, handler := range map[string]func(*bytes.Buffer) slog.Handler{
		"text": func(b *bytes.Buffer) slog.Handler { return slog.NewTextHandler(b, nil) },
		"JSON": func(b *bytes.Buffer) slog.Handler { return slog.NewJSONHandler(b, nil) },
	} {
		var b bytes.Buffer
		slog.New(handler(&b)).Info("x", "v", v, "nested", nested, slog.Group("g", "v", v))
		texts[name+" handler"] = b.String()
	}
	if data, err := json.Marshal(v); err == nil {
		texts["JSON"] = string(data)
	}
	return texts
}

func unhex(s string) string {
	var out []byte
	if _, err := fmt.Sscanf(s, "%x", &out); err != nil {
		return s
	}
	return string(out)
}

func checkNoCanary(t *testing.T, texts map[string]string) {
	t.Helper()
	for how, text := range texts {
		if strings.Contains(text, canary) {
			t.Errorf("%s shows it: %s", how, text)
		}
	}
}

// No error shows a URL, whoever put it there, and the logger shows no more than the error.
func TestErrorsShowNoURL(t *testing.T) {
	const secretURL = "https://host.example.com/" + canary + "?client_secret=" + canary
	lost := &url.Error{Op: "Get", URL: secretURL, Err: errReset}
	fails := func(err error) roundTripper {
		return func(*http.Request) (*http.Response, error) { return nil, err }
	}
	redirects := func(to string) roundTripper {
		return func(*http.Request) (*http.Response, error) {
			resp := reply(307, "")
			resp.Header.Set("Location", to)
			return resp, nil
		}
	}
	provider := func(err error) twilio.ClientOption { return twilio.WithCredentials(failingProvider{err}) }
	for name, tt := range map[string]struct {
		transport roundTripper
		opts      []twilio.ClientOption
	}{
		"the transport":            {fails(lost), nil},
		"a transport that wraps":   {fails(fmt.Errorf("proxy: %w", lost)), nil},
		"a transport that retries": {fails(errors.New("GET " + secretURL + " giving up after 4 attempts: EOF")), nil},
		"a path":                   {fails(errors.New("/v1/x?Secret=" + canary + ": EOF")), nil},
		"a middleware that wraps": {fails(errReset), []twilio.ClientOption{
			twilio.WithMiddleware(func(r *http.Request, next twilio.Next) (*http.Response, error) {
				_, err := next(r)
				return nil, fmt.Errorf("%s: %w", r.URL, err)
			})}},
		"a Location that is none": {redirects("https://host.example.com/%zz" + canary), nil},
		"a Location with secrets": {redirects(":x?X-Amz-Signature=" + canary), nil},
		"a provider":              {status(200), []twilio.ClientOption{provider(lost)}},
		"a provider that wraps":   {status(200), []twilio.ClientOption{provider(fmt.Errorf("vault: %w", lost))}},
	} {
		t.Run(name, func(t *testing.T) {
			var logged bytes.Buffer
			opts := append([]twilio.ClientOption{twilio.WithMaxRetries(0), twilio.WithLogger(slog.New(slog.NewTextHandler(&logged, nil)))}, tt.opts...)
			client := stubClient(t, tt.transport, opts...)
			_, err := fetch(context.Background(), client, fetchRequest(canary), nil)
			if err == nil {
				t.Fatal("no error")
			}
			texts := printed(t, err)
			texts["the log"] = logged.String()
			checkNoCanary(t, texts)
		})
	}
}

type failingProvider struct{ err error }

func (failingProvider) AccountSID() string { return account }

func (p failingProvider) Credentials(context.Context, twilio.Credentials) (twilio.Credentials, error) {
	return twilio.Credentials{}, p.err
}

// An error is printed without what may be personal data, also as a value and inside others.
func TestErrorIsPrintedWithoutPersonalData(t *testing.T) {
	body := fmt.Sprintf(`{"code":21211,"message":"no: https://x.example.com/%s","details":{"a":%q}}`, canary, canary)
	e := failure(t, 400, nil, body)
	for name, v := range map[string]any{"pointer": e, "value": *e, "wrapped": fmt.Errorf("x: %w", e), "joined": errors.Join(e, e)} {
		t.Run(name, func(t *testing.T) { checkNoCanary(t, printed(t, v)) })
	}
	if !strings.Contains(e.Message, canary) || !strings.Contains(string(e.Body), canary) || !strings.Contains(string(e.Details), canary) {
		t.Error("the fields have lost it")
	}
	if got := fmt.Sprintf("%+v", *e); got != e.Error() {
		t.Errorf("%q, want %q", got, e.Error())
	}

	var resp twilio.Response
	client := stubClient(t, func(*http.Request) (*http.Response, error) { return reply(200, `{"sid":"`+canary+`"}`), nil })
	if err := do(t.Context(), client, fetchRequest("T1"), []twilio.RequestOption{twilio.WithResponse(&resp)}); err != nil {
		t.Fatal(err)
	}
	texts := printed(t, resp)
	delete(texts, "JSON") // encodes all
	for how, text := range printed(t, &resp) {
		if how != "JSON" {
			texts["pointer "+how] = text
		}
	}
	delete(texts, "JSON handler")
	delete(texts, "pointer JSON handler")
	checkNoCanary(t, texts)
}
