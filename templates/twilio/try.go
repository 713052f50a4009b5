package twilio

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
)

const (
	defaultTimeout = 30 * time.Second
	defaultMaxBody = 64 << 20
	maxDrain       = 256 << 10 // how much of an unwanted body is read to keep the connection
)

// try is one attempt at a call, and its outcome.
type try struct {
	number    int         // 1 for the first
	auth      Credentials // those of a provider; zero if all requests have the same ones
	took      time.Duration
	status    int // 0 if there was no response
	requestID string
	header    http.Header // of the response
	read      []byte      // as much of its body as was read
	body      []byte      // the whole of it, if it is a success
	elsewhere bool        // the response came from another host, after a redirect
	isOpen    bool        // the body is left to the opening of the call

	err     error
	outcome outcome // if there is an error
	final   bool    // another try would fail in the same way
}

func (t *try) fail(err error, o outcome) { t.err, t.outcome = err, o }

// try makes one try, with these credentials unless they are zero.
func (k *call) try(ctx context.Context, target string, number int, auth Credentials, wanted bool) (t try) {
	t = try{number: number, auth: auth}
	if k.options.response != nil {
		*k.options.response = Response{}
	}
	if err := k.client.places.enter(ctx); err != nil {
		t.fail(fmt.Errorf("%w while waiting for other calls of the client", err), notSent)
		return t
	}
	defer k.client.places.leave()
	limited, cancel := k.withTimeout(ctx)
	defer func() {
		if !t.isOpen {
			cancel()
		}
	}()
	s := k.newSender(limited, cancel, number)
	if err := k.login(s, &t); err != nil {
		t.fail(err, notSent)
		t.final = true
		return t
	}
	start := time.Now()
	k.exchange(ctx, s, target, wanted, &t)
	t.took = time.Since(start)
	k.debugger().response(k, &t)
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
	if err != nil {
		return err
	}
	return k.checkLogin(auth)
}

// exchange sends the request and reads the response.
func (k *call) exchange(ctx context.Context, s *sender, target string, wanted bool, t *try) {
	debug := k.debugger()
	resp, err := s.do(func(ctx context.Context) (*http.Request, error) {
		req, err := k.newRequest(ctx, target, t.auth)
		if err == nil {
			debug.request(k, req, t.number)
		}
		return req, err
	})
	worst, transportFailed := s.settle()
	if err != nil {
		t.fail(newTransportError(ctx, k.opening.explain(err), t.number), worst)
		t.final = !transportFailed || isPolicy(err) || isUntrusted(err)
		return
	}
	if k.opening.take(resp) {
		t.status, t.requestID, t.header, t.isOpen = resp.StatusCode, requestID(resp.Header), resp.Header, true
		if k.options.response != nil {
			*k.options.response = Response{StatusCode: resp.StatusCode, Header: resp.Header}
		}
		return
	}
	defer resp.Body.Close()
	k.read(ctx, s.stop, resp, wanted, t)
	if t.err != nil {
		t.outcome = max(t.outcome, worst)
	}
}

// isUntrusted reports whether an error is about the certificate of the server, which will be the
// same the next time.
func isUntrusted(err error) bool { return errors.As(err, new(*tls.CertificateVerificationError)) }

// maxLinger is how long a call that has succeeded waits for the end of a body that nobody wants.
const maxLinger = 100 * time.Millisecond

// read reads as much of a response as is wanted.
func (k *call) read(ctx context.Context, cancel context.CancelFunc, resp *http.Response, wanted bool, t *try) {
	t.status, t.requestID, t.header = resp.StatusCode, requestID(resp.Header), resp.Header
	t.elsewhere = isElsewhere(resp)
	succeeded := resp.StatusCode/100 == 2
	limit := k.maxBody()
	if resp.StatusCode < 200 {
		limit = 0 // what follows a 101 is no body, and need not end
	}
	if k.options.response == nil {
		switch {
		case !succeeded:
			limit = min(limit, maxDrain)
		case !wanted:
			// Reading to the end only serves to keep the connection, so neither does it take long,
			// nor need the caller know about an error here.
			defer time.AfterFunc(maxLinger, cancel).Stop()
			_, _ = io.CopyN(io.Discard, resp.Body, maxDrain)
			return
		}
	}
	body, err := readBody(resp.Body, resp.ContentLength, limit)
	t.read = body
	if k.options.response != nil {
		*k.options.response = Response{StatusCode: resp.StatusCode, Header: resp.Header, Body: body}
	}
	switch {
	case !succeeded: // the status says more than what went wrong with the body
		t.refuse(ctx, newError(k.request, resp, body, t.number), err)
	case errors.Is(err, errTooLong):
		t.fail(unreadable(err), carriedOut)
		t.final = true
	case err != nil:
		t.fail(unreadable(newTransportError(ctx, err, t.number)), carriedOut)
	default:
		t.body = body
	}
}

