package gocode

import (
	"github.com/dave/jennifer/jen"

	"github.com/twiliogen/twiliogen/generator/bind"
	"github.com/twiliogen/twiliogen/generator/model"
)

// structType prints the type of an object.
func (p *printer) structType(g *jen.Group, s *bind.Struct) {
	g.Add(comment(s.Doc))
	g.Type().Id(s.Name).StructFunc(func(g *jen.Group) {
		for _, f := range s.Fields {
			p.field(g, f)
		}
	})
}

func (p *printer) field(g *jen.Group, f *bind.Field) {
	g.Add(comment(f.Doc))
	tags := map[string]string{"json": f.Tag}
	if f.Privacy != model.Public {
		tags["twilio"] = "private" // which wire.Format and twilio.RedactAttr go by
	}
	g.Id(f.Name).Add(p.fieldType(f)).Tag(tags)
}

// structMethods prints how an object is decoded and logged.
func (p *printer) structMethods(g *jen.Group, s *bind.Struct) {
	if !s.Sent {
		p.unmarshal(g, s)
		p.newFunc(g, s)
	}
	p.redact(g, s.Name, s.Redact)
}

// unmarshal prints UnmarshalJSON, which gives encoding/json the same decoder.
func (p *printer) unmarshal(g *jen.Group, s *bind.Struct) {
	g.Add(says("UnmarshalJSON reads a JSON object as the client does: unknown members are skipped, and a value that cannot be read leaves its field zero. It fails only if the data is not a JSON object."))
	g.Func().Params(jen.Id("v").Op("*").Id(s.Name)).Id("UnmarshalJSON").Params(jen.Id("data").Index().Byte()).Error().Block(
		jen.List(jen.Id("got"), jen.Err()).Op(":=").Qual(p.wire, "Unmarshal").Call(jen.Id("data"), jen.Id(s.New)),
		jen.If(jen.Id("got").Op("!=").Nil()).Block(jen.Op("*").Id("v").Op("=").Op("*").Id("got")),
		jen.Return(jen.Err()),
	)
	g.Line()
}

// newFunc prints the function that reads an object from a decoder.
func (p *printer) newFunc(g *jen.Group, s *bind.Struct) {
	g.Func().Id(s.New).Params(p.decoderParam()).Op("*").Id(s.Name).Block(
		jen.Id("v").Op(":=").New(jen.Id(s.Name)),
		jen.For(jen.Id("ok").Op(":=").Id("d").Dot("Object").Call(), jen.Id("ok").Op("&&").Id("d").Dot("Next").Call(), jen.Empty()).Block(
			jen.Switch(jen.String().Call(jen.Id("d").Dot("Key").Call())).BlockFunc(func(g *jen.Group) {
				for _, f := range s.Fields {
					g.Case(jen.Lit(f.Wire)).Block(jen.Id("v").Dot(f.Name).Op("=").Add(p.decodeField(f)))
				}
				g.Default().Block(jen.Id("d").Dot("Skip").Call())
			}),
		),
		jen.Return(jen.Id("v")),
	)
	g.Line()
}

// decodeField is decode for a field, which may be a pointer.
func (p *printer) decodeField(f *bind.Field) *jen.Statement {
	s, isScalar := f.Type.(*bind.Scalar)
	switch {
	case !f.Pointer:
		return p.decode(f.Type)
	case isScalar:
		return jen.Id("d").Dot(s.Decode.Method + "Ptr").Call()
	}
	return jen.Qual(p.wire, "Optional").Call(jen.Id("d"), p.constructor(f.Type))
}

// redact prints the methods that keep what is private from logs. Each is one call,
// which goes by the tags of the fields: a package may have hundreds of them, and
// must not take longer to compile for that.
func (p *printer) redact(g *jen.Group, typeName string, methods []string) {
	for _, name := range methods {
		params, result, call := []jen.Code{}, jen.Empty(), jen.Qual(p.wire, name)
		switch name {
		case "Format":
			g.Add(says("Format prints what is personal or secret as [redacted] (fmt)."))
			params = []jen.Code{jen.Id("f").Qual("fmt", "State"), jen.Id("verb").Rune()}
			call.Call(jen.Id("f"), jen.Id("verb"), jen.Id("v"))
		case "LogValue":
			g.Add(says("LogValue logs what is personal or secret as [redacted] (log/slog)."))
			result = jen.Qual("log/slog", "Value")
			call = jen.Return(call.Call(jen.Id("v")))
		default:
			g.Add(says("%s shows what is personal or secret as [redacted] (fmt).", name))
			result = jen.String()
			call = jen.Return(call.Call(jen.Id("v")))
		}
		g.Func().Params(jen.Id("v").Id(typeName)).Id(name).Params(params...).Add(result).Block(call)
		g.Line()
	}
}
