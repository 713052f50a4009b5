package twilio

import (
	"context"
	"time"
)

// CallHook runs around a whole call, with all its tries and waits. Each page of a list is a call, and
// so is each time that a [Stream] goes on after a lost connection. It is called before the first
// try, and the function that it returns after the last one; that may be nil. The context that it
// returns goes on to the middleware and the transport, and must come from ctx; with nil, it is ctx.
// There is none for a call that is refused because of its arguments. Middleware, in contrast, runs
// around each try: see [WithMiddleware].
type CallHook func(ctx context.Context, op Operation) (context.Context, func(CallResult))

// CallResult is how a call went.
type CallResult struct {
	Tries      int           // how many there were, with one that ended before anything was sent
	Waited     time.Duration // between tries
	Took       time.Duration // in all
	StatusCode int           // of the last response; 0 if there was none
	RequestID  string        // of the last response, for Twilio's support

	// Err is nil if Twilio carried out the call, and otherwise the error of the call, which says
	// what became of it. It does not tell whether the response could be decoded.
	Err error
}

// WithCallHook runs hook around every call. It can be given more than once: the hooks of the client
// are outside those of the call, and what is given first is outside what is given later. Nil does
// nothing.
func WithCallHook(hook CallHook) Option {
	return option{
		func(s *settings) { s.hooks = appendHook(s.hooks, hook) },
		func(c *callOptions) { c.hooks = appendHook(c.hooks, hook) },
	}
}

func appendHook(list []CallHook, hook CallHook) []CallHook {
	if hook == nil {
		return list
	}
	return append(list, hook)
}

// begin runs the hooks before a call, and returns what to run after it.
func (k *call) begin(ctx context.Context) (context.Context, func(CallResult)) {
	var ends []func(CallResult)
	for _, list := range [][]CallHook{k.client.hooks, k.options.hooks} {
		for _, hook := range list {
			inner, end := hook(ctx, k.operation())
			if inner != nil {
				ctx = inner
			}
			if end != nil {
				ends = append(ends, end)
			}
		}
	}
	return ctx, func(r CallResult) {
		for i := len(ends) - 1; i >= 0; i-- {
			ends[i](r)
		}
	}
}
