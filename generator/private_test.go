package generator_test

import (
	"bytes"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/twiliogen/twiliogen/generator"
	"github.com/twiliogen/twiliogen/generator/bind"
	"github.com/twiliogen/twiliogen/generator/model"
	"github.com/twiliogen/twiliogen/generator/private"
)

// What the rule of package private takes, in all of Twilio's documents, and what
// it looks at and leaves, is pinned, so that a change of either is seen.
func TestCorpusPrivate(t *testing.T) {
	skipUnderRace(t)
	taken, left := privateFields(t, corpus(t))
	for name, got := range map[string][]byte{"taken.txt": taken, "left.txt": left} {
		file := filepath.Join(testdata, "private", name)
		if *update {
			writeFile(t, file, got)
			continue
		}
		compareText(t, file, readFile(t, file), got)
	}
}

// privateFields lists the fields that logs do not show, and the names of others
// that look like theirs, with their types and how many there are.
func privateFields(t *testing.T, specs []string) (taken, left []byte) {
	t.Helper()
	opts := generator.Options{Specs: specs, ImportPath: goldenModule, Out: t.TempDir()}
	inputs, err := generator.Load(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	bound, err := generator.Bind(inputs, opts)
	if err != nil {
		t.Fatal(err)
	}
	why := map[model.Privacy]string{model.Personal: "personal", model.Secret: "secret"}
	var lines []string
	public := map[string]int{}
	for _, b := range bound {
		for name, fields := range structs(b.Package) {
			for _, f := range fields {
				switch {
				case f.Privacy != model.Public:
					lines = append(lines, fmt.Sprintf("%s.%s.%s %s %s\n", b.Package.Name, name, f.Name, kind(f.Type), why[f.Privacy]))
				case private.Considered(f.Wire):
					public[f.Wire+" "+kind(f.Type)]++
				}
			}
		}
	}
	slices.Sort(lines)
	var b bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(public)) {
		fmt.Fprintln(&b, name, public[name])
	}
	return []byte(strings.Join(lines, "")), b.Bytes()
}

// structs are the fields of a package's structs.
func structs(pkg *bind.Package) map[string][]*bind.Field {
	all := map[string][]*bind.Field{}
	for _, file := range pkg.Files {
		for _, decl := range file.Decls {
			switch d := decl.(type) {
			case *bind.Struct:
				all[d.Name] = d.Fields
			case *bind.Resource:
				if d.Object != nil {
					all[d.Object.Name] = d.Object.Fields
				}
				for _, op := range d.Operations {
					if op.Params == nil {
						continue
					}
					for _, p := range op.Params.Fields {
						all[op.Params.Name] = append(all[op.Params.Name], &p.Field)
					}
				}
			}
		}
	}
	return all
}

// kind names a type as a list of fields does.
func kind(t bind.Type) string {
	switch t := t.(type) {
	case *bind.Scalar:
		return t.Go.Name
	case *bind.Enum:
		return "enum"
	case *bind.Struct:
		return "struct"
	case *bind.List:
		return "[]" + kind(t.Item)
	case *bind.Map:
		return "map of " + kind(t.Value)
	}
	return "JSON"
}
