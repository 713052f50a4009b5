package twilio_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
	"github.com/twiliogen/twiliogen/templates/twilio"
)

func TestRedirectToAnotherHostCarriesNoSecret(t *testing.T) {
	var got http.Header
	// The same address with another port is the same host to net/http.
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/back" {
			http.Redirect(w, r, r.URL.Query().Get("to"), http.StatusFound)
			return
		}
		got = r.Header
		fmt.Fprint(w, `{"sid":"there"}`)
	}))
	defer other.Close()
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/v1/Things/away":
			http.Redirect(w, r, other.URL+"/signed", http.StatusTemporaryRedirect)
		case "/v1/Things/around":
			http.Redirect(w, r, other.URL+"/back?to=http://"+r.Host+"/end", http.StatusFound)
		case "/v1/Things/here":
			http.Redirect(w, r, "/end", http.StatusFound)
		default:
			got = r.Header
			fmt.Fprint(w, `{"sid":"here"}`)
		}
	}, twilio.WithHeader("X-Secret", "1"))

	for sid, want := range map[string]struct {
		end  string
		kept bool
	}{"away": {"there", false}, "around": {"here", false}, "here": {"here", true}} {
		thing, err := fetch(context.Background(), client, fetchRequest(sid), []twilio.RequestOption{twilio.WithHeader("X-Other", "2")})
		if err != nil || thing.SID != want.end {
			t.Fatalf("%s: %v, %v", sid, thing, err)
		}
		for _, name := range []string{"Authorization", "X-Secret", "X-Other", "Referer"} {
			if kept := got.Get(name) != ""; kept != want.kept {
				t.Errorf("%s: %s is sent: %t", sid, name, kept)
			}
		}
		if !strings.HasPrefix(got.Get("User-Agent"), "twiliogen-go/") || got.Get("Accept") != "application/json" {
			t.Errorf("%s: %v", sid, got)
		}
	}
}

func TestRedirectsThatAreNotFollowed(t *testing.T) {
	tests := []struct {
		method   string
		status   int
		location string
	}{
		{"POST", 301, "/other"}, {"POST", 302, "/other"}, {"POST", 303, "/other"}, {"POST", 307, "/other"}, {"POST", 308, "/other"},
		{"DELETE", 302, "/other"}, {"PUT", 307, "/other"},
		{"GET", 302, "http://proxy.twilio.com/plain"}, {"HEAD", 307, "http://evil.example/"},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.method, tt.status), func(t *testing.T) {
			requests := 0
			client := stubClient(t, func(*http.Request) (*http.Response, error) {
				requests++
				r := reply(tt.status, "moved")
				r.Header.Set("Location", tt.location)
				return r, nil
			})
			r := wire.NewRequest("op", tt.method, server, "/v1/Things")
			if tt.method == "POST" {
				r.Form().Add("A", "b")
			}
			var e *twilio.Error
			if err := do(context.Background(), client, r, nil); !errors.As(err, &e) || e.StatusCode != tt.status || string(e.Body) != "moved" || requests != 1 {
				t.Errorf("%v after %d requests", err, requests)
			}
		})
	}
}

func TestEndlessRedirect(t *testing.T) {
	requests := 0
	client := stubClient(t, func(*http.Request) (*http.Response, error) {
		requests++
		r := reply(302, "")
		r.Header.Set("Location", fmt.Sprintf("/%d/+14155551234", requests))
		return r, nil
	})
	err := do(context.Background(), client, fetchRequest("T1"), nil)
	if err == nil || err.Error() != "proxyv1: Things.Fetch: stopped after 10 redirects" || requests != 10 {
		t.Errorf("%v after %d requests", err, requests)
	}
}

func TestRedirectToNowhereHidesTheURL(t *testing.T) {
	client := stubClient(t, func(*http.Request) (*http.Response, error) {
		r := reply(302, "")
		r.Header.Set("Location", "https://evil.example:port/+14155551234")
		return r, nil
	})
	if err := do(context.Background(), client, fetchRequest("T1"), nil); err == nil || strings.Contains(err.Error(), "4155551234") {
		t.Errorf("%v", err)
	}
}

func TestOwnRedirectPolicy(t *testing.T) {
	asked := 0
	own := &http.Client{
		Transport: roundTripper(func(*http.Request) (*http.Response, error) {
			r := reply(302, "")
			r.Header.Set("Location", "/other")
			return r, nil
		}),
		CheckRedirect: func(*http.Request, []*http.Request) error {
			asked++
			return errors.New("not here")
		},
	}
	client := newClient(t, twilio.WithHTTPClient(own))
	if err := do(context.Background(), client, fetchRequest("T1"), nil); err == nil || !strings.Contains(err.Error(), "not here") || asked != 1 {
		t.Errorf("%v after %d questions", err, asked)
	}
	// It is not asked about a redirect that is not followed anyway.
	if err := do(context.Background(), client, createRequest(), nil); err == nil || asked != 1 {
		t.Errorf("%v after %d questions", err, asked)
	}
}

func TestOwnRedirectPolicyThatAgrees(t *testing.T) {
	for _, tt := range []struct {
		answer error
		status int
	}{{nil, 200}, {http.ErrUseLastResponse, 302}} {
		own := &http.Client{
			Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
				if r.URL.Path == "/other" {
					return reply(200, ""), nil
				}
				resp := reply(302, "")
				resp.Header.Set("Location", "/other")
				return resp, nil
			}),
			CheckRedirect: func(*http.Request, []*http.Request) error { return tt.answer },
		}
		var got twilio.Response
		client := newClient(t, twilio.WithHTTPClient(own))
		err := do(context.Background(), client, fetchRequest("T1"), []twilio.RequestOption{twilio.WithResponse(&got)})
		if got.StatusCode != tt.status || (err == nil) != (tt.status == 200) {
			t.Errorf("%d, %v, want %d", got.StatusCode, err, tt.status)
		}
	}
}

func TestJarIsKept(t *testing.T) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	var cookies []string
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		cookies = append(cookies, r.Header.Get("Cookie"))
		http.SetCookie(w, &http.Cookie{Name: "a", Value: "b"})
	}))
	defer s.Close()
	client := newClient(t, twilio.WithHTTPClient(&http.Client{Jar: jar}), twilio.WithBaseURL(s.URL))
	for range 2 {
		if err := do(context.Background(), client, fetchRequest("T1"), nil); err != nil {
			t.Fatal(err)
		}
	}
	if cookies[0] != "" || cookies[1] != "a=b" {
		t.Errorf("%q", cookies)
	}
}
