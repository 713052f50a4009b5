package twilio_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/twiliogen/twiliogen/templates/twilio"
)

// records is a logger for the test and what it has written, one line per record.
func records() (*slog.Logger, *bytes.Buffer) {
	var out bytes.Buffer
	return slog.New(slog.NewJSONHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug})), &out
}

func TestLogger(t *testing.T) {
	const id = "RQ0123456789abcdef0123456789abcdef"
	slow := func(step roundTripper) roundTripper {
		return func(r *http.Request) (*http.Response, error) {
			time.Sleep(2 * time.Second)
			return step(r)
		}
	}
	synctest.Test(t, func(t *testing.T) {
		logger, out := records()
		client, _ := scripted(t, []roundTripper{status(429, "Retry-After", "7", "Twilio-Request-Id", id), reset, slow(status(200, "T-Request-Id", "RQ2"))}, twilio.WithLogger(logger))
		if err := do(t.Context(), client, fetchRequest("+14155551234"), nil); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(out.String()), "\n")
		want := []map[string]any{
			{"level": "WARN", "status": 429.0, "try": 1.0, "duration": 0.0, "request_id": id, "code": 0.0, "wait": 7e9},
			{"level": "WARN", "status": 0.0, "try": 2.0, "duration": 0.0, "request_id": "", "error": "connection reset by peer (after 2 tries)"},
			{"level": "DEBUG", "status": 200.0, "try": 3.0, "duration": 2e9, "request_id": "RQ2"},
		}
		if len(lines) != len(want) {
			t.Fatalf("%d records, want one for each of %d tries:\n%s", len(lines), len(want), out)
		}
		for i, line := range lines {
			var got map[string]any
			if err := json.Unmarshal([]byte(line), &got); err != nil {
				t.Fatal(err)
			}
			if wait, ok := got["wait"].(float64); i == 1 && (!ok || wait >= 1e9) {
				t.Errorf("record 2: the wait is %v", got["wait"])
			} else if i == 1 {
				delete(got, "wait")
			}
			delete(got, "time")
			for key, value := range map[string]any{"msg": "twilio request", "operation": "proxyv1: Things.Fetch", "method": "GET", "path": "/v1/Things/{Sid}"} {
				want[i][key] = value
			}
			if fmt.Sprint(got) != fmt.Sprint(want[i]) {
				t.Errorf("record %d:\n%v, want\n%v", i+1, got, want[i])
			}
		}
	})
}

func TestLogLevels(t *testing.T) {
	for name, tt := range map[string]struct {
		step roundTripper
		want string
	}{
		"200": {status(200), "DEBUG"}, "404": {status(404), "INFO"}, "302": {status(302), "INFO"}, "429": {status(429), "ERROR"},
		"503": {status(503), "ERROR"}, "lost": {reset, "ERROR"}, "unreadable": {half, "ERROR"}, "timeout": {hang, "ERROR"},
	} {
		synctest.Test(t, func(t *testing.T) {
			logger, out := records()
			client, _ := scripted(t, []roundTripper{tt.step}, twilio.WithLogger(logger), twilio.WithMaxRetries(0))
			// Whether it fails is not tested here.
			_, _ = fetch(t.Context(), client, fetchRequest("T1"), nil)
			if !strings.Contains(out.String(), `"level":"`+tt.want+`"`) {
				t.Errorf("%s: want level %s: %s", name, tt.want, out)
			}

			// It is not an error if the caller ended the call, unless there is a response that is
			// one.
			out.Reset()
			ctx, cancel := context.WithCancel(t.Context())
			client, _ = scripted(t, []roundTripper{func(r *http.Request) (*http.Response, error) {
				cancel()
				return tt.step(r)
			}}, twilio.WithLogger(logger))
			if _, err := fetch(ctx, client, fetchRequest("T1"), nil); err != nil && !strings.Contains(out.String(), `"level":"INFO"`) {
				t.Errorf("%s, cancelled: %s", name, out)
			}
		})
	}
}

func TestLoggerOfTheCall(t *testing.T) {
	ofClient, clientLog := records()
	ofCall, callLog := records()
	client := stubClient(t, status(200), twilio.WithLogger(ofClient))
	for _, opt := range []twilio.RequestOption{twilio.WithLogger(ofCall), twilio.WithLogger(nil)} {
		if err := do(context.Background(), client, fetchRequest("T1"), []twilio.RequestOption{opt}); err != nil {
			t.Fatal(err)
		}
	}
	if clientLog.Len() != 0 || strings.Count(callLog.String(), "\n") != 1 {
		t.Errorf("client: %s, call: %s", clientLog, callLog)
	}
}

// Whatever happens, the log contains no URL, parameter or credential.
func TestLogShowsNothingPersonal(t *testing.T) {
	const phone, name = "+14155551234", "jane.doe"
	synctest.Test(t, func(t *testing.T) {
		logger, out := records()
		for _, step := range []roundTripper{
			status(200), status(404), status(503), reset, half, hang,
			status(302, "Location", "https://evil.example:port/"+phone),
			func(r *http.Request) (*http.Response, error) { return nil, fmt.Errorf("for %s lost", phone) },
			func(r *http.Request) (*http.Response, error) {
				return reply(400, fmt.Sprintf(`{"code":21211,"message":"no %s %s"}`, phone, name)), nil
			},
			status(404, "Twilio-Request-Id", "RQ\x1b"+phone),
		} {
			client, _ := scripted(t, []roundTripper{step}, twilio.WithLogger(logger), twilio.WithHeader("X-Secret", secret))
			for _, r := range []func(string) twilio.RequestOption{
				func(v string) twilio.RequestOption { return twilio.WithForm("To", v) },
				func(v string) twilio.RequestOption { return twilio.WithHeader("X-To", v) },
			} {
				// Some of these fail on purpose.
				_, _ = fetch(t.Context(), client, fetchRequest(phone), []twilio.RequestOption{r(name)})
				_, _ = fetch(t.Context(), client, createRequest(), []twilio.RequestOption{r(phone)})
			}
		}
		// The same goes for the tokens of OAuth.
		client := oauthClient(t, &tokenServer{lifetime: 3600}, twilio.WithLogger(logger))
		if err := do(t.Context(), client, createRequest(), nil); err != nil {
			t.Error(err)
		}
		for _, leak := range []string{"4155551234", name, secret, "twilio.com", "token1", "a b", "\x1b", `\u001b`} {
			if at := strings.Index(out.String(), leak); at >= 0 {
				t.Errorf("%q is in the log: %.300s", leak, out.String()[max(0, at-150):])
			}
		}
		if !strings.Contains(out.String(), "oauth: Tokens.Create") {
			t.Error("the request for a token is not logged")
		}
	})
}
