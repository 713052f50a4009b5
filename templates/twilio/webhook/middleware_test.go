package webhook_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

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
