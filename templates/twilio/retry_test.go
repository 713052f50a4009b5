package twilio_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
	"github.com/twiliogen/twiliogen/templates/twilio"
)

// The tests in this file run in bubbles, whose clock jumps over every wait.

// script is a transport that gives one response after the other, and repeats the last one. It
// remembers when each request came.
type script struct {
	steps []roundTripper

	mu    sync.Mutex
	times []time.Time
}

func (s *script) RoundTrip(r *http.Request) (*http.Response, error) {
	return s.step()(r)
}

func (s *script) step() roundTripper {
	s.mu.Lock()
	defer s.mu.Unlock()
	step := s.steps[min(len(s.times), len(s.steps)-1)]
	s.times = append(s.times, time.Now())
	return step
}

// waits returns the time between the requests.
func (s *script) waits() []time.Duration {
	var waits []time.Duration
	for i := 1; i < len(s.times); i++ {
		waits = append(waits, s.times[i].Sub(s.times[i-1]))
	}
	return waits
}

func scripted(t *testing.T, steps []roundTripper, opts ...twilio.ClientOption) (*twilio.Client, *script) {
	s := &script{steps: steps}
	return newClient(t, append(opts, twilio.WithHTTPClient(&http.Client{Transport: s}))...), s
}

// status responds with a status and headers.
func status(code int, headers ...string) roundTripper {
	return func(*http.Request) (*http.Response, error) {
		r := reply(code, `{"sid":"T1"}`)
		for i := 0; i < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		return r, nil
	}
}

var errReset = errors.New("connection reset by peer")

// reset loses the connection, without saying whether there was one.
func reset(*http.Request) (*http.Response, error) { return nil, errReset }

// resetAfterSending had a connection and lost it.
func resetAfterSending(r *http.Request) (*http.Response, error) {
	if trace := httptrace.ContextClientTrace(r.Context()); trace != nil {
		if trace.GetConn != nil {
			trace.GetConn("host")
		}
		trace.GotConn(httptrace.GotConnInfo{})
	}
	return nil, errReset
}

// unreachable never had a connection.
func unreachable(r *http.Request) (*http.Response, error) {
	if trace := httptrace.ContextClientTrace(r.Context()); trace != nil && trace.GetConn != nil {
		trace.GetConn("host")
	}
	return nil, errReset
}

// half is a success whose body breaks off.
func half(*http.Request) (*http.Response, error) {
	r := reply(200, "")
	r.Body = io.NopCloser(io.MultiReader(strings.NewReader(`{"sid":`), failingReader{}))
	return r, nil
}

type failingReader struct{}

func (failingReader) Read([]byte) (int, error) { return 0, errReset }

// hang returns when the context has ended.
func hang(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

func request(method string) *wire.Request {
	r := wire.NewRequest("proxyv1: Things.Do", method, server, "/v1/Things")
	if method == http.MethodPost || method == http.MethodPut || method == http.MethodPatch {
		r.Form().Add("Name", "a b")
	}
	return r
}

// What is tried again, and how often, for each kind of failure and each method.
func TestWhatIsRetried(t *testing.T) {
	failures := map[string]roundTripper{
		"429": status(429), "500": status(500), "503": status(503), "599": status(599), "lost": reset, "lost after sending": resetAfterSending,
		"unreachable": unreachable, "half": half, "timeout": hang,
		"400": status(400), "401": status(401), "404": status(404), "408": status(408), "302": status(302),
	}
	always := []string{"429", "unreachable"}
	uncertain := []string{"500", "503", "599", "lost", "lost after sending", "timeout"}
	unsafe := twilio.WithRetryUnsafe()
	for _, tt := range []struct {
		methods []string
		opts    []twilio.RequestOption
		again   []string // the failures after which the request is sent again
	}{
		{[]string{"GET", "HEAD"}, nil, slices.Concat(always, uncertain, []string{"half"})},
		{[]string{"DELETE"}, nil, slices.Concat(always, uncertain)},
		{[]string{"POST", "PUT", "PATCH"}, nil, always},
		{[]string{"POST", "PUT", "PATCH"}, []twilio.RequestOption{unsafe}, slices.Concat(always, uncertain)},
		{[]string{"GET", "POST", "DELETE"}, []twilio.RequestOption{unsafe, twilio.WithMaxRetries(0)}, nil},
	} {
		for _, method := range tt.methods {
			for name, failure := range failures {
				t.Run(fmt.Sprint(method, " ", name, " ", len(tt.opts)), func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) {
						client, s := scripted(t, []roundTripper{failure})
						_, err := fetch(t.Context(), client, request(method), tt.opts)
						want := 1
						if slices.Contains(tt.again, name) {
							want = 3
						}
						if err == nil || len(s.times) != want {
							t.Fatalf("%d tries, want %d: %v", len(s.times), want, err)
						}
						checkTries(t, err, want)

						client, _ = scripted(t, []roundTripper{failure, status(200)})
						if _, err := fetch(t.Context(), client, request(method), tt.opts); (err == nil) != (want > 1) {
							t.Errorf("and then a success: %v", err)
						}
					})
				})
			}
		}
	}
}

