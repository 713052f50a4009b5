package emit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/twiliogen/twiliogen/generator/model"
)

// params writes the struct of an operation's parameters and how it is encoded.
func (e *emitter) params(g *jen.Group, op *model.Operation) {
	n := e.names.Operation(op)
	if n.Params == "" {
		return
	}
	g.Add(e.doc(e.paramsDoc(op)...))
	g.Type().Id(n.Params).StructFunc(func(g *jen.Group) {
		for i, p := range op.Params {
			g.Add(e.doc(e.paramDoc(op, p)))
			g.Id(n.Fields[i]).Add(e.paramType(op, p)).Tag(map[string]string{"json": paramTag(op, p)})
		}
		if op.Paging != nil {
			g.Add(e.doc(limitDoc(op)))
			g.Id("Limit").Int().Tag(map[string]string{"json": limitTag(op)})
		}
	})
	e.encode(g, op)
	if op.Paging != nil {
		g.Func().Params(jen.Id("p").Op("*").Id(n.Params)).Id("limit").Params().Int().Block(
			jen.If(jen.Id("p").Op("==").Nil()).Block(jen.Return(jen.Lit(0))),
			jen.Return(jen.Id("p").Dot("Limit")),
		)
		g.Line()
	}
	e.logValue(g, n.Params, e.paramRedactions(op))
}

func (e *emitter) paramsDoc(op *model.Operation) []string {
	n := e.names.Operation(op)
	client := e.names.Resource(op.Resource).Client
	methods := fmt.Sprintf("[%s.%s]", client, n.Method)
	if n.Page != "" {
		methods += fmt.Sprintf(" and [%s.%s]", client, n.Page)
	}
	text := fmt.Sprintf("%s are the parameters of %s. ", n.Params, methods)
	if slices.ContainsFunc(op.Params, func(p *model.Param) bool { return p.Required }) {
		return []string{text + "Optional fields that are nil, or zero where they are no pointers, are not sent."}
	}
	return []string{text + "Params that are nil, and fields left at their zero value, are not sent."}
}

// isPageSize picks out the one parameter of a list that is a plain number.
func isPageSize(op *model.Operation, p *model.Param) bool {
	return op.Paging != nil && p.In == model.InQuery && strings.EqualFold(strings.ReplaceAll(p.Name, "_", ""), "PageSize")
}

func (e *emitter) paramDoc(op *model.Operation, p *model.Param) string {
	text := e.fieldDoc(&p.Field, true)
	if isPageSize(op, p) {
		text = sentence(text) + " 0: Twilio's default."
	}
	return text
}

func (e *emitter) paramType(op *model.Operation, p *model.Param) *jen.Statement {
	if isPageSize(op, p) {
		return jen.Int()
	}
	return e.sentType(&p.Field)
}

// paramTag names a parameter as on the wire. Beside a JSON body, the struct's
// own JSON is that body, and what travels elsewhere stays out of it.
func paramTag(op *model.Operation, p *model.Param) string {
	if op.Body != nil && op.Body.JSON && p.In != model.InJSON {
		return "-"
	}
	if p.Required && !isPageSize(op, p) {
		return tagName(p.Name)
	}
	return p.Name + ",omitempty"
}

func limitDoc(op *model.Operation) string {
	if slices.ContainsFunc(op.Params, func(p *model.Param) bool { return isPageSize(op, p) }) {
		return "The most records that the iteration yields; it also bounds the page size. 0: no limit."
	}
	return "The most records that the iteration yields. 0: no limit."
}

// limitTag names the limit, which never travels, unless the document has a
// parameter of that name.
func limitTag(op *model.Operation) string {
	for _, p := range op.Params {
		if p.Name == "Limit" {
			return "-"
		}
	}
	return "Limit,omitempty"
}

// encode writes the method that puts the parameters into a request. A nil
// pointer stands for no parameters.
func (e *emitter) encode(g *jen.Group, op *model.Operation) {
	n := e.names.Operation(op)
	g.Func().Params(jen.Id("p").Op("*").Id(n.Params)).Id("encode").Params(jen.Id("r").Op("*").Qual(e.wire, "Request")).BlockFunc(func(g *jen.Group) {
		g.If(jen.Id("p").Op("==").Nil()).Block(jen.Id("p").Op("=").New(jen.Id(n.Params)))
		for i, p := range op.Params {
			e.require(g, n.Fields[i], p)
		}
		e.conditions(g, op)
		e.encodeValues(g, op, model.InQuery, "Query")
		e.encodeHeaders(g, op)
		e.encodeBody(g, op)
	})
	g.Line()
}

