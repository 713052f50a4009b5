package twilio_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/twiliogen/twiliogen/templates/twilio"
)

// failure returns the error of a call with this response.
func failure(t *testing.T, status int, header http.Header, body string) *twilio.Error {
	t.Helper()
	client := stubClient(t, func(*http.Request) (*http.Response, error) {
		r := reply(status, body)
		for name, values := range header {
			r.Header[http.CanonicalHeaderKey(name)] = values
		}
		return r, nil
	}, twilio.WithMaxRetries(0))
	err := do(context.Background(), client, createRequest(), nil)
	var e *twilio.Error
	if !errors.As(err, &e) {
		t.Fatalf("%T: %v", err, err)
	}
	want := "proxyv1: Things.Create: " + e.Error()
	if !errors.Is(err, twilio.ErrRefused) {
		want += "; the request may have been carried out"
	}
	if err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
	return e
}

func TestErrorBodies(t *testing.T) {
	id := http.Header{"Twilio-Request-Id": {"RQ0123456789abcdef0123456789abcdef"}}
	tests := []struct {
		name   string
		status int
		header http.Header
		body   string
		want   twilio.Error
		text   string
	}{
		{"classic", 404, id, `{"code": 20404, "message": "The requested resource was not found", "more_info": "https://www.twilio.com/docs/errors/20404", "status": 404, "details": {"a": [1]}}`,
			twilio.Error{Code: 20404, Message: "The requested resource was not found", MoreInfo: "https://www.twilio.com/docs/errors/20404", Details: []byte(`{"a": [1]}`)},
			"twilio: 404 Not Found (code 20404): The requested resource was not found [request RQ0123456789abcdef0123456789abcdef]"},
		{"API Standards", 400, http.Header{"T-Request-Id": {"RQ1"}}, `{"code":20001,"message":"Invalid parameter","httpStatusCode":400,"params":{"field":"x"},"userError":true}`,
			twilio.Error{Code: 20001, Message: "Invalid parameter", Details: []byte(`{"field":"x"}`)},
			"twilio: 400 Bad Request (code 20001): Invalid parameter [request RQ1]"},
		{"RFC 9457", 409, nil, `{"type":"https://example.com/conflict","title":"Conflict","status":409,"detail":"It exists already","instance":"/x"}`,
			twilio.Error{Message: "It exists already", MoreInfo: "https://example.com/conflict"},
			"twilio: 409 Conflict: It exists already"},
		{"RFC 9457 with a title alone", 503, nil, `{"type":"about:blank","title":"Unavailable"}`, twilio.Error{Message: "Unavailable"}, "twilio: 503 Service Unavailable: Unavailable"},
		{"OAuth 2", 401, nil, `{"error":"invalid_client","error_description":"No such client"}`, twilio.Error{Message: "No such client"}, "twilio: 401 Unauthorized: No such client"},
		{"OAuth 2 with a code alone", 400, nil, `{"error":"invalid_request"}`, twilio.Error{Message: "invalid_request"}, "twilio: 400 Bad Request: invalid_request"},
		{"HTML", 502, nil, `<html><body>Bad gateway</body></html>`, twilio.Error{}, "twilio: 502 Bad Gateway"},
		{"empty", 500, nil, ``, twilio.Error{}, "twilio: 500 Internal Server Error"},
		{"empty object", 429, nil, `{}`, twilio.Error{}, "twilio: 429 Too Many Requests"},
		{"null", 400, nil, `null`, twilio.Error{}, "twilio: 400 Bad Request"},
		{"truncated", 400, nil, `{"code":21211,"message":"Inval`, twilio.Error{Code: 21211}, "twilio: 400 Bad Request (code 21211)"},
		{"odd types", 400, nil, `{"code":"20001","message":{"a":1},"more_info":7,"details":null}`, twilio.Error{Code: 20001, MoreInfo: "7"}, "twilio: 400 Bad Request (code 20001)"},
		{"a status that lies", 401, nil, `{"status":200,"code":20003}`, twilio.Error{Code: 20003}, "twilio: 401 Unauthorized (code 20003)"},
		{"unknown status", 599, nil, ``, twilio.Error{}, "twilio: 599"},
		{"an array", 400, nil, `[{"message":"x"}]`, twilio.Error{}, "twilio: 400 Bad Request"},
		{"a redirect that is not followed", 304, nil, ``, twilio.Error{}, "twilio: 304 Not Modified"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := failure(t, tt.status, tt.header, tt.body)
			if got.Error() != tt.text {
				t.Errorf("%s, want %s", got, tt.text)
			}
			if got.StatusCode != tt.status || got.Method != "POST" || got.Path != "/v1/Things" || string(got.Body) != tt.body {
				t.Errorf("%d %s %s %q", got.StatusCode, got.Method, got.Path, got.Body)
			}
			if got.Code != tt.want.Code || got.Message != tt.want.Message || got.MoreInfo != tt.want.MoreInfo || !bytes.Equal(got.Details, tt.want.Details) {
				t.Errorf("code %d, message %q, more %q, details %s", got.Code, got.Message, got.MoreInfo, got.Details)
			}
		})
	}
}

