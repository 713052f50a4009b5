package generator_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	yaml "github.com/oasdiff/yaml3"

	"github.com/twiliogen/twiliogen/generator"
	"github.com/twiliogen/twiliogen/generator/output"
	"github.com/twiliogen/twiliogen/specs"
)

// Two runs over one document give the same bytes, the manifest included.
func TestDeterministic(t *testing.T) {
	for _, c := range goldenCases(t) {
		t.Run(c.name, func(t *testing.T) {
			first, _ := preview(t, c.opts)
			second, _ := preview(t, c.opts)
			compareTrees(t, "first", first, second)
		})
	}
}

// The order of keys in a document does not show in the output, and neither does
// the form, JSON or YAML.
func TestFormDoesNotMatter(t *testing.T) {
	for _, c := range goldenCases(t) {
		t.Run(c.name, func(t *testing.T) {
			data := specs.ProxyV1()
			if len(c.opts.Specs) > 0 {
				data = readFile(t, c.opts.Specs[0])
			}
			want, _ := preview(t, c.opts)
			delete(want, output.ManifestName) // it names the document and its digest
			for name, variant := range variants(t, data) {
				c.opts.Specs = []string{writeDocument(t, c, name, variant)}
				got, _ := preview(t, c.opts)
				delete(got, output.ManifestName)
				compareTrees(t, name, want, got)
			}
		})
	}
}

// writeDocument stores a variant of a case's document. Where the case has the
// embedded document, the file's name stays its own.
func writeDocument(t *testing.T, c goldenCase, variant string, data []byte) string {
	t.Helper()
	base := specs.ProxyV1Name
	if len(c.opts.Specs) > 0 {
		base = filepath.Base(c.opts.Specs[0])
	}
	base = base[:len(base)-len(filepath.Ext(base))] + filepath.Ext(variant)
	name := filepath.Join(t.TempDir(), base)
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

// variants are other ways to write a YAML document, by name.
func variants(t *testing.T, data []byte) map[string][]byte {
	t.Helper()
	plain := toJSON(t, data) // has no anchors, which would have to stay in front
	forms := map[string][]byte{"as.json": plain}
	for _, seed := range []uint64{1, 2, 3} {
		forms[fmt.Sprintf("shuffled-%d.yaml", seed)] = shuffled(t, plain, seed)
	}
	return forms
}

// shuffled writes a document with the keys of every mapping in another
// order. The order of a list has a meaning and stays.
func shuffled(t *testing.T, data []byte, seed uint64) []byte {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(seed, seed))
	shuffle(random, &doc)
	out, err := yaml.Marshal(&doc)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func shuffle(random *rand.Rand, node *yaml.Node) {
	if node.Kind == yaml.MappingNode {
		pairs := node.Content
		random.Shuffle(len(pairs)/2, func(i, j int) {
			pairs[2*i], pairs[2*j] = pairs[2*j], pairs[2*i]
			pairs[2*i+1], pairs[2*j+1] = pairs[2*j+1], pairs[2*i+1]
		})
	}
	for _, child := range node.Content {
		shuffle(random, child)
	}
}

// toJSON writes a YAML document as JSON.
func toJSON(t *testing.T, data []byte) []byte {
	t.Helper()
	var doc any
	if err := yaml.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	out, err := json.MarshalIndent(doc, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Several documents are generated in parallel, and still in their own order.
func TestDeterministicTogether(t *testing.T) {
	opts := generator.Options{ImportPath: goldenModule}
	var names []string
	for _, c := range goldenCases(t) {
		if c.opts.Package == "" && len(c.opts.Specs) > 0 {
			opts.Specs = append(opts.Specs, c.opts.Specs...)
			_, pkg := preview(t, c.opts)
			names = append(names, pkg.Name)
		}
	}
	want, _ := preview(t, opts)
	for range 3 {
		got, _ := preview(t, opts)
		compareTrees(t, "first", want, got)
	}
	opts.Out, opts.Mode = filepath.Join(t.TempDir(), "out"), generator.Preview
	result, err := generator.Generate(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range result.Packages {
		if p.Name != names[i] {
			t.Errorf("package %d is %s, want %s", i, p.Name, names[i])
		}
	}
}
