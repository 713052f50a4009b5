package twilio

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"
)

const (
	defaultRetries = 2
	firstBackoff   = 500 * time.Millisecond
	maxRetryAfter  = 30 * time.Second
)

// WithMaxRetries sets how often a failed call is tried again, which only happens where it is safe;
// see the package comment. The default is 2. With 0 or less there is only one try. In a list, each
// page is counted on its own.
func WithMaxRetries(n int) Option {
	n = max(n, 0)
	return option{
		func(s *settings) { s.retries = n },
		func(c *callOptions) { c.retries = &n },
	}
}

// Repeat says when a request may be sent again by this package. Whatever it says, a request that
// cannot succeed is not sent again, nor is one more often than [WithMaxRetries] allows.
type Repeat int

// When a request may be sent again.
const (
	// RepeatDefault is what the package comment says: reads that cost nothing and DELETE are sent
	// again after any failure that may go away, all others only if they were not carried out.
	RepeatDefault Repeat = iota

	// RepeatUnprocessed means only if it certainly was not carried out: it never left, or the answer
	// was 429.
	RepeatUnprocessed

	// RepeatAlways means also if it may have been carried out, and may then be carried out twice.
	RepeatAlways
)

// WithRepeat lets policy decide, for each operation, when its requests may be sent again. It is
// called once a call, which for a list means once for all its pages, and can tell operations apart
// by their name, method or path, or by whether they are billed:
//
//	twilio.WithRepeat(func(op twilio.Operation) twilio.Repeat {
//		if op.Name == "proxyv1: Sessions.Update" {
//			return twilio.RepeatAlways
//		}
//		return twilio.RepeatDefault
//	})
//
// Without it, or with nil, everything has [RepeatDefault].
func WithRepeat(policy func(Operation) Repeat) Option {
	if policy == nil {
		policy = func(Operation) Repeat { return RepeatDefault }
	}
	return option{
		func(s *settings) { s.repeat = policy },
		func(c *callOptions) { c.repeat = policy },
	}
}

// WithRetryUnsafe is [WithRepeat] with [RepeatAlways] for every operation: also a POST that may
// already have been carried out is repeated after a 5xx or a lost connection. A message may then be
// sent twice, and paid for twice. It is meant for operations that can be repeated safely, such as
// an update to fixed values.
func WithRetryUnsafe() Option {
	return WithRepeat(func(Operation) Repeat { return RepeatAlways })
}

// mayRepeat reports whether the request may be sent again after it may have been carried out.
func (k *call) mayRepeat() bool {
	policy := k.client.repeat
	if k.options.repeat != nil {
		policy = k.options.repeat
	}
	how := RepeatDefault
	if policy != nil {
		how = policy(k.operation())
	}
	switch how {
	case RepeatAlways:
		return true
	case RepeatUnprocessed:
		return false
	}
	return (isRead(k.request.Method) || k.request.Method == http.MethodDelete) && !k.billed
}

// send makes tries until one settles the call, and returns the response, with its body if that is
// wanted. The target is that of the call, or of a later page.
func (k *call) send(ctx context.Context, target string, wanted bool) (answer, error) {
	switch {
	case k.err != nil:
		return answer{}, k.failure(k.err, notSent)
	case ctx == nil:
		return answer{}, k.failure(errors.New("the context is nil"), notSent)
	}
	if k.content != nil {
		defer k.content.Close()
	}
	r := k.opening.retries()
	if r == nil {
		r = &retries{call: k, left: k.maxRetries()}
	}
	if len(k.client.hooks) == 0 && len(k.options.hooks) == 0 {
		return r.run(ctx, target, wanted)
	}
	start := time.Now()
	ctx, end := k.begin(ctx)
	a, err := r.run(ctx, target, wanted)
	end(CallResult{
		Tries: r.last.number, Waited: r.waited, Took: time.Since(start),
		StatusCode: r.last.status, RequestID: r.last.requestID, Err: k.wrap(err),
	})
	return a, err
}

