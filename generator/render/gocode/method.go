package gocode

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/twiliogen/twiliogen/generator/bind"
	"github.com/twiliogen/twiliogen/generator/model"
)

// method prints one method: it builds a request, or has it built by a method
// that it shares with another one, and makes the call.
func (p *printer) method(g *jen.Group, r *bind.Resource, op *bind.Operation, m *bind.Method) {
	g.Add(comment(m.Doc))
	g.Func().Params(jen.Id("c").Op("*").Id(r.Client)).Id(m.Name).ParamsFunc(func(g *jen.Group) {
		g.Id("ctx").Qual("context", "Context")
		p.arguments(g, op)
		g.Id("opts").Op("...").Qual(p.twilio, "RequestOption")
	}).Add(p.result(m)).BlockFunc(func(g *jen.Group) {
		if op.Builder != "" {
			g.Id("r").Op(":=").Id("c").Dot(op.Builder).Call(passed(op, jen.Lit(m.FullName))...)
		} else {
			p.request(g, op, jen.Lit(m.FullName))
		}
		g.Return(p.call(m))
	})
	g.Line()
}

// builder prints the method that builds the request of several others.
func (p *printer) builder(g *jen.Group, r *bind.Resource, op *bind.Operation) {
	g.Func().Params(jen.Op("*").Id(r.Client)).Id(op.Builder).ParamsFunc(func(g *jen.Group) {
		p.arguments(g, op, "operation")
	}).Op("*").Qual(p.wire, "Request").BlockFunc(func(g *jen.Group) {
		p.request(g, op, jen.Id("operation"))
		g.Return(jen.Id("r"))
	})
	g.Line()
}

// arguments prints the parameters that an operation gives its methods: texts,
// the first of which are named here, and its params.
func (p *printer) arguments(g *jen.Group, op *bind.Operation, texts ...string) {
	for _, a := range op.Args {
		if a.Name != "" {
			texts = append(texts, a.Name)
		}
	}
	for i, name := range texts {
		text := g.Id(name)
		if i == len(texts)-1 {
			text.String()
		}
	}
	if op.Params != nil {
		g.Id("params").Op("*").Id(op.Params.Name)
	}
}

// passed are the same arguments where a method passes them on.
func passed(op *bind.Operation, first jen.Code) []jen.Code {
	args := []jen.Code{first}
	for _, a := range op.Args {
		if a.Name != "" {
			args = append(args, jen.Id(a.Name))
		}
	}
	if op.Params != nil {
		args = append(args, jen.Id("params"))
	}
	return args
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
	case bind.Streams:
		return jen.Params(jen.Op("*").Qual(p.twilio, "Stream"), jen.Error())
	}
	panic("gocode: a kind of method that has no result")
}

// value is the type of what a method returns one or many of.
func (p *printer) value(m *bind.Method) *jen.Statement { return jen.Op("*").Add(p.typ(m.Result)) }

// call is the call that a method ends with.
func (p *printer) call(m *bind.Method) *jen.Statement {
	decode := jen.Qual(p.wire, "Nothing")
	if m.Result != nil {
		decode = p.constructor(m.Result)
	}
	return jen.Qual(p.twilio, "Call").Call(jen.Id("ctx"), jen.Id("c").Dot("client"), jen.Id("r"), decode, jen.Id("opts")).
		Dot(callers[m.Kind]).Call()
}

// callers are the methods of what twilio.Call returns.
var callers = map[bind.MethodKind]string{
	bind.Does: "Do", bind.Returns: "One", bind.Lists: "List", bind.Pages: "Page", bind.Streams: "Stream",
}

// request prints how a request is built; its name is what begins every error.
func (p *printer) request(g *jen.Group, op *bind.Operation, name *jen.Statement) {
	q := op.Request
	server := jen.Id("server")
	if q.Server != "" {
		server = jen.Lit(q.Server)
	}
	g.Id("r").Op(":=").Qual(p.wire, "NewRequest").Call(name, methodConst(q.Method), server, jen.Lit(q.Path))
	set := func(field, value string) {
		if value != "" {
			g.Id("r").Dot(field).Op("=").Lit(value)
		}
	}
	set("Accept", q.Accept)
	if len(q.Empty) > 0 {
		g.Id("r").Dot("Empty").Op("=").Index().Int().ValuesFunc(func(g *jen.Group) {
			for _, status := range q.Empty {
				g.Lit(status)
			}
		})
	}
	switch q.Auth {
	case model.NoAuth:
		g.Id("r").Dot("Auth").Op("=").Qual(p.wire, "NoAuth")
	case model.TokenAuth:
		g.Id("r").Dot("Auth").Op("=").Qual(p.wire, "TokenAuth")
	case model.AnyAuth:
	}
	set("PageKey", q.PageKey)
	switch q.PageBy {
	case model.ByNumber:
		g.Id("r").Dot("PageBy").Op("=").Qual(p.wire, "ByNumber")
	case model.ByIndex:
		g.Id("r").Dot("PageBy").Op("=").Qual(p.wire, "ByIndex")
	case model.ByLink:
	}
	set("PageParam", q.PageParam)
	if len(q.BilledFor) > 0 {
		g.Id("r").Dot("BilledFor").Op("=").Index().String().ValuesFunc(func(g *jen.Group) {
			for _, name := range q.BilledFor {
				g.Lit(name)
			}
		})
	}
	for _, h := range q.Headers {
		g.Id("r").Dot("Header").Call(jen.Lit(h.Name), jen.Lit(h.Value))
	}
	p.pathArgs(g, op)
	switch {
	case op.Params != nil:
		g.Id("params").Dot("encode").Call(jen.Id("r"))
	case q.Body != nil && forms[q.Body.Encoding] != "":
		g.Id("r").Dot(forms[q.Body.Encoding]).Call()
	}
}

// forms are the methods of a request that make its body a form.
var forms = map[model.Encoding]string{model.Form: "Form", model.Multipart: "Multipart"}

func (p *printer) pathArgs(g *jen.Group, op *bind.Operation) {
	for _, a := range op.Args {
		switch {
		case a.Name == "":
			g.Id("r").Dot("PathAccount").Call(jen.Lit(a.Wire))
		case len(a.SIDPrefixes) > 0:
			g.Id("r").Dot("PathSID").Call(jen.Lit(a.Wire), jen.Id(a.Name), jen.Lit(strings.Join(a.SIDPrefixes, " ")))
		default:
			g.Id("r").Dot("PathArg").Call(jen.Lit(a.Wire), jen.Id(a.Name))
		}
	}
}
