package gocode

import (
	"github.com/dave/jennifer/jen"

	"github.com/twiliogen/twiliogen/generator/bind"
	"github.com/twiliogen/twiliogen/generator/model"
)

// method prints one method: it builds a request and hands it to the client.
func (p *printer) method(g *jen.Group, r *bind.Resource, op *bind.Operation, m *bind.Method) {
	result, call := p.call(m)
	g.Add(comment(m.Doc))
	g.Func().Params(jen.Id("c").Op("*").Id(r.Client)).Id(m.Name).ParamsFunc(func(g *jen.Group) {
		p.arguments(g, op)
	}).Add(result).BlockFunc(func(g *jen.Group) {
		p.request(g, op, m)
		g.Return(call)
	})
	g.Line()
}

func (p *printer) arguments(g *jen.Group, op *bind.Operation) {
	g.Id("ctx").Qual("context", "Context")
	var last *jen.Statement
	for _, a := range op.Args {
		if a.Name != "" {
			last = g.Id(a.Name)
		}
	}
	if last != nil {
		last.String()
	}
	if op.Params != nil {
		g.Id("params").Op("*").Id(op.Params.Name)
	}
	g.Id("opts").Op("...").Qual(p.twilio, "RequestOption")
}

// call is the result type of a method and the call that it ends with.
func (p *printer) call(m *bind.Method) (result, call *jen.Statement) {
	ctx, client, r, opts := jen.Id("ctx"), jen.Id("c").Dot("client"), jen.Id("r"), jen.Id("opts")
	if m.Kind == bind.Does {
		return jen.Error(), client.Dot("Call").Call(ctx, r, opts)
	}
	value, decode := jen.Op("*").Add(p.typ(m.Result)), p.constructor(m.Result)
	switch m.Kind {
	case bind.Lists:
		return jen.Qual("iter", "Seq2").Types(value, jen.Error()),
			jen.Qual(p.twilio, "CallList").Call(ctx, client, r, decode, jen.Id("params").Dot("limit").Call(), opts)
	case bind.Pages:
		return jen.Params(jen.Op("*").Qual(p.twilio, "Page").Types(value), jen.Error()),
			jen.Qual(p.twilio, "CallPage").Call(ctx, client, r, decode, opts)
	}
	return jen.Params(value, jen.Error()), jen.Qual(p.twilio, "CallObject").Call(ctx, client, r, decode, opts)
}

// request prints how the request of a method is built.
func (p *printer) request(g *jen.Group, op *bind.Operation, m *bind.Method) {
	q := op.Request
	server := jen.Id("server")
	if q.Server != "" {
		server = jen.Lit(q.Server)
	}
	g.Id("r").Op(":=").Qual(p.wire, "NewRequest").Call(jen.Lit(m.FullName), methodConst(q.Method), server, jen.Lit(q.Path))
	set := func(field, value string) {
		if value != "" {
			g.Id("r").Dot(field).Op("=").Lit(value)
		}
	}
	set("Accept", q.Accept)
	switch q.Auth {
	case model.NoAuth:
		g.Id("r").Dot("Auth").Op("=").Qual(p.wire, "NoAuth")
	case model.TokenAuth:
		g.Id("r").Dot("Auth").Op("=").Qual(p.wire, "TokenAuth")
	case model.AnyAuth:
	}
	set("PageKey", q.PageKey)
	set("TokenKey", q.TokenKey)
	for _, h := range q.Headers {
		g.Id("r").Dot("Header").Call(jen.Lit(h.Name), jen.Lit(h.Value))
	}
	p.pathArgs(g, op)
	switch {
	case op.Params != nil:
		g.Id("params").Dot("encode").Call(jen.Id("r"))
	case q.Body != nil && !q.Body.JSON:
		g.Id("r").Dot("Form").Call()
	}
}

func (p *printer) pathArgs(g *jen.Group, op *bind.Operation) {
	for _, a := range op.Args {
		switch {
		case a.Name == "":
			g.Id("r").Dot("PathAccount").Call(jen.Lit(a.Wire))
		case a.SIDPrefix != "":
			g.Id("r").Dot("PathSID").Call(jen.Lit(a.Wire), jen.Id(a.Name), jen.Lit(a.SIDPrefix))
		default:
			g.Id("r").Dot("PathArg").Call(jen.Lit(a.Wire), jen.Id(a.Name))
		}
	}
}
