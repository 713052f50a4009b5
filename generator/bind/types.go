package bind

import (
	"github.com/twiliogen/twiliogen/generator/model"
	"github.com/twiliogen/twiliogen/generator/prose"
)

// Type is the type of a value. It is closed: *Scalar, *Enum, *Struct, *List,
// *Map, *JSON and *Upload are all there are.
type Type interface{ sealed() }

func (*Scalar) sealed() {}
func (*Enum) sealed()   {}
func (*Struct) sealed() {}
func (*List) sealed()   {}
func (*Map) sealed()    {}
func (*JSON) sealed()   {}
func (*Upload) sealed() {}

// Enum is a string type with known values.
type Enum struct {
	Name   string
	Doc    prose.Doc
	Values []*Constant
	List   string // the function that lists the values: "SessionStatusValues"
}

// Struct is an object.
type Struct struct {
	Name   string
	Doc    prose.Doc
	Fields []*Field
	Redact []string // the methods that keep what is private from logs, such as Format; none: nothing is
	Sent   bool     // part of a request, and never decoded
	New    string   // the function that decodes one and returns a pointer; "" where Sent
}

// Field is a field of a struct.
type Field struct {
	Name    string // "ServiceSID"
	Wire    string // "service_sid"
	Type    Type
	Pointer bool   // *Type
	Tag     string // of encoding/json
	Doc     prose.Doc
	Privacy model.Privacy

	Required bool
}

// List is a slice.
type List struct{ Item Type }

// Map is a map with text for keys.
type Map struct {
	Value  Type
	Prefix string // for a form: what the name of each entry begins with; "" otherwise
}

// JSON is any JSON: json.RawMessage where it is received, any where it is sent.
type JSON struct{ Sent bool }

// Upload is content that is sent as it is: a twilio.File.
type Upload struct {
	ContentType string // unless the sender says; "" leaves it to the runtime
}

// typ is the Go type of a value.
func (b *binder) typ(t model.Type, sent bool) Type {
	switch t := t.(type) {
	case *model.Scalar:
		return ScalarOf(t.Kind)
	case *model.Enum:
		return b.enums[t]
	case *model.Object:
		return b.structs[t]
	case *model.List:
		return &List{b.typ(t.Item, sent)}
	case *model.Map:
		return &Map{b.typ(t.Value, sent), t.Prefix}
	case *model.Free, *model.Union:
		return &JSON{sent}
	case *model.File:
		return &Upload{t.ContentType}
	}
	panic("bind: a kind of type that has no Go type")
}

// nullable reports whether a field of an answer is a pointer because null means
// something else than zero.
func nullable(f *model.Field) bool {
	s, ok := f.Type.(*model.Scalar)
	return ok && f.Nullable && scalarKinds[s.Kind].Zero.meant()
}

// optional reports whether what is sent is a pointer: a value that need not be
// sent and whose zero could be meant.
func optional(f *model.Field) bool {
	if f.Required {
		return false
	}
	switch f.Type.(type) {
	case *model.Scalar, *model.Object, *model.File:
		return true
	case *model.Enum, *model.List, *model.Map, *model.Free, *model.Union:
		return false
	}
	panic("bind: a kind of type that may or may not be optional")
}

// recursive reports whether a field of o leads back to o without a list or a
// map in between, which a Go struct cannot hold.
func recursive(o *model.Object, f *model.Field) bool {
	inner, ok := f.Type.(*model.Object)
	if !ok {
		return false
	}
	seen := map[*model.Object]bool{}
	var leads func(*model.Object) bool
	leads = func(at *model.Object) bool {
		if at == o {
			return true
		}
		if seen[at] {
			return false
		}
		seen[at] = true
		for _, f := range at.Fields {
			if next, ok := f.Type.(*model.Object); ok && leads(next) {
				return true
			}
		}
		return false
	}
	return leads(inner)
}
