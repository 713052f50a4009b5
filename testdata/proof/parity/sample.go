package parity

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// samples is a kind of sample values.
type samples int

const (
	// Values that a library has no excuse to get wrong.
	plain samples = iota
	// Values that are as valid, and that a careless library gets wrong: names with a slash and a space in paths, times
	// with a fraction of a second and outside UTC, a dot before digits.
	tricky
)

func (s samples) String() string { return [...]string{"plain", "tricky"}[s] }

// maxDepth ends the samples of schemas that hold themselves.
const maxDepth = 10

// sample returns a value that the schema allows, as encoding/json reads it into an any.
func (d document) sample(name string, schema object, depth int) any {
	if depth > maxDepth {
		return nil
	}
	if values := list(schema["enum"]); len(values) > 0 {
		return values[[...]int{plain: 0, tricky: len(values) - 1}[d.samples]]
	}
	switch schema["type"] {
	case "string":
		return d.text(name, schema)
	case "integer":
		return 42
	case "number":
		return 0.75
	case "boolean":
		return d.samples == plain
	case "array":
		item := d.sample(name, d.resolve(schema["items"]), depth+1)
		return []any{item, item}
	}
	return d.object(name, schema, depth)
}

// object returns a sample of every property, or some JSON object where the schema has none.
func (d document) object(name string, schema object, depth int) any {
	properties := d.properties(schema)
	if len(properties) == 0 {
		value := any("value of " + name)
		if of := d.resolve(schema["additionalProperties"]); of != nil {
			value = d.sample(name, of, depth+1)
		}
		return object{"key": value}
	}
	o := object{}
	for key, property := range properties {
		if v := d.sample(key, d.resolve(property), depth+1); v != nil {
			o[key] = v
		}
	}
	return o
}

// properties returns the properties of a schema and of those that it is made of. Where a schema is one of several, all
// of them count, so that nothing goes untried.
func (d document) properties(schema object) object {
	all := object{}
	for _, key := range []string{"anyOf", "oneOf", "allOf"} {
		for _, of := range slices.Backward(list(schema[key])) {
			maps.Copy(all, d.properties(d.resolve(of)))
		}
	}
	own, _ := schema["properties"].(object)
	maps.Copy(all, own)
	return all
}

func (d document) text(name string, schema object) string {
	if sid := sid(schema); sid != "" {
		return sid
	}
	format, _ := schema["format"].(string)
	if value, ok := formatSamples[format]; ok {
		return value[d.samples]
	}
	return [...]string{plain: "sample of " + name + " é & = + %", tricky: "version 1.25 of " + name}[d.samples]
}

// sid returns a SID of the kind that the pattern of the schema is for, or "" where the pattern is another one.
func sid(schema object) string {
	pattern, _ := schema["pattern"].(string)
	m := sidPattern.FindStringSubmatch(pattern)
	if m == nil {
		return ""
	}
	return m[1] + strings.Repeat("0123456789abcdef", 2)
}

var sidPattern = regexp.MustCompile(`^\^?\(?([A-Z]{2})(?:\|[A-Z]{2})*\)?\[[^\]]+\]\{32\}\$?$`)

// formatSamples has the plain and the tricky sample of each format that says what a text looks like.
var formatSamples = map[string][2]string{
	"date-time":          {"2026-03-04T05:06:07Z", "2026-03-04T07:06:07.891+02:00"},
	"date-time-rfc-2822": {"Wed, 04 Mar 2026 05:06:07 +0000", "Wed, 04 Mar 2026 05:06:07 +0000"},
	"date":               {"2026-03-04", "2026-03-04"},
	"uri":                {"https://example.com/callback?a=b&c=d", "https://127.0.0.1/v1.25/callback"},
	"phone-number":       {"+14155550123", "+14155550123"},
	"http-method":        {"POST", "POST"},
	"currency":           {"USD", "USD"},
	"iso-country-code":   {"US", "US"},
}

// pathSample is tricky also where a SID is documented, since many resources can be named by a unique name too.
func (d document) pathSample(name string, schema object) string {
	format, _ := schema["format"].(string)
	_, fixed := formatSamples[format]
	switch {
	case schema["type"] != "string" || schema["enum"] != nil || fixed:
		return fmt.Sprint(d.sample(name, schema, 0))
	case d.samples == tricky:
		return "a/b c%2Fd of " + name
	}
	return cmp.Or(sid(schema), "sample-of-"+name)
}