// checkTries checks the number of tries in an error and in its text.
func checkTries(t *testing.T, err error, want int) {
	t.Helper()
	var e *twilio.Error
	if errors.As(err, &e) && e.Tries != want {
		t.Errorf("Tries is %d, want %d", e.Tries, want)
	}
	if text := fmt.Sprintf("after %d tries", want); strings.Contains(err.Error(), text) != (want > 1) {
		t.Errorf("%q in %q: want it if it is more than one", text, err)
	}
}

func TestMaxRetries(t *testing.T) {
	for _, tt := range []struct {
		client []twilio.ClientOption
		call   []twilio.RequestOption
		want   int
	}{
		{nil, nil, 3},
		{[]twilio.ClientOption{twilio.WithMaxRetries(5)}, nil, 6},
		{[]twilio.ClientOption{twilio.WithMaxRetries(5)}, []twilio.RequestOption{twilio.WithMaxRetries(1)}, 2},
		{[]twilio.ClientOption{twilio.WithMaxRetries(5)}, []twilio.RequestOption{twilio.WithMaxRetries(0)}, 1},
		{[]twilio.ClientOption{twilio.WithMaxRetries(-1)}, nil, 1},
		{nil, []twilio.RequestOption{twilio.WithMaxRetries(40)}, 41},
	} {
		synctest.Test(t, func(t *testing.T) {
			client, s := scripted(t, []roundTripper{status(503)}, tt.client...)
			if err := do(t.Context(), client, fetchRequest("T1"), tt.call); err == nil || len(s.times) != tt.want {
				t.Errorf("%d tries, want %d (%v)", len(s.times), tt.want, err)
			}
		})
	}
}

// A limit that only time can lift is not tried against, nor is a conflict that the caller must settle.
func TestWhatOnlyTimeCanHeal(t *testing.T) {
	for body, want := range map[string]int{
		`{"code":60202}`: 1, `{"code":60203}`: 1, `{"code":"60203"}`: 1, `{"code":20429}`: 3, `{"code":60212}`: 3, `{"code":80623}`: 1,
	} {
		synctest.Test(t, func(t *testing.T) {
			code := 429
			if strings.Contains(body, "80623") {
				code = 409
			}
			client, s := scripted(t, []roundTripper{func(*http.Request) (*http.Response, error) { return reply(code, body), nil }})
			err := do(t.Context(), client, createRequest(), nil)
			if checkOutcome(t, err, twilio.ErrRefused); len(s.times) != want {
				t.Errorf("%s: %d tries, want %d", body, len(s.times), want)
			}
		})
	}
}

func TestRetryUnsafeOnTheClient(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, s := scripted(t, []roundTripper{status(503), status(200)}, twilio.WithRetryUnsafe())
		if err := do(t.Context(), client, createRequest(), nil); err != nil || len(s.times) != 2 {
			t.Errorf("%v after %d tries", err, len(s.times))
		}
	})
}

