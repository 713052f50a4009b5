package generator_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/twiliogen/twiliogen/generator"
)

// Nothing private is shown by any struct of any document: a program fills all of
// them, by reflection, and shows them in every way that is covered. What is
// private it takes from the list that TestCorpusPrivate pins, and not from what
// is generated.
func TestCorpusCanary(t *testing.T) {
	skipUnderRace(t)
	if testing.Short() {
		t.Skip("building all of Twilio's APIs takes long")
	}
	checkCanary(t, corpus(t), readFile(t, filepath.Join(testdata, "private", "taken.txt")))
}

// The same for the document that comes with the program, which needs no other.
func TestCanary(t *testing.T) {
	taken, _ := privateFields(t, nil)
	if !bytes.Contains(taken, []byte("proxyv1.CreateMessageInteractionParams.Body string personal\n")) {
		t.Errorf("the body of a message is not private:\n%s", taken)
	}
	checkCanary(t, nil, taken)
}

func checkCanary(t *testing.T, specs []string, taken []byte) {
	dir := newModule(t)
	opts := generator.Options{Specs: specs, Out: dir}
	result, err := generator.Generate(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(dir, "canary")
	for _, pkg := range result.Packages {
		if pkg.Resources > 0 {
			writeFile(t, filepath.Join(program, pkg.Name+"_test.go"), canaryTypes(t, dir, pkg.Name))
		}
	}
	writeFile(t, filepath.Join(program, "taken.txt"), taken)
	writeFile(t, filepath.Join(program, "canary_test.go"), readFile(t, filepath.Join(testdata, "private", "canary_test.go")))
	out := runGo(t, dir, "test", "-vet=off", "-v", "-run", "TestCanary", "./canary")
	for line := range strings.Lines(out) {
		if strings.Contains(line, "structs,") {
			t.Log(strings.TrimSpace(line))
		}
	}
}

// canaryTypes is a file that adds the exported structs of a package to those that
// canary_test.go knows, but for the clients.
func canaryTypes(t *testing.T, dir, pkg string) []byte {
	t.Helper()
	var b bytes.Buffer
	fmt.Fprintf(&b, "package canary\n\nimport %q\n\nfunc init() {\n\tadd(%q", goldenModule+"/"+pkg, pkg)
	files := readTree(t, filepath.Join(dir, pkg))
	for _, line := range strings.Split(string(exportedNames(t, files)), "\n") {
		name, fields, _ := strings.Cut(strings.TrimPrefix(line, "type "), " ")
		if strings.HasPrefix(line, "type ") && fields != "" && name != "Client" {
			fmt.Fprintf(&b, ",\n\t\t%s.%s{}", pkg, name)
		}
	}
	b.WriteString(")\n}\n")
	return b.Bytes()
}
