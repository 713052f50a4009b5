package webhook_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/twiliogen/twiliogen/templates/twilio/webhook"
)

// A second handshake must not wait until the first connection ends.
func TestHandshakesAlwaysRun(t *testing.T) {
	calls := 0
	var handler http.Handler
	handshake := func() *http.Request {
		r := newRepeat("T1", "a=1")
		r.Header.Set("Upgrade", "websocket")
		r.Header.Set(webhook.SignatureHeader, hmacSHA1("ws://example.com/smsa1"))
		return r
	}
	handler = once(t, webhook.NewMemory(1<<20), func(w http.ResponseWriter, r *http.Request) {
		if calls++; calls == 1 {
			serve(handler, handshake())
		}
	})
	if serve(handler, handshake()); calls != 2 {
		t.Errorf("%d calls", calls)
	}
}

// newRepeat makes a request that Twilio has signed, with an idempotency token.
func newRepeat(idempotency, form string) *http.Request {
	const at = "http://example.com/sms"
	params, _ := url.ParseQuery(form)
	r := newRequest("POST", at, formType, form, webhook.Sign(token, at, params))
	r.Header.Set(webhook.IdempotencyHeader, idempotency)
	return r
}

func once(t testing.TB, store webhook.Store, handler http.HandlerFunc, opts ...webhook.Option) http.Handler {
	t.Helper()
	return newValidator(t, append(opts, webhook.WithoutRepeats(store))...).Middleware(handler)
}

func serve(handler http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	return w
}

func TestRepeats(t *testing.T) {
	calls := 0
	handler := once(t, webhook.NewMemory(1<<20), func(w http.ResponseWriter, r *http.Request) {
		calls++
		w.Header().Set("Content-Type", "text/xml")
		w.Header().Add("Set-Cookie", "a=1")
		w.Header().Add("Set-Cookie", "b=2")
		w.WriteHeader(http.StatusAccepted)
		w.Header().Set("Late", "x")
		fmt.Fprintf(w, "<Response>%d ", calls)
		io.WriteString(w, r.FormValue("a")+"</Response>")
	})
	tests := []struct {
		name, idempotency, form string
		want                    int
	}{
		{"the first", "T1", "a=1", 1},
		{"a repeat", "T1", "a=1", 1},
		{"another token", "T2", "a=1", 2},
		{"another content", "T1", "a=2", 3},
		{"the first once more", "T1", "a=1", 1},
		{"no token", "", "a=1", 4},
		{"no token once more", "", "a=1", 5},
	}
	for _, tt := range tests {
		w := httptest.NewRecorder()
		w.Header().Set("X-Request-Id", tt.name) // of a middleware around this one
		handler.ServeHTTP(w, newRepeat(tt.idempotency, tt.form))
		header := w.Result().Header
		want := fmt.Sprintf("<Response>%d %s</Response>", tt.want, tt.form[2:])
		if w.Code != 202 || w.Body.String() != want || header.Get("Content-Type") != "text/xml" ||
			!slices.Equal(header["Set-Cookie"], []string{"a=1", "b=2"}) || header.Get("Late") != "" || header.Get("X-Request-Id") != tt.name {
			t.Errorf("%s: %d %v %s, want %s", tt.name, w.Code, header, w.Body, want)
		}
	}
}

// Nobody can fill the memory, or ask for what is in it, without a signature that is right.
func TestRepeatsOfStrangers(t *testing.T) {
	store := storeFunc(func(context.Context, string, func() ([]byte, error)) ([]byte, error) {
		t.Error("the store is asked")
		return nil, nil
	})
	handler := once(t, store, func(http.ResponseWriter, *http.Request) { t.Error("the handler is called") })
	r := newRepeat("T1", "a=1")
	r.Header.Set(webhook.SignatureHeader, "x")
	if w := serve(handler, r); w.Code != 403 {
		t.Errorf("%d", w.Code)
	}
}

func TestFailuresAreNotKept(t *testing.T) {
	for name, fail := range map[string]func(http.ResponseWriter, *http.Request){
		"500":      func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "x", 500) },
		"404":      http.NotFound,
		"panic":    func(http.ResponseWriter, *http.Request) { panic("x") },
		"abort":    func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"too long": func(w http.ResponseWriter, _ *http.Request) { w.Write(make([]byte, 64<<10)); w.Write(make([]byte, 1)) },
	} {
		t.Run(name, func(t *testing.T) {
			calls := 0
			handler := once(t, webhook.NewMemory(1<<20), func(w http.ResponseWriter, r *http.Request) {
				if calls++; calls == 1 {
					fail(w, r)
				}
			})
			func() {
				defer func() { recover() }()
				serve(handler, newRepeat("T1", "a=1"))
			}()
			for range 2 {
				if w := serve(handler, newRepeat("T1", "a=1")); w.Code != 200 || calls != 2 {
					t.Errorf("%d after %d calls", w.Code, calls)
				}
			}
		})
	}
}

