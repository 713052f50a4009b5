package contract

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
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

func readRooms(t *testing.T) *document {
	file := filepath.Join(t.TempDir(), "twilio_rooms_v1.json")
	if err := os.WriteFile(file, []byte(rooms), 0o666); err != nil {
		t.Fatal(err)
	}
	d, err := readDocument(file)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestOperations(t *testing.T) {
	d := readRooms(t)
	got, err := d.operations()
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"RM" + strings.Repeat("0123456789abcdef", 2)}
	want := []*operation{
		{
			method: "GET", path: "/v1/Rooms/{Sid}", args: args,
			params: map[string]param{"At": {sample: "2026-03-04", required: true}},
		},
		{
			method: "POST", path: "/v1/Rooms/{Sid}", args: args,
			params: map[string]param{
				"Name":      {sample: "sample", required: true, inBody: true},
				"Tags":      {sample: []any{"sample"}, inBody: true},
				"ToAddress": {sample: "sample", inBody: true},
				"ToNumber":  {sample: "sample", inBody: true},
			},
			form: true, public: true,
			oneOf:  [][]string{{"to_number", "to_address"}},
			prefer: "code=200, example=full",
		},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(operation{}, param{})); diff != "" {
		t.Error(diff)
	}
	if d.client != "roomsv1" {
		t.Errorf("the client is %q", d.client)
	}
}

func TestCall(t *testing.T) {
	operations, err := readRooms(t).operations()
	if err != nil {
		t.Fatal(err)
	}
	update := operations[1]
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
	if err := readRooms(t).stateEncoding(file); err != nil {
		t.Fatal(err)
	}
	served, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var got, want object
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
		{`{"type": "object", "properties": {"a": {"type": "boolean"}}}`, object{"a": true}},
		{`{}`, object{"key": "value"}},
	} {
		var schema any
		if err := json.Unmarshal([]byte(test.schema), &schema); err != nil {
			t.Fatal(err)
		}
		got, err := new(document).sample(schema, 0)
		if err != nil {
			t.Errorf("%s: %s", test.schema, err)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: %s", test.schema, diff)
		}
	}
}

func TestSampleOfUnknownPattern(t *testing.T) {
	schema := object{"type": "object", "properties": object{"a": object{"type": "string", "pattern": "^x+$"}}}
	if v, err := new(document).sample(schema, 0); err == nil {
		t.Errorf("the sample is %v", v)
	}
}

func TestSampleOfCircle(t *testing.T) {
	d := &document{root: object{"a": object{"properties": object{"a": object{"$ref": "#/a"}}}}}
	v, err := d.sample(object{"$ref": "#/a"}, 0)
	if err != nil {
		t.Fatal(err)
	}
	depth := 0
	for o, ok := v.(object); ok; o, ok = o["a"].(object) {
		depth++
	}
	if depth != maxDepth+2 {
		t.Errorf("%d objects in each other", depth)
	}
}
