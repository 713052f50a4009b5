package contract

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/twiliogen/twiliogen/testdata/proof/record"
)

const (
	sidA = "RMaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	sidB = "RMbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
)

func TestJudge(t *testing.T) {
	room, other := `{"sid":"`+sidA+`"}`, `{"sid":"`+sidB+`"}`
	page := func(records, next string) record.Exchange {
		return record.Exchange{Status: 200, Answer: `{"rooms":[` + records + `],"meta":{"key":"rooms","next_page_url":"` + next + `"}}`}
	}
	refusal := record.Exchange{Status: 422, Answer: `{"title":"Invalid request","validation":[
		{"location":["body","To"],"message":"To is missing"},{"location":["query","At"],"message":"At is no date"}]}`}
	broken := record.Exchange{Status: 200, Answer: room, Violations: `[{"location":["response","body","sid"],"message":"no SID"}]`}
	for name, test := range map[string]struct {
		result record.Result
		want   verdict
	}{
		"object":           {record.Result{Exchanges: []record.Exchange{{Status: 200, Answer: room}}, Value: []byte(room)}, verdict{nil, 1}},
		"nothing":          {record.Result{Exchanges: []record.Exchange{{Status: 204}}}, verdict{}},
		"pages":            {record.Result{Exchanges: []record.Exchange{page(room, "x"), page(other, "")}, Value: []byte("[" + room + "," + other + "]")}, verdict{nil, 2}},
		"array":            {record.Result{Exchanges: []record.Exchange{{Status: 200, Answer: "[" + room + "]"}}, Value: []byte("[" + room + "]")}, verdict{nil, 1}},
		"only list":        {record.Result{Exchanges: []record.Exchange{{Status: 200, Answer: `{"uri":"/","rooms":[` + room + `]}`}}, Value: []byte("[" + room + "]")}, verdict{nil, 1}},
		"page token":       {record.Result{Exchanges: []record.Exchange{{Status: 204}}, Missing: []string{"Page", "PageToken"}}, verdict{}},
		"no field":         {record.Result{Exchanges: []record.Exchange{{Status: 204}}, Missing: []string{"To"}}, verdict{[]complaint{"no parameter To"}, 0}},
		"another SID":      {record.Result{Exchanges: []record.Exchange{{Status: 200, Answer: room}}, Value: []byte(other)}, verdict{[]complaint{"sid is " + sidB + ", want " + sidA}, 0}},
		"no SID":           {record.Result{Exchanges: []record.Exchange{{Status: 200, Answer: room}}, Value: []byte("{}")}, verdict{[]complaint{"sid is <nil>, want " + sidA}, 0}},
		"record lost":      {record.Result{Exchanges: []record.Exchange{page(room, "x"), page(other, "")}, Value: []byte("[" + room + "]")}, verdict{[]complaint{"1 of 2 records were returned"}, 0}},
		"two lists":        {record.Result{Exchanges: []record.Exchange{{Status: 200, Answer: `{"a":[],"b":[]}`}}, Value: []byte("[]")}, verdict{[]complaint{"the page has 2 lists"}, 0}},
		"answer lost":      {record.Result{Exchanges: []record.Exchange{{Status: 200, Answer: room}}}, verdict{[]complaint{"the answer is not returned"}, 0}},
		"not decoded":      {record.Result{Exchanges: []record.Exchange{broken}, Error: "no SID"}, verdict{[]complaint{"no SID", brokenExample}, 0}},
		"broken example":   {record.Result{Exchanges: []record.Exchange{broken}, Value: []byte(room)}, verdict{[]complaint{brokenExample}, 1}},
		"refused":          {record.Result{Exchanges: []record.Exchange{refusal}, Error: "422"}, verdict{[]complaint{"At is no date", "To is missing"}, 0}},
		"not noticed":      {record.Result{Exchanges: []record.Exchange{{Status: 404, Answer: `{"title":"No route"}`}}}, verdict{[]complaint{"No route", "the client has not noticed the refusal"}, 0}},
		"redirect":         {record.Result{Exchanges: []record.Exchange{{Status: 307, Answer: room}}, Error: "307"}, verdict{[]complaint{"the status is 307"}, 0}},
		"not sent":         {record.Result{Error: "To is required"}, verdict{[]complaint{"To is required"}, 0}},
		"neither":          {record.Result{}, verdict{[]complaint{"no request was sent"}, 0}},
		"what prism says?": {record.Result{Exchanges: []record.Exchange{{Status: 204, Violations: "Too many"}}}, verdict{[]complaint{"unreadable violations: Too many"}, 0}},
	} {
		if diff := cmp.Diff(test.want, judge(test.result), cmp.AllowUnexported(verdict{})); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestCount(t *testing.T) {
	got := count([]*outcome{
		{calls: 4, sids: 2, controls: 1, broken: true},
		{calls: 2, excused: true},
		{calls: 2, excused: true, failures: []string{"wrong"}},
	})
	want := tally{operations: 3, accepted: 1, excused: 1, broken: 1, calls: 8, sids: 2, controls: 1}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
