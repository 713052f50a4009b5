package telemetry_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	"go.opentelemetry.io/otel/sdk/metric/metricdata/metricdatatest"
	"go.opentelemetry.io/otel/trace"

	"github.com/twiliogen/twiliogen/gen/proxyv1"
	"github.com/twiliogen/twiliogen/gen/twilio"
)

const (
	accountSID = "AC00000000000000000000000000000001"
	authToken  = "0123456789abcdef0123456789abcdef"
	serviceSID = "KS00000000000000000000000000000001"
	uniqueName = "order of Jane Doe" // a Session can be fetched by it
	phone      = "+14155550123"
	pageToken  = "PAKC00000000000000000000000000000001"

	sessionsPath = "/v1/Services/{ServiceSid}/Sessions"
	sessionPath  = sessionsPath + "/{Sid}"
)

// private is what neither spans nor metrics may show.
var private = []string{accountSID, authToken, serviceSID, "Jane", "4155550123", pageToken}

// answer is a response, a second after the request.
type answer struct {
	status    int
	requestID string
	body      string
}

// inTurn is a transport that gives one answer after the other.
func inTurn(answers ...answer) http.RoundTripper {
	return roundTripper(func(r *http.Request) (*http.Response, error) {
		time.Sleep(time.Second)
		a := answers[0]
		answers = answers[1:]
		return &http.Response{
			StatusCode: a.status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
			Header: http.Header{"Content-Type": {"application/json"}, "Twilio-Request-Id": {a.requestID}},
			Body:   io.NopCloser(strings.NewReader(a.body)), ContentLength: int64(len(a.body)),
			Request: r,
		}, nil
	})
}

// Each try has a span of its own below that of the call, and is counted.
func TestTries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := observe(t, inTurn(
			answer{429, "RQ1", `{"code":20429,"message":"too many requests for ` + phone + `"}`},
			answer{503, "RQ2", ""},
			answer{200, "RQ3", `{"sid":"KC1","unique_name":"` + uniqueName + `"}`},
		))
		if _, err := o.proxy.Sessions.Fetch(o.ctx, serviceSID, uniqueName); err != nil {
			t.Fatal(err)
		}
		o.check(t, span{"proxyv1: Sessions.Fetch", trace.SpanKindInternal, false, attrs{"twilio.request_id": "RQ3"}, []span{
			attempt("GET", sessionPath, true, attrs{
				"http.response.status_code": 429, "error.type": "429", "twilio.request_id": "RQ1"}),
			attempt("GET", sessionPath, true, attrs{
				"http.response.status_code": 503, "error.type": "503", "twilio.request_id": "RQ2", "http.request.resend_count": 1}),
			attempt("GET", sessionPath, false, attrs{
				"http.response.status_code": 200, "twilio.request_id": "RQ3", "http.request.resend_count": 2}),
		}})
		for _, s := range o.spans.GetSpans() {
			if took := s.EndTime.Sub(s.StartTime); s.SpanKind == trace.SpanKindClient && took != time.Second {
				t.Errorf("%s took %v, want a second", s.Name, took)
			}
		}
		checkDurations(t, o.metrics(t), attribute.Int("http.response.status_code", 200),
			attribute.Int("http.response.status_code", 429), attribute.Int("http.response.status_code", 503))
	})
}

