package twilio_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
	"github.com/twiliogen/twiliogen/templates/twilio"
)

// Each test in this file is about a fault of the official library (twilio-go v1.31.0) that this one
// must not have.

func TestFaultNoContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	gone := make(chan struct{})
	client := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
		close(gone)
	})
	if err := do(ctx, client, fetchRequest("T1"), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want that of the context", err)
	}
	<-gone // the server also notices
}

func TestFaultPathArgumentIsNotEscaped(t *testing.T) {
	var path string
	client := serve(t, func(_ http.ResponseWriter, r *http.Request) { path = r.URL.EscapedPath() })
	if err := do(t.Context(), client, fetchRequest("a/../b?c#d"), nil); err != nil || path != "/v1/Things/a%2F..%2Fb%3Fc%23d" {
		t.Errorf("%s, %v", path, err)
	}
}

func TestFaultEmptyArgumentNamesTheCollection(t *testing.T) {
	for _, method := range []string{"GET", "DELETE"} {
		for _, sid := range []string{"", ".", ".."} {
			var requests atomic.Int64
			client := stubClient(t, counting(&requests, status(204)))
			r := wire.NewRequest("proxyv1: Things.Do", method, server, "/v1/Things/{Sid}")
			r.PathArg("Sid", sid)
			var param *twilio.ParamError
			if err := do(t.Context(), client, r, nil); !errors.As(err, &param) || requests.Load() != 0 {
				t.Errorf("%s of %q: %v after %d requests", method, sid, err, requests.Load())
			}
		}
	}
}

func TestFaultStatusIsHiddenBehindHTML(t *testing.T) {
	var e *twilio.Error
	client := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(503)
		fmt.Fprint(w, "<html>Service unavailable</html>")
	})
	_, err := fetch(t.Context(), client, createRequest(), nil)
	if !errors.As(err, &e) || e.StatusCode != 503 || string(e.Body) != "<html>Service unavailable</html>" {
		t.Errorf("%v", err)
	}
}

func TestFaultEmptyErrorHasNoStatus(t *testing.T) {
	var e *twilio.Error
	client := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(400)
		fmt.Fprint(w, "{}")
	})
	if err := do(t.Context(), client, createRequest(), nil); !errors.As(err, &e) || e.StatusCode != 400 {
		t.Errorf("%v", err)
	}
}

func TestFaultNoContentIsAnError(t *testing.T) {
	client := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204) })
	if got, err := fetch(t.Context(), client, createRequest(), nil); err != nil || *got != (thing{}) {
		t.Errorf("%v, %v", got, err)
	}
}

func TestFaultErrorBodiesAreLeftOpen(t *testing.T) {
	var connections atomic.Int64
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, strings.Repeat("no ", 10_000), http.StatusBadRequest)
	}))
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connections.Add(1)
		}
	}
	s.Start()
	defer s.Close()
	client := newClient(t, twilio.WithBaseURL(s.URL), twilio.WithHTTPClient(&http.Client{Transport: &http.Transport{}}))
	for range 20 {
		if err := do(t.Context(), client, createRequest(), nil); err == nil {
			t.Fatal("no error")
		}
	}
	if n := connections.Load(); n != 1 {
		t.Errorf("%d connections for 20 errors", n)
	}
}

func TestFaultWritesAreSentTwice(t *testing.T) {
	for _, tt := range []struct {
		method string
		status int
	}{{"POST", 400}, {"POST", 500}, {"POST", 503}, {"DELETE", 400}} {
		var requests atomic.Int64
		client := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			requests.Add(1)
			w.WriteHeader(tt.status)
			fmt.Fprint(w, "<html>")
		})
		if err := do(t.Context(), client, request(tt.method), nil); err == nil || requests.Load() != 1 {
			t.Errorf("%s, %d: %v after %d requests", tt.method, tt.status, err, requests.Load())
		}
	}
}

// In a bubble, a goroutine that does not end fails the test.
func TestFaultAbandonedListsLeakGoroutines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		before := runtime.NumGoroutine()
		client := stubClient(t, threePages.answer)
		for range 100 {
			for _, err := range list(t.Context(), client, listRequest(), nil) {
				if err != nil {
					t.Fatal(err)
				}
				break
			}
		}
		if after := runtime.NumGoroutine(); after > before {
			t.Errorf("%d goroutines more", after-before)
		}
	})
}

