package telemetry_test

import (
	"context"
	"fmt"
	"io"
	"log"
	"net/http"
	"strings"

	"go.opentelemetry.io/otel"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"github.com/twiliogen/twiliogen/gen/proxyv1"
	"github.com/twiliogen/twiliogen/gen/twilio"
	"github.com/twiliogen/twiliogen/testdata/proof/telemetry"
)

// A program has exporters in its providers, credentials from the environment, and no transport of its own.
func Example() {
	finished := tracetest.NewInMemoryExporter()
	tracers := sdktrace.NewTracerProvider(sdktrace.WithSyncer(finished))
	transport := roundTripper(func(r *http.Request) (*http.Response, error) {
		body := strings.NewReader(`{"sid":"KC00000000000000000000000000000001"}`)
		return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(body), Request: r}, nil
	})

	options, err := telemetry.Options(tracers, otel.GetMeterProvider())
	if err != nil {
		log.Fatal(err)
	}
	client, err := twilio.NewClient(append(options,
		twilio.WithCredentials(twilio.AuthToken(accountSID, authToken)),
		twilio.WithHTTPClient(&http.Client{Transport: transport}),
	)...)
	if err != nil {
		log.Fatal(err)
	}
	if _, err := proxyv1.New(client).Sessions.Fetch(context.Background(), serviceSID, "order-1234"); err != nil {
		log.Fatal(err)
	}
	for _, span := range finished.GetSpans() {
		fmt.Println(span.SpanKind, span.Name)
	}
	// Output:
	// client GET /v1/Services/{ServiceSid}/Sessions/{Sid}
	// internal proxyv1: Sessions.Fetch
}
