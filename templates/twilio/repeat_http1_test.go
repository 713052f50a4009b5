package twilio_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
	"github.com/twiliogen/twiliogen/templates/twilio"
)

// The tests in this file are about requests that net/http might send again on its own over HTTP/1.
// The peers speak it by hand.

// http1Peer accepts connections and runs serve for each. It counts the requests that began to
// arrive, and those that arrived whole.
type http1Peer struct {
	url          string
	begun, whole atomic.Int32

	mu    sync.Mutex
	heads []string // of the requests, with what ends them
}

// newHTTP1Peer starts a peer. If it is warm, the first connection answers one request that does not
// count before it serves: to a client, the connection is then one that has been used before.
func newHTTP1Peer(t *testing.T, warm bool, serve func(*peerConn)) *http1Peer {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &http1Peer{url: "http://" + listener.Addr().String()}
	var wg sync.WaitGroup
	ctx, stop := context.WithCancel(context.Background())
	wg.Go(func() {
		for first := warm; ; first = false {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			context.AfterFunc(ctx, func() { c.Close() })
			wg.Go(func() {
				defer c.Close()
				pc := &peerConn{c, bufio.NewReader(c), p}
				if first {
					if _, err := http.ReadRequest(pc.r); err != nil {
						return
					}
					pc.write(http1OK)
				}
				serve(pc)
			})
		}
	})
	t.Cleanup(func() {
		listener.Close()
		stop()
		wg.Wait()
	})
	return p
}

const http1OK = "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"sid\":\"T1\"}"

// peerConn is the server's end of a connection.
type peerConn struct {
	net.Conn
	r    *bufio.Reader
	peer *http1Peer
}

// requests returns the headers of all requests so far.
func (p *http1Peer) requests() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.heads)
}

func (c *peerConn) write(text string) { _, _ = io.WriteString(c, text) } // the client may have gone

// stage is how much of a request a peer reads before it does something.
type stage int

const (
	atOnce stage = iota
	onFirstByte
	onHeader
	onPart // of the body
	onWhole
)

var stages = [...]string{"at once", "on the first byte", "on the header", "on a part", "on the whole"}

// read reads the next request up to a stage, and reports whether there was that much.
func (c *peerConn) read(upTo stage) bool {
	if upTo == atOnce {
		return true
	}
	if _, err := c.r.Peek(1); err != nil {
		return false
	}
	c.peer.begun.Add(1)
	if upTo == onFirstByte {
		return true
	}
	var head strings.Builder
	length := 0
	for line := ""; line != "\r\n"; head.WriteString(line) {
		var err error
		if line, err = c.r.ReadString('\n'); err != nil {
			return false
		}
		if value, ok := strings.CutPrefix(line, "Content-Length: "); ok {
			length, _ = strconv.Atoi(strings.TrimSpace(value)) // it was written by net/http
		}
	}
	c.peer.mu.Lock()
	c.peer.heads = append(c.peer.heads, head.String())
	c.peer.mu.Unlock()
	switch upTo {
	case onHeader:
		if length == 0 {
			c.peer.whole.Add(1)
		}
		return true
	case onPart:
		length /= 2
	}
	if _, err := io.CopyN(io.Discard, c.r, int64(length)); err != nil {
		return false
	}
	if upTo == onWhole || length == 0 {
		c.peer.whole.Add(1)
	}
	return true
}

// calls are what the peers are asked for. All but the last two must not be sent twice.
var calls = []struct {
	name    string
	request func() *wire.Request
	header  string // of the caller's
	again   bool   // it may be sent again
}{
	{name: "form", request: createRequest},
	{name: "long form", request: longCreate},
	{name: "empty POST", request: emptyPost},
	{name: "billed GET", request: billedGet},
	{name: "form with a key", request: createRequest, header: "Idempotency-Key"},
	{name: "empty POST with a key", request: emptyPost, header: "X-Idempotency-Key"},
	{name: "DELETE", request: func() *wire.Request { return request("DELETE") }, again: true},
	{name: "GET", request: func() *wire.Request { return fetchRequest("T1") }, again: true},
}

