package sample

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/twiliogen/twiliogen/testdata/proof/document"
)

// rooms is a document with parameters and bodies of all kinds.
const rooms = `{
	"paths": {
		"/v1/Rooms/{Sid}/Seats/{Index}": {
			"parameters": [
				{"name": "Index", "in": "path", "schema": {"type": "integer"}},
				{"name": "Sid", "in": "path", "schema": {"type": "string", "pattern": "^(RM|RO)[0-9a-fA-F]{32}$"}}
			],
			"post": {
				"parameters": [{"name": "If-Match", "in": "header", "schema": {"type": "string"}}],
				"requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": {
					"properties": {
						"Mode": {"enum": ["first", "second", "third"]},
						"At": {"type": "string", "format": "date-time"},
						"Open": {"type": "boolean"},
						"Data": {}
					}
				}}}}
			},
			"put": {
				"requestBody": {"content": {"application/json": {"schema": {
					"properties": {"size": {"type": "number"}, "leaf": {"enum": ["x"]}, "label": {"enum": ["z"]}}
				}}}}
			}
		}
	}
}`

func TestValues(t *testing.T) {
	d := new(document.Document)
	if err := json.Unmarshal([]byte(rooms), &d.Root); err != nil {
		t.Fatal(err)
	}
	const sid = "RM0123456789abcdef0123456789abcdef"
	body := json.RawMessage(`{"label":"z","leaf":"x","size":0.75}`)
	none := map[string]string{}
	tests := []struct {
		args   []string
		params map[string]string // of the POST
	}{
		Plain: {[]string{sid, "42"}, map[string]string{
			"If-Match": `"sample of If-Match é \u0026 = + %"`,
			"Mode":     `"first"`,
			"At":       `"2026-03-04T05:06:07Z"`,
			"Open":     `true`,
			"Data":     `{"key":"sample of Data é \u0026 = + %"}`,
		}},
		Tricky: {[]string{"a/b c%2Fd of Sid", "42"}, map[string]string{
			"If-Match": `"version 1.25 of If-Match"`,
			"Mode":     `"third"`,
			"At":       `"2026-03-04T07:06:07.891+02:00"`,
			"Open":     `false`,
			"Data":     `{"key":"version 1.25 of Data"}`,
		}},
		Simple: {[]string{sid, "42"}, map[string]string{
			"If-Match": `"sample"`,
			"Mode":     `"first"`,
			"At":       `"2026-03-04T05:06:07Z"`,
			"Open":     `true`,
			"Data":     `{"key":"sample"}`,
		}},
	}
	texts := cmp.Transformer("text", func(text json.RawMessage) string { return string(text) })
	for kind, test := range tests {
		operations := d.Operations()
		post, put := Kind(kind).Values(operations[0]), Kind(kind).Values(operations[1])
		want := Values{Kind: Kind(kind), Args: test.args, Params: raw(test.params)}
		if diff := cmp.Diff(want, post, texts); diff != "" {
			t.Errorf("%s samples: %s", Kind(kind), diff)
		}
		want = Values{Kind: Kind(kind), Args: test.args, Params: raw(none), Body: body}
		if diff := cmp.Diff(want, put, texts); diff != "" {
			t.Errorf("%s samples: %s", Kind(kind), diff)
		}
	}
}

func raw(texts map[string]string) map[string]json.RawMessage {
	all := map[string]json.RawMessage{}
	for name, text := range texts {
		all[name] = json.RawMessage(text)
	}
	return all
}

func TestValueIsWithinSchema(t *testing.T) {
	sid := strings.Repeat("0123456789abcdef", 2)
	for _, test := range []struct {
		schema string
		want   any
	}{
		{`{"type": "string"}`, "sample of A é & = + %"},
		{`{"type": "string", "maxLength": 3}`, "sam"},
		{`{"type": "string", "maxLength": 13}`, "sample of A é"},
		{`{"type": "string", "minLength": 23}`, "sample of A é & = + %ss"},
		{`{"type": "string", "format": "uri"}`, "https://example.com/callback?a=b&c=d"},
		{`{"type": "string", "pattern": "^(SM|MM)[0-9a-fA-F]{32}$"}`, "SM" + sid},
		{`{"type": "string", "pattern": "^[a-zA-Z]{2}[0-9a-fA-F]{32}$"}`, "ab" + sid},
		{`{"type": "string", "enum": ["b", "a"]}`, "b"},
		{`{"type": "integer"}`, 42},
		{`{"type": "integer", "maximum": 10}`, 10},
		{`{"type": "integer", "minimum": 50}`, 50},
		{`{"type": "number"}`, 0.75},
		{`{"type": "boolean"}`, true},
		{`{"type": "array", "items": {"type": "integer"}}`, []any{42, 42}},
		{`{"type": "object", "properties": {"a": {"type": "boolean"}}}`, document.Object{"a": true}},
		{`{}`, document.Object{"key": "sample of A é & = + %"}},
	} {
		var schema any
		if err := json.Unmarshal([]byte(test.schema), &schema); err != nil {
			t.Fatal(err)
		}
		got := Plain.value("A", new(document.Document).Schema(schema), 0)
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: %s", test.schema, diff)
		}
	}
}

// Every pattern has a sample: the ones here are like those of Twilio's documents.
func TestMatching(t *testing.T) {
	for _, pattern := range []string{
		`^(CA|CF)[0-9a-fA-F]{32}$`,
		`^[a-zA-Z]{2}[0-9a-fA-F]{32}$`,
		`OR[0-9a-f]{32}`,
		`^BU[0-9a-fA-F]{32}(,BU[0-9a-fA-F]{32}){0,19}$`,
		`^[A-Z0-9]{6}$`,
		`^[0-9abcdefghjkmnpqrstvwxyz]{26}$`,
		`^aia_know_.+$`,
		`^(STOP|START|HELP)\.(ALL|DUTCH)$`,
		`^\+?[^a-z0-9A-Z]x*$`,
	} {
		if text := matching(pattern); !regexp.MustCompile(pattern).MatchString(text) {
			t.Errorf("%q does not match %s", text, pattern)
		}
	}
}

// A schema that holds itself has a sample, which ends somewhere.
func TestValueOfCircle(t *testing.T) {
	d := &document.Document{Root: document.Object{"a": document.Object{"properties": document.Object{
		"next": document.Object{"$ref": "#/a"},
		"all":  document.Object{"type": "array", "items": document.Object{"$ref": "#/a"}},
	}}}}
	v := Plain.value("a", d.Schema(document.Object{"$ref": "#/a"}), 0)
	depth := 0
	for o, ok := v.(document.Object); ok; o, ok = o["next"].(document.Object) {
		depth++
	}
	if depth != maxDepth+1 {
		t.Errorf("%d objects in each other", depth)
	}
}
