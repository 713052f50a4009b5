package twilio_test

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/twiliogen/twiliogen/templates/twilio"
)

// crossroads leads from page to page as the letters of a way follow each other, from the first page
// to "a".
func crossroads(way *string) roundTripper {
	return func(r *http.Request) (*http.Response, error) {
		page, next := r.URL.RawQuery, "null"
		if i := strings.Index("-"+*way, cmp.Or(page, "-")); i < len(*way) {
			next = fmt.Sprintf(`"/v1/Things?%c"`, (*way)[i])
		}
		return reply(200, fmt.Sprintf(`{"things":[{"sid":%q}],"next_page_uri":%s}`, page, next)), nil
	}
}

// letters are the records of a page and of those after it.
func letters(page *twilio.Page[*thing]) (all string) {
	for err := error(nil); err == nil; page, err = page.Next(context.Background()) {
		all += page.Items[0].SID
	}
	return all
}

// Pages can be continued more than once, and what was seen on one way does not end another.
func TestPagesAreContinuedOnTheirOwn(t *testing.T) {
	way := "abcx"
	client := stubClient(t, crossroads(&way))
	next := func(page *twilio.Page[*thing]) *twilio.Page[*thing] {
		page, err := page.Next(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		return page
	}
	first, err := firstPage(context.Background(), client, listRequest(), nil)
	if err != nil {
		t.Fatal(err)
	}
	b := next(next(first)) // it leads to c
	if got := letters(first); got != "abcx" {
		t.Errorf("the first time: %q", got)
	}
	way = "abcdx"
	c := next(b) // it leads to d, and led to x before
	if got := letters(c); got != "cdx" {
		t.Errorf("another way: %q", got)
	}
	way = "abcxd" // both have been seen, though not before c
	if got := letters(next(b)); got != "cxd" {
		t.Errorf("a third way: %q", got)
	}
	way = "abcxb" // b was seen before c
	if got := letters(next(b)); got != "cx" {
		t.Errorf("a circle: %q", got)
	}
	way = "abcdx"
	if got := letters(first); got != "abcdx" {
		t.Errorf("from the start: %q", got)
	}
}

func TestPagesAreContinuedAtTheSameTime(t *testing.T) {
	client := stubClient(t, threePages.answer)
	first, err := firstPage(context.Background(), client, listRequest(), nil)
	if err != nil {
		t.Fatal(err)
	}
	second, err := first.Next(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for _, page := range []*twilio.Page[*thing]{first, second, first, second} {
		wg.Add(1)
		go func() {
			defer wg.Done()
			records := 0
			for err := error(nil); err == nil; page, err = page.Next(context.Background()) {
				records += len(page.Items)
			}
			if records != 5 && records != 3 {
				t.Errorf("%d records", records)
			}
		}()
	}
	wg.Wait()
}

// The last page of a long list costs no more than an early one, since what was seen is looked up and
// not searched: the ratio of the last quarter to the first stays near 1.
func BenchmarkLongList(b *testing.B) {
	const pages = 10_000
	n := 0
	client := stubClient(b, func(*http.Request) (*http.Response, error) {
		n++
		return reply(200, fmt.Sprintf(`{"things":[{"sid":"a"}],"next_page_uri":"/v1/Things?PageSize=1&PageToken=%08d"}`, n)), nil
	})
	var early, late time.Duration
	for b.Loop() {
		page, err := firstPage(b.Context(), client, listRequest(), nil)
		for i := 0; err == nil && i < pages; i++ {
			start := time.Now()
			page, err = page.Next(b.Context())
			switch took := time.Since(start); {
			case i < pages/4:
				early += took
			case i >= pages-pages/4:
				late += took
			}
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(late)/float64(early), "late/early")
}
