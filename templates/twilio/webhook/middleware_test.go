package webhook_test

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/twiliogen/twiliogen/templates/twilio/webhook"
)

// The middleware in a real server, behind a proxy with the public URL.
func TestMiddleware(t *testing.T) {
	var calls int
	mux := http.NewServeMux()
	mux.HandleFunc("/form", func(w http.ResponseWriter, r *http.Request) {
		calls++
		io.WriteString(w, r.PostFormValue("Body")+" "+r.FormValue("q"))
	})
	mux.HandleFunc("/json", func(w http.ResponseWriter, r *http.Request) {
		calls++
		io.Copy(w, r.Body)
	})
	v := newValidator(t, webhook.WithPublicURL("https://example.com/hooks"), webhook.WithMaxBody(100))
	server := httptest.NewServer(v.Middleware(mux))
	defer server.Close()

	const public, json = "https://example.com/hooks", `{"a":1}`
	jsonTarget := "/json?bodySHA256=" + webhook.BodySHA256([]byte(json))
	tests := []struct {
		name, target, contentType, body, signature string
		status                                     int
		want                                       string
	}{
		{"form", "/form?q=it's", formType, "Body=Hi+there", hmacSHA1(public + "/form?q=it'sBodyHi there"), 200, "Hi there it's"},
		{"JSON", jsonTarget, jsonType, json, hmacSHA1(public + jsonTarget), 200, json},
		{"no signature", "/form", formType, "Body=secret", "", 403, "Forbidden\n"},
		{"another signature", "/form", formType, "Body=secret", hmacSHA1(public + "/form"), 403, "Forbidden\n"},
		{"signed for the server behind the proxy", "/form", "", "", hmacSHA1(server.URL + "/form"), 403, "Forbidden\n"},
		{"too large", "/form", formType, "Body=" + strings.Repeat("secret", 20), "x", 413, "Request Entity Too Large\n"},
		{"malformed", "/form", formType, "Body=%secret", "x", 400, "Bad Request\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			calls = 0
			r, err := http.NewRequest("POST", server.URL+tt.target, strings.NewReader(tt.body))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", tt.contentType)
			if tt.signature != "" {
				r.Header.Set("X-Twilio-Signature", tt.signature)
			}
			response, err := server.Client().Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer response.Body.Close()
			body, err := io.ReadAll(response.Body)
			if response.StatusCode != tt.status || string(body) != tt.want || err != nil {
				t.Errorf("%d %q (%v), want %d %q", response.StatusCode, body, err, tt.status, tt.want)
			}
			if passed := calls == 1; passed != (tt.status == 200) {
				t.Errorf("%d calls of the handler", calls)
			}
		})
	}
}

func TestMiddlewareOverTLSAndHTTP2(t *testing.T) {
	ok := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.Proto) })
	server := httptest.NewUnstartedServer(http.StripPrefix("/api", newValidator(t).Middleware(ok)))
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()

	target := server.URL + "/api/sms%2F1?To=%2B1&x=it's"
	r, err := http.NewRequest("GET", target, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set(webhook.SignatureHeader, hmacSHA1(target))
	response, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if body, err := io.ReadAll(response.Body); response.StatusCode != 200 || string(body) != "HTTP/2.0" || err != nil {
		t.Errorf("%d %q %v", response.StatusCode, body, err)
	}
}

// logTo returns a logger that writes records without the time.
func logTo(w io.Writer) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}}))
}

