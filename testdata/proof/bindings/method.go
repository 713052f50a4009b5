package bindings

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/twiliogen/twiliogen/testdata/proof/document"
)

// Method is a method of a generated client that calls an operation.
type Method struct {
	Receiver string // the type that has the method: "SessionClient"
	Name     string
	Args     []int // which of the placeholders of the path its arguments fill, in their order
}

// Methods finds the methods in a package, by method and path of their operation: "GET /v1/Services/{Sid}". The comment of
// each ends with these.
func (b Bindings) Methods(pkg string) (map[string][]Method, error) {
	found := map[string][]Method{}
	err := EachMethod(filepath.Join(b.Folder, pkg), func(f *ast.FuncDecl, receiver string) {
		m := lastParagraph.FindStringSubmatch(f.Doc.Text())
		if m == nil {
			return
		}
		names := document.Placeholders(m[2])
		args := make([]int, len(names))
		for i := range args {
			args[i] = i
		}
		// The account that starts a path of v2010 is the client's.
		if len(args) > stringParams(f) && names[0] == "AccountSid" {
			args = args[1:]
		}
		operation := m[1] + " " + m[2]
		found[operation] = append(found[operation], Method{receiver, f.Name.Name, args})
	})
	return found, err
}

var lastParagraph = regexp.MustCompile(`(?:^|\n)(GET|PUT|POST|DELETE|PATCH|HEAD)\s(/\S*)\n`)

func stringParams(f *ast.FuncDecl) int {
	n := 0
	for _, field := range f.Type.Params.List {
		if id, ok := field.Type.(*ast.Ident); ok && id.Name == "string" {
			n += len(field.Names)
		}
	}
	return n
}

// EachMethod calls do with every exported method of the package in the folder.
func EachMethod(folder string, do func(f *ast.FuncDecl, receiver string)) error {
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		return err
	}
	fset := token.NewFileSet()
	for _, file := range files {
		if base := filepath.Base(file); strings.HasPrefix(base, "model_") || strings.HasSuffix(base, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(fset, file, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, decl := range parsed.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok || f.Recv == nil || !f.Name.IsExported() {
				continue
			}
			if receiver := receiverName(f); receiver != "" {
				do(f, receiver)
			}
		}
	}
	return nil
}

func receiverName(f *ast.FuncDecl) string {
	star, ok := f.Recv.List[0].Type.(*ast.StarExpr)
	if !ok {
		return ""
	}
	name, ok := star.X.(*ast.Ident)
	if !ok {
		return ""
	}
	return name.Name
}
