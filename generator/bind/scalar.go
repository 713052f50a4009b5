package bind

import (
	"github.com/twiliogen/twiliogen/generator/model"
	"github.com/twiliogen/twiliogen/generator/sample"
)

// Scalar is a single value. What is known of its kind stands in scalarKinds.
type Scalar struct {
	*scalarKind
	Kind model.Kind
}

// ScalarOf is the type of a kind of scalar.
func ScalarOf(k model.Kind) *Scalar { return &Scalar{&scalarKinds[k], k} }

// scalarKind is all that is known of a kind of scalar.
type scalarKind struct {
	Go     Ident  // the type
	Zero   Zero   // what the zero value is
	Decode Decode // how it is read
	Encode Encode // how it is written to a query or a form
	Header Ident  // the function that gives its text for a header; none for a text
	Sample func(*model.Field, *model.Scalar) any
}

// Ident is a name of a package. The package of a builtin is "".
type Ident struct{ Package, Name string }

// The packages that identifiers of the table are in, other than those of the
// standard library: where they are depends on the output folder.
const (
	Twilio = "twilio" // the runtime
	Wire   = "wire"   // its internal half
)

// Decode says how a value is read.
type Decode struct {
	Method  string // of wire.Decoder
	Convert bool   // the method returns another type, which is converted to the value's own
}

// Zero says what the zero value of a kind is and whether it can be told from one
// that was set.
type Zero int

// The zero values.
const (
	EmptyText   Zero = iota + 1 // "": not set
	ZeroNumber                  // 0: a real value
	False                       // false: a real value
	EmptyStruct                 // T{}: not set, as IsZero tells; encoding/json writes it all the same
)

// meant reports whether the zero value is a value like any other.
func (z Zero) meant() bool { return z == ZeroNumber || z == False }

// Encode says how a query or a form takes a value.
type Encode struct {
	Method  string // of wire.Values; it takes a pointer, and nil is not sent
	Through string // a method of the value that gives its text, which is then added; "" when Method is enough
}

func builtin(name string) Ident        { return Ident{"", name} }
func decoderMethod(name string) Decode { return Decode{Method: name} }
func valuesMethod(name string) Encode  { return Encode{Method: name} }

// printed gives a value's text with fmt.Sprint.
var printed = Ident{"fmt", "Sprint"}

// scalarKinds has a row for every kind. TestScalarKinds fails for one that is
// missing or lacks something.
var scalarKinds = [model.Kinds]scalarKind{
	model.String:   {builtin("string"), EmptyText, decoderMethod("String"), valuesMethod("String"), Ident{}, sample.Text},
	model.Integer:  {builtin("int"), ZeroNumber, decoderMethod("Int"), valuesMethod("Int"), printed, sample.Number},
	model.Long:     {builtin("int64"), ZeroNumber, decoderMethod("Int64"), valuesMethod("Int64"), printed, sample.Number},
	model.Number:   {builtin("float64"), ZeroNumber, decoderMethod("Float"), valuesMethod("Float"), printed, sample.Number},
	model.Boolean:  {builtin("bool"), False, decoderMethod("Bool"), valuesMethod("Bool"), printed, sample.Bool},
	model.DateTime: {Ident{"time", "Time"}, EmptyStruct, decoderMethod("Time"), valuesMethod("Time"), Ident{Wire, "FormatTime"}, sample.Time},
	model.Date:     {Ident{Twilio, "Date"}, EmptyStruct, Decode{Method: "Date", Convert: true}, Encode{Method: "Add", Through: "String"}, printed, sample.Date},
}
