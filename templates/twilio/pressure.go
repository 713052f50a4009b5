package twilio

import (
	"context"
	"math"
	"sync"
)

const defaultBudget = 100

// WithRetryBudget sets how many retries the calls of a client have together, so that an outage does
// not multiply the load. Each retry takes one from the budget, and every fifth call that succeeds
// at its first try gives one back, up to n. While the budget is empty, calls fail after their first
// try. Without this option, n is 100. With 0 or less there is no budget, and each call has its own
// [WithMaxRetries].
//
// The clients of [Client.WithAccount] share the budget.
func WithRetryBudget(n int) ClientOption {
	return clientOption(func(s *settings) { s.budget = newBudget(n) })
}

// budget is how many retries are left. A nil budget has no end.
type budget struct {
	mu   sync.Mutex
	left int // in fifths
	most int
}

const perRetry = 5

func newBudget(retries int) *budget {
	if retries <= 0 {
		return nil
	}
	fifths := min(retries, math.MaxInt/perRetry) * perRetry
	return &budget{left: fifths, most: fifths}
}

// take takes a retry from the budget and reports whether there was one.
func (b *budget) take() bool {
	if b == nil {
		return true
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.left < perRetry {
		return false
	}
	b.left -= perRetry
	return true
}

// give notes a success.
func (b *budget) give() {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.left = min(b.left+1, b.most)
}

// WithConcurrency lets a client have at most n requests at a time. Others wait for their turn, as
// long as their context allows; the wait is not part of the time of [WithTimeout]. With 0 or less,
// as without this option, there is no limit.
//
// The clients of [Client.WithAccount] share the limit, and requests for tokens do not count. A
// middleware that makes a call of the same client takes a second place while it holds the first, so
// the limit must leave room for that.
func WithConcurrency(n int) ClientOption {
	return clientOption(func(s *settings) {
		s.places = nil
		if n > 0 {
			s.places = make(places, n)
		}
	})
}

// places are taken by requests that are on their way. A nil one has no limit.
type places chan struct{}

// enter takes a place, unless the context ends first.
func (p places) enter(ctx context.Context) error {
	if p == nil {
		return nil
	}
	select {
	case p <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (p places) leave() {
	if p != nil {
		<-p
	}
}
