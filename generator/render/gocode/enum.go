package gocode

import (
	"github.com/dave/jennifer/jen"

	"github.com/twiliogen/twiliogen/generator/bind"
)

// enum prints a string type, its constants, the function that lists them, and
// IsKnown.
func (p *printer) enum(g *jen.Group, e *bind.Enum) {
	g.Add(comment(e.Doc))
	g.Type().Id(e.Name).String()
	var names []jen.Code
	for _, c := range e.Values {
		names = append(names, jen.Id(c.Name))
	}
	if len(e.Values) > 0 {
		g.Add(says("The values of %s.", e.Name))
		g.Const().DefsFunc(func(g *jen.Group) {
			for _, c := range e.Values {
				if len(c.Doc) > 0 {
					g.Add(comment(c.Doc))
				}
				g.Id(c.Name).Id(e.Name).Op("=").Lit(c.Value)
			}
		})
	}
	g.Add(says("%s returns the known values of [%s], in the order of Twilio's documentation.", e.List, e.Name))
	g.Func().Id(e.List).Params().Index().Id(e.Name).Block(
		jen.Return(jen.Index().Id(e.Name).Custom(jen.Options{Open: "{", Close: "}", Separator: ",", Multi: true}, names...)),
	)
	g.Line()
	g.Add(says("IsKnown reports whether v is one of the constants of this type."))
	g.Func().Params(jen.Id("v").Id(e.Name)).Id("IsKnown").Params().Bool().BlockFunc(func(g *jen.Group) {
		if len(names) > 0 {
			g.Switch(jen.Id("v")).Block(jen.Case(names...).Block(jen.Return(jen.True())))
		}
		g.Return(jen.False())
	})
	g.Line()
}
