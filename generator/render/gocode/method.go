package gocode

import (
	"github.com/dave/jennifer/jen"

	"github.com/twiliogen/twiliogen/generator/bind"
	"github.com/twiliogen/twiliogen/generator/model"
)

// method prints one method: it builds a request and hands it to the client.
func (p *printer) method(g *jen.Group, r *bind.Resource, op *bind.Operation, m *bind.Method) {
	g.Add(comment(m.Doc))
	g.Func().Params(jen.Id("c").Op("*").Id(r.Client)).Id(m.Name).ParamsFunc(func(g *jen.Group) {
		p.arguments(g, op)
	}).Add(p.result(m)).BlockFunc(func(g *jen.Group) {
		p.request(g, op, m)
		g.Return(p.call(m))
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

// result is the result type of a method.
func (p *printer) result(m *bind.Method) *jen.Statement {
	switch m.Kind {
	case bind.Does:
		return jen.Error()
	case bind.Returns:
		return jen.Params(p.value(m), jen.Error())
	case bind.Lists:
		return jen.Qual("iter", "Seq2").Types(p.value(m), jen.Error())
	case bind.Pages:
		return jen.Params(jen.Op("*").Qual(p.twilio, "Page").Types(p.value(m)), jen.Error())
	}
	panic("gocode: a kind of method that has no result")
}

// value is the type of what a method returns one or many of.
func (p *printer) value(m *bind.Method) *jen.Statement { return jen.Op("*").Add(p.typ(m.Result)) }

// call is the call that a method ends with.
func (p *printer) call(m *bind.Method) *jen.Statement {
	decode := jen.Qual(p.wire, "Nothing")
	if m.Kind != bind.Does {
		decode = p.constructor(m.Result)
	}
	return jen.Qual(p.twilio, "Call").Call(jen.Id("ctx"), jen.Id("c").Dot("client"), jen.Id("r"), decode, jen.Id("opts")).
		Dot(callers[m.Kind]).Call()
}

// callers are the methods of what twilio.Call returns.
var callers = map[bind.MethodKind]string{bind.Does: "Do", bind.Returns: "One", bind.Lists: "List", bind.Pages: "Page"}

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
