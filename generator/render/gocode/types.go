package gocode

import (
	"fmt"
	"strings"
	"time"

	"github.com/dave/jennifer/jen"

	"github.com/twiliogen/twiliogen/generator/bind"
)

// ident is a name of another package, or of Go itself.
func (p *printer) ident(id bind.Ident) *jen.Statement {
	switch id.Package {
	case "":
		return jen.Id(id.Name)
	case bind.Twilio:
		return jen.Qual(p.twilio, id.Name)
	case bind.Wire:
		return jen.Qual(p.wire, id.Name)
	}
	return jen.Qual(id.Package, id.Name)
}

// typ is a type. The package's own types are qualified with its path, which
// jennifer leaves out inside the package.
func (p *printer) typ(t bind.Type) *jen.Statement {
	switch t := t.(type) {
	case *bind.Scalar:
		return p.ident(t.Go)
	case *bind.Enum:
		return jen.Qual(p.pkg.Path, t.Name)
	case *bind.Struct:
		return jen.Qual(p.pkg.Path, t.Name)
	case *bind.List:
		return jen.Index().Add(p.typ(t.Item))
	case *bind.Map:
		return jen.Map(jen.String()).Add(p.typ(t.Value))
	case *bind.JSON:
		if t.Sent {
			return jen.Any()
		}
		return jen.Qual("encoding/json", "RawMessage")
	case *bind.Upload:
		return jen.Qual(p.twilio, "File")
	}
	panic(unknown(t))
}

// unknown is the panic of a switch that does not know a type: the tests print
// every kind.
func unknown(t bind.Type) string { return fmt.Sprintf("gocode: %T cannot be printed", t) }

// fieldType is the type of a field.
func (p *printer) fieldType(f *bind.Field) *jen.Statement {
	if f.Pointer {
		return jen.Op("*").Add(p.typ(f.Type))
	}
	return p.typ(f.Type)
}

// decode is the expression that reads a value from d.
func (p *printer) decode(t bind.Type) *jen.Statement {
	switch t := t.(type) {
	case *bind.Scalar:
		value := jen.Id("d").Dot(t.Decode.Method).Call()
		if t.Decode.Convert {
			return p.ident(t.Go).Call(value)
		}
		return value
	case *bind.Enum:
		return jen.Id(t.Name).Call(jen.Id("d").Dot("String").Call())
	case *bind.Struct:
		return jen.Op("*").Id(t.New).Call(jen.Id("d"))
	case *bind.List:
		if s, ok := t.Item.(*bind.Struct); ok {
			return jen.Qual(p.wire, "Structs").Call(jen.Id("d"), jen.Id(s.New))
		}
		return jen.Qual(p.wire, "List").Call(jen.Id("d"), p.decoder(t.Item))
	case *bind.Map:
		return jen.Qual(p.wire, "Map").Call(jen.Id("d"), p.decoder(t.Value))
	case *bind.JSON:
		return jen.Id("d").Dot("Raw").Call()
	case *bind.Upload: // is never received
	}
	panic(unknown(t))
}

// decoder is the function that reads a value: a method of the decoder where
// there is one.
func (p *printer) decoder(t bind.Type) *jen.Statement {
	switch t := t.(type) {
	case *bind.Scalar:
		if !t.Decode.Convert {
			return p.decoderMethod(t.Decode.Method)
		}
	case *bind.JSON:
		return p.decoderMethod("Raw")
	case *bind.Struct, *bind.Enum, *bind.List, *bind.Map, *bind.Upload:
	}
	return jen.Func().Params(p.decoderParam()).Add(p.typ(t)).Block(jen.Return(p.decode(t)))
}

func (p *printer) decoderMethod(name string) *jen.Statement {
	return jen.Parens(jen.Op("*").Qual(p.wire, "Decoder")).Dot(name)
}

func (p *printer) decoderParam() *jen.Statement {
	return jen.Id("d").Op("*").Qual(p.wire, "Decoder")
}

// constructor is the function that reads what a call returns: a pointer, since
// the compiler makes one copy of the runtime's generic functions for all
// pointers, but one for every struct.
func (p *printer) constructor(t bind.Type) *jen.Statement {
	if s, ok := t.(*bind.Struct); ok {
		return jen.Id(s.New)
	}
	return jen.Func().Params(p.decoderParam()).Op("*").Add(p.typ(t)).Block(
		jen.Id("v").Op(":=").Add(p.decode(t)),
		jen.Return(jen.Op("&").Id("v")),
	)
}

// literal is a value of a type, given as JSON decodes it.
func (p *printer) literal(t bind.Type, value any) *jen.Statement {
	switch t := t.(type) {
	case *bind.Scalar:
		return p.scalarLiteral(t, value)
	case *bind.Enum:
		for _, c := range t.Values {
			if c.Value == value {
				return jen.Qual(p.pkg.Path, c.Name)
			}
		}
		return jen.Lit(value)
	case *bind.Struct:
		return p.typ(t).Values()
	case *bind.List:
		return p.typ(t).ValuesFunc(func(g *jen.Group) {
			for _, item := range value.([]any) {
				g.Add(p.literal(t.Item, item))
			}
		})
	case *bind.Map:
		return p.typ(t).Values(p.members(value, func(v any) *jen.Statement { return p.literal(t.Value, v) }))
	case *bind.JSON:
		return jen.Map(jen.String()).Any().Values(p.members(value, func(v any) *jen.Statement { return jen.Lit(v) }))
	case *bind.Upload:
		return p.typ(t).Values(jen.Dict{jen.Id("Content"): jen.Qual("strings", "NewReader").Call(jen.Lit(value))})
	}
	panic(unknown(t))
}

func (p *printer) members(value any, literal func(any) *jen.Statement) jen.Dict {
	members := jen.Dict{}
	for name, v := range value.(map[string]any) { // jennifer sorts them
		members[jen.Lit(name)] = literal(v)
	}
	return members
}

func (p *printer) scalarLiteral(t *bind.Scalar, value any) *jen.Statement {
	if n, ok := value.(float64); ok && n == float64(int(n)) {
		return jen.Lit(int(n))
	}
	text, isText := value.(string)
	if t.Zero != bind.EmptyStruct || !isText {
		return jen.Lit(value)
	}
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return jen.Qual("time", "Date").Call(jen.Lit(at.Year()), jen.Qual("time", at.Month().String()), jen.Lit(at.Day()),
			jen.Lit(at.Hour()), jen.Lit(at.Minute()), jen.Lit(at.Second()), jen.Lit(0), jen.Qual("time", "UTC"))
	}
	day, _ := time.Parse(time.DateOnly, text)
	return p.ident(t.Go).Values(jen.Dict{
		jen.Id("Year"): jen.Lit(day.Year()), jen.Id("Month"): jen.Qual("time", day.Month().String()), jen.Id("Day"): jen.Lit(day.Day()),
	})
}

// methodConst is net/http's constant for a method.
func methodConst(method string) *jen.Statement {
	return jen.Qual("net/http", "Method"+method[:1]+strings.ToLower(method[1:]))
}
