package parity

import (
	"fmt"
	"go/ast"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/twiliogen/twiliogen/testdata/proof/bindings"
	"github.com/twiliogen/twiliogen/testdata/proof/document"
)

// method is a method of a client, of ours or of twilio-go's.
type method struct {
	bindings.Method
	client string // the folder of the package, below that of all clients
	paged  bool   // it takes the token and the number of a page as arguments of their own
}

// methods finds the methods for an operation by its key.
type methods map[string][]method

// key is what tells operations of all APIs apart: the method, the server, and the path without the names in it.
func key(method, server, path string) string {
	return method + " " + server + document.WithoutNames(path)
}

// readClients finds the methods of the official library in its folder of clients. Their first statement sets the path,
// and a later one calls Get, Put and so on. Those that return metadata as well make the same request once more.
func readClients(folder string) (methods, error) {
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
		err = bindings.EachMethod(version, func(f *ast.FuncDecl, receiver string) {
			if strings.HasSuffix(f.Name.Name, "WithMetadata") || len(f.Body.List) == 0 {
				return
			}
			if verb, path := pathAndVerb(f.Body); path != "" {
				k := key(verb, string(server[1]), path)
				args, paged := argPlaces(f, path)
				found[k] = append(found[k], method{bindings.Method{Receiver: receiver, Name: f.Name.Name, Args: args}, client, paged})
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

// argPlaces finds the placeholders that the arguments are named after, and reports whether there is one for a page's token.
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
