package record

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
	"time"

	"github.com/google/go-cmp/cmp"
)

// client looks like a generated client: a field for each resource.
type client struct {
	Rooms *roomClient
	Seats *seatClient
}

type seatClient struct{}

type roomClient struct {
	http  http.Client
	base  string
	token bool
}

type room struct {
	SID string `json:"sid"`
}

// Page looks like the page of the generated packages.
type Page[T any] struct {
	Items []*T
	next  string
}

type listParams struct {
	PageSize    int        `json:"PageSize,omitempty"`
	CreatedFrom *time.Time `json:"DateCreated>,omitempty"`
	Limit       int        `json:"Limit,omitempty"`
	Extra       *string    `json:"Extra,omitempty"`
}

type updateParams struct {
	IfMatch *string `json:"-"`
	Name    string  `json:"name"`
}

type option func()

func get(c http.Client, url string) error {
	resp, err := c.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// put sends a JSON body and a header.
func put(c http.Client, url string, body any, ifMatch *string) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	req, err := http.NewRequest(http.MethodPut, url, bytes.NewReader(text))
	if err != nil {
		return err
	}
	req.Header.Set("If-Match", *ifMatch)
	resp, err := c.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func (c *roomClient) Fetch(ctx context.Context, sid string, opts ...option) (*room, error) {
	if c.token {
		sid += " by token"
	}
	return &room{sid}, get(c.http, c.base+"/rooms")
}

func (c *roomClient) List(ctx context.Context, sid string, params *listParams, opts ...option) iter.Seq2[*room, error] {
	return func(yield func(*room, error) bool) {
		err := get(c.http, c.base+"/"+sid+"?at="+params.CreatedFrom.Format(time.RFC3339))
		_ = yield(&room{"1"}, err) && yield(&room{"2"}, nil)
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

func (c *roomClient) Update(ctx context.Context, index int, params *updateParams) error {
	return put(c.http, c.base+"/", params, params.IfMatch)
}

func (c *roomClient) Confuse(context.Context, *struct {
	IfMatch  string
	IfMatch_ string `json:"If-Match"`
}) error {
	return nil
}

func (c *roomClient) Refuse(context.Context) (*room, error) { return nil, errors.New("refused") }

func (c *roomClient) Panic(context.Context) error { panic("no") }

// service looks like a client of twilio-go: it has the methods itself, and a JSON body is a field of its params.
type service struct {
	http http.Client
	base string
}

type serviceParams struct {
	IfMatch  *string `json:"If-Match,omitempty"`
	RoomBody *struct {
		Name string `json:"name"`
	} `json:"RoomBody,omitempty"`
	CreatedBefore  *string `json:"DateCreated&lt;,omitempty"`
	PathAccountSid *string `json:"PathAccountSid,omitempty"`
}

func (s *service) UpdateRoom(index int, params *serviceParams, pageToken string) error {
	return put(s.http, s.base+"/", params.RoomBody, params.IfMatch)
}

func clients(base string, token bool, transport http.RoundTripper) (map[string]any, error) {
	c := http.Client{Transport: transport}
	if base == "" {
		base = "https://example.com"
	}
	return map[string]any{
		"ours":   &client{&roomClient{c, base, token}, new(seatClient)},
		"theirs": &service{c, base},
	}, nil
}

type raw = map[string]json.RawMessage

func text(s string) json.RawMessage { return json.RawMessage(s) }

func TestRun(t *testing.T) {
	match := raw{"If-Match": text(`"etag"`)}
	sent := func(method, path string, header http.Header, body string) []Exchange {
		return []Exchange{{Method: method, URL: "https://example.com" + path, Header: header, Body: body, Status: 200, Answer: "{}"}}
	}
	updated := sent("PUT", "/", http.Header{"If-Match": {"etag"}}, `{"name":"n"}`)
	check(t, "", []test{
		{
			Call{Client: "ours", Receiver: "roomClient", Method: "List", Args: []string{"a"}, Params: raw{
				"PageSize": text("1"), "DateCreated>": text(`"2026-03-04T05:06:07Z"`), "Lost": text("1"), "extra": text("1"),
			}},
			Result{
				Exchanges: sent("GET", "/a?at=2026-03-04T05:06:07Z", http.Header{}, ""),
				Value:     text(`[{"sid":"1"},{"sid":"2"}]`),
				Unset:     []string{"extra"},
				Missing:   []string{"Lost", "extra"},
			},
		},
		{call("Update", match, `{"name":"n"}`, "7"), Result{Exchanges: updated}},
		{
			Call{Client: "theirs", Receiver: "service", Method: "UpdateRoom", Args: []string{"7"}, Params: raw{
				"If-Match": text(`"etag"`), "DateCreated<": text(`"a"`),
			}, Body: text(`{"name":"n"}`)},
			Result{Exchanges: updated},
		},
		{call("Page", nil, ""), Result{Value: text(`[{"sid":"1"}]`)}},
		{call("Fail", nil, ""), Result{Error: "failed"}},
		{call("Repeat", nil, ""), Result{Error: "the iteration goes on after 10000 records"}},
		{call("Refuse", match, "{}"), Result{Error: "refused", Missing: []string{"If-Match", "(body)"}}},
		{call("Panic", nil, ""), Result{Error: "panic: no"}},
		{call("Update", nil, "", "x"), Result{Error: `strconv.ParseInt: parsing "x": invalid syntax`}},
		{call("Update", raw{"name": text("1")}, "", "7"), Result{
			Error: "name: json: cannot unmarshal number into Go value of type string",
		}},
		{call("Refuse", nil, "", "a"), Result{Error: "more arguments for the path than the method takes"}},
		{call("Fetch", nil, ""), Result{Error: "fewer arguments for the path than the method takes"}},
		{call("Confuse", match, ""), Result{
			Error: "two fields of struct { IfMatch string; IfMatch_ string \"json:\\\"If-Match\\\"\" } are named like ifmatch",
		}},
		{call("Delete", nil, ""), Result{Error: "roomClient of ours has no Delete"}},
		{Call{Client: "ours", Receiver: "deskClient", Method: "Fetch"}, Result{Error: "the client of ours has no deskClient"}},
		{Call{Client: "others", Receiver: "seatClient", Method: "Fetch"}, Result{Error: "no client of others"}},
	})
}

func TestRunOnServer(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Sl-Violations", "[]")
		w.WriteHeader(http.StatusAccepted)
		_, _ = w.Write([]byte("prefer " + r.Header.Get("Prefer")))
	}))
	defer server.Close()
	got := func(prefer string) []Exchange {
		return []Exchange{{"GET", server.URL + "/rooms", http.Header{}, "", http.StatusAccepted, "[]", "prefer " + prefer}}
	}
	fetch := call("Fetch", raw{"Lost": text("1")}, "", "a")
	preferring := fetch
	preferring.Prefer, preferring.Token = "code=200", true
	check(t, server.URL, []test{
		{fetch, Result{Exchanges: got(""), Value: text(`{"sid":"a"}`), Missing: []string{"Lost"}}},
		{preferring, Result{Exchanges: got("code=200"), Value: text(`{"sid":"a by token"}`), Missing: []string{"Lost"}}},
	})
}

