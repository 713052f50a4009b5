// Package emit writes the Go files of one package from its model and its names,
// with jennifer. It decides nothing but layout: what there is to say comes from
// the model, what it is called from naming. Each construct of the output has a
// file here, and one function.
package emit

import (
	"bytes"
	"cmp"
	"fmt"
	"go/format"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/twiliogen/twiliogen/generator/model"
	"github.com/twiliogen/twiliogen/generator/naming"
)

// File is one rendered file, without the header that says it is generated.
type File struct {
	Name string // "session.go"
	Data []byte
}

// Package renders the files of a package, sorted by name. The root is the
// import path of the folder that holds the package and the runtime.
func Package(api *model.API, names *naming.Names, root string) ([]File, error) {
	e := &emitter{
		api: api, names: names,
		path:     root + "/" + names.Package,
		twilio:   root + "/twilio",
		wire:     root + "/internal/wire",
		exported: map[string]bool{},
	}
	for _, r := range api.Resources {
		e.exported[names.Resource(r).Client] = true
		if r.Object != nil {
			e.exported[names.Resource(r).Name] = true
		}
	}
	return e.files()
}

// emitter holds what the functions of this package share while they write one
// package.
type emitter struct {
	api      *model.API
	names    *naming.Names
	path     string // import paths
	twilio   string
	wire     string
	exported map[string]bool // types that comments may link to
}

func (e *emitter) files() ([]File, error) {
	plan := e.layout()
	files := map[string]*jen.File{"client.go": e.clientFile()}
	for i, r := range e.api.Resources {
		f := e.newFile(e.names.Package)
		e.resource(f.Group, r)
		e.types(f.Group, plan.own[r])
		files[plan.names[i]] = f
	}
	if len(plan.shared) > 0 {
		f := e.newFile(e.names.Package)
		e.types(f.Group, plan.shared)
		files["types.go"] = f
	}
	if len(e.api.Resources) > 0 {
		files["example_test.go"] = e.exampleFile()
	}
	var out []File
	for name, f := range files {
		data, err := render(f)
		if err != nil {
			return nil, fmt.Errorf("%s/%s: %w", e.names.Package, name, err)
		}
		out = append(out, File{Name: name, Data: data})
	}
	slices.SortFunc(out, func(a, b File) int { return cmp.Compare(a.Name, b.Name) })
	return out, nil
}

// newFile begins a file whose imports have the names that the code uses.
func (e *emitter) newFile(pkg string) *jen.File {
	path := e.path
	if pkg != e.names.Package {
		path += "_test"
	}
	f := jen.NewFilePathName(path, pkg)
	f.NoFormat = true // render formats, once
	f.ImportNames(map[string]string{
		e.path: e.names.Package, e.twilio: "twilio", e.wire: "wire",
		"context": "context", "encoding/json": "json", "fmt": "fmt", "io": "io", "iter": "iter", "log": "log",
		"log/slog": "slog", "net/http": "http", "slices": "slices", "strings": "strings", "time": "time",
	})
	return f
}

// render prints a file and formats it, once.
func render(f *jen.File) ([]byte, error) {
	var b bytes.Buffer
	if err := f.Render(&b); err != nil {
		return nil, err
	}
	return format.Source(groupImports(b.Bytes()))
}

// groupImports puts a blank line between the standard library and the rest, as
// people do; jennifer sorts all imports into one block.
func groupImports(source []byte) []byte {
	head, rest, ok := bytes.Cut(source, []byte("import (\n"))
	if !ok {
		return source
	}
	block, tail, _ := bytes.Cut(rest, []byte(")\n"))
	var std, others [][]byte
	for line := range bytes.Lines(block) {
		first, _, _ := bytes.Cut(line, []byte("/"))
		if bytes.Contains(first, []byte(".")) || !bytes.Contains(line, []byte("\"")) {
			others = append(others, line)
		} else {
			std = append(std, line)
		}
	}
	grouped := slices.Concat(std, [][]byte{[]byte("\n")}, others)
	return bytes.Join([][]byte{head, []byte("import (\n"), bytes.Join(grouped, nil), []byte(")\n"), tail}, nil)
}

// plan says which file holds what.
type plan struct {
	names  []string // of the resources' files, in their order
	own    map[*model.Resource][]model.Type
	shared []model.Type
}

// layout gives a type to the file of the one resource that uses it; types that
// several use are shared.
func (e *emitter) layout() plan {
	users := map[model.Type][]*model.Resource{}
	for _, r := range e.api.Resources {
		use := func(t model.Type) { users[t] = append(users[t], r) }
		v := model.Visitor{
			Object: func(o *model.Object) { use(o) },
			Enum:   func(en *model.Enum) { use(en) },
		}
		v.Resource(r)
	}
	p := plan{own: map[*model.Resource][]model.Type{}}
	place := func(t model.Type) {
		owner := e.representedBy(t)
		switch {
		case owner != nil:
			p.own[owner] = append(p.own[owner], t)
		case len(users[t]) == 1:
			p.own[users[t][0]] = append(p.own[users[t][0]], t)
		default:
			p.shared = append(p.shared, t)
		}
	}
	for _, o := range e.api.Objects {
		place(o)
	}
	for _, en := range e.api.Enums {
		place(en)
	}
	taken := map[string]bool{"client.go": true, "types.go": true}
	for _, r := range e.api.Resources {
		p.names = append(p.names, fileName(e.names.Resource(r).Name, taken))
	}
	return p
}

// representedBy is the resource whose object t is.
func (e *emitter) representedBy(t model.Type) *model.Resource {
	for _, r := range e.api.Resources {
		if r.Object != nil && model.Type(r.Object) == t && e.names.Type(t) == e.names.Resource(r).Name {
			return r
		}
	}
	return nil
}

// fileName is a type's name in lower case. A name that the go command reads as
// a condition ("_test", "_linux") cannot arise: there is no underscore in it.
func fileName(typeName string, taken map[string]bool) string {
	name := strings.ToLower(typeName) + ".go"
	for i := 2; taken[name]; i++ {
		name = fmt.Sprintf("%s%d.go", strings.ToLower(typeName), i)
	}
	taken[name] = true
	return name
}

// types writes the declarations of objects and enums.
func (e *emitter) types(g *jen.Group, types []model.Type) {
	for _, t := range types {
		switch t := t.(type) {
		case *model.Object:
			e.object(g, t)
		case *model.Enum:
			e.enum(g, t)
		}
	}
}
