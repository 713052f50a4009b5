package twilio

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
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
// connection ends the request.
//
// It is also the context of the request, in which [redirected] finds it.
type departure struct {
	context.Context

	stop    context.CancelFunc // ends the request
	once    bool               // it may not be sent again after it may have left
	known   bool               // the transport reports all it does
	body    *watchedBody       // nil if there is none
	trace   httptrace.ClientTrace
	wanted  atomic.Bool  // a connection
	got     atomic.Int32 // connections
	wrote   atomic.Bool  // the header, perhaps only into a buffer
	stopped atomic.Bool

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
	d.Context, d.once, d.known = ctx, s.once, isOwnTransport(s.client.Transport)
	d.trace.GotConn = d.gotConn
	if d.once {
		d.trace.WroteHeaders = func() { d.wrote.Store(true) }
	}
	if hasBody {
		d.trace.GetConn = func(string) { d.wanted.Store(true) }
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

// redirected tells the departure of a request that the next one goes elsewhere, on a connection of
// its own.
func redirected(ctx context.Context) {
	if d, ok := ctx.Value(departureKey{}).(*departure); ok {
		d.wrote.Store(false)
		d.got.Store(0)
	}
}

// send sends a request whose context is that of watch.
func (d *departure) send(req *http.Request, client *http.Client) (*http.Response, error) {
	// Without GetBody, a transport cannot send the body a second time.
	req.GetBody = nil
	if hasBody(req) {
		d.body = &watchedBody{body: req.Body, left: req.ContentLength}
		req.Body = d.body
	}
	resp, err := client.Do(req)
	if err != nil && d.stopped.Load() {
		err = errNotRepeated
	}
	return resp, err
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
	if info.Conn != nil && !isHTTP2(info.Conn) {
		info.Conn.Close()
	}
}

func isHTTP2(c net.Conn) bool {
	t, ok := c.(interface{ ConnectionState() tls.ConnectionState })
	return ok && t.ConnectionState().NegotiatedProtocol == "h2"
}

// neverLeft reports whether a request that failed cannot have been sent whole, and sees to it that
// it will not be.
//
// Without a connection nothing can have left. But a transport that is not net/http's own may have
// found another way than the one that it reported; only a body that nobody has read shows that it
// has not. On a connection that was lost before net/http wrote the header, as happens if it was
// idle for long, such a body shows the same. If it was the context that ended, net/http may still
// be writing.
func (d *departure) neverLeft() bool {
	unread := d.body != nil && d.body.shutUnread()
	switch {
	case d.got.Load() == 0:
		return d.known || d.wanted.Load() && unread
	case d.once:
		return d.known && unread && !d.wrote.Load() && d.Err() == nil
	}
	return false
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
