package twilio_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/twiliogen/twiliogen/templates/twilio"
)

func TestMiddlewareOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var trace []string
		named := func(name string) twilio.Option {
			return twilio.WithMiddleware(func(r *http.Request, next twilio.Next) (*http.Response, error) {
				trace = append(trace, name)
				resp, err := next(r)
				trace = append(trace, "/"+name)
				return resp, err
			})
		}
		client, _ := scripted(t, []roundTripper{func(*http.Request) (*http.Response, error) {
			trace = append(trace, "send")
			return reply(429, ""), nil
		}}, named("a"), twilio.WithMiddleware(nil), named("b"))
		opts := []twilio.RequestOption{named("c"), named("d"), twilio.WithMaxRetries(1)}
		if err := do(t.Context(), client, createRequest(), opts); !errors.Is(err, twilio.ErrRateLimited) {
			t.Fatal(err)
		}
		once := strings.Fields("a b c d send /d /c /b /a")
		if want := slices.Concat(once, once); !slices.Equal(trace, want) {
			t.Errorf("%v, want %v", trace, want)
		}

		trace = nil
		if err := do(t.Context(), client, createRequest(), []twilio.RequestOption{twilio.WithMaxRetries(0)}); err == nil || fmt.Sprint(trace) != "[a b send /b /a]" {
			t.Errorf("the next call: %v, %v", trace, err)
		}
	})
}

func TestMiddlewareChangesRequestAndAnswer(t *testing.T) {
	client := stubClient(t, func(r *http.Request) (*http.Response, error) {
		return reply(200, fmt.Sprintf(`{"sid":%q}`, r.Header.Get("X-Signature"))), nil
	}, twilio.WithMiddleware(func(r *http.Request, next twilio.Next) (*http.Response, error) {
		if _, _, ok := r.BasicAuth(); !ok {
			t.Error("the request has no credentials yet")
		}
		r.Header.Set("X-Signature", "signed")
		resp, err := next(r)
		if err == nil {
			resp.Body = io.NopCloser(io.MultiReader(strings.NewReader(" "), resp.Body))
		}
		return resp, err
	}))
	got, err := fetch(context.Background(), client, fetchRequest("T1"), nil)
	if err != nil || got.SID != "signed" {
		t.Errorf("%v, %v", got, err)
	}
}

// A middleware that responds by itself, or fails, is believed: its responses are treated like
// Twilio's, and its errors end the call, while those of the transport are retried even if they are
// wrapped.
func TestMiddlewareThatDoesNotAsk(t *testing.T) {
	own := errors.New("circuit open")
	body := &tracked{Reader: strings.NewReader("left open")}
	for name, tt := range map[string]struct {
		middleware twilio.Middleware
		tries      int // how often the middleware is called
		is         error
		want       string
	}{
		"answers":                {func(*http.Request, twilio.Next) (*http.Response, error) { return reply(200, `{"sid":"T1"}`), nil }, 1, nil, ""},
		"answers without a body": {func(*http.Request, twilio.Next) (*http.Response, error) { return &http.Response{StatusCode: 204}, nil }, 1, nil, ""},
		"answers 503":            {func(*http.Request, twilio.Next) (*http.Response, error) { return reply(503, ""), nil }, 3, twilio.ErrServer, "twilio: 503 Service Unavailable after 3 tries"},
		"fails":                  {func(*http.Request, twilio.Next) (*http.Response, error) { return nil, own }, 1, own, "circuit open"},
		"fails after a success": {func(r *http.Request, next twilio.Next) (*http.Response, error) {
			resp, err := next(r)
			if err != nil {
				t.Error(err)
			}
			resp.Body = body
			return resp, own
		}, 1, own, "circuit open"},
		"wraps": {func(r *http.Request, next twilio.Next) (*http.Response, error) {
			r.URL.Path = "/lost"
			_, err := next(r)
			return nil, fmt.Errorf("traced: %w", err)
		}, 3, errReset, `(after 3 tries)`},
		"does nothing": {func(*http.Request, twilio.Next) (*http.Response, error) { return nil, nil }, 1, nil, "a middleware returned neither a response nor an error"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tries := 0
				client := stubClient(t, func(r *http.Request) (*http.Response, error) {
					if r.URL.Path == "/lost" {
						return nil, errReset
					}
					return reply(200, "{}"), nil
				}, twilio.WithMiddleware(func(r *http.Request, next twilio.Next) (*http.Response, error) {
					tries++
					return tt.middleware(r, next)
				}))
				_, err := fetch(t.Context(), client, fetchRequest("+14155551234"), nil)
				if (err == nil) != (tt.want == "") || err != nil && !strings.HasSuffix(err.Error(), tt.want) || tt.is != nil && !errors.Is(err, tt.is) || tries != tt.tries {
					t.Errorf("%v after %d tries", err, tries)
				}
				if err != nil && strings.Contains(err.Error(), "4155551234") {
					t.Errorf("%v shows the URL", err)
				}
			})
		})
	}
	if !body.closed {
		t.Error("the body of an answer that a middleware threw away is left open")
	}
}