// longCreate has a body of several writes, or frames, of net/http.
func longCreate() *wire.Request {
	r := createRequest()
	r.Form().Add("Text", strings.Repeat("x", 50_000))
	return r
}

// http1Fault is what a peer does with every request.
type http1Fault struct {
	name   string
	answer string // "" for none
	end    func(*peerConn)
	want   error // of what must not be sent twice
	from   stage // the first that it makes sense at
}

func hangUp(*peerConn) {} // the peer closes what it has served

func cut(c *peerConn) { abort(c.Conn) }

// hold keeps the connection until the client closes it.
func hold(c *peerConn) { _, _ = io.Copy(io.Discard, c.r) }

func http1Answer(status, header string) string {
	return "HTTP/1.1 " + status + "\r\n" + header + "Content-Length: 2\r\n\r\n{}"
}

var http1Faults = []http1Fault{
	{"hangs up", "", hangUp, twilio.ErrMayHaveHappened, atOnce},
	{"cuts", "", cut, twilio.ErrMayHaveHappened, atOnce},
	{"garbage", "what?\r\n\r\n", hangUp, twilio.ErrMayHaveHappened, onFirstByte},
	{"half a header", "HTTP/1.1 200 OK\r\nContent-", hangUp, twilio.ErrMayHaveHappened, onFirstByte},
	{"half a body", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"sid\":", cut, twilio.ErrMayHaveHappened, onHeader},
	{"half a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{", hangUp, twilio.ErrMayHaveHappened, onHeader},
	{"continue, then hangs up", "HTTP/1.1 100 Continue\r\n\r\n", hangUp, twilio.ErrMayHaveHappened, onHeader},
	{"continue, then cuts", "HTTP/1.1 100 Continue\r\n\r\n", cut, twilio.ErrMayHaveHappened, onHeader},
	{"hints without end", strings.Repeat("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", 1_000), hangUp, twilio.ErrMayHaveHappened, onHeader},
	{"another protocol", "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n", hold, twilio.ErrMayHaveHappened, onHeader},
	{"408", http1Answer("408 Request Timeout", "Connection: close\r\n"), hangUp, twilio.ErrMayHaveHappened, onHeader},
	{"503", http1Answer("503 Busy", "Connection: close\r\n"), hangUp, twilio.ErrMayHaveHappened, onHeader},
	{"502", http1Answer("502 Bad Gateway", ""), hold, twilio.ErrMayHaveHappened, onHeader},
	{"400", http1Answer("400 Bad Request", "Connection: close\r\n"), hangUp, twilio.ErrRefused, onHeader},
	{"407", http1Answer("407 Proxy Authentication Required", ""), hold, twilio.ErrRefused, onHeader},
	{"417", http1Answer("417 Expectation Failed", ""), hold, twilio.ErrRefused, onHeader},
	{"307", http1Answer("307 Temporary Redirect", "Location: /v1/Things/T1\r\n"), hangUp, twilio.ErrMayHaveHappened, onHeader},
	{"308 elsewhere", http1Answer("308 Permanent Redirect", "Location: http://localhost:1/\r\n"), hangUp, twilio.ErrMayHaveHappened, onHeader},
}

// Whatever a peer does, and whenever, it gets at most one request that must not be sent twice, and
// the error says what became of it: over a new connection, over one that has been used before, and
// if the peer is a proxy.
func TestHTTP1DoesNotRepeat(t *testing.T) {
	for _, fault := range http1Faults {
		for at := fault.from; at <= onWhole; at++ {
			for _, way := range []string{"new", "used", "proxy"} {
				t.Run(fault.name+" "+stages[at]+" "+way, func(t *testing.T) {
					t.Parallel()
					fault.try(t, at, way)
				})
			}
		}
	}
}

