package twilio

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
)

// Call sends a request and expects no result. It is for generated packages.
func (c *Client) Call(ctx context.Context, r *wire.Request, opts []RequestOption) error {
	k, err := newCall(c, r, opts)
	if err == nil {
		_, err = k.send(ctx, k.target, false)
	}
	return wrap(r, err)
}

// CallObject sends a request and decodes the answer. T is a pointer: the compiler makes one copy of a generic function for
// all pointers, but one for every struct. An answer without a body, such as a 204, gives a zero object. It is for generated
// packages.
func CallObject[T any](ctx context.Context, c *Client, r *wire.Request, decode func(*wire.Decoder) T, opts []RequestOption) (T, error) {
	body, err := c.fetch(ctx, r, opts)
	if err != nil {
		return *new(T), err
	}
	v, err := wire.Decode(body, decode)
	if err != nil {
		return *new(T), wrap(r, unreadable(err))
	}
	return v, nil
}

// nothing is read in place of an answer without a body, and gives a zero object.
var nothing = []byte("null")

// fetch sends a request and returns the body of the answer.
func (c *Client) fetch(ctx context.Context, r *wire.Request, opts []RequestOption) ([]byte, error) {
	k, err := newCall(c, r, opts)
	if err != nil {
		return nil, wrap(r, err)
	}
	body, err := k.send(ctx, k.target, true)
	if err != nil {
		return nil, wrap(r, err)
	}
	if len(bytes.TrimSpace(body)) == 0 {
		return nothing, nil
	}
	return body, nil
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
	if err := k.check(); err != nil {
		return nil, err
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

// check looks at what the call is made of.
func (k *call) check() error {
	if k.client.err != nil {
		return k.client.err
	}
	if p := k.request.Err(); p != nil {
		return &ParamError{p.Param, p.Reason}
	}
	if err := checkHeaders(k.request.Headers()); err != nil {
		return err
	}
	return checkHeaders(k.options.header)
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

// wrap begins an error with the operation that it belongs to.
func wrap(r *wire.Request, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", r.Operation, err)
}
