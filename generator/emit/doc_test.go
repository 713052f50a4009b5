package emit

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"
)

func TestDoc(t *testing.T) {
	e := &emitter{exported: map[string]bool{"Session": true}}
	for _, c := range []struct{ name, text, want string }{
		{"plain", "One  line.", "// One line."},
		{"paragraphs", "One.\n\nTwo.", "// One.\n//\n// Two."},
		{"link", "See the [guide](https://example.com/a).", "// See the guide (https://example.com/a)."},
		{"link to a type", "A [Session](https://example.com/s).", "// A [Session]."},
		{"code", "Can be: `open` or `{a}`.", "// Can be: \"open\" or {a}."},
		{"emphasis and tags", "**Not** <b>so</b> fast.", "// Not so fast."},
		{"list", "Either:\n- one\n  more\n- two\nThen.", "// Either:\n//\n//   - one more\n//   - two Then."},
		{"numbers", "First:\n1. one\n2) two", "// First:\n//\n//  1. one\n//  2. two"},
		{"heading", "# Top\nText.", "// Top\n//\n// Text."},
		{"line break", "one<br/>two", "// one two"},
		{"build constraint", "+build ignore", "// \"+build\" ignore"},
		{"end of comment", "a */ b", "// a */ b"},
		{"directive", "//go:build ignore", "// //go:build ignore"},
		{"control characters", "a\x00b\u2028c\rd", "// ab cd"},
		{"empty", " \n ", ""},
	} {
		if got := e.doc(c.text).GoString(); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

func TestPredicate(t *testing.T) {
	for text, want := range map[string]string{
		"Create a new Session":           "Create creates a new Session",
		"Fetches one Session.":           "Create fetches one Session.",
		"Permanently deletes it.":        "Create permanently deletes it.",
		"Query several.":                 "Create queries several.",
		"A message for one Participant.": "Create: A message for one Participant.",
		"Messages that were sent.":       "Create: Messages that were sent.",
	} {
		if got := "Create" + predicate(text); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// No text becomes code: whatever a document says, a comment stays one.
func FuzzDoc(f *testing.F) {
	for _, seed := range []string{"a", "*/", "/*", "//go:generate rm", "\r\nfunc x() {}", "- a\n- b", "`", "[a](http://x)", "\x00", "\u2029", "\t\tx"} {
		f.Add(seed)
	}
	e := &emitter{exported: map[string]bool{}}
	f.Fuzz(func(t *testing.T, text string) {
		source := "package p\n\n" + e.doc(text).GoString() + "\nvar x int\n"
		file, err := parser.ParseFile(token.NewFileSet(), "p.go", source, parser.ParseComments)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if len(file.Decls) != 1 || ast.IsGenerated(file) {
			t.Errorf("%q became more than a comment", text)
		}
		for _, line := range strings.Split(e.doc(text).GoString(), "\n") {
			if line != "" && !strings.HasPrefix(line, "//") {
				t.Errorf("%q: line %q is no comment", text, line)
			}
		}
	})
}