func (f *http1Fault) try(t *testing.T, at stage, way string) {
	for _, c := range calls {
		peer := newHTTP1Peer(t, way == "used", func(c *peerConn) {
			if c.read(at) {
				c.write(f.answer)
				f.end(c)
			}
		})
		transport := &http.Transport{}
		base := peer.url
		if way == "proxy" {
			proxy, _ := url.Parse(peer.url) // it is one
			transport.Proxy, base = http.ProxyURL(proxy), "http://localhost:1"
		}
		retries := 2
		if c.again {
			retries = 0 // others are not repeated, and need not wait
		}
		client := newClient(t, twilio.WithBaseURL(base), twilio.WithHTTPClient(&http.Client{Transport: transport}), twilio.WithMaxRetries(retries))
		if way == "used" {
			if err := do(t.Context(), client, fetchRequest("T1"), nil); err != nil {
				t.Fatal(err)
			}
		}
		var opts []twilio.RequestOption
		if c.header != "" {
			opts = append(opts, twilio.WithHeader(c.header, "k"))
		}
		_, err := fetch(t.Context(), client, c.request(), opts)
		transport.CloseIdleConnections()
		begun, arrived := peer.begun.Load(), peer.whole.Load()
		switch {
		case err == nil:
			t.Errorf("%s: no error", c.name)
		case c.again && (begun == 0 && at > atOnce || begun > 60):
			t.Errorf("%s: the peer got %d requests: %v", c.name, begun, err)
		case !c.again && begun > 1:
			t.Errorf("%s: the peer got %d requests: %v", c.name, begun, err)
		case !c.again && at > atOnce && !errors.Is(err, f.want):
			t.Errorf("%s: %v, want %v", c.name, err, f.want)
		case errors.Is(err, twilio.ErrNotSent) && arrived > 0:
			t.Errorf("%s: %v, but it was sent", c.name, err)
		}
	}
}

// What the peer reads is what it would have been without any protection.
func TestHTTP1Header(t *testing.T) {
	for _, c := range calls {
		peer := newHTTP1Peer(t, false, func(c *peerConn) {
			for c.read(onWhole) {
				c.write(http1OK)
			}
		})
		client := newClient(t, twilio.WithBaseURL(peer.url), twilio.WithHTTPClient(&http.Client{Transport: &http.Transport{}}), twilio.WithHeader("X-Idempotency-Key", "k"))
		if err := do(t.Context(), client, c.request(), nil); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		request := c.request()
		_, body := request.Body()
		length := fmt.Sprintf("\r\nContent-Length: %d\r\n", len(body))
		head := peer.requests()[0]
		if strings.Contains(head, length) != (request.Method == "POST") || strings.Contains(head, "Transfer-Encoding") ||
			strings.Count(head, "\r\nX-Idempotency-Key: k\r\n") != 1 {
			t.Errorf("%s: %q", c.name, head)
		}
	}
}

// Only the answer that Twilio does not process a request after, 429, lets it be sent again.
func TestHTTP1RepeatsWhatWasNotProcessed(t *testing.T) {
	for _, c := range calls {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			peer := newHTTP1Peer(t, false, func(c *peerConn) {
				if c.read(onWhole) {
					c.write(http1Answer("429 Too Many Requests", "Connection: close\r\n"))
				}
			})
			client := newClient(t, twilio.WithBaseURL(peer.url), twilio.WithHTTPClient(&http.Client{Transport: &http.Transport{}}), twilio.WithMaxRetries(1))
			checkOutcome(t, do(t.Context(), client, c.request(), nil), twilio.ErrRefused)
			if n := peer.whole.Load(); n != 2 {
				t.Errorf("the peer got %d requests", n)
			}
		})
	}
}

