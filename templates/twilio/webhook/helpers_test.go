package webhook_test

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/twiliogen/twiliogen/templates/twilio/webhook"
)

const (
	token    = "12345"
	formType = "application/x-www-form-urlencoded"
	jsonType = "application/json"
)

// hmacSHA1 signs a text as it is: a test spells out what Sign puts together.
func hmacSHA1(text string) string {
	mac := hmac.New(sha1.New, []byte(token))
	mac.Write([]byte(text))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

func newValidator(t testing.TB, opts ...webhook.Option) *webhook.Validator {
	t.Helper()
	v, err := webhook.NewValidator(token, opts...)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// newRequest makes a request as a server gets it, with a target such as "/sms?a=b" or a whole URL.
func newRequest(method, target, contentType, body, signature string) *http.Request {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	if signature != "" {
		r.Header.Set("X-Twilio-Signature", signature)
	}
	return r
}

func parseForm(t testing.TB, form string) url.Values {
	t.Helper()
	values, err := url.ParseQuery(form)
	if err != nil {
		t.Fatal(err)
	}
	return values
}
