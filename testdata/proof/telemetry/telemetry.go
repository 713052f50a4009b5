// Package telemetry traces and measures calls with OpenTelemetry, by its semantic conventions for
// HTTP clients. Copy this file, let it import your package twilio, and change what you like. No
// attribute shows an argument of a call or the text of an error: phone numbers may be in both.
//
//	proxyv1: Sessions.Fetch                           INTERNAL
//	├── GET /v1/Services/{ServiceSid}/Sessions/{Sid}  CLIENT http.response.status_code=429
//	└── GET /v1/Services/{ServiceSid}/Sessions/{Sid}  CLIENT http.response.status_code=200 http.request.resend_count=1
package telemetry

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/propagation"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
	"go.opentelemetry.io/otel/semconv/v1.43.0/httpconv"
	"go.opentelemetry.io/otel/trace"

	"github.com/twiliogen/twiliogen/gen/twilio"
)

// scope is the import path of this package.
const scope = "github.com/twiliogen/twiliogen/testdata/proof/telemetry"

// Options returns the options of a client that traces and measures its calls.
func Options(tracers trace.TracerProvider, meters metric.MeterProvider) ([]twilio.ClientOption, error) {
	duration, err := httpconv.NewClientRequestDuration(meters.Meter(scope, metric.WithSchemaURL(semconv.SchemaURL)))
	if err != nil {
		return nil, err
	}
	o := observer{tracers.Tracer(scope, trace.WithSchemaURL(semconv.SchemaURL)), duration}
	return []twilio.ClientOption{twilio.WithCallHook(o.call), twilio.WithMiddleware(o.try)}, nil
}

type observer struct {
	tracer   trace.Tracer
	duration httpconv.ClientRequestDuration
}

// call makes a span of a call, or of a page of a list. It is INTERNAL, since by the conventions a
// CLIENT span stands for one request.
func (o observer) call(ctx context.Context, op twilio.Operation) (context.Context, func(twilio.CallResult)) {
	ctx, span := o.tracer.Start(ctx, op.Name)
	return ctx, func(r twilio.CallResult) {
		span.SetAttributes(requestID(r.RequestID)...)
		if r.Err != nil {
			span.SetStatus(codes.Error, "")
			mayHaveHappened := errors.Is(r.Err, twilio.ErrMayHaveHappened)
			span.SetAttributes(errorType(r.Err), attribute.Bool("twilio.may_have_happened", mayHaveHappened))
		}
		if answer := (*twilio.Error)(nil); errors.As(r.Err, &answer) && answer.Code != 0 {
			span.SetAttributes(attribute.Int("twilio.error_code", answer.Code))
		}
		span.End()
	}
}

// try makes a span of a try, with any redirects, and measures it, until the headers of the response
// are there. If something goes wrong with the body after that, the span of the call says so.
func (o observer) try(req *http.Request, next twilio.Next) (*http.Response, error) {
	op, _ := twilio.OperationFromContext(req.Context())
	attrs := []attribute.KeyValue{semconv.HTTPRequestMethodKey.String(req.Method), semconv.URLTemplate(op.Path),
		semconv.ServerAddress(req.URL.Hostname()), semconv.ServerPort(port(req.URL))}
	// The conventions require url.full, and ask to remove what is private, as a part of a path may be.
	forSpan := append(attrs[:len(attrs):len(attrs)], semconv.URLFull(req.URL.Scheme+"://"+req.URL.Host+op.Path))
	if n := twilio.TryFromContext(req.Context()); n > 1 {
		forSpan = append(forSpan, semconv.HTTPRequestResendCount(n-1))
	}
	start := time.Now()
	ctx, span := o.tracer.Start(req.Context(), req.Method+" "+op.Path,
		trace.WithSpanKind(trace.SpanKindClient), trace.WithTimestamp(start), trace.WithAttributes(forSpan...))
	req = req.Clone(ctx) // with headers of its own: another middleware may send the same request twice
	// Baggage is not for Twilio.
	propagation.TraceContext{}.Inject(ctx, propagation.HeaderCarrier(req.Header))

	resp, err := next(req)

	end, failure := time.Now(), err
	if resp != nil {
		span.SetAttributes(requestID(resp.Header.Get("Twilio-Request-Id"))...)
		attrs = append(attrs, semconv.HTTPResponseStatusCode(resp.StatusCode))
		if resp.StatusCode >= 400 {
			failure = &twilio.Error{StatusCode: resp.StatusCode}
		}
	}
	if failure != nil {
		span.SetStatus(codes.Error, "")
		attrs = append(attrs, errorType(failure))
	}
	span.SetAttributes(attrs...)
	span.End(trace.WithTimestamp(end))
	o.duration.RecordSet(ctx, end.Sub(start).Seconds(), attribute.NewSet(attrs...))
	return resp, err
}

// errorType returns a status, "canceled", "timeout", "connection" or "_OTHER".
func errorType(err error) attribute.KeyValue {
	var answer *twilio.Error
	var network net.Error
	switch {
	case errors.Is(err, context.Canceled):
		return semconv.ErrorTypeKey.String("canceled")
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &network) && network.Timeout():
		return semconv.ErrorTypeKey.String("timeout")
	case errors.As(err, &answer):
		return semconv.ErrorTypeKey.String(strconv.Itoa(answer.StatusCode))
	case errors.As(err, new(*net.OpError)), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return semconv.ErrorTypeKey.String("connection")
	}
	return semconv.ErrorTypeOther
}

func requestID(id string) []attribute.KeyValue {
	if id == "" {
		return nil
	}
	return []attribute.KeyValue{attribute.String("twilio.request_id", id)}
}

func port(u *url.URL) int {
	if n, err := strconv.Atoi(u.Port()); err == nil {
		return n
	}
	if u.Scheme == "http" {
		return 80
	}
	return 443
}
