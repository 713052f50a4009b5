package naming

import (
	"cmp"
	"slices"
	"strings"

	"github.com/twiliogen/twiliogen/generator/model"
	"github.com/twiliogen/twiliogen/generator/words"
)

// nameTypes names the objects that no resource has named, and the enums, and
// then fields and constants. What is received comes first: it has the plain name
// where it is sent too.
func (d *decider) nameTypes() {
	listed := listed(d.api)
	for _, sent := range []bool{false, true} {
		for _, o := range byDepth(d.api.Objects, func(o *model.Object) model.Origin { return o.Origin }) {
			if o.Sent == sent {
				d.typeName(o, o.Origin, listed[o])
				d.names.fields[o] = d.fieldNames(o)
			}
		}
	}
	for _, e := range byDepth(d.api.Enums, func(e *model.Enum) model.Origin { return e.Origin }) {
		d.typeName(e, e.Origin, true)
	}
	for _, e := range d.api.Enums {
		d.nameConstants(e)
	}
	for _, e := range d.api.Enums {
		name := d.names.types[e]
		d.names.values[e] = d.claim("", key{kindValues, d.ids[e]}, name+"Values", "All"+name+"Values")
	}
}

// byDepth sorts types by how deep they lie in what has a name: what lies further
// out has the shorter name, and a property of an answer before a parameter.
func byDepth[T any](types []T, origin func(T) model.Origin) []T {
	depth := func(t T) int {
		at, n := origin(t), 0
		for ; at.Object != nil; at = at.Object.Origin {
			n += 2
		}
		if at.Operation != nil && at.Member != "" {
			n += 3
		}
		return n
	}
	return slices.SortedStableFunc(slices.Values(types), func(a, b T) int { return cmp.Compare(depth(a), depth(b)) })
}

// listed are the objects that stand in a list or map.
func listed(api *model.API) map[*model.Object]bool {
	listed := map[*model.Object]bool{}
	mark := func(t model.Type) {
		if o, ok := element(t).(*model.Object); ok && model.Type(o) != t {
			listed[o] = true
		}
	}
	for _, o := range api.Objects {
		for _, f := range o.Fields {
			mark(f.Type)
		}
	}
	for _, r := range api.Resources {
		for _, op := range r.Operations {
			for _, p := range op.Params {
				mark(p.Type)
			}
			if op.Paging != nil {
				mark(&model.List{Item: op.Paging.Item})
			}
		}
	}
	return listed
}

// typeName names a type. One of several is in the singular.
func (d *decider) typeName(t model.Type, origin model.Origin, one bool) {
	if d.names.types[t] != "" {
		return
	}
	candidates := d.typeNames(origin, one)
	if o, ok := t.(*model.Object); ok && o.Sent {
		// The same object, received, has the plain name.
		candidates = slices.Insert(candidates, 1, candidates[0]+"Params")
	}
	d.names.types[t] = d.claim("", key{kindType, d.ids[t]}, candidates...)
}

// typeNames are the names that a type may have, the best first.
func (d *decider) typeNames(origin model.Origin, one bool) []string {
	member := words.Split(origin.Member)
	if one {
		member = words.Singular(member)
	}
	var outer []string
	switch {
	case origin.Component != "":
		return componentNames(origin.Component, one)
	case origin.Object != nil:
		outer = d.outerNames(origin.Object)
	default:
		resource, method := d.names.resources[origin.Operation.Resource].Name, d.names.operations[origin.Operation].Method
		if outer = []string{resource, method + resource}; origin.Member == "" {
			return []string{method + resource + "Response"}
		}
	}
	var names, longer []string
	for _, o := range outer {
		names = append(names, inside(o, member))
		longer = append(longer, o+camel(member))
	}
	return append(names, longer...)
}

// inside is the name of what lies in something else. What has the name of that
// is an item of it: a rule in the rules of a RecordingRule.
func inside(outer string, member []string) string {
	if name := qualify(outer, member); name != outer+camel(member) || !strings.HasSuffix(outer, camel(member)) {
		return name
	}
	return outer + "Item"
}

// outerNames are the names of what an object lies in and its own, the outermost
// first. An enum inside serves both ways, and its name does not say which.
func (d *decider) outerNames(o *model.Object) []string {
	var names []string
	switch op := o.Origin.Operation; {
	case o.Origin.Object != nil:
		names = d.outerNames(o.Origin.Object)
	case op != nil:
		names = []string{d.names.resources[op.Resource].Name}
	}
	if d.ids[o] != "" {
		d.typeName(o, o.Origin, false)
		names = append(names, strings.TrimSuffix(d.names.types[o], "Params"))
	} else if o.Origin.Component != "" { // a page, which is no type of the package
		names = append(names, componentNames(o.Origin.Component, false)[0])
	}
	return names
}

// componentNames are the names that a component may have, shortest first.
func componentNames(component string, one bool) []string {
	parts := strings.Split(component, ".")
	last := words.Split(parts[len(parts)-1])
	if one {
		last = words.Singular(last)
	}
	if i := slices.IndexFunc(last, func(w string) bool { return strings.EqualFold(w, "enum") }); i > 0 && i < len(last)-1 {
		return enumNames(last[:i], last[i+1:])
	}
	names := []string{camel(once(last))}
	for i := len(parts) - 2; i >= 0; i-- {
		names = append(names, qualify(camel(words.Split(parts[i])), words.Split(names[0])))
	}
	return append(names, camel(last))
}

// enumNames are the names of an enum of the components, which has its owner in
// front. A verb at the owner's end is no part of it.
func enumNames(owner, rest []string) []string {
	noun := owner
	if last := len(owner) - 1; last > 0 && operationVerbs[strings.ToLower(owner[last])] {
		noun = owner[:last]
	}
	name := camel(words.Singular(noun))
	return []string{qualify(name, rest), name + camel(rest), camel(owner) + camel(rest), camel(owner) + "Enum" + camel(rest)}
}

var operationVerbs = set("create fetch update delete")

func (d *decider) fieldNames(o *model.Object) []string {
	wire := make([]string, len(o.Fields))
	for i, f := range o.Fields {
		wire[i] = f.Name
	}
	return d.members(d.ids[o]+"/", wire, wire, "Field", scope{})
}

// nameConstants names the values of an enum: the type's name and the value's
// words. Values that differ in their case alone keep their own spelling.
func (d *decider) nameConstants(e *model.Enum) {
	prefix := d.names.types[e]
	names := make([]string, len(e.Values))
	for i, v := range e.Values {
		word := constantWord(v)
		candidates := []string{prefix + word, prefix + spelled(v), prefix + word + "Value"}
		if ws := valueWords(v); repeated(prefix, ws) > 0 {
			candidates = slices.Insert(candidates, 0, prefix+capitals(ws[repeated(prefix, ws):]))
		}
		names[i] = d.claim("", key{kindValue, d.ids[e] + "=" + v}, candidates...)
	}
	d.names.constants[e] = names
}
