package generator_test

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/twiliogen/twiliogen/generator/words"
)

// figures counts what is wrong with names that are pinned.
type figures struct {
	longTypes, longConstants int // over 40 characters
	doubled                  []string
	numbered                 []string // a number at the end only tells them from another name
}

// What the pinned names could do better is counted. No name has a word that
// stands twice, and none is told from another by a number.
func TestCorpusFigures(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(testdata, "corpus", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatal("no names are pinned", err)
	}
	var f figures
	for _, file := range files {
		f.count(string(readFile(t, file)))
	}
	t.Logf("over 40 characters: %d types and %d constants; doubled words: %d; numbers at the end: %d",
		f.longTypes, f.longConstants, len(f.doubled), len(f.numbered))
	t.Log("before a resource was the noun of its operations: 101 and 375; 109; 0")
	for _, name := range slices.Concat(f.doubled, f.numbered) {
		t.Errorf("%s has a word or a number that it could do without", name)
	}
}

func (f *figures) count(pinned string) {
	names := map[string]bool{}
	for line := range strings.Lines(pinned) {
		kind, rest, _ := strings.Cut(line, " ")
		name, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
		names[name] = true
		switch {
		case kind == "type" && len(name) > 40:
			f.longTypes++
		case kind == "const" && len(name) > 40:
			f.longConstants++
		}
		if ws := words.Split(name); (kind == "type" || kind == "const") && len(slices.CompactFunc(ws, strings.EqualFold)) < len(words.Split(name)) {
			f.doubled = append(f.doubled, fmt.Sprint(kind, " ", name))
		}
	}
	for name := range names {
		if m := numbered.FindStringSubmatch(name); m != nil && names[m[1]] {
			f.numbered = append(f.numbered, name)
		}
	}
}

var numbered = regexp.MustCompile(`^(.*[^0-9])[0-9]+$`)
