package twilio

import (
	"bytes"
	"context"
	"io"
	"iter"
	"log/slog"
	"net/url"
	"strconv"
	"strings"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
)

// Page is one page of a list. T is a pointer to a record, as in Page[*proxyv1.Session]. The zero
// value is an empty page, and the last one.
type Page[T any] struct {
	Items []T

	place  place
	decode func(*wire.Decoder) T
}

// HasNext reports whether there is another page.
func (p *Page[T]) HasNext() bool { return p != nil && p.place.hasNext() }

// Next requests the next page, with the options of the first call. After the last page, the error
// is [io.EOF] itself.
func (p *Page[T]) Next(ctx context.Context) (*Page[T], error) {
	if !p.HasNext() {
		return nil, io.EOF
	}
	if p.place.err != nil {
		return nil, p.place.call.wrap(p.place.err)
	}
	return fetchPage(ctx, p.place.call, &trail{p.place.next, p.place.trail}, p.decode)
}

// LogValue shows in logs (log/slog) how many records there are, but none of them: they may contain
// personal data.
func (p *Page[T]) LogValue() slog.Value {
	if p == nil {
		return slog.Value{}
	}
	return slog.GroupValue(slog.Int("items", len(p.Items)), slog.Bool("hasNext", p.HasNext()))
}

// Page makes the call and decodes the response as a page.
func (c *caller[T]) Page() (*Page[T], error) {
	return fetchPage(c.ctx, &c.call, &trail{c.call.target, nil}, c.decode)
}

// List returns the records of all pages, up to the limit of the request. Nothing is sent before the
// first step, and each range over the result starts from the first page.
//
// It is kept from being inlined, since the loop would then be compiled again for each type of
// record.
//
//go:noinline
func (c *caller[T]) List() iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		left := c.call.request.Limit
		page, err := c.Page()
		for ; err == nil; page, err = page.Next(c.ctx) {
			for _, item := range page.Items {
				if err := c.ctx.Err(); err != nil {
					yield(*new(T), c.call.wrap(err))
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
			yield(*new(T), err)
		}
	}
}

func fetchPage[T any](ctx context.Context, k *call, at *trail, decode func(*wire.Decoder) T) (*Page[T], error) {
	p := &Page[T]{decode: decode}
	var err error
	p.place, err = k.page(ctx, at, func(d *wire.Decoder) { p.Items = append(p.Items, decode(d)) })
	if err != nil {
		return nil, err
	}
	return p, nil
}

// place is where a page is among the pages of a call.
type place struct {
	call  *call
	trail *trail // ends with this page
	next  string // path and query of the next page; "" if this is the last
	err   error  // why the next page cannot be requested
}

func (p place) hasNext() bool { return p.next != "" || p.err != nil }

// page requests the page at the end of a trail and calls record for each record on it.
func (k *call) page(ctx context.Context, at *trail, record func(*wire.Decoder)) (place, error) {
	body, err := k.send(ctx, at.target, true)
	if err != nil {
		return place{}, k.wrap(err)
	}
	p := place{call: k, trail: at}
	if len(bytes.TrimSpace(body)) == 0 {
		return p, nil
	}
	records := 0
	link, err := wire.DecodePage(body, k.request.PageKey, func(d *wire.Decoder) {
		records++
		record(d)
	})
	if err != nil {
		return place{}, k.wrap(unreadable(err))
	}
	p.next, p.err = k.nextPage(link, at.target, records)
	if at.has(p.next) {
		p.next = "" // the pages go round in a circle, and all of them have been seen
	}
	return p, nil
}

// nextPage returns the path and query of the page after the one that was requested at target; ""
// after the last one.
func (k *call) nextPage(link wire.PageLink, target string, records int) (next string, err error) {
	switch {
	case k.request.PageBy == wire.ByNumber && link.HasNext && records > 0:
		return k.withPage(strconv.Itoa(link.Page + 1)), nil
	case k.request.PageBy == wire.ByIndex:
		start := link.Start
		if start == 0 {
			start = max(1, numberIn(target, k.request.PageParam))
		}
		if records > 0 && start+records <= link.Total {
			return k.withPage(strconv.Itoa(start + records)), nil
		}
	case link.Next != "":
		return k.followLink(link.Next)
	case link.Token != "":
		return k.withPage(link.Token), nil
	}
	return "", nil
}

// numberIn is the value of a query parameter in a path and query, 0 if it is not there.
func numberIn(target, key string) int {
	_, query, _ := strings.Cut(target, "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		return 0
	}
	n, _ := strconv.Atoi(values.Get(key)) // anything else counts as missing
	return n
}

// trail is the way to a page, from its end: what was requested for this page and for the pages
// before it. Pages share trails and never change them, so that each page can be continued on its
// own.
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