// The wait is what Retry-After asks for, in each of its forms, but at most 30 seconds.
func TestRetryAfterIsHonoured(t *testing.T) {
	date := func(in time.Duration) func() string {
		return func() string { return time.Now().Add(in).UTC().Format(http.TimeFormat) }
	}
	text := func(s string) func() string { return func() string { return s } }
	for name, tt := range map[string]struct {
		header func() string
		want   time.Duration // 0: a random one
	}{
		"seconds":              {text("7"), 7 * time.Second},
		"date":                 {date(9 * time.Second), 9 * time.Second},
		"too many seconds":     {text("3600"), 30 * time.Second},
		"a date too far away":  {date(24 * time.Hour), 30 * time.Second},
		"a date that has been": {date(-time.Hour), 0},
		"zero":                 {text("0"), 0},
		"negative":             {text("-5"), 0},
		"nonsense":             {text("soon"), 0},
		"nothing":              {text(""), 0},
	} {
		for _, code := range []int{429, 503} {
			t.Run(fmt.Sprint(name, " ", code), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					client, s := scripted(t, []roundTripper{status(code, "Retry-After", tt.header()), status(200)})
					if err := do(t.Context(), client, fetchRequest("T1"), nil); err != nil {
						t.Fatal(err)
					}
					got := s.waits()[0]
					if tt.want != 0 && got != tt.want || tt.want == 0 && got >= 500*time.Millisecond {
						t.Errorf("waited %v, want %v", got, tt.want)
					}
				})
			})
		}
	}
}

// Without Retry-After the waits are random. Their upper bound doubles up to eight seconds.
func TestBackoff(t *testing.T) {
	const rounds = 200
	limits := []time.Duration{500 * time.Millisecond, time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second, 8 * time.Second}
	longest, different := make([]time.Duration, len(limits)), map[time.Duration]bool{}
	for range rounds {
		synctest.Test(t, func(t *testing.T) {
			client, s := scripted(t, []roundTripper{status(503)}, twilio.WithMaxRetries(len(limits)))
			if err := do(t.Context(), client, fetchRequest("T1"), nil); !errors.Is(err, twilio.ErrServer) {
				t.Fatal(err)
			}
			for i, wait := range s.waits() {
				longest[i] = max(longest[i], wait)
				different[wait] = true
			}
		})
	}
	for i, limit := range limits {
		// The chance that none of 200 is in the upper half is 1 in 2^200.
		if longest[i] >= limit || longest[i] < limit/2 {
			t.Errorf("the longest wait after try %d is %v, want one near %v", i+1, longest[i], limit)
		}
	}
	if len(different) < rounds {
		t.Errorf("%d different waits only", len(different))
	}
}

// A wait that would outlast the context is not begun: the error is known now.
func TestNoWaitBeyondTheDeadline(t *testing.T) {
	for wait, want := range map[string]int{"4": 2, "5": 1, "6": 1} {
		synctest.Test(t, func(t *testing.T) {
			client, s := scripted(t, []roundTripper{status(429, "Retry-After", wait)})
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
			defer cancel()
			start := time.Now()
			err := do(ctx, client, createRequest(), nil)
			if !errors.Is(err, twilio.ErrRateLimited) || errors.Is(err, context.DeadlineExceeded) || len(s.times) != want {
				t.Errorf("Retry-After %s: %v after %d tries, want %d", wait, err, len(s.times), want)
			}
			if took := time.Since(start); want == 1 && took != 0 {
				t.Errorf("Retry-After %s: it took %v to say so", wait, took)
			}
		})
	}
}

