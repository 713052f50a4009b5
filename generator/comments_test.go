package generator_test

import (
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What no comment may say: what the generator wrote before it knew better, and
// what is left of a markup that godoc does not know.
var unwanted = map[string]*regexp.Regexp{
	"says only what kind of thing it is": regexp.MustCompile(`is a resource of Twilio's|is an object of the API|is an enumeration of the API`),
	"repeats the document":               regexp.MustCompile(`calls the operation [A-Z]|on the wire\.|This is the public Twilio REST API`),
	"has a link in a sentence":           regexp.MustCompile(`\]\(|\(https?://`),
	"has markup":                         regexp.MustCompile("\\*\\*|`|</?(?:a|b|i|br|p|li|ul|code|strong)>|&[a-z]+;"),
	"has a wrong article":                regexp.MustCompile(`\b[Aa] (?:\[?(?:Account|Address|Event|Application|API|IP|HTTP|SMS)[ .\]A-Z])|\b[Aa]n (?:\[?(?:User|URL|SID|SIP|Unique))`),
	"speaks of null":                     regexp.MustCompile(`\bnull while\b`),
	"is no sentence":                     regexp.MustCompile(`^\s*(?:Reserved|DEPRECATED|\[(?:OBSOLETE|DEPRECATED)\])\.?\s*$`),
	"has an old mark":                    regexp.MustCompile(`\[(?:OBSOLETE|DEPRECATED)\]|^DEPRECATED`),
}

// commentOf is a comment as running text.
func commentOf(doc *ast.CommentGroup) string {
	return strings.Join(strings.Fields(doc.Text()), " ")
}

// Comments of every document say what things are for, in plain text.
func TestCorpusComments(t *testing.T) {
	skipUnderRace(t)
	packages := previewCorpus(t, corpus(t))
	c := commentCount{t: t, seen: map[string]int{}}
	for _, pkg := range slices.Sorted(maps.Keys(packages)) {
		c.files(packages[pkg])
	}
	t.Logf("%d types, all of which begin with their name; %d fields, %d described by their names alone; %d deprecations",
		c.seen["type"], c.seen["field"], c.seen["undescribed"], c.seen["deprecated"])
	t.Log("before descriptions were taken apart: 813 comments said only what kind of thing it is, 1250 repeated the document, " +
		"1488 had a link in a sentence, 16 had markup, 14 an old mark of deprecation; 1 deprecation")
}

// The same figures of a folder with packages, to compare with what an earlier
// version wrote: go test ./generator -run TestCommentFigures -v with COMMENTS=dir.
func TestCommentFigures(t *testing.T) {
	dir := os.Getenv("COMMENTS")
	if dir == "" {
		t.Skip("prints the figures of the folder that COMMENTS names")
	}
	c := commentCount{t: t, seen: map[string]int{}, lenient: true}
	c.files(readTree(t, filepath.Clean(dir)))
	for _, what := range slices.Sorted(maps.Keys(c.seen)) {
		t.Logf("%6d %s", c.seen[what], what)
	}
}

// commentCount reads comments and counts what it finds.
type commentCount struct {
	t       *testing.T
	seen    map[string]int
	lenient bool // count faults without reporting them
}

func (c *commentCount) files(files tree) {
	c.t.Helper()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, name, files[name], parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			c.t.Fatal(err)
		}
		if file.Doc != nil {
			c.code(file.Doc)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GenDecl:
				c.declaration(fset, n)
			case *ast.FuncDecl:
				if n.Name.IsExported() {
					c.comment(fset, n.Doc, n.Name.Name)
				}
			case *ast.Field:
				if n.Doc != nil && len(n.Names) > 0 && n.Names[0].IsExported() {
					c.seen["field"]++
					if undescribed.MatchString(commentOf(n.Doc)) {
						c.seen["undescribed"]++
					}
					c.comment(fset, n.Doc, "")
				}
			}
			return true
		})
	}
}

// code reads the lines of code in a package's comment, which are Go.
func (c *commentCount) code(doc *ast.CommentGroup) {
	var code strings.Builder
	for line := range strings.Lines(doc.Text()) {
		if strings.HasPrefix(line, "\t") {
			code.WriteString(line)
		}
	}
	source := "package p\n\nfunc f() error {\n" + code.String() + "\treturn nil\n}\n"
	formatted, err := format.Source([]byte(source))
	if err == nil && string(formatted) == source {
		return
	}
	c.seen["code that is"]++
	if !c.lenient {
		c.t.Errorf("the code of a package comment is not Go as gofmt has it (%v):\n%s", err, code.String())
	}
}

// undescribed is what a comment says of a field that the document does not
// describe, though some descriptions have that form as well.
var undescribed = regexp.MustCompile(`^The (?:flag "[^"]+"|[\w .-]+) of the [\w -]+\.(?:$| One of| From| At | Format| A SID| Required)|" on the wire\.`)

func (c *commentCount) declaration(fset *token.FileSet, d *ast.GenDecl) {
	if d.Tok != token.TYPE {
		return
	}
	name := d.Specs[0].(*ast.TypeSpec).Name
	if !name.IsExported() {
		return
	}
	c.seen["type"]++
	if strings.HasPrefix(commentOf(d.Doc), name.Name+" ") {
		c.seen["named"]++
	} else {
		c.fault(fset, d.Doc, "does not begin with the name "+name.Name)
	}
	c.comment(fset, d.Doc, name.Name)
}

// comment looks for faults in one comment.
func (c *commentCount) comment(fset *token.FileSet, doc *ast.CommentGroup, name string) {
	text := commentOf(doc)
	if text == "" {
		c.fault(fset, doc, name+" has no comment")
		return
	}
	if strings.Contains(text, "Deprecated: ") {
		c.seen["deprecated"]++
	}
	for fault, pattern := range unwanted {
		if pattern.MatchString(text) {
			c.fault(fset, doc, fault)
		}
	}
	if strings.Count(text, "https://www.twilio.com/docs") > 3 {
		c.fault(fset, doc, "has more than three addresses")
	}
}

func (c *commentCount) fault(fset *token.FileSet, doc *ast.CommentGroup, what string) {
	c.seen[strings.Join(strings.Fields(what)[:min(3, len(strings.Fields(what)))], " ")]++
	if c.lenient || doc == nil {
		return
	}
	c.t.Errorf("%s: a comment %s:\n%s", fset.Position(doc.Pos()), what, doc.Text())
}
