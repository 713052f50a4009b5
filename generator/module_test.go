package generator_test

import (
	"testing"

	"golang.org/x/mod/modfile"
)

// Whoever imports gen gets no other module, and Go 1.23 is enough. The command
// can be installed at a version, which the go command refuses where go.mod
// replaces or excludes a module.
func TestModules(t *testing.T) {
	const gen = "module github.com/twiliogen/twiliogen/gen\n\ngo 1.23\n"
	compareText(t, "gen/go.mod", []byte(gen), readFile(t, "../gen/go.mod"))

	root, err := modfile.Parse("go.mod", readFile(t, "../go.mod"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(root.Replace) > 0 || len(root.Exclude) > 0 {
		t.Error("go.mod replaces or excludes a module; go install refuses that")
	}
}
