package emit

import (
	"fmt"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/twiliogen/twiliogen/generator/model"
)

// object writes a struct that is no resource's own, with what decodes it.
func (e *emitter) object(g *jen.Group, o *model.Object) {
	if r := e.representedBy(o); r != nil {
		return // written with its resource
	}
	name := e.names.Type(o)
	about := name + " is an object of the API."
	if o.Description != "" {
		about = name + " is an object of the API. " + o.Description
	}
	g.Add(e.doc(about))
	e.structOf(g, o)
	e.methodsOf(g, o)
}

// structOf writes the struct.
func (e *emitter) structOf(g *jen.Group, o *model.Object) {
	g.Type().Id(e.names.Type(o)).StructFunc(func(g *jen.Group) {
		for i, f := range o.Fields {
			g.Add(e.doc(e.fieldDoc(f, o.Sent)))
			field := g.Id(e.names.Fields(o)[i])
			if o.Sent {
				field.Add(e.sentType(f)).Tag(sentTag(f))
			} else {
				field.Add(e.receivedType(o, f)).Tag(receivedTag(f))
			}
		}
	})
}

// methodsOf writes how an object is decoded and logged.
func (e *emitter) methodsOf(g *jen.Group, o *model.Object) {
	if !o.Sent {
		e.unmarshal(g, o)
		e.decode(g, o)
	}
	e.logValue(g, e.names.Type(o), e.redactions(o))
}

// receivedTag keeps a time that is not set out of JSON, where it would read as
// the year 1.
func receivedTag(f *model.Field) map[string]string {
	if isTime(f.Type) {
		return map[string]string{"json": f.Name + ",omitzero"}
	}
	return map[string]string{"json": tagName(f.Name)}
}

func sentTag(f *model.Field) map[string]string {
	if f.Required {
		return map[string]string{"json": tagName(f.Name)}
	}
	return map[string]string{"json": f.Name + ",omitempty"}
}

// tagName keeps encoding/json from reading the name "-" as "no name".
func tagName(name string) string {
	if name == "-" {
		return "-,"
	}
	return name
}

// unmarshal writes UnmarshalJSON, which gives encoding/json the same decoder.
func (e *emitter) unmarshal(g *jen.Group, o *model.Object) {
	name := e.names.Type(o)
	g.Add(e.doc("UnmarshalJSON reads a JSON object as the client does: unknown members are skipped, and a value that cannot be read leaves its field zero. It fails only on what is not valid JSON or no object."))
	g.Func().Params(jen.Id("v").Op("*").Id(name)).Id("UnmarshalJSON").Params(jen.Id("data").Index().Byte()).Error().Block(
		jen.List(jen.Id("got"), jen.Err()).Op(":=").Qual(e.wire, "Unmarshal").Call(jen.Id("data"), jen.Id(e.newName(o))),
		jen.If(jen.Id("got").Op("!=").Nil()).Block(jen.Op("*").Id("v").Op("=").Op("*").Id("got")),
		jen.Return(jen.Err()),
	)
	g.Line()
	g.Func().Id(e.newName(o)).Params(jen.Id("d").Op("*").Qual(e.wire, "Decoder")).Op("*").Id(name).Block(
		jen.Id("v").Op(":=").Id(e.decodeName(o)).Call(jen.Id("d")),
		jen.Return(jen.Op("&").Id("v")),
	)
	g.Line()
}

// decode writes the function that reads the object from a decoder.
func (e *emitter) decode(g *jen.Group, o *model.Object) {
	g.Func().Id(e.decodeName(o)).Params(jen.Id("d").Op("*").Qual(e.wire, "Decoder")).Params(jen.Id("v").Id(e.names.Type(o))).Block(
		jen.For(jen.Id("ok").Op(":=").Id("d").Dot("Object").Call(), jen.Id("ok").Op("&&").Id("d").Dot("Next").Call(), jen.Empty()).Block(
			jen.Switch(jen.String().Call(jen.Id("d").Dot("Key").Call())).BlockFunc(func(g *jen.Group) {
				for i, f := range o.Fields {
					g.Case(jen.Lit(f.Name)).Block(jen.Id("v").Dot(e.names.Fields(o)[i]).Op("=").Add(e.decodeField(o, f)))
				}
				g.Default().Block(jen.Id("d").Dot("Skip").Call())
			}),
		),
		jen.Return(jen.Id("v")),
	)
	g.Line()
}

// decodeField is decodeValue for a field, which may be a pointer.
func (e *emitter) decodeField(o *model.Object, f *model.Field) *jen.Statement {
	switch {
	case nullablePointer(f):
		return jen.Id("d").Dot(kindMethod(f.Type.(*model.Scalar).Kind) + "Ptr").Call()
	case recursive(o, f):
		return jen.Qual(e.wire, "Optional").Call(jen.Id("d"), e.decodeFunc(f.Type))
	}
	return e.decodeValue(f.Type)
}

// redaction is a field that a log must not show.
type redaction struct {
	field string
	value *jen.Statement // what is shown in its place
}

