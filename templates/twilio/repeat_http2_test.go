package twilio_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
	"github.com/twiliogen/twiliogen/templates/twilio"
)

// The tests in this file are about requests that net/http would send again on its own over HTTP/2.
// The peers speak it by hand, since a proper server could not misbehave like this.

// Frames of HTTP/2.
const (
	frameData      = 0x0
	frameHeaders   = 0x1
	frameReset     = 0x3
	frameSettings  = 0x4
	framePush      = 0x5
	framePing      = 0x6
	frameGoAway    = 0x7
	frameWindow    = 0x8
	flagEndStream  = 0x1
	flagEndHeaders = 0x4

	codeProtocolError = 0x1
	codeRefusedStream = 0x7
)

// frames is the server's end of an HTTP/2 connection.
type frames struct {
	net.Conn
	settled atomic.Bool // it has sent its settings

	mu sync.Mutex // guards writing
}

func (f *frames) read() (kind, flags byte, stream uint32, payload []byte, err error) {
	head := make([]byte, 9)
	if _, err = io.ReadFull(f, head); err != nil {
		return
	}
	payload = make([]byte, int(head[0])<<16|int(head[1])<<8|int(head[2]))
	_, err = io.ReadFull(f, payload)
	return head[3], head[4], binary.BigEndian.Uint32(head[5:]), payload, err
}

func (f *frames) write(kind, flags byte, stream uint32, payload ...byte) {
	head := []byte{byte(len(payload) >> 16), byte(len(payload) >> 8), byte(len(payload)), kind, flags}
	head = binary.BigEndian.AppendUint32(head, stream)
	f.mu.Lock()
	defer f.mu.Unlock()
	_, _ = f.Conn.Write(append(head, payload...)) // the client may have gone
	if kind == frameSettings {
		f.settled.Store(true)
	}
}

func (f *frames) reset(stream uint32, code byte) { f.write(frameReset, 0, stream, 0, 0, 0, code) }

// goAway says that the peer will answer no stream after last.
func (f *frames) goAway(last uint32) {
	f.write(frameGoAway, 0, 0, append(binary.BigEndian.AppendUint32(nil, last), 0, 0, 0, 0)...)
}

// acts is what an HTTP/2 peer does. Each function may be nil.
type acts struct {
	greet    func(f *frames)                // instead of sending its settings
	onHeader func(f *frames, stream uint32) // of a request
	onData   func(f *frames, stream uint32) // for each frame of a body but the last
	answer   func(f *frames, stream uint32) // to a request that is whole
	plain    bool                           // no TLS
}

// limit says how many streams there may be at once.
func (f *frames) limit(n byte) { f.write(frameSettings, 0, 0, 0, 3, 0, 0, 0, n) }

// hint sends Early Hints, which come before an answer.
func (f *frames) hint(stream uint32) {
	f.write(frameHeaders, flagEndHeaders, stream, 0x08, 0x03, '1', '0', '3')
}

// begin200 answers without coming to an end.
func (f *frames) begin200(stream uint32) {
	f.write(frameHeaders, flagEndHeaders, stream, 0x88) // ":status: 200" of HPACK's static table
	f.write(frameData, 0, stream, []byte(`{"sid":`)...)
}

// cut closes the connection with a reset.
func (f *frames) cut() {
	c := f.Conn
	if t, ok := c.(*tls.Conn); ok {
		c = t.NetConn()
	}
	abort(c)
}

// http2Peer accepts HTTP/2 and does its acts. It counts the requests that are whole, and those
// of which at least the header came.
type http2Peer struct {
	url    string
	client *http.Client
	whole  atomic.Int32
	begun  atomic.Int32
	opened atomic.Int32 // connections

	mu     sync.Mutex
	header []byte // of the last request, as HPACK writes it
}

func newHTTP2Peer(t *testing.T, answer func(f *frames, stream uint32)) *http2Peer {
	t.Helper()
	return newActingPeer(t, acts{answer: answer})
}

