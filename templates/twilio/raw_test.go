package twilio_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/twiliogen/twiliogen/templates/twilio"
)

// What a raw call sends, and where.
func TestDo(t *testing.T) {
	values := url.Values{"To": {"+1"}, "Tag": {"a", "b c"}}
	for _, tt := range []struct {
		name, method, target string
		body                 any
		opts                 []twilio.ClientOption
		url, contentType     string
		sent                 string
		path                 string // of the operation
	}{
		{"a path", "GET", "/2010-04-01/Accounts/" + account + "/Calls.json?Page=1", nil, nil,
			"https://api.twilio.com/2010-04-01/Accounts/" + account + "/Calls.json?Page=1", "", "", "/2010-04-01/Accounts/{3}/Calls.json"},
		{"a URL", "GET", "https://proxy.twilio.com/v1/Services/" + service, nil, nil,
			"https://proxy.twilio.com/v1/Services/" + service, "", "", "/v1/Services/{3}"},
		{"a region", "GET", "https://proxy.twilio.com/v1/Services", nil, []twilio.ClientOption{twilio.WithRegion("ie1")},
			"https://proxy.ie1.twilio.com/v1/Services", "", "", "/v1/Services"},
		{"a value", "GET", "/v2/PhoneNumbers/%2B14155551234/x%2Fy.json", nil, nil,
			"https://api.twilio.com/v2/PhoneNumbers/+14155551234/x%2Fy.json", "", "", "/v2/PhoneNumbers/{3}/{4}.json"},
		{"a name", "GET", "/v2/Services/" + service + "/Users/Alice/Bindings", nil, nil,
			"https://api.twilio.com/v2/Services/" + service + "/Users/Alice/Bindings", "", "", "/v2/Services/{3}/Users/{5}/Bindings"},
		{"braces", "GET", "/v1/{a}/%7Bb%7D", nil, nil, "https://api.twilio.com/v1/%7Ba%7D/%7Bb%7D", "", "", "/v1/{2}/{3}"},
		{"a form", "POST", "/v1/Things", values, nil, "https://api.twilio.com/v1/Things", "application/x-www-form-urlencoded", "Tag=a&Tag=b+c&To=%2B1", "/v1/Things"},
		{"a form in the query", "GET", "/v1/Things?A=1", values, nil, "https://api.twilio.com/v1/Things?A=1&Tag=a&Tag=b+c&To=%2B1", "", "", "/v1/Things"},
		{"JSON", "POST", "/v1/Things", map[string]int{"a": 1}, nil, "https://api.twilio.com/v1/Things", "application/json", `{"a":1}`, "/v1/Things"},
		{"raw JSON", "PATCH", "/v1/Things", json.RawMessage(`[1]`), nil, "https://api.twilio.com/v1/Things", "application/json", `[1]`, "/v1/Things"},
		{"a base URL", "GET", "https://proxy.twilio.com/v1/Things", nil, []twilio.ClientOption{twilio.WithBaseURL("https://localhost:1/base")},
			"https://localhost:1/base/v1/Things", "", "", "/v1/Things"},
		{"a URL of the base", "GET", "https://localhost:1/base/v1/Things", nil, []twilio.ClientOption{twilio.WithBaseURL("https://localhost:1/base")},
			"https://localhost:1/base/v1/Things", "", "", "/v1/Things"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			client := stubClient(t, func(r *http.Request) (*http.Response, error) {
				var sent []byte
				if r.Body != nil {
					sent, _ = io.ReadAll(r.Body)
				}
				if r.Method != tt.method || r.URL.String() != tt.url || r.Header.Get("Content-Type") != tt.contentType || string(sent) != tt.sent {
					t.Errorf("%s %s with %q (%s)", r.Method, r.URL, sent, r.Header.Get("Content-Type"))
				}
				if user, _, ok := r.BasicAuth(); !ok || user != account {
					t.Error("it has no credentials")
				}
				if op, _ := twilio.OperationFromContext(r.Context()); op.Path != tt.path || op.Name != "twilio: Client.Do" {
					t.Errorf("%+v", op)
				}
				return reply(200, `{"sid":"T1","more":[1]}`), nil
			}, tt.opts...)
			var got struct {
				SID  string `json:"sid"`
				More []int  `json:"more"`
			}
			if err := client.Do(t.Context(), tt.method, tt.target, tt.body, &got); err != nil || got.SID != "T1" || len(got.More) != 1 {
				t.Errorf("%+v, %v", got, err)
			}
		})
	}
}

