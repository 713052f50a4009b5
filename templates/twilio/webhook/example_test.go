package webhook_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"

	"github.com/twiliogen/twiliogen/templates/twilio/webhook"
)

// A handler that only Twilio reaches, and a test of it with a request that is signed as Twilio
// signs it.
func Example() {
	sms := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "<Response><Message>Hello %s</Message></Response>", r.FormValue("From"))
	})
	validator, err := webhook.NewValidator("your-auth-token", webhook.WithPublicURL("https://example.com"))
	if err != nil {
		log.Fatal(err)
	}
	handler := validator.Middleware(sms)

	form := url.Values{"From": {"+15005550006"}, "Body": {"Hi"}}
	r := httptest.NewRequest("POST", "/sms", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set(webhook.SignatureHeader, webhook.Sign("your-auth-token", "https://example.com/sms", form))
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	fmt.Println(w.Code, w.Body)

	r.Header.Del(webhook.SignatureHeader)
	w = httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	fmt.Println(w.Code)
	// Output:
	// 200 <Response><Message>Hello +15005550006</Message></Response>
	// 403
}

// A JSON body is signed through its hash in the URL.
func ExampleValidator_ValidateBody() {
	validator, err := webhook.NewValidator("your-auth-token")
	if err != nil {
		log.Fatal(err)
	}
	body := []byte(`{"status":"done"}`)
	called := "https://example.com/events?bodySHA256=" + webhook.BodySHA256(body)
	signature := webhook.Sign("your-auth-token", called, nil)

	fmt.Println(validator.ValidateBody(called, body, signature))
	err = validator.ValidateBody(called, []byte(`{"status":"forged"}`), signature)
	fmt.Println(errors.Is(err, webhook.ErrSignature))
	// Output:
	// <nil>
	// true
}

// Each customer has an account of its own, whose requests its own auth token signs.
func ExampleWithTokens() {
	tokens := map[string]string{
		"AC11111111111111111111111111111111": "token-1",
		"AC22222222222222222222222222222222": "token-2",
	}
	validator, err := webhook.NewValidator("", webhook.WithTokens(
		func(ctx context.Context, accountSID string) ([]string, error) {
			return []string{tokens[accountSID]}, nil
		}))
	if err != nil {
		log.Fatal(err)
	}

	form := url.Values{"AccountSid": {"AC11111111111111111111111111111111"}, "Body": {"Hi"}}
	for _, token := range []string{"token-1", "token-2"} {
		signature := webhook.Sign(token, "https://example.com/sms", form)
		fmt.Println(validator.ValidateForm("https://example.com/sms", form, signature))
	}
	// Output:
	// <nil>
	// webhook: the signature does not match
}

// Twilio sends a request again if it did not get the response in time. The handler runs once.
func ExampleWithoutRepeats() {
	validator, err := webhook.NewValidator("your-auth-token", webhook.WithPublicURL("https://example.com"),
		webhook.WithoutRepeats(webhook.NewMemory(8<<20)))
	if err != nil {
		log.Fatal(err)
	}
	orders := 0
	handler := validator.Middleware(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		orders++
		fmt.Fprintf(w, "<Response><Message>Order %d</Message></Response>", orders)
	}))

	for _, idempotency := range []string{"first", "first", "second"} {
		r := httptest.NewRequest("POST", "/sms", nil)
		r.Header.Set(webhook.IdempotencyHeader, idempotency)
		r.Header.Set(webhook.SignatureHeader, webhook.Sign("your-auth-token", "https://example.com/sms", nil))
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		fmt.Println(w.Body)
	}
	// Output:
	// <Response><Message>Order 1</Message></Response>
	// <Response><Message>Order 1</Message></Response>
	// <Response><Message>Order 2</Message></Response>
}
