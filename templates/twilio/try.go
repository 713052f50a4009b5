package twilio

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
)

const (
	defaultTimeout = 30 * time.Second
	defaultMaxBody = 64 << 20
	maxDrain       = 256 << 10 // how much of an unwanted body is read to keep the connection
)

// try is one request of a call and its outcome.
type try struct {
	number    int         // 1 for the first
	auth      Credentials // those of a provider; zero if all requests have the same ones
	took      time.Duration
	status    int // 0 if there was no response
	requestID string
	body      []byte
	err       error
	fate      fate // if there is an error
}

// fate is what is known about a request that failed.
type fate int

const (
	settled fate = iota // the same request would fail again
	unsent              // it never left
	refused             // it was turned away without being processed
	lost                // it may or may not have been carried out
	garbled             // it was carried out, but the response did not arrive whole
)

// try makes one try, with these credentials unless they are zero.
func (k *call) try(ctx context.Context, target string, number int, auth Credentials, wanted bool) try {
	t := try{number: number, auth: auth}
	if k.options.response != nil {
		*k.options.response = Response{}
	}
	if t.err = k.login(ctx, &t); t.err != nil {
		return t
	}
	start := time.Now()
	k.exchange(ctx, target, wanted, &t)
	t.took = time.Since(start)
	return t
}

// login sets the credentials of a try, unless it uses those that every request of the client has.
func (k *call) login(ctx context.Context, t *try) (err error) {
	if k.request.Auth == wire.NoAuth {
		return nil
	}
	auth, isStatic := k.client.provider.(Credentials)
	if !isStatic {
		if t.auth.proof == nil {
			t.auth, err = k.client.credentials(ctx, Credentials{})
		}
		auth = t.auth
	}
	if err == nil && k.request.Auth == wire.TokenAuth && !auth.isToken() {
		err = errors.New("the operation requires an access token: give the client credentials from OAuth or AccessToken")
	}
	return err
}

// exchange sends the request and reads the response.
func (k *call) exchange(ctx context.Context, target string, wanted bool, t *try) {
	limited, cancel := k.withTimeout(ctx)
	defer cancel()
	var way departure
	if !isRead(k.request.Method) { // for a read it would make no difference
		limited, way = watchDeparture(limited)
	}
	req, err := k.newRequest(limited, target, t.auth)
	if err != nil {
		t.err = newTransportError(ctx, err, t.number)
		return
	}
	resp, ofTransport, err := k.do(req)
	if err == nil {
		defer resp.Body.Close()
		k.read(ctx, resp, wanted, t)
		return
	}
	t.err = newTransportError(ctx, err, t.number)
	switch {
	case !ofTransport || isPolicy(err):
	case way.neverLeft():
		t.fate = unsent
	default:
		t.fate = lost
	}
}

// read reads as much of a response as is wanted.
func (k *call) read(ctx context.Context, resp *http.Response, wanted bool, t *try) {
	t.status, t.requestID = resp.StatusCode, requestID(resp.Header)
	succeeded := resp.StatusCode/100 == 2
	limit := k.maxBody()
	if k.options.response == nil {
		switch {
		case !succeeded:
			limit = min(limit, maxDrain)
		case !wanted:
			// Reading to the end only serves to keep the connection, so the caller need not know
			// about an error here.
			_, _ = io.CopyN(io.Discard, resp.Body, maxDrain)
			return
		}
	}
	body, err := readBody(resp, limit)
	if k.options.response != nil {
		*k.options.response = Response{StatusCode: resp.StatusCode, Header: resp.Header, Body: body}
	}
	switch {
	case !succeeded: // the status says more than what went wrong with the body
		t.err, t.fate = newError(k.request, resp, body, t.number), fateOf(resp.StatusCode)
	case errors.Is(err, errTooLong):
		t.err = unreadable(err)
	case err != nil:
		t.err, t.fate = unreadable(newTransportError(ctx, err, t.number)), garbled
	default:
		t.body = body
	}
}

func fateOf(status int) fate {
	switch {
	case status == http.StatusTooManyRequests:
		return refused
	case status/100 == 5:
		return lost
	}
	return settled
}

// withTimeout applies the most specific of the timeouts.
func (k *call) withTimeout(ctx context.Context) (context.Context, context.CancelFunc) {
	limit := defaultTimeout
	_, hasDeadline := ctx.Deadline()
	switch {
	case k.options.timeout != nil:
		limit = *k.options.timeout
	case k.client.timeout != nil:
		limit = *k.client.timeout
	case hasDeadline || k.client.http.Timeout > 0:
		limit = 0
	}
	if limit <= 0 {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, limit)
}

func (k *call) newRequest(ctx context.Context, target string, auth Credentials) (*http.Request, error) {
	var body io.Reader
	if k.contentType != "" {
		body = strings.NewReader(k.body) // net/http can read it again
	}
	req, err := http.NewRequestWithContext(ctx, k.request.Method, k.origin+target, body)
	if err != nil {
		return nil, err
	}
	req.Header = k.client.common.Clone()
	switch {
	case k.request.Auth == wire.NoAuth:
		req.Header.Del("Authorization")
	case auth.proof != nil:
		req.Header.Set("Authorization", auth.proof().authorization)
	}
	if k.request.Accept != "" {
		req.Header.Set("Accept", k.request.Accept)
	}
	if k.contentType != "" {
		req.Header.Set("Content-Type", k.contentType)
	}
	for _, h := range k.request.Headers() {
		req.Header.Set(h.Name, h.Value)
	}
	for name, values := range k.client.header {
		req.Header[name] = slices.Clone(values)
	}
	for _, h := range k.options.header {
		req.Header.Set(h.Name, h.Value)
	}
	return req, nil
}

func (k *call) maxBody() int64 {
	if k.options.maxBody > 0 {
		return k.options.maxBody
	}
	return k.client.maxBody
}

var errTooLong = errors.New("the response is too long")

// readBody also returns what it has read if it fails.
func readBody(resp *http.Response, limit int64) ([]byte, error) {
	const trusted = 1 << 20 // a length that is allocated although only the header promises it
	size := int64(512)
	if n := resp.ContentLength; n > 0 {
		size = min(n, trusted) + 1 // one more, to notice the end
	}
	body := make([]byte, 0, min(size, limit+1))
	for {
		n, err := resp.Body.Read(body[len(body):cap(body)])
		body = body[:len(body)+n]
		switch {
		case int64(len(body)) > limit:
			return body[:limit], fmt.Errorf("%w: more than %d bytes", errTooLong, limit)
		case err == io.EOF:
			return body, nil
		case err != nil:
			return body, err
		case len(body) == cap(body):
			body = append(body, 0)[:len(body)]
		}
	}
}
