package gen_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/twiliogen/twiliogen/gen/proxyv1"
	"github.com/twiliogen/twiliogen/gen/twilio"
)

const sessionsURL = "https://proxy.twilio.com/v1/Services/" + service + "/Sessions"

// sessionSID returns the SID of a Session by its place in the list.
func sessionSID(i int) string { return fmt.Sprintf("KC%032x", i) }

// sessionPage returns the page of a list of Sessions that begins with first.
// As at Twilio a page has 50 records unless its size is given, and the link to
// the next one is absolute.
func sessionPage(total, first int, size string) string {
	end := 50
	if size != "" {
		end, _ = strconv.Atoi(size)
	}
	end = min(first+end, total)
	var records []string
	for i := first; i < end; i++ {
		records = append(records, fmt.Sprintf(`{"sid": %q}`, sessionSID(i)))
	}
	next := "null"
	if end < total {
		link := sessionsURL + "?"
		if size != "" {
			link += "PageSize=" + size + "&"
		}
		next = strconv.Quote(fmt.Sprintf("%sPage=1&PageToken=PT%%2Cx.%d", link, end))
	}
	return fmt.Sprintf(`{"meta": {"key": "sessions", "next_page_url": %s}, "sessions": [%s]}`, next, strings.Join(records, ","))
}

// sessionList serves a list of Sessions.
func sessionList(total int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		query := r.URL.Query()
		first, _ := strconv.Atoi(strings.TrimPrefix(query.Get("PageToken"), "PT,x."))
		io.WriteString(w, sessionPage(total, first, query.Get("PageSize")))
	}
}

// sids returns the SIDs of Sessions.
func sids(sessions []*proxyv1.Session) []string {
	sids := []string{}
	for _, s := range sessions {
		sids = append(sids, s.SID)
	}
	return sids
}

// firstSIDs returns the SIDs of the first n Sessions of a list.
func firstSIDs(n int) []string {
	sids := []string{}
	for i := range n {
		sids = append(sids, sessionSID(i))
	}
	return sids
}

// A list goes on over all pages and stops at its limit. It requests no page
// that it does not need, and none that is larger than its limit.
func TestListPages(t *testing.T) {
	for _, tt := range []struct {
		name    string
		total   int
		params  *proxyv1.ListSessionsParams
		want    int
		queries []string
	}{
		{"no params", 3, nil, 3, []string{""}},
		{"no records", 0, nil, 0, []string{""}},
		{"pages of Twilio's size", 120, nil, 120, []string{"", "Page=1&PageToken=PT%2Cx.50", "Page=1&PageToken=PT%2Cx.100"}},
		{"pages of a size", 7, &proxyv1.ListSessionsParams{PageSize: 3}, 7,
			[]string{"PageSize=3", "PageSize=3&Page=1&PageToken=PT%2Cx.3", "PageSize=3&Page=1&PageToken=PT%2Cx.6"}},
		{"the last page is full", 6, &proxyv1.ListSessionsParams{PageSize: 3}, 6,
			[]string{"PageSize=3", "PageSize=3&Page=1&PageToken=PT%2Cx.3"}},
		{"limit alone", 7, &proxyv1.ListSessionsParams{Limit: 2}, 2, []string{"PageSize=2"}},
		{"limit below the page size", 7, &proxyv1.ListSessionsParams{PageSize: 5, Limit: 2}, 2, []string{"PageSize=2"}},
		{"limit is the page size", 7, &proxyv1.ListSessionsParams{PageSize: 3, Limit: 3}, 3, []string{"PageSize=3"}},
		{"limit above the page size", 7, &proxyv1.ListSessionsParams{PageSize: 3, Limit: 5}, 5,
			[]string{"PageSize=3", "PageSize=3&Page=1&PageToken=PT%2Cx.3"}},
		{"limit above Twilio's page size", 120, &proxyv1.ListSessionsParams{Limit: 60}, 60, []string{"", "Page=1&PageToken=PT%2Cx.50"}},
		{"limit above the total", 4, &proxyv1.ListSessionsParams{PageSize: 3, Limit: 100}, 4,
			[]string{"PageSize=3", "PageSize=3&Page=1&PageToken=PT%2Cx.3"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			proxy, seen := serve(t, sessionList(tt.total))
			got, err := collect(t, proxy.Sessions.List(context.Background(), service, tt.params))
			if err != nil {
				t.Fatal(err)
			}
			if diff := difference(firstSIDs(tt.want), sids(got)); diff != "" {
				t.Errorf("records (-want +got):\n%s", diff)
			}
			if diff := difference(tt.queries, seen.queries()); diff != "" {
				t.Errorf("queries (-want +got):\n%s", diff)
			}
		})
	}
}

