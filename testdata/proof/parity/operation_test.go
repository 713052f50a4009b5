package parity

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/twiliogen/twiliogen/testdata/proof/document"
)

const exampleDocument = `{
	"servers": [{"url": "https://api.example.com/"}],
	"paths": {
		"/v1/Rooms/{Sid}/Seats/{Index}": {
			"servers": [{"url": "https://seats.example.com"}],
			"parameters": [
				{"name": "Sid", "in": "path", "schema": {"type": "string", "pattern": "^(RM|RO)[0-9a-fA-F]{32}$"}},
				{"name": "Index", "in": "path", "schema": {"type": "integer"}}
			],
			"post": {
				"security": [],
				"parameters": [{"$ref": "#/components/parameters/match"}],
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
				"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/tree"}}}}
			}
		}
	},
	"components": {
		"parameters": {"match": {"name": "If-Match", "in": "header", "schema": {"type": "string"}}},
		"schemas": {
			"tree": {"allOf": [{"properties": {"size": {"type": "number"}}}], "oneOf": [
				{"properties": {"leaf": {"enum": ["x"]}}},
				{"properties": {"leaf": {"enum": ["y"]}, "label": {"enum": ["z"]}}}
			]}
		}
	}
}`

func TestReadDocuments(t *testing.T) {
	type want struct {
		Args   []string
		Params map[string]string
		Body   string
	}
	const sid = "RM0123456789abcdef0123456789abcdef"
	tests := []struct {
		kind samples
		want map[string]want
	}{
		{plain, map[string]want{
			"POST": {[]string{sid, "42"}, map[string]string{
				"If-Match": `"sample of If-Match é \u0026 = + %"`,
				"Mode":     `"first"`,
				"At":       `"2026-03-04T05:06:07Z"`,
				"Open":     `true`,
				"Data":     `{"key":"value of Data"}`,
			}, ""},
			"PUT": {[]string{sid, "42"}, map[string]string{}, `{"label":"z","leaf":"x","size":0.75}`},
		}},
		{tricky, map[string]want{
			"POST": {[]string{"a/b c%2Fd of Sid", "42"}, map[string]string{
				"If-Match": `"version 1.25 of If-Match"`,
				"Mode":     `"third"`,
				"At":       `"2026-03-04T07:06:07.891+02:00"`,
				"Open":     `false`,
				"Data":     `{"key":"value of Data"}`,
			}, ""},
			"PUT": {[]string{"a/b c%2Fd of Sid", "42"}, map[string]string{}, `{"label":"z","leaf":"x","size":0.75}`},
		}},
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "twilio_ip_rooms_v1.json"), []byte(exampleDocument), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, test := range tests {
		operations, err := readDocuments(folder, test.kind)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]want{}
		for _, o := range operations {
			w := want{o.args, map[string]string{}, string(o.body)}
			for name, value := range o.params {
				w.Params[name] = string(value)
			}
			got[o.Method] = w
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s samples: %s", test.kind, diff)
		}
	}
}

// A schema that holds itself has a sample, which ends somewhere.
func TestSampleOfCircle(t *testing.T) {
	node := document.Object{"type": "object"}
	node["properties"] = document.Object{"next": node, "all": document.Object{"type": "array", "items": node}}
	if plain.sample("node", new(document.Document).Schema(node), 0) == nil {
		t.Error("no sample")
	}
}
