// Package document reads Twilio's OpenAPI documents just as far as the calls of their operations need. It has nothing in
// common with the generator, so that what the generator loses on the way is found.
package document

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// FormType is the media type of a form.
const FormType = "application/x-www-form-urlencoded"

// Object is a JSON object of a document.
type Object = map[string]any

// Document is one OpenAPI document.
type Document struct {
	File string // the name of its file: "twilio_proxy_v1.json"
	Root Object
}

// Read reads the document in a file.
func Read(file string) (*Document, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	d := &Document{File: filepath.Base(file)}
	if err := json.Unmarshal(data, &d.Root); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return d, nil
}

// Client returns the name of the package that is generated from the document: "proxyv1".
func (d *Document) Client() string {
	name := strings.TrimPrefix(strings.TrimSuffix(d.File, ".json"), "twilio_")
	return strings.ReplaceAll(name, "_", "")
}

// Operation is one operation of a document.
type Operation struct {
	Document *Document
	Method   string
	Server   string // "https://proxy.twilio.com"
	Path     string // "/v1/Services/{ServiceSid}"
	Public   bool   // it takes no credentials
	Token    bool   // it takes an OAuth access token, and no other credentials
	Params   []Param
	Body     Schema // of the JSON body; the zero Schema: there is none
	Node     Object // all that the document says about it
}

// Param is a parameter of an operation.
type Param struct {
	Name     string
	In       string // "path", "query", "header" or "form"
	Required bool
	Schema   Schema
}

// String identifies the operation: "POST https://proxy.twilio.com/v1/Services".
func (o *Operation) String() string { return o.Method + " " + o.Server + o.Path }

// Operations returns the operations of the document, sorted by path and method.
func (d *Document) Operations() []*Operation {
	var all []*Operation
	for path, item := range d.Resolve(d.Root["paths"]) {
		item := d.Resolve(item)
		for _, method := range []string{"get", "put", "post", "delete", "patch", "head"} {
			if node := d.Resolve(item[method]); node != nil {
				all = append(all, d.operation(method, path, item, node))
			}
		}
	}
	slices.SortFunc(all, func(a, b *Operation) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Method, b.Method))
	})
	return all
}

func (d *Document) operation(method, path string, item, node Object) *Operation {
	security, secured := node["security"].([]any)
	if !secured {
		security = List(d.Root["security"])
	}
	o := &Operation{
		Document: d,
		Method:   strings.ToUpper(method),
		Server:   server(node, item, d.Root),
		Path:     path,
		Public:   secured && len(security) == 0,
		Token:    d.takesToken(security),
		Node:     node,
	}
	for _, p := range slices.Concat(List(item["parameters"]), List(node["parameters"])) {
		p := d.Resolve(p)
		name, _ := p["name"].(string)
		in, _ := p["in"].(string)
		o.Params = append(o.Params, Param{name, in, p["required"] == true, d.Schema(p["schema"])})
	}
	d.addBody(o, d.Resolve(d.Resolve(node["requestBody"])["content"]))
	return o
}

// addBody adds the body of the operation, which in a Twilio document is either a form or JSON.
func (d *Document) addBody(o *Operation, content Object) {
	if form := d.Resolve(content[FormType]); form != nil {
		schema := d.Schema(form["schema"])
		properties := schema.Properties()
		for _, name := range slices.Sorted(maps.Keys(properties)) {
			o.Params = append(o.Params, Param{name, "form", schema.Requires(name), properties[name]})
		}
		return
	}
	for _, mediaType := range slices.Sorted(maps.Keys(content)) {
		o.Body = d.Schema(d.Resolve(content[mediaType])["schema"])
		return
	}
}

// takesToken reports whether each way to be authorized is by a token.
func (d *Document) takesToken(security []any) bool {
	schemes := d.Resolve(d.Resolve(d.Root["components"])["securitySchemes"])
	for _, alternative := range security {
		for name := range d.Resolve(alternative) {
			if scheme := d.Resolve(schemes[name]); scheme["type"] != "oauth2" {
				return false
			}
		}
	}
	return len(security) > 0
}

// server returns the first server that the first of the nodes with servers has.
func server(nodes ...Object) string {
	for _, n := range nodes {
		for _, s := range List(n["servers"]) {
			if s, ok := s.(Object); ok {
				url, _ := s["url"].(string)
				return strings.TrimSuffix(url, "/")
			}
		}
	}
	return ""
}

// Resolve follows references. It returns nil for what is no object.
func (d *Document) Resolve(node any) Object {
	for range 16 { // more references in a row than that are a circle
		o, _ := node.(Object)
		ref, ok := o["$ref"].(string)
		if !ok {
			return o
		}
		node = d.Root
		for _, key := range strings.Split(strings.TrimPrefix(ref, "#/"), "/") {
			key = strings.NewReplacer("~1", "/", "~0", "~").Replace(key)
			o, _ := node.(Object)
			node = o[key]
		}
	}
	return nil
}

// List returns the elements of a JSON list, none of anything else.
func List(node any) []any {
	l, _ := node.([]any)
	return l
}

var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

// Placeholders returns the names in a path.
func Placeholders(path string) []string {
	var names []string
	for _, m := range placeholder.FindAllStringSubmatch(path, -1) {
		names = append(names, m[1])
	}
	return names
}

// WithoutNames returns the path with "{}" for each placeholder.
func WithoutNames(path string) string { return placeholder.ReplaceAllString(path, "{}") }
