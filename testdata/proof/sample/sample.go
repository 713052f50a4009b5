// Package sample makes values for what operations take: the arguments and bodies that clients are called with.
package sample

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/twiliogen/twiliogen/testdata/proof/document"
)

// Kind is a kind of sample values.
type Kind int

const (
	// Plain values are what a library has no excuse to get wrong.
	Plain Kind = iota
	// Tricky values are as valid, and a careless library gets them wrong: names with a slash and a space in paths, times
	// with a fraction of a second and outside UTC, a dot before digits.
	Tricky
	// Simple values are plain ones whose texts are one word, for a server that is careless itself.
	Simple
)

func (k Kind) String() string { return [...]string{"plain", "tricky", "simple"}[k] }

// Values are samples of all that an operation takes.
type Values struct {
	Kind   Kind
	Args   []string                   // for the placeholders of the path
	Params map[string]json.RawMessage // in query, header and form
	Body   json.RawMessage            // of JSON; nil: none
}

// Values returns samples for the operation.
func (k Kind) Values(o *document.Operation) Values {
	v := Values{Kind: k, Params: map[string]json.RawMessage{}}
	args := map[string]string{}
	for _, p := range o.Params {
		if p.In == "path" {
			args[p.Name] = k.arg(p.Name, p.Schema)
		} else {
			v.Params[p.Name] = encode(k.value(p.Name, p.Schema, 0))
		}
	}
	for _, name := range document.Placeholders(o.Path) {
		v.Args = append(v.Args, args[name])
	}
	if o.Body.Exists() {
		v.Body = encode(k.value("body", o.Body, 0))
	}
	return v
}

func encode(value any) json.RawMessage {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // a sample is made of strings, numbers, lists and maps
	}
	return text
}

// maxDepth ends the samples of schemas that hold themselves.
const maxDepth = 10

// value returns a value that the schema allows, as encoding/json reads it into an any. It knows the constraints that
// Twilio's documents have.
func (k Kind) value(name string, schema document.Schema, depth int) any {
	if depth > maxDepth {
		return nil
	}
	if values := schema.Enum(); len(values) > 0 {
		return values[[...]int{Plain: 0, Tricky: len(values) - 1, Simple: 0}[k]]
	}
	switch schema.Text("type") {
	case "string":
		return k.text(name, schema)
	case "integer":
		return int(within(schema, 42))
	case "number":
		return within(schema, 0.75)
	case "boolean":
		return k != Tricky
	case "array":
		item := k.value(name, schema.Sub("items"), depth+1)
		return []any{item, item}
	}
	return k.object(name, schema, depth)
}

// object returns a sample of every property, or some JSON object where the schema has none.
func (k Kind) object(name string, schema document.Schema, depth int) any {
	properties := schema.Properties()
	if len(properties) == 0 {
		value := any(k.text(name, schema))
		if of := schema.Sub("additionalProperties"); of.Exists() {
			value = k.value(name, of, depth+1)
		}
		return document.Object{"key": value}
	}
	o := document.Object{}
	for key, property := range properties {
		if v := k.value(key, property, depth+1); v != nil {
			o[key] = v
		}
	}
	return o
}

// within returns the number, moved into the range of the schema.
func within(schema document.Schema, n float64) float64 {
	if low, ok := schema.Number("minimum"); ok {
		n = max(n, low)
	}
	if high, ok := schema.Number("maximum"); ok {
		n = min(n, high)
	}
	return n
}

func (k Kind) text(name string, schema document.Schema) string {
	if pattern := schema.Text("pattern"); pattern != "" {
		return matching(pattern)
	}
	if value, ok := k.formatted(schema); ok {
		return value
	}
	return fit(schema, [...]string{
		Plain:  "sample of " + name + " é & = + %",
		Tricky: "version 1.25 of " + name,
		Simple: "sample",
	}[k])
}

// fit makes a text as long as the schema wants it.
func fit(schema document.Schema, text string) string {
	if low, ok := schema.Number("minLength"); ok {
		text += strings.Repeat("s", max(0, int(low)-utf8.RuneCountInString(text)))
	}
	if high, ok := schema.Number("maxLength"); ok {
		runes := []rune(text)
		text = string(runes[:min(len(runes), int(high))])
	}
	return text
}

// formatted returns a sample of the schema's format, if that is one that says what a text looks like.
func (k Kind) formatted(schema document.Schema) (value string, ok bool) {
	format := schema.Text("format")
	if value, ok = trickyFormats[format]; ok && k == Tricky {
		return value, true
	}
	value, ok = formats[format]
	return value, ok
}

var formats = map[string]string{
	"date-time":          "2026-03-04T05:06:07Z",
	"date-time-rfc-2822": "Wed, 04 Mar 2026 05:06:07 +0000",
	"date":               "2026-03-04",
	"uri":                "https://example.com/callback?a=b&c=d",
	"phone-number":       "+14155550123",
	"endpoint":           "+14155550123",
	"http-method":        "POST",
	"currency":           "USD",
	"iso-country-code":   "US",
}

var trickyFormats = map[string]string{
	"date-time": "2026-03-04T07:06:07.891+02:00",
	"uri":       "https://127.0.0.1/v1.25/callback",
}

// arg returns an argument for a path. It is tricky also where a SID is documented, since many resources can be named by
// a unique name too.
func (k Kind) arg(name string, schema document.Schema) string {
	_, fixed := k.formatted(schema)
	switch {
	case schema.Text("type") != "string" || len(schema.Enum()) > 0 || fixed:
		return fmt.Sprint(k.value(name, schema, 0))
	case k == Tricky:
		return "a/b c%2Fd of " + name
	case schema.Text("pattern") != "":
		return matching(schema.Text("pattern"))
	}
	return "sample-of-" + name
}
