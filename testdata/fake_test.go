// Package use holds the tests of the golden cases: each uses the package of its
// case as a program would. They are built and run by the generator's tests, in a
// module of all the cases.
package use

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"example.com/golden/twilio"
)

const account = "AC00000000000000000000000000000001"

// fake stands for Twilio: it gives its answers in turn and remembers what it
// was asked.
type fake struct {
	t       *testing.T
	answers []string
	asked   []request
}

// request is one request as it was sent.
type request struct {
	line   string // "GET https://proxy.twilio.com/v1/Services?PageSize=5"
	body   string
	header http.Header
}

// newFake returns a client whose calls are answered with the answers, one each.
func newFake(t *testing.T, answers ...string) (*fake, *twilio.Client) {
	t.Helper()
	f := &fake{t: t, answers: answers}
	client, err := twilio.NewClient(
		twilio.WithCredentials(twilio.AuthToken(account, "token")),
		twilio.WithHTTPClient(&http.Client{Transport: f}),
	)
	if err != nil {
		t.Fatal(err)
	}
	return f, client
}

// anything is an answer to every operation of the cases: a member of each type,
// and the records of each list.
const anything = `{"sid": null, "id": null, "name": null, "kind": null, "date_created": null, "counts": null, "any": null, "count": null,
	"calls": [], "records": [], "tokens": []}`

// RoundTrip answers a request.
func (f *fake) RoundTrip(r *http.Request) (*http.Response, error) {
	asked := request{line: r.Method + " " + r.URL.String(), header: r.Header}
	if r.Body != nil {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		asked.body = string(body)
	}
	f.asked = append(f.asked, asked)
	answer := anything
	if len(f.asked) <= len(f.answers) {
		answer = f.answers[len(f.asked)-1]
	}
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{}, Request: r,
		Body: io.NopCloser(strings.NewReader(answer)),
	}, nil
}

// last is what the fake was asked last.
func (f *fake) last() request {
	f.t.Helper()
	if len(f.asked) == 0 {
		f.t.Fatal("nothing was sent")
	}
	return f.asked[len(f.asked)-1]
}

// expect checks the last request and its body.
func (f *fake) expect(line, body string) {
	f.t.Helper()
	equal(f.t, "request", f.last().line, line)
	equal(f.t, "body", f.last().body, body)
}

// nothing checks that no request was sent.
func (f *fake) nothing() {
	f.t.Helper()
	if len(f.asked) > 0 {
		f.t.Errorf("sent %s", f.last().line)
	}
}

func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

func noError(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// background is the context of calls that are not cancelled.
func background() context.Context { return context.Background() }

// missing is the parameter that an error complains of.
func missing(t *testing.T, err error) string {
	t.Helper()
	var p *twilio.ParamError
	if !errors.As(err, &p) {
		t.Fatalf("error %v, want a ParamError", err)
	}
	return p.Param
}

// ptr is a pointer to a value.
func ptr[T any](v T) *T { return &v }
