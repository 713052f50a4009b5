package gen_test

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"iter"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/twiliogen/twiliogen/gen/proxyv1"
	"github.com/twiliogen/twiliogen/gen/twilio"
)

const (
	account     = "AC0123456789abcdef0123456789abcdef"
	subaccount  = "ACffffffffffffffffffffffffffffffff"
	authToken   = "s3cr3t-t0k3n"
	service     = "KS0123456789abcdef0123456789abcdef"
	session     = "KC0123456789abcdef0123456789abcdef"
	participant = "KP0123456789abcdef0123456789abcdef"
	interaction = "KI0123456789abcdef0123456789abcdef"
	number      = "PN0123456789abcdef0123456789abcdef"
)

const formType = "application/x-www-form-urlencoded"

var authorization = "Basic " + base64.StdEncoding.EncodeToString([]byte(account+":"+authToken))

// request is what a server saw of one call.
type request struct {
	Method, Path, Query                string // the path as it was escaped
	Accept, Authorization, ContentType string
	Form                               url.Values // nil when there was no body
}

// recorder keeps the requests that reached a server.
type recorder struct {
	mu   sync.Mutex
	seen []request
}

// requests returns all requests so far, the oldest first.
func (r *recorder) requests() []request {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.seen)
}

// queries returns the query of each request so far.
func (r *recorder) queries() []string {
	var queries []string
	for _, seen := range r.requests() {
		queries = append(queries, seen.Query)
	}
	return queries
}

func (r *recorder) record(t *testing.T, got *http.Request) {
	body, err := io.ReadAll(got.Body)
	if err != nil {
		t.Errorf("reading the body: %v", err)
	}
	if got.ContentLength != int64(len(body)) {
		t.Errorf("the Content-Length is %d, the body has %d bytes", got.ContentLength, len(body))
	}
	var form url.Values
	if len(body) > 0 {
		if form, err = url.ParseQuery(string(body)); err != nil {
			t.Errorf("the body %q is no form: %v", body, err)
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seen = append(r.seen, request{
		Method: got.Method, Path: got.URL.EscapedPath(), Query: got.URL.RawQuery,
		Accept:        strings.Join(got.Header["Accept"], " + "),
		Authorization: strings.Join(got.Header["Authorization"], " + "),
		ContentType:   strings.Join(got.Header["Content-Type"], " + "),
		Form:          form,
	})
}

// serve starts a server, and returns a client that sends everything to it and
// what has reached it.
func serve(t *testing.T, handler http.HandlerFunc, opts ...twilio.ClientOption) (*proxyv1.Client, *recorder) {
	t.Helper()
	var seen recorder
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen.record(t, r)
		handler(w, r)
	}))
	t.Cleanup(server.Close)
	opts = append(opts, twilio.WithBaseURL(server.URL), twilio.WithHTTPClient(server.Client()))
	return newClient(t, opts...), &seen
}

// transport answers requests inside the process.
type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// stub returns a client whose requests are answered by transport. Unlike a
// server it works in a bubble of testing/synctest.
func stub(t *testing.T, answer transport, opts ...twilio.ClientOption) *proxyv1.Client {
	t.Helper()
	return newClient(t, append(opts, twilio.WithHTTPClient(&http.Client{Transport: answer}))...)
}

func newClient(t *testing.T, opts ...twilio.ClientOption) *proxyv1.Client {
	t.Helper()
	client, err := twilio.NewClient(append(opts, twilio.WithCredentials(twilio.AuthToken(account, authToken)))...)
	if err != nil {
		t.Fatal(err)
	}
	return proxyv1.New(client)
}

// reply answers every request in one way.
func reply(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

// anything is an answer to every operation: a record, and a page of each kind that has none.
const anything = `{"sid":"x","services":[],"sessions":[],"participants":[],"interactions":[],"phone_numbers":[]}`

// response is reply for a transport.
func response(status int, header http.Header, body string) *http.Response {
	return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(strings.NewReader(body))}
}

// collect returns the records of a list up to its first error. An error beside
// a record and anything after an error fail the test.
func collect[T any](t *testing.T, list iter.Seq2[*T, error]) (records []*T, err error) {
	t.Helper()
	for record, e := range list {
		switch {
		case err != nil:
			t.Errorf("after its error the list yields %v and %v", record, e)
		case (record == nil) != (e != nil):
			t.Errorf("the list yields %v with the error %v", record, e)
		case e != nil:
			err = e
		default:
			records = append(records, record)
		}
	}
	return records, err
}

// items returns the records of a page.
func items[T any](page *twilio.Page[T], err error) ([]T, error) {
	if page == nil {
		return nil, err
	}
	return page.Items, err
}

// nulls returns a JSON object with the members of object, each of them null.
func nulls(t *testing.T, object string) string {
	t.Helper()
	var members map[string]json.RawMessage
	if err := json.Unmarshal([]byte(object), &members); err != nil {
		t.Fatal(err)
	}
	for name := range members {
		members[name] = json.RawMessage("null")
	}
	text, err := json.Marshal(members)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
