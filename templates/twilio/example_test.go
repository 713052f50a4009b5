package twilio_test

import (
	"context"
	"encoding/json"
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

// Members that the document does not have are in the response as it came.
func ExampleWithResponse() {
	answer := roundTripper(func(*http.Request) (*http.Response, error) {
		return reply(200, `{"sid":"T1","size":3,"color":"red"}`), nil
	})
	client, err := twilio.NewClient(
		twilio.WithCredentials(twilio.AuthToken(account, secret)),
		twilio.WithHTTPClient(&http.Client{Transport: answer}),
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	var resp twilio.Response
	thing, err := fetch(context.Background(), client, fetchRequest("T1"), []twilio.RequestOption{twilio.WithResponse(&resp)})
	if err != nil {
		fmt.Println(err)
		return
	}
	var more struct {
		Color string `json:"color"`
	}
	if err := json.Unmarshal(resp.Body, &more); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(thing.SID, more.Color)
	// Output: T1 red
}

// A job that is interrupted goes on where it was.
func ExampleWithPageToken() {
	client, err := twilio.NewClient(
		twilio.WithCredentials(twilio.AuthToken(account, secret)),
		twilio.WithHTTPClient(&http.Client{Transport: roundTripper(threePages.answer)}),
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	// The bindings make these calls, as proxy.Sessions.Page and proxy.Sessions.List.
	page, err := firstPage(context.Background(), client, listRequest(), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(page.Items), "records")
	kept := page.NextToken()

	for thing, err := range list(context.Background(), client, listRequest(), []twilio.RequestOption{twilio.WithPageToken(kept)}) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(thing.SID)
	}
	// Output:
	// 2 records
	// c
	// d
	// e
}

// A test of code that takes pages needs no Twilio.
func ExampleNewPage() {
	page := twilio.NewPage([]*thing{{SID: "T1"}}, func(context.Context) (*twilio.Page[*thing], error) {
		return twilio.NewPage([]*thing{{SID: "T2"}}, nil), nil
	})
	var err error
	for err == nil {
		fmt.Println(page.Items[0].SID)
		page, err = page.Next(context.Background())
	}
	fmt.Println(err)
	// Output:
	// T1
	// T2
	// EOF
}
