package twilio_test

import (
	"context"
	"crypto/tls"
	"encoding/binary"
	"errors"
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

// The tests in this file are about requests that net/http would send again on its own. The peers
// speak HTTP/2 or HTTP/1 by hand, since a proper server could not misbehave like this.

// Frames of HTTP/2.
const (
	frameData      = 0x0
	frameHeaders   = 0x1
	frameReset     = 0x3
	frameSettings  = 0x4
	frameGoAway    = 0x7
	flagEndStream  = 0x1
	flagEndHeaders = 0x4

	codeProtocolError = 0x1
	codeRefusedStream = 0x7
)

// frames is the server's end of an HTTP/2 connection.
type frames struct {
	net.Conn
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
}

func (f *frames) reset(stream uint32, code byte) { f.write(frameReset, 0, stream, 0, 0, 0, code) }

// goAway says that the peer will answer no stream after last.
func (f *frames) goAway(last uint32) {
	f.write(frameGoAway, 0, 0, append(binary.BigEndian.AppendUint32(nil, last), 0, 0, 0, 0)...)
}

// http2Peer accepts HTTP/2 and calls answer for each request that is whole. It counts the requests
// and those of which only the header came.
type http2Peer struct {
	url    string
	client *http.Client
	whole  atomic.Int32
	begun  atomic.Int32
}

func newHTTP2Peer(t *testing.T, onHeader, answer func(f *frames, stream uint32)) *http2Peer {
	t.Helper()
	s := httptest.NewUnstartedServer(nil)
	s.EnableHTTP2 = true
	s.StartTLS() // for its certificate
	config := s.TLS.Clone()
	config.NextProtos = []string{"h2"}
	transport := s.Client().Transport.(*http.Transport).Clone()
	s.Close()
	listener, err := tls.Listen("tcp", "127.0.0.1:0", config)
	if err != nil {
		t.Fatal(err)
	}
	p := &http2Peer{url: "https://" + listener.Addr().String(), client: &http.Client{Transport: transport}}
	var wg sync.WaitGroup
	ctx, stop := context.WithCancel(context.Background())
	wg.Go(func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			context.AfterFunc(ctx, func() { c.Close() })
			wg.Go(func() { p.serve(&frames{Conn: c}, onHeader, answer) })
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

func (p *http2Peer) serve(f *frames, onHeader, answer func(*frames, uint32)) {
	defer f.Close()
	if _, err := io.ReadFull(f, make([]byte, len("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))); err != nil {
		return
	}
	f.write(frameSettings, 0, 0)
	for {
		kind, flags, stream, _, err := f.read()
		switch {
		case err != nil:
			return
		case kind == frameSettings && flags == 0:
			f.write(frameSettings, 1, 0)
		case kind == frameHeaders:
			p.begun.Add(1)
			if onHeader != nil {
				onHeader(f, stream)
			}
		}
		if (kind == frameHeaders || kind == frameData) && flags&flagEndStream != 0 {
			p.whole.Add(1)
			if answer != nil {
				answer(f, stream)
			}
		}
	}
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

// Whatever an HTTP/2 peer does after it has read a request that may not be repeated, it gets that
// request once. A peer that goes away or refuses the stream promises not to have carried it out,
// but there is no telling such peers from others by what net/http says.
func TestHTTP2DoesNotRepeat(t *testing.T) {
	answers := map[string]func(*frames, uint32){
		"protocol error": func(f *frames, id uint32) { f.reset(id, codeProtocolError) },
		"protocol error and goodbye": func(f *frames, id uint32) {
			f.reset(id, codeProtocolError)
			f.Close()
		},
		"refused":             func(f *frames, id uint32) { f.reset(id, codeRefusedStream) },
		"refused and goodbye": func(f *frames, id uint32) { f.reset(id, codeRefusedStream); f.goAway(0); f.Close() },
		"going away":          func(f *frames, _ uint32) { f.goAway(0) },
		"going away and gone": func(f *frames, _ uint32) { f.goAway(0); f.Close() },
		"gone":                func(f *frames, _ uint32) { f.Close() },
		"hints first": func(f *frames, id uint32) {
			f.write(frameHeaders, flagEndHeaders, id, 0x08, 0x03, '1', '0', '3')
			f.reset(id, codeProtocolError)
		},
	}
	for name, answer := range answers {
		for what, request := range map[string]func() *wire.Request{"form": createRequest, "empty": emptyPost, "billed": billedGet} {
			t.Run(name+" "+what, func(t *testing.T) {
				t.Parallel()
				peer := newHTTP2Peer(t, nil, answer)
				client := newClient(t, twilio.WithBaseURL(peer.url), twilio.WithHTTPClient(peer.client))
				ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
				defer cancel()
				err := do(ctx, client, request(), nil)
				if n := peer.begun.Load(); n != 1 || !errors.Is(err, twilio.ErrMayHaveHappened) || ctx.Err() != nil {
					t.Errorf("the peer got %d requests: %v", n, err)
				}
			})
		}
	}
}

// What may be repeated is repeated a few times, and not for as long as the context allows.
func TestHTTP2RepeatsReadsAFewTimes(t *testing.T) {
	peer := newHTTP2Peer(t, nil, func(f *frames, id uint32) {
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
	peer := newHTTP2Peer(t, nil, func(f *frames, id uint32) {
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