// A repeat of what is still running waits for it.
func TestRepeatWhileRunning(t *testing.T) {
	for name, tt := range map[string]struct {
		fail  bool
		calls int32
	}{"success": {false, 1}, "failure": {true, 2}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var calls atomic.Int32
				proceed := make(chan struct{})
				handler := once(t, webhook.NewMemory(1<<20), func(w http.ResponseWriter, r *http.Request) {
					if calls.Add(1) == 1 {
						<-proceed
						if tt.fail {
							w.WriteHeader(500)
							return
						}
					}
					io.WriteString(w, "done")
				})
				results := make(chan string, 3)
				for range 3 {
					go func() {
						w := serve(handler, newRepeat("T1", "a=1"))
						results <- fmt.Sprint(w.Code, w.Body)
					}()
				}
				synctest.Wait()
				if len(results) > 0 || calls.Load() != 1 {
					t.Errorf("%d responses, %d calls", len(results), calls.Load())
				}
				close(proceed)
				synctest.Wait()
				got := []string{<-results, <-results, <-results}
				slices.Sort(got)
				want := []string{"200 done", "200 done", "200 done"}
				if tt.fail {
					want[2] = "500 "
				}
				if !slices.Equal(got, want) || calls.Load() != tt.calls {
					t.Errorf("%q, %d calls", got, calls.Load())
				}
			})
		})
	}
}

func TestRepeatThatGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		proceed := make(chan struct{})
		var refused error
		handler := once(t, webhook.NewMemory(1<<20), func(http.ResponseWriter, *http.Request) { <-proceed },
			webhook.WithErrorHandler(func(w http.ResponseWriter, r *http.Request, err error) { refused = err }))
		go serve(handler, newRepeat("T1", "a=1"))
		synctest.Wait()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		serve(handler, newRepeat("T1", "a=1").WithContext(ctx))
		if !errors.Is(refused, webhook.ErrUnavailable) || !errors.Is(refused, context.Canceled) {
			t.Errorf("%v", refused)
		}
		close(proceed)
	})
}

// gone is a client that no longer reads.
type gone struct{ http.ResponseWriter }

func (gone) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

// A response that could not be delivered is complete when it is asked for again.
func TestResponseThatWasNotDelivered(t *testing.T) {
	calls := 0
	handler := once(t, webhook.NewMemory(1<<20), func(w http.ResponseWriter, r *http.Request) {
		calls++
		for range 3 {
			if _, err := io.WriteString(w, "x"); err != nil {
				http.Error(w, err.Error(), 500)
				return
			}
		}
	})
	handler.ServeHTTP(gone{httptest.NewRecorder()}, newRepeat("T1", "a=1"))
	if w := serve(handler, newRepeat("T1", "a=1")); w.Code != 200 || w.Body.String() != "xxx" || calls != 1 {
		t.Errorf("%d %s after %d calls", w.Code, w.Body, calls)
	}
}

// Over a real connection: the client goes away while the handler runs, and comes again.
func TestRepeatAfterTimeout(t *testing.T) {
	started, gone := make(chan struct{}), make(chan struct{})
	var calls atomic.Int32
	watch := make(chan (<-chan struct{}), 2)
	checked := once(t, webhook.NewMemory(1<<20), func(w http.ResponseWriter, r *http.Request) {
		calls.Add(1)
		close(started)
		<-gone
		if err := r.Context().Err(); err != nil {
			http.Error(w, err.Error(), 500)
			return
		}
		io.WriteString(w, "done")
	}, webhook.WithPublicURL("https://example.com"))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		watch <- r.Context().Done()
		checked.ServeHTTP(w, r)
	}))
	defer server.Close()
	send := func(ctx context.Context) (*http.Response, error) {
		r, err := http.NewRequestWithContext(ctx, "POST", server.URL+"/", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set(webhook.SignatureHeader, hmacSHA1("https://example.com/"))
		r.Header.Set(webhook.IdempotencyHeader, "T1")
		return server.Client().Do(r)
	}

	ctx, cancel := context.WithCancel(t.Context())
	first := make(chan error)
	go func() {
		_, err := send(ctx)
		first <- err
	}()
	<-started
	cancel()
	if err := <-first; !errors.Is(err, context.Canceled) {
		t.Errorf("the first: %v", err)
	}
	<-<-watch // the server has seen it
	close(gone)
	response, err := send(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if body, err := io.ReadAll(response.Body); response.StatusCode != 200 || string(body) != "done" || err != nil || calls.Load() != 1 {
		t.Errorf("%d %s %v after %d calls", response.StatusCode, body, err, calls.Load())
	}
}

func TestDeadlineIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		start := time.Now()
		handler := once(t, webhook.NewMemory(1<<20), func(w http.ResponseWriter, r *http.Request) {
			<-r.Context().Done()
		})
		serve(handler, newRepeat("T1", "a=1").WithContext(ctx))
		if took := time.Since(start); took != time.Second {
			t.Errorf("%v", took)
		}
	})
}

