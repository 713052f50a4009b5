package twilio_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"math"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/twiliogen/twiliogen/templates/twilio"
)

// An outage does not multiply the load: when the budget is used up, calls fail at their first try.
// Successes fill it again.
func TestRetryBudget(t *testing.T) {
	for _, tt := range []struct {
		name string
		opts []twilio.ClientOption
		want int // requests of 1,000 calls in an outage
	}{
		{"default", nil, 1_100},
		{"small", []twilio.ClientOption{twilio.WithRetryBudget(7)}, 1_007},
		{"none", []twilio.ClientOption{twilio.WithRetryBudget(0)}, 3_000},
		{"huge", []twilio.ClientOption{twilio.WithRetryBudget(math.MaxInt / 3)}, 3_000},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				healthy, requests := false, 0
				client := stubClient(t, func(*http.Request) (*http.Response, error) {
					requests++
					if healthy {
						return reply(200, "{}"), nil
					}
					return reply(503, ""), nil
				}, tt.opts...)
				other := client.WithAccount(subaccount, twilio.AuthToken(subaccount, secret))
				for i := range 1_000 {
					c := client
					if i%2 == 0 {
						c = other
					}
					if err := do(t.Context(), c, fetchRequest("T1"), nil); !errors.Is(err, twilio.ErrServer) {
						t.Fatal(err)
					}
				}
				if requests != tt.want {
					t.Errorf("%d requests, want %d", requests, tt.want)
				}
				if tt.want == 3_000 { // it is never empty
					return
				}

				healthy = true
				for range 10 { // for two retries
					if err := do(t.Context(), client, fetchRequest("T1"), nil); err != nil {
						t.Fatal(err)
					}
				}
				healthy, requests = false, 0
				for range 10 {
					if err := do(t.Context(), client, fetchRequest("T1"), nil); err == nil {
						t.Fatal("a success")
					}
				}
				if requests != 12 {
					t.Errorf("%d requests after it was filled, want 12", requests)
				}
			})
		})
	}
}

// No more requests are on their way than the limit allows, also through the clients of other
// accounts; who waits gives up with the context, and the wait is not part of the time of a try.
func TestWithConcurrency(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var now, most atomic.Int64
		client := stubClient(t, func(*http.Request) (*http.Response, error) {
			most.Store(max(most.Load(), now.Add(1)))
			time.Sleep(20 * time.Second)
			now.Add(-1)
			return reply(200, "{}"), nil
		}, twilio.WithConcurrency(3))
		other := client.WithAccount(subaccount, twilio.AuthToken(subaccount, secret))
		start := time.Now()
		var wg sync.WaitGroup
		for i := range 12 {
			c := client
			if i%2 == 0 {
				c = other
			}
			wg.Go(func() {
				if err := do(t.Context(), c, fetchRequest("T1"), nil); err != nil {
					t.Error(err)
				}
			})
		}
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		err := do(ctx, client, fetchRequest("T1"), nil)
		if checkOutcome(t, err, twilio.ErrNotSent); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		wg.Wait()
		if took := time.Since(start); most.Load() != 3 || took != 80*time.Second {
			t.Errorf("%d at a time, all in %v", most.Load(), took)
		}
	})
}

// Calls that come at once share few connections.
func TestDefaultTransportKeepsConnections(t *testing.T) {
	var connections sync.Map
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		connections.Store(r.RemoteAddr, true)
		fmt.Fprint(w, `{"sid":"T1"}`)
	}))
	defer server.Close()
	client := newClient(t, twilio.WithBaseURL(server.URL))
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			for range 40 {
				if _, err := fetch(t.Context(), client, fetchRequest("T1"), nil); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	n := 0
	connections.Range(func(any, any) bool { n++; return true })
	if n > 100 {
		t.Errorf("%d connections for 50 calls at a time", n)
	}
}

// Nothing waits for what it does not need.
func TestNothingIsWaitedFor(t *testing.T) {
	stalled := func(r *http.Request, code int) (*http.Response, error) {
		resp := reply(code, "")
		resp.Body = io.NopCloser(readerFunc(func([]byte) (int, error) {
			<-r.Context().Done()
			return 0, r.Context().Err()
		}))
		return resp, nil
	}
	t.Run("the body of a DELETE", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			client := stubClient(t, func(r *http.Request) (*http.Response, error) { return stalled(r, 200) })
			start := time.Now()
			if err := do(t.Context(), client, request("DELETE"), nil); err != nil || time.Since(start) > time.Second {
				t.Errorf("%v after %v", err, time.Since(start))
			}
		})
	})
	t.Run("the body of an error", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			client := stubClient(t, func(r *http.Request) (*http.Response, error) { return stalled(r, 400) })
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
			defer cancel()
			start := time.Now()
			_, err := fetch(ctx, client, fetchRequest("T1"), nil)
			var answer *twilio.Error
			if !errors.Is(err, context.DeadlineExceeded) || !errors.As(err, &answer) || answer.StatusCode != 400 || time.Since(start) != 5*time.Second {
				t.Errorf("%v after %v", err, time.Since(start))
			}
		})
	})
	t.Run("what follows a 101", func(t *testing.T) {
		client := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			c := hijack(w)
			defer c.Close()
			_, _ = io.WriteString(c, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\nConnection: Upgrade\r\n\r\n")
			_, _ = c.Read(make([]byte, 1)) // until the client closes it
		})
		var answer *twilio.Error
		if _, err := fetch(t.Context(), client, fetchRequest("T1"), nil); !errors.As(err, &answer) || answer.StatusCode != 101 {
			t.Error(err)
		}
	})
	t.Run("a try that goes nowhere", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			client, s := scripted(t, []roundTripper{hang, status(200)})
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			if err := do(ctx, client, fetchRequest("T1"), nil); err != nil || len(s.times) != 2 {
				t.Errorf("%v after %d tries", err, len(s.times))
			}
		})
	})
	t.Run("a server that is not trusted", func(t *testing.T) {
		var connections atomic.Int64
		server := httptest.NewUnstartedServer(http.NotFoundHandler())
		server.Config.ErrorLog = log.New(io.Discard, "", 0) // the handshake fails on purpose
		server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
			if state == http.StateNew {
				connections.Add(1)
			}
		}
		server.StartTLS()
		defer server.Close()
		client := newClient(t, twilio.WithBaseURL(server.URL))
		err := do(t.Context(), client, fetchRequest("T1"), nil)
		if checkOutcome(t, err, twilio.ErrNotSent); connections.Load() != 1 {
			t.Errorf("%v after %d connections", err, connections.Load())
		}
	})
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }
