package twilio_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
	"github.com/twiliogen/twiliogen/templates/twilio"
)

func TestFetch(t *testing.T) {
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		user, password, _ := r.BasicAuth()
		agent, _, _ := strings.Cut(r.Header.Get("User-Agent"), "/")
		got := fmt.Sprint(r.Method, " ", r.URL, " ", user, " ", password, " ", r.Header.Get("Accept"), " ", agent, " ", r.Header["Content-Type"])
		if want := "GET /v1/Things/T1 " + account + " " + secret + " application/json twiliogen-go []"; got != want {
			t.Errorf("%s, want %s", got, want)
		}
		fmt.Fprint(w, `{"sid":"T1","size":3,"new":{}}`)
	})
	got, err := fetch(context.Background(), client, fetchRequest("T1"), nil)
	if err != nil || *got != (thing{"T1", 3}) {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestPathArgumentsStayOneSegment(t *testing.T) {
	var got string
	client := serve(t, func(_ http.ResponseWriter, r *http.Request) { got = r.URL.EscapedPath() })
	for _, sid := range []string{"plain", "a/b", "a?b", "a#b", "50%", "%2F", "a b", "é世😀", "+14155551234", "a;b=c", `a\b`, "x\x00\n", "..."} {
		if err := do(context.Background(), client, fetchRequest(sid), nil); err != nil {
			t.Fatal(err)
		}
		last, ok := strings.CutPrefix(got, "/v1/Things/")
		if value, err := url.PathUnescape(last); !ok || err != nil || value != sid || strings.Contains(last, "/") {
			t.Errorf("%q arrived as %q", sid, got)
		}
	}
}

func TestAccountInPath(t *testing.T) {
	var path string
	client := serve(t, func(_ http.ResponseWriter, r *http.Request) { path = r.URL.Path })
	r := wire.NewRequest("apiv2010: Calls.List", "GET", "https://api.twilio.com", "/2010-04-01/Accounts/{AccountSid}/Calls.json")
	r.PathAccount("AccountSid")

	for _, tt := range []struct {
		opts []twilio.RequestOption
		want string
	}{
		{nil, account},
		{[]twilio.RequestOption{twilio.WithAccountSID(subaccount)}, subaccount},
	} {
		if err := do(context.Background(), client, r, tt.opts); err != nil {
			t.Fatal(err)
		}
		if want := "/2010-04-01/Accounts/" + tt.want + "/Calls.json"; path != want {
			t.Errorf("%s, want %s", path, want)
		}
	}
	for _, bad := range []string{"", "..", service} {
		err := do(context.Background(), client, r, []twilio.RequestOption{twilio.WithAccountSID(bad)})
		var param *twilio.ParamError
		if !errors.As(err, &param) || param.Param != "AccountSid" {
			t.Errorf("account %q: %v", bad, err)
		}
	}
}

func TestBodies(t *testing.T) {
	type received struct{ contentType, body, query string }
	var got received
	var length int64
	client := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got = received{r.Header.Get("Content-Type"), string(body), r.URL.RawQuery}
		length = r.ContentLength
	})
	request := func(method string, build func(*wire.Request)) *wire.Request {
		r := wire.NewRequest("op", method, server, "/v1/Things")
		build(r)
		return r
	}
	form := func(r *wire.Request) { r.Form().Add("A", "1 2") }
	query := func(r *wire.Request) { r.Query().Add("A", "1 2") }
	none := func(*wire.Request) {}
	with := twilio.WithForm("New<", "x&y")
	tests := []struct {
		name string
		r    *wire.Request
		opts []twilio.RequestOption
		want received
	}{
		{"form", request("POST", form), nil, received{wire.FormType, "A=1+2", ""}},
		{"form with more", request("POST", form), []twilio.RequestOption{with, with}, received{wire.FormType, "A=1+2&New%3C=x%26y&New%3C=x%26y", ""}},
		{"empty form", request("POST", func(r *wire.Request) { r.Form() }), nil, received{wire.FormType, "", ""}},
		{"empty form with more", request("POST", func(r *wire.Request) { r.Form() }), []twilio.RequestOption{with}, received{wire.FormType, "New%3C=x%26y", ""}},
		{"no body with more", request("POST", none), []twilio.RequestOption{with}, received{wire.FormType, "New%3C=x%26y", ""}},
		{"query", request("GET", query), nil, received{"", "", "A=1+2"}},
		{"query with more", request("GET", query), []twilio.RequestOption{with}, received{"", "", "A=1+2&New%3C=x%26y"}},
		{"delete with more", request("DELETE", none), []twilio.RequestOption{with}, received{"", "", "New%3C=x%26y"}},
		{"JSON", request("PUT", func(r *wire.Request) { r.JSON("application/scim+json", []int{1}) }), nil, received{"application/scim+json", "[1]", ""}},
		{"form and query", request("POST", func(r *wire.Request) { form(r); query(r) }), []twilio.RequestOption{with}, received{wire.FormType, "A=1+2&New%3C=x%26y", "A=1+2"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := do(context.Background(), client, tt.r, tt.opts); err != nil {
				t.Fatal(err)
			}
			if got != tt.want || length != int64(len(tt.want.body)) {
				t.Errorf("%+v of length %d, want %+v", got, length, tt.want)
			}
		})
	}
	t.Run("JSON with more", func(t *testing.T) {
		err := do(context.Background(), client, request("POST", func(r *wire.Request) { r.JSON("", 1) }), []twilio.RequestOption{with})
		var param *twilio.ParamError
		if !errors.As(err, &param) || param.Param != "New<" {
			t.Errorf("%v", err)
		}
	})
}

