package twilio

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync"
	"sync/atomic"
)

// departure watches one request on its way out, and keeps net/http from sending it again on its
// own. It is told what happens by hooks of package httptrace, in whichever goroutine a transport
// uses.
//
// A transport repeats a request without being asked when it loses a connection, or when the peer of
// an HTTP/2 connection says that it has not processed the request, or has reset it for one of
// several reasons. Some of these are safe, but most depend on the word of the peer. So nothing is
// repeated here once its header may have been written: there is no second body, and a second
// connection ends the request. Until then net/http may start again, as it must if it chose a
// connection that turns out to be closed or fully used.
//
// It is also the context of the request, in which [departureOf] finds it.
type departure struct {
	context.Context

	stop    context.CancelFunc // ends the request
	once    bool               // net/http may not send it again after it may have left
	billed  bool               // it is a read that costs money
	known   bool               // the transport is net/http's own
	late    bool               // it was over before it began
	moved   bool               // a redirect was followed
	trace   httptrace.ClientTrace
	wanted  atomic.Bool  // a connection
	got     atomic.Int32 // connections
	wrote   atomic.Bool  // the header, perhaps only into a buffer
	shared  atomic.Bool  // the connection is one of HTTP/2, although it has no TLS
	stopped atomic.Bool

	mu   sync.Mutex
	body *watchedBody // the last one; nil if there is none

	// Set when it has ended.
	ended   bool
	outcome outcome
	err     error // of the transport
}

// maxConnections is how many connections a request may take that may be repeated: usually one, or a
// few more if idle ones turn out to have been closed. Without a limit, a peer could keep net/http
// busy for ever.
const maxConnections = 5

var errNotRepeated = errors.New("the connection was lost after the request may have been sent")

// watch returns the context for a request whose context is ctx and which ends with the try of s.
func (d *departure) watch(ctx context.Context, s *sender, hasBody bool) context.Context {
	d.stop = s.stop
	if ctx != s {
		// A middleware has put its own in place, which need not end with that of the try.
		ctx, d.stop = context.WithCancel(ctx)
		context.AfterFunc(s, d.stop)
	}
	d.Context, d.billed, d.known = ctx, s.call.billed, isOwnTransport(s.client.Transport)
	d.once = s.once || hasBody // a body is read once
	d.trace.GotConn = d.gotConn
	if d.once {
		d.trace.GetConn = func(string) { d.wanted.Store(true) }
		d.trace.WroteHeaders = func() { d.wrote.Store(true) }
		if strings.HasPrefix(s.call.origin, "http:") {
			d.trace.WroteHeaderField = d.wroteField
		}
	}
	return httptrace.WithClientTrace(d, &d.trace)
}

type departureKey struct{}

// Value makes d a context that knows d.
func (d *departure) Value(key any) any {
	if key == (departureKey{}) {
		return d
	}
	return d.Context.Value(key)
}

// departureOf returns the departure of a request that has this context, or nil.
func departureOf(ctx context.Context) *departure {
	d, _ := ctx.Value(departureKey{}).(*departure)
	return d
}

// redirected notes that the next request goes elsewhere, on a connection of its own.
func (d *departure) redirected() {
	d.moved = true
	d.wrote.Store(false)
	d.got.Store(0)
}

// send sends a request whose context is that of watch.
func (d *departure) send(req *http.Request, client *http.Client) (*http.Response, error) {
	again := req.GetBody
	req.GetBody = nil
	if hasBody(req) {
		d.body = &watchedBody{body: req.Body, left: req.ContentLength}
		req.Body = d.body
		if again != nil {
			length := req.ContentLength
			req.GetBody = func() (io.ReadCloser, error) { return d.rewind(again, length) }
		}
	}
	if d.late = d.Err() != nil; d.late {
		if req.Body != nil {
			_ = req.Body.Close() // the context's error is the one that counts
		}
		return nil, d.Err()
	}
	resp, err := client.Do(req)
	if err != nil && d.stopped.Load() {
		err = errNotRepeated
	}
	return resp, err
}

// rewind takes the body away and returns it anew, so that no more than one is ever read. If the
// request may have left, the new one cannot be read either. That is no error, which net/http would
// report in place of a redirect that is not followed.
func (d *departure) rewind(again func() (io.ReadCloser, error), length int64) (io.ReadCloser, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.body.shutUnread() || d.wrote.Load() {
		return &watchedBody{body: http.NoBody, shut: true}, nil
	}
	body, err := again()
	if err != nil {
		return nil, err
	}
	d.body = &watchedBody{body: body, left: length}
	return d.body, nil
}

func hasBody(req *http.Request) bool { return req.Body != nil && req.Body != http.NoBody }

// gotConn ends the request if it gets one connection too many. HTTP/2 writes nothing for a request
// whose context has ended; HTTP/1 would, so its connection is closed.
func (d *departure) gotConn(info httptrace.GotConnInfo) {
	if n := d.got.Add(1); n == 1 || d.once && !d.wrote.Load() || !d.once && n <= maxConnections {
		return
	}
	d.stopped.Store(true)
	d.stop()
	if info.Conn != nil && !d.shared.Load() && !isHTTP2(info.Conn) {
		info.Conn.Close()
	}
}

// wroteField tells the protocol from the header, which is the only place to see it without TLS.
func (d *departure) wroteField(name string, _ []string) {
	if strings.HasPrefix(name, ":") {
		d.shared.Store(true)
	}
}

func isHTTP2(c net.Conn) bool {
	t, ok := c.(interface{ ConnectionState() tls.ConnectionState })
	return ok && t.ConnectionState().NegotiatedProtocol == "h2"
}

// neverLeft reports whether a request that failed cannot have been sent whole, and sees to it that
// it will not be.
//
// A body that nobody has read has not been sent. Without a body, it must be net/http's own
// transport that asked for a connection and got none: another one, or a protocol registered with
// net/http's, may have found another way than the one that it reported. (For a request that may be
// repeated, this is not worth a hook.) On a connection that was lost before net/http wrote the
// header, as happens if it was idle for long, an unread body shows the same. If it was the context
// that ended, net/http may still be writing.
func (d *departure) neverLeft() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	unread := d.body != nil && d.body.shutUnread()
	switch {
	case d.late:
		return true
	case d.moved:
		return false // what was asked of the first host has been answered
	case d.got.Load() > 0:
		return d.once && d.known && unread && !d.wrote.Load() && d.Err() == nil
	case d.body != nil:
		return unread && (d.known || d.wanted.Load())
	}
	return d.known && (d.wanted.Load() || !d.once)
}

// watchedBody is the body of one request. It cannot be read any more once it has been closed, and
// does not end early: over HTTP/2, a server would take what there is for the whole.
type watchedBody struct {
	body io.ReadCloser
	left int64 // 0 or less if the length is not known

	mu         sync.Mutex // guards what follows, but not the body, which has one reader
	read, shut bool
}

func (b *watchedBody) Read(p []byte) (int, error) {
	b.mu.Lock()
	b.read = b.read || !b.shut
	shut := b.shut
	b.mu.Unlock()
	if shut {
		return 0, errNotRepeated
	}
	n, err := b.body.Read(p)
	if b.left > 0 {
		if b.left -= int64(n); b.left > 0 && err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
	}
	return n, err
}

func (b *watchedBody) Close() error {
	b.shutUnread()
	return b.body.Close()
}

// shutUnread ends all reading and reports whether there was none.
func (b *watchedBody) shutUnread() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.shut = true
	return !b.read
}
