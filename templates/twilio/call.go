package twilio

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
)

const (
	defaultTimeout = 30 * time.Second
	maxBody        = 64 << 20  // of an answer; more is an error
	maxDrain       = 256 << 10 // read of a body that nobody wants, to keep the connection
)

// Call sends a request and expects no result. It is for generated packages.
func (c *Client) Call(ctx context.Context, r *wire.Request, opts []RequestOption) error {
	k, err := newCall(c, r, opts)
	if err == nil {
		_, err = k.send(ctx, k.target, false)
	}
	return wrap(r, err)
}

// CallObject sends a request and decodes the answer. An answer without a body, such as a 204, gives a zero T. It is for
// generated packages.
func CallObject[T any](ctx context.Context, c *Client, r *wire.Request, decode func(*wire.Decoder) T, opts []RequestOption) (*T, error) {
	k, err := newCall(c, r, opts)
	if err != nil {
		return nil, wrap(r, err)
	}
	body, err := k.send(ctx, k.target, true)
	if err != nil {
		return nil, wrap(r, err)
	}
	result := new(T)
	if len(bytes.TrimSpace(body)) == 0 {
		return result, nil
	}
	if *result, err = wire.Decode(body, decode); err != nil {
		return nil, wrap(r, unreadable(err))
	}
	return result, nil
}

// call is a request with the client's settings and the options of the call applied. It never changes, so that the pages
// of a list can share it.
type call struct {
	client  *settings
	request *wire.Request
	options callOptions

	origin      string // scheme, host and the path before every path
	target      string // path and query, escaped
	contentType string // of body; "" when there is none
	body        string
}

// newCall checks everything that can be checked before something is sent.
func newCall(c *Client, r *wire.Request, opts []RequestOption) (*call, error) {
	if c == nil || c.settings == nil {
		return nil, errors.New("the client was not made by NewClient")
	}
	k := &call{client: c.settings(), request: r}
	for _, opt := range opts {
		if opt != nil {
			opt.applyRequest(&k.options)
		}
	}
	if p := r.Err(); p != nil {
		return nil, &ParamError{p.Param, p.Reason}
	}
	account := c.AccountSID()
	if k.options.account != nil {
		account = *k.options.account
	}
	path, problem := r.EscapedPath(account)
	if problem != nil {
		return nil, &ParamError{problem.Param, problem.Reason}
	}
	query, err := k.parameters()
	if err != nil {
		return nil, err
	}
	k.origin = k.client.origin(r.Server)
	k.target = path
	if query != "" {
		k.target += "?" + query
	}
	return k, nil
}

// parameters sets the body and returns the query, with the parameters of WithForm where the operation's own are.
func (k *call) parameters() (query string, err error) {
	query = k.request.EncodedQuery()
	k.contentType, k.body = k.request.Body()
	extra := k.options.extra.Encode()
	switch {
	case extra == "":
	case k.contentType == wire.FormType:
		k.body = joinParams(k.body, extra)
	case k.contentType != "":
		return "", &ParamError{k.options.extraName, "cannot be added with WithForm, since the operation sends JSON"}
	case k.request.Method == http.MethodGet || k.request.Method == http.MethodDelete || k.request.Method == http.MethodHead:
		query = joinParams(query, extra)
	default:
		k.contentType, k.body = wire.FormType, extra
	}
	return query, nil
}

func joinParams(a, b string) string {
	if a == "" {
		return b
	}
	return a + "&" + b
}

// send makes one try and returns the body of the answer if it is wanted. The target is the call's own or that of a later
// page.
func (k *call) send(ctx context.Context, target string, wanted bool) ([]byte, error) {
	if ctx == nil {
		return nil, errors.New("the context is nil")
	}
	ctx, cancel := k.withTimeout(ctx)
	defer cancel()
	if k.options.response != nil {
		*k.options.response = Response{}
	}
	req, err := k.newRequest(ctx, target)
	if err != nil {
		return nil, hideURL(err)
	}
	resp, err := k.client.http.Do(req)
	if err != nil {
		return nil, hideURL(err)
	}
	defer resp.Body.Close()

	succeeded := resp.StatusCode/100 == 2
	if succeeded && !wanted && k.options.response == nil {
		// Reading to the end only serves to keep the connection, so that an error here is none of the caller's.
		_, _ = io.CopyN(io.Discard, resp.Body, maxDrain)
		return nil, nil
	}
	body, err := readBody(resp)
	if k.options.response != nil {
		*k.options.response = Response{StatusCode: resp.StatusCode, Header: resp.Header, Body: body}
	}
	if !succeeded {
		return nil, newError(k.request, resp, body) // the status says more than what went wrong with its body
	}
	if err != nil {
		return nil, unreadable(hideURL(err))
	}
	return body, nil
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

func (k *call) newRequest(ctx context.Context, target string) (*http.Request, error) {
	var body io.Reader
	if k.contentType != "" {
		body = strings.NewReader(k.body) // a type for which net/http knows the length and how to read it again
	}
	req, err := http.NewRequestWithContext(ctx, k.request.Method, k.origin+target, body)
	if err != nil {
		return nil, err
	}
	req.Header = k.client.common.Clone()
	if k.request.NoAuth {
		req.Header.Del("Authorization")
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

// readBody returns what was read also when it fails.
func readBody(resp *http.Response) ([]byte, error) {
	const trusted = 1 << 20 // a length that is allocated on the word of the header alone
	var body bytes.Buffer
	if n := resp.ContentLength; n > 0 {
		body.Grow(int(min(n, trusted)) + bytes.MinRead)
	}
	_, err := body.ReadFrom(io.LimitReader(resp.Body, maxBody+1))
	if err == nil && body.Len() > maxBody {
		body.Truncate(maxBody)
		err = fmt.Errorf("the answer is longer than %d MiB", maxBody>>20)
	}
	return body.Bytes(), err
}

// wrap begins an error with the operation that it belongs to.
func wrap(r *wire.Request, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", r.Operation, err)
}

func unreadable(err error) error { return fmt.Errorf("reading the answer: %w", err) }

// hideURL takes the URL, which may hold personal data, out of an error of net/http, and keeps the cause.
func hideURL(err error) error {
	for {
		u, ok := err.(*url.Error)
		if !ok {
			break
		}
		err = u.Err
	}
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF // a lost connection must not pass for the end of a list
	}
	return &transportError{err}
}

// transportError is a cause whose text may quote what came over the wire.
type transportError struct{ cause error }

func (e *transportError) Error() string { return printable(e.cause.Error()) }
func (e *transportError) Unwrap() error { return e.cause }
