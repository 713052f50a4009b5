package generator_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/twiliogen/twiliogen/generator"
	"github.com/twiliogen/twiliogen/generator/bind/naming"
	"github.com/twiliogen/twiliogen/generator/model"
	"github.com/twiliogen/twiliogen/generator/openapi"
)

// corpusDir holds Twilio's own documents. They are not part of the project.
const corpusDir = "../../shared/specs"

// corpus lists Twilio's documents, and skips the test where they are absent.
func corpus(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(corpusDir, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skip("Twilio's documents are not beside the checkout (../shared/specs)")
	}
	return files
}

// The exported names of the package for each of Twilio's documents are pinned,
// so that a change of a naming rule is seen as the change of API that it is.
func TestCorpusNames(t *testing.T) {
	files := corpus(t)
	packages := previewCorpus(t, files)
	for _, pkg := range slices.Sorted(maps.Keys(packages)) {
		name := filepath.Join(testdata, "corpus", pkg+".txt")
		got := exportedNames(t, packages[pkg])
		if *update {
			writeFile(t, name, got)
			continue
		}
		if !exists(name) {
			t.Errorf("%s is not there; go test ./generator -run CorpusNames -update writes it", name)
			continue
		}
		compareText(t, name, readFile(t, name), got)
	}
}

// previewCorpus generates all documents in memory, once for all tests: the files
// of each package, which nobody changes.
func previewCorpus(t *testing.T, specs []string) map[string]tree {
	t.Helper()
	previewOnce.Do(func() {
		previewed, previewErr = generateCorpus(t.TempDir(), specs)
	})
	if previewErr != nil {
		t.Fatal(previewErr)
	}
	return previewed
}

var (
	previewOnce sync.Once
	previewed   map[string]tree
	previewErr  error
)

func generateCorpus(dir string, specs []string) (map[string]tree, error) {
	result, err := generator.Generate(context.Background(), generator.Options{
		Specs: specs, ImportPath: goldenModule, Out: filepath.Join(dir, "out"), Mode: generator.Preview,
	})
	if err != nil {
		return nil, err
	}
	all := tree{}
	for _, change := range result.Plan.Changes() {
		all[change.Path] = change.New
	}
	packages := map[string]tree{}
	for _, pkg := range result.Packages {
		packages[pkg.Name] = all.below(pkg.Name)
	}
	return packages, nil
}

// exportedNames lists types with their fields, functions, methods and constants.
func exportedNames(t *testing.T, files tree) []byte {
	t.Helper()
	var lines []string
	for name, data := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, data, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			lines = append(lines, declared(decl)...)
		}
	}
	slices.Sort(lines)
	return []byte(strings.Join(lines, "\n") + "\n")
}

func declared(decl ast.Decl) []string {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if !d.Name.IsExported() {
			return nil
		}
		if d.Recv == nil {
			return []string{"func " + d.Name.Name}
		}
		recv := d.Recv.List[0].Type
		if star, ok := recv.(*ast.StarExpr); ok {
			recv = star.X
		}
		return []string{fmt.Sprintf("method %s.%s", recv.(*ast.Ident).Name, d.Name.Name)}
	case *ast.GenDecl:
		var lines []string
		for _, spec := range d.Specs {
			lines = append(lines, specified(spec)...)
		}
		return lines
	}
	return nil
}

func specified(spec ast.Spec) []string {
	switch s := spec.(type) {
	case *ast.ValueSpec:
		if s.Names[0].IsExported() {
			return []string{"const " + s.Names[0].Name}
		}
	case *ast.TypeSpec:
		line := "type " + s.Name.Name
		if st, ok := s.Type.(*ast.StructType); ok {
			for _, f := range st.Fields.List {
				for _, n := range f.Names {
					if n.IsExported() {
						line += " " + n.Name
					}
				}
			}
		}
		return []string{line}
	}
	return nil
}

