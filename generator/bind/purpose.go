package bind

import (
	"slices"
	"strings"

	"github.com/twiliogen/twiliogen/generator/english"
	"github.com/twiliogen/twiliogen/generator/model"
	"github.com/twiliogen/twiliogen/generator/prose"
)

// use is where a type is used: what a type without a description is for.
type use struct {
	owner  string // a type of the package, or a method
	member string // the field; "" where the type is an answer
	many   bool   // the owner has a list or a map of it
}

// usesOf finds where each type is used first: in an answer rather than in a
// request.
func (b *binder) usesOf() map[model.Type]use {
	uses := map[model.Type]use{}
	add := func(t model.Type, u use) {
		for {
			switch inner := t.(type) {
			case *model.List:
				t, u.many = inner.Item, true
				continue
			case *model.Map:
				t, u.many = inner.Value, true
				continue
			case *model.Scalar, *model.Enum, *model.Object, *model.Free, *model.Union, nil:
			}
			break
		}
		if _, known := uses[t]; !known && t != nil {
			uses[t] = u
		}
	}
	for _, sent := range []bool{false, true} {
		for _, o := range b.api.Objects {
			for _, f := range o.Fields {
				if o.Sent == sent {
					add(f.Type, use{owner: b.names.Type(o), member: f.Name})
				}
			}
		}
	}
	for _, r := range b.api.Resources {
		for _, op := range r.Operations {
			n := b.names.Operation(op)
			for _, p := range op.Params {
				add(p.Type, use{owner: n.Params, member: p.Name})
			}
			method := b.names.Resource(r).Client + "." + n.Method
			add(op.Response.Type, use{owner: method})
			if op.Paging != nil {
				add(op.Paging.Item, use{owner: method, many: true})
			}
		}
	}
	return uses
}

// purpose says what a type is for by where it is used.
func (b *binder) purpose(name string, t model.Type) prose.Doc {
	u, ok := b.uses[t]
	switch {
	case !ok:
		return says("%s is a type of the %s.", name, b.apiName())
	case u.member == "":
		return says("%s is what [%s] returns.", name, u.owner)
	}
	what := phrase(u.member)
	switch isParams := strings.HasSuffix(u.owner, "Params"); {
	case u.many && isParams:
		return says("%s is one of the %s in [%s].", name, english.Plural(what), u.owner)
	case u.many:
		return says("%s is one of the %s of %s [%s].", name, english.Plural(what), english.Article(u.owner), u.owner)
	case isParams:
		return says("%s is the %s in [%s].", name, what, u.owner)
	}
	return says("%s is the %s of %s [%s].", name, what, english.Article(u.owner), u.owner)
}

// resourcePurpose says what a resource without a description is: where it
// belongs and what can be done with it.
func (b *binder) resourcePurpose(r *model.Resource) prose.Doc {
	n := b.names.Resource(r)
	var verbs []string
	for _, op := range r.Operations {
		verb := english.LowerFirst(op.Verb)
		if done := english.ThirdPerson(verb); english.IsVerb(verb) && !slices.Contains(verbs, done) {
			verbs = append(verbs, done)
		}
	}
	of := ""
	if r.Parent != nil {
		of = ", for " + english.Article(b.names.Resource(r.Parent).Name) + " " + b.linkText(r.Parent)
	}
	if len(verbs) == 0 {
		return says("%s is what [%s] is about%s.", n.Name, n.Client, of)
	}
	return says("%s is what [%s] %s%s.", n.Name, n.Client, english.Enumerate(verbs), of)
}

// typeName is the type of a resource as Says reads it, or only its name where it
// has none.
func (b *binder) typeName(r *model.Resource) string {
	name := b.names.Resource(r).Name
	if b.linked[name] {
		return "[" + name + "]"
	}
	return name
}

// linkText is a resource as Says reads it.
func (b *binder) linkText(r *model.Resource) string {
	if ref, ok := b.typeLink(r).(prose.Ref); ok {
		return "[" + string(ref) + "]"
	}
	return b.names.Resource(r).Name
}