// require checks a required parameter whose zero value cannot be meant.
func (e *emitter) require(g *jen.Group, name string, p *model.Param) {
	if !p.Required {
		return
	}
	if set := e.isSet(name, p); set != nil {
		g.Id("r").Dot("Require").Call(jen.Lit(p.Name), set)
	}
}

// isSet is the condition under which a parameter has a value; nil when every
// value can be meant.
func (e *emitter) isSet(name string, p *model.Param) *jen.Statement {
	value := jen.Id("p").Dot(name)
	if sentPointer(&p.Field) {
		return value.Op("!=").Nil()
	}
	switch t := p.Type.(type) {
	case *model.Scalar:
		switch t.Kind {
		case model.String:
			return value.Op("!=").Lit("")
		case model.DateTime, model.Date:
			return jen.Op("!").Add(value).Dot("IsZero").Call()
		}
		return nil
	case *model.Enum:
		return value.Op("!=").Lit("")
	case *model.List, *model.Map:
		if p.In == model.InJSON || p.In == model.InBody {
			return value.Op("!=").Nil()
		}
		return jen.Len(value).Op(">").Lit(0)
	case *model.Object:
		return nil
	}
	return value.Op("!=").Nil()
}

// conditions checks that of each group of parameters one is there.
func (e *emitter) conditions(g *jen.Group, op *model.Operation) {
	for _, group := range op.Conditional {
		var set *jen.Statement
		var names []jen.Code
		for i, p := range op.Params {
			if !slices.Contains(group, p.Name) {
				continue
			}
			one := e.isSet(e.names.Operation(op).Fields[i], p)
			names = append(names, jen.Lit(p.Name))
			if set == nil {
				set = one
			} else {
				set = set.Op("||").Add(one)
			}
		}
		g.Id("r").Dot("RequireOneOf").Call(append([]jen.Code{set}, names...)...)
	}
}

// encodeValues writes the parameters of a query or a form.
func (e *emitter) encodeValues(g *jen.Group, op *model.Operation, in model.Location, values string) {
	variable := strings.ToLower(values[:1])
	opened := false
	for i, p := range op.Params {
		if p.In != in {
			continue
		}
		if !opened {
			g.Id(variable).Op(":=").Id("r").Dot(values).Call()
			opened = true
		}
		if isPageSize(op, p) {
			g.Id(variable).Dot("PageSize").Call(jen.Lit(p.Name), jen.Id("p").Dot("PageSize"), jen.Id("p").Dot("Limit"))
			continue
		}
		e.encodeValue(g, jen.Id(variable), p, jen.Id("p").Dot(e.names.Operation(op).Fields[i]))
	}
}

// encodeValue adds one parameter to a query or a form.
func (e *emitter) encodeValue(g *jen.Group, to *jen.Statement, p *model.Param, value *jen.Statement) {
	name := jen.Lit(p.Name)
	if p.Style == model.Deep {
		g.Add(to).Dot("DeepObject").Call(name, value)
		return
	}
	switch t := p.Type.(type) {
	case *model.Scalar:
		e.encodeScalar(g, to, p, t, value)
	case *model.Enum:
		g.Add(to).Dot("Text").Call(name, jen.String().Call(value))
	case *model.List:
		if sep := separators[p.Style]; sep != "" && e.encodeJoined(g, to, p.Name, sep, t, value) {
			return
		}
		e.encodeList(g, to, p.Name, t, value)
	case *model.Map:
		if t.Prefix != "" {
			g.Add(to).Dot("Map").Call(jen.Lit(t.Prefix), value)
			return
		}
		g.Add(to).Dot("JSON").Call(name, value)
	default:
		g.Add(to).Dot("JSON").Call(name, value)
	}
}

func (e *emitter) encodeScalar(g *jen.Group, to *jen.Statement, p *model.Param, t *model.Scalar, value *jen.Statement) {
	pointer := sentPointer(&p.Field)
	if t.Kind == model.Date {
		add := jen.Add(to).Dot("Add").Call(jen.Lit(p.Name), jen.Add(value).Dot("String").Call())
		if pointer {
			g.If(jen.Add(value).Op("!=").Nil()).Block(add)
			return
		}
		g.Add(add)
		return
	}
	if !pointer {
		value = jen.Op("&").Add(value)
	}
	g.Add(to).Dot(kindMethod(t.Kind)).Call(jen.Lit(p.Name), value)
}

// separators are what the styles put between the items of a list.
var separators = map[model.Style]string{model.Commas: ",", model.Spaces: " ", model.Pipes: "|"}

