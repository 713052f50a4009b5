package document

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const rooms = `{
	"servers": [{"url": "https://api.example.com/"}],
	"security": [{"token": []}],
	"paths": {
		"/v1/Rooms/{Sid}/Seats/{Index}": {
			"servers": [{"url": "https://seats.example.com"}],
			"parameters": [
				{"name": "Sid", "in": "path", "schema": {"$ref": "#/components/schemas/sid"}},
				{"name": "Index", "in": "path", "schema": {"type": "integer"}}
			],
			"put": {
				"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/tree"}}}}
			},
			"post": {
				"security": [],
				"parameters": [{"$ref": "#/components/parameters/match"}],
				"requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": {
					"required": ["Mode"],
					"properties": {"Mode": {"enum": ["first"]}, "At": {"type": "string"}}
				}}}}
			}
		},
		"/v1/Rooms": {"get": {"security": [{"basic": []}]}}
	},
	"components": {
		"parameters": {"match": {"name": "If-Match", "in": "header", "required": true, "schema": {"type": "string"}}},
		"securitySchemes": {"token": {"type": "oauth2"}, "basic": {"type": "http"}},
		"schemas": {
			"sid": {"type": "string", "minLength": 34},
			"tree": {"allOf": [{"properties": {"size": {"type": "number"}}}], "oneOf": [
				{"properties": {"leaf": {"enum": ["x"]}}},
				{"properties": {"leaf": {"enum": ["y"]}, "label": {"enum": ["z"]}}}
			]}
		}
	}
}`

func TestOperations(t *testing.T) {
	file := filepath.Join(t.TempDir(), "twilio_ip_rooms_v1.json")
	if err := os.WriteFile(file, []byte(rooms), 0o666); err != nil {
		t.Fatal(err)
	}
	d, err := Read(file)
	if err != nil {
		t.Fatal(err)
	}
	if d.Client() != "iproomsv1" {
		t.Errorf("the package is %s", d.Client())
	}
	type want struct {
		Operation     string
		Public, Token bool
		Params        []string
		Body          []string
	}
	var got []want
	for _, o := range d.Operations() {
		w := want{o.String(), o.Public, o.Token, nil, slices.Sorted(maps.Keys(o.Body.Properties()))}
		for _, p := range o.Params {
			text := p.In + " " + p.Name
			if p.Required {
				text += ", required"
			}
			w.Params = append(w.Params, text)
		}
		got = append(got, w)
	}
	if diff := cmp.Diff([]want{
		{"GET https://api.example.com/v1/Rooms", false, false, nil, nil},
		{
			"POST https://seats.example.com/v1/Rooms/{Sid}/Seats/{Index}", true, false,
			[]string{"path Sid", "path Index", "header If-Match, required", "form At", "form Mode, required"}, nil,
		},
		{
			"PUT https://seats.example.com/v1/Rooms/{Sid}/Seats/{Index}", false, true,
			[]string{"path Sid", "path Index"}, []string{"label", "leaf", "size"},
		},
	}, got); diff != "" {
		t.Error(diff)
	}
	put := d.Operations()[2]
	if n, ok := put.Params[0].Schema.Number("minLength"); n != 34 || !ok {
		t.Error("the reference of a parameter to its schema is not followed")
	}
	if leaf := put.Body.Properties()["leaf"]; !cmp.Equal(leaf.Enum(), []any{"x"}) {
		t.Errorf("of two schemas for a property, the one that counts is %v", leaf)
	}
}

func TestResolveCircle(t *testing.T) {
	d := &Document{Root: Object{"a": Object{"$ref": "#/b"}, "b": Object{"$ref": "#/a"}}}
	if got := d.Resolve(d.Root["a"]); got != nil {
		t.Errorf("two references to each other lead to %v", got)
	}
}

func TestPlaceholders(t *testing.T) {
	const path = "/v1/Rooms/{Sid}/Seats/{Index}.json"
	if got := Placeholders(path); !slices.Equal(got, []string{"Sid", "Index"}) {
		t.Errorf("the placeholders are %q", got)
	}
	if got := WithoutNames(path); got != "/v1/Rooms/{}/Seats/{}.json" {
		t.Errorf("without names: %s", got)
	}
}
