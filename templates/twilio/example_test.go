package twilio_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"time"

	"github.com/twiliogen/twiliogen/templates/twilio"
)

// A message must not be sent twice, so a POST whose response was lost fails at once. A GET is tried
// again.
func ExampleWithMaxRetries() {
	overloaded := &http.Client{Transport: roundTripper(func(*http.Request) (*http.Response, error) { return reply(503, ""), nil })}
	client, err := twilio.NewClient(
		twilio.WithCredentials(twilio.AuthToken(account, secret)),
		twilio.WithHTTPClient(overloaded),
		twilio.WithMaxRetries(1),
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	// The bindings make these calls.
	fmt.Println(do(context.Background(), client, createRequest(), nil))
	fmt.Println(do(context.Background(), client, fetchRequest("T1"), nil))
	// Output:
	// proxyv1: Things.Create: twilio: 503 Service Unavailable; the request may have been carried out
	// proxyv1: Things.Fetch: twilio: 503 Service Unavailable after 2 tries
}

// A transport names requests by their operation, since the URL may contain phone numbers.
func ExampleOperationFromContext() {
	traced := roundTripper(func(r *http.Request) (*http.Response, error) {
		if op, ok := twilio.OperationFromContext(r.Context()); ok {
			fmt.Println(op.Name, op.Method, op.Path)
		}
		return reply(200, "{}"), nil
	})
	client, err := twilio.NewClient(
		twilio.WithCredentials(twilio.AuthToken(account, secret)),
		twilio.WithHTTPClient(&http.Client{Transport: traced}),
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := do(context.Background(), client, fetchRequest("+14155551234"), nil); err != nil {
		fmt.Println(err)
	}
	// Output: proxyv1: Things.Fetch GET /v1/Things/{Sid}
}

// Middleware sees every try of every call.
func ExampleWithMiddleware() {
	slow := func(r *http.Request, next twilio.Next) (*http.Response, error) {
		start := time.Now()
		resp, err := next(r)
		if op, _ := twilio.OperationFromContext(r.Context()); time.Since(start) > time.Second {
			fmt.Println("slow:", op.Name)
		}
		return resp, err
	}
	client, err := twilio.NewClient(twilio.FromEnv(), twilio.WithMiddleware(slow))
	fmt.Println(client, err)
}

func ExampleWithLogger() {
	logger := slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelDebug}))
	client, err := twilio.NewClient(twilio.FromEnv(), twilio.WithLogger(logger))
	fmt.Println(client, err)
}

func ExampleOAuth() {
	client, err := twilio.NewClient(twilio.WithCredentials(twilio.OAuth(
		os.Getenv("TWILIO_ACCOUNT_SID"), os.Getenv("TWILIO_CLIENT_ID"), os.Getenv("TWILIO_CLIENT_SECRET"))))
	fmt.Println(client, err)
}
