package parity

import (
	"encoding/json"
	"path/filepath"

	"github.com/twiliogen/twiliogen/testdata/proof/document"
)

// operation is one operation of a document, with a sample of everything that it takes.
type operation struct {
	*document.Operation

	samples samples
	args    []string                   // the arguments for the placeholders of the path
	params  map[string]json.RawMessage // the parameters in query, header and form
	body    json.RawMessage            // the JSON body; nil: none
}

// readDocuments returns the operations of all documents in the folder, sorted by document, path and method.
func readDocuments(folder string, kind samples) ([]*operation, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil {
		return nil, err
	}
	var all []*operation
	for _, file := range files {
		d, err := document.Read(file)
		if err != nil {
			return nil, err
		}
		for _, o := range d.Operations() {
			all = append(all, newOperation(o, kind))
		}
	}
	return all, nil
}

func newOperation(of *document.Operation, kind samples) *operation {
	o := &operation{Operation: of, samples: kind, params: map[string]json.RawMessage{}}
	args := map[string]string{}
	for _, p := range of.Params {
		if p.In == "path" {
			args[p.Name] = kind.pathSample(p.Name, p.Schema)
			continue
		}
		o.params[p.Name] = text(kind.sample(p.Name, p.Schema, 0))
	}
	for _, name := range document.Placeholders(of.Path) {
		o.args = append(o.args, args[name])
	}
	if of.Body.Exists() {
		o.body = text(kind.sample("body", of.Body, 0))
	}
	return o
}

func text(sample any) json.RawMessage {
	data, err := json.Marshal(sample)
	if err != nil {
		panic(err) // a sample is made of strings, numbers, lists and maps
	}
	return data
}