// Every list goes on to its next page: the records of each resource are under
// a name of their own.
func TestEveryListGoesOn(t *testing.T) {
	for _, op := range methods(t) {
		if !strings.HasSuffix(op.name, ".List") {
			continue
		}
		t.Run(op.name, func(t *testing.T) {
			_, path, _ := strings.Cut(op.sends, " ")
			first := strings.Replace(op.answer, `"next_page_url": null`, `"next_page_url": "https://proxy.twilio.com`+path+`?PageToken=PT2"`, 1)
			proxy, seen := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Query().Has("PageToken") {
					io.WriteString(w, op.answer)
				} else {
					io.WriteString(w, first)
				}
			})
			got, err := op.call(context.Background(), proxy, op.path)
			if err != nil {
				t.Fatal(err)
			}
			requests := seen.requests()
			if len(requests) != 2 || requests[1].Path != path || requests[1].Authorization != authorization {
				t.Errorf("requests: %+v", requests)
			}
			if n := length(got); n != 2*length(op.want) {
				t.Errorf("%d records from two pages of %d", n, length(op.want))
			}
		})
	}
}

// A list sends nothing before the first step, and the request for a page only
// when the loop gets there.
func TestListIsLazy(t *testing.T) {
	proxy, seen := serve(t, sessionList(4))
	list := proxy.Sessions.List(context.Background(), service, &proxyv1.ListSessionsParams{PageSize: 2})
	if n := len(seen.requests()); n != 0 {
		t.Errorf("%d requests before the first step", n)
	}
	records := 0
	for _, err := range list {
		if err != nil {
			t.Fatal(err)
		}
		if want, got := 1+records/2, len(seen.requests()); got != want {
			t.Errorf("%d requests at record %d, want %d", got, records, want)
		}
		records++
	}
}

// A list can be ranged over again: it starts anew.
func TestListTwice(t *testing.T) {
	proxy, seen := serve(t, sessionList(5))
	list := proxy.Sessions.List(context.Background(), service, &proxyv1.ListSessionsParams{PageSize: 2, Limit: 3})
	for range list {
		break
	}
	for range 2 {
		got, err := collect(t, list)
		if err != nil {
			t.Fatal(err)
		}
		if diff := difference(firstSIDs(3), sids(got)); diff != "" {
			t.Errorf("records (-want +got):\n%s", diff)
		}
	}
	if n := len(seen.requests()); n != 5 {
		t.Errorf("%d requests, want 1 for the loop that breaks and 2 for each of the others", n)
	}
}

// A loop that is left early gives its connection back. With one connection at
// most, a loop that kept it would block the next.
func TestBreakKeepsNoConnection(t *testing.T) {
	var opened, requests atomic.Int64
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		sessionList(100)(w, r)
	}))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			opened.Add(1)
		}
	}
	server.Start()
	defer server.Close()
	one := &http.Transport{MaxConnsPerHost: 1}
	defer one.CloseIdleConnections()
	proxy := newClient(t, twilio.WithBaseURL(server.URL), twilio.WithHTTPClient(&http.Client{Transport: one}))

	const loops = 10
	for range loops {
		for _, err := range proxy.Sessions.List(context.Background(), service, nil) {
			if err != nil {
				t.Fatal(err)
			}
			break
		}
	}
	if opened.Load() != 1 || requests.Load() != loops {
		t.Errorf("%d connections and %d requests for %d loops", opened.Load(), requests.Load(), loops)
	}
}

