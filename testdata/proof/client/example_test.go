package client_test

import (
	"context"
	"fmt"
	"log"
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"github.com/twiliogen/twiliogen/gen/proxyv1"
	"github.com/twiliogen/twiliogen/gen/twilio"
)

// OpenTelemetry's transport goes under the client and makes a span of every
// try. It is told to name them by the operation: the URL may hold a phone
// number or the name of a customer.
func Example_openTelemetry() {
	finished := tracetest.NewInMemoryExporter()
	provider := trace.NewTracerProvider(trace.WithSyncer(finished))

	transport := otelhttp.NewTransport(newFake(sessionJSON(1)), // a program has http.DefaultTransport here
		otelhttp.WithTracerProvider(provider),
		otelhttp.WithSpanNameFormatter(func(_ string, r *http.Request) string {
			operation, ok := twilio.OperationFromContext(r.Context())
			if !ok {
				return r.Method
			}
			return operation.Name
		}),
	)
	client, err := twilio.NewClient(
		twilio.WithCredentials(twilio.AuthToken(accountSID, authToken)),
		twilio.WithHTTPClient(&http.Client{Transport: transport}),
	)
	if err != nil {
		log.Fatal(err)
	}
	session, err := proxyv1.New(client).Sessions.Fetch(context.Background(), serviceSID, sessionSID)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(session.SID)
	for _, span := range finished.GetSpans() {
		fmt.Println(span.Name)
	}
	// Output:
	// KC00000000000000000000000000000001
	// proxyv1: Sessions.Fetch
}
