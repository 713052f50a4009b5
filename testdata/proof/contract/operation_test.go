package contract

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/twiliogen/twiliogen/testdata/proof/bindings"
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
			params: map[string]param{"At": {text("2026-03-04"), true}},
		},
		{
			args: args,
			params: map[string]param{
				"Name":      {text("sample"), true},
				"Tags":      {text([]string{"sample", "sample"}), false},
				"ToAddress": {text("sample"), false},
				"ToNumber":  {text("sample"), false},
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

func text(value any) json.RawMessage {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return text
}

func TestCall(t *testing.T) {
	found, err := operations(readRooms(t))
	if err != nil {
		t.Fatal(err)
	}
	update := found[1]
	call := update.call(bindings.Method{Receiver: "RoomClient", Name: "Update", Args: []int{0}}, update.required())
	want := map[string]json.RawMessage{"Name": text("sample"), "ToNumber": text("sample")}
	if diff := cmp.Diff(want, call.Params); diff != "" {
		t.Error(diff)
	}
	if call.Client != "roomsv1" || call.Receiver != "RoomClient" || call.Method != "Update" || call.Prefer != update.prefer || len(call.Args) != 1 {
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
