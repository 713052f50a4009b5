package bind

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/twiliogen/twiliogen/generator/model"
)

// files decides which file holds what: one for the package's client, one for
// each resource with the types that only it uses, one for types that several
// use, one for the examples.
func (b *binder) files() []*File {
	files := []*File{{Name: "client.go"}}
	if len(b.api.Resources) > 0 {
		files[0].Decls = []Decl{b.client()}
		files = append(files, &File{Name: "example_test.go", Test: true, Decls: []Decl{b.examples()}})
	}
	owned, shared := b.owners()
	taken := map[string]bool{"client.go": true, "types.go": true}
	for _, r := range b.api.Resources {
		name := fileName(b.names.Resource(r).Name, taken)
		files = append(files, &File{Name: name, Decls: append([]Decl{b.resources[r]}, owned[r]...)})
	}
	if len(shared) > 0 {
		files = append(files, &File{Name: "types.go", Decls: shared})
	}
	slices.SortFunc(files, func(x, y *File) int { return cmp.Compare(x.Name, y.Name) })
	return files
}

// owners gives each type that stands for no resource to the one resource that
// uses it; types that several use are shared.
func (b *binder) owners() (owned map[*model.Resource][]Decl, shared []Decl) {
	users := map[model.Type][]*model.Resource{}
	for _, r := range b.api.Resources {
		use := func(t model.Type) { users[t] = append(users[t], r) }
		v := model.Visitor{
			Object: func(o *model.Object) { use(o) },
			Enum:   func(e *model.Enum) { use(e) },
		}
		v.Resource(r)
	}
	owned = map[*model.Resource][]Decl{}
	place := func(t model.Type, d Decl) {
		if len(users[t]) == 1 {
			owned[users[t][0]] = append(owned[users[t][0]], d)
		} else {
			shared = append(shared, d)
		}
	}
	for _, o := range b.api.Objects {
		if b.represented[o] == nil {
			place(o, b.structs[o])
		}
	}
	for _, e := range b.api.Enums {
		place(e, b.enums[e])
	}
	return owned, shared
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
