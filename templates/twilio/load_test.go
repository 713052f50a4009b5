package twilio_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
	"github.com/twiliogen/twiliogen/templates/twilio"
)

var loadCalls = flag.Int("load", 1_000, "the `number` of calls that TestLoad makes over each protocol")

// TestLoad makes many calls at once, over HTTP/1.1 and over HTTP/2, to a server that fails in every
// way there is, behind a proxy that does the same at any time. Each call has a plan: what the server
// makes of its first try, of its second, and so on. Whatever happens, no call may outlast its
// deadline, no write may reach the server twice unless it was asked for, no credential may reach
// another host, and nothing may be left behind.
func TestLoad(t *testing.T) {
	t.Run("HTTP1", func(t *testing.T) { load(t, false) })
	t.Run("HTTP2", func(t *testing.T) { load(t, true) })
}

func load(t *testing.T, http2 bool) {
	calls, workers := *loadCalls, 100
	if testing.Short() {
		calls = min(calls, 500)
	}
	before := runtime.NumGoroutine()
	faulty := newFaultyServer(t, http2)
	sockets := &sockets{}
	transport := &http.Transport{
		DialContext: sockets.dial, MaxIdleConnsPerHost: workers, ForceAttemptHTTP2: http2, TLSClientConfig: faulty.trust(),
	}
	clients := faulty.clients(t, transport)

	late := newLateness()
	next := make(chan uint64)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for seed := range next {
				newLoadCall(seed, clients).run(t, faulty, late)
			}
		})
	}
	for seed := range uint64(calls) {
		next <- seed
	}
	close(next)
	wg.Wait()
	late.stop()
	t.Logf("%d calls, while the machine was up to %v late", calls, time.Duration(late.worst.Load()))
	transport.CloseIdleConnections()
	faulty.close()

	faulty.check(t)
	eventually(t, "connections are open", func() int { return int(sockets.open.Load()) })
	eventually(t, "goroutines are left", func() int { return max(runtime.NumGoroutine()-before, 0) })
}

// eventually waits until count is 0: the goroutines of net/http take a while to end.
func eventually(t *testing.T, what string, count func() int) {
	t.Helper()
	poll, timeout := time.NewTicker(time.Millisecond), time.After(10*time.Second)
	defer poll.Stop()
	for count() > 0 {
		select {
		case <-poll.C:
		case <-timeout:
			stacks := make([]byte, 1<<16)
			t.Fatalf("%d %s:\n%s", count(), what, stacks[:runtime.Stack(stacks, true)])
		}
	}
}

// lateness is how late a goroutine is that has nothing to do but to wake up now and then: on a busy
// machine, everything is.
type lateness struct {
	worst atomic.Int64
	quit  chan struct{}
}

func newLateness() *lateness {
	const nap = 10 * time.Millisecond
	l := &lateness{quit: make(chan struct{})}
	go func() {
		for {
			start := time.Now()
			select {
			case <-time.After(nap):
				l.worst.Store(max(l.worst.Load(), int64(time.Since(start)-nap)))
			case <-l.quit:
				return
			}
		}
	}()
	return l
}

func (l *lateness) stop() { close(l.quit) }

// allowed is by how much a call may miss its deadline: there are many steps to its end.
func (l *lateness) allowed() time.Duration { return time.Second + 20*time.Duration(l.worst.Load()) }

// sockets counts the connections of the client.
type sockets struct{ open atomic.Int64 }

func (s *sockets) dial(ctx context.Context, network, address string) (net.Conn, error) {
	c, err := new(net.Dialer).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	s.open.Add(1)
	return &socket{Conn: c, owner: s}, nil
}

type socket struct {
	net.Conn
	owner *sockets
	once  sync.Once
}

func (s *socket) Close() error {
	s.once.Do(func() { s.owner.open.Add(-1) })
	return s.Conn.Close()
}

// loadCall is one call of the load test.
type loadCall struct {
	id      string
	client  *twilio.Client
	method  string
	plan    []string
	unsafe  bool          // a write may be repeated
	timeout time.Duration // of the context
	cancel  time.Duration // when the caller cancels; 0: never
	each    time.Duration // the timeout of a try; 0: none
}

func newLoadCall(seed uint64, clients []*twilio.Client) *loadCall {
	r := rand.New(rand.NewPCG(seed, 4))
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	names := slices.Sorted(maps.Keys(faults))
	c := &loadCall{
		id:      fmt.Sprint("T", seed),
		client:  clients[0],
		method:  pick([]string{"GET", "GET", "POST", "POST", "DELETE"}),
		unsafe:  r.IntN(8) == 0,
		timeout: time.Duration(500+r.IntN(2500)) * time.Millisecond,
	}
	for range 4 {
		if r.IntN(3) == 0 {
			c.plan = append(c.plan, "ok")
		} else {
			c.plan = append(c.plan, pick(names))
		}
	}
	switch r.IntN(10) {
	case 0:
		c.cancel = time.Duration(1+r.IntN(100)) * time.Millisecond
	case 1:
		c.each = time.Duration(50+r.IntN(200)) * time.Millisecond
	}
	if r.IntN(20) == 0 {
		c.client = clients[r.IntN(len(clients))]
	}
	return c
}

func (c *loadCall) request() *wire.Request {
	r := wire.NewRequest("proxyv1: Things.Do", c.method, server, "/v1/Things/{Sid}")
	r.PathArg("Sid", c.id)
	r.Header("X-Plan", strings.Join(c.plan, ","))
	if c.method == http.MethodPost {
		r.Form().Add("Name", strings.Repeat("x", 5000)) // more than fits into one write of net/http
		if c.unsafe {
			r.Header("X-Unsafe", "1")
		}
	}
	return r
}

// run makes the call, and checks what the caller sees of it.
func (c *loadCall) run(t *testing.T, s *faultyServer, late *lateness) {
	ctx, cancel := context.WithTimeout(context.Background(), c.timeout)
	defer cancel()
	if c.cancel > 0 {
		defer time.AfterFunc(c.cancel, cancel).Stop()
	}
	var opts []twilio.RequestOption
	if c.unsafe {
		opts = append(opts, twilio.WithRetryUnsafe())
	}
	if c.each > 0 {
		opts = append(opts, twilio.WithTimeout(c.each))
	}
	start := time.Now()
	got, err := fetch(ctx, c.client, c.request(), opts)
	if took := time.Since(start); took > c.timeout+late.allowed() {
		t.Errorf("%s took %v, with %v to the deadline", c.id, took, c.timeout)
	}
	switch {
	case err == nil:
		if got.SID != "" && got.SID != c.id {
			t.Errorf("%s got the answer of %s", c.id, got.SID)
		}
		if s.requestsOf(c.id) == 0 {
			t.Errorf("%s succeeded without a request", c.id)
		}
	case !strings.HasPrefix(err.Error(), "proxyv1: Things.Do: "):
		t.Errorf("%s: %v does not name the operation", c.id, err)
	case errors.Is(err, io.EOF) || strings.Contains(err.Error(), c.id):
		t.Errorf("%s: %v", c.id, err)
	}
}