// checkDurations fails unless all that was measured is a GET of a second for each status.
func checkDurations(t *testing.T, got metricdata.ResourceMetrics, statuses ...attribute.KeyValue) {
	t.Helper()
	second := metricdata.NewExtrema(1.0)
	bounds := []float64{0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10}
	counts := []uint64{9: 1, 14: 0}
	var points []metricdata.HistogramDataPoint[float64]
	for _, status := range statuses {
		list := []attribute.KeyValue{
			status, attribute.String("http.request.method", "GET"), attribute.String("url.template", sessionPath),
			attribute.String("server.address", "proxy.twilio.com"), attribute.Int("server.port", 443),
		}
		if n := status.Value.AsInt64(); n >= 400 {
			list = append(list, attribute.String("error.type", strconv.FormatInt(n, 10)))
		}
		points = append(points, metricdata.HistogramDataPoint[float64]{
			Attributes: attribute.NewSet(list...),
			Count:      1, Bounds: bounds, BucketCounts: counts, Min: second, Max: second, Sum: 1,
		})
	}
	want := metricdata.Metrics{
		Name: "http.client.request.duration", Description: "Duration of HTTP client requests.", Unit: "s",
		Data: metricdata.Histogram[float64]{Temporality: metricdata.CumulativeTemporality, DataPoints: points},
	}
	if len(got.ScopeMetrics) != 1 || len(got.ScopeMetrics[0].Metrics) != 1 {
		t.Fatalf("%+v, want one histogram", got)
	}
	metricdatatest.AssertEqual(t, want, got.ScopeMetrics[0].Metrics[0],
		metricdatatest.IgnoreTimestamp(), metricdatatest.IgnoreExemplars())
}

// Each page of a list has the span of a call, and its place in the list shows nowhere.
func TestList(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const next = "https://proxy.twilio.com/v1/Services/" + serviceSID + "/Sessions?Page=1&PageToken=" + pageToken
		o := observe(t, inTurn(
			answer{200, "RQ1", `{"sessions":[{"sid":"KC1"}],"meta":{"key":"sessions","next_page_url":"` + next + `"}}`},
			answer{200, "RQ2", `{"sessions":[{"sid":"KC2"}],"meta":{"key":"sessions","next_page_url":null}}`},
		))
		n := 0
		for _, err := range o.proxy.Sessions.List(o.ctx, serviceSID, nil) {
			if err != nil {
				t.Fatal(err)
			}
			n++
		}
		if n != 2 {
			t.Errorf("%d sessions", n)
		}
		page := func(requestID string) span {
			return span{"proxyv1: Sessions.List", trace.SpanKindInternal, false, attrs{"twilio.request_id": requestID}, []span{
				attempt("GET", sessionsPath, false, attrs{"http.response.status_code": 200, "twilio.request_id": requestID}),
			}}
		}
		o.check(t, page("RQ1"), page("RQ2"))
	})
}

// A call that is refused has Twilio's code for it, and not its words.
func TestRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := observe(t, inTurn(answer{400, "RQ1", `{"code":80604,"message":"` + phone + ` is taken, Jane"}`}))
		_, err := o.proxy.Sessions.Create(o.ctx, serviceSID, &proxyv1.CreateSessionParams{UniqueName: twilio.Ptr(uniqueName)})
		if !errors.Is(err, twilio.ErrRefused) {
			t.Fatal(err)
		}
		o.check(t, span{"proxyv1: Sessions.Create", trace.SpanKindInternal, true, attrs{
			"error.type": "400", "twilio.error_code": 80604, "twilio.request_id": "RQ1", "twilio.may_have_happened": false,
		}, []span{
			attempt("POST", sessionsPath, true, attrs{
				"http.response.status_code": 400, "error.type": "400", "twilio.request_id": "RQ1"}),
		}})
	})
}

// What goes wrong between the client and Twilio has a name, and whether the request may have been carried out is said.
func TestTransportErrors(t *testing.T) {
	urlOf := "https://proxy.twilio.com/v1/Services/" + serviceSID + "/Sessions?Name=" + phone
	for _, test := range []struct {
		name string
		err  error
		want string
	}{
		{"canceled", context.Canceled, "canceled"},
		{"deadline", context.DeadlineExceeded, "timeout"},
		{"i/o timeout", &net.OpError{Op: "read", Net: "tcp", Err: os.ErrDeadlineExceeded}, "timeout"},
		{"end of file", io.EOF, "connection"},
		{"in a URL", &url.Error{Op: "Post", URL: urlOf, Err: io.ErrUnexpectedEOF}, "connection"},
		{"no such host", &net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "no such host", Name: phone}}, "connection"},
		{"other", errors.New("nothing to say but " + phone), "_OTHER"},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := observe(t, roundTripper(func(*http.Request) (*http.Response, error) { return nil, test.err }))
			_, err := o.proxy.Sessions.Create(o.ctx, serviceSID, nil)
			if !errors.Is(err, twilio.ErrMayHaveHappened) { // this transport does not show that nothing left
				t.Fatal(err)
			}
			o.check(t, span{"proxyv1: Sessions.Create", trace.SpanKindInternal, true, attrs{
				"error.type": test.want, "twilio.may_have_happened": true,
			}, []span{attempt("POST", sessionsPath, true, attrs{"error.type": test.want})}})
		})
	}
}

