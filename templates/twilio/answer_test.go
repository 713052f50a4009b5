package twilio_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/twiliogen/twiliogen/templates/twilio"
)

// A success that says nothing is an error, and one that shows nothing.
func TestInvalidResponse(t *testing.T) {
	for body, want := range map[string]string{
		"":                      "json: the document is empty",
		" \n":                   "json: the document is empty",
		`null`:                  "json: expected an object, found null",
		`{}`:                    "json: none of the expected members is there",
		`{"name":"4155550100"}`: "json: none of the expected members is there",
		`["4155550100"]`:        "json: expected an object, found an array",
		`<4155550100>`:          "json: expected a value at offset 0, found '<'",
		`{"size":1,"code":20404,"message":"not +14155550100","status":404,"more_info":"https://example.com"}`: "it is an error with the status of a success: " +
			"twilio: 201 Created (code 20404): not [redacted] [request RQ1]",
	} {
		var resp twilio.Response
		client := stubClient(t, func(*http.Request) (*http.Response, error) {
			r := reply(201, body)
			r.Header.Set("Twilio-Request-Id", "RQ1")
			return r, nil
		})
		got, err := twilio.Call(context.Background(), client, createRequest(), newThing, []twilio.RequestOption{twilio.WithResponse(&resp)}).One()
		if got != nil || !errors.Is(err, twilio.ErrInvalidResponse) || err.Error() != "proxyv1: Things.Create: reading the response: "+want {
			t.Errorf("%s: %v, %v", body, got, err)
		}
		if strings.Contains(err.Error(), "4155550100") || string(resp.Body) != body {
			t.Errorf("%s: the error is %v, the response %q", body, err, resp.Body)
		}
		// An operation that returns nothing does not care.
		if err := do(context.Background(), client, createRequest(), nil); err != nil {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func TestErrorWithTheStatusOfASuccess(t *testing.T) {
	const body = `{"code":20404,"message":"not found","status":404}`
	client := stubClient(t, func(*http.Request) (*http.Response, error) { return reply(200, body), nil })
	_, err := fetch(context.Background(), client, fetchRequest("T1"), nil)
	var apiErr *twilio.Error
	if !errors.As(err, &apiErr) {
		t.Fatal(err)
	}
	if apiErr.StatusCode != 200 || apiErr.Code != 20404 || apiErr.Message != "not found" || apiErr.Tries != 1 || apiErr.Method != "GET" ||
		apiErr.Path != "/v1/Things/{Sid}" || string(apiErr.Body) != body || apiErr.Temporary() || errors.Is(err, twilio.ErrNotFound) {
		t.Errorf("%+v", apiErr)
	}
}

// What is only lost on the way is not a response that is wrong.
func TestLostResponseIsNotInvalid(t *testing.T) {
	client := stubClient(t, func(*http.Request) (*http.Response, error) { return nil, errors.New("reset") })
	_, err := fetch(context.Background(), client, fetchRequest("T1"), []twilio.RequestOption{twilio.WithMaxRetries(0)})
	if err == nil || errors.Is(err, twilio.ErrInvalidResponse) {
		t.Error(err)
	}
}

// A status that the document has without content gives an empty record.
func TestDocumentedEmptyResponse(t *testing.T) {
	for _, tt := range []struct {
		empty  []int
		status int
		body   string
		ok     bool
	}{
		{nil, 202, "", false},
		{[]int{202}, 202, "", true},
		{[]int{202}, 202, " \n", true},
		{[]int{202}, 202, `{"sid":"T1"}`, true},
		{[]int{202}, 202, `{}`, false},
		{[]int{202}, 200, "", false},
		{[]int{201, 202}, 202, "", true},
		{[]int{2}, 200, "", true},
		{[]int{2}, 299, "", true},
	} {
		client := stubClient(t, func(*http.Request) (*http.Response, error) { return reply(tt.status, tt.body), nil })
		r := fetchRequest("T1")
		r.Empty = tt.empty
		got, err := fetch(context.Background(), client, r, nil)
		if (err == nil) != tt.ok || (got != nil) != tt.ok || tt.ok && tt.body[:min(1, len(tt.body))] == "{" && got.SID != "T1" {
			t.Errorf("%v, %d %q: %+v, %v", tt.empty, tt.status, tt.body, got, err)
		}
	}
}
