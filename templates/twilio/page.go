package twilio

import (
	"context"
	"errors"
	"io"
	"iter"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
)

// Page is one page of a list. The zero value is empty and the last.
type Page[T any] struct {
	Items []*T

	call   *call
	decode func(*wire.Decoder) T
	next   string // path and query of the next page; "" when this is the last
	trail  *trail
}

// HasNext tells whether there is another page.
func (p *Page[T]) HasNext() bool { return p != nil && p.next != "" }

// Next requests the next page, with the options of the first call. After the last page the error is [io.EOF] itself.
func (p *Page[T]) Next(ctx context.Context) (*Page[T], error) {
	if !p.HasNext() {
		return nil, io.EOF
	}
	return fetchPage(ctx, p.call, p.decode, &trail{p.next, p.trail})
}

// CallPage sends a request and decodes the answer as a page. It is for generated packages.
func CallPage[T any](ctx context.Context, c *Client, r *wire.Request, decode func(*wire.Decoder) T, opts []RequestOption) (*Page[T], error) {
	k, err := newCall(c, r, opts)
	if err != nil {
		return nil, wrap(r, err)
	}
	return fetchPage(ctx, k, decode, &trail{k.target, nil})
}

// CallList returns the records of all pages, or as many as limit says if it is above 0. Nothing is sent before the first
// step, and each range over the result starts from the first page. It is for generated packages.
func CallList[T any](ctx context.Context, c *Client, r *wire.Request, decode func(*wire.Decoder) T, limit int, opts []RequestOption) iter.Seq2[*T, error] {
	k, err := newCall(c, r, opts)
	return func(yield func(*T, error) bool) {
		if err != nil {
			yield(nil, wrap(r, err))
			return
		}
		left := limit
		page, err := fetchPage(ctx, k, decode, &trail{k.target, nil})
		for ; err == nil; page, err = page.Next(ctx) {
			for _, item := range page.Items {
				if err := ctx.Err(); err != nil {
					yield(nil, wrap(r, err))
					return
				}
				if !yield(item, nil) {
					return
				}
				if left--; left == 0 {
					return
				}
			}
		}
		if !errors.Is(err, io.EOF) {
			yield(nil, err)
		}
	}
}
