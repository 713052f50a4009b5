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

// WithRetryUnsafe also repeats a POST, PUT or PATCH that may already have been carried out, after a
// 5xx or a lost connection. A message may then be sent twice, and paid for twice. It is meant for
// operations that can be repeated safely, such as an update to fixed values.
func WithRetryUnsafe() Option {
	return option{
		func(s *settings) { s.retryUnsafe = true },
		func(c *callOptions) { c.retryUnsafe = true },
	}
}

// send makes tries until one settles the call, and returns the body of the response if it is
// wanted. The target is that of the call, or of a later page.
func (k *call) send(ctx context.Context, target string, wanted bool) ([]byte, error) {
	switch {
	case k.err != nil:
		return nil, k.err
	case ctx == nil:
		return nil, errors.New("the context is nil")
	}
	ctx = withOperation(ctx, k.request)
	r := retries{call: k, left: k.maxRetries()}
	for number := 1; ; number++ {
		t := k.try(ctx, target, number, r.auth, wanted)
		if t.err == nil || r.isGone(&t) {
			t.err = nil
			k.log(ctx, &t, false, 0)
			return t.body, nil
		}
		wait, again := r.next(ctx, &t)
		k.log(ctx, &t, again, wait)
		if !again {
			return nil, t.err
		}
		if err := sleep(ctx, wait); err != nil {
			return nil, fmt.Errorf("%w while waiting to try again after: %w", err, t.err)
		}
	}
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
	left      int
	uncertain bool        // one of them may have done what was asked
	renewed   bool        // the credentials have been renewed
	auth      Credentials // the renewed ones
}

// isGone reports whether a DELETE found nothing because an earlier try has already deleted it. To
// report that would turn a success into an error, and one that would not exist without retries.
func (r *retries) isGone(t *try) bool {
	return r.uncertain && t.status == http.StatusNotFound && r.request.Method == http.MethodDelete
}

// next decides whether a failed try is followed by another one, and after which wait.
func (r *retries) next(ctx context.Context, t *try) (wait time.Duration, again bool) {
	switch {
	case contextErr(ctx) != nil:
		return 0, false
	case t.status == http.StatusUnauthorized:
		return 0, r.renew(ctx, t)
	case r.left == 0 || !r.repeatable(t.fate):
		return 0, false
	}
	wait = t.wait()
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) <= wait {
		return 0, false
	}
	r.left--
	r.uncertain = r.uncertain || t.fate == lost
	return wait, true
}

// renew asks once for credentials other than those that were refused. This does not count as a
// retry, since nothing is tried without the right credentials.
func (r *retries) renew(ctx context.Context, t *try) bool {
	if r.renewed || t.auth.proof == nil {
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

// repeatable reports whether another try can neither do nor cost anything twice.
func (r *retries) repeatable(f fate) bool {
	method := r.request.Method
	reads := isRead(method)
	switch f {
	case unsent, refused:
		return true
	case lost:
		return reads || method == http.MethodDelete || r.client.retryUnsafe || r.options.retryUnsafe
	case garbled:
		return reads
	}
	return false
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