// Every method closes the body of its answer, whatever the answer is.
func TestBodiesAreClosed(t *testing.T) {
	for _, op := range methods(t) {
		for _, status := range []int{http.StatusOK, http.StatusNotFound} {
			open := false
			proxy := stub(t, func(*http.Request) (*http.Response, error) {
				open = true
				r := response(status, nil, op.answer)
				r.Body = closer{r.Body, func() { open = false }}
				return r, nil
			})
			if _, err := op.call(context.Background(), proxy, op.path); (err == nil) != (status == http.StatusOK) {
				t.Errorf("%s: %v for the status %d", op.name, err, status)
			}
			if open {
				t.Errorf("%s: leaves the body open for the status %d", op.name, status)
			}
		}
	}
}

// closer tells when a body is closed.
type closer struct {
	io.Reader
	closed func()
}

func (c closer) Close() error { c.closed(); return nil }

// An error ends a list: the records before it have been yielded, it comes
// once, and it names the operation.
func TestListError(t *testing.T) {
	const notFound = `{"code": 20404, "message": "gone", "status": 404}`
	proxy, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Query().Get("PageToken"), ".4") {
			reply(404, notFound)(w, r)
			return
		}
		sessionList(6)(w, r)
	})
	list := proxy.Sessions.List(context.Background(), service, &proxyv1.ListSessionsParams{PageSize: 2})
	for range 2 {
		got, err := collect(t, list)
		if diff := difference(firstSIDs(4), sids(got)); diff != "" {
			t.Errorf("records (-want +got):\n%s", diff)
		}
		if !errors.Is(err, twilio.ErrNotFound) || !strings.HasPrefix(err.Error(), "proxyv1: Sessions.List: ") {
			t.Errorf("error: %v", err)
		}
	}
}

// A context that is cancelled ends a list at the next record, with its error.
func TestListCancelled(t *testing.T) {
	proxy, seen := serve(t, sessionList(100))
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	records := 0
	var errs []error
	for _, err := range proxy.Sessions.List(ctx, service, nil) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		if records++; records == 2 {
			cancel()
		}
	}
	if records != 2 || len(errs) != 1 || !errors.Is(errs[0], context.Canceled) || len(seen.requests()) != 1 {
		t.Errorf("%d records, errors %v, %d requests", records, errs, len(seen.requests()))
	}
}

// Pages can be walked by hand. The end is io.EOF itself, and a page can be
// continued more than once.
func TestPageNext(t *testing.T) {
	proxy, seen := serve(t, sessionList(5))
	ctx := context.Background()
	params := &proxyv1.ListSessionsParams{PageSize: 2, Limit: 4} // a page knows no limit
	first, err := proxy.Sessions.Page(ctx, service, params)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		var got []string
		page := first
		for err = nil; err == nil; page, err = page.Next(ctx) {
			got = append(got, fmt.Sprint(len(page.Items), page.HasNext()))
		}
		if err != io.EOF || page != nil {
			t.Errorf("the end is %v with the page %v", err, page)
		}
		if diff := difference([]string{"2 true", "2 true", "1 false"}, got); diff != "" {
			t.Errorf("records of each page and HasNext (-want +got):\n%s", diff)
		}
	}
	if n := len(seen.requests()); n != 5 {
		t.Errorf("%d requests, want 1 for the first page and 2 for each walk", n)
	}
}