// What must not be sent twice is sent nowhere else, whichever redirect it is answered with: not the
// same again, and not as a GET.
func TestHTTP1RedirectsAreNotRepeats(t *testing.T) {
	for _, status := range []int{301, 302, 303, 307, 308} {
		for _, c := range calls {
			t.Run(fmt.Sprint(status, " ", c.name), func(t *testing.T) {
				elsewhere := newHTTP1Peer(t, false, func(c *peerConn) { c.read(onWhole) })
				for _, location := range []string{"", elsewhere.url} {
					peer := newHTTP1Peer(t, false, func(c *peerConn) {
						if c.read(onWhole) {
							c.write(http1Answer(strconv.Itoa(status)+" Moved", "Connection: close\r\nLocation: "+location+"/\r\n"))
						}
					})
					client := newClient(t, twilio.WithBaseURL(peer.url), twilio.WithHTTPClient(&http.Client{Transport: &http.Transport{}}), twilio.WithMaxRetries(0))
					err := do(t.Context(), client, c.request(), nil)
					checkOutcome(t, err, twilio.ErrMayHaveHappened)
					here, there := peer.begun.Load(), elsewhere.begun.Load()
					switch read := c.name == "GET"; {
					case !read && (here != 1 || there != 0 || !isAnswer(err, status)):
						t.Errorf("%d requests, and %d elsewhere: %v", here, there, err)
					case read && location == "" && here != 10:
						t.Errorf("%d requests in a circle", here)
					case read && location != "" && (here != 1 || there != 1):
						t.Errorf("%d requests, and %d elsewhere", here, there)
					}
				}
			})
		}
	}
}

func isAnswer(err error, status int) bool {
	var answer *twilio.Error
	return errors.As(err, &answer) && answer.StatusCode == status
}

// Where a redirect leads may be out of reach, but the first host has been asked.
func TestHTTP1RedirectToNowhere(t *testing.T) {
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://localhost:1/", http.StatusFound)
	}, twilio.WithMaxRetries(0))
	checkOutcome(t, do(t.Context(), client, fetchRequest("T1"), nil), twilio.ErrMayHaveHappened)
}

// A read that must be sent once is still followed to where it leads.
func TestHTTP1RedirectOfWhatIsSentOnce(t *testing.T) {
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/end" {
			_, _ = io.WriteString(w, `{"sid":"T1"}`) // the client would notice
			return
		}
		http.Redirect(w, r, "/end", http.StatusFound)
	}, twilio.WithRepeat(func(twilio.Operation) twilio.Repeat { return twilio.RepeatUnprocessed }))
	if got, err := fetch(t.Context(), client, fetchRequest("T1"), nil); err != nil || got.SID != "T1" {
		t.Errorf("%v, %v", got, err)
	}
}

// A middleware may ask for 100 Continue. Without it, the body stays here.
func TestHTTP1ExpectContinue(t *testing.T) {
	for name, tt := range map[string]struct {
		answer string
		body   bool // is read after it
		end    func(*peerConn)
		want   error
	}{
		"hangs up":                {"", false, hangUp, twilio.ErrMayHaveHappened},
		"continue, then hangs up": {"HTTP/1.1 100 Continue\r\n\r\n", false, hangUp, twilio.ErrMayHaveHappened},
		"continue, body, cut":     {"HTTP/1.1 100 Continue\r\n\r\n", true, cut, twilio.ErrMayHaveHappened},
		"417":                     {http1Answer("417 Expectation Failed", "Connection: close\r\n"), false, hangUp, twilio.ErrRefused},
		"503":                     {http1Answer("503 Busy", "Connection: close\r\n"), false, hangUp, twilio.ErrMayHaveHappened},
		"continue, then well":     {"HTTP/1.1 100 Continue\r\n\r\n", true, func(c *peerConn) { c.write(http1OK) }, nil},
	} {
		for _, warm := range []bool{false, true} {
			t.Run(fmt.Sprint(name, " ", warm), func(t *testing.T) {
				t.Parallel()
				var body atomic.Int64
				peer := newHTTP1Peer(t, warm, func(c *peerConn) {
					if !c.read(onHeader) {
						return
					}
					c.write(tt.answer)
					if tt.body {
						n, _ := io.CopyN(io.Discard, c.r, int64(len("Name=a+b"))) // n says it all
						body.Add(n)
					}
					tt.end(c)
				})
				client := newClient(t, twilio.WithBaseURL(peer.url),
					twilio.WithHTTPClient(&http.Client{Transport: &http.Transport{ExpectContinueTimeout: time.Minute}}),
					twilio.WithMiddleware(func(r *http.Request, next twilio.Next) (*http.Response, error) {
						if r.Method == http.MethodPost {
							r.Header.Set("Expect", "100-continue")
						}
						return next(r)
					}))
				if warm {
					if err := do(t.Context(), client, fetchRequest("T1"), nil); err != nil {
						t.Fatal(err)
					}
				}
				err := do(t.Context(), client, createRequest(), nil)
				if tt.want != nil {
					checkOutcome(t, err, tt.want)
				} else if err != nil || body.Load() != int64(len("Name=a+b")) {
					t.Errorf("%v, and %d bytes arrived", err, body.Load())
				}
				if n := peer.begun.Load(); n != 1 {
					t.Errorf("the peer got %d requests: %v", n, err)
				}
			})
		}
	}
}