func newActingPeer(t *testing.T, s acts) *http2Peer {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &http2Peer{url: "http://" + listener.Addr().String()}
	transport := &http.Transport{Protocols: new(http.Protocols)}
	if s.plain {
		transport.Protocols.SetUnencryptedHTTP2(true)
	} else {
		server := httptest.NewUnstartedServer(nil)
		server.EnableHTTP2 = true
		server.StartTLS() // for its certificate
		transport.TLSClientConfig = server.Client().Transport.(*http.Transport).TLSClientConfig
		transport.Protocols.SetHTTP2(true)
		server.Close()
		config := server.TLS.Clone()
		config.NextProtos = []string{"h2"}
		listener = tls.NewListener(listener, config)
		p.url = strings.Replace(p.url, "http:", "https:", 1)
	}
	p.client = &http.Client{Transport: transport}
	var wg sync.WaitGroup
	ctx, stop := context.WithCancel(context.Background())
	wg.Go(func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			p.opened.Add(1)
			context.AfterFunc(ctx, func() { c.Close() })
			wg.Go(func() { p.serve(&frames{Conn: c}, &s) })
		}
	})
	t.Cleanup(func() {
		listener.Close()
		stop()
		transport.CloseIdleConnections()
		wg.Wait()
	})
	return p
}

