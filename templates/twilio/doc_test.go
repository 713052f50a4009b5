package twilio

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Each test that the package comment names as the holder of a promise exists.
func TestPromisesAreHeld(t *testing.T) {
	comment, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	_, list, ok := strings.Cut(string(comment), "# What holds these promises")
	names := regexp.MustCompile(`\bTest\w+`).FindAllString(list, -1)
	if !ok || len(names) < 50 {
		t.Fatalf("the list names %d tests", len(names))
	}
	var code strings.Builder
	for _, folder := range []string{".", "../internal/wire", "../../generator"} {
		files, err := filepath.Glob(filepath.Join(folder, "*_test.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no tests in %s: %v", folder, err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			code.Write(text)
		}
	}
	for _, name := range names {
		if !strings.Contains(code.String(), "\nfunc "+name+"(t *testing.T) {") {
			t.Errorf("there is no test %s", name)
		}
	}
}
