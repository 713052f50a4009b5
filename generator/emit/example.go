package emit

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/twiliogen/twiliogen/generator/model"
)

// exampleFile writes a runnable example for each resource. They run against a
// canned answer, so that they need no network and no account.
func (e *emitter) exampleFile() *jen.File {
	f := e.newFile(e.names.Package + "_test")
	e.exampleTransport(f.Group)
	for _, r := range e.api.Resources {
		for _, op := range exampleOperations(r) {
			e.example(f.Group, op)
		}
	}
	return f
}

// exampleOperations are the list of a resource, and the first operation that is
// no list.
func exampleOperations(r *model.Resource) []*model.Operation {
	var single, list *model.Operation
	for _, op := range r.Operations {
		switch {
		case op.Paging != nil && list == nil:
			list = op
		case op.Paging == nil && single == nil:
			single = op
		}
	}
	var out []*model.Operation
	for _, op := range []*model.Operation{single, list} {
		if op != nil {
			out = append(out, op)
		}
	}
	return out
}

// exampleTransport writes the canned answer and the client on top of it.
func (e *emitter) exampleTransport(g *jen.Group) {
	g.Add(e.doc("answer is a transport that gives one answer, so that the examples run without a network."))
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
	g.Add(e.doc("newClient returns a client of this API for the examples. A program calls twilio.NewClient(twilio.FromEnv()) instead."))
	g.Func().Id("newClient").Params(jen.Id("a").Id("answer")).Op("*").Qual(e.path, "Client").Block(
		jen.List(jen.Id("client"), jen.Err()).Op(":=").Qual(e.twilio, "NewClient").Custom(
			jen.Options{Open: "(", Close: ")", Separator: ",", Multi: true},
			jen.Qual(e.twilio, "WithCredentials").Call(jen.Qual(e.twilio, e.credentials()).Call(jen.Lit(sampleSID("AC")), jen.Lit("token"))),
			jen.Qual(e.twilio, "WithHTTPClient").Call(jen.Op("&").Qual("net/http", "Client").Values(jen.Dict{jen.Id("Transport"): jen.Id("a")})),
		),
		jen.If(jen.Err().Op("!=").Nil()).Block(jen.Qual("log", "Fatal").Call(jen.Err())),
		jen.Return(jen.Qual(e.path, "New").Call(jen.Id("client"))),
	)
	g.Line()
}

// credentials is the function that makes credentials which all operations
// take.
func (e *emitter) credentials() string {
	for _, r := range e.api.Resources {
		for _, op := range r.Operations {
			if op.Auth == model.TokenAuth {
				return "AccessToken"
			}
		}
	}
	return "AuthToken"
}

// example writes the example of one operation.
func (e *emitter) example(g *jen.Group, op *model.Operation) {
	resource, n := e.names.Resource(op.Resource), e.names.Operation(op)
	name := fmt.Sprintf("Example%s_%s", resource.Client, n.Method)
	api := e.variable()
	result := e.sampleResult(op)
	call := func(first ...jen.Code) *jen.Statement {
		return jen.Id(api).Dot(resource.Field).Dot(n.Method).Call(append(first, e.sampleArgs(op)...)...)
	}
	g.Func().Id(name).Params().BlockFunc(func(g *jen.Group) {
		ctx := jen.Qual("context", "Background").Call()
		g.Id(api).Op(":=").Id("newClient").Call(literal(result.answer))
		fail := jen.If(jen.Err().Op("!=").Nil()).Block(jen.Qual("log", "Fatal").Call(jen.Err()))
		switch {
		case op.Paging != nil:
			g.For(jen.List(jen.Id("v"), jen.Err()).Op(":=").Range().Add(call(ctx))).Block(fail, printed(result.print))
		case op.Response.Type != nil:
			g.List(jen.Id("v"), jen.Err()).Op(":=").Add(call(ctx))
			g.Add(fail)
			g.Add(printed(result.print))
		default:
			g.If(jen.Err().Op(":=").Add(call(ctx)), jen.Err().Op("!=").Nil()).Block(jen.Qual("log", "Fatal").Call(jen.Err()))
			g.Qual("fmt", "Println").Call(jen.Lit("done"))
		}
		g.Comment("// Output: " + result.output)
	})
	g.Line()
}

func printed(what *jen.Statement) *jen.Statement { return jen.Qual("fmt", "Println").Call(what) }

// literal writes JSON in back quotes where it can.
func literal(s string) *jen.Statement {
	if strings.Contains(s, "`") {
		return jen.Lit(s)
	}
	return jen.Op("`" + s + "`")
}

// sample is what an example is answered and what it prints.
type sample struct {
	answer string
	print  *jen.Statement
	output string
}

// sampleResult makes an answer with one field, and prints that.
func (e *emitter) sampleResult(op *model.Operation) sample {
	if op.Response.Type == nil && op.Paging == nil {
		return sample{output: "done"}
	}
	t := op.Response.Type
	if op.Paging != nil {
		t = op.Paging.Item
	}
	s := sample{answer: "{}", print: jen.Lit("done"), output: "done"}
	if o, ok := t.(*model.Object); ok {
		if name, value, text := e.sampleField(o); name != "" {
			i := fieldIndex(o, name)
			key, _ := json.Marshal(name)
			s = sample{answer: fmt.Sprintf("{%s: %s}", key, value), print: jen.Id("v").Dot(e.names.Fields(o)[i]), output: text}
		} else {
			s.print = jen.Id("v").Op("!=").Nil()
			s.output = "true"
		}
	} else {
		s.answer, s.print, s.output = sampleJSON(t), jen.Id("v").Op("!=").Nil(), "true"
	}
	if op.Paging == nil {
		return s
	}
	if op.Paging.Records == "" {
		s.answer = "[" + s.answer + "]"
		return s
	}
	key, _ := json.Marshal(op.Paging.Records)
	s.answer = fmt.Sprintf(`{%s: [%s]}`, key, s.answer)
	return s
}

