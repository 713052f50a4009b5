package naming

import (
	"fmt"
	"go/token"
	"strings"

	"github.com/twiliogen/twiliogen/generator/model"
	"github.com/twiliogen/twiliogen/generator/words"
)

// The scope of the fields of the package's Client.
const clientFields = "Client"

// nameResources names resources and all that carries their names.
func (d *decider) nameResources() {
	owners := owners(d.api)
	for _, r := range d.api.Resources {
		noun := words.Split(r.Name)
		name := camel(noun)
		if r.Object != nil && owners[r.Object] == r {
			name = d.claim("", key{kindType, d.ids[r.Object]}, name, name+"Resource")
			d.names.types[r.Object] = name
		} else if d.taken[place{"", name}] {
			name += "Resource"
		}
		field := words.Plural(noun)
		if r.Singleton {
			field = noun
		}
		n := Resource{
			Name:   name,
			Client: d.claim("", key{kindClient, r.Name}, name+"Client", name+"ResourceClient"),
			Field:  d.claim(clientFields, key{kindField, r.Name}, camel(field), camel(noun)+"Resource"),
		}
		for i, prefix := range r.SIDPrefixes {
			n.SIDPrefixes = append(n.SIDPrefixes, d.namePrefix(r, i, name+"SIDPrefix", prefix))
		}
		if r.ObjectName != "" {
			n.ObjectName = d.claim("", key{kindObjectName, r.Name}, name+"ObjectName")
		}
		d.names.resources[r] = n
	}
}

// namePrefix names the constant of a prefix. One of several has its letters in
// the name, unless it was once the only one.
func (d *decider) namePrefix(r *model.Resource, i int, name, prefix string) string {
	id := r.Name
	if i > 0 {
		id += "/" + prefix
	}
	if len(r.SIDPrefixes) > 1 {
		name += prefix
	}
	return d.claim("", key{kindSIDPrefix, id}, name)
}

// owners says which resource an object is named after. One that several return
// belongs to the one whose noun its component ends in, or else to the first.
func owners(api *model.API) map[*model.Object]*model.Resource {
	owners := map[*model.Object]*model.Resource{}
	for _, r := range api.Resources {
		if o := r.Object; o != nil && (owners[o] == nil || endsIn(o.Origin.Component, r.Name) && !endsIn(o.Origin.Component, owners[o].Name)) {
			owners[o] = r
		}
	}
	return owners
}

// endsIn reports whether the last part of a component's name is a noun.
func endsIn(component, noun string) bool {
	last := words.Split(component[strings.LastIndexByte(component, '.')+1:])
	return strings.EqualFold(words.Join(words.Singular(last)), noun)
}

// nameOperations names the methods of a resource, and what each of them needs.
func (d *decider) nameOperations(r *model.Resource) {
	scope := "methods of " + r.Name
	for _, op := range r.Operations {
		k := key{kindMethod, operationID(op)}
		d.names.operations[op] = Operation{Method: d.claim(scope, k, methodNames(op)...)}
		d.of[k] = r.Name
	}
	for _, op := range r.Operations {
		names := d.names.operations[op]
		if op.Paging != nil {
			k := key{kindPage, operationID(op)}
			rest, isList := strings.CutPrefix(names.Method, "List")
			if isList {
				names.Page = d.claim(scope, k, "Page"+rest, names.Method+"Page")
			} else {
				names.Page = d.claim(scope, k, names.Method+"Page")
			}
			d.of[k] = r.Name
			names.Request = d.helper(scope, lowerCamel(names.Method)+"Request")
		}
		names.Params = d.paramsName(op, names)
		names.Args = argumentNames(op)
		names.Fields = d.paramFields(op)
		d.names.operations[op] = names
	}
}

// helper names an unexported method, which needs no line in the ledger.
func (d *decider) helper(scope, name string) string {
	name = choose([]string{name}, func(name string) bool { return !d.taken[place{scope, name}] })
	d.take(scope, name)
	return name
}

// methodNames are the names that a method may have: the verb with the suffix of
// its id, the verb with what its own path says of it, or the whole id.
func methodNames(op *model.Operation) []string {
	verb := Camel(op.Verb)
	candidates := []string{verb + capitals(words.Split(op.Suffix))}
	if parent := model.ParentWord(op.Path); parent != "" {
		candidates = append(candidates, verb+"By"+camel(words.Singular(words.Split(parent))))
	}
	if last := model.LastWord(op.Path); last != "" {
		candidates = append(candidates, verb+Camel(last))
	}
	return append(candidates, Camel(op.ID))
}

