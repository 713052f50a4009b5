package twilio

import (
	"context"
	"errors"
	"fmt"
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

	at     position // nil if the page was not fetched
	decode func(*wire.Decoder) T
	next   func(context.Context) (*Page[T], error) // of a page from NewPage; nil after the last
}

// NewPage returns a page that does not come from Twilio, for tests of code that takes pages. Its
// method Next calls next; if that is nil, the page is the last one.
func NewPage[T any](items []T, next func(context.Context) (*Page[T], error)) *Page[T] {
	return &Page[T]{Items: items, next: next}
}

// HasNext reports whether there is another page.
//
//go:noinline
func (p *Page[T]) HasNext() bool { // not inlined for the same reason as List
	return p != nil && (p.next != nil || p.at.place().hasNext())
}

// Next requests the next page, with the options of the first call. After the last page, the error
// is [io.EOF] itself. After any other error, the page is nil, and Next of the page before can be
// called again; Next of a nil page is an error that is not io.EOF.
//
// A page that does not have what a page must have, such as its records, is an error, never the end
// of the list. So are 100 pages in a row that have no records, and a link that leads elsewhere. A
// list whose pages go round in a circle ends after each has been seen once.
func (p *Page[T]) Next(ctx context.Context) (*Page[T], error) {
	switch {
	case p == nil:
		return nil, errors.New("twilio: there is no page to continue from: the call that should have returned it has failed")
	case p.next != nil:
		return p.next(ctx)
	case !p.HasNext():
		return nil, io.EOF
	}
	at := p.at.place()
	if at.err != nil {
		return nil, at.call.wrap(at.call.failure(at.err, notSent))
	}
	return fetchPage(ctx, at.call, at, at.next, p.decode)
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
	return fetchPage(c.ctx, &c.call, nil, c.call.target, c.decode)
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
					yield(*new(T), c.call.wrap(c.call.failure(err, carriedOut)))
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

// fetchPage fetches the page that follows another, or the first one, before which there is none.
func fetchPage[T any](ctx context.Context, k *call, before *place, target string, decode func(*wire.Decoder) T) (*Page[T], error) {
	const few = 16 // where a page begins to grow, which it otherwise does from a single record
	p := &Page[T]{decode: decode}
	at, err := k.page(ctx, before, target, wire.SizeOf(*new(T)), func(d *wire.Decoder) {
		if p.Items == nil {
			p.Items = make([]T, 0, few)
		}
		p.Items = append(p.Items, decode(d))
	})
	if err != nil {
		return nil, err
	}
	p.at = at.position()
	if d := k.debugger(); d != nil {
		for _, item := range p.Items {
			d.value(k, item)
		}
	}
	return p, nil
}

// maxEmptyPages is how many pages in a row may have no records.
const maxEmptyPages = 100

// place is where a page is among the pages of a call. It never changes.
type place struct {
	call   *call
	target string // path and query of the page
	next   string // path and query of the next page; "" if this is the last
	err    error  // why the next page cannot be requested
	trail  *trail // the way to the page; nil for the first
	step   int    // how many pages were before it
	empty  int    // how many pages in a row, this one included, have no records
}

// position hides a place from fmt, which looks into everything but functions: there are the
// parameters of the call in it. It is nil if there is none.
type position func() *place

func (p *place) position() position { return func() *place { return p } }

func (at position) place() *place {
	if at == nil {
		return nil
	}
	return at()
}

func (p *place) hasNext() bool { return p != nil && (p.next != "" || p.err != nil) }

// page requests the page at a target and calls record for each record on it, which takes size bytes.
func (k *call) page(ctx context.Context, before *place, target string, size int, record func(*wire.Decoder)) (*place, error) {
	answer, err := k.send(ctx, target, true)
	if err != nil {
		return nil, k.wrap(err)
	}
	link, err := wire.DecodePage(answer.body, k.request.PageKey, size, record)
	if err != nil {
		return nil, k.wrap(k.invalid(&answer, err))
	}
	p := &place{call: k, target: target}
	p.next, p.err = k.nextPage(link, target)
	p.follow(before, link.Records)
	return p, nil
}

// follow puts a page behind another, or nowhere if that is nil, and looks where this leads.
func (p *place) follow(before *place, records int) {
	if before != nil {
		p.trail, p.step = before.extend(p.target), before.step+1
	}
	if records == 0 {
		p.empty = 1
		if before != nil {
			p.empty += before.empty
		}
	}
	switch {
	case p.next == p.target || p.trail.has(p.next, p.step):
		p.next = "" // the pages go round in a circle, and all of them have been seen
	case p.next != "" && p.empty >= maxEmptyPages:
		p.err = fmt.Errorf("%d pages in a row have no records, and the last one refers to another", p.empty)
	}
}

// nextPage returns the path and query of the page after the one that was requested at target; ""
// after the last one.
func (k *call) nextPage(link wire.PageLink, target string) (next string, err error) {
	switch {
	case k.request.PageBy == wire.ByNumber && link.HasNext && link.Records > 0:
		return k.withPage(strconv.Itoa(link.Page + 1)), nil
	case k.request.PageBy == wire.ByIndex:
		start := link.Start
		if start == 0 {
			start = max(1, numberIn(target, k.request.PageParam))
		}
		if link.Records > 0 && start+link.Records <= link.Total {
			return k.withPage(strconv.Itoa(start + link.Records)), nil
		}
	case link.Next != "":
		return k.followLink(link.Next)
	case link.Token != "":
		return k.withPage(link.Token), nil
	case link.Bad:
		return "", errNoLink
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
