package emit

import (
	"fmt"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/twiliogen/twiliogen/generator/model"
)

// resource writes all of a resource: its constants, its object, its client with
// the methods, and their parameters.
func (e *emitter) resource(g *jen.Group, r *model.Resource) {
	e.resourceConstants(g, r)
	own := r.Object != nil && e.representedBy(r.Object) == r
	if own {
		g.Add(e.doc(e.resourceDoc(r)...))
		e.structOf(g, r.Object)
	}
	e.resourceClient(g, r)
	for _, op := range r.Operations {
		e.method(g, op)
		e.params(g, op)
	}
	if own {
		e.methodsOf(g, r.Object)
	}
}

// resourceConstants writes what identifies the resource at Twilio.
func (e *emitter) resourceConstants(g *jen.Group, r *model.Resource) {
	if r.SIDPrefix == "" && r.ObjectName == "" {
		return
	}
	n := e.names.Resource(r)
	g.Add(e.doc("What identifies a " + n.Name + " at Twilio."))
	g.Const().DefsFunc(func(g *jen.Group) {
		if r.SIDPrefix != "" {
			g.Add(e.doc("The first two letters of its SID."))
			g.Id(n.SIDPrefix).Op("=").Lit(r.SIDPrefix)
		}
		if r.ObjectName != "" {
			g.Add(e.doc("Its name in Twilio's OpenAPI document."))
			g.Id(n.ObjectName).Op("=").Lit(r.ObjectName)
		}
	})
}

// resourceDoc is what a reference page says at its top.
func (e *emitter) resourceDoc(r *model.Resource) []string {
	n := e.names.Resource(r)
	about := r.Object.Description
	if about == "" {
		about = r.Description
	}
	paragraphs := []string{
		fmt.Sprintf("%s is a resource of Twilio's %s. %s", n.Name, e.apiName(), about),
		e.identity(r),
		e.places(r),
		fmt.Sprintf("Its operations are the methods of [%s].", n.Client),
	}
	return paragraphs
}

// identity tells the SID and the parent.
func (e *emitter) identity(r *model.Resource) string {
	var facts []string
	if r.SIDPrefix != "" {
		facts = append(facts, fmt.Sprintf("Its SID begins with %s ([%s]).", r.SIDPrefix, e.names.Resource(r).SIDPrefix))
	}
	if r.Parent != nil {
		facts = append(facts, fmt.Sprintf("Its parent is %s.", e.typeLink(r.Parent)))
	}
	return strings.Join(facts, " ")
}

// places lists the paths of the resource and of those below it.
func (e *emitter) places(r *model.Resource) string {
	var b strings.Builder
	b.WriteString("Paths:\n")
	for _, path := range []string{r.ListPath, r.InstancePath} {
		if path != "" {
			fmt.Fprintf(&b, "- %s\n", path)
		}
	}
	if len(r.Children) > 0 {
		b.WriteString("\nSub-resources:\n")
		for _, c := range r.Children {
			fmt.Fprintf(&b, "- %s: %s\n", e.typeLink(c), c.Path())
		}
	}
	return b.String()
}

// typeLink is a godoc link to the type of a resource, or to its client when it
// has no type. A resource that is not selected has only its name.
func (e *emitter) typeLink(r *model.Resource) string {
	n := e.names.Resource(r)
	for _, name := range []string{n.Name, n.Client} {
		if e.exported[name] {
			return "[" + name + "]"
		}
	}
	return n.Name
}

// resourceClient writes the type that holds a resource's methods.
func (e *emitter) resourceClient(g *jen.Group, r *model.Resource) {
	n := e.names.Resource(r)
	about := fmt.Sprintf("%s holds the operations of the %s resource: the field %s of [Client].", n.Client, n.Name, n.Field)
	g.Add(e.doc(about, e.unlessTyped(r)))
	g.Type().Id(n.Client).Struct(jen.Id("client").Op("*").Qual(e.twilio, "Client"))
}

// unlessTyped describes a resource here when it has no type of its own that
// does.
func (e *emitter) unlessTyped(r *model.Resource) string {
	if r.Object != nil && e.representedBy(r.Object) == r {
		return ""
	}
	return sentence(r.Description) + "\n\n" + e.places(r)
}
