package gen_test

import (
	"encoding/json"
	"os"
	"slices"
	"testing"
)

// openAPI is what the tests ask of the document that the bindings are generated
// from. What they ask of, the document has in place, without a reference.
type openAPI struct {
	Paths      map[string]struct{ Get, Put, Post, Patch, Delete *documented }
	Components struct{ Schemas map[string]*schema }
}

type schema struct {
	Properties map[string]*schema
	Pattern    string
	Enum       []string
}

type parameter struct {
	Name, In string
	Schema   schema
}

// documented is an operation and where it is in the document.
type documented struct {
	OperationID string
	Parameters  []parameter
	RequestBody struct {
		Content map[string]struct{ Schema schema }
	}
	Responses map[string]any

	method, path string
}

// document reads the document. The generator's tests write it to testdata, as
// JSON: this module reads no YAML, and stands without the rest of the repository.
func document(t *testing.T) *openAPI {
	t.Helper()
	data, err := os.ReadFile("testdata/twilio_proxy_v1.json")
	if err != nil {
		t.Fatal(err)
	}
	var doc openAPI
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	return &doc
}

// operations returns the operations of a document by their ids.
func operations(doc *openAPI) map[string]documented {
	all := map[string]documented{}
	for path, item := range doc.Paths {
		for method, op := range map[string]*documented{
			"GET": item.Get, "PUT": item.Put, "POST": item.Post, "PATCH": item.Patch, "DELETE": item.Delete,
		} {
			if op != nil {
				op.method, op.path = method, path
				all[op.OperationID] = *op
			}
		}
	}
	return all
}

// form returns the names of the fields of the operation's form, sorted; nil
// when it has none.
func (d documented) form() []string {
	return propertyNames(d.RequestBody.Content[formType].Schema)
}

// params returns the operation's parameters in one place of the request.
func (d documented) params(in string) (params []parameter) {
	for _, p := range d.Parameters {
		if p.In == in {
			params = append(params, p)
		}
	}
	return params
}

func propertyNames(s schema) (names []string) {
	for name := range s.Properties {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
