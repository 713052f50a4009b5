package twilio_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
	"github.com/twiliogen/twiliogen/templates/twilio"
)

// pages responds to the request for each target with the page of that name: its records and its
// link.
type pages map[string]struct {
	records []string
	next    string
}

func (p pages) answer(r *http.Request) (*http.Response, error) {
	page, ok := p[r.URL.RequestURI()]
	if !ok {
		return reply(404, `{"message":"no such page"}`), nil
	}
	things := []thing{}
	for _, sid := range page.records {
		things = append(things, thing{SID: sid})
	}
	body, err := json.Marshal(map[string]any{"things": things, "meta": map[string]any{"key": "things", "next_page_url": page.next}})
	return reply(200, string(body)), err
}

// collect ranges over a list and returns its records and errors.
func collect(list func(func(*thing, error) bool)) (sids []string, errs []error) {
	for item, err := range list {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		sids = append(sids, item.SID)
	}
	return sids, errs
}

var threePages = pages{
	"/v1/Things":        {[]string{"a", "b"}, server + "/v1/Things?Page=1"},
	"/v1/Things?Page=1": {[]string{"c", "d"}, server + "/v1/Things?Page=2"},
	"/v1/Things?Page=2": {[]string{"e"}, ""},
}

func TestList(t *testing.T) {
	tests := []struct {
		name     string
		pages    pages
		limit    int
		want     string
		requests int64
		err      string
	}{
		{name: "all pages", pages: threePages, want: "a b c d e", requests: 3},
		{name: "limit inside a page", pages: threePages, limit: 3, want: "a b c", requests: 2},
		{name: "limit at the end of a page", pages: threePages, limit: 2, want: "a b", requests: 1},
		{name: "limit above all", pages: threePages, limit: 9, want: "a b c d e", requests: 3},
		{name: "negative limit", pages: threePages, limit: -1, want: "a b c d e", requests: 3},
		{name: "empty", pages: pages{"/v1/Things": {}}, requests: 1},
		{name: "empty page in between", pages: pages{
			"/v1/Things":   {nil, "/v1/Things?1"},
			"/v1/Things?1": {[]string{"a"}, ""},
		}, want: "a", requests: 2},
		{name: "path alone", pages: pages{
			"/v1/Things":                           {[]string{"a"}, "/v1/Things?Page=1&PageToken=PT.1%2C2"},
			"/v1/Things?Page=1&PageToken=PT.1%2C2": {[]string{"b"}, ""},
		}, want: "a b", requests: 2},
		{name: "verbatim", pages: pages{
			"/v1/Things":                         {[]string{"a"}, server + "/v1/Th%69ngs/%2F?t=a+b%20c%2c.1&&x#frag"},
			"/v1/Th%69ngs/%2F?t=a+b%20c%2c.1&&x": {[]string{"b"}, ""},
		}, want: "a b", requests: 2},
		{name: "page that is its own next", pages: pages{"/v1/Things": {[]string{"a"}, "/v1/Things"}}, want: "a", requests: 1},
		{name: "circle", pages: pages{
			"/v1/Things":   {[]string{"a"}, "/v1/Things?1"},
			"/v1/Things?1": {[]string{"b"}, server + "/v1/Things?2"},
			"/v1/Things?2": {[]string{"c"}, "/v1/Things?1"},
		}, want: "a b c", requests: 3},
		{name: "error on the first page", pages: pages{}, requests: 1, err: "proxyv1: Things.List: twilio: 404 Not Found: no such page"},
		{name: "error on a later page", pages: pages{"/v1/Things": {[]string{"a"}, "/v1/Things?1"}}, want: "a", requests: 2, err: "proxyv1: Things.List: twilio: 404 Not Found: no such page"},
		{name: "link to another host", pages: pages{"/v1/Things": {[]string{"a"}, "https://evil.example/v1/Things?1"}}, want: "a", requests: 1,
			err: `proxyv1: Things.List: the link to the next page leads elsewhere, to "https://evil.example", and was not followed`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var requests atomic.Int64
			client := stubClient(t, counting(&requests, tt.pages.answer))
			r := listRequest()
			r.Limit = tt.limit
			list := list(context.Background(), client, r, nil)
			if requests.Load() != 0 {
				t.Error("a request before the first step")
			}
			for round := range int64(2) { // a list can be ranged over again
				sids, errs := collect(list)
				if got := strings.Join(sids, " "); got != tt.want || requests.Load() != tt.requests*(round+1) {
					t.Errorf("%q after %d requests, want %q after %d", got, requests.Load(), tt.want, tt.requests)
				}
				if tt.err == "" && len(errs) > 0 || tt.err != "" && (len(errs) != 1 || errs[0].Error() != tt.err) {
					t.Errorf("errors %v, want %q", errs, tt.err)
				}
			}
		})
	}
}