func TestHeaders(t *testing.T) {
	var got http.Header
	client := serve(t, func(_ http.ResponseWriter, r *http.Request) { got = r.Header },
		twilio.WithHeader("X-Client", "1"), twilio.WithHeader("x-both", "client"), twilio.WithUserAgent("mine/2"))
	r := fetchRequest("T1")
	r.Accept = "application/scim+json"
	r.Header("X-Twilio-ApiVersion", "v1.0")
	r.Header("X-Both", "operation")
	opts := []twilio.RequestOption{twilio.WithHeader("X-Both", "call"), twilio.WithHeader("X-Call", "2"), nil}
	if err := do(context.Background(), client, r, opts); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"Accept": "application/scim+json", "User-Agent": "mine/2", "X-Client": "1", "X-Both": "call", "X-Call": "2", "X-Twilio-Apiversion": "v1.0",
	} {
		if values := got[name]; len(values) != 1 || values[0] != want {
			t.Errorf("%s: %q, want %q", name, values, want)
		}
	}
	if err := do(context.Background(), client, fetchRequest("T1"), nil); err != nil || got.Get("X-Both") != "client" {
		t.Errorf("X-Both is %q on the next call, want that of the client (%v)", got.Get("X-Both"), err)
	}
}

func TestNoAuth(t *testing.T) {
	var got http.Header
	client := serve(t, func(_ http.ResponseWriter, r *http.Request) { got = r.Header })
	r := fetchRequest("T1")
	r.Auth = wire.NoAuth
	if err := do(context.Background(), client, r, nil); err != nil || got.Get("Authorization") != "" {
		t.Errorf("Authorization is sent, or %v", err)
	}
}

