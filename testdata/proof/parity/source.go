package parity

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/twiliogen/twiliogen/testdata/proof/document"
)

// method is a method of a client that makes a request.
type method struct {
	client   string // the folder of the package, below that of all clients
	receiver string // the type that has the method
	name     string
	paged    bool  // it takes the token and the number of a page as arguments of their own
	args     []int // which of the placeholders of the path its arguments fill, in their order
}

// methods finds the methods for an operation by its key.
type methods map[string][]method

// key is what tells operations apart: the method, where it is called, and the path without the names in it.
func key(method, where, path string) string {
	return method + " " + where + document.WithoutNames(path)
}

// readOurs finds the generated methods in the folder of a package, which the key names as well. The comment of each ends
// with the method and the path of its operation.
func readOurs(folder, client string) (methods, error) {
	found := methods{}
	err := eachMethod(filepath.Join(folder, client), func(f *ast.FuncDecl, receiver string) {
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
		k := key(m[1], client, m[2])
		found[k] = append(found[k], method{client: client, receiver: receiver, name: f.Name.Name, args: args})
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

// readTwilioGo finds the methods of the official library in its folder of clients. Their first statement sets the path,
// and a later one calls Get, Put and so on. Those that return metadata as well make the same request once more.
func readTwilioGo(folder string) (methods, error) {
	services, err := filepath.Glob(filepath.Join(folder, "*", "*", "api_service.go"))
	if err != nil {
		return nil, err
	}
	found := methods{}
	for _, service := range services {
		source, err := os.ReadFile(service)
		if err != nil {
			return nil, err
		}
		server := baseURL.FindSubmatch(source)
		if server == nil {
			return nil, fmt.Errorf("%s: no base URL", service)
		}
		version := filepath.Dir(service)
		client := path.Join(filepath.Base(filepath.Dir(version)), filepath.Base(version))
		err = eachMethod(version, func(f *ast.FuncDecl, receiver string) {
			if strings.HasSuffix(f.Name.Name, "WithMetadata") {
				return
			}
			if verb, path := pathAndVerb(f.Body); path != "" {
				k := key(verb, string(server[1]), path)
				m := method{client: client, receiver: receiver, name: f.Name.Name}
				m.args, m.paged = argPlaces(f, path)
				found[k] = append(found[k], m)
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}

var baseURL = regexp.MustCompile(`baseURL:\s*"([^"]*)"`)

// pathAndVerb finds the path that the first statement sets, and the verb of the call of c.requestHandler.
func pathAndVerb(body *ast.BlockStmt) (verb, path string) {
	if set, ok := body.List[0].(*ast.AssignStmt); ok {
		if text, ok := set.Rhs[0].(*ast.BasicLit); ok && text.Kind == token.STRING {
			path, _ = strconv.Unquote(text.Value)
		}
	}
	ast.Inspect(body, func(n ast.Node) bool {
		if on, ok := n.(*ast.SelectorExpr); ok {
			handler, ok := on.X.(*ast.SelectorExpr)
			if ok && handler.Sel.Name == "requestHandler" && on.Sel.Name != "Client" {
				verb = strings.ToUpper(on.Sel.Name)
			}
		}
		return true
	})
	return verb, path
}

// argPlaces finds the placeholders that the arguments are named after, and tells whether there is one for a page's token.
func argPlaces(f *ast.FuncDecl, path string) (places []int, paged bool) {
	names := document.Placeholders(path)
	for _, field := range f.Type.Params.List {
		for _, arg := range field.Names {
			place := slices.IndexFunc(names, func(name string) bool { return strings.EqualFold(name, arg.Name) })
			if place >= 0 {
				places = append(places, place)
			}
			paged = paged || arg.Name == "pageToken"
		}
	}
	return places, paged
}

// eachMethod calls do with every exported method of the package in the folder.
func eachMethod(folder string, do func(f *ast.FuncDecl, receiver string)) error {
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
			if !ok || f.Recv == nil || !f.Name.IsExported() || f.Body == nil || len(f.Body.List) == 0 {
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
