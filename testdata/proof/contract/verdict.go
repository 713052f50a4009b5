package contract

import (
	"cmp"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/twiliogen/twiliogen/testdata/proof/document"
	"github.com/twiliogen/twiliogen/testdata/proof/record"
)

// A complaint is what is wrong with a call, in the words of prism, of the client or of this package.
type complaint string

// brokenExample is the complaint about an answer that breaks the document. As prism takes it from the document, the
// client is not at fault; it has to read the answer all the same.
const brokenExample complaint = "the answer breaks the document's schema"

// verdict is what a call of an operation came to.
type verdict struct {
	complaints []complaint // without repetition
	sids       int         // how many SIDs of the answers were found again in what the client returned
}

func (v *verdict) complain(format string, args ...any) {
	v.complaints = append(v.complaints, complaint(fmt.Sprintf(format, args...)))
}

// judge compares what a call sent and returned with what prism had to say.
func judge(r record.Result) verdict {
	var v verdict
	for _, name := range r.Missing {
		// The page to begin with is the iterator's business.
		if name != "Page" && name != "PageToken" {
			v.complain("no parameter %s", name)
		}
	}
	for _, e := range r.Exchanges {
		v.complaints = append(v.complaints, prismComplaints(e)...)
	}
	n := len(r.Exchanges)
	refused := n > 0 && r.Exchanges[n-1].Refused()
	switch {
	case r.Error == "" && refused:
		v.complain("the client has not noticed the refusal")
	case r.Error != "" && !refused:
		v.complain("%s", r.Error)
	case n == 0:
		v.complain("no request was sent")
	case !refused:
		v.compare(r)
	}
	slices.Sort(v.complaints)
	v.complaints = slices.Compact(v.complaints)
	return v
}

// prismComplaints returns what prism holds against an exchange: in the header of an answer that it took from the document,
// or in an answer of its own.
func prismComplaints(e record.Exchange) []complaint {
	var all []complaint
	var problem struct {
		Title      string
		Validation []violation
	}
	if e.Refused() {
		_ = json.Unmarshal([]byte(e.Answer), &problem) // an answer that is none of prism's has no title
		if len(problem.Validation) == 0 {
			all = append(all, complaint(cmp.Or(problem.Title, fmt.Sprint("the status is ", e.Status))))
		}
	}
	var violations []violation
	if err := json.Unmarshal([]byte(cmp.Or(e.Violations, "[]")), &violations); err != nil {
		all = append(all, complaint("unreadable violations: "+e.Violations))
	}
	for _, v := range slices.Concat(problem.Validation, violations) {
		all = append(all, v.complaint())
	}
	return all
}

// violation is what prism says about one value.
type violation struct {
	Location []string
	Message  string
}

func (v violation) complaint() complaint {
	if len(v.Location) > 0 && v.Location[0] == "response" {
		return brokenExample
	}
	return complaint(v.Message)
}

// compare complains when the client returned fewer records than the answers have, or a record without its SIDs.
func (v *verdict) compare(r record.Result) {
	var got any
	if r.Value != nil {
		if err := json.Unmarshal(r.Value, &got); err != nil {
			v.complain("the result is not JSON: %s", err)
			return
		}
	}
	if got, ok := got.([]any); ok {
		v.compareRecords(r.Exchanges, got)
		return
	}
	body := r.Exchanges[len(r.Exchanges)-1].Answer
	if r.Value == nil && strings.TrimSpace(body) != "" {
		v.complain("the answer is not returned")
		return
	}
	var want any
	_ = json.Unmarshal([]byte(body), &want) // the client has read it, or there is none
	v.compareSIDs(want, got)
}

func (v *verdict) compareRecords(exchanges []record.Exchange, got []any) {
	var want []any
	for _, e := range exchanges {
		page, err := records(e.Answer)
		if err != nil {
			v.complain("%s", err)
			return
		}
		want = append(want, page...)
	}
	if len(got) != len(want) {
		v.complain("%d of %d records were returned", len(got), len(want))
		return
	}
	for i := range want {
		v.compareSIDs(want[i], got[i])
	}
}

// records returns the records of a page: the answer itself, the member that meta names, or the only list in it.
func records(body string) ([]any, error) {
	var answer any
	if err := json.Unmarshal([]byte(body), &answer); err != nil {
		return nil, fmt.Errorf("the page is not JSON: %w", err)
	}
	if all, ok := answer.([]any); ok {
		return all, nil
	}
	page, _ := answer.(document.Object)
	meta, _ := page["meta"].(document.Object)
	if key, ok := meta["key"].(string); ok {
		return document.List(page[key]), nil
	}
	var lists [][]any
	for _, member := range page {
		if l, ok := member.([]any); ok {
			lists = append(lists, l)
		}
	}
	if len(lists) != 1 {
		return nil, fmt.Errorf("the page has %d lists", len(lists))
	}
	return lists[0], nil
}

var sid = regexp.MustCompile(`^[A-Z]{2}[0-9a-f]{32}$`)

// compareSIDs complains about each member of the wanted object that is a SID and has another value in what was got.
func (v *verdict) compareSIDs(want, got any) {
	from, _ := want.(document.Object)
	to, _ := got.(document.Object)
	for name, value := range from {
		value, ok := value.(string)
		switch {
		case !ok || !sid.MatchString(value):
		case to[name] == value:
			v.sids++
		default:
			v.complain("%s is %v, want %s", name, to[name], value)
		}
	}
}
