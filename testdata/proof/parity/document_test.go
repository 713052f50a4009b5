package parity

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
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
		Server string
		Public bool
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
			"POST": {"https://seats.example.com", true, []string{sid, "42"}, map[string]string{
				"If-Match": `"sample of If-Match é \u0026 = + %"`,
				"Mode":     `"first"`,
				"At":       `"2026-03-04T05:06:07Z"`,
				"Open":     `true`,
				"Data":     `{"key":"value of Data"}`,
			}, ""},
			"PUT": {"https://seats.example.com", false, []string{sid, "42"}, map[string]string{}, `{"label":"z","leaf":"x","size":0.75}`},
		}},
		{tricky, map[string]want{
			"POST": {"https://seats.example.com", true, []string{"a/b c%2Fd of Sid", "42"}, map[string]string{
				"If-Match": `"version 1.25 of If-Match"`,
				"Mode":     `"third"`,
				"At":       `"2026-03-04T07:06:07.891+02:00"`,
				"Open":     `false`,
				"Data":     `{"key":"value of Data"}`,
			}, ""},
			"PUT": {"https://seats.example.com", false, []string{"a/b c%2Fd of Sid", "42"}, map[string]string{}, `{"label":"z","leaf":"x","size":0.75}`},
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
			if o.client() != "iproomsv1" {
				t.Errorf("the package is %s", o.client())
			}
			w := want{o.server, o.public, o.args, map[string]string{}, string(o.body)}
			for name, value := range o.params {
				w.Params[name] = string(value)
			}
			got[o.method] = w
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s samples: %s", test.kind, diff)
		}
	}
}

// A schema that holds itself has a sample, which ends somewhere.
func TestSampleOfCircle(t *testing.T) {
	d := document{root: object{}}
	node := object{"type": "object"}
	node["properties"] = object{"next": node, "all": object{"type": "array", "items": node}}
	if d.sample("node", node, 0) == nil {
		t.Error("no sample")
	}
	d.root["a"] = object{"$ref": "#/b"}
	d.root["b"] = object{"$ref": "#/a"}
	if got := d.resolve(d.root["a"]); got != nil {
		t.Errorf("two references to each other lead to %v", got)
	}
}
