package twilio

import (
	"bytes"
	"context"
	"io"
	"iter"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
)

// Page is one page of a list. The zero value is empty and the last.
type Page[T any] struct {
	Items []*T

	call   *call
	decode func(*wire.Decoder) T
	trail  *trail // ends with this page
	next   string // path and query of the next page; "" when this is the last
	err    error  // why the next page cannot be requested
}

// HasNext tells whether there is another page.
func (p *Page[T]) HasNext() bool { return p != nil && (p.next != "" || p.err != nil) }

// Next requests the next page, with the options of the first call. After the last page the error is [io.EOF] itself.
func (p *Page[T]) Next(ctx context.Context) (*Page[T], error) {
	if !p.HasNext() {
		return nil, io.EOF
	}
	if p.err != nil {
		return nil, wrap(p.call.request, p.err)
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
		if err != io.EOF {
			yield(nil, err)
		}
	}
}

func fetchPage[T any](ctx context.Context, k *call, decode func(*wire.Decoder) T, at *trail) (*Page[T], error) {
	body, err := k.send(ctx, at.target, true)
	if err != nil {
		return nil, wrap(k.request, err)
	}
	p := &Page[T]{call: k, decode: decode, trail: at}
	if len(bytes.TrimSpace(body)) == 0 {
		return p, nil
	}
	content, err := wire.DecodePage(body, k.request.PageKey, decode)
	if err != nil {
		return nil, wrap(k.request, unreadable(err))
	}
	p.Items = content.Items
	switch {
	case content.Next != "":
		p.next, p.err = k.followLink(content.Next)
	case content.Token != "":
		p.next = k.withToken(content.Token)
	}
	if at.has(p.next) {
		p.next = "" // the pages go in a circle, and all of them have been seen
	}
	return p, nil
}

// trail is the way to a page, from its end: what was requested for it and for the pages before it. Pages share it and
// never change it, so that each of them can be continued on its own.
type trail struct {
	target string
	before *trail
}

func (t *trail) has(target string) bool {
	for ; t != nil; t = t.before {
		if t.target == target {
			return true
		}
	}
	return false
}
