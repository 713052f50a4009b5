package twilio

import (
	"errors"
	"net/http"
)

// Next passes a request on: to the next middleware, or from the last one to Twilio.
type Next func(*http.Request) (*http.Response, error)

// Middleware runs around a request. It calls next once, several times or not at all, and may change
// the request before that and the response after it. The request has its credentials, and its
// context knows the operation (see [OperationFromContext]). As always, code that does not return a
// response must close its body.
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

// do sends a request through the middleware. If it fails, lost is whether it was the transport that
// failed.
func (k *call) do(req *http.Request) (resp *http.Response, lost bool, err error) {
	if len(k.client.middleware) == 0 && len(k.options.middleware) == 0 {
		resp, err = k.client.http.Do(req)
		return resp, err != nil, err
	}
	return k.doThrough(req)
}

func (k *call) doThrough(req *http.Request) (resp *http.Response, lost bool, err error) {
	next := Next(func(req *http.Request) (*http.Response, error) {
		resp, err := k.client.http.Do(req)
		lost = err != nil
		return resp, err
	})
	next = through(k.options.middleware, next)
	next = through(k.client.middleware, next)
	resp, err = next(req)
	switch {
	case err != nil:
		if resp != nil && resp.Body != nil {
			_ = resp.Body.Close() // err is the error that counts
		}
		return nil, lost, err
	case resp == nil:
		return nil, false, errors.New("a middleware returned neither a response nor an error")
	case resp.Body == nil:
		resp.Body = http.NoBody
	}
	return resp, false, nil
}

// through puts middleware around next, the first of the list outermost.
func through(list []Middleware, next Next) Next {
	for i := len(list) - 1; i >= 0; i-- {
		m, inner := list[i], next
		next = func(req *http.Request) (*http.Response, error) { return m(req, inner) }
	}
	return next
}
