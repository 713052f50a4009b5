package gocode

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/twiliogen/twiliogen/generator/bind"
	"github.com/twiliogen/twiliogen/generator/sample"
)

// examples prints runnable examples. They run against a canned answer, so that
// they need no network and no account.
func (p *printer) examples(g *jen.Group, e *bind.Examples) {
	p.exampleTransport(g, e)
	for _, example := range e.List {
		p.example(g, example)
	}
}

// exampleTransport prints the canned answer and the client on top of it.
func (p *printer) exampleTransport(g *jen.Group, e *bind.Examples) {
	g.Add(says("answer is a transport that gives one answer, so that the examples run without a network."))
	g.Type().Id("answer").String()
	g.Func().Params(jen.Id("a").Id("answer")).Id("RoundTrip").Params(jen.Id("r").Op("*").Qual("net/http", "Request")).
		Params(jen.Op("*").Qual("net/http", "Response"), jen.Error()).Block(
		jen.Return(jen.Op("&").Qual("net/http", "Response").Values(jen.Dict{
			jen.Id("StatusCode"): jen.Qual("net/http", "StatusOK"),
			jen.Id("Header"):     jen.Qual("net/http", "Header").Values(),
			jen.Id("Body"):       jen.Qual("io", "NopCloser").Call(jen.Qual("strings", "NewReader").Call(jen.String().Call(jen.Id("a")))),
			jen.Id("Request"):    jen.Id("r"),
		}), jen.Nil()),
	)
	g.Line()
	g.Add(says("newClient returns a client of this API for the examples. A program calls twilio.NewClient(twilio.FromEnv()) instead."))
	g.Func().Id("newClient").Params(jen.Id("a").Id("answer")).Op("*").Qual(p.pkg.Path, "Client").Block(
		jen.List(jen.Id("client"), jen.Err()).Op(":=").Qual(p.twilio, "NewClient").Custom(
			jen.Options{Open: "(", Close: ")", Separator: ",", Multi: true},
			jen.Qual(p.twilio, "WithCredentials").Call(jen.Qual(p.twilio, e.Credentials).Call(jen.Lit(sample.SID("AC")), jen.Lit("token"))),
			jen.Qual(p.twilio, "WithHTTPClient").Call(jen.Op("&").Qual("net/http", "Client").Values(jen.Dict{jen.Id("Transport"): jen.Id("a")})),
		),
		jen.If(jen.Err().Op("!=").Nil()).Block(jen.Qual("log", "Fatal").Call(jen.Err())),
		jen.Return(jen.Qual(p.pkg.Path, "New").Call(jen.Id("client"))),
	)
	g.Line()
}

// example prints the example of one operation.
func (p *printer) example(g *jen.Group, e *bind.Example) {
	call := jen.Id(p.pkg.Variable).Dot(e.Resource.Field).Dot(e.Method.Name).Call(p.exampleArgs(e)...)
	fail := jen.If(jen.Err().Op("!=").Nil()).Block(jen.Qual("log", "Fatal").Call(jen.Err()))
	result := jen.Qual("fmt", "Println").Call(printed(e))
	g.Func().Id(e.Name).Params().BlockFunc(func(g *jen.Group) {
		g.Id(p.pkg.Variable).Op(":=").Id("newClient").Call(rawLiteral(e.Answer))
		switch e.Method.Kind {
		case bind.Lists:
			g.For(jen.List(jen.Id("v"), jen.Err()).Op(":=").Range().Add(call)).Block(fail, result)
		case bind.Returns, bind.Pages:
			g.List(jen.Id("v"), jen.Err()).Op(":=").Add(call)
			g.Add(fail)
			g.Add(result)
		case bind.Streams:
			g.List(jen.Id("stream"), jen.Err()).Op(":=").Add(call)
			g.Add(fail)
			g.Defer().Id("stream").Dot("Close").Call()
			g.If(jen.List(jen.Id("_"), jen.Err()).Op(":=").Qual("io", "Copy").Call(jen.Qual("os", "Stdout"), jen.Id("stream")), jen.Err().Op("!=").Nil()).
				Block(jen.Qual("log", "Fatal").Call(jen.Err()))
		case bind.Does:
			g.If(jen.Err().Op(":=").Add(call), jen.Err().Op("!=").Nil()).Block(jen.Qual("log", "Fatal").Call(jen.Err()))
			g.Add(result)
		}
		g.Comment("// Output: " + e.Output)
	})
	g.Line()
}

// printed is what an example prints.
func printed(e *bind.Example) *jen.Statement {
	switch {
	case e.Method.Kind == bind.Does:
		return jen.Lit(e.Output)
	case e.Print != nil:
		return jen.Id("v").Dot(e.Print.Name)
	}
	return jen.Id("v").Op("!=").Nil()
}

// rawLiteral prints JSON in back quotes where it can.
func rawLiteral(s string) *jen.Statement {
	if strings.Contains(s, "`") {
		return jen.Lit(s)
	}
	return jen.Op("`" + s + "`")
}

// exampleArgs are the arguments of an example.
func (p *printer) exampleArgs(e *bind.Example) []jen.Code {
	args := []jen.Code{jen.Qual("context", "Background").Call()}
	for _, a := range e.Args {
		args = append(args, jen.Lit(a))
	}
	if e.Operation.Params == nil {
		return args
	}
	if len(e.Values) == 0 {
		return append(args, jen.Nil())
	}
	values := jen.Dict{}
	for _, v := range e.Values {
		value := p.literal(v.Field.Type, v.Value)
		if v.Field.Pointer {
			value = jen.Qual(p.twilio, "Ptr").Call(value)
		}
		values[jen.Id(v.Field.Name)] = value
	}
	return append(args, jen.Op("&").Qual(p.pkg.Path, e.Operation.Params.Name).Values(values))
}