func TestRefusedBeforeAnythingIsSent(t *testing.T) {
	client := stubClient(t, func(*http.Request) (*http.Response, error) {
		t.Error("a request was sent")
		return reply(200, "{}"), nil
	})
	r := fetchRequest("")
	const want = "proxyv1: Things.Fetch: parameter Sid must not be empty"
	check := func(name string, err error) {
		t.Helper()
		var param *twilio.ParamError
		if err == nil || err.Error() != want || !errors.As(err, &param) || param.Param != "Sid" {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
	}
	ctx := context.Background()
	check("Do", do(ctx, client, r, nil))
	_, err := fetch(ctx, client, r, nil)
	check("One", err)
	_, err = firstPage(ctx, client, r, nil)
	check("Page", err)
	for _, err := range list(ctx, client, r, nil) {
		check("List", err)
	}
}

func TestSuccess(t *testing.T) {
	tests := []struct {
		status int
		body   string
		want   thing
	}{
		{200, `{"sid":"T1"}`, thing{SID: "T1"}},
		{201, `{"sid":"T1"}`, thing{SID: "T1"}},
		{202, `{"sid":null}`, thing{}},
		{204, ``, thing{}},
		{205, ``, thing{}},
		{299, `{"size":"7"}`, thing{Size: 7}},
	}
	for _, tt := range tests {
		client := stubClient(t, func(*http.Request) (*http.Response, error) { return reply(tt.status, tt.body), nil })
		got, err := fetch(context.Background(), client, fetchRequest("T1"), nil)
		if err != nil || *got != tt.want {
			t.Errorf("%d %q: %+v, %v", tt.status, tt.body, got, err)
		}
		if err := do(context.Background(), client, fetchRequest("T1"), nil); err != nil {
			t.Errorf("%d %q: %v", tt.status, tt.body, err)
		}
	}
}

func TestUnreadableSuccess(t *testing.T) {
	tests := map[string]string{
		`<html>`:     "proxyv1: Things.Fetch: reading the response: json: expected a value at offset 0, found '<'",
		`{"sid":"T1`: "proxyv1: Things.Fetch: reading the response: json: unexpected end of the document",
		`["T1"]`:     "proxyv1: Things.Fetch: reading the response: json: expected an object, found an array",
	}
	for body, want := range tests {
		client := stubClient(t, func(*http.Request) (*http.Response, error) { return reply(200, body), nil })
		got, err := fetch(context.Background(), client, fetchRequest("T1"), nil)
		if got != nil || err == nil || err.Error() != want {
			t.Errorf("%s: %v, %v", body, got, err)
		}
	}
}

func TestBodyIsBounded(t *testing.T) {
	endless := func(*http.Request) (*http.Response, error) {
		r := reply(200, "")
		r.Body, r.ContentLength = io.NopCloser(zeros{}), -1
		return r, nil
	}
	client := stubClient(t, endless)
	_, err := fetch(context.Background(), client, fetchRequest("T1"), nil)
	if err == nil || !strings.Contains(err.Error(), "the response is too long: more than 67108864 bytes") {
		t.Errorf("%v", err)
	}
	if err := do(context.Background(), client, fetchRequest("T1"), nil); err != nil {
		t.Errorf("a body that nobody wants: %v", err)
	}
}

// Only the beginning of a failure is read, unless WithResponse asks for all of it.
func TestErrorBodyIsBounded(t *testing.T) {
	var body counter
	client := stubClient(t, func(*http.Request) (*http.Response, error) {
		r := reply(400, "")
		body = 0
		r.Body, r.ContentLength = io.NopCloser(io.TeeReader(zeros{}, &body)), -1
		return r, nil
	}, twilio.WithMaxBody(1<<20))
	var e *twilio.Error
	if err := do(context.Background(), client, createRequest(), nil); !errors.As(err, &e) || e.StatusCode != 400 || body > 512<<10 {
		t.Errorf("%v after %d bytes", err, body)
	}
	var got twilio.Response
	if err := do(context.Background(), client, createRequest(), []twilio.RequestOption{twilio.WithResponse(&got)}); !errors.As(err, &e) || len(got.Body) != 1<<20 {
		t.Errorf("%v with %d bytes", err, len(got.Body))
	}
}

// counter counts what is written to it.
type counter int

func (c *counter) Write(p []byte) (int, error) { *c += counter(len(p)); return len(p), nil }

func TestMaxBody(t *testing.T) {
	const body = `{"sid":"T1"}`
	for _, tt := range []struct {
		client, call int64 // 0: not given
		good         bool
	}{
		{0, 0, true}, {11, 0, false}, {12, 0, true}, {11, 12, true}, {12, 11, false}, {11, -1, true}, {-1, 11, false}, {math.MaxInt64, 0, true},
	} {
		var clientOpts []twilio.ClientOption
		var callOpts []twilio.RequestOption
		if tt.client != 0 {
			clientOpts = append(clientOpts, twilio.WithMaxBody(tt.client))
		}
		if tt.call != 0 {
			callOpts = append(callOpts, twilio.WithMaxBody(tt.call))
		}
		client := stubClient(t, func(*http.Request) (*http.Response, error) { return reply(200, body), nil }, clientOpts...)
		if _, err := fetch(context.Background(), client, fetchRequest("T1"), callOpts); (err == nil) != tt.good {
			t.Errorf("client %d, call %d: %v", tt.client, tt.call, err)
		}
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// A length is not allocated only because the header promises it.
func TestPromisedLengthIsNotTrusted(t *testing.T) {
	client := stubClient(t, func(*http.Request) (*http.Response, error) {
		r := reply(200, `{"sid":"T1"}`)
		r.ContentLength = 1 << 50
		return r, nil
	})
	got, err := fetch(context.Background(), client, fetchRequest("T1"), nil)
	if err != nil || got.SID != "T1" {
		t.Errorf("%v, %v", got, err)
	}
}

func TestWithResponse(t *testing.T) {
	client := stubClient(t, func(r *http.Request) (*http.Response, error) {
		switch r.URL.Path {
		case "/v1/Things/good":
			return reply(200, `{"sid":"T1"}`), nil
		case "/v1/Things/bad":
			return reply(404, `{"code":20404}`), nil
		}
		return nil, errors.New("no network")
	})
	var got twilio.Response
	opts := []twilio.RequestOption{twilio.WithResponse(&got), twilio.WithResponse(nil), twilio.WithResponse(&got)}
	for _, tt := range []struct {
		sid    string
		status int
		body   string
		fails  bool
	}{
		{"good", 200, `{"sid":"T1"}`, false},
		{"bad", 404, `{"code":20404}`, true},
		{"lost", 0, "", true},
	} {
		for name, call := range map[string]func() error{
			"Do": func() error { return do(context.Background(), client, fetchRequest(tt.sid), opts) },
			"One": func() error {
				_, err := fetch(context.Background(), client, fetchRequest(tt.sid), opts)
				return err
			},
		} {
			err := call()
			if (err != nil) != tt.fails || got.StatusCode != tt.status || string(got.Body) != tt.body || (got.Header == nil) != (tt.status == 0) {
				t.Errorf("%s of %s: %v, %+v", name, tt.sid, err, got)
			}
		}
	}
}

func TestCallerValuesAreNotChanged(t *testing.T) {
	own := &http.Client{Transport: roundTripper(func(*http.Request) (*http.Response, error) { return reply(200, "{}"), nil })}
	client := newClient(t, twilio.WithHTTPClient(own))
	if own.CheckRedirect != nil || own.Timeout != 0 || own.Jar != nil {
		t.Error("the HTTP client was changed")
	}
	opts := []twilio.RequestOption{twilio.WithHeader("A", "b"), twilio.WithForm("C", "d")}
	before := reflect.ValueOf(opts).Index(0).Elem().Field(1).Pointer()
	r := createRequest()
	_, body := r.Body()
	for range 2 {
		if err := do(context.Background(), client, r, opts); err != nil {
			t.Fatal(err)
		}
	}
	if _, after := r.Body(); after != body || r.EncodedQuery() != "" || len(r.Headers()) != 0 {
		t.Errorf("the request was changed: %s", after)
	}
	if reflect.ValueOf(opts).Index(0).Elem().Field(1).Pointer() != before {
		t.Error("the options were changed")
	}
}

func TestTimeouts(t *testing.T) {
	tests := []struct {
		name   string
		client []twilio.ClientOption
		call   []twilio.RequestOption
		http   time.Duration
		ctx    time.Duration // 0: no deadline
		want   time.Duration // 0: none
	}{
		{name: "default", want: 30 * time.Second},
		{name: "client", client: []twilio.ClientOption{twilio.WithTimeout(time.Hour)}, want: time.Hour},
		{name: "call over client", client: []twilio.ClientOption{twilio.WithTimeout(time.Hour)}, call: []twilio.RequestOption{twilio.WithTimeout(time.Minute)}, want: time.Minute},
		{name: "context later than the default", ctx: 2 * time.Hour, want: 30 * time.Second},
		{name: "context before the default", ctx: 5 * time.Second, want: 5 * time.Second},
		{name: "context before client", client: []twilio.ClientOption{twilio.WithTimeout(2 * time.Hour)}, ctx: time.Hour, want: time.Hour},
		{name: "HTTP client alone", http: 2 * time.Hour, want: 2 * time.Hour},
		{name: "none", call: []twilio.RequestOption{twilio.WithTimeout(0)}, want: 0},
		{name: "none is not negative", client: []twilio.ClientOption{twilio.WithTimeout(-1)}, want: 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var deadline time.Time
			own := &http.Client{Timeout: tt.http, Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
				deadline, _ = r.Context().Deadline()
				return reply(200, "{}"), nil
			})}
			client := newClient(t, append(tt.client, twilio.WithHTTPClient(own))...)
			ctx := context.Background()
			if tt.ctx > 0 {
				var cancel context.CancelFunc
				ctx, cancel = context.WithTimeout(ctx, tt.ctx)
				defer cancel()
			}
			start := time.Now()
			if err := do(ctx, client, fetchRequest("T1"), tt.call); err != nil {
				t.Fatal(err)
			}
			if deadline.IsZero() != (tt.want == 0) {
				t.Fatalf("deadline %v, want one in %v", deadline, tt.want)
			}
			if got := deadline.Sub(start); tt.want != 0 && (got < tt.want-4*time.Second || got > tt.want+4*time.Second) {
				t.Errorf("deadline in %v, want %v", got, tt.want)
			}
		})
	}
}

