package twilio

import (
	"context"
	"errors"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
)

const (
	// tokenPatience is how long a request for a token may go without an answer before another one is
	// made. Usually it takes a fraction of a second.
	tokenPatience = 2 * time.Second

	// maxTokenRequests is how many requests for one token may be under way.
	maxTokenRequests = 3

	// rejectionPause is how long a new token is kept that was rejected like the one before it. Then
	// it is not the token that Twilio objects to.
	rejectionPause = time.Minute
)

// tokens keeps the access token of an OAuth client and requests new ones.
type tokens struct {
	config *oauthConfig
	client *Client // sends the requests for tokens

	mu      sync.Mutex
	current Credentials
	renewAt time.Time // if zero, only when it is rejected
	retryAt time.Time // when it is replaced if it is rejected before it was ever accepted
	flight  *flight   // nil if no token is being requested
}

// flight is the wait for a token, of all calls that need one at the time. Usually one request is
// made for them, but more if that gets no answer: they must not all fail for the sake of one lost
// packet.
type flight struct {
	context.Context // of its requests, not that of a caller, since the token is for all of them
	cancel          context.CancelFunc
	renewal         bool // it replaces a token that was rejected

	// Guarded by tokens.mu.
	waiting  int // calls
	requests int // made so far
	running  int // of these, under way

	done  chan struct{} // closed when token and err are set
	token Credentials
	err   error
}

// get returns a token that is neither about to expire nor the rejected one. It returns the rejected
// one if another would be rejected, too.
func (t *tokens) get(ctx context.Context, rejected Credentials) (Credentials, error) {
	t.mu.Lock()
	if t.usable(rejected) {
		defer t.mu.Unlock()
		return t.current, nil
	}
	if t.flight == nil {
		t.flight = newFlight(rejected.proof != nil)
		t.request(t.flight)
	}
	f := t.flight
	f.waiting++
	t.mu.Unlock()

	select {
	case <-f.done:
		return f.token, f.err
	case <-ctx.Done():
		t.leave(f)
		return Credentials{}, ctx.Err()
	}
}

func (t *tokens) usable(rejected Credentials) bool {
	now := time.Now()
	switch {
	case t.current.proof == nil || !t.renewAt.IsZero() && !now.Before(t.renewAt):
		return false
	case t.current.Equal(rejected):
		return now.Before(t.retryAt)
	}
	return true
}

// accepted says that Twilio took a token. If it is rejected later, it has been revoked since.
func (t *tokens) accepted(token Credentials) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.retryAt.IsZero() && t.current.Equal(token) {
		t.retryAt = time.Time{}
	}
}

func newFlight(renewal bool) *flight {
	f := &flight{renewal: renewal, done: make(chan struct{})}
	f.Context, f.cancel = context.WithCancel(context.Background())
	return f
}

// request makes one more request for the token of a flight. The caller holds the lock.
func (t *tokens) request(f *flight) {
	f.requests++
	f.running++
	go func() {
		start := time.Now()
		opts := []RequestOption{WithTimeout(t.limit()), WithMiddleware(t.watch(f))}
		answer, err := Call(f, t.client, t.config.request, newTokenAnswer, opts).One()
		t.land(f, start, answer, err)
	}()
}

// limit is how long one try of a request may take. There always is a limit, so that no call can be
// left waiting for a token for ever.
func (t *tokens) limit() time.Duration {
	if limit := t.client.settings().timeout; limit != nil && *limit > 0 {
		return *limit
	}
	return defaultTimeout
}

// watch has another request made beside one whose answer is not there in time, with its body. A wait
// between two tries does not count.
func (t *tokens) watch(f *flight) Middleware {
	patience := min(tokenPatience, t.limit()/4)
	return func(req *http.Request, next Next) (*http.Response, error) {
		late := time.AfterFunc(patience, func() { t.again(f) })
		resp, err := next(req)
		if err != nil {
			late.Stop()
			return nil, err
		}
		resp.Body = &watchedAnswer{resp.Body, late}
		return resp, nil
	}
}

// watchedAnswer is a body that is late until it is closed.
type watchedAnswer struct {
	io.ReadCloser
	late *time.Timer
}

func (a *watchedAnswer) Close() error {
	a.late.Stop()
	return a.ReadCloser.Close()
}

func (t *tokens) again(f *flight) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.flight == f && f.requests < maxTokenRequests {
		t.request(f)
	}
}

// land takes the result of a request that began at start. The first token ends the flight, and so
// does the first answer that is none; other failures do when no request is left.
func (t *tokens) land(f *flight, start time.Time, answer *tokenAnswer, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	f.running--
	if f.ended() || err != nil && f.running > 0 && !errors.As(err, new(*Error)) {
		return
	}
	defer close(f.done)
	f.cancel()
	if t.flight == f {
		t.flight = nil
	}
	if f.err = err; err != nil {
		return
	}
	f.token = AccessToken(t.config.account, answer.token)
	if f.err = f.token.validate(); f.err != nil {
		return
	}
	t.current, t.renewAt, t.retryAt = f.token, answer.renewAt(start), time.Time{}
	if f.renewal {
		t.retryAt = time.Now().Add(rejectionPause)
	}
}

func (f *flight) ended() bool {
	select {
	case <-f.done:
		return true
	default:
		return false
	}
}

// leave ends the requests for a token if nobody waits for it any more.
func (t *tokens) leave(f *flight) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if f.waiting--; f.waiting == 0 && t.flight == f {
		f.cancel()
		t.flight = nil
	}
}

// tokenAnswer is the response to a request for a token.
type tokenAnswer struct {
	token   string
	seconds int // how long the token is good for; 0 if that is not known
}

func newTokenAnswer(d *wire.Decoder) *tokenAnswer {
	v := new(tokenAnswer)
	for ok := d.Object(); ok && d.Next(); {
		switch string(d.Key()) {
		case "access_token":
			v.token = d.String()
		case "expires_in":
			v.seconds = d.Int()
		default:
			d.Skip()
		}
	}
	return v
}

// renewAt returns when to ask for the next token: a minute before this one expires, or closer to
// its end if it is short-lived.
func (a *tokenAnswer) renewAt(start time.Time) time.Time {
	const longest = 10 * 365 * 24 * 60 * 60 // more is not meant seriously, and might overflow
	if a.seconds <= 0 {
		return time.Time{}
	}
	lifetime := time.Duration(min(a.seconds, longest)) * time.Second
	return start.Add(lifetime - min(lifetime/10, time.Minute))
}
