package contract

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// object is a JSON object of a document.
type object = map[string]any

// document reads an OpenAPI document just as far as the calls of its operations need.
type document struct {
	file   string // "twilio_proxy_v1.json"
	root   object
	client string // the name of the package that is generated from it: "proxyv1"
}

func readDocument(file string) (*document, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	d := &document{file: filepath.Base(file)}
	if err := json.Unmarshal(data, &d.root); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	name := strings.TrimPrefix(strings.TrimSuffix(d.file, ".json"), "twilio_")
	d.client = strings.ReplaceAll(name, "_", "")
	return d, nil
}

// operation is one operation of a document, with a sample of everything that it takes.
type operation struct {
	method, path string
	args         []string         // the arguments for the placeholders of the path
	params       map[string]param // in query, header and body
	form         bool             // the body is a form
	public       bool             // it takes no credentials
	oneOf        [][]string       // of each of these groups of params at least one is required
	prefer       string           // asks prism for the example that says most; "": there is none
}

type param struct {
	sample   any
	required bool
	inBody   bool
}

// String identifies the operation in its document: "POST /v1/Services".
func (o *operation) String() string { return o.method + " " + o.path }

// operations returns the operations of the document, sorted by path and method.
func (d *document) operations() ([]*operation, error) {
	var all []*operation
	for path, item := range d.resolve(d.root["paths"]) {
		item := d.resolve(item)
		for _, method := range []string{"get", "put", "post", "delete", "patch", "head"} {
			if _, ok := item[method]; !ok {
				continue
			}
			o, err := d.operation(method, path, item)
			if err != nil {
				return nil, fmt.Errorf("%s: %s %s: %w", d.file, method, path, err)
			}
			all = append(all, o)
		}
	}
	slices.SortFunc(all, func(a, b *operation) int {
		return cmp.Or(cmp.Compare(a.path, b.path), cmp.Compare(a.method, b.method))
	})
	return all, nil
}

func (d *document) operation(method, path string, item object) (*operation, error) {
	op := d.resolve(item[method])
	security, secured := op["security"].([]any)
	o := &operation{
		method: strings.ToUpper(method),
		path:   path,
		params: map[string]param{},
		public: secured && len(security) == 0,
	}
	o.prefer = d.preferred(d.resolve(op["responses"]))
	args := map[string]string{}
	for _, p := range slices.Concat(list(item["parameters"]), list(op["parameters"])) {
		p := d.resolve(p)
		name, _ := p["name"].(string)
		sample, err := d.sample(p["schema"], 0)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if p["in"] == "path" {
			args[name] = fmt.Sprint(sample)
			continue
		}
		o.params[name] = param{sample: sample, required: p["required"] == true}
	}
	for _, m := range placeholder.FindAllStringSubmatch(path, -1) {
		o.args = append(o.args, args[m[1]])
	}
	for _, group := range list(d.resolve(op["x-twilio"])["conditional"]) {
		var names []string
		for _, name := range list(group) {
			names = append(names, fmt.Sprint(name))
		}
		o.oneOf = append(o.oneOf, names)
	}
	return o, d.body(o, d.resolve(d.resolve(op["requestBody"])["content"]))
}

var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

const formType = "application/x-www-form-urlencoded"

// body adds the properties of the body to the params of the operation.
func (d *document) body(o *operation, content object) error {
	if len(content) == 0 {
		return nil
	}
	_, o.form = content[formType]
	mediaType := formType
	if !o.form {
		mediaType = slices.Sorted(maps.Keys(content))[0]
	}
	schema := d.resolve(d.resolve(content[mediaType])["schema"])
	properties := d.resolve(schema["properties"])
	if len(properties) == 0 {
		return errors.New("no sample is known for a body without properties")
	}
	for name, property := range properties {
		sample, err := d.sample(property, 0)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		o.params[name] = param{sample, slices.Contains(list(schema["required"]), any(name)), true}
	}
	return nil
}

// preferred returns the header that makes prism answer with the longest example of the first successful status: the first
// one, which it would take by itself, is often that of an empty list.
func (d *document) preferred(responses object) string {
	for _, code := range slices.Sorted(maps.Keys(responses)) {
		if !strings.HasPrefix(code, "2") {
			continue
		}
		longest, prefer := 0, ""
		for _, content := range d.resolve(d.resolve(responses[code])["content"]) {
			examples := d.resolve(d.resolve(content)["examples"])
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
func (d *document) stateEncoding(file string) error {
	for _, item := range d.resolve(d.root["paths"]) {
		for _, op := range d.resolve(item) {
			op, _ := op.(object)
			form := d.resolve(d.resolve(d.resolve(op["requestBody"])["content"])[formType])
			encoding := d.resolve(form["encoding"])
			for name, property := range d.resolve(d.resolve(form["schema"])["properties"]) {
				if d.resolve(property)["type"] != "array" || encoding[name] != nil {
					continue
				}
				if encoding == nil {
					encoding = object{}
					form["encoding"] = encoding
				}
				encoding[name] = object{"style": "form", "explode": true}
			}
		}
	}
	var text bytes.Buffer
	if err := json.NewEncoder(&text).Encode(d.root); err != nil {
		return err
	}
	return os.WriteFile(file, text.Bytes(), 0o666)
}

// resolve follows references. It returns nil for what is no object.
func (d *document) resolve(node any) object {
	for range 16 { // more references in a row than that are a circle
		o, _ := node.(object)
		ref, ok := o["$ref"].(string)
		if !ok {
			return o
		}
		node = d.root
		for _, key := range strings.Split(strings.TrimPrefix(ref, "#/"), "/") {
			key = strings.NewReplacer("~1", "/", "~0", "~").Replace(key)
			o, _ := node.(object)
			node = o[key]
		}
	}
	return nil
}

func list(node any) []any {
	l, _ := node.([]any)
	return l
}
