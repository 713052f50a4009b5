package bind

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/twiliogen/twiliogen/generator/bind/naming"
	"github.com/twiliogen/twiliogen/generator/model"
	"github.com/twiliogen/twiliogen/generator/prose"
)

// Bind decides what the package of an API looks like. The root is the import
// path of the folder that holds the package and the runtime. The API may be a
// selection of the one that was named.
func Bind(api *model.API, names *naming.Names, root string) *Package {
	b := &binder{
		api: api, names: names,
		pkg:       &Package{Name: names.Package, Path: root + "/" + names.Package, Root: root},
		structs:   map[*model.Object]*Struct{},
		enums:     map[*model.Enum]*Enum{},
		resources: map[*model.Resource]*Resource{},
		linked:    map[string]bool{},

		represented: map[*model.Object]*model.Resource{},
		scopes:      map[*model.Object]scope{},

		descriptions: map[string]prose.Description{},
	}
	b.pkg.Variable = variable(names.Package, api.Revision)
	b.link()
	b.uses = b.usesOf()
	b.types()
	for _, r := range api.Resources {
		b.pkg.Resources = append(b.pkg.Resources, b.resource(r))
	}
	b.pkg.Doc = b.packageDoc()
	b.pkg.Files = b.files()
	return b.pkg
}

// binder is Bind at work.
type binder struct {
	api   *model.API
	names *naming.Names
	pkg   *Package

	structs   map[*model.Object]*Struct
	enums     map[*model.Enum]*Enum
	resources map[*model.Resource]*Resource
	linked    map[string]bool // types that a description may mean by their name

	represented map[*model.Object]*model.Resource // the resource that an object stands for
	uses        map[model.Type]use
	scopes      map[*model.Object]scope

	descriptions map[string]prose.Description // what was read already
}

// variable is what examples call the package's client: the product, unless that
// means something else there.
func variable(pkg, revision string) string {
	name := strings.TrimSuffix(pkg, revision)
	if name == "" || name == pkg || slices.Contains(exampleNames, name) || token.IsKeyword(name) || types.Universe.Lookup(name) != nil {
		return "api"
	}
	return name
}

// exampleNames are the packages that examples use, and what they call things.
var exampleNames = []string{"context", "fmt", "io", "json", "log", "os", "strings", "time", "twilio", "client", "err", "stream", "v"}

// link makes the types of resources known, so that comments can refer to them,
// and finds the resource that an object stands for.
func (b *binder) link() {
	for _, r := range b.api.Resources {
		n := b.names.Resource(r)
		b.linked[n.Client] = true
		if r.Object == nil {
			continue
		}
		b.linked[n.Name] = true
		if b.represented[r.Object] == nil && b.names.Type(r.Object) == n.Name {
			b.represented[r.Object] = r
		}
	}
}

// types makes the package's types: first all of them, so that they can refer to
// each other, and then what is in them.
func (b *binder) types() {
	for _, e := range b.api.Enums {
		b.enums[e] = b.enum(e)
	}
	for _, o := range b.api.Objects {
		name := b.names.Type(o)
		s := &Struct{Name: name, Sent: o.Sent}
		if !o.Sent {
			s.New = b.names.Constructor(o)
		}
		b.structs[o] = s
	}
	for _, o := range b.api.Objects {
		b.fill(o)
	}
}

func (b *binder) enum(e *model.Enum) *Enum {
	enum := &Enum{Name: b.names.Type(e), Doc: b.enumDoc(e), List: b.names.Values(e)}
	meanings := b.meanings(e)
	for i, name := range b.names.Constants(e) {
		enum.Values = append(enum.Values, &Constant{Name: name, Value: e.Values[i], Doc: meanings[e.Values[i]]})
	}
	return enum
}

// fill gives a struct its comment and its fields.
func (b *binder) fill(o *model.Object) {
	s := b.structs[o]
	if r := b.represented[o]; r != nil {
		s.Doc = b.resourceDoc(r)
	} else {
		s.Doc = b.objectDoc(o)
	}
	s.Redact = redacting(b.names.Fields(o), o.Fields)
	names, owner := b.objectScope(o), b.ownerNoun(o)
	for i, f := range o.Fields {
		field := b.field(b.names.Fields(o)[i], f, o.Sent)
		field.Doc = b.fieldDoc(f, names, owner, o.Sent)
		if o.Sent {
			field.Pointer = optional(f)
			field.Tag = sentTag(f)
		} else {
			field.Pointer = nullable(f) || recursive(o, f)
			field.Tag = receivedTag(f)
		}
		s.Fields = append(s.Fields, field)
	}
}

// ownerNoun is what the fields of an object belong to.
func (b *binder) ownerNoun(o *model.Object) string {
	return phrase(strings.TrimSuffix(b.names.Type(o), "Params"))
}

// field is what a field of an answer and one that is sent have in common.
func (b *binder) field(name string, f *model.Field, sent bool) *Field {
	return &Field{
		Name: name, Wire: f.Name, Type: b.typ(f.Type, sent), Required: f.Required,
		Privacy: f.Privacy,
	}
}

// receivedTag keeps a time that is not set out of JSON, where it would read as
// the year 1.
func receivedTag(f *model.Field) string {
	if s, ok := f.Type.(*model.Scalar); ok && scalarKinds[s.Kind].Zero == EmptyStruct {
		return tag(f, "omitzero")
	}
	return tag(f, "")
}

func sentTag(f *model.Field) string {
	if f.Required {
		return tag(f, "")
	}
	return tag(f, "omitempty")
}

// tag names a field as on the wire. A comma keeps encoding/json from reading the
// name "-" as "no name".
func tag(f *model.Field, option string) string {
	t := f.Name
	if option != "" {
		t += "," + option
	} else if t == "-" {
		t += ","
	}
	if s, ok := f.Type.(*model.Scalar); ok && s.Text {
		t += ",string"
	}
	return t
}

// redacting are the methods that keep what is private in a struct, at any depth,
// from fmt and log/slog. What a field is called, no method can be; a field is never
// called LogValue.
func redacting(names []string, fields []*model.Field) []string {
	if !slices.ContainsFunc(fields, holdsPrivately) {
		return nil
	}
	if !slices.Contains(names, "Format") {
		return []string{"Format", "LogValue"}
	}
	return slices.DeleteFunc([]string{"String", "GoString", "LogValue"}, func(method string) bool { return slices.Contains(names, method) })
}

// holdsPrivately reports whether a field, or something in it, is private.
func holdsPrivately(f *model.Field) bool {
	return isPrivate(f) || holdsPrivate(f.Type, map[*model.Object]bool{})
}

func isPrivate(f *model.Field) bool { return f.Privacy != model.Public }

// holdsPrivate reports whether something in a type is private, at any depth.
func holdsPrivate(t model.Type, seen map[*model.Object]bool) bool {
	switch t := t.(type) {
	case *model.List:
		return holdsPrivate(t.Item, seen)
	case *model.Map:
		return holdsPrivate(t.Value, seen)
	case *model.Object:
		if seen[t] {
			return false
		}
		seen[t] = true
		return slices.ContainsFunc(t.Fields, func(f *model.Field) bool { return isPrivate(f) || holdsPrivate(f.Type, seen) })
	case *model.Scalar, *model.Enum, *model.Free, *model.Union, *model.File:
	}
	return false
}
