package twilio_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
	"github.com/twiliogen/twiliogen/templates/twilio"
)

// checkOutcome checks that want is true of an error, and that the other two outcomes are not.
func checkOutcome(t *testing.T, err, want error) {
	t.Helper()
	for _, outcome := range []error{twilio.ErrNotSent, twilio.ErrRefused, twilio.ErrMayHaveHappened} {
		if got := errors.Is(err, outcome); got != (outcome == want) {
			t.Errorf("%v is %q: %t", err, outcome, got)
		}
	}
}

// An error says what became of what the call asked for.
func TestOutcomes(t *testing.T) {
	for _, tt := range []struct {
		name  string
		tries []roundTripper
		opts  []twilio.RequestOption
		want  error
	}{
		{"400", []roundTripper{status(400)}, nil, twilio.ErrRefused},
		{"401", []roundTripper{status(401)}, nil, twilio.ErrRefused},
		{"408", []roundTripper{status(408)}, nil, twilio.ErrMayHaveHappened},
		{"429", []roundTripper{status(429)}, nil, twilio.ErrRefused},
		{"499", []roundTripper{status(499)}, nil, twilio.ErrMayHaveHappened},
		{"500", []roundTripper{status(500)}, nil, twilio.ErrMayHaveHappened},
		{"303", []roundTripper{status(303)}, nil, twilio.ErrMayHaveHappened},
		{"101", []roundTripper{status(101)}, nil, twilio.ErrMayHaveHappened},
		{"unreachable", []roundTripper{unreachable}, nil, twilio.ErrNotSent},
		{"reset", []roundTripper{reset}, nil, twilio.ErrMayHaveHappened},
		{"reset after sending", []roundTripper{resetAfterSending}, nil, twilio.ErrMayHaveHappened},
		{"timeout", []roundTripper{hang}, nil, twilio.ErrMayHaveHappened},
		{"half an answer", []roundTripper{half}, nil, twilio.ErrMayHaveHappened},
		{"unreachable, then refused", []roundTripper{unreachable, status(404)}, nil, twilio.ErrRefused},
		{"lost, then refused", []roundTripper{reset, status(404)}, []twilio.RequestOption{twilio.WithRetryUnsafe()}, twilio.ErrMayHaveHappened},
		{"a bad argument", nil, []twilio.RequestOption{twilio.WithHeader("A B", "")}, twilio.ErrNotSent},
		{"too long", []roundTripper{status(200)}, []twilio.RequestOption{twilio.WithMaxBody(3)}, twilio.ErrMayHaveHappened},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				client, _ := scripted(t, tt.tries)
				_, err := fetch(t.Context(), client, createRequest(), tt.opts)
				checkOutcome(t, err, tt.want)
			})
		})
	}
}

// The outcome is known for net/http's own transport even if there is no body, and an error of a
// write warns of what may have happened.
func TestOutcomeOfTheTransport(t *testing.T) {
	nobody, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody.Close()
	client := newClient(t, twilio.WithBaseURL("http://"+nobody.Addr().String()), twilio.WithMaxRetries(0))
	for _, request := range []*wire.Request{createRequest(), emptyPost(), fetchRequest("T1")} {
		checkOutcome(t, do(t.Context(), client, request, nil), twilio.ErrNotSent)
	}

	client = serve(t, func(w http.ResponseWriter, _ *http.Request) { abort(hijack(w)) }, twilio.WithMaxRetries(0))
	for request, warns := range map[*wire.Request]bool{createRequest(): true, emptyPost(): true, fetchRequest("T1"): false} {
		err := do(t.Context(), client, request, nil)
		checkOutcome(t, err, twilio.ErrMayHaveHappened)
		if strings.HasSuffix(err.Error(), "; the request may have been carried out") != warns {
			t.Errorf("%v, want a warning: %t", err, warns)
		}
	}
}

// A transport that finds another way than the one it reported has sent the request, whatever the
// reported one looks like.
func TestTransportThatFailsOver(t *testing.T) {
	for name, request := range map[string]func() *wire.Request{"form": createRequest, "empty": emptyPost} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var sent atomic.Int64
				client := stubClient(t, func(r *http.Request) (*http.Response, error) {
					_, err := unreachable(r)
					if r.Body != nil {
						_, _ = io.Copy(io.Discard, r.Body)
					}
					sent.Add(1)
					return nil, err
				})
				err := do(t.Context(), client, request(), nil)
				checkOutcome(t, err, twilio.ErrMayHaveHappened)
				if sent.Load() != 1 {
					t.Errorf("sent %d times", sent.Load())
				}
			})
		})
	}
}