// redactions lists the fields of o that hold personal data, themselves or
// further in.
func (e *emitter) redactions(o *model.Object) []redaction {
	var out []redaction
	for i, f := range o.Fields {
		pointer := !o.Sent && (nullablePointer(f) || recursive(o, f)) || o.Sent && sentPointer(f)
		if r, ok := e.redact(e.names.Fields(o)[i], f, pointer); ok {
			out = append(out, r)
		}
	}
	return out
}

// redact decides what a log shows of a field of v. Text is replaced by a mark
// where there is any; other personal data is left out.
func (e *emitter) redact(name string, f *model.Field, pointer bool) (redaction, bool) {
	value := jen.Id("v").Dot(name)
	if !f.PII {
		return e.redactInside(name, value, f.Type, pointer)
	}
	s, isScalar := f.Type.(*model.Scalar)
	isText := isScalar && s.Kind == model.String
	switch {
	case isText && pointer:
		return redaction{name, jen.Qual(e.wire, "RedactPtr").Call(value)}, true
	case isText:
		return redaction{name, jen.Qual(e.wire, "Redact").Call(value)}, true
	case pointer || !isScalar && !isNamed(f.Type):
		return redaction{name, jen.Nil()}, true
	case isScalar && s.Kind == model.Boolean:
		return redaction{name, jen.False()}, true
	case isScalar && s.Kind == model.DateTime:
		return redaction{name, jen.Qual("time", "Time").Values()}, true
	case isScalar && s.Kind == model.Date:
		return redaction{name, jen.Qual(e.twilio, "Date").Values()}, true
	case isScalar:
		return redaction{name, jen.Lit(0)}, true
	}
	if _, ok := f.Type.(*model.Enum); ok {
		return redaction{name, jen.Lit("")}, true
	}
	return redaction{name, jen.Add(e.goType(f.Type, false)).Values()}, true
}

func isNamed(t model.Type) bool {
	switch t.(type) {
	case *model.Enum, *model.Object:
		return true
	}
	return false
}

// redactInside redacts the objects in a field that is not personal itself.
func (e *emitter) redactInside(name string, value *jen.Statement, t model.Type, pointer bool) (redaction, bool) {
	redacted := e.redactor(t)
	switch {
	case redacted == nil:
		return redaction{}, false
	case pointer:
		return redaction{name, jen.Qual(e.wire, "RedactAt").Call(value, redacted)}, true
	}
	return redaction{name, e.redactValue(t, value)}, true
}

// redactor is the function that redacts a value of a type; nil when there is
// nothing personal in it.
func (e *emitter) redactor(t model.Type) *jen.Statement {
	if !personal(t, map[*model.Object]bool{}) {
		return nil
	}
	if o, ok := t.(*model.Object); ok {
		return jen.Id(e.names.Type(o)).Dot("redacted")
	}
	return jen.Func().Params(jen.Id("v").Add(e.goType(t, false))).Add(e.goType(t, false)).Block(
		jen.Return(e.redactValue(t, jen.Id("v"))),
	)
}

// redactValue redacts what a list or a map holds.
func (e *emitter) redactValue(t model.Type, value *jen.Statement) *jen.Statement {
	switch t := t.(type) {
	case *model.List:
		return jen.Qual(e.wire, "RedactList").Call(value, e.redactor(t.Item))
	case *model.Map:
		return jen.Qual(e.wire, "RedactMap").Call(value, e.redactor(t.Value))
	}
	return value.Clone().Dot("redacted").Call()
}

// personal reports whether a type holds personal data at any depth.
func personal(t model.Type, seen map[*model.Object]bool) bool {
	switch t := t.(type) {
	case *model.List:
		return personal(t.Item, seen)
	case *model.Map:
		return personal(t.Value, seen)
	case *model.Object:
		if seen[t] {
			return false
		}
		seen[t] = true
		for _, f := range t.Fields {
			if f.PII || personal(f.Type, seen) {
				return true
			}
		}
	}
	return false
}

// logValue writes LogValue for a struct with personal data, and redacted, which
// the objects around it call.
func (e *emitter) logValue(g *jen.Group, typeName string, fields []redaction) {
	if len(fields) == 0 {
		return
	}
	var names []string
	for _, f := range fields {
		names = append(names, f.field)
	}
	g.Add(e.doc(fmt.Sprintf("LogValue keeps personal data out of logs (log/slog): %s.", strings.Join(names, ", "))))
	g.Func().Params(jen.Id("v").Id(typeName)).Id("LogValue").Params().Qual("log/slog", "Value").Block(
		jen.Type().Id("plain").Id(typeName).Comment("without this method"),
		jen.Return(jen.Qual("log/slog", "AnyValue").Call(jen.Id("plain").Call(jen.Id("v").Dot("redacted").Call()))),
	)
	g.Line()
	g.Func().Params(jen.Id("v").Id(typeName)).Id("redacted").Params().Id(typeName).BlockFunc(func(g *jen.Group) {
		for _, f := range fields {
			g.Id("v").Dot(f.field).Op("=").Add(f.value)
		}
		g.Return(jen.Id("v"))
	})
	g.Line()
}