// The parameters of a list belong to the caller, who may use them for many lists at once. (That the
// parameters of generated packages are never written to is tested there.)
func TestFaultListChangesItsParameters(t *testing.T) {
	client := stubClient(t, func(*http.Request) (*http.Response, error) {
		return reply(200, `{"things":[{"sid":"a"},{"sid":"b"},{"sid":"c"}]}`), nil
	})
	r, opts := listRequest(), []twilio.RequestOption{twilio.WithForm("PageSize", "2"), twilio.WithHeader("A", "b")}
	r.Query().Add("Name", "x")
	r.Limit = 2
	var wg sync.WaitGroup
	for range 8 { // for the race detector
		wg.Go(func() {
			if sids, errs := collect(list(t.Context(), client, r, opts)); len(sids) != 2 || len(errs) != 0 {
				t.Errorf("%v, %v", sids, errs)
			}
		})
	}
	wg.Wait()
	if r.EncodedQuery() != "Name=x" {
		t.Errorf("the query is %s now", r.EncodedQuery())
	}
}

func TestFaultNoLimitMeansOneRecord(t *testing.T) {
	all, _ := collect(list(t.Context(), stubClient(t, threePages.answer), listRequest(), nil))
	if len(all) < 3 {
		t.Errorf("%v with a limit of 0", all)
	}
}

func TestFaultNextPageTakesTheCredentialsElsewhere(t *testing.T) {
	var strangers atomic.Int64
	stranger := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { strangers.Add(1) }))
	defer stranger.Close()
	client := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, `{"things":[{"sid":"a"}],"meta":{"key":"things","next_page_url":"%s/v1/Things?Page=1"}}`, stranger.URL)
	})
	sids, errs := collect(list(t.Context(), client, listRequest(), nil))
	if len(errs) != 1 || !slices.Equal(sids, []string{"a"}) || strangers.Load() != 0 {
		t.Errorf("%v, %v, and %d requests elsewhere", sids, errs, strangers.Load())
	}
}

func TestFaultDotsAndDigitsAreCutOut(t *testing.T) {
	const filter, token = "v1.25.7", "PAAB.123.4-x_.5%2C"
	var seen []string
	client := stubClient(t, func(r *http.Request) (*http.Response, error) {
		seen = append(seen, r.URL.RawQuery)
		if len(seen) > 1 {
			return reply(200, `{"things":[]}`), nil
		}
		return reply(200, `{"things":[{"sid":"a"}],"next_page_uri":"/v1/Things?Name=`+filter+`&PageToken=`+token+`"}`), nil
	})
	r := listRequest()
	r.Query().Add("Name", filter)
	_, errs := collect(list(t.Context(), client, r, nil))
	if want := []string{"Name=" + filter, "Name=" + filter + "&PageToken=" + token}; len(errs) != 0 || !slices.Equal(seen, want) {
		t.Errorf("%q, %v, want %q", seen, errs, want)
	}
}

func TestFaultTokenIsLostUnderConcurrency(t *testing.T) {
	s := &tokenServer{lifetime: 3600}
	client := oauthClient(t, s)
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			if err := do(t.Context(), client, createRequest(), nil); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if s.issued != 1 || s.served != 50 || s.rejected != 0 {
		t.Errorf("%d tokens for %d calls, %d rejected", s.issued, s.served, s.rejected)
	}
}

func TestFaultTimesAreCutToSeconds(t *testing.T) {
	at := time.Date(2024, 3, 4, 10, 30, 0, 123_456_789, time.FixedZone("CET", 3600))
	var form url.Values
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		form, _ = url.ParseQuery(string(body))
	})
	r := createRequest()
	r.Form().Time("DateExpiry", &at)
	if err := do(t.Context(), client, r, nil); err != nil || form.Get("DateExpiry") != "2024-03-04T09:30:00.123456789Z" {
		t.Errorf("%v, %v", form, err)
	}
	if got, err := wire.Decode([]byte(`"2024-03-04T09:30:00.123456789Z"`), (*wire.Decoder).Time); err != nil || !got.Equal(at) {
		t.Errorf("read as %v, %v", got, err)
	}
}