// A transport that repeats requests by itself cannot repeat the ones that must not be.
func TestTransportThatRepeats(t *testing.T) {
	for name, request := range map[string]func() *wire.Request{"form": createRequest, "empty": emptyPost, "billed": billedGet} {
		t.Run(name, func(t *testing.T) {
			var arrived atomic.Int64
			server := serveTransport(t, counting(&arrived, func(*http.Request) (*http.Response, error) { return nil, errReset }))
			base := http.DefaultTransport.(*http.Transport).Clone()
			defer base.CloseIdleConnections()
			client := newClient(t, twilio.WithBaseURL(server), twilio.WithMaxRetries(0), twilio.WithHTTPClient(&http.Client{
				Transport: roundTripper(func(r *http.Request) (resp *http.Response, err error) {
					var body []byte
					if r.Body != nil {
						if body, err = io.ReadAll(r.Body); err != nil {
							return nil, err
						}
					}
					for range 3 {
						again := r.Clone(r.Context())
						again.Body = io.NopCloser(strings.NewReader(string(body)))
						if resp, err = base.RoundTrip(again); err == nil && resp.StatusCode < 500 {
							return resp, nil
						}
						if err == nil {
							_, _ = io.Copy(io.Discard, resp.Body)
							resp.Body.Close()
						}
					}
					return resp, err
				}),
			}))
			err := do(t.Context(), client, request(), nil)
			checkOutcome(t, err, twilio.ErrMayHaveHappened)
			if n := arrived.Load(); n != 1 {
				t.Errorf("the server got %d requests: %v", n, err)
			}
		})
	}
}

// Each call of next sends a whole request, and only if that can do nothing twice.
func TestMiddlewareThatSendsTwice(t *testing.T) {
	for _, tt := range []struct {
		name    string
		request *wire.Request
		first   int // status
		sent    int64
	}{
		{"POST after a success", createRequest(), 200, 1},
		{"POST after 503", createRequest(), 503, 1},
		{"POST after 429", createRequest(), 429, 2},
		{"POST after 401", createRequest(), 401, 2},
		{"empty POST after 503", emptyPost(), 503, 1},
		{"GET after 503", fetchRequest("T1"), 503, 2},
		{"billed GET after 503", billedGet(), 503, 1},
		{"DELETE after 503", request("DELETE"), 503, 2},
	} {
		for _, parallel := range []bool{false, true} {
			t.Run(fmt.Sprint(tt.name, " ", parallel), func(t *testing.T) {
				var sent atomic.Int64
				client := serve(t, func(w http.ResponseWriter, r *http.Request) {
					body, err := io.ReadAll(r.Body)
					if want := tt.request.Method == "POST" && r.ContentLength > 0; err != nil || want != (string(body) == "Name=a+b") {
						t.Errorf("%s got %q, %v", r.Method, body, err)
					}
					if sent.Add(1) == 1 {
						w.WriteHeader(tt.first)
					}
					fmt.Fprint(w, `{"sid":"T1"}`)
				}, twilio.WithMaxRetries(0), twilio.WithMiddleware(func(r *http.Request, next twilio.Next) (*http.Response, error) {
					if !parallel {
						resp, err := next(r)
						if err != nil {
							return nil, err
						}
						_, _ = io.Copy(io.Discard, resp.Body)
						resp.Body.Close()
						return next(r)
					}
					var wg sync.WaitGroup
					answers := make(chan *http.Response, 2)
					for range 2 {
						wg.Go(func() {
							if resp, err := next(r); err == nil {
								answers <- resp
							}
						})
					}
					wg.Wait()
					close(answers)
					var last *http.Response
					for resp := range answers {
						if last != nil {
							last.Body.Close()
						}
						last = resp
					}
					return last, nil
				}))
				_, err := fetch(t.Context(), client, tt.request, nil)
				want := tt.sent
				if n := sent.Load(); n != want && (!parallel || n > want || n == 0) {
					t.Errorf("sent %d times, want %d: %v", n, want, err)
				}
				if !parallel && (err == nil) != (want == 2) {
					t.Error(err)
				}
				if !parallel && want == 1 {
					checkOutcome(t, err, twilio.ErrMayHaveHappened)
				}
			})
		}
	}
}

