// Package record makes calls on API clients by reflection and records the HTTP requests that come of them. It knows
// neither the clients nor the operations: a generated program hands it the clients, and its standard input the calls.
package record

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

	twiliogo "github.com/twilio/twilio-go/client"
)

// The credentials that every client is made with.
const (
	AccountSID = "AC0123456789abcdef0123456789abcdef"
	AuthToken  = "fedcba9876543210fedcba9876543210"
)

// Call asks for one call of one method.
type Call struct {
	Client   string                     // the package of the client, a key of what Main is given
	Receiver string                     // the type that has the method: the client's own, or that of one of its fields
	Method   string                     // the name of the method
	Args     []string                   // the arguments for the path, in the order of the method's parameters
	Params   map[string]json.RawMessage // the other parameters, by their names on the wire
	Body     json.RawMessage            `json:",omitempty"` // the JSON body; nil when the operation takes none
}

// Result is what came of a [Call].
type Result struct {
	Request *Request // the first request; nil when none was sent
	Error   string   // what the method returned or panicked with, when no request was sent
	Unset   []string // the fields of the method's params that Call has no value for
	Missing []string // the values of Call that no field of the method's params takes
}

// Request is a request as it was sent.
type Request struct {
	Method string
	URL    string
	Header http.Header
	Body   string
}

// Transport keeps the first request of a call, and answers each with an empty JSON object. The zero value is ready.
type Transport struct{ first *Request }

// RoundTrip implements [http.RoundTripper].
func (t *Transport) RoundTrip(req *http.Request) (*http.Response, error) {
	var body []byte
	if req.Body != nil {
		var err error
		if body, err = io.ReadAll(req.Body); err != nil {
			return nil, err
		}
		req.Body.Close()
	}
	if t.first == nil {
		t.first = &Request{req.Method, req.URL.String(), req.Header.Clone(), string(body)}
	}
	return &http.Response{
		StatusCode: http.StatusOK,
		Proto:      "HTTP/1.1",
		ProtoMajor: 1,
		ProtoMinor: 1,
		Header:     http.Header{"Content-Type": {"application/json"}},
		Body:       io.NopCloser(strings.NewReader("{}")),
		Request:    req,
	}, nil
}

// take returns the first request since the last take.
func (t *Transport) take() *Request {
	first := t.first
	t.first = nil
	return first
}

// TwilioGo returns a client of the official library that sends over the transport.
func TwilioGo(transport http.RoundTripper) twiliogo.BaseClient {
	client := &twiliogo.Client{
		Credentials: twiliogo.NewCredentials(AccountSID, AuthToken),
		HTTPClient:  &http.Client{Transport: transport},
	}
	client.SetAccountSid(AccountSID)
	return client
}

// Main reads a JSON array of [Call] from standard input and writes an array with the [Result] of each to standard
// output. It is given a function that makes all clients, by package, on one transport. When that or the input fails, it
// ends the program.
func Main(clients func(http.RoundTripper) (map[string]any, error)) {
	if err := run(clients, os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(clients func(http.RoundTripper) (map[string]any, error), in io.Reader, out io.Writer) error {
	var calls []Call
	if err := json.NewDecoder(in).Decode(&calls); err != nil {
		return fmt.Errorf("reading the calls: %w", err)
	}
	transport := new(Transport)
	byPackage, err := clients(transport)
	if err != nil {
		return fmt.Errorf("making the clients: %w", err)
	}
	results := make([]Result, len(calls))
	for i, call := range calls {
		results[i] = call.do(byPackage[call.Client], transport)
	}
	return json.NewEncoder(out).Encode(results)
}
