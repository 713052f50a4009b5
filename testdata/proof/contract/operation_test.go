package contract

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/twiliogen/twiliogen/testdata/proof/document"
)

// rooms is a document with each thing that is read from one.
const rooms = `{
	"paths": {
		"/v1/Rooms/{Sid}": {
			"parameters": [{"name": "Sid", "in": "path", "schema": {"$ref": "#/components/schemas/sid"}}],
			"post": {
				"security": [],
				"x-twilio": {"conditional": [["to_number", "to_address"]]},
				"requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": {
					"required": ["Name"],
					"properties": {
						"Name": {"type": "string"},
						"ToAddress": {"type": "string"},
						"ToNumber": {"type": "string"},
						"Tags": {"type": "array", "items": {"type": "string"}}
					}
				}}}},
				"responses": {
					"200": {"content": {"application/json": {"examples": {
						"empty": {"value": {}},
						"full": {"value": {"sid": "RM"}}
					}}}},
					"404": {"content": {"application/json": {"examples": {"longest": {"value": "not found, not at all"}}}}}
				}
			},
			"get": {
				"parameters": [{"name": "At", "in": "query", "required": true, "schema": {"type": "string", "format": "date"}}],
				"responses": {"204": {}}
			}
		}
	},
	"components": {"schemas": {"sid": {"type": "string", "pattern": "^RM[0-9a-fA-F]{32}$"}}}
}`

func readRooms(t *testing.T) *document.Document {
	file := filepath.Join(t.TempDir(), "twilio_rooms_v1.json")
	if err := os.WriteFile(file, []byte(rooms), 0o666); err != nil {
		t.Fatal(err)
	}
	d, err := document.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestOperations(t *testing.T) {
	got, err := operations(readRooms(t))
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"RM" + strings.Repeat("0123456789abcdef", 2)}
	want := []*operation{
		{
			args:   args,
			params: map[string]param{"At": {sample: "2026-03-04", required: true}},
		},
		{
			args: args,
			params: map[string]param{
				"Name":      {sample: "sample", required: true},
				"Tags":      {sample: []any{"sample"}},
				"ToAddress": {sample: "sample"},
				"ToNumber":  {sample: "sample"},
			},
			oneOf:  [][]string{{"to_number", "to_address"}},
			prefer: "code=200, example=full",
		},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(operation{}, param{}), cmpopts.IgnoreFields(operation{}, "Operation")); diff != "" {
		t.Error(diff)
	}
	if got[0].String() != "GET /v1/Rooms/{Sid}" || got[1].String() != "POST /v1/Rooms/{Sid}" {
		t.Errorf("the operations are %s and %s", got[0], got[1])
	}
}

func TestCall(t *testing.T) {
	found, err := operations(readRooms(t))
	if err != nil {
		t.Fatal(err)
	}
	update := found[1]
	call := update.call(method{"RoomClient", "Update"}, update.required())
	want := map[string]json.RawMessage{"Name": json.RawMessage(`"sample"`), "ToNumber": json.RawMessage(`"sample"`)}
	if diff := cmp.Diff(want, call.Params); diff != "" {
		t.Error(diff)
	}
	if call.Receiver != "RoomClient" || call.Method != "Update" || call.Prefer != update.prefer || len(call.Args) != 1 {
		t.Errorf("the call is %+v", call)
	}
}

func TestStateEncoding(t *testing.T) {
	file := filepath.Join(t.TempDir(), "served.json")
	if err := stateEncoding(readRooms(t), file); err != nil {
		t.Fatal(err)
	}
	served, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var got, want document.Object
	if err := json.Unmarshal(served, &got); err != nil {
		t.Fatal(err)
	}
	stated := strings.Replace(rooms, `{"application/x-www-form-urlencoded": {`,
		`{"application/x-www-form-urlencoded": {"encoding": {"Tags": {"style": "form", "explode": true}}, `, 1)
	if err := json.Unmarshal([]byte(stated), &want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestSample(t *testing.T) {
	sid := strings.Repeat("0123456789abcdef", 2)
	for _, test := range []struct {
		schema string
		want   any
	}{
		{`{"type": "string"}`, "sample"},
		{`{"type": "string", "maxLength": 3}`, "sam"},
		{`{"type": "string", "minLength": 8}`, "sampless"},
		{`{"type": "string", "format": "uri"}`, "https://example.com/callback?a=b&c=d"},
		{`{"type": "string", "pattern": "^(SM|MM)[0-9a-fA-F]{32}$"}`, "SM" + sid},
		{`{"type": "string", "pattern": "^[a-zA-Z]{2}[0-9a-fA-F]{32}$"}`, "AC" + sid},
		{`{"type": "string", "enum": ["b", "a"]}`, "b"},
		{`{"type": "integer"}`, 20},
		{`{"type": "integer", "maximum": 10}`, 10},
		{`{"type": "integer", "minimum": 30}`, 30},
		{`{"type": "number"}`, 0.75},
		{`{"type": "boolean"}`, true},
		{`{"type": "array", "items": {"type": "integer"}}`, []any{20}},
		{`{"type": "object", "properties": {"a": {"type": "boolean"}}}`, document.Object{"a": true}},
		{`{}`, document.Object{"key": "value"}},
	} {
		var schema any
		if err := json.Unmarshal([]byte(test.schema), &schema); err != nil {
			t.Fatal(err)
		}
		got, err := sample(new(document.Document).Schema(schema), 0)
		if err != nil {
			t.Errorf("%s: %s", test.schema, err)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: %s", test.schema, diff)
		}
	}
}

func TestSampleOfUnknownPattern(t *testing.T) {
	schema := document.Object{"type": "object", "properties": document.Object{"a": document.Object{"type": "string", "pattern": "^x+$"}}}
	if v, err := sample(new(document.Document).Schema(schema), 0); err == nil {
		t.Errorf("the sample is %v", v)
	}
}

func TestSampleOfCircle(t *testing.T) {
	d := &document.Document{Root: document.Object{"a": document.Object{"properties": document.Object{"a": document.Object{"$ref": "#/a"}}}}}
	v, err := sample(d.Schema(document.Object{"$ref": "#/a"}), 0)
	if err != nil {
		t.Fatal(err)
	}
	depth := 0
	for o, ok := v.(document.Object); ok; o, ok = o["a"].(document.Object) {
		depth++
	}
	if depth != maxDepth+2 {
		t.Errorf("%d objects in each other", depth)
	}
}