// The context ends a wait at once. The error is that of the context, and still says what the call
// waited for.
func TestCancelledWhileWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, s := scripted(t, []roundTripper{status(429, "Retry-After", "20")})
		ctx, cancel := context.WithCancel(t.Context())
		start := time.Now()
		time.AfterFunc(3*time.Second, cancel)
		err := do(ctx, client, createRequest(), nil)
		if took := time.Since(start); took != 3*time.Second || len(s.times) != 1 {
			t.Errorf("ended after %v and %d tries", took, len(s.times))
		}
		const want = "proxyv1: Things.Create: context canceled while waiting to try again after: twilio: 429 Too Many Requests"
		if !errors.Is(err, context.Canceled) || !errors.Is(err, twilio.ErrRateLimited) || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	})
}

// Nothing is retried for a caller who has gone. The error is that of the context, whatever the
// transport calls it.
func TestContextEndsTheTries(t *testing.T) {
	own := errors.New("own reason")
	for _, failure := range []roundTripper{reset, unreachable, half, status(503), status(429)} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancelCause(t.Context())
			client, s := scripted(t, []roundTripper{func(r *http.Request) (*http.Response, error) {
				cancel(own)
				return failure(r)
			}})
			_, err := fetch(ctx, client, fetchRequest("T1"), nil)
			var answer *twilio.Error
			if len(s.times) != 1 || !errors.As(err, &answer) && !errors.Is(err, context.Canceled) {
				t.Errorf("%v after %d tries", err, len(s.times))
			}
		})
	}
	// The timer of a connection may fire before that of the context.
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		client, s := scripted(t, []roundTripper{func(*http.Request) (*http.Response, error) {
			time.Sleep(time.Second)
			return nil, errReset
		}})
		err := do(lateContext{ctx}, client, fetchRequest("T1"), nil)
		if !errors.Is(err, context.DeadlineExceeded) || len(s.times) != 1 {
			t.Errorf("%v after %d tries", err, len(s.times))
		}
	})
}

// lateContext is a context that has not yet noticed that its deadline has passed.
type lateContext struct{ context.Context }

func (lateContext) Err() error            { return nil }
func (lateContext) Done() <-chan struct{} { return nil }

// The timeout is that of one try. Even after it, what may have been carried out is not repeated.
func TestTimeoutOfATry(t *testing.T) {
	for _, tt := range []struct {
		method string
		opts   []twilio.RequestOption
		tries  int
		each   time.Duration
	}{
		{"GET", nil, 3, 30 * time.Second},
		{"GET", []twilio.RequestOption{twilio.WithTimeout(time.Second)}, 3, time.Second},
		{"POST", nil, 1, 30 * time.Second},
		{"POST", []twilio.RequestOption{twilio.WithTimeout(time.Second)}, 1, time.Second},
	} {
		synctest.Test(t, func(t *testing.T) {
			client, s := scripted(t, []roundTripper{hang})
			start := time.Now()
			err := do(t.Context(), client, request(tt.method), tt.opts)
			least := time.Duration(tt.tries) * tt.each
			if took := time.Since(start); !errors.Is(err, context.DeadlineExceeded) || len(s.times) != tt.tries || took < least || took > least+2*time.Second {
				t.Errorf("%s: %v after %d tries and %v", tt.method, err, len(s.times), took)
			}
		})
	}
}

// A DELETE that finds nothing has succeeded if an earlier try may have deleted it. Otherwise it has
// failed.
func TestDeleteThatFindsNothing(t *testing.T) {
	for _, tt := range []struct {
		name  string
		first []roundTripper
		gone  bool
	}{
		{"at once", nil, false},
		{"after 429", []roundTripper{status(429)}, false},
		{"after a request that may have left by an unknown way", []roundTripper{unreachable}, true},
		{"after a lost answer", []roundTripper{resetAfterSending}, true},
		{"after a timeout", []roundTripper{hang}, true},
		{"after 502", []roundTripper{status(502)}, true},
		{"after a lost answer and 429", []roundTripper{reset, status(429)}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var resp twilio.Response
				client, s := scripted(t, append(tt.first, status(404)))
				err := do(t.Context(), client, request("DELETE"), []twilio.RequestOption{twilio.WithResponse(&resp)})
				if (err == nil) != tt.gone || err != nil && !errors.Is(err, twilio.ErrNotFound) || len(s.times) != len(tt.first)+1 || resp.StatusCode != 404 {
					t.Errorf("%v after %d tries, response %d", err, len(s.times), resp.StatusCode)
				}
			})
		})
	}
	synctest.Test(t, func(t *testing.T) {
		client, _ := scripted(t, []roundTripper{reset, status(404)})
		if err := do(t.Context(), client, fetchRequest("T1"), nil); !errors.Is(err, twilio.ErrNotFound) {
			t.Errorf("a GET that finds nothing: %v", err)
		}
	})
}