func TestErrorKinds(t *testing.T) {
	kinds := []error{twilio.ErrUnauthorized, twilio.ErrForbidden, twilio.ErrNotFound, twilio.ErrConflict, twilio.ErrRateLimited, twilio.ErrServer}
	tests := map[int]error{
		401: twilio.ErrUnauthorized, 403: twilio.ErrForbidden, 404: twilio.ErrNotFound, 409: twilio.ErrConflict, 429: twilio.ErrRateLimited,
		500: twilio.ErrServer, 503: twilio.ErrServer, 599: twilio.ErrServer, 400: nil, 410: nil,
	}
	for status, want := range tests {
		err := fmt.Errorf("outer: %w", failure(t, status, nil, ""))
		for _, kind := range kinds {
			if got := errors.Is(err, kind); got != (kind == want) {
				t.Errorf("%d is %q: %t", status, kind, got)
			}
		}
	}
}

func TestTemporary(t *testing.T) {
	for status, want := range map[int]bool{429: true, 500: true, 503: true, 599: true, 400: false, 401: false, 404: false, 408: false, 302: false} {
		if got := failure(t, status, nil, "").Temporary(); got != want {
			t.Errorf("%d: %t", status, got)
		}
	}
}

func TestTemporaryByCode(t *testing.T) {
	tests := []struct {
		status, code int
		want         bool
	}{
		{429, 0, true},
		{429, twilio.CodeTooManyRequests, true},
		{429, twilio.CodeQueueFull, true},
		{429, twilio.CodeTooManyVerifications, true},
		{429, twilio.CodeTooManyChecks, false},
		{429, twilio.CodeTooManySends, false},
		{429, twilio.CodeTooManyChallengeTries, false},
		{429, twilio.CodeTooManyFactorTries, false},
		{429, twilio.CodeDailyLimit, false},
		{400, twilio.CodeTooManyLookups, true},
		{409, twilio.CodeDuplicateParticipant, true},
		{409, 0, false},
		{400, twilio.CodeProxyIdentifierInUse, false},
		{403, twilio.CodeFraudSuspected, false},
		{404, twilio.CodeNotFound, false},
		{503, 20503, true},
	}
	for _, tt := range tests {
		body := fmt.Sprintf(`{"code": %d, "status": %d}`, tt.code, tt.status)
		if got := failure(t, tt.status, nil, body).Temporary(); got != tt.want {
			t.Errorf("%d with code %d: %t", tt.status, tt.code, got)
		}
	}
}