func (p *http2Peer) serve(f *frames, s *acts) {
	defer f.Close()
	if _, err := io.ReadFull(f, make([]byte, len("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))); err != nil {
		return
	}
	if s.greet != nil {
		s.greet(f)
	} else {
		f.write(frameSettings, 0, 0)
	}
	call := func(act func(*frames, uint32), stream uint32) {
		if act != nil {
			act(f, stream)
		}
	}
	for {
		kind, flags, stream, payload, err := f.read()
		last := flags&flagEndStream != 0
		switch {
		case err != nil:
			return
		case kind == frameSettings && flags == 0:
			f.write(frameSettings, 1, 0)
		case kind == frameHeaders:
			p.begin(payload)
			call(s.onHeader, stream)
		case kind == frameData && !last:
			f.write(frameWindow, 0, 0, binary.BigEndian.AppendUint32(nil, uint32(len(payload)))...)
			call(s.onData, stream)
		}
		if (kind == frameHeaders || kind == frameData) && last {
			p.whole.Add(1)
			call(s.answer, stream)
		}
	}
}

func (p *http2Peer) lastHeader() []byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.header
}

func (p *http2Peer) begin(header []byte) {
	p.begun.Add(1)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.header = header
}

// status200 answers with an empty object.
func status200(f *frames, stream uint32) {
	f.write(frameHeaders, flagEndHeaders, stream, 0x88) // ":status: 200" of HPACK's static table
	f.write(frameData, flagEndStream, stream, []byte(`{"sid":"T1"}`)...)
}

func emptyPost() *wire.Request {
	return wire.NewRequest("proxyv1: Things.Start", "POST", server, "/v1/Things/Start")
}

func billedGet() *wire.Request {
	r := wire.NewRequest("lookupsv2: PhoneNumbers.Fetch", "GET", server, "/v2/PhoneNumbers")
	r.Query().Add("Fields", "caller_name")
	r.BilledFor = []string{"Fields"}
	return r
}

// http2Faults are what a peer does to a request.
var http2Faults = map[string]func(f *frames, id uint32){
	"hangs up":              func(f *frames, _ uint32) { f.Close() },
	"cuts":                  func(f *frames, _ uint32) { f.cut() },
	"error and goodbye":     func(f *frames, id uint32) { f.reset(id, codeProtocolError); f.Close() },
	"refused and goodbye":   func(f *frames, id uint32) { f.reset(id, codeRefusedStream); f.goAway(0); f.Close() },
	"refused twice":         func(f *frames, id uint32) { f.reset(id, codeRefusedStream); f.reset(id, codeRefusedStream) },
	"going away":            func(f *frames, _ uint32) { f.goAway(0) },
	"gone before":           func(f *frames, _ uint32) { f.goAway(0); f.Close() },
	"gone before this":      func(f *frames, id uint32) { f.goAway(max(id, 2) - 2); f.Close() },
	"gone after this":       func(f *frames, id uint32) { f.goAway(id); f.Close() },
	"gone some time":        func(f *frames, _ uint32) { f.goAway(1<<31 - 1); f.Close() },
	"gone, and gone sooner": func(f *frames, _ uint32) { f.goAway(1<<31 - 1); f.goAway(0) },
	"no more streams":       func(f *frames, _ uint32) { f.limit(0); f.Close() },
	"no more, and refused":  func(f *frames, id uint32) { f.limit(0); f.reset(id, codeRefusedStream) },
	"one stream":            func(f *frames, id uint32) { f.limit(1); f.reset(id, codeProtocolError) },
	"no window":             func(f *frames, id uint32) { f.write(frameWindow, 0, id, 0, 0, 0, 0) },
	"no window at all":      func(f *frames, _ uint32) { f.write(frameWindow, 0, 0, 0, 0, 0, 0) },
	// Not for one stream: that makes net/http wait for itself, for ever.
	"too much of a window":  func(f *frames, _ uint32) { f.write(frameWindow, 0, 0, 0x7f, 0xff, 0xff, 0xff) },
	"a push":                func(f *frames, id uint32) { f.write(framePush, flagEndHeaders, id, 0, 0, 0, 2, 0x88) },
	"a header that is none": func(f *frames, id uint32) { f.write(frameHeaders, flagEndHeaders, id, 0xff, 0xff, 0xff) },
	"a header without end":  func(f *frames, id uint32) { f.write(frameHeaders, 0, id, 0x88); f.Close() },
	"a continuation":        func(f *frames, id uint32) { f.write(0x9, flagEndHeaders, id, 0x88) },
	"a frame that is none":  func(f *frames, _ uint32) { _, _ = f.Conn.Write([]byte("HTTP/1.1 400 Bad Request\r\n\r\n")); f.Close() },
	"half a frame":          func(f *frames, _ uint32) { _, _ = f.Conn.Write([]byte{0, 0, 9, frameHeaders}); f.Close() },
	"hints, then an error":  func(f *frames, id uint32) { f.hint(id); f.reset(id, codeProtocolError) },
	"hints, then refused":   func(f *frames, id uint32) { f.hint(id); f.reset(id, codeRefusedStream) },
	"hints without end": func(f *frames, id uint32) {
		for range 1_000 {
			f.hint(id)
		}
		f.Close()
	},
	"a header, then an error": func(f *frames, id uint32) {
		f.write(frameHeaders, flagEndHeaders, id, 0x88)
		f.reset(id, codeProtocolError)
	},
	"a header, then refused": func(f *frames, id uint32) {
		f.write(frameHeaders, flagEndHeaders, id, 0x88)
		f.reset(id, codeRefusedStream)
	},
	"half an answer":          func(f *frames, id uint32) { f.begin200(id); f.reset(id, codeProtocolError) },
	"half an answer and gone": func(f *frames, id uint32) { f.begin200(id); f.goAway(0); f.Close() },
	"503": func(f *frames, id uint32) {
		f.write(frameHeaders, flagEndHeaders|flagEndStream, id, 0x08, 0x03, '5', '0', '3')
	},
	"307": func(f *frames, id uint32) {
		// With a location, whose name HPACK numbers 46.
		f.write(frameHeaders, flagEndHeaders|flagEndStream, id, 0x08, 0x03, '3', '0', '7', 0x0f, 0x1f, 0x01, '/')
	},
}

func init() {
	for code := range byte(14) {
		http2Faults[fmt.Sprint("reset with ", code)] = func(f *frames, id uint32) { f.reset(id, code) }
		http2Faults[fmt.Sprint("going away with ", code)] = func(f *frames, id uint32) {
			f.write(frameGoAway, 0, 0, append(binary.BigEndian.AppendUint32(nil, id), 0, 0, 0, code)...)
			f.Close()
		}
	}
}

// Whatever an HTTP/2 peer does to a request that may not be repeated, it gets that request once,
// and the error says that it may have been carried out. A peer that goes away or refuses the stream
// promises not to have done that, but there is no telling such peers from others by what net/http
// says.
func TestHTTP2DoesNotRepeat(t *testing.T) {
	for name, fault := range http2Faults {
		for when, does := range map[string]acts{
			"on the header":              {onHeader: fault},
			"between frames":             {onData: fault, answer: fault},
			"on the whole":               {answer: fault},
			"on the header, without TLS": {onHeader: fault, plain: true},
			"on the whole, without TLS":  {answer: fault, plain: true},
		} {
			t.Run(name+" "+when, func(t *testing.T) {
				t.Parallel()
				tryHTTP2(t, does)
			})
		}
	}
}

func tryHTTP2(t *testing.T, does acts) {
	for _, c := range calls {
		if c.again {
			continue // they are tried again after a while, see below
		}
		peer := newActingPeer(t, does)
		client := newClient(t, twilio.WithBaseURL(peer.url), twilio.WithHTTPClient(peer.client))
		var opts []twilio.RequestOption
		if c.header != "" {
			opts = append(opts, twilio.WithHeader(c.header, "k"))
		}
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		_, err := fetch(ctx, client, c.request(), opts)
		if n := peer.begun.Load(); n != 1 || !errors.Is(err, twilio.ErrMayHaveHappened) || ctx.Err() != nil {
			t.Errorf("%s: the peer got %d requests: %v", c.name, n, err)
		}
		cancel()
	}
}

// An empty body has a length over HTTP/2, too, and what tells a server that a request is the same as
// another one arrives.
func TestHTTP2Header(t *testing.T) {
	for _, plain := range []bool{false, true} {
		for _, c := range calls {
			peer := newActingPeer(t, acts{answer: status200, plain: plain})
			client := newClient(t, twilio.WithBaseURL(peer.url), twilio.WithHTTPClient(peer.client))
			if _, err := fetch(t.Context(), client, c.request(), nil); err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
			// A literal with the name that HPACK numbers 28, and 0 as it is.
			empty := bytes.Contains(peer.lastHeader(), []byte{0x40 | 28, 1, '0'})
			if want := strings.HasPrefix(c.name, "empty"); empty != want {
				t.Errorf("%s has a length of 0: %t", c.name, empty)
			}
		}
	}
}

// A peer that ends a connection before there was a request on it has not got one, and the call
// neither takes for ever nor is sent twice in the end.
func TestHTTP2PeerThatDoesNotBegin(t *testing.T) {
	for name, greet := range map[string]func(*frames){
		"hangs up":         func(f *frames) { f.Close() },
		"cuts":             func(f *frames) { f.cut() },
		"goes away":        func(f *frames) { f.write(frameSettings, 0, 0); f.goAway(0) },
		"is gone":          func(f *frames) { f.write(frameSettings, 0, 0); f.goAway(0); f.Close() },
		"takes no streams": func(f *frames) { f.limit(0) },
		"is silent":        func(*frames) {},
		"is HTTP/1":        func(f *frames) { _, _ = f.Conn.Write([]byte("HTTP/1.1 400 Bad Request\r\n\r\n")) },
	} {
		for _, c := range calls[:4] {
			t.Run(name+" "+c.name, func(t *testing.T) {
				t.Parallel()
				peer := newActingPeer(t, acts{greet: greet})
				client := newClient(t, twilio.WithBaseURL(peer.url), twilio.WithHTTPClient(peer.client), twilio.WithTimeout(200*time.Millisecond), twilio.WithMaxRetries(0))
				start := time.Now()
				err := do(t.Context(), client, c.request(), nil)
				if n := peer.begun.Load(); err == nil || n > 1 || n > 0 && !errors.Is(err, twilio.ErrMayHaveHappened) || errors.Is(err, twilio.ErrRefused) {
					t.Errorf("the peer got %d requests: %v", n, err)
				}
				if took := time.Since(start); took > 5*time.Second {
					t.Errorf("it took %v", took)
				}
			})
		}
	}
}

// Calls that share a connection are lost with it, each of them once.
func TestHTTP2AtOnce(t *testing.T) {
	const n = 20
	for name, fault := range http2Faults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var arrived atomic.Int32
			peer := newHTTP2Peer(t, func(f *frames, id uint32) {
				switch k := arrived.Add(1); {
				case k%5 == 0:
					fault(f, id)
				case k%5 > 2:
					status200(f, id)
				}
			})
			client := newClient(t, twilio.WithBaseURL(peer.url), twilio.WithHTTPClient(peer.client), twilio.WithMaxRetries(0), twilio.WithTimeout(100*time.Millisecond))
			var sent atomic.Int32
			var wg sync.WaitGroup
			for i := range n {
				wg.Go(func() {
					switch err := do(t.Context(), client, calls[i%4].request(), nil); {
					case err == nil || errors.Is(err, twilio.ErrMayHaveHappened):
						sent.Add(1)
					case !errors.Is(err, twilio.ErrNotSent):
						t.Error(err)
					}
				})
			}
			wg.Wait()
			if got := peer.begun.Load(); got > sent.Load() {
				t.Errorf("the peer got %d requests of %d calls", got, sent.Load())
			}
		})
	}
}