// Credentials go to Twilio and nowhere else, and what is refused is not quoted.
func TestDoRefuses(t *testing.T) {
	client := stubClient(t, func(r *http.Request) (*http.Response, error) {
		t.Errorf("sent to %s", r.URL)
		return reply(200, "{}"), nil
	})
	for _, target := range []string{
		"https://evil.example.com/" + canary, "http://api.twilio.com/" + canary, "https://api.twilio.com.evil.example.com/" + canary,
		"https://eviltwilio.com/" + canary, "https://api.twilio.com:8443/" + canary, "https://user:" + canary + "@api.twilio.com/v1",
		"//evil.example.com/" + canary, "ftp://api.twilio.com/" + canary, "", canary, "https:" + canary, "https://api.twilio.com/v1#" + canary,
		"https://api.twilio.com/v1/../" + canary, "/v1//" + canary, "/v1/" + canary + "?a=%zz", "/%zz" + canary, "https://twilio.com/" + canary,
		"https://help.twilio.com/" + canary, "https://www.twilio.com/" + canary, "https://a,b.twilio.com/" + canary,
		"https://a.b.c.d.twilio.com/" + canary, "https://api.twilio.com\\@evil.example.com/" + canary,
	} {
		err := client.Do(t.Context(), "GET", target, nil, nil)
		if checkOutcome(t, err, twilio.ErrNotSent); err == nil || strings.Contains(err.Error(), canary) || !strings.HasPrefix(err.Error(), "twilio: Client.Do: ") {
			t.Errorf("%q: %v", target, err)
		}
	}
	if err := client.Do(t.Context(), "GET", "/v1", []int{1}, nil); !errors.Is(err, twilio.ErrNotSent) {
		t.Errorf("JSON with GET: %v", err)
	}
	if err := client.Do(t.Context(), "POST", "/v1", func() {}, nil); !errors.Is(err, twilio.ErrNotSent) {
		t.Errorf("what is no JSON: %v", err)
	}
	for _, body := range []any{strings.NewReader("To=1"), twilio.File{}, &twilio.File{}} {
		if err := client.Do(t.Context(), "POST", "/v1", body, nil); !errors.Is(err, twilio.ErrNotSent) {
			t.Errorf("a body of type %T: %v", body, err)
		}
	}
	for _, result := range []any{struct{}{}, map[string]any{}, (*struct{})(nil), (*[]byte)(nil)} {
		if err := client.Do(t.Context(), "POST", "/v1", nil, result); !errors.Is(err, twilio.ErrNotSent) {
			t.Errorf("a result of type %T: %v", result, err)
		}
	}
	for _, client := range []*twilio.Client{nil, {}} {
		if err := client.Do(t.Context(), "GET", "/v1", nil, nil); !errors.Is(err, twilio.ErrNotSent) {
			t.Errorf("the zero client: %v", err)
		}
	}
}

// What a raw call makes of responses.
func TestDoResult(t *testing.T) {
	answer := func(code int, body string) *twilio.Client {
		return stubClient(t, func(*http.Request) (*http.Response, error) { return reply(code, body), nil })
	}
	var bytes []byte
	if err := answer(200, "<x/>").Do(t.Context(), "GET", "/v1", nil, &bytes); err != nil || string(bytes) != "<x/>" {
		t.Errorf("%q, %v", bytes, err)
	}
	var raw json.RawMessage
	if err := answer(200, `{"a":1}`).Do(t.Context(), "GET", "/v1", nil, &raw); err != nil || string(raw) != `{"a":1}` {
		t.Errorf("%s, %v", raw, err)
	}
	kept := map[string]any{"a": "b"}
	if err := answer(204, "").Do(t.Context(), "DELETE", "/v1", nil, &kept); err != nil || fmt.Sprint(kept) != "map[a:b]" {
		t.Errorf("%v, %v", kept, err)
	}
	err := answer(201, "<html>").Do(t.Context(), "POST", "/v1", nil, &kept)
	if checkOutcome(t, err, twilio.ErrMayHaveHappened); !errors.Is(err, twilio.ErrInvalidResponse) {
		t.Error(err)
	}
	if err := answer(200, "").Do(t.Context(), "HEAD", "/v1", nil, &kept); err != nil {
		t.Errorf("HEAD: %v", err)
	}
	if err := answer(200, "").Do(t.Context(), "GET", "/v1", nil, &kept); !errors.Is(err, twilio.ErrInvalidResponse) {
		t.Errorf("an empty body: %v", err)
	}
	for body, result := range map[string]any{
		`{"n":"` + canary + `"}`: &struct{ N json.Number }{},
		`{"t":"` + canary + `"}`: &struct{ T time.Time }{},
		`{"s":14155551234}`:      &struct{ S string }{},
		`14155551234`:            new(string),
	} {
		err := answer(200, body).Do(t.Context(), "GET", "/v1", nil, result)
		if !errors.Is(err, twilio.ErrInvalidResponse) || strings.Contains(err.Error(), canary) || strings.Contains(err.Error(), "1415") {
			t.Errorf("%s: %v", body, err)
		}
	}
	var apiErr *twilio.Error
	if err := answer(404, `{"code":20404}`).Do(t.Context(), "GET", "/v1/Things/"+canary, nil, nil); !errors.As(err, &apiErr) || apiErr.Path != "/v1/Things/{3}" {
		t.Error(err)
	}
}

// What is at a URL is read as a stream, from where the API redirects to, without the credentials.
func TestDownload(t *testing.T) {
	store := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" {
			t.Error("the credentials went to another host")
		}
		w.Header().Set("Content-Type", "image/png")
		fmt.Fprint(w, "a picture")
	}))
	defer store.Close()
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept") != "*/*" || r.Header.Get("Authorization") == "" {
			t.Errorf("headers %v", r.Header)
		}
		http.Redirect(w, r, store.URL+"/signed", http.StatusTemporaryRedirect)
	})
	stream, err := client.Download(t.Context(), "https://api.twilio.com/2010-04-01/Accounts/"+account+"/Messages/MM1/Media/ME1")
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Close()
	if got, err := io.ReadAll(stream); err != nil || string(got) != "a picture" || stream.ContentType() != "image/png" {
		t.Errorf("%q of %s, %v", got, stream.ContentType(), err)
	}
	_, err = client.Download(t.Context(), "https://evil.example.com/"+canary)
	if checkOutcome(t, err, twilio.ErrNotSent); strings.Contains(err.Error(), canary) {
		t.Error(err)
	}
}