func TestErrorKeepsPartOfTheBody(t *testing.T) {
	body := strings.Repeat("x", 10_000)
	if got := failure(t, 500, nil, body); string(got.Body) != body[:4096] {
		t.Errorf("%d bytes", len(got.Body))
	}
}

func TestRetryAfter(t *testing.T) {
	for header, want := range map[string]time.Duration{
		"":                              0,
		"7":                             7 * time.Second,
		"0":                             0,
		"-5":                            0,
		"1.5":                           0,
		"soon":                          0,
		"999999999":                     24 * time.Hour,
		"99999999999999999999":          24 * time.Hour,
		"4294967296":                    24 * time.Hour,
		"Wed, 21 Oct 2015 07:28:00 GMT": 0,
		"Fri, 31 Dec 9999 23:59:59 GMT": 24 * time.Hour,
	} {
		if got := failure(t, 429, http.Header{"Retry-After": {header}}, ""); got.RetryAfter != want {
			t.Errorf("%q: %v, want %v", header, got.RetryAfter, want)
		}
	}
}

// A time is taken by the clock of the server, whatever the one here says.
func TestRetryAfterByTheServersClock(t *testing.T) {
	server := time.Date(2015, time.October, 21, 7, 28, 0, 0, time.UTC)
	for date, want := range map[string]time.Duration{
		server.Add(-20 * time.Second).Format(http.TimeFormat): 20 * time.Second,
		server.Add(time.Minute).Format(http.TimeFormat):       0,
		"yesterday": 0, // by the clock here
	} {
		header := http.Header{"Retry-After": {server.Format(http.TimeFormat)}, "Date": {date}}
		if got := failure(t, 429, header, ""); got.RetryAfter != want {
			t.Errorf("at %s: %v, want %v", date, got.RetryAfter, want)
		}
	}
}

func TestErrorTextHasNoPersonalData(t *testing.T) {
	const body = `{"code":21211,"message":"The 'To' number +14155551234 of ann@example.com is\nnot \u001b[31mvalid\u2028 for AC0123456789abcdef0123456789012345","details":{"to":"+14155551234"}}`
	e := failure(t, 400, http.Header{"Twilio-Request-Id": {"RQ\x1b[2J+14155551234"}}, body)
	if !strings.Contains(e.Message, "+14155551234") {
		t.Errorf("the message itself is changed: %q", e.Message)
	}
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		fmt.Fprintf(&out, verb+"|", e)
	}
	slog.New(slog.NewTextHandler(&out, nil)).Info("", "err", e)
	slog.New(slog.NewJSONHandler(&out, nil)).Info("", "err", e)
	slog.New(slog.NewJSONHandler(&out, nil)).Info("", "err", fmt.Errorf("outer: %w", e))
	for _, leak := range []string{"4155551234", "ann@", "example.com", "\x1b", "\u2028"} {
		if strings.Contains(out.String(), leak) {
			t.Errorf("%q is in %s", leak, out.String())
		}
	}
	const want = "twilio: 400 Bad Request (code 21211): The 'To' number [redacted] of [redacted] is not  [31mvalid  for AC0123456789abcdef0123456789012345 [request RQ [2J[redacted]]"
	if e.Error() != want {
		t.Errorf("%s, want %s", e, want)
	}
}

func FuzzErrorBody(f *testing.F) {
	for _, body := range []string{`{"code":1,"message":"a\nb"}`, `{"message":"+1 415 555 1234"}`, `{"detail":"x@y"}`, "<html>", `{"message":"\ud83d"`} {
		f.Add([]byte(body), "RQ1")
	}
	f.Fuzz(func(t *testing.T, body []byte, id string) {
		text := failure(t, 400, http.Header{"Twilio-Request-Id": {id}}, string(body)).Error()
		if !strings.HasPrefix(text, "twilio: 400 Bad Request") || strings.ContainsAny(text, "\r\n\x00\x1b") || len(text) > 1200 {
			t.Errorf("%q", text)
		}
	})
}
