package gocode

import (
	"strings"
	"testing"

	"github.com/dave/jennifer/jen"

	"github.com/twiliogen/twiliogen/generator/bind"
	"github.com/twiliogen/twiliogen/generator/model"
)

// everyType has one value of each kind of type, and each kind of scalar.
func everyType() []bind.Type {
	text := bind.ScalarOf(model.String)
	types := []bind.Type{
		&bind.Enum{Name: "E", List: "EValues"}, &bind.Struct{Name: "S", New: "newS"},
		&bind.List{Item: text}, &bind.Map{Value: text}, &bind.JSON{}, &bind.JSON{Sent: true}, &bind.Upload{},
	}
	for k := range model.Kinds {
		types = append(types, bind.ScalarOf(k))
	}
	return types
}

// What is printed of a type is printed of every kind: a switch that does not
// know one panics.
func TestEveryTypeIsPrinted(t *testing.T) {
	p := &printer{pkg: &bind.Package{Name: "p", Path: "example.com/p", Root: "example.com"}}
	for _, typ := range everyType() {
		for _, pointer := range []bool{true, false} {
			f := &bind.Param{Field: bind.Field{Name: "F", Wire: "f", Type: typ, Pointer: pointer}}
			printed := map[string]*jen.Statement{
				"type":   jen.Var().Id("x").Add(p.fieldType(&f.Field)),
				"header": jen.Id("x").Op("=").Add(p.headerText(f)),
			}
			if _, onlySent := typ.(*bind.Upload); !onlySent {
				printed["decoder"] = jen.Id("x").Op("=").Add(p.decoder(typ))
				printed["decode"] = jen.Id("x").Op("=").Add(p.decode(typ))
				printed["result"] = jen.Id("x").Op("=").Add(p.constructor(typ))
			}
			for what, printed := range printed {
				if strings.HasSuffix(printed.GoString(), "= ") {
					t.Errorf("%T has no %s", typ, what)
				}
			}
			_ = p.isSet(f) // nil where every value can be meant
			p.encodeValue(jen.NewFile("p").Group, jen.Id("q"), f, jen.Id("x"))
		}
	}
}
