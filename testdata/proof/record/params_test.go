package record

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Numbered pairs fill a map, and the text of a boolean a boolean, where a client has these in their place.
func TestFillFolds(t *testing.T) {
	type params struct {
		Parameters map[string]string `json:"Parameters,omitempty"`
		Loud       *bool             `json:"Loud,omitempty"`
	}
	var got params
	c := Call{Params: map[string]json.RawMessage{
		"Parameter1.Name":  json.RawMessage(`"a"`),
		"Parameter1.Value": json.RawMessage(`"1"`),
		"Loud":             json.RawMessage(`"true"`),
		"Other1.Name":      json.RawMessage(`"x"`),
	}}
	unset, missing, err := c.fill(reflect.ValueOf(&got).Elem())
	if err != nil || len(unset) != 0 || !cmp.Equal(missing, []string{"Other1.Name"}) {
		t.Errorf("unset %q, missing %q, error %v", unset, missing, err)
	}
	loud := true
	if diff := cmp.Diff(params{map[string]string{"a": "1"}, &loud}, got); diff != "" {
		t.Error(diff)
	}
	c.Params["Loud"] = json.RawMessage(`"perhaps"`)
	if _, _, err := c.fill(reflect.ValueOf(&got).Elem()); err == nil {
		t.Error("any text is a boolean")
	}
}
