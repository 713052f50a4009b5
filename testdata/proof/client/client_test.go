package client_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"
	theirproxy "github.com/twilio/twilio-go/rest/proxy/v1"

	"github.com/twiliogen/twiliogen/gen/proxyv1"
	"github.com/twiliogen/twiliogen/gen/twilio"
	"github.com/twiliogen/twiliogen/testdata/proof/floor"
)

// request is what a server tells two calls apart by.
type request struct {
	Method, Path, ContentType string
	Query, Form               url.Values
}

// TestSame shows that the sides do the same work: equal requests, and equal
// records out of the answers.
func TestSame(t *testing.T) {
	for _, op := range operations() {
		t.Run(op.name, func(t *testing.T) {
			var requests []request
			f := newFake(op.answer)
			f.seen = func(r *http.Request, body []byte) { requests = append(requests, newRequest(t, r, body)) }
			sides := callers(t, f)
			var results [][]*plainSession
			for _, side := range sides {
				answer, err := op.call(side.caller)
				if err != nil {
					t.Fatalf("%s: %v", side.name, err)
				}
				results = append(results, sessions(t, answer))
			}
			if len(requests) != len(sides) {
				t.Fatalf("%d sides made %d requests", len(sides), len(requests))
			}
			for i, side := range sides[1:] {
				if diff := cmp.Diff(requests[0], requests[i+1]); diff != "" {
					t.Errorf("the request of %s is another (-ours +theirs):\n%s", side.name, diff)
				}
				if diff := cmp.Diff(results[0], results[i+1]); diff != "" {
					t.Errorf("the result of %s is another (-ours +theirs):\n%s", side.name, diff)
				}
			}
		})
	}
}

func newRequest(t *testing.T, r *http.Request, body []byte) request {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		t.Fatal(err)
	}
	if user, password, ok := r.BasicAuth(); !ok || user != accountSID || password != authToken {
		t.Errorf("%s %s has no credentials", r.Method, r.URL)
	}
	seen := request{Method: r.Method, Path: r.URL.EscapedPath(), Query: r.URL.Query(), Form: form}
	if len(body) > 0 {
		seen.ContentType = r.Header.Get("Content-Type")
	}
	return seen
}

// sessions brings what a call returned into the form that all sides share.
func sessions(t *testing.T, answer any) []*plainSession {
	switch v := answer.(type) {
	case *proxyv1.Session:
		return []*plainSession{(*plainSession)(v)}
	case []*proxyv1.Session:
		var list []*plainSession
		for _, s := range v {
			list = append(list, (*plainSession)(s))
		}
		return list
	case *twilio.Page[*proxyv1.Session]:
		return sessions(t, v.Items)
	case *theirproxy.ProxyV1Session:
		return []*plainSession{reread(t, v)}
	case []theirproxy.ProxyV1Session:
		var list []*plainSession
		for i := range v {
			list = append(list, reread(t, &v[i]))
		}
		return list
	case *theirproxy.ListSessionResponse:
		return sessions(t, v.Sessions)
	case *floor.Session:
		return []*plainSession{reread(t, v)}
	case []*floor.Session:
		var list []*plainSession
		for _, s := range v {
			list = append(list, reread(t, s))
		}
		return list
	case *floor.Page:
		return sessions(t, v.Sessions)
	}
	t.Fatalf("unknown answer %T", answer)
	return nil
}

// plainSession is our struct without its UnmarshalJSON, so that encoding/json
// fills it by reflection.
type plainSession proxyv1.Session

// reread turns another record into ours by way of the JSON that both have.
func reread(t *testing.T, record any) *plainSession {
	data, err := json.Marshal(record)
	if err != nil {
		t.Fatal(err)
	}
	v := new(plainSession)
	if err := json.Unmarshal(data, v); err != nil {
		t.Fatal(err)
	}
	return v
}

// TestAllocations pins what a call of ours allocates, that of the fake
// transport included.
func TestAllocations(t *testing.T) {
	limits := map[string]float64{ // by operation
		"fetch":    32,
		"create":   50,
		"list50":   5 * 50,
		"list1000": 5 * 1000,
		"page1000": 5 * 1000,
	}
	for _, op := range operations() {
		ours := callers(t, newFake(op.answer))[0]
		allocs := testing.AllocsPerRun(20, func() { mustCall(t, op, ours) })
		t.Logf("%s: %.0f", op.name, allocs)
		if limit, ok := limits[op.name]; !ok || allocs > limit {
			t.Errorf("%s allocates %.0f times, more than %.0f", op.name, allocs, limit)
		}
	}
}
