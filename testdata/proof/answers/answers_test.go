package answers

import (
	"net/http/httptest"
	"testing"

	"github.com/twiliogen/twiliogen/testdata/proof/bindings"
	"github.com/twiliogen/twiliogen/testdata/proof/document"
	"github.com/twiliogen/twiliogen/testdata/proof/record"
	"github.com/twiliogen/twiliogen/testdata/proof/repository"
)

// TestEveryExampleIsAnAnswer fails on an example that a method does not take.
func TestEveryExampleIsAnAnswer(t *testing.T) {
	r, err := repository.Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Documents) == 0 {
		t.Skip(repository.NoDocuments)
	}
	b, err := bindings.Generate(t.Context(), r, "answers", r.Documents)
	if err != nil {
		t.Fatal(err)
	}
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
