package webhook_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/twiliogen/twiliogen/templates/twilio/webhook"
)

const maxBody = 4096

// Whatever arrives, Validate returns one of its errors and leaves the body as it was. What Sign has
// signed, it accepts.
func FuzzSignValidate(f *testing.F) {
	f.Add("example.com", "/sms?a=b", formType, vectorForm, "POST", vectorSignature)
	f.Add("example.com:443", "/hook?bodySHA256="+vectorBodyHash, jsonType, vectorBody, "POST", vectorBodySignature)
	f.Add("[::1]:80", "http://u@[::1]:80/a?b#c", "text/plain; =", "", "GET", "")
	f.Add("u:p@h:", "*", "", "\xff%zz;&=&a", "HEAD", "=")
	f.Fuzz(func(t *testing.T, host, target, contentType, body, method, signature string) {
		v := newValidator(t, webhook.WithMaxBody(maxBody))
		r := &http.Request{
			Method: method, Host: host, RequestURI: target, ContentLength: -1,
			Header: http.Header{"Content-Type": {contentType}, webhook.SignatureHeader: {signature}},
			Body:   io.NopCloser(strings.NewReader(body)),
		}
		if err := v.Validate(r); err != nil && !isOneOf(err, webhook.ErrNoSignature, webhook.ErrSignature, webhook.ErrTooLarge, webhook.ErrMalformed) {
			t.Errorf("%v", err)
		}
		if left, err := io.ReadAll(r.Body); string(left) != body || err != nil {
			t.Errorf("%q is left of %q, %v", left, body, err)
		}

		rawURL := "https://" + host + target
		params, err := url.ParseQuery(body)
		if err == nil {
			if err := v.ValidateForm(rawURL, params, webhook.Sign(token, rawURL, params)); err != nil {
				t.Errorf("ValidateForm(%q, %v): %v", rawURL, params, err)
			}
			checkServed(t, v, host, params)
		}

		hashed := "https://example.com/?bodySHA256=" + webhook.BodySHA256([]byte(body))
		if err := v.ValidateBody(hashed, []byte(body), webhook.Sign(token, hashed, nil)); err != nil {
			t.Errorf("ValidateBody of %q: %v", body, err)
		}
		if err := v.ValidateBody(hashed, append([]byte(body), 'x'), webhook.Sign(token, hashed, nil)); err == nil {
			t.Errorf("ValidateBody takes a longer body than %q", body)
		}
	})
}

// checkServed passes what Sign has signed through Validate.
func checkServed(t *testing.T, v *webhook.Validator, host string, params url.Values) {
	t.Helper()
	form := params.Encode()
	r := &http.Request{
		Method: "POST", Host: host, RequestURI: "/x", ContentLength: int64(len(form)),
		Header: http.Header{"Content-Type": {formType}, webhook.SignatureHeader: {webhook.Sign(token, "http://"+host+"/x", params)}},
		Body:   io.NopCloser(strings.NewReader(form)),
	}
	want := error(nil)
	if len(form) > maxBody {
		want = webhook.ErrTooLarge
	}
	if err := v.Validate(r); !errors.Is(err, want) {
		t.Errorf("Validate of %v for %q: %v, want %v", params, host, err, want)
	}
}

func isOneOf(err error, targets ...error) bool {
	for _, target := range targets {
		if errors.Is(err, target) {
			return true
		}
	}
	return false
}

// Where a handler reads an account out of a body, by encoding/json, the tokens of that account are
// looked up, or the request is refused.
func FuzzAccount(f *testing.F) {
	f.Add(`{"AccountSid":"` + accountA + `"}`)
	f.Add(`{"account_sid":"` + accountA + `","ACCOUNT_SID":"` + accountB + `"} {}`)
	f.Add(`[{"data":{"accountSid":"` + accountA + `"}},[[{}]],null]`)
	f.Fuzz(func(t *testing.T, body string) {
		type record struct {
			Camel string `json:"AccountSid"`
			Snake string `json:"account_sid"`
		}
		type event struct {
			record
			Data record `json:"data"`
		}
		var one event
		var several []event
		if json.NewDecoder(strings.NewReader(body)).Decode(&one) == nil {
			several = append(several, one)
		} else if json.NewDecoder(strings.NewReader(body)).Decode(&several) != nil {
			several = nil
		}
		var asked []string
		v := newAccountValidator(t, func(_ context.Context, account string) ([]string, error) {
			asked = append(asked, account)
			return nil, nil
		})
		err := v.ValidateBody("https://example.com/", []byte(body), "x")
		if refused := errors.Is(err, webhook.ErrMalformed); refused == (len(asked) == 1) {
			t.Fatalf("%v after %q", err, asked)
		} else if refused {
			return
		}
		for _, e := range several {
			for _, account := range []string{e.Camel, e.Snake, e.Data.Camel, e.Data.Snake} {
				if account != "" && account != asked[0] {
					t.Errorf("%q was looked up for %q", asked[0], account)
				}
			}
		}
	})
}