// Each try sends the whole request and leaves nothing behind.
func TestEachTryIsWhole(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var bodies []*tracked
		var contexts []context.Context
		answer := func(code int) roundTripper {
			return func(r *http.Request) (*http.Response, error) {
				sent, err := io.ReadAll(r.Body)
				if err != nil || string(sent) != "Name=a+b" || r.ContentLength != int64(len(sent)) || r.Header.Get("X-Call") != "1" {
					t.Errorf("sent %q of %d bytes with %v (%v)", sent, r.ContentLength, r.Header, err)
				}
				resp := reply(code, `{"sid":"T1"}`)
				body := &tracked{Reader: resp.Body}
				resp.Body = body
				bodies, contexts = append(bodies, body), append(contexts, r.Context())
				return resp, nil
			}
		}
		var resp twilio.Response
		client, _ := scripted(t, []roundTripper{answer(429), answer(429), answer(201)})
		got, err := fetch(t.Context(), client, createRequest(),
			[]twilio.RequestOption{twilio.WithHeader("X-Call", "1"), twilio.WithResponse(&resp)})
		if err != nil || got.SID != "T1" || resp.StatusCode != 201 || len(bodies) != 3 {
			t.Fatalf("%v, %v, response %d, %d tries", got, err, resp.StatusCode, len(bodies))
		}
		for i, body := range bodies {
			if !body.ended || !body.closed || contexts[i].Err() == nil {
				t.Errorf("try %d: read to its end: %t, closed: %t, context: %v", i+1, body.ended, body.closed, contexts[i].Err())
			}
		}
	})
}

// Each page of a list has its own tries.
func TestPagesAreRetried(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		page := func(body string) roundTripper {
			return func(*http.Request) (*http.Response, error) { return reply(200, body), nil }
		}
		client, s := scripted(t, []roundTripper{
			status(503), reset, page(`{"things":[{"sid":"a"}],"next_page_uri":"/v1/Things?Page=1"}`),
			status(429), half, page(`{"things":[{"sid":"b"}]}`),
		})
		sids, errs := collect(list(t.Context(), client, listRequest(), nil))
		if fmt.Sprint(sids) != "[a b]" || len(errs) != 0 || len(s.times) != 6 {
			t.Errorf("%v, %v after %d requests", sids, errs, len(s.times))
		}
	})
}

// What would fail in the same way on every try is tried once.
func TestWhatIsNotRetried(t *testing.T) {
	loop := func(r *http.Request) (*http.Response, error) {
		resp := reply(302, "")
		resp.Header.Set("Location", r.URL.Path+"x")
		return resp, nil
	}
	large := func(*http.Request) (*http.Response, error) { return reply(200, `{"sid":"T"}`), nil } // 11 bytes
	broken := func(*http.Request) (*http.Response, error) { return reply(200, `{"sid"`), nil }
	own := errors.New("not there")
	for name, tt := range map[string]struct {
		step  roundTripper
		http  http.Client
		opts  []twilio.RequestOption
		tries int
		want  string
	}{
		"endless redirect": {step: loop, tries: 10, want: "stopped after 10 redirects"},
		"own policy": {step: loop, http: http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return own }},
			tries: 1, want: "not there"},
		"too long":  {step: large, opts: []twilio.RequestOption{twilio.WithMaxBody(10)}, tries: 1, want: "reading the response: the response is too long: more than 10 bytes"},
		"not JSON":  {step: broken, tries: 1, want: "reading the response: json: unexpected end of the document"},
		"as it is":  {step: large, opts: []twilio.RequestOption{twilio.WithMaxBody(11)}, tries: 1},
		"unlimited": {step: large, opts: []twilio.RequestOption{twilio.WithMaxBody(1 << 62)}, tries: 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := &script{steps: []roundTripper{tt.step}}
				tt.http.Transport = s
				client := newClient(t, twilio.WithHTTPClient(&tt.http))
				_, err := fetch(t.Context(), client, fetchRequest("T1"), tt.opts)
				if len(s.times) != tt.tries || (err == nil) != (tt.want == "") || err != nil && err.Error() != "proxyv1: Things.Fetch: "+tt.want {
					t.Errorf("%v after %d tries", err, len(s.times))
				}
			})
		})
	}
}