// A middleware that replaces the context cannot take the protection away.
func TestMiddlewareThatReplacesTheContext(t *testing.T) {
	peer := newHTTP2Peer(t, func(f *frames, id uint32) {
		f.reset(id, codeProtocolError)
		f.Close()
	})
	client := newClient(t, twilio.WithBaseURL(peer.url), twilio.WithHTTPClient(peer.client),
		twilio.WithMiddleware(func(r *http.Request, next twilio.Next) (*http.Response, error) {
			return next(r.WithContext(context.Background()))
		}))
	checkOutcome(t, do(t.Context(), client, emptyPost(), nil), twilio.ErrMayHaveHappened)
	if n := peer.begun.Load(); n != 1 {
		t.Errorf("the peer got %d requests", n)
	}

	silent := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // before that, the server does not notice that the client has gone
		<-r.Context().Done()
	}, twilio.WithTimeout(50*time.Millisecond),
		twilio.WithMiddleware(func(r *http.Request, next twilio.Next) (*http.Response, error) {
			return next(r.WithContext(context.Background()))
		}))
	if err := do(t.Context(), silent, createRequest(), nil); !errors.Is(err, twilio.ErrMayHaveHappened) {
		t.Error(err)
	}
}

// The policy of an operation is data: the caller decides with all that is known about it.
func TestWithRepeat(t *testing.T) {
	always := func(op twilio.Operation) twilio.Repeat {
		if op.Name == "proxyv1: Things.Create" || op.Billed {
			return twilio.RepeatAlways
		}
		return twilio.RepeatUnprocessed
	}
	for _, tt := range []struct {
		name    string
		request *wire.Request
		client  []twilio.ClientOption
		call    []twilio.RequestOption
		want    int
	}{
		{"a billed read", billedGet(), nil, nil, 1},
		{"a read that could be billed", wire.NewRequest("op", "GET", server, "/"), nil, nil, 3},
		{"the client's", createRequest(), []twilio.ClientOption{twilio.WithRepeat(always)}, nil, 3},
		{"the client's for a billed read", billedGet(), []twilio.ClientOption{twilio.WithRepeat(always)}, nil, 3},
		{"the client's for others", fetchRequest("T1"), []twilio.ClientOption{twilio.WithRepeat(always)}, nil, 1},
		{"the call's", createRequest(), nil, []twilio.RequestOption{twilio.WithRepeat(always)}, 3},
		{"the call's before the client's", fetchRequest("T1"), []twilio.ClientOption{twilio.WithRepeat(always)}, []twilio.RequestOption{twilio.WithRepeat(nil)}, 3},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				client, s := scripted(t, []roundTripper{status(503)}, tt.client...)
				if err := do(t.Context(), client, tt.request, tt.call); err == nil || len(s.times) != tt.want {
					t.Errorf("%d tries, want %d: %v", len(s.times), tt.want, err)
				}
			})
		})
	}
	synctest.Test(t, func(t *testing.T) {
		client, s := scripted(t, []roundTripper{status(429), status(429), status(200)})
		if err := do(t.Context(), client, billedGet(), nil); err != nil || len(s.times) != 3 {
			t.Errorf("a billed read after 429: %v after %d tries", err, len(s.times))
		}
	})
}

// A page token cannot make a read cost money unseen.
func TestBilledByAPageToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		paid := listRequest()
		paid.Query().Add("Fields", "caller_name")
		client := stubClient(t, func(*http.Request) (*http.Response, error) {
			return reply(200, `{"things":[{"sid":"T1"}],"meta":{"next_page_url":"/v1/Things?Fields=caller_name&Page=1"}}`), nil
		})
		page, err := firstPage(t.Context(), client, paid, nil)
		if err != nil {
			t.Fatal(err)
		}
		request := listRequest()
		request.BilledFor = []string{"Fields"}
		failing, s := scripted(t, []roundTripper{status(503)})
		_, err = firstPage(t.Context(), failing, request, []twilio.RequestOption{twilio.WithPageToken(page.NextToken())})
		if err == nil || len(s.times) != 1 {
			t.Errorf("%d tries: %v", len(s.times), err)
		}
	})
}
