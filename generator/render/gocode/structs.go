package gocode

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/twiliogen/twiliogen/generator/bind"
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
	g.Id(f.Name).Add(p.fieldType(f)).Tag(map[string]string{"json": f.Tag})
}

// structMethods prints how an object is decoded and logged.
func (p *printer) structMethods(g *jen.Group, s *bind.Struct) {
	if !s.Sent {
		p.unmarshal(g, s)
		p.newFunc(g, s)
	}
	p.logValue(g, s.Name, s.Fields)
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

// logValue prints LogValue for a struct with personal data, and redacted, which
// the objects around it call.
func (p *printer) logValue(g *jen.Group, typeName string, all []*bind.Field) {
	fields := bind.Redacted(all)
	if len(fields) == 0 {
		return
	}
	var names []string
	for _, f := range fields {
		names = append(names, f.Name)
	}
	g.Add(says("LogValue keeps personal data out of logs (log/slog): %s.", strings.Join(names, ", ")))
	g.Func().Params(jen.Id("v").Id(typeName)).Id("LogValue").Params().Qual("log/slog", "Value").Block(
		jen.Type().Id("plain").Id(typeName).Comment("without this method"),
		jen.Return(jen.Qual("log/slog", "AnyValue").Call(jen.Id("plain").Call(jen.Id("v").Dot("redacted").Call()))),
	)
	g.Line()
	g.Func().Params(jen.Id("v").Id(typeName)).Id("redacted").Params().Id(typeName).BlockFunc(func(g *jen.Group) {
		for _, f := range fields {
			g.Id("v").Dot(f.Name).Op("=").Add(p.redacted(f))
		}
		g.Return(jen.Id("v"))
	})
	g.Line()
}

// redacted is what a log shows in place of a field of v.
func (p *printer) redacted(f *bind.Field) *jen.Statement {
	value := jen.Id("v").Dot(f.Name)
	switch f.Redact {
	case bind.Masked:
		if f.Pointer {
			return jen.Qual(p.wire, "RedactPtr").Call(value)
		}
		return jen.Qual(p.wire, "Redact").Call(value)
	case bind.Hidden:
		if f.Pointer {
			return jen.Nil()
		}
		return p.zero(f.Type)
	case bind.Within:
		if f.Pointer {
			return jen.Qual(p.wire, "RedactAt").Call(value, p.redactor(f.Type))
		}
		return p.redactInside(f.Type, value)
	case bind.Shown:
	}
	return value
}

// zero is the zero value of a type.
func (p *printer) zero(t bind.Type) *jen.Statement {
	switch t := t.(type) {
	case *bind.Scalar:
		switch t.Zero {
		case bind.EmptyText:
			return jen.Lit("")
		case bind.ZeroNumber:
			return jen.Lit(0)
		case bind.False:
			return jen.False()
		case bind.EmptyStruct:
			return p.ident(t.Go).Values()
		}
	case *bind.Enum:
		return jen.Lit("")
	case *bind.Struct:
		return p.typ(t).Values()
	case *bind.List, *bind.Map, *bind.JSON:
		return jen.Nil()
	}
	panic(unknown(t))
}

// redactor is the function that redacts a value of a type with personal data.
func (p *printer) redactor(t bind.Type) *jen.Statement {
	if s, ok := t.(*bind.Struct); ok {
		return jen.Id(s.Name).Dot("redacted")
	}
	return jen.Func().Params(jen.Id("v").Add(p.typ(t))).Add(p.typ(t)).Block(
		jen.Return(p.redactInside(t, jen.Id("v"))),
	)
}

// redactInside redacts what is in a value.
func (p *printer) redactInside(t bind.Type, value *jen.Statement) *jen.Statement {
	switch t := t.(type) {
	case *bind.List:
		return jen.Qual(p.wire, "RedactList").Call(value, p.redactor(t.Item))
	case *bind.Map:
		return jen.Qual(p.wire, "RedactMap").Call(value, p.redactor(t.Value))
	case *bind.Struct:
		return value.Clone().Dot("redacted").Call()
	case *bind.Scalar, *bind.Enum, *bind.JSON:
	}
	panic(unknown(t))
}
