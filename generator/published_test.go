package generator_test

import (
	"bytes"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/twiliogen/twiliogen/generator"
)

// publishedDocument is the path of one of Twilio's own documents, or of their
// folder. They are no part of the repository.
func publishedDocument(t *testing.T, name string) string {
	t.Helper()
	file := filepath.Join("..", "..", "shared", "specs", name)
	if !exists(file) {
		t.Skipf("%s is not there: Twilio's documents are not part of the repository", file)
	}
	return file
}

// Every document that Twilio publishes becomes a package, all of them compile
// beside each other, go vet has nothing to say, and a second run changes
// nothing.
func TestPublished(t *testing.T) {
	if testing.Short() {
		t.Skip("building all of Twilio's APIs takes long")
	}
	opts := generator.Options{Specs: []string{publishedDocument(t, "")}, Out: newModule(t)}
	first, err := generator.Generate(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range first.Packages {
		if p.Resources == 0 && p.Files > 1 {
			t.Errorf("%s has %d files and no resource", p.Name, p.Files)
		}
	}
	second, err := generator.Generate(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range second.Plan.Changes() {
		t.Errorf("a second run: %s is %s", change.Path, change.Kind)
	}
	runGo(t, opts.Out, "vet", "./...") // compiles, too, without the code that nobody runs
}

// The embedded document and the one that Twilio publishes give the same API:
// types, fields, tags, methods and what they send. Comments differ, since the
// embedded document has descriptions of its own.
func TestPublishedProxy(t *testing.T) {
	published := publishedDocument(t, "twilio_proxy_v1.json")
	want, _ := preview(t, generator.Options{Specs: []string{published}, ImportPath: goldenModule})
	got, _ := preview(t, generator.Options{ImportPath: goldenModule})
	compareTrees(t, "published", withoutComments(t, want.below("proxyv1")), withoutComments(t, got.below("proxyv1")))
}

// withoutComments prints Go files without comments and in the layout that
// their syntax asks for. Examples are left out: their expected output is a
// comment.
func withoutComments(t *testing.T, files tree) tree {
	t.Helper()
	bare := tree{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, name, files[name], parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		for _, decl := range file.Decls {
			if err := printDecl(&b, decl); err != nil {
				t.Fatal(err)
			}
		}
		bare[name] = b.Bytes()
	}
	return bare
}

// printDecl prints a declaration as if no comment had left a gap: without positions,
// its layout is what its syntax asks for.
func printDecl(b *bytes.Buffer, decl ast.Decl) error {
	if err := format.Node(b, token.NewFileSet(), decl); err != nil {
		return err
	}
	b.WriteString("\n")
	return nil
}