// The options of a call are those of all its pages.
func TestOptionsOfEveryPage(t *testing.T) {
	var headers []string
	proxy := stub(t, func(r *http.Request) (*http.Response, error) {
		headers = append(headers, r.Header.Get("X-Trace")+" "+r.URL.RawQuery)
		return response(200, nil, sessionPage(4, 2*len(headers)-2, "2")), nil
	})
	var last twilio.Response
	_, err := collect(t, proxy.Sessions.List(context.Background(), service, &proxyv1.ListSessionsParams{PageSize: 2},
		twilio.WithHeader("X-Trace", "t1"), twilio.WithForm("New", "1"), twilio.WithResponse(&last)))
	if err != nil {
		t.Fatal(err)
	}
	// The link to the second page is Twilio's own, and is followed as it is.
	want := []string{"t1 PageSize=2&New=1", "t1 PageSize=2&Page=1&PageToken=PT%2Cx.2"}
	if diff := difference(want, headers); diff != "" {
		t.Errorf("header and query of each page (-want +got):\n%s", diff)
	}
	if got, want := string(last.Body), sessionPage(4, 2, "2"); got != want {
		t.Errorf("the response is %s, want the last page %s", got, want)
	}
}

// Credentials go to no host but the one that the call began on. Links that
// lead elsewhere are an error, and nothing is sent there.
func TestNextPageElsewhere(t *testing.T) {
	for _, link := range []string{
		"https://evil.example/v1/Services?PageToken=2",
		"http://proxy.twilio.com/v1/Services?PageToken=2",
		"https://proxy.twilio.com.evil.example/v1/Services?PageToken=2",
		"https://proxy.twilio.com@evil.example/v1/Services?PageToken=2",
		"https://proxy.twilio.com:8443/v1/Services?PageToken=2",
		"https://studio.twilio.com/v1/Services?PageToken=2",
		"//evil.example/v1/Services?PageToken=2",
		"file:///etc/passwd",
		"::",
	} {
		t.Run(link, func(t *testing.T) {
			var hosts []string
			proxy := stub(t, func(r *http.Request) (*http.Response, error) {
				hosts = append(hosts, r.URL.Scheme+"://"+r.URL.Host)
				return response(200, nil, fmt.Sprintf(`{"services": [{"sid": %q}], "meta": {"next_page_url": %q}}`, service, link)), nil
			})
			got, err := collect(t, proxy.Services.List(context.Background(), nil))
			if len(got) != 1 || err == nil || !strings.HasPrefix(err.Error(), "proxyv1: Services.List: ") {
				t.Errorf("%d records and the error %v", len(got), err)
			}
			first, err := proxy.Services.Page(context.Background(), nil)
			if err != nil {
				t.Fatal(err)
			}
			if next, err := first.Next(context.Background()); next != nil || err == nil || err == io.EOF || !first.HasNext() {
				t.Errorf("Next: %v, %v, and HasNext is %t", next, err, first.HasNext())
			}
			if diff := difference([]string{"https://proxy.twilio.com", "https://proxy.twilio.com"}, hosts); diff != "" {
				t.Errorf("hosts (-want +got):\n%s", diff)
			}
		})
	}
}

// In another region, too, pages stay on the host that the call began on,
// although the links of the answer do not name it.
func TestNextPageInRegion(t *testing.T) {
	var hosts []string
	proxy := stub(t, func(r *http.Request) (*http.Response, error) {
		hosts = append(hosts, r.URL.Host)
		return response(200, nil, sessionPage(4, 2*len(hosts)-2, "2")), nil
	}, twilio.WithRegion("ie1"), twilio.WithEdge("dublin"))
	if _, err := collect(t, proxy.Sessions.List(context.Background(), service, nil)); err != nil {
		t.Fatal(err)
	}
	if diff := difference([]string{"proxy.dublin.ie1.twilio.com", "proxy.dublin.ie1.twilio.com"}, hosts); diff != "" {
		t.Errorf("hosts (-want +got):\n%s", diff)
	}
}

// A list whose pages go in a circle ends.
func TestRepeatedPage(t *testing.T) {
	proxy, seen := serve(t, reply(200, sessionPage(100, 0, "2"))) // always leads to the same page
	records := 0
	for _, err := range proxy.Sessions.List(context.Background(), service, nil) {
		if err != nil {
			t.Fatal(err)
		}
		if records++; records > 4 {
			t.Fatal("the list does not end")
		}
	}
	if records != 4 || len(seen.requests()) != 2 {
		t.Errorf("%d records from %d requests", records, len(seen.requests()))
	}
}
