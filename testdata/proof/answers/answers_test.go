package answers

import (
	"context"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/twiliogen/twiliogen/testdata/proof/bindings"
	"github.com/twiliogen/twiliogen/testdata/proof/document"
	"github.com/twiliogen/twiliogen/testdata/proof/record"
	"github.com/twiliogen/twiliogen/testdata/proof/repository"
)

// TestEveryExampleIsAnAnswer fails on an example that a method does not take.
func TestEveryExampleIsAnAnswer(t *testing.T) {
	r, b := generated(t)
	var answers []answer // one for each call
	var calls []record.Call
	for _, file := range r.Documents {
		d, err := document.Read(file)
		if err != nil {
			t.Fatal(err)
		}
		methods, err := b.Methods(d.Client())
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range d.Operations() {
			examples, err := answersTo(o)
			if err != nil {
				t.Fatal(err)
			}
			for _, example := range examples {
				for _, m := range methods[o.Method+" "+o.Path] {
					calls = append(calls, call(o, m, len(answers)))
					answers = append(answers, example)
				}
			}
		}
	}
	s := httptest.NewServer(server(answers))
	defer s.Close()
	results, err := record.Run(t.Context(), b, s.URL, calls)
	if err != nil {
		t.Fatal(err)
	}
	for i, result := range results {
		if result.Error != "" || len(result.Exchanges) == 0 {
			t.Errorf("%s: %s: %q after %d requests, answer %.200s", answers[i].operation, calls[i].Method, result.Error, len(result.Exchanges), answers[i].body)
		}
	}
	t.Logf("%d calls were answered with an example", len(calls))
}

// generate writes the packages of all documents, once for all tests.
var generate = sync.OnceValues(func() (bindings.Bindings, error) {
	r, err := repository.Find(context.Background())
	if err != nil {
		return bindings.Bindings{}, err
	}
	return bindings.Generate(context.Background(), r, "answers", r.Documents)
})

// generated returns where the documents and their packages are. It skips the test if there are none.
func generated(t *testing.T) (*repository.Repository, bindings.Bindings) {
	t.Helper()
	r, err := repository.Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Documents) == 0 {
		t.Skip(repository.NoDocuments)
	}
	b, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	return r, b
}
