package record

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"iter"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// client looks like a generated client: a field for each resource.
type client struct{ Rooms *roomClient }

type roomClient struct{ http http.Client }

type listParams struct {
	PageSize    int        `json:"PageSize,omitempty"`
	CreatedFrom *time.Time `json:"DateCreated>,omitempty"`
	Limit       int        `json:"Limit,omitempty"`
	Extra       *string    `json:"Extra,omitempty"`
}

func (c *roomClient) List(ctx context.Context, sid string, params *listParams, opts ...func()) iter.Seq2[*string, error] {
	return func(yield func(*string, error) bool) {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://example.com/"+sid+"?at="+params.CreatedFrom.Format(time.RFC3339), nil)
		if err == nil {
			_, err = c.http.Do(req)
		}
		yield(nil, errors.Join(err, errors.New("the answer has no records")))
	}
}

type updateParams struct {
	IfMatch *string `json:"-"`
	Name    string  `json:"name"`
}

func (c *roomClient) Update(ctx context.Context, index int, params *updateParams) error {
	body, err := json.Marshal(params)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPut, "https://example.com/", bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("If-Match", *params.IfMatch)
	_, err = c.http.Do(req)
	return err
}

func (c *roomClient) Confuse(context.Context, *struct {
	IfMatch  string
	IfMatch_ string `json:"If-Match"`
}) error {
	return nil
}

func (c *roomClient) Refuse(context.Context) error { return errors.New("refused") }

func (c *roomClient) Panic(context.Context) error { panic("no") }

// service looks like a client of twilio-go: it has the methods itself, and a JSON body is a field of its params.
type service struct{ http http.Client }

type body struct {
	Name string `json:"name"`
}

type serviceParams struct {
	IfMatch        *string `json:"If-Match,omitempty"`
	RoomBody       *body   `json:"RoomBody,omitempty"`
	PathAccountSid *string `json:"PathAccountSid,omitempty"`
}

func (s *service) UpdateRoom(index int, params *serviceParams, pageToken string) error {
	text, err := json.Marshal(params.RoomBody)
	if err != nil {
		return err
	}
	req, err := http.NewRequest(http.MethodPut, "https://example.com/", bytes.NewReader(text))
	if err != nil {
		return err
	}
	req.Header.Set("If-Match", *params.IfMatch)
	_, err = s.http.Do(req)
	return err
}

func TestRun(t *testing.T) {
	raw := func(s string) json.RawMessage { return json.RawMessage(s) }
	update := map[string]json.RawMessage{"If-Match": raw(`"etag"`)}
	put := &Request{"PUT", "https://example.com/", http.Header{"If-Match": {"etag"}}, `{"name":"n"}`}
	calls := []struct {
		call Call
		want Result
	}{
		{
			Call{"ours", "roomClient", "List", []string{"a"}, map[string]json.RawMessage{
				"PageSize": raw("1"), "DateCreated>": raw(`"2026-03-04T05:06:07Z"`), "Lost": raw("1"),
			}, nil},
			Result{
				Request: &Request{"GET", "https://example.com/a?at=2026-03-04T05:06:07Z", http.Header{}, ""},
				Unset:   []string{"extra"},
				Missing: []string{"Lost"},
			},
		},
		{Call{"ours", "roomClient", "Update", []string{"7"}, update, raw(`{"name":"n"}`)}, Result{Request: put}},
		{Call{"theirs", "service", "UpdateRoom", []string{"7"}, update, raw(`{"name":"n"}`)}, Result{Request: put}},
		{Call{"ours", "roomClient", "Update", []string{"x"}, nil, nil}, Result{Error: `strconv.ParseInt: parsing "x": invalid syntax`}},
		{Call{"ours", "roomClient", "Refuse", nil, update, raw("{}")}, Result{Error: "refused", Missing: []string{"If-Match", "(body)"}}},
		{Call{"ours", "roomClient", "Refuse", []string{"a"}, nil, nil}, Result{Error: "more arguments for the path than the method takes"}},
		{Call{"ours", "roomClient", "Confuse", nil, update, nil}, Result{
			Error: "two fields of struct { IfMatch string; IfMatch_ string \"json:\\\"If-Match\\\"\" } are named like ifmatch",
		}},
		{Call{"ours", "roomClient", "Panic", nil, nil, nil}, Result{Error: "panic: no"}},
		{Call{"ours", "roomClient", "Fetch", nil, nil, nil}, Result{Error: "roomClient of ours has no Fetch"}},
		{Call{"ours", "seatClient", "Fetch", nil, nil, nil}, Result{Error: "the client of ours has no seatClient"}},
		{Call{"others", "seatClient", "Fetch", nil, nil, nil}, Result{Error: "no client of others"}},
	}
	var asked []Call
	var want []Result
	for _, c := range calls {
		asked = append(asked, c.call)
		want = append(want, c.want)
	}
	input, err := json.Marshal(asked)
	if err != nil {
		t.Fatal(err)
	}
	var output bytes.Buffer
	err = run(func(transport http.RoundTripper) (map[string]any, error) {
		c := http.Client{Transport: transport}
		return map[string]any{"ours": &client{&roomClient{c}}, "theirs": &service{c}}, nil
	}, bytes.NewReader(input), &output)
	if err != nil {
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
	none := func(http.RoundTripper) (map[string]any, error) { return nil, errors.New("no credentials") }
	for _, input := range []string{"", "{", "[]"} {
		if err := run(none, strings.NewReader(input), new(bytes.Buffer)); err == nil {
			t.Errorf("no error for %q", input)
		}
	}
}

func TestFold(t *testing.T) {
	for _, names := range [][]string{
		{"If-Match", "IfMatch", "ifmatch"},
		{"DateCreated<", "DateCreatedBefore", "DateCreated&lt;"},
		{"DateCreated>", "DateCreatedAfter", "DateCreated&gt;"},
		{"ChannelData.To", "ChannelDataTo", "channel_data_to"},
	} {
		for _, name := range names[1:] {
			if fold(name) != fold(names[0]) {
				t.Errorf("%q is %q, %q is %q", names[0], fold(names[0]), name, fold(name))
			}
		}
	}
}
