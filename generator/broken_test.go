package generator_test

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/twiliogen/twiliogen/generator"
	"github.com/twiliogen/twiliogen/generator/openapi/check"
)

// A broken document is testdata/broken/<name>.yaml or .json, with what the
// program says of it beside it in <name>.yaml.stderr: every problem on a line that
// begins with file, line and column.
//
// go test ./generator -run Broken -update rewrites what is expected.

// brokenDocuments lists the documents by their base names.
func brokenDocuments(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(testdata, "broken"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		if slices.Contains([]string{".yaml", ".json"}, filepath.Ext(entry.Name())) {
			names = append(names, entry.Name())
		}
	}
	if len(names) == 0 {
		t.Fatal("there are no broken documents")
	}
	return names
}

var diagnosticForm = regexp.MustCompile(`^[\w-]+\.(yaml|json):[1-9]\d*:[1-9]\d*: \S`)

// A document that is wrong is reported with all that is wrong with it, and
// nothing is written.
func TestBroken(t *testing.T) {
	for _, name := range brokenDocuments(t) {
		t.Run(name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "out")
			t.Chdir(filepath.Join(testdata, "broken"))
			_, err := generator.Generate(t.Context(), generator.Options{Specs: []string{name}, Out: out, ImportPath: goldenModule})
			var wrong *check.Error
			if !errors.As(err, &wrong) {
				t.Fatalf("error %v, want a *check.Error", err)
			}
			if exists(out) {
				t.Error("the output folder was made")
			}
			got := err.Error() + "\n"
			for line := range strings.Lines(got) {
				if !diagnosticForm.MatchString(line) {
					t.Errorf("no diagnostic with file, line and column: %s", line)
				}
			}
			expected := name + ".stderr"
			if *update {
				writeFile(t, expected, []byte(got))
			}
			compareText(t, expected, readFile(t, expected), []byte(got))
		})
	}
}

// Problems of several documents are reported together, in the order of the
// documents.
func TestBrokenTogether(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	t.Chdir(filepath.Join(testdata, "broken"))
	_, err := generator.Generate(t.Context(), generator.Options{
		Specs: []string{"swagger.yaml", "no-operation-id.yaml", "list.yaml"}, Out: out, ImportPath: goldenModule,
	})
	want := string(readFile(t, "swagger.yaml.stderr")) + string(readFile(t, "no-operation-id.yaml.stderr")) + string(readFile(t, "list.yaml.stderr"))
	if err == nil || err.Error()+"\n" != want {
		t.Errorf("error\n%v\nwant\n%s", err, want)
	}
}