// sampleField chooses the field that an example shows: the SID, or else the
// first text.
func (e *emitter) sampleField(o *model.Object) (name, value, text string) {
	for _, f := range o.Fields {
		s, ok := f.Type.(*model.Scalar)
		if !ok || s.Kind != model.String {
			continue
		}
		v := sampleText(f, s)
		quoted, _ := json.Marshal(v)
		return f.Name, string(quoted), v
	}
	return "", "", ""
}

func fieldIndex(o *model.Object, name string) int {
	for i, f := range o.Fields {
		if f.Name == name {
			return i
		}
	}
	return -1
}

// sampleJSON is an answer that is no object.
func sampleJSON(t model.Type) string {
	switch t := t.(type) {
	case *model.Scalar:
		switch t.Kind {
		case model.Boolean:
			return "true"
		case model.Integer, model.Long, model.Number:
			return "1"
		}
		return `"text"`
	case *model.List:
		return "[" + sampleJSON(t.Item) + "]"
	case *model.Enum:
		return `"text"`
	}
	return "{}"
}

// sampleArgs are the arguments of an example: the path, and the parameters that
// are required.
func (e *emitter) sampleArgs(op *model.Operation) []jen.Code {
	n := e.names.Operation(op)
	var args []jen.Code
	for _, p := range op.PathParams {
		if p.In != model.InAccount {
			s, _ := p.Type.(*model.Scalar)
			args = append(args, jen.Lit(sampleText(&p.Field, s)))
		}
	}
	if n.Params == "" {
		return args
	}
	values := jen.Dict{}
	needed := func(name string) bool {
		for _, group := range op.Conditional {
			if name == group[0] {
				return true
			}
		}
		return false
	}
	for i, p := range op.Params {
		if p.Required && !isPageSize(op, p) || needed(p.Name) {
			if v := e.sampleValue(&p.Field); v != nil {
				values[jen.Id(n.Fields[i])] = v
			}
		}
	}
	if len(values) == 0 {
		return append(args, jen.Nil())
	}
	return append(args, jen.Op("&").Qual(e.path, n.Params).Values(values))
}

// sampleValue is a value for a parameter; nil where its zero value will do.
func (e *emitter) sampleValue(f *model.Field) *jen.Statement {
	v := e.sampleOf(f, f.Type)
	if v != nil && sentPointer(f) {
		return jen.Qual(e.twilio, "Ptr").Call(v)
	}
	return v
}

func (e *emitter) sampleOf(f *model.Field, t model.Type) *jen.Statement {
	switch t := t.(type) {
	case *model.Scalar:
		switch t.Kind {
		case model.String:
			return jen.Lit(sampleText(f, t))
		case model.DateTime:
			return jen.Qual("time", "Date").Call(jen.Lit(2026), jen.Qual("time", "January"), jen.Lit(2), jen.Lit(15), jen.Lit(4), jen.Lit(5), jen.Lit(0), jen.Qual("time", "UTC"))
		case model.Date:
			return jen.Qual(e.twilio, "Date").Values(jen.Dict{jen.Id("Year"): jen.Lit(2026), jen.Id("Month"): jen.Qual("time", "January"), jen.Id("Day"): jen.Lit(2)})
		case model.Boolean:
			return jen.True()
		}
		return jen.Lit(1)
	case *model.Enum:
		if len(t.Values) == 0 {
			return jen.Lit("value")
		}
		return jen.Qual(e.path, e.names.Constants(t)[0])
	case *model.Object:
		return e.qualified(t).Values()
	case *model.List:
		if item := e.sampleOf(f, t.Item); item != nil {
			return jen.Index().Add(e.qualified(t.Item)).Values(item)
		}
	case *model.Map:
		if value := e.sampleOf(f, t.Value); value != nil {
			return jen.Map(jen.String()).Add(e.qualified(t.Value)).Values(jen.Dict{jen.Lit("key"): value})
		}
	}
	return jen.Map(jen.String()).Any().Values(jen.Dict{jen.Lit("key"): jen.Lit("value")})
}

// qualified is goType as the test package sees it.
func (e *emitter) qualified(t model.Type) *jen.Statement {
	switch t := t.(type) {
	case *model.Enum, *model.Object:
		return jen.Qual(e.path, e.names.Type(t))
	case *model.List:
		return jen.Index().Add(e.qualified(t.Item))
	case *model.Map:
		return jen.Map(jen.String()).Add(e.qualified(t.Value))
	}
	return e.goType(t, true)
}

// sampleText is a text as the field's format and name suggest.
func sampleText(f *model.Field, s *model.Scalar) string {
	name := strings.ToLower(strings.ReplaceAll(f.Name, "_", ""))
	switch {
	case s != nil && s.SIDPrefix != "":
		return sampleSID(s.SIDPrefix)
	case s != nil && s.Format == "uri", strings.HasSuffix(name, "url"):
		return "https://example.com/hook"
	case s != nil && s.Format == "phone-number", name == "to", name == "from", name == "identifier", strings.HasSuffix(name, "phonenumber"):
		return "+14155550100"
	case s != nil && s.Format == "http-method":
		return "POST"
	case strings.HasSuffix(name, "body"):
		return "Hello"
	case strings.HasSuffix(name, "name"):
		return "example"
	}
	return "value"
}

// sampleSID is a SID that is plainly nobody's.
func sampleSID(prefix string) string { return prefix + strings.Repeat("0", 31) + "1" }
