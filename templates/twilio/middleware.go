package twilio

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
)

// Next passes a request on: to the next middleware, or from the last one to Twilio.
type Next func(*http.Request) (*http.Response, error)

// Middleware runs around a request. It calls next once, several times or not at all, also from
// several goroutines, and may change the request before that and the response after it. The request
// has its credentials, and its context knows the operation (see [OperationFromContext]). A
// middleware that needs the body can get a copy from the GetBody of the request. As always, code
// that does not return a response must close its body.
//
// Each call of next sends a whole request. A request that may not be repeated is sent only once: if
// it may have been carried out, or is still on its way, another call of next is an error. So is one
// after the middleware has returned.
//
// A middleware may wrap an error of the transport; it is retried as if it were not wrapped. An
// error that the middleware makes itself ends the call.
type Middleware func(req *http.Request, next Next) (*http.Response, error)

// WithMiddleware runs m around every try of a call. It can be given more than once: the middleware
// of the client is outside that of the call, and what is given first is outside what is given
// later. Nil does nothing. Requests for the tokens of [OAuth] do not pass through it.
func WithMiddleware(m Middleware) Option {
	return option{
		func(s *settings) { s.middleware = appendMiddleware(s.middleware, m) },
		func(c *callOptions) { c.middleware = appendMiddleware(c.middleware, m) },
	}
}

func appendMiddleware(list []Middleware, m Middleware) []Middleware {
	if m == nil {
		return list
	}
	return append(list, m)
}

// through puts middleware around next, the first of the list outermost.
func through(list []Middleware, next Next) Next {
	for i := len(list) - 1; i >= 0; i-- {
		m, inner := list[i], next
		next = func(req *http.Request) (*http.Response, error) { return m(req, inner) }
	}
	return next
}

// sender sends the requests of one try: one, unless middleware asks for more. It is also the
// context of the try, in which [OperationFromContext] finds the call.
type sender struct {
	context.Context
	call   *call
	number int // of the try
	client *http.Client
	stop   context.CancelFunc // ends the try
	once   bool               // not again after it may have been carried out

	mu     sync.Mutex
	sent   []*departure
	over   bool      // what became of the try is known, so that nothing may be sent for it any more
	first  departure // with buffer, it saves allocations
	buffer [1]*departure
}

func (k *call) newSender(ctx context.Context, stop context.CancelFunc, number int) *sender {
	s := &sender{Context: ctx, call: k, number: number, client: k.httpClient(), stop: stop, once: !k.repeatable}
	s.sent = s.buffer[:0]
	return s
}

// Value makes s a context that knows the operation.
func (s *sender) Value(key any) any {
	switch key {
	case operationKey{}:
		return s.call
	case tryKey{}:
		return s.number
	}
	return s.Context.Value(key)
}

// do sends the request that build makes, through the middleware.
func (s *sender) do(build func(context.Context) (*http.Request, error)) (*http.Response, error) {
	outer, inner := s.call.client.middleware, s.call.options.middleware
	if len(outer) == 0 && len(inner) == 0 {
		d, err := s.depart()
		if err != nil {
			return nil, err
		}
		req, err := build(d.watch(s, s, s.call.hasBody()))
		if err != nil {
			d.ended = true
			return nil, err
		}
		return s.send(d, req)
	}
	req, err := build(s)
	if err != nil {
		return nil, err
	}
	resp, err := through(outer, through(inner, s.next))(req)
	switch {
	case err != nil:
		if resp != nil && resp.Body != nil {
			_ = resp.Body.Close() // err is the error that counts
		}
		return nil, err
	case resp == nil:
		return nil, errors.New("a middleware returned neither a response nor an error")
	case resp.Body == nil:
		resp.Body = http.NoBody
	}
	return resp, nil
}

var (
	errOnce = errors.New("the request may have been carried out, or is on its way, and is not sent again")
	errOver = errors.New("the try that the request belongs to is over, so it is not sent")
)

// next is the innermost Next.
func (s *sender) next(req *http.Request) (*http.Response, error) {
	d, err := s.depart()
	if err != nil {
		if req.Body != nil {
			_ = req.Body.Close() // err is the error that counts
		}
		return nil, err
	}
	req = req.WithContext(d.watch(req.Context(), s, hasBody(req)))
	if s.client.Jar != nil {
		req.Header = req.Header.Clone() // net/http adds the cookies to it
	}
	if own, ok := req.Body.(repeatableBody); ok {
		if req.Body, err = own.again(req.Context()); err != nil { // a middleware may have read it, or sent it
			s.mu.Lock()
			defer s.mu.Unlock()
			d.ended, d.err = true, err
			return nil, err
		}
	}
	return s.send(d, req)
}

func (s *sender) send(d *departure, req *http.Request) (*http.Response, error) {
	resp, err := d.send(req, s.client)
	s.mu.Lock()
	defer s.mu.Unlock()
	d.ended, d.err = true, err
	switch {
	case err == nil:
		d.outcome = outcomeOf(resp.StatusCode)
	case !d.neverLeft():
		d.outcome = uncertain
	}
	return resp, err
}

// depart makes a departure for a request, or says why it may not be sent.
func (s *sender) depart() (*departure, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over {
		return nil, errOver
	}
	for _, d := range s.sent {
		if s.once && (!d.ended || d.outcome > refused) {
			return nil, errOnce
		}
	}
	d := &s.first
	if len(s.sent) > 0 {
		d = new(departure)
	}
	s.sent = append(s.sent, d)
	return d, nil
}

// settle returns what became of the requests, and reports whether it was the transport that failed
// in the end. After it nothing is sent, so that this stays true: the next try may depend on it.
func (s *sender) settle() (worst outcome, transportFailed bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.over = true
	for _, d := range s.sent {
		worst = max(worst, d.outcome)
		if !d.ended { // and a middleware did not wait for it
			worst = max(worst, uncertain)
		}
		transportFailed = d.err != nil
	}
	return worst, transportFailed
}

// isOwnTransport reports whether a transport is net/http's. Without one, net/http uses its default,
// which a program may have replaced.
func isOwnTransport(t http.RoundTripper) bool {
	if t == nil {
		t = http.DefaultTransport
	}
	_, ok := t.(*http.Transport)
	return ok
}

// repeatableBody is a body that can be made again for a request with this context.
type repeatableBody interface {
	again(ctx context.Context) (io.ReadCloser, error)
}

// ownBody is a body as this package makes it, and can make it again.
type ownBody struct {
	*strings.Reader
	text string
}

func newBody(text string) *ownBody { return &ownBody{strings.NewReader(text), text} }

func (b *ownBody) again(context.Context) (io.ReadCloser, error) { return newBody(b.text), nil }

func (b *ownBody) Close() error { return nil }

// fileBody is a body that is read from files.
type fileBody struct {
	io.ReadCloser
	content *wire.Content
}

// openFiles opens a body for a request with this context, and closes it when that ends: otherwise,
// the request could wait for a file that never comes.
func openFiles(ctx context.Context, content *wire.Content) (io.ReadCloser, error) {
	body, err := content.Open()
	if err != nil {
		return nil, err
	}
	context.AfterFunc(ctx, func() { _ = body.Close() })
	return &fileBody{body, content}, nil
}

func (b *fileBody) again(ctx context.Context) (io.ReadCloser, error) {
	return openFiles(ctx, b.content)
}