func TestLog(t *testing.T) {
	const secret = "s3cret"
	mismatch := `level=WARN msg="webhook refused" reason="webhook: the signature does not match `
	hint := `(checked with \"http://10.0.0.1:8080\"; if Twilio uses another scheme or host, use WithPublicURL)" status=403 `
	route, checked := `route="POST /sms/{id}" `, "checked=http://10.0.0.1:8080"
	forwarded := func(proto, host string) http.Header {
		return http.Header{"X-Forwarded-Proto": {proto}, "X-Forwarded-Host": {host}}
	}
	public := func(u string) []webhook.Option { return []webhook.Option{webhook.WithPublicURL(u)} }
	behindPublic := mismatch[:len(mismatch)-1] + `" status=403 ` + route + "checked=https://example.com"
	tests := []struct {
		name   string
		opts   []webhook.Option
		header http.Header
		want   string
	}{
		{"no proxy", nil, nil, mismatch + hint + route + checked},
		{"proxy", nil, forwarded("https", "example.com"), mismatch + hint + route + checked + " forwarded=https://example.com"},
		{"two proxies", nil, forwarded("https, http", "example.com:8443 , b"), mismatch + hint + route + checked + " forwarded=https://example.com:8443"},
		{"only TLS", nil, forwarded("HTTPS", ""), mismatch + hint + route + checked + " forwarded=https://10.0.0.1:8080"},
		{"only a host", nil, forwarded("", "[::1]:80"), mismatch + hint + route + checked + " forwarded=http://[::1]:80"},
		{"strange values", nil, forwarded("gopher", "a/"+secret+"\nlevel=ERROR"), mismatch + hint + route + checked},
		{"a long host", nil, forwarded("https", strings.Repeat("a", 10000)), mismatch + hint + route + checked + " forwarded=https://" + strings.Repeat("a", 72)},
		{"WebSocket", nil, http.Header{"Upgrade": {"websocket"}}, mismatch + strings.Replace(hint, "http:", "ws:", 1) + route + checked},
		{"public URL", public("https://example.com"), forwarded("https", "example.com"), behindPublic},
		{"another public URL", public("https://u:" + secret + "@example.com/" + secret), forwarded("https", "example.org"), behindPublic + " forwarded=https://example.org"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var log strings.Builder
			mux := http.NewServeMux()
			v := newValidator(t, append(tt.opts, webhook.WithLogger(logTo(&log)))...)
			mux.Handle("POST /sms/{id}", v.Middleware(http.NotFoundHandler()))
			r := newRequest("POST", "/sms/"+secret+"?q="+secret, formType, "Body="+secret, secret)
			r.Host = "10.0.0.1:8080"
			for name, values := range tt.header {
				r.Header[name] = values
			}
			mux.ServeHTTP(httptest.NewRecorder(), r)
			if got := log.String(); got != tt.want+"\n" {
				t.Errorf("%s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestLogOfOtherReasons(t *testing.T) {
	tests := []struct {
		r    *http.Request
		want string
	}{
		{newRequest("GET", "/", "", "", ""), `reason="webhook: the request has no signature" status=403`},
		{newRequest("POST", "/", formType, "%s3cret", "x"), `reason="webhook: the request is malformed: the body is not a valid form" status=400`},
		{newRequest("POST", "/", formType, strings.Repeat("a", 11), "x"), `reason="webhook: the body is too large" status=413`},
		{httptest.NewRequest("POST", "/", iotest.ErrReader(errors.New("read 192.0.2.1: s3cret"))), `reason="webhook: the request is malformed: the body cannot be read" status=400`},
	}
	tests[3].r.Header.Set(webhook.SignatureHeader, "x")
	for _, tt := range tests {
		var log strings.Builder
		v := newValidator(t, webhook.WithLogger(logTo(&log)), webhook.WithMaxBody(10))
		v.Middleware(http.NotFoundHandler()).ServeHTTP(httptest.NewRecorder(), tt.r)
		if got, want := log.String(), `level=WARN msg="webhook refused" `+tt.want+"\n"; got != want {
			t.Errorf("%s\nwant %s", got, want)
		}
	}
	var log strings.Builder
	v := newValidator(t, webhook.WithLogger(logTo(&log)))
	v.Middleware(http.NotFoundHandler()).ServeHTTP(httptest.NewRecorder(), newRequest("GET", vectorURL, "", "", hmacSHA1(vectorURL)))
	if log.Len() > 0 {
		t.Errorf("of a request that is right: %s", &log)
	}
}

func TestErrorHandler(t *testing.T) {
	var got error
	v := newValidator(t, webhook.WithErrorHandler(func(w http.ResponseWriter, r *http.Request, err error) {
		got = err
		w.WriteHeader(webhook.StatusCode(err) + 50)
	}))
	handler := v.Middleware(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the handler is called") }))
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, newRequest("GET", "/", "", "", ""))
	if w.Code != 453 || !errors.Is(got, webhook.ErrNoSignature) {
		t.Errorf("%d, %v", w.Code, got)
	}
	w = httptest.NewRecorder()
	newValidator(t, webhook.WithErrorHandler(nil), webhook.WithLogger(nil)).Middleware(handler).ServeHTTP(w, newRequest("GET", "/", "", "", ""))
	if w.Code != 403 {
		t.Errorf("without a function: %d", w.Code)
	}
}