// Nothing has been sent while a proxy is only asked for a tunnel, whatever it answers, and each try
// asks once.
func TestTunnelThatFails(t *testing.T) {
	for name, fault := range map[string]func(*peerConn){
		"hangs up":         hangUp,
		"cuts":             cut,
		"407":              func(c *peerConn) { c.write(http1Answer("407 Proxy Authentication Required", "")) },
		"502":              func(c *peerConn) { c.write(http1Answer("502 Bad Gateway", "")) },
		"garbage":          func(c *peerConn) { c.write("what?\r\n\r\n") },
		"200, then no TLS": func(c *peerConn) { c.write("HTTP/1.1 200 OK\r\n\r\n"); c.write("what?\r\n\r\n") },
		"200, then a cut":  func(c *peerConn) { c.write("HTTP/1.1 200 OK\r\n\r\n"); cut(c) },
	} {
		for _, c := range calls {
			t.Run(name+" "+c.name, func(t *testing.T) {
				t.Parallel()
				peer := newHTTP1Peer(t, false, func(c *peerConn) {
					if c.read(onHeader) {
						fault(c)
					}
				})
				proxy, _ := url.Parse(peer.url) // it is one
				client := newClient(t, twilio.WithMaxRetries(1),
					twilio.WithHTTPClient(&http.Client{Transport: &http.Transport{Proxy: http.ProxyURL(proxy)}}))
				checkOutcome(t, do(t.Context(), client, c.request(), nil), twilio.ErrNotSent)
				for _, head := range peer.requests() {
					if !strings.HasPrefix(head, "CONNECT ") || strings.Contains(head, "Authorization") {
						t.Errorf("the proxy got %q", head)
					}
				}
				if n := len(peer.requests()); n != 2 {
					t.Errorf("the proxy got %d requests", n)
				}
			})
		}
	}
}

// closing tells when the client has closed a connection.
type closing struct {
	net.Conn
	once   sync.Once
	closed chan struct{}
}

func (c *closing) Close() error {
	c.once.Do(func() { close(c.closed) })
	return c.Conn.Close()
}

// A connection that the server closed while it was idle is not taken for the next call, once the
// client could know: every call succeeds, and is seen once.
func TestStaleConnections(t *testing.T) {
	tries := 1_000
	if testing.Short() {
		tries = 50
	}
	for _, c := range calls {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			peer := newHTTP1Peer(t, false, func(c *peerConn) {
				if c.read(onWhole) {
					c.write(http1OK)
				}
			})
			var last *closing
			transport := &http.Transport{DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
				c, err := new(net.Dialer).DialContext(ctx, network, address)
				last = &closing{Conn: c, closed: make(chan struct{})}
				return last, err
			}}
			client := newClient(t, twilio.WithBaseURL(peer.url), twilio.WithHTTPClient(&http.Client{Transport: transport}), twilio.WithMaxRetries(0))
			for i := range tries {
				if err := do(t.Context(), client, c.request(), nil); err != nil {
					t.Fatalf("call %d: %v", i, err)
				}
				<-last.closed
			}
			if n := peer.whole.Load(); int(n) != tries {
				t.Errorf("%d calls, and the peer got %d", tries, n)
			}
		})
	}
}

