package bind

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/twiliogen/twiliogen/generator/model"
	"github.com/twiliogen/twiliogen/generator/prose"
	"github.com/twiliogen/twiliogen/specs"
)

// usage is the code of the package comment: a client, and the call that the
// product is for.
func (b *binder) usage() prose.Code {
	lines := prose.Code{
		"client, err := twilio.NewClient(twilio.FromEnv())",
		"if err != nil {",
		"\treturn err",
		"}",
		b.pkg.Variable + " := " + b.pkg.Name + ".New(client)",
	}
	op := b.mainOperation()
	if op == nil {
		return lines
	}
	r := b.resources[op.Resource]
	bound := r.Operations[slices.Index(op.Resource.Operations, op)]
	call := fmt.Sprintf("%s.%s.%s(%s", b.pkg.Variable, r.Field, bound.Methods[0].Name, strings.Join(b.usageArgs(bound), ", "))
	return append(lines, b.usageCall(op, bound, call)...)
}

// usageCall is a call with the parameters that it cannot do without.
func (b *binder) usageCall(op *model.Operation, bound *Operation, call string) []string {
	result := b.names.Variable(op.Resource)
	if result == b.pkg.Variable || slices.ContainsFunc(bound.Args, func(a *Arg) bool { return a.Name == result }) {
		result = "result"
	}
	switch bound.Methods[0].Kind {
	case Lists:
		return []string{fmt.Sprintf("for %s, err := range %s, nil) {", result, call), "\tif err != nil {", "\t\treturn err", "\t}", "\tfmt.Println(" + result + ")", "}"}
	case Does:
		result = "err ="
	case Returns, Pages:
		result += ", err :="
	}
	values := exampleValues(op, bound.Params)
	switch {
	case bound.Params == nil:
		return []string{result + " " + call + ")"}
	case len(values) == 0:
		return []string{result + " " + call + ", nil)"}
	}
	lines := []string{fmt.Sprintf("%s %s, &%s.%s{", result, call, b.pkg.Name, bound.Params.Name)}
	longest := 0
	for _, v := range values {
		longest = max(longest, len(v.Field.Name))
	}
	for _, v := range values {
		lines = append(lines, fmt.Sprintf("\t%-*s %s,", longest+1, v.Field.Name+":", b.usageValue(v)))
	}
	return append(lines, "})")
}

func (b *binder) usageArgs(op *Operation) []string {
	args := []string{"ctx"}
	for _, a := range op.Args {
		if a.Name != "" {
			args = append(args, a.Name)
		}
	}
	return args
}

// usageValue is the value of a parameter in code, or a place to put it.
func (b *binder) usageValue(v FieldValue) string {
	code := "nil"
	switch t := v.Field.Type.(type) {
	case *Enum:
		for _, c := range t.Values {
			if c.Value == v.Value {
				code = b.pkg.Name + "." + c.Name
			}
		}
	case *Scalar:
		switch text, isText := v.Value.(string); {
		case isText && t.Zero == EmptyText:
			code = strconv.Quote(text)
		case t.Zero.meant():
			code = fmt.Sprint(v.Value)
		case t.Kind == model.DateTime:
			code = "time.Now()"
		case t.Kind == model.Date:
			code = "twilio.Date{Year: 2026, Month: time.January, Day: 2}"
		}
	case *Struct:
		code = b.pkg.Name + "." + t.Name + "{}"
	case *Upload:
		code = "twilio.File{Content: file}"
	case *List, *Map, *JSON:
	}
	if v.Field.Pointer {
		return "twilio.Ptr(" + code + ")"
	}
	return code
}

// mainOperation is the call that the product is for: the one that is known, or
// else the one that makes something with the fewest arguments and the most
// parameters.
func (b *binder) mainOperation() *model.Operation {
	known := specs.MainOperation(b.api.Product, b.api.Revision)
	var best *model.Operation
	for _, r := range b.api.Resources {
		for _, op := range r.Operations {
			if op.ID == known {
				return op
			}
			if best == nil || b.weight(op) > b.weight(best) {
				best = op
			}
		}
	}
	return best
}

// weight orders operations by how much a reader learns from them.
func (b *binder) weight(op *model.Operation) int {
	verb := map[string]int{"Create": 3, "Fetch": 2, "List": 1}[op.Verb]
	args := len(b.names.Operation(op).Args)
	return verb*1_000_000 - args*1_000 + len(op.Params)
}
