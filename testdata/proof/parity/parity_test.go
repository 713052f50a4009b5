package parity

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/twiliogen/twiliogen/testdata/proof/bindings"
	"github.com/twiliogen/twiliogen/testdata/proof/excuse"
	"github.com/twiliogen/twiliogen/testdata/proof/repository"
)

var update = flag.Bool("update", false, "rewrite testdata/counts.txt")

// TestOnTheWire fails on a difference without an excuse, on an excuse without a difference, and when a count changes.
func TestOnTheWire(t *testing.T) {
	r, err := repository.Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Documents) == 0 {
		t.Skip(repository.NoDocuments)
	}
	operations, pairs := compared(t, r)
	excuses, err := excuse.Read(filepath.Join("testdata", "excused.txt"))
	if err != nil {
		t.Fatal(err)
	}
	tally := newTally(operations)
	for _, c := range pairs {
		tally.judge(c.operation, equal)
		for _, d := range c.differences {
			what, ok := excuses.Find(c.excuses(d)...)
			if !ok {
				t.Errorf("%s, %s samples, %s: %s", c.operation, c.samples.Kind, c.ours.Name, d)
				tally.judge(c.operation, different)
				continue
			}
			tally.excuse(c.operation, what)
		}
	}
	for _, what := range excuses.Unused() {
		t.Errorf("there is no difference for the excuse %q", what)
	}
	checkCounts(t, tally.report())
}

// compared returns the operations of all documents with both kinds of samples, and the comparisons of those that both
// sides have.
func compared(t *testing.T, r *repository.Repository) ([]*operation, []*comparison) {
	b, err := bindings.Generate(t.Context(), r, "all", r.Documents)
	if err != nil {
		t.Fatal(err)
	}
	var operations []*operation
	for _, kind := range kinds {
		found, err := readDocuments(r.Documents, kind)
		if err != nil {
			t.Fatal(err)
		}
		operations = append(operations, found...)
	}
	theirs, err := readTwilioGo(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	pairs, err := match(b, operations, theirs)
	if err != nil {
		t.Fatal(err)
	}
	if err := compareAll(t.Context(), b, pairs); err != nil {
		t.Fatal(err)
	}
	return operations, pairs
}

func checkCounts(t *testing.T, report string) {
	t.Logf("\n%s", report)
	file := filepath.Join("testdata", "counts.txt")
	if *update {
		if err := os.WriteFile(file, []byte(report), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	pinned, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(pinned) != report {
		t.Errorf("the counts have changed; if that is right, run the test with -update. They were:\n%s", pinned)
	}
}
