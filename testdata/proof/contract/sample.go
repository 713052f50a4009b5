package contract

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/twiliogen/twiliogen/testdata/proof/document"
)

// maxDepth ends the samples of schemas that hold themselves.
const maxDepth = 10

// sample returns a value that the schema allows. It knows the constraints that Twilio's documents have, and fails on a
// pattern that it does not know.
func sample(schema document.Schema, depth int) (any, error) {
	if values := schema.Enum(); len(values) > 0 {
		return values[0], nil
	}
	switch schema.Text("type") {
	case "string":
		return text(schema)
	case "integer":
		return int(within(schema, 20)), nil
	case "number":
		return within(schema, 0.75), nil
	case "boolean":
		return true, nil
	case "array":
		item, err := sample(schema.Sub("items"), depth+1)
		return []any{item}, err
	}
	return sampleObject(schema, depth)
}

// sampleObject returns a sample of every property. A schema that says nothing allows any object.
func sampleObject(schema document.Schema, depth int) (any, error) {
	o := document.Object{}
	if depth > maxDepth {
		return o, nil
	}
	for name, property := range schema.Properties() {
		v, err := sample(property, depth+1)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		o[name] = v
	}
	if len(o) == 0 {
		o["key"] = "value"
	}
	return o, nil
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

func text(schema document.Schema) (string, error) {
	if pattern := schema.Text("pattern"); pattern != "" {
		m := sidPattern.FindStringSubmatch(pattern)
		if m == nil {
			return "", fmt.Errorf("no sample is known for the pattern %q", pattern)
		}
		prefix := m[1]
		if prefix == "" {
			prefix = "AC"
		}
		return prefix + strings.Repeat("0123456789abcdef", 2), nil
	}
	if value, ok := formatSamples[schema.Text("format")]; ok {
		return value, nil
	}
	value := "sample"
	if low, ok := schema.Number("minLength"); ok {
		value += strings.Repeat("s", max(0, int(low)-len(value)))
	}
	if high, ok := schema.Number("maxLength"); ok {
		value = value[:min(len(value), int(high))]
	}
	return value, nil
}

// sidPattern matches the pattern of a SID. Its first group is the prefix, of several the first, and empty when any will do.
var sidPattern = regexp.MustCompile(`^\^(?:\(?([A-Z]{2})(?:\|[A-Z]{2})*\)?|\[a-zA-Z\]\{2\})\[0-9a-fA-F\]\{32\}\$$`)

var formatSamples = map[string]string{
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