// paramsName is the name of the struct of parameters, "" when there are none:
// the method's name around the resource's.
func (d *decider) paramsName(op *model.Operation, names Operation) string {
	if op.Paging == nil && len(op.Params) == 0 {
		return ""
	}
	verb := Camel(op.Verb)
	suffix, ok := strings.CutPrefix(names.Method, verb)
	if !ok {
		verb, suffix = names.Method, ""
	}
	resource := d.names.resources[op.Resource].Name
	if verb == "List" {
		resource = capitals(words.Plural(words.Split(op.Resource.Name)))
	}
	return d.claim("", key{kindParams, operationID(op)}, verb+resource+suffix+"Params", names.Method+resource+"Params")
}

// scope is a set of names that must differ.
type scope map[string]bool

// argumentNames names the path parameters that are arguments.
func argumentNames(op *model.Operation) []string {
	args := scope{}
	var names []string
	for _, p := range op.PathParams {
		if p.In != model.InAccount {
			names = append(names, argument(args, p.Name))
		}
	}
	return names
}

// bodyNames are what a method's body calls things, and the packages it uses.
var bodyNames = set("c ctx d operation params opts r p v server context errors fmt http iter json slog strconv time twilio wire")

// argument names an argument that hides nothing: neither what the body uses, nor
// a function of the package.
func argument(args scope, name string) string {
	arg := lowerCamel(name)
	for args[arg] || bodyNames[arg] || token.IsKeyword(arg) || predeclared[arg] || isHelper(arg) {
		arg += "Arg"
	}
	args[arg] = true
	return arg
}

// isHelper reports whether a type could have a helper of this name: "newSession".
func isHelper(name string) bool {
	ws := words.Split(name)
	return len(ws) > 1 && ws[0] == constructor && !strings.HasSuffix(name, "Arg")
}

// predeclared identifiers may be shadowed, but a reader should not have to
// notice.
var predeclared = set(`any append bool byte cap clear close comparable complex complex64 complex128 copy delete error false
	float32 float64 imag int int8 int16 int32 int64 iota len make max min new nil panic print println real recover rune
	string true uint uint8 uint16 uint32 uint64 uintptr`)

// paramFields names the fields of a params struct. A list has a Limit of its
// own.
func (d *decider) paramFields(op *model.Operation) []string {
	taken := scope{}
	if op.Paging != nil {
		taken["Limit"] = true
	}
	wire, ids := make([]string, len(op.Params)), make([]string, len(op.Params))
	for i, p := range op.Params {
		wire[i], ids[i] = p.Name, memberID(op, p)
	}
	return d.members(operationID(op)+"?", wire, ids, "Param", taken)
}

// memberID identifies a parameter in its operation: by its name, and where others
// have that name in other places, by its number among them.
func memberID(op *model.Operation, p *model.Param) string {
	number := 1
	for _, other := range op.Params {
		if other.Name == p.Name && other.In < p.In {
			number++
		}
	}
	if number == 1 {
		return p.Name
	}
	return fmt.Sprintf("%s~%d", p.Name, number)
}

// members names the fields of a struct by their names on the wire, each of which
// has an identity. What is known comes first: each has its line in the ledger,
// since a new name that reads alike must not take that of an old one.
func (d *decider) members(owner string, wire, ids []string, ending string, taken scope) []string {
	for _, name := range memberNames {
		taken[name] = true
	}
	names := make([]string, len(wire))
	for i, id := range ids {
		e, ok := d.known.entries[key{kindMember, owner + id}]
		if ok && !taken[e.Name] {
			names[i] = e.Name
			taken[e.Name] = true
		}
	}
	for _, name := range printers {
		taken[name] = true
	}
	for i, w := range wire {
		plain := d.camel(w)
		if names[i] == "" {
			names[i] = taken.claim(plain, plain+ending)
		}
		d.decided[key{kindMember, owner + ids[i]}] = place{owner, names[i]}
	}
	return names
}

// claim takes the first candidate that is free, or the last one with a number.
func (s scope) claim(candidates ...string) string {
	name := choose(candidates, func(name string) bool { return !s[name] })
	s[name] = true
	return name
}
