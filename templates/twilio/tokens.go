package twilio

import (
	"context"
	"sync"
	"time"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
)

// tokens keeps the access token of an OAuth client and requests new ones.
type tokens struct {
	config *oauthConfig
	client *Client // sends the requests for tokens

	mu      sync.Mutex
	current Credentials
	renewAt time.Time // if zero, only when it is rejected
	flight  *flight   // nil if no token is being requested
}

// flight is a request for a token, made for all calls that wait for it.
type flight struct {
	cancel  context.CancelFunc
	waiting int           // guarded by tokens.mu
	done    chan struct{} // closed when token and err are set
	token   Credentials
	err     error
}

// get returns a token that is neither about to expire nor the rejected one.
func (t *tokens) get(ctx context.Context, rejected Credentials) (Credentials, error) {
	t.mu.Lock()
	if t.usable(rejected) {
		defer t.mu.Unlock()
		return t.current, nil
	}
	if t.flight == nil {
		t.flight = t.start()
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
	return t.current.proof != nil && !t.current.Equal(rejected) && (t.renewAt.IsZero() || time.Now().Before(t.renewAt))
}

// start requests a token. Its context is not that of a caller, since the token is for all of them.
func (t *tokens) start() *flight {
	ctx, cancel := context.WithCancel(context.Background())
	f := &flight{cancel: cancel, done: make(chan struct{})}
	go func() {
		defer cancel()
		start := time.Now()
		answer, err := Call(ctx, t.client, t.config.request, newTokenAnswer, nil).One()
		t.land(f, start, answer, err)
	}()
	return f
}

// land ends a flight that began at start.
func (t *tokens) land(f *flight, start time.Time, answer *tokenAnswer, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	defer close(f.done)
	if t.flight == f {
		t.flight = nil
	}
	if f.err = err; err != nil {
		return
	}
	f.token = AccessToken(t.config.account, answer.token)
	if f.err = f.token.validate(); f.err == nil {
		t.current, t.renewAt = f.token, answer.renewAt(start)
	}
}

// leave ends the request for a token if nobody waits for it any more.
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
