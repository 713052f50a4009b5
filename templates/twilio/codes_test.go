package twilio

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// code is a constant of codes.go.
type code struct {
	name  string
	value int
	doc   string
}

// codeGroups returns the constants of codes.go, as they are grouped there.
func codeGroups(t *testing.T) [][]code {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "codes.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	var groups [][]code
	for _, decl := range file.Decls {
		if decl, ok := decl.(*ast.GenDecl); ok && decl.Tok == token.CONST {
			var group []code
			for _, spec := range decl.Specs {
				group = append(group, readCode(t, spec.(*ast.ValueSpec)))
			}
			groups = append(groups, group)
			if decl.Doc == nil {
				t.Errorf("the group of %s has no comment", group[0].name)
			}
		}
	}
	if len(groups) == 0 {
		t.Fatal("codes.go has no constants")
	}
	return groups
}

func readCode(t *testing.T, spec *ast.ValueSpec) code {
	t.Helper()
	if spec.Type != nil || len(spec.Names) != 1 || len(spec.Values) != 1 {
		t.Fatalf("%s is not one untyped constant", spec.Names[0])
	}
	value, err := strconv.Atoi(spec.Values[0].(*ast.BasicLit).Value)
	if err != nil {
		t.Fatal(err)
	}
	return code{spec.Names[0].Name, value, strings.Join(strings.Fields(spec.Doc.Text()), " ")}
}

// TestCodesAreWellFormed checks that codes are unique, in order within their group, and explained
// in one sentence each.
func TestCodesAreWellFormed(t *testing.T) {
	seen := map[int]string{}
	for _, group := range codeGroups(t) {
		if !slices.IsSortedFunc(group, func(a, b code) int { return a.value - b.value }) {
			t.Errorf("the group of %s is not in order", group[0].name)
		}
		for _, c := range group {
			if other := seen[c.value]; other != "" {
				t.Errorf("%s and %s are both %d", other, c.name, c.value)
			}
			seen[c.value] = c.name
			if !strings.HasPrefix(c.name, "Code") || c.value < 10_000 || c.value > 99_999 {
				t.Errorf("%s = %d does not look like a code", c.name, c.value)
			}
			if !strings.HasPrefix(c.doc, c.name+" means that ") || strings.Index(c.doc, ".") != len(c.doc)-1 {
				t.Errorf("the comment of %s is not a sentence about what it means: %q", c.name, c.doc)
			}
		}
	}
}

// TestCodesWorthARetry checks that the comments and the functions agree.
func TestCodesWorthARetry(t *testing.T) {
	for _, group := range codeGroups(t) {
		for _, c := range group {
			if said := strings.Contains(c.doc, "worth a retry"); said != isPassing(c.value) {
				t.Errorf("%s is passing: %t; its comment: %q", c.name, isPassing(c.value), c.doc)
			}
		}
	}
}

func TestIsLongLimit(t *testing.T) {
	long := []int{60202, 60203, 60308, 60310, 63038}
	for n := range 100_000 {
		if got := isLongLimit(n); got != slices.Contains(long, n) {
			t.Errorf("%d: %t", n, got)
		}
		if isLongLimit(n) && isPassing(n) {
			t.Errorf("%d is both passing and a long limit", n)
		}
	}
}

// TestCodesOfTheFakes checks that there is a constant for each code that the fakes answer with.
func TestCodesOfTheFakes(t *testing.T) {
	facts, err := os.ReadFile("../../../shared/fakes/README.md")
	if err != nil {
		t.Skip("the facts about fakes are not beside the checkout (../shared/fakes)")
	}
	_, codes, _ := strings.Cut(string(facts), "- error codes: ")
	codes, _, _ = strings.Cut(codes, "For others")
	wanted := regexp.MustCompile(`\b\d{5}\b`).FindAllString(codes, -1)
	if len(wanted) < 10 {
		t.Fatalf("only %d codes were found: %q", len(wanted), codes)
	}
	known := slices.Concat(codeGroups(t)...)
	for _, number := range wanted {
		value, _ := strconv.Atoi(number)
		if !slices.ContainsFunc(known, func(c code) bool { return c.value == value }) {
			t.Errorf("%s has no constant", number)
		}
	}
}
