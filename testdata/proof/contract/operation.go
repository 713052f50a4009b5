package contract

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/twiliogen/twiliogen/testdata/proof/document"
	"github.com/twiliogen/twiliogen/testdata/proof/sample"
)

// operation is one operation of a document, with a sample of everything that it takes.
type operation struct {
	*document.Operation

	args   []string         // the arguments for the placeholders of the path
	params map[string]param // in query, header and body
	oneOf  [][]string       // of each of these groups of params at least one is required
	prefer string           // asks prism for the example that says most; "": there is none
}

type param struct {
	sample   json.RawMessage
	required bool
}

// String identifies the operation in its document: "POST /v1/Services".
func (o *operation) String() string { return o.Method + " " + o.Path }

// operations returns the operations of the document, sorted by path and method.
func operations(d *document.Document) ([]*operation, error) {
	var all []*operation
	for _, of := range d.Operations() {
		o, err := newOperation(of)
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", d.File, of, err)
		}
		all = append(all, o)
	}
	return all, nil
}

func newOperation(of *document.Operation) (*operation, error) {
	d := of.Document
	samples := sample.Simple.Values(of) // in a list, prism takes a space, which a form has as a plus, for an error
	o := &operation{
		Operation: of,
		args:      samples.Args,
		params:    map[string]param{},
		prefer:    preferred(d, d.Resolve(of.Node["responses"])),
	}
	for _, p := range of.Params {
		if p.In != "path" {
			o.params[p.Name] = param{samples.Params[p.Name], p.Required}
		}
	}
	for _, group := range document.List(d.Resolve(of.Node["x-twilio"])["conditional"]) {
		var names []string
		for _, name := range document.List(group) {
			names = append(names, fmt.Sprint(name))
		}
		o.oneOf = append(o.oneOf, names)
	}
	return o, o.addBody(samples.Body)
}

// addBody adds the properties of the JSON body to the params of the operation.
func (o *operation) addBody(sample json.RawMessage) error {
	if sample == nil {
		return nil
	}
	if len(o.Body.Properties()) == 0 {
		return errors.New("no sample is known for a body without properties")
	}
	var properties map[string]json.RawMessage
	if err := json.Unmarshal(sample, &properties); err != nil {
		return err
	}
	for name, value := range properties {
		o.params[name] = param{value, o.Body.Requires(name)}
	}
	return nil
}

// preferred returns the header that makes prism answer with the longest example of the first successful status: the first
// one, which it would take by itself, is often that of an empty list.
func preferred(d *document.Document, responses document.Object) string {
	for _, code := range slices.Sorted(maps.Keys(responses)) {
		if !strings.HasPrefix(code, "2") {
			continue
		}
		longest, prefer := 0, ""
		for _, content := range d.Resolve(d.Resolve(responses[code])["content"]) {
			examples := d.Resolve(d.Resolve(content)["examples"])
			for _, name := range slices.Sorted(maps.Keys(examples)) {
				if text, err := json.Marshal(examples[name]); err == nil && len(text) > longest {
					longest, prefer = len(text), "code="+code+", example="+name
				}
			}
		}
		return prefer
	}
	return ""
}

// stateEncoding writes the document with the encoding of each list in a form stated. What it states is OpenAPI's default,
// one key for each element, so that the document says the same as before; but prism reads a list in no other way.
func stateEncoding(d *document.Document, file string) error {
	for _, item := range d.Resolve(d.Root["paths"]) {
		for _, op := range d.Resolve(item) {
			op, _ := op.(document.Object)
			form := d.Resolve(d.Resolve(d.Resolve(op["requestBody"])["content"])[document.FormType])
			encoding := d.Resolve(form["encoding"])
			for name, property := range d.Resolve(d.Resolve(form["schema"])["properties"]) {
				if d.Resolve(property)["type"] != "array" || encoding[name] != nil {
					continue
				}
				if encoding == nil {
					encoding = document.Object{}
					form["encoding"] = encoding
				}
				encoding[name] = document.Object{"style": "form", "explode": true}
			}
		}
	}
	var text bytes.Buffer
	if err := json.NewEncoder(&text).Encode(d.Root); err != nil {
		return err
	}
	return os.WriteFile(file, text.Bytes(), 0o666)
}
