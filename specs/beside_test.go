package specs

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// Every document of operations beside Twilio's is valid, and so is each operation: it belongs to one
// that Twilio's document has, and stands on a path that this lacks.
func TestBeside(t *testing.T) {
	entries, err := beside.ReadDir("beside")
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, entry := range entries {
		product, revision, _ := strings.Cut(strings.TrimPrefix(strings.TrimSuffix(entry.Name(), ".yaml"), "twilio_"), "_v")
		data := Beside(product, "v"+revision)
		doc, err := openapi3.NewLoader().LoadFromData(data)
		if err != nil {
			t.Fatalf("%s: %v", entry.Name(), err)
		}
		if err := doc.Validate(context.Background()); err != nil {
			t.Errorf("%s: %v", entry.Name(), err)
		}
		paths := twiliosPaths(t, strings.TrimSuffix(entry.Name(), ".yaml")+".json")
		for path, item := range doc.Paths.Map() {
			for method, op := range item.Operations() {
				anchor, _ := op.Extensions["x-beside"].(string)
				if anchor == "" || op.Description == "" {
					t.Errorf("%s: %s has no x-beside or no description", entry.Name(), op.OperationID)
				}
				if paths == nil {
					continue
				}
				compared++
				if paths[path][strings.ToLower(method)] != "" {
					t.Errorf("%s: Twilio's document has %s %s itself", entry.Name(), method, path)
				}
				if !hasOperationID(paths, anchor) {
					t.Errorf("%s: %s stands beside %s, which Twilio's document lacks", entry.Name(), op.OperationID, anchor)
				}
			}
		}
	}
	if Beside("none", "v1") != nil {
		t.Error("an unknown product has operations")
	}
	if compared == 0 {
		t.Skip("Twilio's documents are not beside the checkout (../shared/specs)")
	}
}

// twiliosPaths are the operation ids of one of Twilio's documents by path and method; nil where it is
// not at hand.
func twiliosPaths(t *testing.T, name string) map[string]map[string]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "shared", "specs", name))
	if err != nil {
		return nil
	}
	var document struct {
		Paths map[string]map[string]json.RawMessage
	}
	if err := json.Unmarshal(data, &document); err != nil {
		t.Fatal(err)
	}
	ids := map[string]map[string]string{}
	for path, item := range document.Paths {
		ids[path] = map[string]string{}
		for method, raw := range item {
			var op struct{ OperationID string }
			if json.Unmarshal(raw, &op) == nil {
				ids[path][method] = op.OperationID
			}
		}
	}
	return ids
}

func hasOperationID(paths map[string]map[string]string, id string) bool {
	for _, item := range paths {
		for _, known := range item {
			if known == id {
				return true
			}
		}
	}
	return false
}
