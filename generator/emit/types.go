package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/twiliogen/twiliogen/generator/model"
)

// goType is the Go type of a value.
func (e *emitter) goType(t model.Type, sent bool) *jen.Statement {
	switch t := t.(type) {
	case *model.Scalar:
		return e.scalarType(t)
	case *model.Enum, *model.Object:
		return jen.Id(e.names.Type(t))
	case *model.List:
		return jen.Index().Add(e.goType(t.Item, sent))
	case *model.Map:
		return jen.Map(jen.String()).Add(e.goType(t.Value, sent))
	}
	if sent {
		return jen.Any()
	}
	return jen.Qual("encoding/json", "RawMessage")
}

func (e *emitter) scalarType(t *model.Scalar) *jen.Statement {
	switch t.Kind {
	case model.Integer:
		return jen.Int()
	case model.Long:
		return jen.Int64()
	case model.Number:
		return jen.Float64()
	case model.Boolean:
		return jen.Bool()
	case model.DateTime:
		return jen.Qual("time", "Time")
	case model.Date:
		return jen.Qual(e.twilio, "Date")
	}
	return jen.String()
}

// receivedType is the type of a field of an answer: a plain value. Only a
// number or boolean that may be null is a pointer, since zero means something
// else there, and an object that contains itself.
func (e *emitter) receivedType(o *model.Object, f *model.Field) *jen.Statement {
	if nullablePointer(f) || recursive(o, f) {
		return jen.Op("*").Add(e.goType(f.Type, false))
	}
	return e.goType(f.Type, false)
}

func nullablePointer(f *model.Field) bool {
	s, ok := f.Type.(*model.Scalar)
	if !ok || !f.Nullable {
		return false
	}
	switch s.Kind {
	case model.Integer, model.Long, model.Number, model.Boolean:
		return true
	}
	return false
}

// sentType is the type of a parameter or of a field of a body: optional values
// whose zero could be meant are pointers.
func (e *emitter) sentType(f *model.Field) *jen.Statement {
	if sentPointer(f) {
		return jen.Op("*").Add(e.goType(f.Type, true))
	}
	return e.goType(f.Type, true)
}

func sentPointer(f *model.Field) bool {
	if f.Required {
		return false
	}
	switch f.Type.(type) {
	case *model.Scalar, *model.Object:
		return true
	}
	return false
}

// recursive reports whether a field of o leads back to o without a list or a
// map in between, which a Go struct cannot hold.
func recursive(o *model.Object, f *model.Field) bool {
	inner, ok := f.Type.(*model.Object)
	if !ok {
		return false
	}
	seen := map[*model.Object]bool{}
	var leads func(*model.Object) bool
	leads = func(at *model.Object) bool {
		if at == o {
			return true
		}
		if seen[at] {
			return false
		}
		seen[at] = true
		for _, f := range at.Fields {
			if next, ok := f.Type.(*model.Object); ok && leads(next) {
				return true
			}
		}
		return false
	}
	return leads(inner)
}

// isTime reports whether a value is a point in time or a date: what
// encoding/json would write even when it is zero.
func isTime(t model.Type) bool {
	s, ok := t.(*model.Scalar)
	return ok && (s.Kind == model.DateTime || s.Kind == model.Date)
}

// decodeValue is the expression that reads a value from d.
func (e *emitter) decodeValue(t model.Type) *jen.Statement {
	switch t := t.(type) {
	case *model.Scalar:
		if t.Kind == model.Date {
			return jen.Qual(e.twilio, "DecodeDate").Call(jen.Id("d"))
		}
		return jen.Id("d").Dot(kindMethod(t.Kind)).Call()
	case *model.Enum:
		return jen.Id(e.names.Type(t)).Call(jen.Id("d").Dot("String").Call())
	case *model.Object:
		return jen.Id(e.decodeName(t)).Call(jen.Id("d"))
	case *model.List:
		return jen.Qual(e.wire, "List").Call(jen.Id("d"), e.decodeFunc(t.Item))
	case *model.Map:
		return jen.Qual(e.wire, "Map").Call(jen.Id("d"), e.decodeFunc(t.Value))
	}
	return jen.Id("d").Dot("Raw").Call()
}

// decodeFunc is the function that reads a value: a method of the decoder or a
// generated function where there is one.
func (e *emitter) decodeFunc(t model.Type) *jen.Statement {
	method := "Raw"
	switch t := t.(type) {
	case *model.Scalar:
		if t.Kind == model.Date {
			return jen.Qual(e.twilio, "DecodeDate")
		}
		method = kindMethod(t.Kind)
	case *model.Object:
		return jen.Id(e.decodeName(t))
	case *model.Enum, *model.List, *model.Map:
		return jen.Func().Params(jen.Id("d").Op("*").Qual(e.wire, "Decoder")).Add(e.goType(t, false)).Block(jen.Return(e.decodeValue(t)))
	}
	return jen.Parens(jen.Op("*").Qual(e.wire, "Decoder")).Dot(method)
}

// resultFunc is the function that reads what a call returns: a pointer, since
// the compiler makes one copy of the runtime's generic functions for all
// pointers, but one for every struct.
func (e *emitter) resultFunc(t model.Type) *jen.Statement {
	if o, ok := t.(*model.Object); ok {
		return jen.Id(e.newName(o))
	}
	return jen.Func().Params(jen.Id("d").Op("*").Qual(e.wire, "Decoder")).Op("*").Add(e.goType(t, false)).Block(
		jen.Id("v").Op(":=").Add(e.decodeValue(t)),
		jen.Return(jen.Op("&").Id("v")),
	)
}

func (e *emitter) newName(o *model.Object) string { return "new" + e.names.Type(o) }

func (e *emitter) decodeName(o *model.Object) string { return "decode" + e.names.Type(o) }

// kindMethod is the method of the runtime for a kind of scalar: Decoder reads with
// it, Values writes.
func kindMethod(k model.Kind) string {
	switch k {
	case model.Integer:
		return "Int"
	case model.Long:
		return "Int64"
	case model.Number:
		return "Float"
	case model.Boolean:
		return "Bool"
	case model.DateTime:
		return "Time"
	}
	return "String"
}