func TestListBreak(t *testing.T) {
	var requests atomic.Int64
	client := stubClient(t, counting(&requests, threePages.answer))
	for range list(context.Background(), client, listRequest(), nil) {
		break
	}
	if requests.Load() != 1 {
		t.Errorf("%d requests", requests.Load())
	}
	// An error is yielded once, even to a loop that would go on.
	failing := stubClient(t, pages{}.answer)
	for _, err := range list(context.Background(), failing, listRequest(), nil) {
		if err == nil {
			t.Error("no error")
		}
		break
	}
}

func TestListContext(t *testing.T) {
	client := stubClient(t, threePages.answer)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var sids []string
	var last error
	for item, err := range list(ctx, client, listRequest(), nil) {
		if last = err; err != nil {
			continue
		}
		sids = append(sids, item.SID)
		cancel()
	}
	if !errors.Is(last, context.Canceled) || !slices.Equal(sids, []string{"a"}) {
		t.Errorf("%v, %v", sids, last)
	}
}

// A loop that ends early leaves neither goroutines nor connections behind.
func TestAbandonedListLeaksNothing(t *testing.T) {
	var open atomic.Int64
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `{"things":[{"sid":"a"},{"sid":"b"}],"next_page_uri":"/v1/Things?%d"}`, len(r.URL.RawQuery)+1)
	}))
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		switch state {
		case http.StateNew:
			open.Add(1)
		case http.StateClosed, http.StateHijacked:
			open.Add(-1)
		}
	}
	s.Start()
	defer s.Close()
	transport := &http.Transport{}
	client := newClient(t, twilio.WithBaseURL(s.URL), twilio.WithHTTPClient(&http.Client{Transport: transport}))
	for range 50 {
		for _, err := range list(context.Background(), client, listRequest(), nil) {
			if err != nil {
				t.Fatal(err)
			}
			break
		}
	}
	// All fifty used one connection, and it is idle: every body was read to its end and closed.
	if n := open.Load(); n != 1 {
		t.Errorf("%d connections are open", n)
	}
}

func TestPage(t *testing.T) {
	var seen []string
	client := stubClient(t, func(r *http.Request) (*http.Response, error) {
		seen = append(seen, r.URL.RequestURI()+" "+r.Header.Get("X-Call"))
		return threePages.answer(r)
	})
	ctx := context.Background()
	page, err := firstPage(ctx, client, listRequest(), []twilio.RequestOption{twilio.WithHeader("X-Call", "1")})
	var got []string
	for ; err == nil; page, err = page.Next(ctx) {
		for _, item := range page.Items {
			got = append(got, item.SID)
		}
		if page.HasNext() != (len(seen) < 3) {
			t.Errorf("HasNext is %t after %d pages", page.HasNext(), len(seen))
		}
	}
	if err != io.EOF || strings.Join(got, " ") != "a b c d e" {
		t.Errorf("%v, %v", got, err)
	}
	if want := []string{"/v1/Things 1", "/v1/Things?Page=1 1", "/v1/Things?Page=2 1"}; !slices.Equal(seen, want) {
		t.Errorf("%q, want %q", seen, want)
	}
}