// A peer that takes one request at a time gets each of them once, on as many connections as it
// takes.
func TestHTTP2OneAtATime(t *testing.T) {
	const n = 20
	peer := newActingPeer(t, acts{greet: func(f *frames) { f.limit(1) }, answer: status200})
	client := newClient(t, twilio.WithBaseURL(peer.url), twilio.WithHTTPClient(peer.client), twilio.WithMaxRetries(0))
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			if err := do(t.Context(), client, calls[i%4].request(), nil); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := peer.begun.Load(); got != n {
		t.Errorf("the peer got %d requests of %d calls", got, n)
	}
}

// To end one request is not to end others on the same connection, even if it does not look like one
// of HTTP/2.
func TestHTTP2SparesOthers(t *testing.T) {
	for _, plain := range []bool{false, true} {
		for _, c := range calls[:4] {
			var first atomic.Uint32
			waiting := make(chan struct{})
			peer := newActingPeer(t, acts{plain: plain, answer: func(f *frames, id uint32) {
				if first.CompareAndSwap(0, id) {
					close(waiting)
					return
				}
				f.reset(id, codeRefusedStream)
				f.write(framePing, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8)
				status200(f, first.Load())
			}})
			client := newClient(t, twilio.WithBaseURL(peer.url), twilio.WithHTTPClient(peer.client), twilio.WithMaxRetries(0))
			var wg sync.WaitGroup
			wg.Go(func() {
				if _, err := fetch(t.Context(), client, createRequest(), nil); err != nil {
					t.Errorf("%s (plain: %t): the other call: %v", c.name, plain, err)
				}
			})
			<-waiting
			checkOutcome(t, do(t.Context(), client, c.request(), nil), twilio.ErrMayHaveHappened)
			wg.Wait()
			if n := peer.opened.Load(); n != 1 {
				t.Errorf("%d connections", n)
			}
		}
	}
}

