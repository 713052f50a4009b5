package gocode

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"github.com/twiliogen/twiliogen/generator/prose"
)

func parsed(text string) string {
	return comment(prose.Parse(text, func(name string) bool { return name == "Session" })).GoString()
}

func TestComment(t *testing.T) {
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
		if got := parsed(c.text); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// No text becomes code: whatever a document says, a comment stays one.
func FuzzComment(f *testing.F) {
	for _, seed := range []string{"a", "*/", "/*", "//go:generate rm", "\r\nfunc x() {}", "- a\n- b", "`", "[a](http://x)", "\x00", "\u2029", "\t\tx"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		source := "package p\n\n" + parsed(text) + "\nvar x int\n"
		file, err := parser.ParseFile(token.NewFileSet(), "p.go", source, parser.ParseComments)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if len(file.Decls) != 1 || ast.IsGenerated(file) {
			t.Errorf("%q became more than a comment", text)
		}
		for line := range strings.SplitSeq(parsed(text), "\n") {
			if line != "" && !strings.HasPrefix(line, "//") {
				t.Errorf("%q: line %q is no comment", text, line)
			}
		}
	})
}
