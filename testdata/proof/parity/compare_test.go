package parity

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/twiliogen/twiliogen/testdata/proof/document"
	"github.com/twiliogen/twiliogen/testdata/proof/record"
	"github.com/twiliogen/twiliogen/testdata/proof/sample"
)

// request returns a form request, changed by change.
func request(change func(*record.Result)) record.Result {
	r := record.Result{Exchanges: []record.Exchange{{
		Method: "POST",
		URL:    "https://api.example.com/v1/Rooms?Size=1",
		Header: http.Header{"Authorization": {"Basic x"}, "Content-Type": {document.FormType}, "If-Match": {"a"}},
		Body:   "Name=b&Name=c&Rules=" + `{"a":1,"b":2}`,
	}}}
	change(&r)
	return r
}

// post makes a POST of the operation.
func post(o operation) *operation {
	o.Operation = &document.Operation{Method: "POST"}
	return &o
}

func TestCompare(t *testing.T) {
	tests := []struct {
		name   string
		change func(*record.Result)
		want   []string // the aspects that differ
	}{
		{"nothing", func(*record.Result) {}, nil},
		{"another order of names", func(r *record.Result) { r.Exchanges[0].Body = `Rules={"b":2,"a":1}&Name=b&Name=c` }, nil},
		{"user agent", func(r *record.Result) { r.Exchanges[0].Header.Set("User-Agent", "x") }, nil},
		{"method", func(r *record.Result) { r.Exchanges[0].Method = "PUT" }, []string{"method"}},
		{"scheme", func(r *record.Result) { r.Exchanges[0].URL = "http://api.example.com/v1/Rooms?Size=1" }, []string{"host"}},
		{"host", func(r *record.Result) { r.Exchanges[0].URL = "https://example.com/v1/Rooms?Size=1" }, []string{"host"}},
		{"path", func(r *record.Result) { r.Exchanges[0].URL = "https://api.example.com/v1/R%6foms?Size=1" }, []string{"path"}},
		{"query", func(r *record.Result) { r.Exchanges[0].URL = "https://api.example.com/v1/Rooms?Size=2" }, []string{"query Size"}},
		{"one more", func(r *record.Result) { r.Exchanges[0].URL += "&Page=2" }, []string{"query Page"}},
		{"another order of values", func(r *record.Result) { r.Exchanges[0].Body = `Rules={"a":1,"b":2}&Name=c&Name=b` }, []string{"form Name"}},
		{"JSON in a form", func(r *record.Result) { r.Exchanges[0].Body = `Rules={"a":1}&Name=b&Name=c` }, []string{"form Rules"}},
		{"no body", func(r *record.Result) { r.Exchanges[0].Body = "" }, []string{"form Name", "form Rules"}},
		{"content type", func(r *record.Result) {
			r.Exchanges[0].Header.Set("Content-Type", "application/json")
			r.Exchanges[0].Body = `{"Name":"b"}`
		}, []string{"body /Name", "content type", "form Name", "form Rules"}},
		{"credentials", func(r *record.Result) { r.Exchanges[0].Header.Del("Authorization") }, []string{"header Authorization"}},
		{"header", func(r *record.Result) { r.Exchanges[0].Header.Set("If-Match", "b") }, []string{"header If-Match"}},
		{"no request", func(r *record.Result) { *r = record.Result{Error: "refused"} }, []string{"request"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			base := request(func(*record.Result) {})
			for _, side := range [][2]record.Result{{base, request(test.change)}, {request(test.change), base}} {
				c := &comparison{operation: post(operation{})}
				if err := c.compare(side[0], side[1]); err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(test.want, aspectsOf(c)); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

func aspectsOf(c *comparison) []string {
	var all []string
	for _, d := range c.differences {
		all = append(all, d.aspect)
	}
	return all
}

// What both sides lose would go unseen if only the requests were compared.
func TestCompareSeesWhatBothLose(t *testing.T) {
	tests := []struct {
		name      string
		operation operation
		change    func(*record.Result)
		want      []string
	}{
		{"parameter that no field takes", operation{}, func(r *record.Result) { r.Missing = []string{"Mode"} }, []string{"no parameter Mode"}},
		{"field that no parameter is for", operation{}, func(r *record.Result) { r.Unset = []string{"mode"} }, []string{
			"undocumented parameter mode", "undocumented parameter of twilio-go mode",
		}},
		{
			"part of a body",
			operation{samples: sample.Values{Body: []byte(`{"name":"b","list":[{"x":1,"y":null},{"x":2}]}`)}},
			func(r *record.Result) {
				r.Exchanges[0].Header.Set("Content-Type", "application/json")
				r.Exchanges[0].Body = `{"name":"b","list":[{"x":1}]}`
			},
			[]string{"lost body /list/0/y", "lost body /list/1/x"},
		},
		{
			"parameter",
			operation{samples: sample.Values{Params: map[string]json.RawMessage{
				"Size": []byte(`"1"`), "If-Match": []byte(`"a"`), "Name": []byte(`"1.25"`), "At": []byte(`"2026-03-04T07:06:07.5+02:00"`),
				"List": []byte(`["x"]`),
			}}},
			func(r *record.Result) { r.Exchanges[0].Body = "Name=1&At=2026-03-04T05:06:07.5Z" },
			[]string{"lost parameter Name"},
		},
		{
			"fraction of a second",
			operation{samples: sample.Values{Params: map[string]json.RawMessage{"At": []byte(`"2026-03-04T07:06:07.5+02:00"`)}}},
			func(r *record.Result) { r.Exchanges[0].Body = "At=2026-03-04T05:06:07Z" },
			[]string{"lost parameter At"},
		},
	}
	for _, test := range tests {
		c := &comparison{operation: post(test.operation)}
		if err := c.compare(request(test.change), request(test.change)); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, aspectsOf(c)); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}

func TestCompareContentTypeOfGet(t *testing.T) {
	with := request(func(r *record.Result) { r.Exchanges[0].Body = "" })
	without := request(func(r *record.Result) { r.Exchanges[0].Body = ""; r.Exchanges[0].Header.Del("Content-Type") })
	tests := []struct {
		name         string
		ours, theirs record.Result
		want         []string
	}{
		{"theirs", without, with, nil},
		{"ours", with, without, []string{"content type"}},
		{"both", with, with, []string{"content type"}},
	}
	for _, test := range tests {
		c := &comparison{operation: &operation{Operation: &document.Operation{Method: "GET"}}}
		if err := c.compare(test.ours, test.theirs); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, aspectsOf(c)); diff != "" {
			t.Error(test.name, diff)
		}
	}
}
