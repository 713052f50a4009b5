package naming

import (
	"strings"

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
	for _, o := range api.Objects {
		d.typeName(o, o.Origin, o.Pointer)
		d.names.fields[o] = fieldNames(o)
	}
	for _, e := range api.Enums {
		d.typeName(e, e.Origin, e.Pointer)
	}
	for _, e := range api.Enums {
		d.nameConstants(e)
	}
}

// typeName names a type, and first the type that it was found in.
func (d *decider) typeName(t model.Type, origin model.Origin, pointer string) string {
	if name := d.names.types[t]; name != "" {
		return name
	}
	var candidates []string
	switch {
	case origin.Component != "":
		candidates = d.componentNames(origin.Component)
	case origin.Object != nil:
		outer := d.typeName(origin.Object, origin.Object.Origin, origin.Object.Pointer)
		candidates = []string{outer + Camel(origin.Member)}
	default:
		candidates = d.operationTypeNames(origin)
	}
	if o, ok := t.(*model.Object); ok && o.Sent && origin.Component != "" {
		// The same component, received, has the plain name.
		for _, c := range candidates {
			candidates = append(candidates, c+"Params")
		}
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

// methodsOf are the methods that generated structs may have.
var methodsOf = []string{"UnmarshalJSON", "LogValue"}

func fieldNames(o *model.Object) []string {
	fields := scope{}
	for _, m := range methodsOf {
		fields.claim(m)
	}
	names := make([]string, len(o.Fields))
	for i, f := range o.Fields {
		name := Camel(f.Name)
		names[i] = fields.claim(name, name+"Field")
	}
	return names
}

// nameConstants names the values of an enum: the type's name and the value. The
// empty value is called Empty.
func (d *decider) nameConstants(e *model.Enum) {
	prefix := d.names.types[e]
	names := make([]string, len(e.Values))
	for i, v := range e.Values {
		names[i] = d.top.claim(prefix+constantWord(v), prefix+constantWord(v)+"Value")
	}
	d.names.constants[e] = names
}

func constantWord(value string) string {
	var b strings.Builder
	for _, w := range words(value) {
		b.WriteString(capital(w))
	}
	if b.Len() == 0 {
		return "Empty"
	}
	return b.String()
}
