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
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aymanbagabas/go-udiff"
	"github.com/oasdiff/yaml"

	"github.com/twiliogen/twiliogen/generator"
	"github.com/twiliogen/twiliogen/generator/openapi/check"
	"github.com/twiliogen/twiliogen/specs"
)

// A golden case is a folder below testdata:
//
//	spec.yaml    the document; the embedded one when there is none
//	flags        arguments of twiliogen generate, one a line; optional
//	warnings     what the run warns of; none where there is no such file
//	use_test.go  a test that uses the package as a program would; optional
//	want/        the generated package
//
// All cases and their tests are built together as one module (TestGoldenModule),
// with the Go that runs the test, or with another: -toolchain go1.23.12.
// go test ./generator -run Golden -update rewrites every want.

var (
	update    = flag.Bool("update", false, "rewrite what the tests expect under testdata")
	toolchain = flag.String("toolchain", "local", "the `version` of Go that builds and tests what is generated")
)

const testdata = "../testdata"

// goldenModule is the module path, and so the import path, of the cases.
const goldenModule = "example.com/golden"

// goldenCase is one folder with its options.
type goldenCase struct {
	name string
	dir  string
	opts generator.Options
}

// goldenCases finds the folders that have a document or flags.
func goldenCases(t *testing.T) []goldenCase {
	t.Helper()
	entries, err := os.ReadDir(testdata)
	if err != nil {
		t.Fatal(err)
	}
	var cases []goldenCase
	for _, entry := range entries {
		c := goldenCase{name: entry.Name(), dir: filepath.Join(testdata, entry.Name())}
		spec, flags := filepath.Join(c.dir, "spec.yaml"), filepath.Join(c.dir, "flags")
		if !exists(spec) && !exists(flags) {
			continue
		}
		c.opts.ImportPath = goldenModule
		if exists(spec) {
			c.opts.Specs = []string{spec}
		}
		if exists(flags) {
			readFlags(t, flags, &c.opts)
		}
		cases = append(cases, c)
	}
	if len(cases) == 0 {
		t.Fatalf("there are no golden cases in %s", testdata)
	}
	return cases
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// readFlags sets the options that the command has as flags.
func readFlags(t *testing.T, file string, opts *generator.Options) {
	t.Helper()
	set := flag.NewFlagSet(file, flag.ContinueOnError)
	set.StringVar(&opts.Package, "package", "", "")
	set.Func("resource", "", func(name string) error {
		opts.Resources = append(opts.Resources, name)
		return nil
	})
	if err := set.Parse(strings.Fields(string(readFile(t, file)))); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
}

// tree is a set of files by their slash-separated path.
type tree map[string][]byte

// preview generates without writing: the files of the package, of the runtime,
// and the manifest.
func preview(t *testing.T, opts generator.Options) (tree, generator.Package) {
	t.Helper()
	files, result := previewAll(t, opts)
	return files, result.Packages[0]
}

func previewAll(t *testing.T, opts generator.Options) (tree, *generator.Result) {
	t.Helper()
	opts.Out, opts.Mode = filepath.Join(t.TempDir(), "out"), generator.Preview
	result, err := generator.Generate(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	files := tree{}
	for _, change := range result.Plan.Changes() {
		files[change.Path] = change.New
	}
	return files, result
}

// below returns the files of one folder, without the folder's name.
func (files tree) below(dir string) tree {
	part := tree{}
	for name, data := range files {
		if rest, ok := strings.CutPrefix(name, dir+"/"); ok {
			part[rest] = data
		}
	}
	return part
}

// readTree reads all files below a folder that need not exist.
func readTree(t *testing.T, dir string) tree {
	t.Helper()
	files := tree{}
	if !exists(dir) {
		return files
	}
	if err := filepath.WalkDir(dir, func(name string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		files[filepath.ToSlash(rel)] = readFile(t, name)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return files
}

// compareTrees reports every difference between two sets of files as a diff.
func compareTrees(t *testing.T, wantName string, want, got tree) {
	t.Helper()
	names := map[string]bool{}
	for name := range want {
		names[name] = true
	}
	for name := range got {
		names[name] = true
	}
	for name := range names {
		w, wanted := want[name]
		g, made := got[name]
		switch {
		case !wanted:
			t.Errorf("%s is generated but not expected", name)
		case !made:
			t.Errorf("%s is expected but not generated", name)
		default:
			compareText(t, path.Join(wantName, name), w, g)
		}
	}
}

func compareText(t *testing.T, name string, want, got []byte) {
	t.Helper()
	if diff := udiff.Unified(name, "got", string(want), string(got)); diff != "" {
		t.Errorf("%s", diff)
	}
}

func readFile(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func writeFile(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// Every case generates exactly the files that are committed beside it.
func TestGolden(t *testing.T) {
	for _, c := range goldenCases(t) {
		t.Run(c.name, func(t *testing.T) {
			files, result := previewAll(t, c.opts)
			got, dir := files.below(result.Packages[0].Name), filepath.Join(c.dir, "want")
			if *update {
				if err := os.RemoveAll(dir); err != nil {
					t.Fatal(err)
				}
				for name, data := range got {
					writeFile(t, filepath.Join(dir, name), data)
				}
			}
			compareTrees(t, dir, readTree(t, dir), got)
			compareWarnings(t, c, result.Warnings)
		})
	}
}

func compareWarnings(t *testing.T, c goldenCase, warnings []check.Diagnostic) {
	t.Helper()
	var got []byte
	for _, w := range warnings {
		w.File = filepath.Base(w.File)
		got = append(got, w.String()+"\n"...)
	}
	name := filepath.Join(c.dir, "warnings")
	if *update && got != nil {
		writeFile(t, name, got)
	}
	var want []byte
	if exists(name) {
		want = readFile(t, name)
	}
	compareText(t, name, want, got)
}

// The committed bindings in gen are what the embedded document gives, the
// manifest included.
func TestGoldenProxy(t *testing.T) {
	files, _ := preview(t, generator.Options{ImportPath: "github.com/twiliogen/twiliogen/gen"})
	want := readTree(t, "../gen")
	for name, data := range want {
		byHand := strings.HasSuffix(name, ".go") && !bytes.HasPrefix(data, []byte("// Code generated"))
		if byHand || name == "go.mod" || strings.HasPrefix(name, "testdata/") {
			delete(want, name) // stands beside the generated files
		}
	}
	compareTrees(t, "gen", want, files)
}

// The document that gen's tests compare the bindings with is the embedded one.
// They read it as JSON, which the standard library can.
func TestGoldenDocument(t *testing.T) {
	data, err := yaml.YAMLToJSON(specs.ProxyV1())
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if err := json.Indent(&got, data, "", "\t"); err != nil {
		t.Fatal(err)
	}
	got.WriteByte('\n')
	name := "../gen/testdata/" + strings.TrimSuffix(specs.ProxyV1Name, ".yaml") + ".json"
	if *update {
		writeFile(t, name, got.Bytes())
	}
	compareText(t, name, readFile(t, name), got.Bytes())
}

// Every file says that it is generated, in the way that tools look for, and is
// formatted. In what comes from a document every comment is plain text.
func TestGoldenForm(t *testing.T) {
	for _, c := range goldenCases(t) {
		t.Run(c.name, func(t *testing.T) {
			files, pkg := preview(t, c.opts)
			checkFiles(t, files.below(pkg.Name), checkComments)
		})
	}
	t.Run("runtime", func(t *testing.T) {
		files, _ := preview(t, generator.Options{ImportPath: goldenModule})
		checkFiles(t, files, func(*testing.T, *token.FileSet, *ast.File) {})
	})
}

func checkFiles(t *testing.T, files tree, check func(*testing.T, *token.FileSet, *ast.File)) {
	t.Helper()
	for name, data := range files {
		if path.Ext(name) != ".go" {
			continue
		}
		fset := token.NewFileSet()
		parsed, err := parser.ParseFile(fset, name, data, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Error(err)
			continue
		}
		if !ast.IsGenerated(parsed) {
			t.Errorf("%s is not marked as generated", name)
		}
		check(t, fset, parsed)
		if formatted, err := format.Source(data); err != nil {
			t.Error(err)
		} else {
			compareText(t, name, formatted, data)
		}
	}
}

// checkComments refuses what a description could smuggle into the code: block
// comments and directives.
func checkComments(t *testing.T, fset *token.FileSet, file *ast.File) {
	t.Helper()
	for _, group := range file.Comments {
		for _, c := range group.List {
			text, isLine := strings.CutPrefix(c.Text, "//")
			if !isLine || text != "" && !strings.ContainsAny(text[:1], " \t") {
				t.Errorf("%s: a comment that is no plain line of text: %q", fset.Position(c.Pos()), c.Text)
			}
		}
	}
}

// Generated packages compile at language version 1.23, have nothing that go vet
// would object to, and do what their examples and the tests of the cases say.
func TestGoldenModule(t *testing.T) {
	dir := newModule(t)
	packages := map[string]string{} // name: case
	for _, c := range goldenCases(t) {
		c.opts.Out = dir
		result, err := generator.Generate(t.Context(), c.opts)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		name := result.Packages[0].Name
		if other, taken := packages[name]; taken {
			t.Fatalf("the cases %s and %s are both package %s; give one a flag --package", other, c.name, name)
		}
		packages[name] = c.name
		if test := filepath.Join(c.dir, "use_test.go"); exists(test) {
			writeFile(t, filepath.Join(dir, "use", c.name+"_test.go"), readFile(t, test))
		}
	}
	writeFile(t, filepath.Join(dir, "use", "fake_test.go"), readFile(t, filepath.Join(testdata, "fake_test.go")))
	runGo(t, dir, "vet", "./...")
	runGo(t, dir, "test", "-trimpath", "-vet=off", "./...")
}

// newModule makes an empty module that needs nothing but Go 1.23.
func newModule(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "go.mod"), []byte("module "+goldenModule+"\n\ngo 1.23\n"))
	return dir
}

// runGo runs the go command of the toolchain and returns what it prints, which it
// shows when it fails. Generated code needs no module: there is no network, except
// for another toolchain.
func runGo(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=", "GOTOOLCHAIN="+*toolchain)
	if *toolchain == "local" {
		cmd.Env = append(cmd.Env, "GOPROXY=off")
	}
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// A selection brings the resource and what lies below its path, with the types
// that these reach and no others.
func TestGoldenSelection(t *testing.T) {
	files, pkg := preview(t, generator.Options{Resources: []string{"Session"}, ImportPath: goldenModule})
	if pkg.Resources != 4 || pkg.Operations != 15 {
		t.Errorf("%d resources with %d operations, want 4 with 15", pkg.Resources, pkg.Operations)
	}
	var types []string
	paths := map[string]bool{}
	for name, data := range files.below(pkg.Name) {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, data, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.TypeSpec:
				if ast.IsExported(n.Name.Name) && !strings.HasSuffix(n.Name.Name, "Params") {
					types = append(types, n.Name.Name)
				}
			case *ast.BasicLit:
				if strings.HasPrefix(n.Value, `"/v1/`) {
					paths[n.Value] = true
				}
			}
			return true
		})
	}
	slices.Sort(types)
	want := []string{
		"Client",
		"Interaction", "InteractionClient", "InteractionResourceStatus", "InteractionType",
		"MessageInteraction", "MessageInteractionClient", "MessageInteractionResourceStatus", "MessageInteractionType",
		"ObjectName", "Participant", "ParticipantClient",
		"SIDPrefix", "Session", "SessionClient", "SessionMode", "SessionStatus",
	}
	if !slices.Equal(types, want) {
		t.Errorf("types %q, want %q", types, want)
	}
	if len(paths) != 8 {
		t.Errorf("%d paths are called, want 8: %q", len(paths), slices.Sorted(maps.Keys(paths)))
	}
}
