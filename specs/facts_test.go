package specs

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every line of the facts is well formed, and speaks of an operation that the
// product has, where Twilio's documents are at hand.
func TestMainOperations(t *testing.T) {
	form := regexp.MustCompile(`^[a-z_]+ v\d+ +[A-Z][A-Za-z]+\n$`)
	checked := 0
	for line := range strings.Lines(mainOperations) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		if !form.MatchString(line) {
			t.Errorf("not a fact: %q", line)
			continue
		}
		f := strings.Fields(line)
		if got := MainOperation(f[0], f[1]); got != f[2] {
			t.Errorf("MainOperation(%q, %q) = %q, want %q", f[0], f[1], got, f[2])
		}
		data, err := os.ReadFile(filepath.Join("..", "..", "shared", "specs", "twilio_"+f[0]+"_"+f[1]+".json"))
		if err != nil {
			continue
		}
		checked++
		if !hasOperation(t, data, f[2]) {
			t.Errorf("%s %s has no operation %s", f[0], f[1], f[2])
		}
	}
	if got := MainOperation("none", "v1"); got != "" {
		t.Errorf("an unknown product has %q", got)
	}
	if checked == 0 {
		t.Skip("Twilio's documents are not beside the checkout (../shared/specs)")
	}
}

func hasOperation(t *testing.T, document []byte, id string) bool {
	t.Helper()
	var d struct {
		Paths map[string]map[string]json.RawMessage
	}
	if err := json.Unmarshal(document, &d); err != nil {
		t.Fatal(err)
	}
	for _, item := range d.Paths {
		for _, op := range item {
			if strings.Contains(string(op), `"operationId": "`+id+`"`) {
				return true
			}
		}
	}
	return false
}