// isElsewhere reports whether a redirect led to another host.
func isElsewhere(resp *http.Response) bool {
	first := resp.Request
	for first != nil && first.Response != nil {
		first = first.Response.Request
	}
	return first != resp.Request && (first == nil || !sameOrigin(first.URL, resp.Request.URL))
}

// refuse ends a try with an answer that is not a success, and whose body could be read but for
// readErr.
func (t *try) refuse(ctx context.Context, answer *Error, readErr error) {
	t.fail(answer, outcomeOf(answer.StatusCode))
	// Only of 429 does Twilio say that nothing has happened; other conflicts that pass are for the
	// caller to settle.
	t.final = !answer.Temporary() || answer.StatusCode/100 != 5 && answer.StatusCode != http.StatusTooManyRequests
	if readErr != nil {
		t.err = endOf(ctx, answer)
	}
}

// outcomeOf returns what a status says about a request.
func outcomeOf(status int) outcome {
	switch {
	case status/100 == 2:
		return carriedOut
	case status == http.StatusRequestTimeout || status == 499: // nginx's word for a client that left
		return uncertain
	case status/100 == 4:
		return refused
	}
	return uncertain
}

// withTimeout applies the most specific of the timeouts.
func (k *call) withTimeout(ctx context.Context) (context.Context, context.CancelFunc) {
	limit := defaultTimeout
	switch {
	case k.options.timeout != nil:
		limit = *k.options.timeout
	case k.client.timeout != nil:
		limit = *k.client.timeout
	case k.client.http.Timeout > 0:
		limit = 0
	}
	if k.opening != nil {
		return k.opening.start(ctx, limit, k.client.http.Timeout)
	}
	if limit <= 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, limit)
}

func (k *call) newRequest(ctx context.Context, target string, auth Credentials) (*http.Request, error) {
	u, err := url.Parse(k.origin + target)
	switch {
	case err != nil:
		return nil, err
	case !isHeaderName(k.request.Method):
		return nil, fmt.Errorf("invalid method %q", k.request.Method)
	}
	// Not by NewRequest, which does not know that the body can be made again.
	req := (&http.Request{
		Method: k.request.Method, URL: u, Host: u.Host, Header: k.client.common.Clone(),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
	}).WithContext(ctx)
	if err := k.setBody(req); err != nil {
		return nil, err
	}
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

// setBody gives a request the body of the call. GetBody is for middleware.
func (k *call) setBody(req *http.Request) error {
	switch {
	case k.content != nil && k.content.Size != 0:
		body, err := openFiles(req.Context(), k.content)
		if err != nil {
			return err
		}
		req.Body, req.ContentLength = body, k.content.Size
		if k.content.Repeatable() && k.content.Size > 0 {
			req.GetBody = k.content.Open
		}
	case k.body != "":
		req.Body, req.ContentLength = newBody(k.body), int64(len(k.body))
		req.GetBody = func() (io.ReadCloser, error) { return newBody(k.body), nil }
	}
	return nil
}

// isSpent reports whether the body cannot be sent any more: a file that has been read, and can be
// read but once.
func (k *call) isSpent() bool { return k.content != nil && !k.content.Repeatable() }

func (k *call) hasBody() bool { return k.body != "" || k.content != nil && k.content.Size != 0 }

func (k *call) maxBody() int64 {
	if k.options.maxBody > 0 {
		return k.options.maxBody
	}
	return k.client.maxBody
}

var errTooLong = errors.New("the response is too long")

// readBody reads a body whose length is said to be length, and also returns what it has read if it
// fails.
func readBody(r io.Reader, length, limit int64) ([]byte, error) {
	const trusted = 1 << 20 // a length that is allocated although only the header promises it
	if limit == 0 {
		return nil, nil
	}
	size := int64(512)
	if length > 0 {
		size = min(length, trusted) + 1 // one more, to notice the end
	}
	body := make([]byte, 0, min(size, limit+1))
	for {
		n, err := r.Read(body[len(body):cap(body)])
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