// What may be repeated is repeated a few times, and not for as long as the context allows.
func TestHTTP2RepeatsReadsAFewTimes(t *testing.T) {
	peer := newHTTP2Peer(t, func(f *frames, id uint32) {
		f.reset(id, codeProtocolError)
		f.Close()
	})
	client := newClient(t, twilio.WithBaseURL(peer.url), twilio.WithHTTPClient(peer.client), twilio.WithMaxRetries(0))
	err := do(t.Context(), client, fetchRequest("T1"), nil)
	if n := peer.begun.Load(); n > 6 || err == nil || !strings.Contains(err.Error(), "lost") {
		t.Errorf("%d requests: %v", n, err)
	}
}

// The next call works after each kind of failure.
func TestHTTP2GoesOnAfterAFailure(t *testing.T) {
	var calls atomic.Int32
	peer := newHTTP2Peer(t, func(f *frames, id uint32) {
		if calls.Add(1) == 1 {
			f.reset(id, codeProtocolError)
			return
		}
		status200(f, id)
	})
	client := newClient(t, twilio.WithBaseURL(peer.url), twilio.WithHTTPClient(peer.client))
	if err := do(t.Context(), client, emptyPost(), nil); !errors.Is(err, twilio.ErrMayHaveHappened) {
		t.Error(err)
	}
	if got, err := fetch(t.Context(), client, emptyPost(), nil); err != nil || got.SID != "T1" {
		t.Errorf("%v, %v", got, err)
	}
}
