package twilio

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
)

// Call is meant for generated code. It prepares a call, which is then made by a method of the
// result.
func Call[T any](ctx context.Context, c *Client, r *wire.Request, decode func(*wire.Decoder) T, opts []RequestOption) *caller[T] {
	k := &caller[T]{ctx: ctx, decode: decode}
	k.call.init(c, r, opts)
	return k
}

// caller makes a call and decodes the response. T is a pointer: the compiler makes one copy of a
// generic function for all pointers, but one for every struct. For each T it also makes a wrapper
// of every method, or two if the receiver is not a pointer. Long code is therefore not generic.
type caller[T any] struct {
	ctx    context.Context
	decode func(*wire.Decoder) T
	call   call
}

// Do makes the call and ignores the body of the response.
func (c *caller[T]) Do() error {
	_, err := c.call.send(c.ctx, c.call.target, false)
	return c.call.wrap(err)
}

// One makes the call and decodes the response. A response that has no body where none is promised,
// such as a 204, gives an empty object.
func (c *caller[T]) One() (T, error) {
	answer, err := c.call.send(c.ctx, c.call.target, true)
	if err != nil {
		return *new(T), c.call.wrap(err)
	}
	if c.call.saysNothing(&answer) {
		return wire.Decode(nothing, c.decode)
	}
	v, err := wire.Answer(answer.body, c.decode)
	if err != nil {
		return *new(T), c.call.wrap(c.call.invalid(&answer, err))
	}
	c.call.debugger().value(&c.call, v)
	return v, nil
}

// call is a request with the settings of the client and the options of the call applied. It never
// changes, so that the pages of a list can share it.
type call struct {
	client  *settings
	request *wire.Request
	options callOptions
	err     error // why nothing can be sent; the fields below are then not set

	account     string // that it is meant for; "" if that is not known
	origin      string // scheme, host and the path that goes before every path
	target      string // path and query, escaped
	contentType string // of body; "" if there is none
	body        string
	billed      bool          // it is a read that costs money
	repeatable  bool          // it may be sent again after it may have been carried out
	content     *wire.Content // the body, where it has files; else nil
	opening     *opening      // of a stream; nil for a call that reads the whole answer
}

// init checks everything that can be checked before something is sent.
func (k *call) init(c *Client, r *wire.Request, opts []RequestOption) {
	k.request = r
	k.err = k.prepare(c, opts)
}

func (k *call) prepare(c *Client, opts []RequestOption) error {
	if c == nil || c.settings == nil {
		return errors.New("the client was not made by NewClient")
	}
	k.client = c.settings()
	for _, opt := range opts {
		if opt != nil {
			opt.applyRequest(&k.options)
		}
	}
	if err := k.check(); err != nil {
		return err
	}
	k.account = c.AccountSID()
	if k.options.account != nil {
		k.account = *k.options.account
		if !wire.IsAccountSID(k.account) {
			return errAccountSID
		}
	}
	path, problem := k.request.EscapedPath(k.account)
	if problem != nil {
		return &ParamError{problem.Param, problem.Reason}
	}
	query, err := k.parameters()
	if err != nil {
		return err
	}
	k.origin = k.client.origin(k.request.Server)
	k.target = path
	if query != "" {
		k.target += "?" + query
	}
	if err := k.resume(k.options.pageToken); err != nil {
		return err
	}
	_, query, _ = strings.Cut(k.target, "?") // a page token brings its own
	k.billed = k.request.Billed(query)
	k.repeatable = k.mayRepeat()
	return nil
}

// check checks what the call is made of.
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

// parameters sets the body and returns the query. The parameters of WithForm are added to the one
// that has the operation's own parameters.
func (k *call) parameters() (query string, err error) {
	query = k.request.EncodedQuery()
	if k.content = k.request.Content(&k.options.extra); k.content != nil {
		k.contentType = k.content.Type
	} else {
		k.contentType, k.body = k.request.Body()
	}
	extra := k.options.extra.Encode()
	switch {
	case extra == "" || k.request.IsMultipart():
	case k.contentType == wire.FormType:
		k.body = joinParams(k.body, extra)
	case k.contentType != "":
		return "", &ParamError{k.options.extraName, "cannot be added with WithForm, since the operation sends no form"}
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

// wrap puts the name of the operation before an error.
func (k *call) wrap(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", k.request.Operation, err)
}
