package naming

import (
	"cmp"
	"slices"
	"strings"

	"github.com/twiliogen/twiliogen/generator/english"
	"github.com/twiliogen/twiliogen/generator/model"
)

// nameTypes names objects and enums, and then their fields and constants. A
// resource's own object has the resource's name; the others follow.
func (d *decider) nameTypes(api *model.API) {
	for _, r := range api.Resources {
		if r.Object != nil && d.names.types[r.Object] == "" {
			d.names.types[r.Object] = d.names.resources[r].Name
		}
	}
	// What is received comes first: it has the plain name where it is sent too.
	for _, sent := range []bool{false, true} {
		for _, o := range api.Objects {
			if o.Sent == sent {
				d.typeName(o, o.Origin)
				d.names.fields[o] = fieldNames(o)
			}
		}
	}
	for _, e := range api.Enums {
		d.typeName(e, e.Origin)
	}
	for _, e := range api.Enums {
		d.nameConstants(e)
	}
}

// typeName names a type, and first the type that it was found in.
func (d *decider) typeName(t model.Type, origin model.Origin) string {
	if name := d.names.types[t]; name != "" {
		return name
	}
	var candidates []string
	switch {
	case origin.Component != "":
		candidates = d.componentNames(origin.Component)
	case origin.Object != nil:
		outer := d.typeName(origin.Object, origin.Object.Origin)
		if _, ok := t.(*model.Enum); ok { // which serves both ways
			outer = strings.TrimSuffix(outer, "Params")
		}
		candidates = []string{outer + Camel(origin.Member)}
	default:
		candidates = d.operationTypeNames(origin)
	}
	if o, ok := t.(*model.Object); ok && o.Sent {
		// The same object, received, has the plain name.
		candidates = slices.Insert(candidates, 1, candidates[0]+"Params")
	}
	name := d.top.claim(candidates...)
	d.names.types[t] = name
	return name
}

// operationTypeNames are for a type found in an operation: a parameter's is
// named after the resource, and after the operation only if that is taken.
func (d *decider) operationTypeNames(origin model.Origin) []string {
	op := origin.Operation
	resource := d.names.resources[op.Resource].Name
	method := d.names.operations[op].Method
	if origin.Member == "" {
		return []string{method + resource + "Response"}
	}
	member := Camel(origin.Member)
	return []string{resource + member, method + resource + member}
}

// componentNames are the names for a component, shortest first.
func (d *decider) componentNames(component string) []string {
	if owner, rest, ok := strings.Cut(component, "_enum_"); ok {
		owner = Camel(owner[strings.LastIndexByte(owner, '.')+1:])
		if r, ok := d.byNoun[owner]; ok {
			owner = r
		}
		return []string{owner + Camel(rest), Camel(component)}
	}
	parts := strings.Split(component, ".")
	var names []string
	for i := len(parts) - 1; i >= 0; i-- {
		names = append(names, Camel(strings.Join(parts[i:], "_")))
	}
	return names
}

// structScope is the scope of a struct's fields, without the names of the
// methods that it may have.
func structScope() scope { return scope{"UnmarshalJSON": true, "LogValue": true} }

func fieldNames(o *model.Object) []string {
	fields := structScope()
	names := make([]string, len(o.Fields))
	for i, f := range o.Fields {
		name := Camel(f.Name)
		names[i] = fields.claim(name, name+"Field")
	}
	return names
}

// nameConstants names the values of an enum: the type's name and the value's
// words. Values that differ in their case alone keep their own spelling.
func (d *decider) nameConstants(e *model.Enum) {
	prefix := d.names.types[e]
	names := make([]string, len(e.Values))
	for i, v := range e.Values {
		word := constantWord(v)
		names[i] = d.top.claim(prefix+word, prefix+spelled(v), prefix+word+"Value")
	}
	d.names.constants[e] = names
}

// constantWord is a value as the end of an identifier. The empty value is
// called Empty.
func constantWord(value string) string {
	if value == "" {
		return "Empty"
	}
	var b strings.Builder
	for _, w := range valueWords(value) {
		b.WriteString(capital(w))
	}
	return cmp.Or(b.String(), "Value")
}

// spelled is a value as the end of an identifier, in the value's own case.
func spelled(value string) string {
	var b strings.Builder
	for _, w := range valueWords(value) {
		b.WriteString(english.UpperFirst(w))
	}
	return cmp.Or(b.String(), "Value")
}

// valueWords are the words of a value, where "<" does not mean Before.
func valueWords(value string) []string {
	return words(comparisons.Replace(value))
}

var comparisons = strings.NewReplacer("<", " less than ", ">", " greater than ")