func (k *call) failure(err error, o outcome) error {
	return &failure{err, o, !k.repeatable && !isRead(k.request.Method)}
}

func (k *call) maxRetries() int {
	if k.options.retries != nil {
		return *k.options.retries
	}
	return k.client.retries
}

// retries is what must be known about the tries so far.
type retries struct {
	*call
	left    int
	last    try
	waited  time.Duration
	worst   outcome     // of the tries that failed
	renewed bool        // the credentials have been renewed
	auth    Credentials // the renewed ones
}

// run makes the tries.
func (r *retries) run(ctx context.Context, target string, wanted bool) (answer, error) {
	for {
		t := &r.last
		*t = r.try(ctx, target, t.number+1, r.auth, wanted)
		if t.err == nil || r.isGone(t) {
			r.succeeded(ctx, t)
			return answer{t.status, t.requestID, t.number, t.body}, nil
		}
		r.worst = max(r.worst, t.outcome)
		wait, again := r.next(ctx, t)
		r.log(ctx, t, again, wait)
		if !again {
			return answer{}, r.failure(t.err, r.worst)
		}
		if err := sleep(ctx, wait); err != nil {
			err = fmt.Errorf("%w while waiting to try again after: %w", err, t.err)
			return answer{}, r.failure(err, r.worst)
		}
		r.waited += wait
	}
}

func (r *retries) succeeded(ctx context.Context, t *try) {
	t.err = nil
	if t.number == 1 {
		r.client.budget.give()
	}
	r.accepted(t)
	r.log(ctx, t, false, 0)
}

// isGone reports whether a DELETE found nothing because an earlier try has already deleted it. To
// report that would turn a success into an error, and one that would not exist without retries.
func (r *retries) isGone(t *try) bool {
	return r.worst >= uncertain && t.status == http.StatusNotFound && r.request.Method == http.MethodDelete
}

// next decides whether a failed try is followed by another one, and after which wait.
func (r *retries) next(ctx context.Context, t *try) (wait time.Duration, again bool) {
	switch {
	case contextErr(ctx) != nil:
		return 0, false
	case t.status == http.StatusUnauthorized:
		return 0, r.renew(ctx, t)
	case r.left == 0 || !r.helps(t):
		return 0, false
	}
	wait = t.wait()
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) <= wait {
		return 0, false
	}
	if !r.client.budget.take() {
		return 0, false
	}
	r.left--
	return wait, true
}

// renew asks once for credentials other than those that were refused. This does not count as a
// retry, since nothing is tried without the right credentials. What another host thinks of them
// says nothing.
func (r *retries) renew(ctx context.Context, t *try) bool {
	if r.renewed || t.auth.proof == nil || t.elsewhere || r.isSpent() {
		return false
	}
	r.renewed = true
	fresh, err := r.client.credentials(ctx, t.auth)
	if err != nil {
		t.err = fmt.Errorf("%w; the credentials could not be renewed: %w", t.err, err)
		return false
	}
	r.auth = fresh
	return !fresh.Equal(t.auth)
}

// helps reports whether another try may succeed and can neither do nor cost anything twice.
func (r *retries) helps(t *try) bool {
	switch {
	case t.final || r.isSpent():
		return false
	case t.outcome <= refused:
		return true
	case t.outcome == carriedOut:
		return r.repeatable && isRead(r.request.Method)
	}
	return r.repeatable
}

func isRead(method string) bool { return method == http.MethodGet || method == http.MethodHead }

// wait returns how long to wait after the try: as long as Twilio asks, or else a random time ("full
// jitter"), so that callers that failed together do not come back together.
func (t *try) wait() time.Duration {
	var answer *Error
	if errors.As(t.err, &answer) && answer.RetryAfter > 0 {
		return min(answer.RetryAfter, maxRetryAfter)
	}
	return rand.N(firstBackoff << min(t.number-1, 4))
}

// sleep waits, unless the context ends first.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
