package emit

import (
	"fmt"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/twiliogen/twiliogen/generator/model"
)

// clientFile writes the package comment, the package's Client and New.
func (e *emitter) clientFile() *jen.File {
	f := e.newFile(e.names.Package)
	f.PackageComment(e.packageDoc())
	if len(e.api.Resources) == 0 {
		return f
	}
	f.Add(e.doc("The host of the API, before region and edge of the client are applied."))
	f.Const().Id("server").Op("=").Lit(e.api.Server)

	if e.api.TokenURL != "" {
		f.Add(e.doc("TokenURL is where this API has OAuth access tokens requested: twilio.OAuth(accountSID, id, secret, twilio.WithTokenURL(TokenURL)) are credentials for it."))
		f.Const().Id("TokenURL").Op("=").Lit(e.api.TokenURL)
	}
	f.Add(e.doc(fmt.Sprintf("Client calls the %s. Its fields are the resources. It is safe for concurrent use.", e.apiName())))
	f.Type().Id("Client").StructFunc(func(g *jen.Group) {
		for _, r := range e.api.Resources {
			n := e.names.Resource(r)
			g.Add(e.doc(fmt.Sprintf("%s: %s, at %s.", n.Field, strings.Join(e.methodNames(r), ", "), r.Path())))
			g.Id(n.Field).Op("*").Id(n.Client)
		}
	})
	f.Add(e.doc("New returns a client for this API. It is cheap and sends nothing; any number of APIs can share one [twilio.Client]."))
	f.Func().Id("New").Params(jen.Id("client").Op("*").Qual(e.twilio, "Client")).Op("*").Id("Client").Block(
		jen.Return(jen.Op("&").Id("Client").Values(jen.DictFunc(func(d jen.Dict) {
			for _, r := range e.api.Resources {
				n := e.names.Resource(r)
				d[jen.Id(n.Field)] = jen.Op("&").Id(n.Client).Values(jen.Id("client"))
			}
		}))),
	)
	return f
}

// apiName is how comments call the API: "Proxy API (v1)".
func (e *emitter) apiName() string {
	name := strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(e.api.Title, "Twilio"), " -"))
	if name == "" {
		name = e.api.Product
	}
	if !strings.EqualFold(name, "API") {
		name += " API"
	} else {
		name = "API"
	}
	if e.api.Revision != "" {
		name += " (" + e.api.Revision + ")"
	}
	return name
}

// packageDoc introduces the package: what it is, how to begin, and what there
// is.
func (e *emitter) packageDoc() string {
	intro := fmt.Sprintf("Package %s is a client for Twilio's %s, version %s of its document.", e.names.Package, e.apiName(), e.api.Version)
	if len(e.api.Resources) == 0 {
		return comment(e.lines(intro, e.api.Description, "The document has no operations, so this package has no client.")).GoString()
	}
	lines := e.lines(intro, e.api.Description, "Begin with a [twilio.Client] and ask it for this API:")
	lines = append(lines, "")
	lines = append(lines, e.usage()...)
	lines = append(lines, e.lines("\n\nThe resources, each a field of [Client]:")...)
	lines = append(lines, "")
	for _, r := range e.api.Resources {
		n := e.names.Resource(r)
		lines = append(lines, fmt.Sprintf("  - %s ([%s]): %s", n.Field, n.Client, strings.Join(e.methodNames(r), ", ")))
	}
	lines = append(lines, "")
	lines = append(lines, e.lines("Every method takes a context first, then the parts of the path, then its parameters "+
		"(nil is fine where none is required), and then any number of [twilio.RequestOption]. When Twilio answers that a call failed, "+
		"the error wraps a [twilio.Error]; when an argument is refused before anything is sent, it wraps a [twilio.ParamError].")...)
	return comment(lines).GoString()
}

// usage is the code of the package comment.
func (e *emitter) usage() []string {
	lines := []string{
		"\tclient, err := twilio.NewClient(twilio.FromEnv())",
		"\tif err != nil {",
		"\t\treturn err",
		"\t}",
		"\t" + e.variable() + " := " + e.names.Package + ".New(client)",
	}
	for _, r := range e.api.Resources {
		for _, op := range r.Operations {
			if op.Verb == "Fetch" && op.Response.Type != nil {
				args := append([]string{"ctx"}, e.names.Operation(op).Args...)
				if e.names.Operation(op).Params != "" {
					args = append(args, "nil")
				}
				return append(lines, fmt.Sprintf("\t%s, err := %s.%s.%s(%s)", "v", e.variable(), e.names.Resource(r).Field, e.names.Operation(op).Method, strings.Join(args, ", ")))
			}
		}
	}
	return lines
}

// variable is what examples call the package's client: "proxy".
func (e *emitter) variable() string {
	name := strings.TrimSuffix(e.names.Package, e.api.Revision)
	if name == "" || name == e.names.Package {
		return "api"
	}
	return name
}

// methodNames lists the methods of a resource's client in their order.
func (e *emitter) methodNames(r *model.Resource) []string {
	var names []string
	for _, op := range r.Operations {
		n := e.names.Operation(op)
		names = append(names, n.Method)
		if n.Page != "" {
			names = append(names, n.Page)
		}
	}
	return names
}