// encodeJoined adds a list of single values as one parameter; false for another
// list.
func (e *emitter) encodeJoined(g *jen.Group, to *jen.Statement, name, sep string, t *model.List, value *jen.Statement) bool {
	switch item := t.Item.(type) {
	case *model.Enum:
		value = jen.Qual(e.wire, "Texts").Call(value)
	case *model.Scalar:
		if item.Kind != model.String {
			value = jen.Qual(e.wire, "Formatted").Call(value)
		}
	default:
		return false
	}
	g.Add(to).Dot("Joined").Call(jen.Lit(name), jen.Lit(sep), value)
	return true
}

// encodeList adds a list as repeated keys.
func (e *emitter) encodeList(g *jen.Group, to *jen.Statement, name string, t *model.List, value *jen.Statement) {
	switch item := t.Item.(type) {
	case *model.Scalar:
		if item.Kind == model.String {
			g.Add(to).Dot("Strings").Call(jen.Lit(name), value)
			return
		}
		e.encodeItems(g, to, name, item, value)
	case *model.Enum:
		g.Add(to).Dot("Strings").Call(jen.Lit(name), jen.Qual(e.wire, "Texts").Call(value))
	case *model.Free, *model.Union:
		g.Add(to).Dot("JSONList").Call(jen.Lit(name), value)
	default:
		g.For(jen.List(jen.Id("_"), jen.Id("item")).Op(":=").Range().Add(value)).Block(
			jen.Add(to).Dot("JSON").Call(jen.Lit(name), jen.Id("item")),
		)
	}
}

func (e *emitter) encodeItems(g *jen.Group, to *jen.Statement, name string, item *model.Scalar, value *jen.Statement) {
	add := jen.Add(to).Dot(kindMethod(item.Kind)).Call(jen.Lit(name), jen.Op("&").Id("item"))
	if item.Kind == model.Date {
		add = jen.Add(to).Dot("Add").Call(jen.Lit(name), jen.Id("item").Dot("String").Call())
	}
	g.For(jen.List(jen.Id("_"), jen.Id("item")).Op(":=").Range().Add(value)).Block(add)
}

func (e *emitter) encodeHeaders(g *jen.Group, op *model.Operation) {
	for i, p := range op.Params {
		if p.In != model.InHeader {
			continue
		}
		field := e.names.Operation(op).Fields[i]
		send := jen.Id("r").Dot("Header").Call(jen.Lit(p.Name), e.headerText(p, jen.Id("p").Dot(field)))
		if set := e.isSet(field, p); set != nil && !p.Required {
			g.If(set).Block(send)
			continue
		}
		g.Add(send)
	}
}

// headerText is a value as the text of a header.
func (e *emitter) headerText(p *model.Param, value *jen.Statement) *jen.Statement {
	if sentPointer(&p.Field) {
		value = jen.Op("*").Add(value)
	}
	s, ok := p.Type.(*model.Scalar)
	switch {
	case !ok || s.Kind == model.String:
		if _, isEnum := p.Type.(*model.Enum); isEnum {
			return jen.String().Call(value)
		}
		if ok {
			return value
		}
	case s.Kind == model.DateTime:
		return jen.Qual(e.wire, "FormatTime").Call(value)
	}
	return jen.Qual("fmt", "Sprint").Call(value)
}

// encodeBody writes the form or the JSON body.
func (e *emitter) encodeBody(g *jen.Group, op *model.Operation) {
	switch {
	case op.Body == nil:
	case !op.Body.JSON:
		if !slices.ContainsFunc(op.Params, func(p *model.Param) bool { return p.In == model.InForm }) {
			g.Id("r").Dot("Form").Call()
			return
		}
		e.encodeValues(g, op, model.InForm, "Form")
	default:
		e.encodeJSON(g, op)
	}
}

func (e *emitter) encodeJSON(g *jen.Group, op *model.Operation) {
	for i, p := range op.Params {
		if p.In != model.InBody {
			continue
		}
		field := e.names.Operation(op).Fields[i]
		send := jen.Id("r").Dot("JSON").Call(jen.Lit(op.Body.ContentType), jen.Id("p").Dot(field))
		if set := e.isSet(field, p); set != nil && !p.Required {
			g.If(set).Block(send)
			return
		}
		g.Add(send)
		return
	}
	g.Id("r").Dot("JSON").Call(jen.Lit(op.Body.ContentType), jen.Id("p"))
}

func (e *emitter) paramRedactions(op *model.Operation) []redaction {
	var out []redaction
	for i, p := range op.Params {
		if r, ok := e.redact(e.names.Operation(op).Fields[i], &p.Field, sentPointer(&p.Field)); ok {
			out = append(out, r)
		}
	}
	return out
}
