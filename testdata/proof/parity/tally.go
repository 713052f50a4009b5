package parity

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/twiliogen/twiliogen/testdata/proof/sample"
)

// verdict is what the comparisons of an operation come to; the worst one counts.
type verdict int

const (
	unshared  verdict = iota // twilio-go has no such operation
	equal                    // the requests are the same
	excused                  // each difference has its excuse
	different                // some difference has none
)

// kinds are the samples that every operation is called with.
var kinds = [...]sample.Kind{sample.Plain, sample.Tricky}

// tally has the verdict on each operation, and the operations that each excuse was needed for, for both kinds of samples.
type tally struct {
	verdicts [2]map[*operation]verdict
	excuses  map[string]*[2]map[*operation]bool
}

func newTally(operations []*operation) *tally {
	t := &tally{excuses: map[string]*[2]map[*operation]bool{}}
	for _, kind := range kinds {
		t.verdicts[kind] = map[*operation]verdict{}
	}
	for _, o := range operations {
		t.judge(o, unshared)
	}
	return t
}

func (t *tally) judge(o *operation, v verdict) {
	of := t.verdicts[o.samples.Kind]
	of[o] = max(of[o], v)
}

func (t *tally) excuse(o *operation, what string) {
	t.judge(o, excused)
	if t.excuses[what] == nil {
		t.excuses[what] = &[2]map[*operation]bool{{}, {}}
	}
	t.excuses[what][o.samples.Kind][o] = true
}

// counts is a line of the report. A document has the same operations for both kinds of samples.
type counts struct {
	operations, shared int
	equal, excused     [2]int
}

func (c *counts) add(kind sample.Kind, v verdict) {
	if kind == sample.Plain {
		c.operations++
		if v != unshared {
			c.shared++
		}
	}
	switch v {
	case equal:
		c.equal[kind]++
	case excused:
		c.excused[kind]++
	}
}

// report returns a table of the verdicts, with a line for each document and one for all, and one of the excuses.
func (t *tally) report() string {
	documents := map[string]*counts{}
	all := new(counts)
	for kind, of := range t.verdicts {
		for o, v := range of {
			if documents[o.Document.File] == nil {
				documents[o.Document.File] = new(counts)
			}
			documents[o.Document.File].add(sample.Kind(kind), v)
			all.add(sample.Kind(kind), v)
		}
	}

	var text strings.Builder
	w := tabwriter.NewWriter(&text, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "\tin both\tequal\texcused\tequal\texcused\t")
	fmt.Fprintln(w, "operations\tlibraries\tplain\tplain\ttricky\ttricky\t")
	for _, name := range slices.Sorted(maps.Keys(documents)) {
		documents[name].write(w, name)
	}
	all.write(w, "all")
	w.Flush()

	fmt.Fprintln(w, "\noperations excused\t\t")
	fmt.Fprintln(w, "plain\ttricky\t")
	for _, what := range slices.Sorted(maps.Keys(t.excuses)) {
		of := t.excuses[what]
		fmt.Fprintf(w, "%d\t%d\t  %s\n", len(of[sample.Plain]), len(of[sample.Tricky]), what)
	}
	w.Flush()
	return text.String()
}

func (c *counts) write(w io.Writer, name string) {
	fmt.Fprintf(w, "%d\t%d\t%d\t%d\t%d\t%d\t  %s\n",
		c.operations, c.shared, c.equal[sample.Plain], c.excused[sample.Plain], c.equal[sample.Tricky], c.excused[sample.Tricky], name)
}
