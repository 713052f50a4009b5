package generator_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/twiliogen/twiliogen/generator"
	"github.com/twiliogen/twiliogen/generator/output"
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
// beside each other, go vet has nothing to say, and neither a second run nor
// another order of the keys changes anything.
func TestPublished(t *testing.T) {
	if testing.Short() {
		t.Skip("building all of Twilio's APIs takes long")
	}
	specs := publishedDocument(t, "")
	opts := generator.Options{Specs: []string{specs}, Out: newModule(t)}
	first, err := generator.Generate(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range first.Packages {
		if p.Resources == 0 && p.Files > 1 {
			t.Errorf("%s has %d files and no resource", p.Name, p.Files)
		}
	}
	wantNoChange(t, "a second run", opts)
	opts.Specs = []string{sortKeys(t)}
	wantNoChange(t, "another order of the keys", opts)
	runGo(t, opts.Out, "vet", "./...") // compiles, too, without the code that nobody runs
	if !t.Failed() {
		t.Logf("%d of %d documents generated, built, vetted and deterministic", len(first.Packages), len(corpus(t)))
	}
}

// wantNoChange generates again and expects the same files. The manifest may
// differ: it has the document's digest.
func wantNoChange(t *testing.T, what string, opts generator.Options) {
	t.Helper()
	opts.Mode = generator.Preview
	again, err := generator.Generate(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range again.Plan.Changes() {
		if change.Path != output.ManifestName {
			t.Errorf("%s: %s is %s", what, change.Path, change.Kind)
		}
	}
}

// sortKeys copies documents with their keys sorted, which is not how they are
// published.
func sortKeys(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, file := range corpus(t) {
		decoder := json.NewDecoder(bytes.NewReader(readFile(t, file)))
		decoder.UseNumber()
		var document any
		if err := decoder.Decode(&document); err != nil {
			t.Fatal(err)
		}
		sorted, err := json.Marshal(document)
		if err != nil {
			t.Fatal(err)
		}
		writeFile(t, filepath.Join(dir, filepath.Base(file)), sorted)
	}
	return dir
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

var staticcheck = flag.Bool("staticcheck", false, "run staticcheck over what Twilio's documents become")

// Staticcheck has nothing to say of the packages either. It is a tool of its
// own module, and runs only when asked for.
func TestStaticcheck(t *testing.T) {
	if !*staticcheck {
		t.Skip("runs with -staticcheck, as in make corpus")
	}
	opts := generator.Options{Specs: []string{publishedDocument(t, "")}, Out: newModule(t)}
	if _, err := generator.Generate(t.Context(), opts); err != nil {
		t.Fatal(err)
	}
	tool := filepath.Join(t.TempDir(), "staticcheck")
	build := exec.CommandContext(t.Context(), "go", "build", "-modfile=.ci/tools.mod", "-o", tool, "honnef.co/go/tools/cmd/staticcheck")
	build.Dir = ".."
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building staticcheck: %v\n%s", err, out)
	}
	check := exec.CommandContext(t.Context(), tool, "./...")
	check.Dir = opts.Out
	if out, err := check.CombinedOutput(); err != nil {
		t.Errorf("staticcheck: %v\n%s", err, out)
	}
}