func TestTransportErrors(t *testing.T) {
	const phone = "+14155551234"
	lost := errors.New("dial 127.0.0.1:443 for +14155551234: refused\nno route")
	canceled, cancel := context.WithCancel(context.Background())
	cancel()
	expired, cancel := context.WithDeadline(context.Background(), time.Unix(0, 0))
	defer cancel()
	tests := []struct {
		name  string
		ctx   context.Context
		cause error
		is    error
		want  string
	}{
		{"refused", context.Background(), lost, lost, "proxyv1: Things.Fetch: dial 127.0.0.1:443 for [redacted]: refused no route"},
		{"canceled", canceled, nil, context.Canceled, "proxyv1: Things.Fetch: context canceled"},
		{"expired", expired, nil, context.DeadlineExceeded, "proxyv1: Things.Fetch: context deadline exceeded"},
		{"connection closed", context.Background(), io.EOF, io.ErrUnexpectedEOF, "proxyv1: Things.Fetch: unexpected EOF"},
		{"nested URL error", context.Background(), &url.Error{Op: "Get", URL: "https://proxy.twilio.com/" + phone, Err: lost}, lost, "proxyv1: Things.Fetch: dial 127.0.0.1:443 for [redacted]: refused no route"},
		{"no context", nil, nil, nil, "proxyv1: Things.Fetch: the context is nil"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			client := stubClient(t, func(r *http.Request) (*http.Response, error) {
				if err := r.Context().Err(); err != nil {
					return nil, err
				}
				return nil, tt.cause
			}, twilio.WithMaxRetries(0))
			_, err := fetch(tt.ctx, client, fetchRequest(phone), nil)
			if err == nil || err.Error() != tt.want {
				t.Fatalf("%v, want %s", err, tt.want)
			}
			if tt.is != nil && !errors.Is(err, tt.is) {
				t.Errorf("errors.Is(%v, %v) is false", err, tt.is)
			}
			if errors.Is(err, io.EOF) {
				t.Error("a lost connection passes for the end of a list")
			}
		})
	}
}

