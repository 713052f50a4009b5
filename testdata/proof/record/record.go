// Package record calls methods of API clients and records what goes over the wire and what they return. It knows neither
// the clients nor the operations: a program that [Run] generates for some clients hands them to [Main], which reads from
// standard input what to call and does that by reflection.
package record

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
)

// The credentials that every client is made with.
const (
	AccountSID = "AC0123456789abcdef0123456789abcdef"
	AuthToken  = "fedcba9876543210fedcba9876543210"
)

// Call asks for one call of one method.
type Call struct {
	Client   string                     // the package of the client: "proxyv1", or "proxy/v1" of twilio-go
	Token    bool                       `json:",omitempty"` // the client is to have an access token
	Receiver string                     // the type that has the method: the client's own, or that of one of its fields
	Method   string                     // the name of the method
	Args     []string                   // the arguments for the path, in the order of the method's parameters
	Params   map[string]json.RawMessage // the other parameters, by their names on the wire
	Body     json.RawMessage            `json:",omitempty"` // the JSON body; nil when the operation takes none
	Prefer   string                     `json:",omitempty"` // the header Prefer of the requests; "": none
}

// Result is what came of a [Call].
type Result struct {
	Exchanges []Exchange      // in the order of the requests
	Value     json.RawMessage `json:",omitempty"` // what the method returned besides an error; of an iterator or a page, its records in a list; nil: nothing
	Error     string          // what the method returned or panicked with; "": nothing
	Unset     []string        // the fields of the method's params that Call has no value for
	Missing   []string        // the values of Call that no field of the method's params takes
}

// Exchange is a request, as it was sent, with its answer.
type Exchange struct {
	Method string
	URL    string
	Header http.Header
	Body   string

	Status     int
	Violations string // the header Sl-Violations: what prism holds against the exchange, as JSON
	Answer     string
}

// Refused reports whether the status is none of those of success.
func (e Exchange) Refused() bool { return e.Status < 200 || e.Status >= 300 }

// Clients makes all clients, by package, on one transport, with an access token or with the account's auth token. Where
// the base URL is not empty, the requests go there.
type Clients func(base string, token bool, transport http.RoundTripper) (map[string]any, error)

// Main reads a JSON array of [Call] from standard input and writes an array with the [Result] of each to standard output.
// The argument of the program is the base URL of the server; where it is empty, no request leaves the program, and each
// is answered with an empty object. When something other than a call fails, it ends the program.
func Main(clients Clients) {
	if err := run(clients, os.Args[1], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(clients Clients, base string, in io.Reader, out io.Writer) error {
	over := &transport{to: http.DefaultTransport}
	if base == "" {
		over.to = transportFunc(answerNothing)
	}
	var calls []Call
	if err := json.NewDecoder(in).Decode(&calls); err != nil {
		return fmt.Errorf("reading the calls: %w", err)
	}
	account, err := clients(base, false, over)
	if err != nil {
		return fmt.Errorf("making the clients: %w", err)
	}
	token, err := clients(base, true, over)
	if err != nil {
		return fmt.Errorf("making the clients for a token: %w", err)
	}
	results := make([]Result, len(calls))
	for i, call := range calls {
		over.prefer, over.exchanges = call.Prefer, nil
		client := account[call.Client]
		if call.Token {
			client = token[call.Client]
		}
		results[i] = call.do(client)
		results[i].Exchanges = over.exchanges
	}
	return json.NewEncoder(out).Encode(results)
}

// transport keeps what goes over it.
type transport struct {
	to        http.RoundTripper
	prefer    string
	exchanges []Exchange
}

// RoundTrip implements [http.RoundTripper].
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	sent := req.Clone(req.Context())
	body, err := readAll(req.Body)
	if err != nil {
		return nil, err
	}
	if req.Body != nil {
		sent.Body = io.NopCloser(strings.NewReader(body))
	}
	if t.prefer != "" {
		sent.Header.Set("Prefer", t.prefer)
	}
	resp, err := t.to.RoundTrip(sent)
	if err != nil {
		return nil, err
	}
	answer, err := readAll(resp.Body)
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(strings.NewReader(answer))
	t.exchanges = append(t.exchanges, Exchange{
		Method: req.Method, URL: req.URL.String(), Header: req.Header.Clone(), Body: body,
		Status: resp.StatusCode, Violations: resp.Header.Get("Sl-Violations"), Answer: answer,
	})
	return resp, nil
}

// readAll reads and closes a body.
func readAll(body io.ReadCloser) (string, error) {
	if body == nil {
		return "", nil
	}
	text, err := io.ReadAll(body)
	return string(text), errors.Join(err, body.Close())
}

// transportFunc is an [http.RoundTripper] of one function.
type transportFunc func(*http.Request) (*http.Response, error)

func (f transportFunc) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

func answerNothing(req *http.Request) (*http.Response, error) {
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
