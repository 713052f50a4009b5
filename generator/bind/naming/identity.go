package naming

import (
	"fmt"
	"slices"
	"strings"

	"github.com/twiliogen/twiliogen/generator/model"
)

// operationID identifies an operation on the wire, by its method and path:
// "GET:/v1/Services/{}". Its operationId may change, and so may the names of the
// parameters in its path.
func operationID(op *model.Operation) string {
	var b strings.Builder
	inside := false
	for _, r := range op.Path {
		inside = inside && r != '}'
		if !inside {
			b.WriteRune(r)
		}
		inside = inside || r == '{'
	}
	return op.Method + ":" + b.String()
}

// identities are the wire identities of all types that the API reaches. A type
// that is reached in several ways keeps the identity by which it is known.
//
//	component:proxy.v1.service.session    a component, or the format of an inline enum
//	sent:OauthAppAccountPolicy            a component as part of a request
//	GET:/v1/Keys?Keytype                  an inline type of a parameter
//	GET:/v1/Keys#                         an inline answer
//	component:call/direction              an inline type of a property
func identities(api *model.API, known *Ledger) map[model.Type]string {
	uses := parameterUses(api)
	ids := map[model.Type]string{}
	taken := map[string]int{}
	identify := func(t model.Type, origin model.Origin) {
		candidates := append(uses[t], alternatives(t, origin)...)
		id := candidates[0]
		if i := slices.IndexFunc(candidates, func(c string) bool { return known.has(key{kindType, c}) && taken[c] == 0 }); i >= 0 {
			id = candidates[i]
		}
		if taken[id]++; taken[id] > 1 {
			id = fmt.Sprintf("%s~%d", id, taken[id])
		}
		ids[t] = id
	}
	for _, o := range api.Objects {
		identify(o, o.Origin)
	}
	for _, e := range api.Enums {
		identify(e, e.Origin)
	}
	return ids
}

// parameterUses are the parameters whose inline enum is the same type: those of
// one name in the operations of a resource.
func parameterUses(api *model.API) map[model.Type][]string {
	uses := map[model.Type][]string{}
	for _, r := range api.Resources {
		for _, op := range r.Operations {
			id := operationID(op)
			for _, p := range slices.Concat(op.PathParams, op.Params) {
				if e, ok := element(p.Type).(*model.Enum); ok && e.Origin.Operation != nil {
					uses[e] = append(uses[e], id+"?"+p.Name)
				}
			}
		}
	}
	return uses
}

// element is what a list or map holds, at any depth.
func element(t model.Type) model.Type {
	switch t := t.(type) {
	case *model.List:
		return element(t.Item)
	case *model.Map:
		return element(t.Value)
	}
	return t
}

// alternatives are the identities that a type may be known by: its own, and
// those of the objects that it stands for. An enum in a component that is both
// sent and received is one type.
func alternatives(t model.Type, origin model.Origin) []string {
	own := identity(t, origin)
	ids := []string{own}
	switch t := t.(type) {
	case *model.Object:
		for _, other := range t.Also {
			ids = append(ids, identity(other, other.Origin))
		}
	case *model.Enum:
		if rest, ok := strings.CutPrefix(own, "sent:"); ok {
			ids = append(ids, "component:"+rest)
		} else if rest, ok := strings.CutPrefix(own, "component:"); ok && origin.Object != nil {
			ids = append(ids, "sent:"+rest)
		}
	}
	return ids
}

// identity is where a type stands on the wire.
func identity(t model.Type, origin model.Origin) string {
	o, isObject := t.(*model.Object)
	switch {
	case isObject && o.Sent && origin.Component != "":
		return "sent:" + origin.Component
	case origin.Component != "":
		return "component:" + origin.Component
	case origin.Object != nil:
		return identity(origin.Object, origin.Object.Origin) + "/" + origin.Member
	case origin.Operation == nil:
		return "unknown:" + origin.Member
	case origin.Member == "":
		return operationID(origin.Operation) + "#"
	}
	return operationID(origin.Operation) + "?" + origin.Member
}