// A page can be continued any number of times, for instance after an error.
func TestNextTwice(t *testing.T) {
	fail := false
	client := stubClient(t, func(r *http.Request) (*http.Response, error) {
		if fail {
			return reply(503, ""), nil
		}
		return threePages.answer(r)
	})
	first, err := firstPage(context.Background(), client, listRequest(), nil)
	if err != nil {
		t.Fatal(err)
	}
	fail = true
	if _, err := first.Next(context.Background()); !errors.Is(err, twilio.ErrServer) {
		t.Errorf("%v", err)
	}
	fail = false
	for range 2 {
		second, err := first.Next(context.Background())
		if err != nil || second.Items[0].SID != "c" || !second.HasNext() {
			t.Errorf("%+v, %v", second, err)
		}
	}
}

func TestZeroPage(t *testing.T) {
	page := &twilio.Page[*thing]{}
	if _, err := page.Next(context.Background()); err != io.EOF || page.HasNext() || page.Token()+page.NextToken() != "" {
		t.Errorf("%v", err)
	}
}

// What a failed Next returns must not look like the end of the list to a loop that goes on with it.
func TestNextOfNilIsNotTheEnd(t *testing.T) {
	client := stubClient(t, pages{"/v1/Things": threePages["/v1/Things"]}.answer)
	page, err := firstPage(context.Background(), client, listRequest(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if page, err = page.Next(context.Background()); page != nil || !errors.Is(err, twilio.ErrNotFound) {
		t.Fatalf("%v, %v", page, err)
	}
	next, err := page.Next(context.Background())
	if next != nil || err == nil || errors.Is(err, io.EOF) || page.HasNext() || page.Token()+page.NextToken() != "" {
		t.Errorf("%v, %v", next, err)
	}
}

// What is not a page neither passes for an empty one nor ends a list.
func TestBrokenPage(t *testing.T) {
	for _, body := range []string{
		"", " ", "null", "{}", "[]", `"things"`, "7", "<html><body>502</body></html>", `{"things":[{"sid":"c"}`,
		`{"meta":{}}`, `{"meta":null}`, `{"meta":{"page":1,"page_size":50,"key":"things","next_page_url":null}}`, `{"next_page_uri":null}`,
		`{"next_page_uri":"/v1/Things?3"}`, `{"things":null}`, `{"things":null,"meta":null}`, `{"things":{}}`, `{"things":"c"}`, `{"things":{"sid":"c"}}`,
		`{"others":[{"sid":"c"}]}`, `{"others":[],"meta":{"key":"things"}}`, `[{"sid":"c"}]`, `{"sid":"c"}`,
		`{"things":[{}]}`, `{"things":[null]}`, `{"things":["c"]}`, `{"things":[[]]}`, `{"things":[{"name":"c"}]}`,
		`{"code":20500,"message":"Internal Server Error","more_info":"https://www.twilio.com/docs/errors/20500","status":500}`,
		`{"things":[],"code":20500,"message":"Internal Server Error"}`,
	} {
		broken := func(*http.Request) (*http.Response, error) { return reply(200, body), nil }
		page, err := firstPage(context.Background(), stubClient(t, broken), listRequest(), nil)
		if page != nil || !errors.Is(err, twilio.ErrInvalidResponse) {
			t.Errorf("%s: %v, %v", body, page, err)
		}
		requests := 0
		client := stubClient(t, func(r *http.Request) (*http.Response, error) {
			if requests++; requests == 1 {
				return threePages.answer(r)
			}
			return broken(r)
		})
		sids, errs := collect(list(context.Background(), client, listRequest(), nil))
		if strings.Join(sids, " ") != "a b" || len(errs) != 1 || !errors.Is(errs[0], twilio.ErrInvalidResponse) {
			t.Errorf("%s: %q, %v", body, sids, errs)
		}
	}
	// A status without content is no page either.
	client := stubClient(t, func(*http.Request) (*http.Response, error) { return reply(204, ""), nil })
	if _, err := firstPage(context.Background(), client, listRequest(), nil); !errors.Is(err, twilio.ErrInvalidResponse) {
		t.Error(err)
	}
}

// A link that cannot be read is an error after the records of its page.
func TestUnreadableLink(t *testing.T) {
	for _, link := range []string{"7", "false", `{"href":"/v1/Things?Page=1"}`, `["/v1/Things?Page=1"]`} {
		client := stubClient(t, func(*http.Request) (*http.Response, error) {
			return reply(200, `{"things":[{"sid":"a"}],"meta":{"next_page_url":`+link+`}}`), nil
		})
		sids, errs := collect(list(context.Background(), client, listRequest(), nil))
		const want = "proxyv1: Things.List: the link to the next page is neither a URL nor a path"
		if len(sids) != 1 || len(errs) != 1 || errs[0].Error() != want {
			t.Errorf("%s: %q, %v", link, sids, errs)
		}
	}
}

func TestEmptyPages(t *testing.T) {
	for _, body := range []string{
		`{"things":[]}`, `{"things":[],"meta":{"key":"things","next_page_url":null}}`, `{"things":[],"next_page_uri":""}`,
		`{"things":null,"meta":{"next_page_url":null}}`, `{"next_page_uri":null,"things":null}`, `{"meta":{"key":"others"},"others":[]}`,
	} {
		client := stubClient(t, func(*http.Request) (*http.Response, error) { return reply(200, body), nil })
		page, err := firstPage(context.Background(), client, listRequest(), nil)
		if err != nil || len(page.Items) != 0 || page.HasNext() {
			t.Errorf("%s: %+v, %v", body, page, err)
		}
	}
}

// emptyUntil answers with pages without records, and on those from a number on with a record each,
// up to the last page.
func emptyUntil(requests *int, first, last int) roundTripper {
	return func(*http.Request) (*http.Response, error) {
		*requests++
		records, next := "", fmt.Sprintf(`"/v1/Things?%d"`, *requests)
		if *requests >= first {
			records = fmt.Sprintf(`{"sid":"%d"}`, *requests)
		}
		if *requests == last {
			next = "null"
		}
		return reply(200, `{"things":[`+records+`],"next_page_uri":`+next+`}`), nil
	}
}

func TestPagesWithoutRecordsEnd(t *testing.T) {
	var requests int
	client := stubClient(t, emptyUntil(&requests, 1e9, 1e9))
	sids, errs := collect(list(context.Background(), client, listRequest(), nil))
	const want = "proxyv1: Things.List: 100 pages in a row have no records, and the last one refers to another"
	if len(sids) != 0 || len(errs) != 1 || errs[0].Error() != want || requests != 100 {
		t.Errorf("%q, %v after %d requests", sids, errs, requests)
	}
	// A record among them shows that the list goes on.
	requests = 0
	client = stubClient(t, emptyUntil(&requests, 100, 102))
	if sids, errs := collect(list(context.Background(), client, listRequest(), nil)); len(sids) != 3 || len(errs) > 0 {
		t.Errorf("%q, %v", sids, errs)
	}
	requests = 0
	client = stubClient(t, emptyUntil(&requests, 1e9, 100))
	if sids, errs := collect(list(context.Background(), client, listRequest(), nil)); len(sids) != 0 || len(errs) > 0 {
		t.Errorf("%q, %v", sids, errs)
	}
}

func TestUnreadablePage(t *testing.T) {
	client := stubClient(t, func(*http.Request) (*http.Response, error) { return reply(200, `{"things":[{]}`), nil })
	page, err := firstPage(context.Background(), client, listRequest(), nil)
	if page != nil || err == nil || err.Error() != "proxyv1: Things.List: reading the response: json: expected a property name at offset 12, found ']'" {
		t.Errorf("%v, %v", page, err)
	}
}

// A lost connection in the middle of a list must not look like its end.
func TestEOFIsNotTheEnd(t *testing.T) {
	client := stubClient(t, func(r *http.Request) (*http.Response, error) {
		if r.URL.RawQuery != "" {
			return nil, io.EOF
		}
		return threePages.answer(r)
	})
	sids, errs := collect(list(context.Background(), client, listRequest(), nil))
	if len(sids) != 2 || len(errs) != 1 {
		t.Errorf("%v, %v", sids, errs)
	}
}

func TestTokenPages(t *testing.T) {
	for _, key := range []string{"", "Token"} {
		var seen []string
		client := stubClient(t, func(r *http.Request) (*http.Response, error) {
			seen = append(seen, r.URL.RawQuery)
			token := `"t.1 &"`
			if len(seen) == 2 {
				token = `null`
			}
			return reply(200, fmt.Sprintf(`{"meta":{"nextToken":%s},"things":[{"sid":"a"}]}`, token)), nil
		})
		r := listRequest()
		r.PageParam = key
		r.Query().Add("Size", "5")
		opts := []twilio.RequestOption{twilio.WithForm("New", "x")}
		if sids, errs := collect(list(context.Background(), client, r, opts)); len(sids) != 2 || len(errs) > 0 {
			t.Errorf("%v, %v", sids, errs)
		}
		name := key
		if name == "" {
			name = "pageToken"
		}
		if want := []string{"Size=5&New=x", "Size=5&New=x&" + name + "=t.1+%26"}; !slices.Equal(seen, want) {
			t.Errorf("%q, want %q", seen, want)
		}
	}
}

// Pages by number and by index end, even if the server never says so or keeps sending the first one.
func TestCountedPages(t *testing.T) {
	for _, c := range []struct {
		name    string
		by      wire.PageBy
		answers []string // the last one again and again
		want    string
		asked   []string
	}{
		{"numbers", wire.ByNumber, []string{`{"current_page":0,"has_next":true,"things":[{"sid":"a"}]}`, `{"current_page":1,"has_next":false,"things":[{"sid":"b"}]}`},
			"ab", []string{"", "P=1"}},
		{"an empty page", wire.ByNumber, []string{`{"current_page":7,"has_next":true,"things":[]}`}, "", []string{""}},
		{"the same number", wire.ByNumber, []string{`{"current_page":0,"has_next":true,"things":[{"sid":"a"}]}`}, "aa", []string{"", "P=1"}},
		{"no number", wire.ByNumber, []string{`{"has_next":"yes","things":[{"sid":"a"}]}`}, "a", []string{""}},
		{"indexes", wire.ByIndex, []string{`{"totalResults":3,"things":[{"sid":"a"},{"sid":"b"}]}`, `{"totalResults":3,"things":[{"sid":"c"}]}`},
			"abc", []string{"", "P=3"}},
		{"the same index", wire.ByIndex, []string{`{"totalResults":9,"startIndex":1,"things":[{"sid":"a"}]}`}, "aa", []string{"", "P=2"}},
		{"fewer than promised", wire.ByIndex, []string{`{"totalResults":9,"things":[{"sid":"a"}]}`, `{"totalResults":9,"things":[]}`}, "a", []string{"", "P=2"}},
		{"no total", wire.ByIndex, []string{`{"things":[{"sid":"a"}]}`}, "a", []string{""}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var asked []string
			client := stubClient(t, func(r *http.Request) (*http.Response, error) {
				asked = append(asked, r.URL.RawQuery)
				return reply(200, c.answers[min(len(asked), len(c.answers))-1]), nil
			})
			r := listRequest()
			r.PageBy, r.PageParam = c.by, "P"
			sids, errs := collect(list(context.Background(), client, r, nil))
			if strings.Join(sids, "") != c.want || len(errs) > 0 || !slices.Equal(asked, c.asked) {
				t.Errorf("%q, %v, asked %q", sids, errs, asked)
			}
		})
	}
}

func TestTokenReplacesTheOldOne(t *testing.T) {
	var seen []string
	client := stubClient(t, func(r *http.Request) (*http.Response, error) {
		seen = append(seen, r.URL.RequestURI())
		return reply(200, fmt.Sprintf(`{"meta":{"next_token":"t%d"},"things":[]}`, min(len(seen), 3))), nil
	})
	if _, errs := collect(list(context.Background(), client, listRequest(), nil)); len(errs) > 0 {
		t.Error(errs)
	}
	want := []string{"/v1/Things", "/v1/Things?pageToken=t1", "/v1/Things?pageToken=t2", "/v1/Things?pageToken=t3"}
	if !slices.Equal(seen, want) {
		t.Errorf("%q, want %q", seen, want)
	}
}

// Twilio's link already contains the parameters of the first request.
func TestExtraParametersAreSentOnce(t *testing.T) {
	var seen []string
	client := stubClient(t, func(r *http.Request) (*http.Response, error) {
		seen = append(seen, r.URL.RawQuery)
		return threePages.answer(&http.Request{URL: &url.URL{Path: r.URL.Path, RawQuery: strings.TrimPrefix(r.URL.RawQuery, "New=x")}})
	})
	_, errs := collect(list(context.Background(), client, listRequest(), []twilio.RequestOption{twilio.WithForm("New", "x")}))
	if want := []string{"New=x", "Page=1", "Page=2"}; len(errs) > 0 || !slices.Equal(seen, want) {
		t.Errorf("%q, %v, want %q", seen, errs, want)
	}
}

func TestNextPageHost(t *testing.T) {
	ie1 := []twilio.ClientOption{twilio.WithRegion("ie1"), twilio.WithEdge("dublin")}
	base := []twilio.ClientOption{twilio.WithBaseURL("http://127.0.0.1:9999/prefix/")}
	tests := []struct {
		opts []twilio.ClientOption
		link string
		want string // the URL that is requested; "" : nothing is
	}{
		{nil, "/v1/Things?Page=1", server + "/v1/Things?Page=1"},
		{nil, server + "/v1/Things?Page=1", server + "/v1/Things?Page=1"},
		{nil, "https://PROXY.twilio.com:443/v1/Things?Page=1", server + "/v1/Things?Page=1"},
		{nil, "https://proxy.dublin.ie1.twilio.com/v1/Things?Page=1", server + "/v1/Things?Page=1"},
		{nil, "https://proxy.ie1.twilio.com/v1/Things?Page=1", server + "/v1/Things?Page=1"},
		{ie1, server + "/v1/Things?Page=1", "https://proxy.dublin.ie1.twilio.com/v1/Things?Page=1"},
		{ie1, "https://proxy.dublin.ie1.twilio.com/v1/Things?Page=1", "https://proxy.dublin.ie1.twilio.com/v1/Things?Page=1"},
		{base, server + "/v1/Things?Page=1", "http://127.0.0.1:9999/prefix/v1/Things?Page=1"},
		{base, "/v1/Things?Page=1", "http://127.0.0.1:9999/prefix/v1/Things?Page=1"},
		{base, "/prefix/v1/Things?Page=1", "http://127.0.0.1:9999/prefix/v1/Things?Page=1"},
		{base, "http://127.0.0.1:9999/prefix/v1/Things?Page=1", "http://127.0.0.1:9999/prefix/v1/Things?Page=1"},
		{base, "http://127.0.0.1:9998/prefix/v1/Things?Page=1", ""},
		{nil, "http://proxy.twilio.com/v1/Things?Page=1", ""},
		{nil, "https://api.twilio.com/v1/Things?Page=1", ""},
		{nil, "https://proxy.twilio.com.evil.example/v1/Things", ""},
		{nil, "https://evil.example/v1/Things", ""},
		{nil, "https://a.b.proxy.twilio.com/v1/Things", ""},
		{nil, "https://proxy..twilio.com/v1/Things", ""},
		{nil, "https://proxy.twilio.com:8443/v1/Things", ""},
		{nil, "//evil.example/v1/Things", ""},
		{nil, "//proxy.twilio.com/v1/Things", ""},
		{nil, "https://user@proxy.twilio.com/v1/Things", ""},
		{nil, "https://proxy.twilio.com@evil.example/v1/Things", ""},
		{nil, "https://proxy.twilio.com", ""},
		{nil, "https:proxy.twilio.com/v1", ""},
		{nil, "v1/Things", ""},
		{nil, "@evil.example/", ""},
		{nil, "?Page=1", ""},
		{nil, "/v1/a b", ""},
		{nil, "/v1/%zz", ""},
		{nil, "https://proxy.twilio.com/v1\r\nHost: evil.example", ""},
		{nil, `/\evil.example`, server + "/%5Cevil.example"},
		{nil, "https://proxy.twilio.com//evil.example", server + "//evil.example"},
	}
	for _, tt := range tests {
		t.Run(tt.link, func(t *testing.T) {
			var requested []string
			client := stubClient(t, func(r *http.Request) (*http.Response, error) {
				requested = append(requested, r.URL.String())
				if len(requested) > 1 {
					return reply(200, `{"things":[]}`), nil
				}
				body, err := json.Marshal(map[string]any{"things": []thing{}, "next_page_uri": tt.link})
				return reply(200, string(body)), err
			}, tt.opts...)
			page, err := firstPage(context.Background(), client, listRequest(), nil)
			if err != nil || !page.HasNext() {
				t.Fatalf("%+v, %v", page, err)
			}
			_, err = page.Next(context.Background())
			switch {
			case tt.want == "" && (err == nil || err == io.EOF || len(requested) != 1):
				t.Errorf("%v after requests %q", err, requested)
			case tt.want != "" && (err != nil || requested[1] != tt.want):
				t.Errorf("%v after requests %q", err, requested)
			}
		})
	}
}

// Whatever the link, credentials only ever go to the host of the first request.
func FuzzNextPageLink(f *testing.F) {
	for _, link := range []string{"/a?b", "https://proxy.ie1.twilio.com/x", "//evil.example", "https://evil.example/", "http://proxy.twilio.com", "@x", "/%2e%2e/@x:80", "https://proxy.twilio.com\\@x/"} {
		f.Add(link)
	}
	f.Fuzz(func(t *testing.T, link string) {
		hosts := map[string]bool{}
		first := true
		client := stubClient(t, func(r *http.Request) (*http.Response, error) {
			hosts[r.URL.Scheme+"://"+r.URL.Host] = true
			if !first {
				return reply(200, `{"things":[]}`), nil
			}
			first = false
			body, err := json.Marshal(map[string]any{"things": []thing{}, "next_page_uri": link})
			return reply(200, string(body)), err
		})
		_, errs := collect(list(context.Background(), client, listRequest(), nil))
		if len(hosts) != 1 || !hosts[server] || len(errs) > 1 {
			t.Errorf("hosts %v, errors %v", hosts, errs)
		}
		for _, err := range errs {
			if strings.ContainsAny(err.Error(), "\r\n") {
				t.Errorf("%q is more than one line", err)
			}
		}
	})
}

func TestPageIsPrintedWithoutSecrets(t *testing.T) {
	client := stubClient(t, threePages.answer)
	page, err := firstPage(context.Background(), client, listRequest(), nil)
	if err != nil {
		t.Fatal(err)
	}
	checkNoSecret(t, page)
	checkNoSecret(t, *page)
}

// A page that is printed shows nothing of the addresses of others, which have the
// parameters of the call in them.
func TestPageIsPrintedWithoutParameters(t *testing.T) {
	const phone = "+14155550100"
	r := listRequest()
	to := phone
	r.Query().String("To", &to)
	const target = "/v1/Things?To=%2B14155550100"
	answer := pages{target: {[]string{"a"}, server + target + "&Page=1"}}
	page, err := firstPage(t.Context(), stubClient(t, answer.answer), r, nil)
	if err != nil || !page.HasNext() {
		t.Fatalf("%v, %v", page, err)
	}
	for _, v := range []any{page, *page, []any{page}, struct{ P any }{*page}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
			if got := fmt.Sprintf(verb, v); strings.Contains(got, "4155550100") || strings.Contains(got, fmt.Sprintf("%x", "4155550100")) {
				t.Errorf("%s of %T: %s", verb, v, got)
			}
		}
	}
}

// A page in a log shows how many records it has, but none of them.
func TestPageLogValue(t *testing.T) {
	type person struct{ Phone string }
	var b bytes.Buffer
	log := slog.New(slog.NewJSONHandler(&b, nil))
	log.Info("page", "page", &twilio.Page[*person]{Items: []*person{{"+14155550100"}}}, "none", (*twilio.Page[*person])(nil))
	if got := b.String(); strings.Contains(got, "4155550100") || !strings.Contains(got, `"page":{"items":1,"hasNext":false}`) {
		t.Errorf("logged %s", got)
	}
}