// Every example answer in Twilio's documents is decoded without loss: what is
// encoded again is the example, apart from the lenience that the test lists.
func TestCorpusExamples(t *testing.T) {
	files := corpus(t)
	dir := newModule(t)
	if _, err := generator.Generate(t.Context(), generator.Options{Specs: files, Out: dir}); err != nil {
		t.Fatal(err)
	}
	examples := 0
	for _, file := range files {
		pkg, cases := exampleCases(t, file)
		if len(cases) == 0 {
			continue
		}
		examples += len(cases)
		writeExamples(t, filepath.Join(dir, "examples"), pkg, cases)
	}
	writeFile(t, filepath.Join(dir, "examples", "compare_test.go"), readFile(t, filepath.Join(testdata, "corpus", "compare_test.go")))
	out := runGo(t, dir, "test", "-vet=off", "-v", "-run", "TestExamples", "./examples")
	t.Logf("%d examples decoded and encoded again", examples)
	for line := range strings.Lines(out) {
		if strings.Contains(line, "lenience:") {
			t.Log(strings.TrimSpace(line))
		}
	}
}

// exampleCase is an example and the Go type that it has.
type exampleCase struct {
	operation, goType, text string
}

// exampleCases finds the examples of a document's answers.
func exampleCases(t *testing.T, file string) (pkg string, cases []exampleCase) {
	t.Helper()
	data := readFile(t, file)
	api, _, err := openapi.Load(context.Background(), file, data, nil)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(data)
	if err != nil {
		t.Fatal(err)
	}
	names, _ := naming.Decide(api, "", nil)
	for _, r := range api.Resources {
		for _, op := range r.Operations {
			if op.Beside {
				continue // the document knows nothing of it
			}
			for _, example := range responseExamples(doc.Paths.Value(op.Path).GetOperation(op.Method)) {
				cases = append(cases, typedExamples(names, op, example)...)
			}
		}
	}
	return names.Package, cases
}

// responseExamples are the example values of an operation's successful answers.
func responseExamples(op *openapi3.Operation) []any {
	var out []any
	for _, status := range slices.Sorted(maps.Keys(op.Responses.Map())) {
		if !strings.HasPrefix(status, "2") {
			continue
		}
		for _, media := range op.Responses.Value(status).Value.Content {
			if media.Example != nil {
				out = append(out, media.Example)
			}
			for _, name := range slices.Sorted(maps.Keys(media.Examples)) {
				if v := media.Examples[name].Value; v != nil && v.Value != nil {
					out = append(out, v.Value)
				}
			}
		}
	}
	return out
}

// typedExamples pairs an example, or each record of it, with its type.
func typedExamples(names *naming.Names, op *model.Operation, example any) []exampleCase {
	t, values := op.Response.Type, []any{example}
	if op.Paging != nil {
		t = op.Paging.Item
		if page, ok := example.(map[string]any); ok {
			values, _ = page[op.Paging.Records].([]any)
		}
	}
	object, ok := t.(*model.Object)
	if !ok {
		return nil
	}
	var cases []exampleCase
	for _, v := range values {
		if _, isObject := v.(map[string]any); !isObject {
			continue // not an example of the schema
		}
		text, err := json.Marshal(v)
		if err == nil {
			cases = append(cases, exampleCase{op.ID, names.Type(object), string(text)})
		}
	}
	return cases
}

// writeExamples writes the cases of one package as a table that registers
// itself with compare_test.go.
func writeExamples(t *testing.T, dir, pkg string, cases []exampleCase) {
	t.Helper()
	var b bytes.Buffer
	fmt.Fprintf(&b, "package examples\n\nimport %q\n\nfunc init() {\n", goldenModule+"/"+pkg)
	for _, c := range cases {
		fmt.Fprintf(&b, "\tadd(%q, new(%s.%s), %s)\n", pkg+" "+c.operation, pkg, c.goType, strconv.Quote(c.text))
	}
	b.WriteString("}\n")
	writeFile(t, filepath.Join(dir, pkg+"_test.go"), b.Bytes())
}

// skipUnderRace skips a test that reads what is generated from all of Twilio's
// documents: the race detector makes it three times as slow, and has nothing to
// find that TestPublished does not show it. `make test` runs it without.
func skipUnderRace(t *testing.T) {
	t.Helper()
	if raceDetector {
		t.Skip("slow under the race detector; make test runs it without")
	}
}