// call returns the call of a method of our rooms.
func call(method string, params raw, body string, args ...string) Call {
	c := Call{Client: "ours", Receiver: "roomClient", Method: method, Args: args, Params: params}
	if body != "" {
		c.Body = text(body)
	}
	return c
}

type test struct {
	call Call
	want Result
}

// check runs the program with the calls.
func check(t *testing.T, base string, tests []test) {
	t.Helper()
	var asked []Call
	var want []Result
	for _, test := range tests {
		asked = append(asked, test.call)
		want = append(want, test.want)
	}
	input, err := json.Marshal(asked)
	if err != nil {
		t.Fatal(err)
	}
	var output bytes.Buffer
	if err := run(clients, base, bytes.NewReader(input), &output); err != nil {
		t.Fatal(err)
	}
	var got []Result
	if err := json.Unmarshal(output.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestRunFails(t *testing.T) {
	none := func(string, bool, http.RoundTripper) (map[string]any, error) {
		return nil, errors.New("no credentials")
	}
	for _, input := range []string{"", "{", "[]"} {
		if err := run(none, "", strings.NewReader(input), new(bytes.Buffer)); err == nil {
			t.Errorf("no error for %q", input)
		}
	}
}

func TestFold(t *testing.T) {
	for _, names := range [][]string{
		{"If-Match", "IfMatch", "ifmatch"},
		{"DateCreated<", "DateCreatedBefore"},
		{"DateCreated>", "DateCreatedAfter"},
		{"ChannelData.To", "ChannelDataTo", "channel_data_to"},
	} {
		for _, name := range names[1:] {
			if fold(name) != fold(names[0]) {
				t.Errorf("%q is %q, %q is %q", names[0], fold(names[0]), name, fold(name))
			}
		}
	}
}
