package gocode

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/twiliogen/twiliogen/generator/bind"
)

// client prints the package's Client and New.
func (p *printer) client(g *jen.Group, c *bind.Client) {
	g.Add(says("The host of the API, before region and edge of the client are applied."))
	g.Const().Id("server").Op("=").Lit(c.Server)
	if c.TokenURL != nil {
		g.Add(comment(c.TokenURL.Doc))
		g.Const().Id(c.TokenURL.Name).Op("=").Lit(c.TokenURL.Value)
	}
	for _, kind := range c.Kinds {
		g.Add(comment(kind.Doc))
		g.Type().Id(kind.Name).Op("=").String()
	}
	g.Add(comment(c.Doc))
	g.Type().Id("Client").StructFunc(func(g *jen.Group) {
		for _, r := range c.Resources {
			g.Add(comment(r.FieldDoc))
			g.Id(r.Field).Op("*").Id(r.Client)
		}
	})
	g.Add(says("New returns a client for this API. It is cheap and sends nothing; any number of APIs can share one [twilio.Client]."))
	g.Func().Id("New").Params(jen.Id("client").Op("*").Qual(p.twilio, "Client")).Op("*").Id("Client").Block(
		jen.Return(jen.Op("&").Id("Client").Values(jen.DictFunc(func(d jen.Dict) {
			for _, r := range c.Resources {
				d[jen.Id(r.Field)] = jen.Op("&").Id(r.Client).Values(jen.Id("client"))
			}
		}))),
	)
}

// resource prints all of a resource: its object, its constants, its client with
// the methods, and their parameters.
func (p *printer) resource(g *jen.Group, r *bind.Resource) {
	if r.Object != nil {
		p.structType(g, r.Object)
	}
	constants(g, r)
	g.Add(comment(r.ClientDoc))
	g.Type().Id(r.Client).Struct(jen.Id("client").Op("*").Qual(p.twilio, "Client"))
	for _, op := range r.Operations {
		for _, m := range op.Methods {
			p.method(g, r, op, m)
		}
		if op.Builder != "" {
			p.builder(g, r, op)
		}
		if op.Params != nil {
			p.params(g, op)
		}
	}
	if r.Object != nil {
		p.structMethods(g, r.Object)
	}
}

// constants prints what identifies the resource at Twilio.
func constants(g *jen.Group, r *bind.Resource) {
	for _, c := range append(slices.Clone(r.SIDPrefixes), r.ObjectName) {
		if c != nil {
			g.Add(comment(c.Doc))
			g.Const().Id(c.Name).Id(c.Type).Op("=").Lit(c.Value)
			g.Line()
		}
	}
}
