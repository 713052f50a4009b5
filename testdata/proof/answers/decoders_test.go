package answers

import (
	"encoding/json"
	"flag"
	"os"
	"testing"

	"github.com/twiliogen/twiliogen/testdata/proof/decoders"
	"github.com/twiliogen/twiliogen/testdata/proof/document"
)

var fuzzTime = flag.String("decoders", "", "fuzz the decoders of all types for as long as this, such as 30s or 1000x")

// TestDecoders fails where the decoder of a type and encoding/json differ, for documents that look like the examples and
// for others. With -decoders it fuzzes.
func TestDecoders(t *testing.T) {
	r, b := generated(t)
	examples := decoders.Examples{}
	for _, file := range r.Documents {
		d, err := document.Read(file)
		if err != nil {
			t.Fatal(err)
		}
		examples[d.Client()] = []json.RawMessage{}
		for _, o := range d.Operations() {
			answers, err := answersTo(o)
			if err != nil {
				t.Fatal(err)
			}
			for _, answer := range answers {
				if answer.body != "" {
					examples[d.Client()] = append(examples[d.Client()], json.RawMessage(answer.body))
				}
			}
		}
	}
	types, err := decoders.Run(t.Context(), b, examples, *fuzzTime, os.Stderr)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d types are decoded like encoding/json would", types)
}
