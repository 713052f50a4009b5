// Package naming decides every Go identifier of the output, once, and resolves
// collisions once. The rules:
//
//  1. Words are joined in Go's style: initialisms in one case (SID, TTL, URL),
//     other words with a capital first letter. "<" and ">" in a parameter's name
//     read Before and After.
//  2. A resource is named by its noun, the operation id without its verb. When
//     resources share a noun, the one that lies highest has it, and the others,
//     or all where none is highest, take their parent's name in front, as often
//     as it takes to tell them apart. So does one of whose siblings at least
//     half have it (ConferenceParticipant, since there is a
//     ConferenceRecording).
//  3. A resource's object has the resource's name, its client the name and
//     Client, its field in the package's Client the plural.
//  4. An enum of the components is named by its resource and its words after
//     "enum" (session_enum_status is SessionStatus), an inline enum with a
//     format by that (HTTPMethod), another component by its last dotted part. A
//     type found inside another is named by both.
//  5. Methods are verbs; parameters are verb, resource and Params, the resource
//     in the plural for a list. Constants are type and value.
//  6. What still collides takes a number, in the model's order, which does not
//     depend on the order of the document.
package naming

import (
	"fmt"
	"go/token"
	"strings"

	"github.com/twiliogen/twiliogen/generator/model"
)

// Names holds the identifiers of one package.
type Names struct {
	Package string // "proxyv1"

	resources  map[*model.Resource]Resource
	operations map[*model.Operation]Operation
	types      map[model.Type]string
	constants  map[*model.Enum][]string
	fields     map[*model.Object][]string
}

// Resource are the names made from a resource.
type Resource struct {
	Name       string // "Session"
	Client     string // "SessionClient"
	Field      string // "Sessions"
	SIDPrefix  string // "SessionSIDPrefix"
	ObjectName string // "SessionObjectName"
}

// Operation are the names made from an operation.
type Operation struct {
	Method string   // "Create"
	Page   string   // "Page"; only for a list
	Params string   // "CreateSessionParams"; "" without parameters
	Args   []string // of the path parameters that are arguments
	Fields []string // of the parameters
}

// Resource returns the names of r.
func (n *Names) Resource(r *model.Resource) Resource { return n.resources[r] }

// Operation returns the names of op.
func (n *Names) Operation(op *model.Operation) Operation { return n.operations[op] }

// Variable is what an example calls a value of r.
func (n *Names) Variable(r *model.Resource) string {
	name := lowerCamel(r.Name)
	if token.IsKeyword(name) || predeclared[name] || name == "client" || name == "err" || name == "ctx" {
		return "v"
	}
	return name
}

// Type returns the name of an enum or an object.
func (n *Names) Type(t model.Type) string { return n.types[t] }

// Constants returns the names of an enum's values, in their order.
func (n *Names) Constants(e *model.Enum) []string { return n.constants[e] }

// Fields returns the names of an object's fields, in their order.
func (n *Names) Fields(o *model.Object) []string { return n.fields[o] }

// Decide names everything in an API. The package is named pkg, or by the
// product and its version when pkg is empty.
func Decide(api *model.API, pkg string) *Names {
	if pkg == "" {
		pkg = packageName(api)
	}
	d := &decider{
		top:    scope{},
		byNoun: map[string]string{},
		names: &Names{
			Package:    pkg,
			resources:  map[*model.Resource]Resource{},
			operations: map[*model.Operation]Operation{},
			types:      map[model.Type]string{},
			constants:  map[*model.Enum][]string{},
			fields:     map[*model.Object][]string{},
		},
	}
	for _, name := range []string{"Client", "New", "TokenURL", "SIDPrefix", "ObjectName"} {
		d.top.claim(name)
	}
	d.nameResources(api.Resources)
	for _, r := range api.Resources {
		d.nameOperations(r)
	}
	d.nameTypes(api)
	return d.names
}

// packageName joins product and version: "proxyv1".
func packageName(api *model.API) string {
	var b strings.Builder
	for _, r := range strings.ToLower(api.Product + api.Revision) {
		if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
			b.WriteRune(r)
		}
	}
	name := strings.TrimLeft(b.String(), "0123456789")
	if name == "" || token.IsKeyword(name) {
		return "twilio" + name
	}
	return name
}

// ValidPackage reports whether a package may have this name.
func ValidPackage(name string) bool {
	return token.IsIdentifier(name) && name != "_" && name == strings.ToLower(name)
}

// scope is a set of names that must differ.
type scope map[string]bool

// claim takes the first free candidate, or the last one with a number.
func (s scope) claim(candidates ...string) string {
	for _, name := range candidates {
		if !s[name] {
			s[name] = true
			return name
		}
	}
	last := candidates[len(candidates)-1]
	for i := 2; ; i++ {
		if name := fmt.Sprintf("%s%d", last, i); !s[name] {
			s[name] = true
			return name
		}
	}
}

// decider is Decide at work.
type decider struct {
	names  *Names
	top    scope             // the names of the package
	byNoun map[string]string // the highest resource's name for a noun
}