func TestBodyThatBreaksOff(t *testing.T) {
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		status := 200
		if strings.HasSuffix(r.URL.Path, "bad") {
			status = 503
		}
		w.Header().Set("Content-Length", "100")
		w.WriteHeader(status)
		fmt.Fprint(w, `{"message":"hal`)
	})
	_, err := fetch(context.Background(), client, fetchRequest("good"), nil)
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("%v", err)
	}
	if err := do(context.Background(), client, fetchRequest("bad"), nil); !errors.Is(err, twilio.ErrServer) {
		t.Errorf("the status is lost: %v", err)
	}
}

// The same connection serves all calls, whatever becomes of their bodies.
func TestConnectionsAreReused(t *testing.T) {
	answers := []string{`{"sid":"T1"}`, `{"sid":"T1"} trailing`, `<html>`, strings.Repeat(" ", 100_000)}
	var mu sync.Mutex
	peers := map[string]bool{}
	n := 0
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		peers[r.RemoteAddr] = true
		if n++; n%3 == 0 {
			w.WriteHeader(500)
		}
		fmt.Fprint(w, answers[n%len(answers)])
	}, twilio.WithHTTPClient(&http.Client{Transport: &http.Transport{}}), twilio.WithMaxRetries(0))
	for range 30 {
		// Some of the responses are unreadable on purpose.
		_ = do(context.Background(), client, createRequest(), nil)
		_, _ = fetch(context.Background(), client, fetchRequest("T1"), nil)
	}
	if len(peers) != 1 || n != 60 {
		t.Errorf("%d requests over %d connections", n, len(peers))
	}
}

