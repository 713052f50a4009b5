// Package answers proves that generated clients take every answer of Twilio's: each operation of all documents is called,
// and answered with each example that its document has. What a client refuses, because it says nothing or is no page, is
// then none of Twilio's. What all types make of the examples, and of much that is unlike them, is held against
// encoding/json. The package exists for its tests.
package answers

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/twiliogen/twiliogen/testdata/proof/bindings"
	"github.com/twiliogen/twiliogen/testdata/proof/document"
	"github.com/twiliogen/twiliogen/testdata/proof/record"
	"github.com/twiliogen/twiliogen/testdata/proof/sample"
)

// answer is the answer of a document to an operation.
type answer struct {
	operation *document.Operation
	status    int
	body      string
}

// answersTo returns the examples of successful answers to an operation, and one without a body for each status that has no
// content.
func answersTo(o *document.Operation) ([]answer, error) {
	var all []answer
	responses := o.Document.Resolve(o.Node["responses"])
	for _, key := range slices.Sorted(maps.Keys(responses)) {
		status, err := strconv.Atoi(key)
		if err != nil || status/100 != 2 {
			continue
		}
		content := o.Document.Resolve(o.Document.Resolve(responses[key])["content"])
		if len(content) == 0 {
			all = append(all, answer{o, status, ""})
		}
		for _, example := range examples(o.Document, content) {
			body, err := json.Marshal(example)
			if err != nil {
				return nil, err
			}
			all = append(all, answer{o, status, string(body)})
		}
	}
	return all, nil
}

// examples returns the values of a content that is JSON.
func examples(d *document.Document, content document.Object) []any {
	var all []any
	for _, mediaType := range slices.Sorted(maps.Keys(content)) {
		if !strings.HasSuffix(mediaType, "json") {
			continue
		}
		media := d.Resolve(content[mediaType])
		if example, ok := media["example"]; ok {
			all = append(all, example)
		}
		named := d.Resolve(media["examples"])
		for _, name := range slices.Sorted(maps.Keys(named)) {
			if example, ok := d.Resolve(named[name])["value"]; ok {
				all = append(all, example)
			}
		}
	}
	return all
}

// call returns the call of a method of the operation that is to be answered with the answer of a number.
func call(o *document.Operation, m bindings.Method, number int) record.Call {
	values := sample.Simple.Values(o)
	c := record.Call{
		Client:   o.Document.Client(),
		Token:    o.Token,
		Receiver: m.Receiver,
		Method:   m.Name,
		Params:   maps.Clone(values.Params),
		Body:     values.Body,
		Prefer:   strconv.Itoa(number),
	}
	for _, place := range m.Args {
		c.Args = append(c.Args, values.Args[place])
	}
	return c
}

// server answers each request with the answer that its header Prefer has the number of.
func server(answers []answer) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		n, err := strconv.Atoi(r.Header.Get("Prefer"))
		if err != nil || n >= len(answers) {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(answers[n].status)
		_, _ = w.Write([]byte(answers[n].body)) // an error is one of the client, too
	}
}