// In a real server, a handler can flush and take the connection over.
func TestRepeatsInServer(t *testing.T) {
	var calls atomic.Int32
	handler := once(t, webhook.NewMemory(1<<20), func(w http.ResponseWriter, r *http.Request) {
		calls.Add(1)
		if r.URL.Path == "/socket" {
			conn, _, err := w.(http.Hijacker).Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			io.WriteString(conn, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
			conn.Close()
			return
		}
		w.WriteHeader(http.StatusEarlyHints)
		if err := http.NewResponseController(w).EnableFullDuplex(); err != nil {
			t.Error(err)
		}
		w.(http.Flusher).Flush()
		io.WriteString(w, "<Response/>")
	}, webhook.WithPublicURL("https://example.com"))
	server := httptest.NewServer(handler)
	defer server.Close()
	for _, tt := range []struct {
		path, want string
		calls      int32
	}{{"/sms", "200 <Response/>", 1}, {"/socket", "204 ", 2}} {
		calls.Store(0)
		for range 2 {
			r, err := http.NewRequest("POST", server.URL+tt.path, nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set(webhook.SignatureHeader, hmacSHA1("https://example.com"+tt.path))
			r.Header.Set(webhook.IdempotencyHeader, "T1")
			response, err := server.Client().Do(r)
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(response.Body)
			response.Body.Close()
			if got := fmt.Sprintf("%d %s", response.StatusCode, body); got != tt.want || err != nil {
				t.Errorf("%s: %s, %v", tt.path, got, err)
			}
		}
		if calls.Load() != tt.calls {
			t.Errorf("%s: %d calls, want %d", tt.path, calls.Load(), tt.calls)
		}
	}
}

type storeFunc func(context.Context, string, func() ([]byte, error)) ([]byte, error)

func (f storeFunc) Do(ctx context.Context, key string, run func() ([]byte, error)) ([]byte, error) {
	return f(ctx, key, run)
}

func TestStoresThatFail(t *testing.T) {
	down := errors.New("dial s3cret")
	handler := func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "done") }
	for name, tt := range map[string]struct {
		store storeFunc
		want  int
	}{
		"before": {func(context.Context, string, func() ([]byte, error)) ([]byte, error) { return nil, down }, 503},
		"after": {func(_ context.Context, _ string, run func() ([]byte, error)) ([]byte, error) {
			run()
			return nil, down
		}, 200},
		"nothing":        {func(context.Context, string, func() ([]byte, error)) ([]byte, error) { return nil, nil }, 503},
		"empty":          {func(context.Context, string, func() ([]byte, error)) ([]byte, error) { return []byte("{}"), nil }, 503},
		"something else": {func(context.Context, string, func() ([]byte, error)) ([]byte, error) { return []byte("OK"), nil }, 503},
	} {
		var log strings.Builder
		w := serve(once(t, tt.store, handler, webhook.WithLogger(logTo(&log))), newRepeat("T1", "a=1"))
		if w.Code != tt.want || tt.want == 200 && w.Body.String() != "done" {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
		if logged := log.String(); strings.Contains(logged, "s3cret") || strings.Contains(logged, "status=503") != (tt.want == 503) {
			t.Errorf("%s: %s", name, logged)
		}
	}
	if w := serve(once(t, nil, handler), newRepeat("T1", "a=1")); w.Code != 200 {
		t.Errorf("no store: %d", w.Code)
	}
}

func TestMemoryIsBounded(t *testing.T) {
	const limit, answer = 1 << 20, 200
	heap := func() int {
		runtime.GC()
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		return int(stats.HeapAlloc)
	}
	before := heap()
	m := webhook.NewMemory(limit)
	do := func(i int) (ran bool) {
		m.Do(t.Context(), fmt.Sprintf("%064d", i), func() ([]byte, error) {
			ran = true
			return make([]byte, answer), nil
		})
		return ran
	}
	const n = 50_000
	for i := range n {
		if !do(i) {
			t.Fatalf("%d was known", i)
		}
	}
	if used := heap() - before; used > limit {
		t.Errorf("%d bytes are used", used)
	}
	if do(n-1) || do(n-1000) {
		t.Error("the latest are forgotten")
	}
	if !do(0) {
		t.Error("the oldest is known")
	}
	runtime.KeepAlive(m)

	m = webhook.NewMemory(0)
	for range 2 {
		if !do(1) {
			t.Error("known, within no bytes")
		}
	}
}

func TestMemoryConcurrently(t *testing.T) {
	m := webhook.NewMemory(1 << 20)
	var runs [100]atomic.Int32
	var wait sync.WaitGroup
	for worker := range 16 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for i := range len(runs) {
				key := (i + worker*7) % len(runs)
				answer, err := m.Do(t.Context(), fmt.Sprint(key), func() ([]byte, error) {
					if runs[key].Add(1) == 1 {
						return nil, errors.New("the first fails")
					}
					return []byte(fmt.Sprint(key)), nil
				})
				if err == nil && string(answer) != fmt.Sprint(key) {
					t.Errorf("%s for %d", answer, key)
				}
			}
		}()
	}
	wait.Wait()
	for key := range runs {
		if n := runs[key].Load(); n != 2 {
			t.Errorf("%d runs of %d", n, key)
		}
	}
}