func TestOneClientManyGoroutines(t *testing.T) {
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `{"sid":%q,"things":[{"sid":"a"}]}`, r.URL.Path[len("/v1/"):])
	}, twilio.WithHeader("A", "b"), twilio.WithTimeout(time.Minute))
	shared := fetchRequest("shared")
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			sid := fmt.Sprint("T", i)
			opts := []twilio.RequestOption{twilio.WithHeader("A", sid), twilio.WithForm("B", sid)}
			got, err := fetch(context.Background(), client, fetchRequest(sid), opts)
			if err != nil || got.SID != "Things/"+sid {
				t.Errorf("%v, %v", got, err)
			}
			if _, err := fetch(context.Background(), client, shared, nil); err != nil {
				t.Error(err)
			}
			for _, err := range list(context.Background(), client, listRequest(), opts) {
				if err != nil {
					t.Error(err)
				}
			}
		}()
	}
	wg.Wait()
}

func TestZeroClient(t *testing.T) {
	for _, client := range []*twilio.Client{nil, {}} {
		err := do(context.Background(), client, fetchRequest("T1"), nil)
		if err == nil || err.Error() != "proxyv1: Things.Fetch: the client was not made by NewClient" {
			t.Errorf("%v", err)
		}
		if sid := client.AccountSID(); sid != "" {
			t.Errorf("account %q", sid)
		}
		for _, err := range list(context.Background(), client, listRequest(), nil) {
			if err == nil {
				t.Error("a list without an error")
			}
		}
	}
}

// Middleware can get the body any number of times; a transport can, too, but reads only one of them.
func TestBodyCanBeRead(t *testing.T) {
	const want = "Name=a+b"
	client := stubClient(t, func(r *http.Request) (*http.Response, error) {
		bodies := []io.ReadCloser{r.Body}
		again := func() {
			body, err := r.GetBody()
			if err != nil {
				t.Fatal(err)
			}
			bodies = append(bodies, body)
		}
		again()
		bodies[1].Close() // unread, as net/http does with one that it could not send
		again()
		last := bodies[2]
		got, err := io.ReadAll(last)
		if err != nil || string(got) != want || r.ContentLength != int64(len(want)) {
			t.Errorf("%q, %v, length %d", got, err, r.ContentLength)
		}
		last.Close()
		again()
		for i, body := range bodies {
			if n, err := body.Read(make([]byte, 10)); n > 0 || err == nil || err == io.EOF {
				t.Errorf("body %d, after one was read: %d, %v", i, n, err)
			}
		}
		return reply(200, ""), nil
	}, twilio.WithMiddleware(func(r *http.Request, next twilio.Next) (*http.Response, error) {
		for range 2 {
			body, err := r.GetBody()
			if err != nil {
				t.Fatal(err)
			}
			if got, err := io.ReadAll(body); err != nil || string(got) != want {
				t.Errorf("in a middleware: %q, %v", got, err)
			}
		}
		if _, err := io.ReadAll(r.Body); err != nil { // and is not put back
			t.Error(err)
		}
		return next(r)
	}))
	if err := do(context.Background(), client, createRequest(), nil); err != nil {
		t.Error(err)
	}
}

// tracked is a body that knows whether it was read to its end and closed.
type tracked struct {
	io.Reader
	ended, closed bool
}

func (b *tracked) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	b.ended = b.ended || err == io.EOF
	return n, err
}

func (b *tracked) Close() error { b.closed = true; return nil }

func TestNothingIsLeftOpen(t *testing.T) {
	for _, status := range []int{200, 204, 302, 404, 500} {
		var bodies []*tracked
		var contexts []context.Context
		client := stubClient(t, func(r *http.Request) (*http.Response, error) {
			resp := reply(status, `{"things":[{"sid":"a"}],"next_page_uri":"/v1/Things?1"}`)
			body := &tracked{Reader: resp.Body}
			resp.Body = body
			bodies, contexts = append(bodies, body), append(contexts, r.Context())
			return resp, nil
		}, twilio.WithMaxRetries(0))
		// Whether these fail depends on the status, and is not tested here.
		_ = do(context.Background(), client, createRequest(), nil)
		_, _ = fetch(context.Background(), client, fetchRequest("T1"), nil)
		for range list(context.Background(), client, listRequest(), nil) {
			break
		}
		for i, body := range bodies {
			if !body.ended || !body.closed {
				t.Errorf("%d: body %d read to its end: %t, closed: %t", status, i, body.ended, body.closed)
			}
			if contexts[i].Err() == nil {
				t.Errorf("%d: the timer of request %d is still running", status, i)
			}
		}
		if len(bodies) != 3 {
			t.Errorf("%d: %d requests", status, len(bodies))
		}
	}
}

