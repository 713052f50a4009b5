package parity

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"

	"github.com/twiliogen/twiliogen/testdata/proof/document"
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
func (s samples) sample(name string, schema document.Schema, depth int) any {
	if depth > maxDepth {
		return nil
	}
	if values := schema.Enum(); len(values) > 0 {
		return values[[...]int{plain: 0, tricky: len(values) - 1}[s]]
	}
	switch schema.Text("type") {
	case "string":
		return s.text(name, schema)
	case "integer":
		return 42
	case "number":
		return 0.75
	case "boolean":
		return s == plain
	case "array":
		item := s.sample(name, schema.Sub("items"), depth+1)
		return []any{item, item}
	}
	return s.object(name, schema, depth)
}

// object returns a sample of every property, or some JSON object where the schema has none.
func (s samples) object(name string, schema document.Schema, depth int) any {
	properties := schema.Properties()
	if len(properties) == 0 {
		value := any("value of " + name)
		if of := schema.Sub("additionalProperties"); of.Exists() {
			value = s.sample(name, of, depth+1)
		}
		return document.Object{"key": value}
	}
	o := document.Object{}
	for key, property := range properties {
		if v := s.sample(key, property, depth+1); v != nil {
			o[key] = v
		}
	}
	return o
}

func (s samples) text(name string, schema document.Schema) string {
	if sid := sid(schema); sid != "" {
		return sid
	}
	if value, ok := formatSamples[schema.Text("format")]; ok {
		return value[s]
	}
	return [...]string{plain: "sample of " + name + " é & = + %", tricky: "version 1.25 of " + name}[s]
}

// sid returns a SID of the kind that the pattern of the schema is for, or "" where the pattern is another one.
func sid(schema document.Schema) string {
	m := sidPattern.FindStringSubmatch(schema.Text("pattern"))
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
func (s samples) pathSample(name string, schema document.Schema) string {
	_, fixed := formatSamples[schema.Text("format")]
	switch {
	case schema.Text("type") != "string" || len(schema.Enum()) > 0 || fixed:
		return fmt.Sprint(s.sample(name, schema, 0))
	case s == tricky:
		return "a/b c%2Fd of " + name
	}
	return cmp.Or(sid(schema), "sample-of-"+name)
}
