package twilio_test

import (
	"context"
	"io"
	"iter"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
	"github.com/twiliogen/twiliogen/templates/twilio"
)

const (
	account    = "AC0123456789abcdef0123456789abcdef"
	subaccount = "ACffffffffffffffffffffffffffffffff"
	service    = "KS0123456789abcdef0123456789abcdef"
	apiKey     = "SK0123456789abcdef0123456789abcdef"
	secret     = "s3cr3t-t0k3n"
)

// thing is a resource as the generator writes one.
type thing struct {
	SID  string `json:"sid"`
	Size int    `json:"size"`
}

func newThing(d *wire.Decoder) *thing {
	v := new(thing)
	for ok := d.Object(); ok && d.Next(); {
		switch string(d.Key()) {
		case "sid":
			v.SID = d.String()
		case "size":
			v.Size = d.Int()
		default:
			d.Skip()
		}
	}
	return v
}

const server = "https://proxy.twilio.com"

func fetchRequest(sid string) *wire.Request {
	r := wire.NewRequest("proxyv1: Things.Fetch", "GET", server, "/v1/Things/{Sid}")
	r.PathArg("Sid", sid)
	return r
}

func listRequest() *wire.Request {
	r := wire.NewRequest("proxyv1: Things.List", "GET", server, "/v1/Things")
	r.PageKey = "things"
	return r
}

func createRequest() *wire.Request {
	r := wire.NewRequest("proxyv1: Things.Create", "POST", server, "/v1/Things")
	r.Form().Add("Name", "a b")
	return r
}

// The calls below are made as generated code makes them.

func do(ctx context.Context, c *twilio.Client, r *wire.Request, opts []twilio.RequestOption) error {
	return twilio.Call(ctx, c, r, wire.Nothing, opts).Do()
}

func fetch(ctx context.Context, c *twilio.Client, r *wire.Request, opts []twilio.RequestOption) (*thing, error) {
	return twilio.Call(ctx, c, r, newThing, opts).One()
}

func list(ctx context.Context, c *twilio.Client, r *wire.Request, opts []twilio.RequestOption) iter.Seq2[*thing, error] {
	return twilio.Call(ctx, c, r, newThing, opts).List()
}

func firstPage(ctx context.Context, c *twilio.Client, r *wire.Request, opts []twilio.RequestOption) (*twilio.Page[*thing], error) {
	return twilio.Call(ctx, c, r, newThing, opts).Page()
}

// roundTripper is a transport that never opens a connection.
type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// reply makes a response for a roundTripper.
func reply(status int, body string) *http.Response {
	return &http.Response{
		StatusCode:    status,
		Header:        http.Header{"Content-Type": {"application/json"}},
		Body:          io.NopCloser(strings.NewReader(body)),
		ContentLength: int64(len(body)),
	}
}

func newClient(t testing.TB, opts ...twilio.ClientOption) *twilio.Client {
	t.Helper()
	opts = append([]twilio.ClientOption{twilio.WithCredentials(twilio.AuthToken(account, secret))}, opts...)
	client, err := twilio.NewClient(opts...)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// stubClient returns a client whose requests all get answer; nothing leaves the process.
func stubClient(t testing.TB, answer roundTripper, opts ...twilio.ClientOption) *twilio.Client {
	t.Helper()
	return newClient(t, append(opts, twilio.WithHTTPClient(&http.Client{Transport: answer}))...)
}

// serve starts a server and returns a client that sends everything to it.
func serve(t testing.TB, handler http.HandlerFunc, opts ...twilio.ClientOption) *twilio.Client {
	t.Helper()
	s := httptest.NewServer(handler)
	t.Cleanup(s.Close)
	return newClient(t, append(opts, twilio.WithBaseURL(s.URL))...)
}

// counting counts the requests that reach answer.
func counting(n *atomic.Int64, answer roundTripper) roundTripper {
	return func(r *http.Request) (*http.Response, error) {
		n.Add(1)
		return answer(r)
	}
}

// serveTransport starts a server that responds as the transport does, and returns its URL.
func serveTransport(t *testing.T, transport http.RoundTripper) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		resp, err := transport.RoundTrip(r)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		w.WriteHeader(resp.StatusCode)
		if _, err := io.Copy(w, resp.Body); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(s.Close)
	return s.URL
}