func TestOperationFromContext(t *testing.T) {
	want := twilio.Operation{Name: "proxyv1: Things.Fetch", Method: "GET", Path: "/v1/Things/{Sid}"}
	check := func(where string, ctx context.Context) {
		if got, ok := twilio.OperationFromContext(ctx); !ok || got != want {
			t.Errorf("%s: %+v, %t, want %+v", where, got, ok, want)
		}
	}
	client := stubClient(t, func(r *http.Request) (*http.Response, error) {
		check("transport", r.Context())
		return reply(200, ""), nil
	}, twilio.WithMiddleware(func(r *http.Request, next twilio.Next) (*http.Response, error) {
		check("middleware", r.Context())
		return next(r)
	}))
	if err := do(context.Background(), client, fetchRequest("T1"), nil); err != nil {
		t.Fatal(err)
	}
	if got, ok := twilio.OperationFromContext(context.Background()); ok || got != (twilio.Operation{}) {
		t.Errorf("%+v from a context without any", got)
	}
}

// The cookies of a jar go with each request once, whoever else sends the same request.
func TestMiddlewareThatSendsTwiceWithCookies(t *testing.T) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	jar.SetCookies(&url.URL{Scheme: "https", Host: "proxy.twilio.com"}, []*http.Cookie{{Name: "a", Value: "b"}})
	client := newClient(t, twilio.WithHTTPClient(&http.Client{Jar: jar, Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
		if got := r.Header["Cookie"]; len(got) != 1 || got[0] != "a=b" {
			t.Errorf("cookies %q", got)
		}
		return reply(200, "{}"), nil
	})}), twilio.WithMiddleware(func(r *http.Request, next twilio.Next) (*http.Response, error) {
		responses := make(chan *http.Response, 2)
		for range 2 {
			go func() {
				resp, err := next(r)
				if err != nil {
					t.Error(err)
				}
				responses <- resp
			}()
		}
		<-responses
		return <-responses, nil
	}))
	if err := do(t.Context(), client, fetchRequest("T1"), nil); err != nil {
		t.Error(err)
	}
}

// A goroutine that a middleware has left behind sends nothing for a try that is over, whatever
// context it uses: by then, the next try may be on its way.
func TestMiddlewareThatSendsLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		second, late := make(chan struct{}), make(chan error)
		client, sent := scripted(t, []roundTripper{
			func(*http.Request) (*http.Response, error) { return reply(429, ""), nil },
			func(*http.Request) (*http.Response, error) {
				close(second)
				if err := <-late; err == nil {
					t.Error("a third request was sent")
				}
				return reply(201, "{}"), nil
			},
			func(*http.Request) (*http.Response, error) { return reply(201, "{}"), nil },
		}, twilio.WithMiddleware(func(r *http.Request, next twilio.Next) (*http.Response, error) {
			if twilio.TryFromContext(r.Context()) == 1 {
				go func() {
					<-second
					_, err := next(r.WithContext(context.Background()))
					late <- err
				}()
			}
			return next(r)
		}))
		if err := do(t.Context(), client, createRequest(), nil); err != nil || len(sent.times) != 2 {
			t.Errorf("%d requests, %v", len(sent.times), err)
		}
	})
}
