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
	maxDrain       = 256 << 10 // read of a body that nobody wants, to keep the connection
)

// try is one request of a call and what became of it.
type try struct {
	number    int         // 1 for the first
	auth      Credentials // those of a provider; zero when every request of the client has the same
	took      time.Duration
	status    int // 0 when there was no answer
	requestID string
	body      []byte
	err       error
	fate      fate // when there is an error
}

// fate is what is known about a request that failed.
type fate int

const (
	settled fate = iota // the same request would fail again
	unsent              // it never left
	refused             // it was turned away without being processed
	lost                // it may have been carried out, or not
	garbled             // it was carried out, but the answer did not arrive whole
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

// login sets the credentials of a try, except where those that every request of the client has will do.
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
		err = errors.New("the operation takes an access token: give the client the credentials of OAuth or AccessToken")
	}
	return err
}

// exchange sends the request and reads the answer.
func (k *call) exchange(ctx context.Context, target string, wanted bool, t *try) {
	limited, cancel := k.withTimeout(ctx)
	defer cancel()
	var way departure
	if !isRead(k.request.Method) { // for a read it is all the same, and costs nothing
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

// read takes what is wanted from an answer.
func (k *call) read(ctx context.Context, resp *http.Response, wanted bool, t *try) {
	t.status, t.requestID = resp.StatusCode, requestID(resp.Header)
	succeeded := resp.StatusCode/100 == 2
	limit := k.maxBody()
	if k.options.response == nil {
		switch {
		case !succeeded:
			limit = min(limit, maxDrain)
		case !wanted:
			// Reading to the end only serves to keep the connection, so that an error here is none of the caller's.
			_, _ = io.CopyN(io.Discard, resp.Body, maxDrain)
			return
		}
	}
	body, err := readBody(resp, limit)
	if k.options.response != nil {
		*k.options.response = Response{StatusCode: resp.StatusCode, Header: resp.Header, Body: body}
	}
	switch {
	case !succeeded: // the status says more than what went wrong with its body
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

// withTimeout applies the limit that is nearest to the call.
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
		body = strings.NewReader(k.body) // a type for which net/http knows the length and how to read it again
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

var errTooLong = errors.New("the answer is too long")

// readBody returns what was read also when it fails.
func readBody(resp *http.Response, limit int64) ([]byte, error) {
	const trusted = 1 << 20 // a length that is allocated on the word of the header alone
	size := int64(512)
	if n := resp.ContentLength; n > 0 {
		size = min(n, trusted) + 1 // one more, to read the end
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
