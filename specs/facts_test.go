package specs

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
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

func TestBilledReads(t *testing.T) {
	form := regexp.MustCompile(`^[a-z_]+ v\d+ +[A-Z][A-Za-z]+ +[A-Z][A-Za-z]+( [A-Z][A-Za-z]+)*\n$`)
	for line := range strings.Lines(billedReads) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		if !form.MatchString(line) {
			t.Errorf("not a fact: %q", line)
			continue
		}
		f := strings.Fields(line)
		if got := BilledFor(f[0], f[1], f[2]); !slices.Equal(got, f[3:]) {
			t.Errorf("BilledFor(%q) = %q, want %q", f[:3], got, f[3:])
		}
		data, err := os.ReadFile(filepath.Join("..", "..", "shared", "specs", "twilio_"+f[0]+"_"+f[1]+".json"))
		if err != nil {
			continue
		}
		for _, param := range f[3:] {
			if !hasOperation(t, data, f[2]) || !strings.Contains(string(data), `"name": "`+param+`"`) {
				t.Errorf("%s %s has no operation %s with %s", f[0], f[1], f[2], param)
			}
		}
	}
	if got := BilledFor("lookups", "v2", "Other"); got != nil {
		t.Errorf("an unknown read is billed for %q", got)
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
