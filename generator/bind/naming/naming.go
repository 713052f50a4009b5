// Package naming decides every Go identifier of the output, once, and resolves
// collisions once. A name depends on as little as possible, so that what is added
// beside a thing does not rename it; for what is left there is the [Ledger]. The
// rules:
//
//  1. Words are joined in Go's style: initialisms in one case (SID, TTL, URL),
//     other words with a capital first letter. "<" and ">" in a parameter's name
//     read Before and After.
//  2. A resource is named by the noun of its operation ids. Its object has the
//     noun, its client the noun and Client, its field in the package's Client the
//     plural, or the noun itself when there is only one of it (Balance).
//  3. An enum of the components is named by the words before and after "enum"
//     (session_enum_status is SessionStatus), an inline enum with a format by
//     that (HTTPMethod), another component by its last dotted part. A type found
//     inside another is named by the outermost and by its property or parameter.
//     Enums, and objects in lists, are in the singular. Words that would stand
//     twice are said once.
//  4. Methods are verbs with the By of their id (ListByAssistant); parameters are
//     verb, resource and Params, the resource in the plural for a list. Constants
//     are type and value.
//  5. What still collides takes a longer name, of more of its own path; and if
//     nothing else tells two things apart, a number.
package naming

import (
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
	values     map[*model.Enum]string
	fields     map[*model.Object][]string
}

// Resource are the names made from a resource.
type Resource struct {
	Name        string   // "Session"
	Client      string   // "SessionClient"
	Field       string   // "Sessions"
	SIDPrefixes []string // "SessionSIDPrefix", one for each of its prefixes
	ObjectName  string   // "SessionObjectName"; "" without a name
}

// Operation are the names made from an operation.
type Operation struct {
	Method  string   // "Create"
	Page    string   // "Page"; only for a list
	Request string   // "listRequest", the method that builds the request of both; only for a list
	Params  string   // "CreateSessionParams"; "" without parameters
	Args    []string // of the path parameters that are arguments
	Fields  []string // of the parameters
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

// constructor is what the name of the function that reads an object begins with.
const constructor = "new"

// Constructor returns the name of the function that reads an object and returns
// a pointer to it.
func (n *Names) Constructor(o *model.Object) string { return constructor + n.types[o] }

// Constants returns the names of an enum's values, in their order.
func (n *Names) Constants(e *model.Enum) []string { return n.constants[e] }

// Values returns the name of the function that lists an enum's values.
func (n *Names) Values(e *model.Enum) string { return n.values[e] }

// Fields returns the names of an object's fields, in their order.
func (n *Names) Fields(o *model.Object) []string { return n.fields[o] }

// Decide names everything in an API. The package is named pkg, or by the
// product and its version when pkg is empty. What the ledger knows keeps its
// name; the ledger that is returned also knows the rest. A nil ledger knows
// nothing.
//
// An operation also stays with the resource that it is known to belong to: that
// is decided when the API is read, see [Ledger.Noun].
func Decide(api *model.API, pkg string, known *Ledger) (*Names, *Ledger) {
	if known == nil {
		known = new(Ledger)
	}
	d := newDecider(api, PackageName(api, pkg), known)
	d.decide()
	if len(known.entries) > 0 {
		// Now that it is clear what there is, its known names can be kept from
		// everything else: what comes first must not take the name of what comes
		// later.
		kept := d.kept()
		d = newDecider(api, d.names.Package, known)
		d.reserved = kept
		d.decide()
	}
	return d.names, d.ledger()
}

// PackageName is pkg, or product and version: "proxyv1".
func PackageName(api *model.API, pkg string) string {
	if pkg != "" {
		return pkg
	}
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
