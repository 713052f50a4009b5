package parity

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// operation is one operation of a document, with a sample of everything that it takes.
type operation struct {
	document string // the name of its file
	method   string
	server   string // "https://proxy.twilio.com"
	path     string // "/v1/Services/{ServiceSid}"
	public   bool   // it takes no credentials
	token    bool   // it takes an OAuth access token, and no other credentials

	samples samples
	args    []string                   // the arguments for the placeholders of the path
	params  map[string]json.RawMessage // the parameters in query, header and form
	body    json.RawMessage            // the JSON body; nil: none
}

// String identifies the operation: "POST https://proxy.twilio.com/v1/Services".
func (o *operation) String() string { return o.method + " " + o.server + o.path }

// client returns the name of the package that is generated from the document: "proxyv1".
func (o *operation) client() string {
	name := strings.TrimPrefix(strings.TrimSuffix(o.document, ".json"), "twilio_")
	return strings.ReplaceAll(name, "_", "")
}

// object is a JSON object of a document.
type object = map[string]any

// readDocuments returns the operations of all documents in the folder, sorted by document, path and method.
func readDocuments(folder string, kind samples) ([]*operation, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil {
		return nil, err
	}
	var all []*operation
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		var root object
		if err := json.Unmarshal(data, &root); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		d := document{root, kind}
		operations, err := d.operations(filepath.Base(file))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		all = append(all, operations...)
	}
	return all, nil
}

// document reads an OpenAPI document just as far as samples of its requests need.
type document struct {
	root    object
	samples samples
}

func (d document) operations(file string) ([]*operation, error) {
	var all []*operation
	paths, _ := d.root["paths"].(object)
	for path, item := range paths {
		item := d.resolve(item)
		for _, method := range []string{"get", "put", "post", "delete", "patch", "head"} {
			if _, ok := item[method]; !ok {
				continue
			}
			o, err := d.operation(method, path, item)
			if err != nil {
				return nil, fmt.Errorf("%s %s: %w", method, path, err)
			}
			o.document = file
			all = append(all, o)
		}
	}
	slices.SortFunc(all, func(a, b *operation) int {
		return cmp.Or(cmp.Compare(a.path, b.path), cmp.Compare(a.method, b.method))
	})
	return all, nil
}

func (d document) operation(method, path string, item object) (*operation, error) {
	op := d.resolve(item[method])
	security, secured := op["security"].([]any)
	if !secured {
		security, _ = d.root["security"].([]any)
	}
	o := &operation{
		method:  strings.ToUpper(method),
		server:  server(op, item, d.root),
		path:    path,
		public:  secured && len(security) == 0,
		token:   d.takesToken(security),
		samples: d.samples,
		params:  map[string]json.RawMessage{},
	}
	args := map[string]string{}
	for _, p := range slices.Concat(list(item["parameters"]), list(op["parameters"])) {
		p := d.resolve(p)
		name, _ := p["name"].(string)
		if p["in"] == "path" {
			args[name] = d.pathSample(name, d.resolve(p["schema"]))
			continue
		}
		d.sampleParam(o, name, d.resolve(p["schema"]))
	}
	for _, name := range placeholders(path) {
		o.args = append(o.args, args[name])
	}
	if body := d.resolve(op["requestBody"]); body != nil {
		return o, d.sampleBody(o, d.resolve(body["content"]))
	}
	return o, nil
}

// takesToken tells whether each way to be authorized is by a token.
func (d document) takesToken(security []any) bool {
	schemes, _ := d.root["components"].(object)["securitySchemes"].(object)
	for _, alternative := range security {
		for name := range alternative.(object) {
			if scheme := d.resolve(schemes[name]); scheme["type"] != "oauth2" {
				return false
			}
		}
	}
	return len(security) > 0
}

// sampleBody prefers a form, as a Twilio document has either that or JSON.
func (d document) sampleBody(o *operation, content object) error {
	types := slices.Sorted(maps.Keys(content))
	for _, t := range types {
		schema := d.resolve(d.resolve(content[t])["schema"])
		if t == formType {
			for name, property := range d.properties(schema) {
				d.sampleParam(o, name, d.resolve(property))
			}
			return nil
		}
	}
	for _, t := range types {
		var err error
		o.body, err = json.Marshal(d.sample("body", d.resolve(d.resolve(content[t])["schema"]), 0))
		return err
	}
	return nil
}

func (d document) sampleParam(o *operation, name string, schema object) {
	data, err := json.Marshal(d.sample(name, schema, 0))
	if err != nil {
		panic(err) // a sample is made of strings, numbers, lists and maps
	}
	o.params[name] = data
}

// server returns the first server that the first of the nodes with servers has.
func server(nodes ...object) string {
	for _, n := range nodes {
		for _, s := range list(n["servers"]) {
			if s, ok := s.(object); ok {
				url, _ := s["url"].(string)
				return strings.TrimSuffix(url, "/")
			}
		}
	}
	return ""
}

// resolve follows references. It returns nil for what is no object.
func (d document) resolve(node any) object {
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
