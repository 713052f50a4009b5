package naming

import (
	"cmp"
	"go/token"
	"slices"
	"strings"

	"github.com/twiliogen/twiliogen/generator/english"
	"github.com/twiliogen/twiliogen/generator/model"
)

// nameResources names resources and all that carries their names. Those that
// lie higher choose first.
func (d *decider) nameResources(resources []*model.Resource) {
	byDepth := slices.Clone(resources)
	slices.SortStableFunc(byDepth, func(a, b *model.Resource) int {
		return cmp.Compare(ancestors(a), ancestors(b))
	})
	fields := scope{}
	rivals := countRivals(resources)
	for _, r := range byDepth {
		noun, field := claimNoun(fields, nounsOf(r, rivals[rivals.of(r)] > 1))
		if plain := Camel(r.Name); d.byNoun[plain] == "" {
			d.byNoun[plain] = noun
		}
		name := noun
		if r.Object != nil || d.top[noun] {
			name = d.top.claim(noun, noun+"Resource")
		}
		d.names.resources[r] = Resource{
			Name:       name,
			Client:     d.top.claim(noun+"Client", name+"Client"),
			Field:      field,
			SIDPrefix:  d.top.claim(name + "SIDPrefix"),
			ObjectName: d.top.claim(name + "ObjectName"),
		}
	}
}

// claimNoun takes the first noun whose plural is free, which keeps Message and
// Messages apart as well.
func claimNoun(fields scope, nouns []string) (noun, field string) {
	for _, noun := range nouns {
		if !fields[english.Plural(noun)] {
			return noun, fields.claim(english.Plural(noun))
		}
	}
	noun = nouns[len(nouns)-1]
	field = fields.claim(english.Plural(noun))
	return noun + strings.TrimPrefix(field, english.Plural(noun)), field
}

func ancestors(r *model.Resource) int {
	n := 0
	for p := r.Parent; p != nil; p = p.Parent {
		n++
	}
	return n
}

// nounsOf are the names that a resource may have: its noun, and its noun with
// more and more of the nouns above it in front. With rivals, of which none lies
// higher, it has no claim to the bare noun.
func nounsOf(r *model.Resource, hasRivals bool) []string {
	name := Camel(r.Name)
	candidates := []string{name}
	for p := r.Parent; p != nil; p = p.Parent {
		name = Camel(p.Name) + name
		candidates = append(candidates, name)
	}
	if r.Parent != nil && (carriesParent(r) || hasRivals) {
		return candidates[1:]
	}
	return candidates
}

// rivals counts resources by their noun and how deep they lie.
type rivals map[rival]int

type rival struct {
	noun  string
	depth int
}

func (c rivals) of(r *model.Resource) rival {
	return rival{english.Plural(Camel(r.Name)), ancestors(r)}
}

func countRivals(resources []*model.Resource) rivals {
	c := rivals{}
	for _, r := range resources {
		c[c.of(r)]++
	}
	return c
}

// carriesParent reports whether a resource takes its parent's name because its
// siblings have it: beside ConferenceRecording, the Participant of a Conference
// is a ConferenceParticipant. It takes half of the siblings.
func carriesParent(r *model.Resource) bool {
	if hasPrefix(r, r.Parent) {
		return false
	}
	with := 0
	for _, sibling := range r.Parent.Children {
		if hasPrefix(sibling, r.Parent) {
			with++
		}
	}
	return 2*with >= len(r.Parent.Children)
}

func hasPrefix(r, parent *model.Resource) bool {
	return strings.HasPrefix(Camel(r.Name), Camel(parent.Name))
}

// nameOperations names the methods of a resource, and what each of them needs.
func (d *decider) nameOperations(r *model.Resource) {
	methods := scope{}
	for _, op := range r.Operations {
		names := Operation{Method: methods.claim(methodNamesOf(op)...)}
		d.names.operations[op] = names
	}
	for _, op := range r.Operations {
		names := d.names.operations[op]
		if op.Paging != nil {
			names.Page = names.Method + "Page"
			if names.Method == "List" {
				names.Page = "Page"
			}
			names.Page = methods.claim(names.Page, names.Method+"Page")
		}
		names.Params = d.paramsName(op, names)
		names.Args = argumentNames(op)
		names.Fields = paramFields(op)
		d.names.operations[op] = names
	}
}

// methodNamesOf are the names that a method may have: the verb, unless another
// operation of the resource has it too, or the whole id.
func methodNamesOf(op *model.Operation) []string {
	for _, other := range op.Resource.Operations {
		if other != op && other.Verb == op.Verb {
			return []string{Camel(op.ID)}
		}
	}
	return []string{Camel(op.Verb), Camel(op.ID)}
}

// paramsName is the name of the struct of parameters, "" when there are none.
func (d *decider) paramsName(op *model.Operation, names Operation) string {
	r := d.names.resources[op.Resource]
	switch {
	case op.Paging != nil:
		return d.top.claim(names.Method + r.Field + "Params")
	case len(op.Params) > 0:
		return d.top.claim(names.Method + r.Name + "Params")
	}
	return ""
}

func argumentNames(op *model.Operation) []string {
	args := scope{}
	for _, name := range methodNames {
		args.claim(name)
	}
	var names []string
	for _, p := range op.PathParams {
		if p.In != model.InAccount {
			names = append(names, argument(args, p.Name))
		}
	}
	return names
}

// methodNames are what a method's body calls things, and the packages it uses.
var methodNames = []string{
	"c", "ctx", "params", "opts", "r", "p", "server",
	"context", "errors", "fmt", "http", "iter", "json", "slog", "strconv", "time", "twilio", "wire",
}

func argument(args scope, name string) string {
	arg := lowerCamel(name)
	if token.IsKeyword(arg) || predeclared[arg] {
		return args.claim(arg + "Arg")
	}
	return args.claim(arg, arg+"Arg")
}

// predeclared identifiers may be shadowed, but a reader should not have to
// notice.
var predeclared = set(`any append bool byte cap clear close comparable complex complex64 complex128 copy delete error false
	float32 float64 imag int int8 int16 int32 int64 iota len make max min new nil panic print println real recover rune
	string true uint uint8 uint16 uint32 uint64 uintptr`)

// paramFields names the fields of a params struct. A list has a PageSize and a
// Limit of its own.
func paramFields(op *model.Operation) []string {
	fields := structScope()
	if op.Paging != nil {
		fields.claim("Limit")
	}
	names := make([]string, len(op.Params))
	for i, p := range op.Params {
		name := Camel(p.Name)
		names[i] = fields.claim(name, name+"Param")
	}
	return names
}