func TestRequestsThatCannotBeMade(t *testing.T) {
	request := func(method, server string) *wire.Request { return wire.NewRequest("op", method, server, "/v1/Things") }
	region := []twilio.ClientOption{twilio.WithRegion("ie1")}
	tests := []struct {
		r    *wire.Request
		opts []twilio.ClientOption
		want string
	}{
		{request("B AD", server), nil, `op: invalid method "B AD"`},
		{request("GET", "https://%zz"), region, `op: invalid URL escape "%zz"`},
	}
	for _, tt := range tests {
		client := newClient(t, append(tt.opts, twilio.WithHTTPClient(&http.Client{Transport: http.DefaultTransport}))...)
		if err := do(context.Background(), client, tt.r, nil); err == nil || err.Error() != tt.want {
			t.Errorf("%v, want %s", err, tt.want)
		}
	}
}

func TestHeadersThatCannotBeSent(t *testing.T) {
	client := stubClient(t, func(*http.Request) (*http.Response, error) {
		t.Error("a request was sent")
		return reply(200, "{}"), nil
	})
	for _, header := range [][2]string{{"A", secret + "\n"}, {"A", "\x00"}, {"A", "\x7f"}, {"A B", secret}, {"", secret}, {"Ä", secret}, {"A:", secret}} {
		name, value := header[0], header[1]
		own := fetchRequest("T1")
		own.Header(name, value)
		for _, err := range []error{
			do(t.Context(), client, own, nil),
			do(t.Context(), client, fetchRequest("T1"), []twilio.RequestOption{twilio.WithHeader(name, value)}),
		} {
			var param *twilio.ParamError
			if !errors.As(err, &param) || param.Param != name || strings.Contains(err.Error(), secret) {
				t.Errorf("%q: %v", header, err)
			}
		}
	}
	client = stubClient(t, func(*http.Request) (*http.Response, error) { return reply(200, ""), nil })
	if err := do(t.Context(), client, fetchRequest("T1"), []twilio.RequestOption{twilio.WithHeader("X-A_1", "a\tb ä")}); err != nil {
		t.Error(err)
	}
}

// What net/http decides itself, it would ignore, or send in a way that breaks the request. Its
// transport decompresses only what it has asked for.
func TestHeadersOfTheTransport(t *testing.T) {
	client := stubClient(t, func(*http.Request) (*http.Response, error) {
		t.Error("a request was sent")
		return reply(200, "{}"), nil
	})
	for _, name := range []string{
		"Host", "host", "Content-Length", "CONTENT-LENGTH", "Transfer-Encoding", "Trailer", "Connection", "Keep-Alive", "Upgrade", "TE", "te",
		"Expect", "Accept-Encoding", "HTTP2-Settings", "Proxy-Authorization", "proxy-connection",
	} {
		own := fetchRequest("T1")
		own.Header(name, secret)
		for _, err := range []error{
			do(t.Context(), client, own, nil),
			do(t.Context(), client, fetchRequest("T1"), []twilio.RequestOption{twilio.WithHeader(name, secret)}),
		} {
			var param *twilio.ParamError
			if !errors.As(err, &param) || param.Param != name || strings.Contains(err.Error(), secret) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := twilio.NewClient(twilio.WithCredentials(twilio.AuthToken(account, secret)), twilio.WithHeader(name, secret)); err == nil || strings.Contains(err.Error(), secret) {
			t.Errorf("%s, for all calls: %v", name, err)
		}
	}
}

func BenchmarkFetch(b *testing.B) {
	const body = `{"sid":"T1","size":3}`
	client := stubClient(b, func(*http.Request) (*http.Response, error) { return reply(200, body), nil })
	b.Run("twilio", func(b *testing.B) {
		b.ReportAllocs()
		for range b.N {
			if _, err := fetch(context.Background(), client, fetchRequest("T1"), nil); err != nil {
				b.Fatal(err)
			}
		}
	})
	// What net/http needs for the same request, for comparison.
	b.Run("net/http", func(b *testing.B) {
		b.ReportAllocs()
		bare := &http.Client{Transport: roundTripper(func(*http.Request) (*http.Response, error) { return reply(200, body), nil })}
		for range b.N {
			if err := fetchBare(context.Background(), bare); err != nil {
				b.Fatal(err)
			}
		}
	})
}