// A connection that the server closes just as a call takes it may cost the call, but no more: what
// became of it is said truly, and it is not seen twice.
func TestConnectionsThatBecomeStale(t *testing.T) {
	for _, c := range calls {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			peer := newHTTP1Peer(t, false, func(c *peerConn) {
				if c.read(onWhole) {
					c.write(http1OK)
				}
			})
			client := newClient(t, twilio.WithBaseURL(peer.url), twilio.WithHTTPClient(&http.Client{Transport: &http.Transport{}}))
			var succeeded, lost int32
			for range 200 {
				switch err := do(t.Context(), client, c.request(), nil); {
				case err == nil:
					succeeded++
				case errors.Is(err, twilio.ErrMayHaveHappened):
					lost++
				default:
					t.Error(err)
				}
			}
			if n := peer.whole.Load(); n < succeeded || n > succeeded+lost || c.again && lost > 0 {
				t.Errorf("%d calls succeeded, %d were lost, and the peer got %d", succeeded, lost, n)
			}
		})
	}
}

// A protocol that was registered with net/http's transport, or a default transport that a program
// put in its place, may have sent what failed, although it says nothing of a connection.
func TestTransportThatIsNotWhatItSeems(t *testing.T) {
	silent := roundTripper(func(r *http.Request) (*http.Response, error) {
		if r.Body != nil {
			_, _ = io.Copy(io.Discard, r.Body)
		}
		return nil, errReset
	})
	registered := &http.Transport{}
	registered.RegisterProtocol("http", silent)
	standard := http.DefaultTransport
	http.DefaultTransport = silent
	defer func() { http.DefaultTransport = standard }()
	for name, transport := range map[string]http.RoundTripper{"registered": registered, "default": nil} {
		for _, c := range calls[:4] {
			var sent atomic.Int64
			client := newClient(t, twilio.WithBaseURL("http://localhost:1"), twilio.WithHTTPClient(&http.Client{Transport: transport}),
				twilio.WithMiddleware(func(r *http.Request, next twilio.Next) (*http.Response, error) {
					sent.Add(1)
					return next(r)
				}))
			checkOutcome(t, do(t.Context(), client, c.request(), nil), twilio.ErrMayHaveHappened)
			if n := sent.Load(); n != 1 {
				t.Errorf("%s, %s: sent %d times", name, c.name, n)
			}
		}
	}
}

// What ends before it begins has not been sent, whatever the transport is.
func TestTransportThatIsNotAsked(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, c := range calls {
		checkOutcome(t, do(ctx, stubClient(t, status(200)), c.request(), nil), twilio.ErrNotSent)
	}
}

// A header for idempotency tells net/http that it may send the request again. Here it does not.
func TestIdempotencyKeyRepeatsNothing(t *testing.T) {
	for _, name := range []string{"Idempotency-Key", "X-Idempotency-Key"} {
		for what, request := range map[string]func() *wire.Request{"form": createRequest, "empty": emptyPost} {
			t.Run(name+" "+what, func(t *testing.T) {
				var posts atomic.Int32
				client := serve(t, func(w http.ResponseWriter, r *http.Request) {
					if r.Method == http.MethodGet { // opens a connection that is then reused
						_, _ = io.WriteString(w, `{"sid":"T1"}`)
						return
					}
					if r.Header.Get(name) != "k1" {
						t.Errorf("the header is %q", r.Header.Get(name))
					}
					posts.Add(1)
					_, _ = io.Copy(io.Discard, r.Body)
					hijack(w).Close()
				})
				if err := do(t.Context(), client, fetchRequest("T1"), nil); err != nil {
					t.Fatal(err)
				}
				err := do(t.Context(), client, request(), []twilio.RequestOption{twilio.WithHeader(name, "k1")})
				checkOutcome(t, err, twilio.ErrMayHaveHappened)
				if n := posts.Load(); n != 1 {
					t.Errorf("%d requests: %v", n, err)
				}
			})
		}
	}
}
