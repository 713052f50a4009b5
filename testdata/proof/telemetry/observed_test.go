package telemetry_test

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/baggage"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"

	"github.com/twiliogen/twiliogen/gen/proxyv1"
	"github.com/twiliogen/twiliogen/gen/twilio"
	"github.com/twiliogen/twiliogen/testdata/proof/telemetry"
)

// observed is a client with all that is known of what it does.
type observed struct {
	client *twilio.Client
	proxy  *proxyv1.Client
	ctx    context.Context // that of a caller who has a span and baggage

	caller trace.Span
	spans  *tracetest.InMemoryExporter
	reader *metric.ManualReader
	sent   []http.Header // of each request
}

// observe makes a client over transport.
func observe(t *testing.T, transport http.RoundTripper, opts ...twilio.ClientOption) *observed {
	t.Helper()
	o := &observed{spans: tracetest.NewInMemoryExporter(), reader: metric.NewManualReader()}
	tracers := sdktrace.NewTracerProvider(sdktrace.WithSyncer(o.spans))
	watch, err := telemetry.Options(tracers, metric.NewMeterProvider(metric.WithReader(o.reader)))
	if err != nil {
		t.Fatal(err)
	}
	outside := twilio.WithMiddleware(func(r *http.Request, next twilio.Next) (*http.Response, error) {
		resp, err := next(r)
		if r.Header.Get("Traceparent") != "" {
			t.Error("the request of another middleware is changed")
		}
		return resp, err
	})
	o.client, err = twilio.NewClient(slices.Concat([]twilio.ClientOption{outside}, watch, opts, []twilio.ClientOption{
		twilio.WithCredentials(twilio.AuthToken(accountSID, authToken)),
		twilio.WithHTTPClient(&http.Client{Transport: transport}),
		twilio.WithMiddleware(func(r *http.Request, next twilio.Next) (*http.Response, error) {
			o.sent = append(o.sent, r.Header.Clone())
			if id := trace.SpanContextFromContext(r.Context()).SpanID(); !strings.Contains(r.Header.Get("Traceparent"), id.String()) {
				t.Errorf("traceparent %q, but the context has the span %s", r.Header.Get("Traceparent"), id)
			}
			return next(r)
		}),
	})...)
	if err != nil {
		t.Fatal(err)
	}
	o.proxy = proxyv1.New(o.client)
	member, err := baggage.NewMember("customer", "Jane")
	if err != nil {
		t.Fatal(err)
	}
	bag, err := baggage.New(member)
	if err != nil {
		t.Fatal(err)
	}
	o.ctx, o.caller = tracers.Tracer("").Start(baggage.ContextWithBaggage(t.Context(), bag), "caller")
	return o
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// span is a span as the tests write it down.
type span struct {
	Name     string
	Kind     trace.SpanKind
	Failed   bool
	Attrs    attrs
	Children []span
}

// attrs are attributes. Numbers are ints.
type attrs map[string]any

// attempt is the span of a try at Twilio.
func attempt(method, path string, failed bool, more attrs) span {
	all := attrs{
		"http.request.method": method, "url.template": path, "url.full": "https://proxy.twilio.com" + path,
		"server.address": "proxy.twilio.com", "server.port": 443,
	}
	maps.Copy(all, more)
	return span{Name: method + " " + path, Kind: trace.SpanKindClient, Failed: failed, Attrs: all}
}

// check ends the observation: these are the spans of the calls. It fails as well if a span is still open or stands
// elsewhere, if a request does not carry the ID of its own span, and if anything private is to be seen.
func (o *observed) check(t *testing.T, want ...span) {
	t.Helper()
	o.caller.End()
	ended := o.spans.GetSpans()
	slices.SortStableFunc(ended, func(a, b tracetest.SpanStub) int { return a.StartTime.Compare(b.StartTime) })
	got, placed := childrenOf(ended, o.caller.SpanContext())
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("spans (-want +got):\n%s", diff)
	}
	begun := 0
	for _, s := range ended {
		begun += s.ChildSpanCount
	}
	if placed != begun || placed != len(ended)-1 {
		t.Errorf("%d spans have begun below the caller's, %d have ended, %d are in its tree", begun, len(ended)-1, placed)
	}
	o.checkHeaders(t, ended)
	o.checkPrivacy(t, ended)
}

// childrenOf returns the spans below parent, and how many there are.
func childrenOf(ended tracetest.SpanStubs, parent trace.SpanContext) (children []span, n int) {
	for _, s := range ended {
		if !s.Parent.Equal(parent) {
			continue
		}
		below, m := childrenOf(ended, s.SpanContext)
		n += 1 + m
		children = append(children, span{s.Name, s.SpanKind, s.Status.Code == codes.Error, attrsOf(s.Attributes), below})
	}
	return children, n
}

func attrsOf(list []attribute.KeyValue) attrs {
	out := attrs{}
	for _, kv := range list {
		out[string(kv.Key)] = kv.Value.AsInterface()
		if n, ok := out[string(kv.Key)].(int64); ok {
			out[string(kv.Key)] = int(n)
		}
	}
	return out
}

func (o *observed) checkHeaders(t *testing.T, ended tracetest.SpanStubs) {
	t.Helper()
	var want, got []string
	for _, s := range ended {
		if s.SpanKind == trace.SpanKindClient {
			want = append(want, "00-"+s.SpanContext.TraceID().String()+"-"+s.SpanContext.SpanID().String()+"-01")
		}
	}
	for _, h := range o.sent {
		got = append(got, h.Get("Traceparent"))
		if h.Get("Baggage") != "" {
			t.Errorf("Twilio gets the baggage %q", h.Get("Baggage"))
		}
	}
	if !slices.Equal(want, got) {
		t.Errorf("traceparent %q, want %q", got, want)
	}
}

func (o *observed) checkPrivacy(t *testing.T, ended tracetest.SpanStubs) {
	t.Helper()
	for _, v := range []any{ended, o.metrics(t)} {
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), "url.template") {
			t.Errorf("no try is in %s", text)
		}
		for _, p := range private {
			if strings.Contains(string(text), p) {
				t.Errorf("%q is in %s", p, text)
			}
		}
	}
}

func (o *observed) metrics(t *testing.T) metricdata.ResourceMetrics {
	t.Helper()
	var all metricdata.ResourceMetrics
	if err := o.reader.Collect(t.Context(), &all); err != nil {
		t.Fatal(err)
	}
	return all
}