// A call that ends while it waits to try again has ended, whatever the answer was.
func TestCanceledWhileWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		busy := inTurn(answer{429, "RQ1", ""})
		o := observe(t, roundTripper(func(r *http.Request) (*http.Response, error) {
			resp, err := busy.RoundTrip(r)
			resp.Header.Set("Retry-After", "20")
			return resp, err
		}))
		ctx, cancel := context.WithCancel(o.ctx)
		time.AfterFunc(10*time.Second, cancel)
		if _, err := o.proxy.Sessions.Fetch(ctx, serviceSID, uniqueName); !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		o.check(t, span{"proxyv1: Sessions.Fetch", trace.SpanKindInternal, true, attrs{
			"error.type": "canceled", "twilio.request_id": "RQ1", "twilio.may_have_happened": false,
		}, []span{
			attempt("GET", sessionPath, true, attrs{
				"http.response.status_code": 429, "error.type": "429", "twilio.request_id": "RQ1"}),
		}})
	})
}

// A call that the bindings do not have is private, too.
func TestRawCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := observe(t, inTurn(answer{200, "RQ1", `{"phone_number":"` + phone + `"}`}))
		target := "https://proxy.twilio.com/v1/PhoneNumbers/" + phone + "?FirstName=Jane"
		if err := o.client.Do(o.ctx, "GET", target, nil, new(map[string]any)); err != nil {
			t.Fatal(err)
		}
		o.check(t, span{"twilio: Client.Do", trace.SpanKindInternal, false, attrs{"twilio.request_id": "RQ1"}, []span{
			attempt("GET", "/v1/PhoneNumbers/{3}", false, attrs{
				"http.response.status_code": 200, "twilio.request_id": "RQ1"}),
		}})
	})
}

// A connection that is lost before the response, within it, or was never made.
func TestLostConnection(t *testing.T) {
	const none, half = "", "HTTP/1.1 201 Created\r\nTwilio-Request-Id: RQ1\r\nContent-Length: 1000\r\n\r\n{"
	for _, test := range []struct {
		name   string
		answer string
		listen bool
		call   attrs
		try    attrs
	}{
		{"before the response", none, true,
			attrs{"error.type": "connection", "twilio.may_have_happened": true},
			attrs{"error.type": "connection"}},
		{"within the response", half, true,
			attrs{"error.type": "connection", "twilio.may_have_happened": true, "twilio.request_id": "RQ1"},
			attrs{"http.response.status_code": 201, "twilio.request_id": "RQ1"}},
		{"never made", none, false,
			attrs{"error.type": "connection", "twilio.may_have_happened": false},
			attrs{"error.type": "connection"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				conn, _, err := w.(http.Hijacker).Hijack()
				if err != nil {
					t.Error(err)
					return
				}
				defer conn.Close()
				_, _ = io.WriteString(conn, test.answer)
			}))
			defer s.Close()
			if !test.listen {
				s.Close()
			}
			host, port, err := net.SplitHostPort(s.Listener.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			o := observe(t, s.Client().Transport, twilio.WithBaseURL(s.URL), twilio.WithMaxRetries(0))
			if _, err := o.proxy.Sessions.Create(o.ctx, serviceSID, nil); err == nil {
				t.Fatal("no error")
			}
			try := attempt("POST", sessionsPath, test.try["error.type"] != nil, test.try)
			try.Attrs["url.full"] = s.URL + sessionsPath
			try.Attrs["server.address"] = host
			try.Attrs["server.port"], err = strconv.Atoi(port)
			if err != nil {
				t.Fatal(err)
			}
			o.check(t, span{"proxyv1: Sessions.Create", trace.SpanKindInternal, true, test.call, []span{try}})
		})
	}
}
