package templates

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestFilesAreTheSources(t *testing.T) {
	files, err := Files()
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, pattern := range []string{"internal/wire/*.go", "twilio/*.go", "twilio/webhook/*.go"} {
		paths, err := filepath.Glob(filepath.FromSlash(pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			if !strings.HasSuffix(path, "_test.go") {
				want = append(want, filepath.ToSlash(path))
			}
		}
	}
	slices.Sort(want)
	var got []string
	for _, f := range files {
		got = append(got, f.Path)
		if data, err := os.ReadFile(filepath.FromSlash(f.Path)); err != nil || !bytes.Equal(data, f.Data) {
			t.Errorf("%s differs from the source (%v)", f.Path, err)
		}
	}
	if !slices.IsSorted(got) || !slices.Equal(got, want) || len(got) == 0 {
		t.Errorf("%q, want %q", got, want)
	}
}

// A user's module gets nothing but the standard library, and a header that can go on top of each
// file.
func TestFilesStandAlone(t *testing.T) {
	files, err := Files()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), f.Path, f.Data, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		if ast.IsGenerated(parsed) {
			t.Errorf("%s has a header already", f.Path)
		}
		if before := f.Data[:parsed.Package-1]; len(bytes.TrimSpace(before)) > 0 && parsed.Doc == nil {
			t.Errorf("%s begins with something else than the package", f.Path)
		}
		for _, spec := range parsed.Imports {
			path, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			first, _, _ := strings.Cut(path, "/")
			if strings.Contains(first, ".") && path != ImportPath+"/internal/wire" {
				t.Errorf("%s imports %s", f.Path, path)
			}
		}
	}
}