// With the transport of net/http itself, even a POST is repeated if there is no connection, or none
// that TLS can use.
func TestRequestsThatNeverLeft(t *testing.T) {
	noTLS := func() net.Conn {
		client, server := net.Pipe()
		go func() {
			_, _ = server.Read(make([]byte, 1))
			_, _ = io.WriteString(server, "HTTP/1.0 400 Bad Request\r\n\r\n")
			server.Close()
		}()
		return client
	}
	closed := func() net.Conn {
		client, server := net.Pipe()
		server.Close()
		return client
	}
	for name, dial := range map[string]func() net.Conn{
		"refused":           nil,
		"no TLS":            noTLS,
		"closed during TLS": closed,
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var dials atomic.Int64 // http.Transport dials in goroutines of its own
				transport := &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
					dials.Add(1)
					if dial == nil {
						return nil, errReset
					}
					return dial(), nil
				}}
				defer transport.CloseIdleConnections()
				client := newClient(t, twilio.WithHTTPClient(&http.Client{Transport: transport}))
				if err := do(t.Context(), client, createRequest(), nil); err == nil || dials.Load() != 3 {
					t.Errorf("%v after %d dials", err, dials.Load())
				}
			})
		})
	}
}

// Once there is a connection, a POST is on its way. It is not repeated, whether or not the server
// has read it.
func TestRequestsThatMayHaveLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var dials atomic.Int64
		transport := &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
			dials.Add(1)
			client, server := net.Pipe()
			go func() {
				_, _ = server.Read(make([]byte, 1<<10))
				server.Close()
			}()
			return client, nil
		}}
		defer transport.CloseIdleConnections()
		client := newClient(t, twilio.WithHTTPClient(&http.Client{Transport: transport}), twilio.WithBaseURL("http://localhost"))
		if err := do(t.Context(), client, createRequest(), nil); err == nil || dials.Load() != 1 {
			t.Errorf("POST: %v after %d dials", err, dials.Load())
		}
		dials.Store(0)
		if err := do(t.Context(), client, fetchRequest("T1"), nil); err == nil || dials.Load() != 3 {
			t.Errorf("GET: %v after %d dials", err, dials.Load())
		}
	})
}

// With HTTP/2 it is a stream that breaks off, not the connection.
func TestRetriesOverHTTP2(t *testing.T) {
	var requests atomic.Int64
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.ProtoMajor != 2 {
			t.Errorf("HTTP/%d", r.ProtoMajor)
		}
		if requests.Add(1) > 1 {
			return
		}
		panic(http.ErrAbortHandler)
	}))
	s.EnableHTTP2 = true
	s.StartTLS()
	defer s.Close()
	client := newClient(t, twilio.WithBaseURL(s.URL), twilio.WithHTTPClient(s.Client()))
	for method, want := range map[string]int64{"POST": 1, "GET": 2, "DELETE": 2} {
		requests.Store(0)
		if err := do(t.Context(), client, request(method), nil); (err == nil) != (want > 1) || requests.Load() != want {
			t.Errorf("%s: %v after %d requests, want %d", method, err, requests.Load(), want)
		}
	}
}
