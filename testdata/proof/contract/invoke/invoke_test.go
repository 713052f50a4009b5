package invoke

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"iter"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// client looks like a generated client: a field for each resource.
type client struct {
	Rooms *roomClient
	Seats *seatClient
}

type seatClient struct{}

type roomClient struct {
	http http.Client
	base string
}

type room struct {
	SID string `json:"sid"`
}

// Page looks like the page of the generated packages.
type Page[T any] struct {
	Items []*T
	next  string
}

type params struct {
	Name string `json:"Name"`
	Size *int   `json:"Size,omitempty"`
}

type option func()

func (c *roomClient) get(ctx context.Context, path string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+path, nil)
	if err != nil {
		return err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func (c *roomClient) Fetch(ctx context.Context, sid string, p *params, opts ...option) (*room, error) {
	return &room{sid + p.Name}, c.get(ctx, "/"+sid)
}

func (c *roomClient) Delete(ctx context.Context, index int) error { return c.get(ctx, "/") }

func (c *roomClient) List(ctx context.Context, opts ...option) iter.Seq2[*room, error] {
	return func(yield func(*room, error) bool) {
		_ = yield(&room{"1"}, nil) && yield(&room{"2"}, nil)
	}
}

func (c *roomClient) Fail(ctx context.Context) iter.Seq2[*room, error] {
	return func(yield func(*room, error) bool) { yield(nil, errors.New("failed")) }
}

func (c *roomClient) Repeat(ctx context.Context) iter.Seq2[*room, error] {
	return func(yield func(*room, error) bool) {
		for yield(nil, nil) {
		}
	}
}

func (c *roomClient) Page(ctx context.Context) (*Page[room], error) {
	return &Page[room]{Items: []*room{{"1"}}, next: "2"}, nil
}

func (c *roomClient) Refuse(ctx context.Context) (*room, error) { return nil, errors.New("refused") }

func (c *roomClient) Panic(context.Context) error { panic("no") }

func TestRun(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Sl-Violations", "[]")
		w.WriteHeader(http.StatusAccepted)
		_, _ = w.Write([]byte("prefer " + r.Header.Get("Prefer")))
	}))
	defer server.Close()

	raw := func(s string) json.RawMessage { return json.RawMessage(s) }
	got := func(path, prefer string) []Exchange {
		return []Exchange{{http.MethodGet, server.URL + path, http.StatusAccepted, "[]", "prefer " + prefer}}
	}
	calls := []struct {
		call Call
		want Result
	}{
		{
			Call{"roomClient", "Fetch", []string{"account", "a"}, map[string]json.RawMessage{"Name": raw(`"b"`), "Lost": raw("1")}, "code=200"},
			Result{Exchanges: got("/a", "code=200"), Value: raw(`{"sid":"ab"}`), Missing: []string{"Lost"}},
		},
		{Call{Receiver: "roomClient", Method: "Delete", Args: []string{"7"}}, Result{Exchanges: got("/", "")}},
		{Call{Receiver: "roomClient", Method: "List", Params: map[string]json.RawMessage{"Size": raw("1")}}, Result{
			Value: raw(`[{"sid":"1"},{"sid":"2"}]`), Missing: []string{"Size"},
		}},
		{Call{Receiver: "roomClient", Method: "Page"}, Result{Value: raw(`[{"sid":"1"}]`)}},
		{Call{Receiver: "roomClient", Method: "Fail"}, Result{Error: "failed"}},
		{Call{Receiver: "roomClient", Method: "Repeat"}, Result{Error: "the iteration goes on after 10000 records"}},
		{Call{Receiver: "roomClient", Method: "Refuse"}, Result{Error: "refused"}},
		{Call{Receiver: "roomClient", Method: "Panic"}, Result{Error: "panic: no"}},
		{Call{Receiver: "roomClient", Method: "Delete", Args: []string{"x"}}, Result{Error: `strconv.ParseInt: parsing "x": invalid syntax`}},
		{Call{Receiver: "roomClient", Method: "Delete"}, Result{Error: "the method takes 1 arguments for a path with 0 placeholders"}},
		{Call{Receiver: "roomClient", Method: "Fetch", Args: []string{"a"}, Params: map[string]json.RawMessage{"Size": raw(`"x"`)}}, Result{
			Error: "Size: json: cannot unmarshal string into Go value of type int",
		}},
		{Call{Receiver: "seatClient", Method: "Fetch"}, Result{Error: "the client has no method Fetch of seatClient"}},
	}
	var asked []Call
	var want []Result
	for _, c := range calls {
		asked = append(asked, c.call)
		want = append(want, c.want)
	}
	var results []Result
	if err := json.Unmarshal(runCalls(t, asked, "rooms", server.URL), &results); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, results); diff != "" {
		t.Error(diff)
	}
}

func TestRunWithoutClient(t *testing.T) {
	got := string(runCalls(t, []Call{{}}, "others", "http://127.0.0.1"))
	if !strings.Contains(got, "there is no such client") {
		t.Error(got)
	}
}

// runCalls returns what the program writes.
func runCalls(t *testing.T, calls []Call, args ...string) []byte {
	input, err := json.Marshal(calls)
	if err != nil {
		t.Fatal(err)
	}
	clients := func(base string, transport http.RoundTripper) (map[string]any, error) {
		return map[string]any{"rooms": &client{&roomClient{http.Client{Transport: transport}, base}, new(seatClient)}}, nil
	}
	var output bytes.Buffer
	if err := run(clients, args, bytes.NewReader(input), &output); err != nil {
		t.Fatal(err)
	}
	return output.Bytes()
}

func TestRunFails(t *testing.T) {
	none := func(string, http.RoundTripper) (map[string]any, error) { return nil, errors.New("no credentials") }
	for _, test := range []struct {
		input string
		args  []string
	}{
		{"", []string{"rooms", "http://127.0.0.1"}},
		{"[]", []string{"rooms", "http://127.0.0.1"}},
		{"[]", []string{"rooms"}},
	} {
		if err := run(none, test.args, strings.NewReader(test.input), new(bytes.Buffer)); err == nil {
			t.Errorf("no error for %q, %q", test.input, test.args)
		}
	}
}
