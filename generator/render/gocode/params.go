package gocode

import (
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/twiliogen/twiliogen/generator/bind"
	"github.com/twiliogen/twiliogen/generator/model"
)

// params prints the struct of an operation's parameters and how it is encoded.
func (p *printer) params(g *jen.Group, op *bind.Operation) {
	params := op.Params
	var fields []*bind.Field
	for _, f := range params.Fields {
		fields = append(fields, &f.Field)
	}
	g.Add(comment(params.Doc))
	g.Type().Id(params.Name).StructFunc(func(g *jen.Group) {
		for _, f := range fields {
			p.field(g, f)
		}
		if params.Limit != nil {
			p.field(g, params.Limit)
		}
	})
	p.encode(g, op)
	p.redact(g, params.Name, params.Redact)
}

// encode prints the method that puts the parameters into a request. A nil
// pointer stands for no parameters.
func (p *printer) encode(g *jen.Group, op *bind.Operation) {
	params := op.Params
	g.Func().Params(jen.Id("p").Op("*").Id(params.Name)).Id("encode").Params(jen.Id("r").Op("*").Qual(p.wire, "Request")).BlockFunc(func(g *jen.Group) {
		g.If(jen.Id("p").Op("==").Nil()).Block(jen.Id("p").Op("=").New(jen.Id(params.Name)))
		if len(params.Private) > 0 {
			g.Id("r").Dot("Private").Op("=").Lit(strings.Join(params.Private, "\n"))
		}
		if params.Limit != nil {
			g.Id("r").Dot("Limit").Op("=").Id("p").Dot(params.Limit.Name)
		}
		p.requirements(g, params)
		p.encodeValues(g, params, model.InQuery, "q", "Query")
		p.encodeHeaders(g, params)
		p.encodeBody(g, op)
	})
	g.Line()
}

// requirements checks required parameters whose zero value cannot be meant, and
// that of each group one is there.
func (p *printer) requirements(g *jen.Group, params *bind.Params) {
	for _, f := range params.Fields {
		if set := p.isSet(f); f.Required && set != nil {
			g.Id("r").Dot("Require").Call(jen.Lit(f.Wire), set)
		}
	}
	for _, group := range params.OneOf {
		var set *jen.Statement
		var names []jen.Code
		for _, f := range group {
			names = append(names, jen.Lit(f.Wire))
			if set == nil {
				set = p.isSet(f)
			} else {
				set = set.Op("||").Add(p.isSet(f))
			}
		}
		g.Id("r").Dot("RequireOneOf").Call(append([]jen.Code{set}, names...)...)
	}
}

// isSet is the condition under which a parameter has a value; nil when every
// value can be meant.
func (p *printer) isSet(f *bind.Param) *jen.Statement {
	value := jen.Id("p").Dot(f.Name)
	if f.Pointer {
		return value.Op("!=").Nil()
	}
	switch t := f.Type.(type) {
	case *bind.Scalar:
		switch t.Zero {
		case bind.EmptyText:
			return value.Op("!=").Lit("")
		case bind.EmptyStruct:
			return jen.Op("!").Add(value).Dot("IsZero").Call()
		case bind.ZeroNumber, bind.False:
			return nil
		}
	case *bind.Enum:
		return value.Op("!=").Lit("")
	case *bind.List, *bind.Map:
		if f.In == model.InJSON || f.In == model.InBody {
			return value.Op("!=").Nil()
		}
		return jen.Len(value).Op(">").Lit(0)
	case *bind.Struct:
		return nil
	case *bind.JSON:
		return value.Op("!=").Nil()
	case *bind.Upload:
		return value.Dot("Content").Op("!=").Nil()
	}
	panic(unknown(f.Type))
}

// encodeValues prints the parameters of a query or a form, which a method of the
// request returns.
func (p *printer) encodeValues(g *jen.Group, params *bind.Params, in model.Location, variable, method string) {
	opened := false
	for _, f := range params.Fields {
		if f.In != in {
			continue
		}
		if !opened {
			g.Id(variable).Op(":=").Id("r").Dot(method).Call()
			opened = true
		}
		value := jen.Id("p").Dot(f.Name)
		if f.PageSize {
			g.Id(variable).Dot("PageSize").Call(jen.Lit(f.Wire), value, jen.Id("p").Dot(params.Limit.Name))
			continue
		}
		p.encodeValue(g, jen.Id(variable), f, value)
	}
}

// encodeValue adds one parameter to a query or a form.
func (p *printer) encodeValue(g *jen.Group, to *jen.Statement, f *bind.Param, value *jen.Statement) {
	name := jen.Lit(f.Wire)
	if f.Style == model.Deep {
		g.Add(to).Dot("DeepObject").Call(name, value)
		return
	}
	switch t := f.Type.(type) {
	case *bind.Scalar:
		p.encodeScalar(g, to, f, t, value)
	case *bind.Enum:
		g.Add(to).Dot("Text").Call(name, jen.String().Call(value))
	case *bind.List:
		if sep := separators[f.Style]; sep != "" && p.encodeJoined(g, to, f.Wire, sep, t, value) {
			return
		}
		p.encodeList(g, to, f.Wire, t, value)
	case *bind.Map:
		switch {
		case f.Style == model.Numbered:
			g.Add(to).Dot("Numbered").Call(jen.Lit(t.Prefix), value, jen.Lit(f.MaxItems))
		case t.Prefix != "":
			g.Add(to).Dot("Map").Call(jen.Lit(t.Prefix), value)
		default:
			g.Add(to).Dot("JSON").Call(name, value)
		}
	case *bind.Struct, *bind.JSON:
		g.Add(to).Dot("JSON").Call(name, value)
	case *bind.Upload:
		g.Add(to).Dot("File").Call(name, jen.Lit(t.ContentType), p.wireFile(f.Pointer, value))
	default:
		panic(unknown(t))
	}
}

func (p *printer) encodeScalar(g *jen.Group, to *jen.Statement, f *bind.Param, t *bind.Scalar, value *jen.Statement) {
	if t.Encode.Through == "" {
		if !f.Pointer {
			value = jen.Op("&").Add(value)
		}
		g.Add(to).Dot(t.Encode.Method).Call(jen.Lit(f.Wire), value)
		return
	}
	add := jen.Add(to).Dot(t.Encode.Method).Call(jen.Lit(f.Wire), jen.Add(value).Dot(t.Encode.Through).Call())
	if f.Pointer {
		g.If(jen.Add(value).Op("!=").Nil()).Block(add)
		return
	}
	g.Add(add)
}

// separators are what the styles put between the items of a list.
var separators = map[model.Style]string{model.Commas: ",", model.Spaces: " ", model.Pipes: "|"}

// encodeJoined adds a list of single values as one parameter; false for another
// list.
func (p *printer) encodeJoined(g *jen.Group, to *jen.Statement, name, sep string, t *bind.List, value *jen.Statement) bool {
	switch t.Item.(type) {
	case *bind.Enum, *bind.Scalar:
		value = p.texts(t, value)
	case *bind.Struct, *bind.List, *bind.Map, *bind.JSON, *bind.Upload:
		return false
	}
	g.Add(to).Dot("Joined").Call(jen.Lit(name), jen.Lit(sep), value)
	return true
}

// encodeList adds a list as repeated keys.
func (p *printer) encodeList(g *jen.Group, to *jen.Statement, name string, t *bind.List, value *jen.Statement) {
	switch item := t.Item.(type) {
	case *bind.Scalar:
		if item.Zero == bind.EmptyText {
			g.Add(to).Dot("Strings").Call(jen.Lit(name), value)
			return
		}
		add := jen.Add(to).Dot(item.Encode.Method).Call(jen.Lit(name), jen.Op("&").Id("item"))
		if item.Encode.Through != "" {
			add = jen.Add(to).Dot(item.Encode.Method).Call(jen.Lit(name), jen.Id("item").Dot(item.Encode.Through).Call())
		}
		each(g, value, add)
	case *bind.Enum:
		g.Add(to).Dot("Strings").Call(jen.Lit(name), jen.Qual(p.wire, "Texts").Call(value))
	case *bind.JSON:
		g.Add(to).Dot("JSONList").Call(jen.Lit(name), value)
	case *bind.Struct, *bind.List, *bind.Map:
		each(g, value, jen.Add(to).Dot("JSON").Call(jen.Lit(name), jen.Id("item")))
	case *bind.Upload:
		each(g, value, jen.Add(to).Dot("File").Call(jen.Lit(name), jen.Lit(item.ContentType), p.wireFile(false, jen.Id("item"))))
	}
}

// wireFile is a pointer to a file as package wire has it.
func (p *printer) wireFile(isPointer bool, file *jen.Statement) *jen.Statement {
	if !isPointer {
		file = jen.Op("&").Add(file)
	}
	return jen.Parens(jen.Op("*").Qual(p.wire, "File")).Call(file)
}

// each does something for every item of a list.
func each(g *jen.Group, list, do *jen.Statement) {
	g.For(jen.List(jen.Id("_"), jen.Id("item")).Op(":=").Range().Add(list)).Block(do)
}

func (p *printer) encodeHeaders(g *jen.Group, params *bind.Params) {
	for _, f := range params.Fields {
		if f.In != model.InHeader {
			continue
		}
		send := jen.Id("r").Dot("Header").Call(jen.Lit(f.Wire), p.headerText(f))
		if set := p.isSet(f); set != nil && !f.Required {
			g.If(set).Block(send)
			continue
		}
		g.Add(send)
	}
}

// headerText is a value as the text of a header.
func (p *printer) headerText(f *bind.Param) *jen.Statement {
	value := jen.Id("p").Dot(f.Name)
	if f.Pointer {
		value = jen.Op("*").Add(value)
	}
	switch t := f.Type.(type) {
	case *bind.Scalar:
		if t.Header == (bind.Ident{}) {
			return value
		}
		return p.ident(t.Header).Call(value)
	case *bind.Enum:
		return jen.String().Call(value)
	case *bind.List:
		return jen.Qual("strings", "Join").Call(p.texts(t, value), jen.Lit(","))
	case *bind.Struct, *bind.Map, *bind.JSON, *bind.Upload:
		return jen.Qual(p.wire, "Text").Call(value)
	}
	panic(unknown(f.Type))
}

// texts is a list as a list of texts.
func (p *printer) texts(t *bind.List, list *jen.Statement) *jen.Statement {
	switch item := t.Item.(type) {
	case *bind.Enum:
		return jen.Qual(p.wire, "Texts").Call(list)
	case *bind.Scalar:
		if item.Zero == bind.EmptyText {
			return list
		}
	case *bind.Struct, *bind.List, *bind.Map, *bind.JSON, *bind.Upload:
	}
	return jen.Qual(p.wire, "Formatted").Call(list)
}

// encodeBody prints the body: a form, JSON, or content as it is.
func (p *printer) encodeBody(g *jen.Group, op *bind.Operation) {
	if op.Request.Body == nil {
		return
	}
	switch op.Request.Body.Encoding {
	case model.Form, model.Multipart:
		method := forms[op.Request.Body.Encoding]
		if slices.ContainsFunc(op.Params.Fields, func(f *bind.Param) bool { return f.In == model.InForm }) {
			p.encodeValues(g, op.Params, model.InForm, "f", method)
		} else {
			g.Id("r").Dot(method).Call()
		}
	case model.JSON:
		p.encodeJSON(g, op)
	case model.Raw:
		f := wholeBody(op)
		g.Id("r").Dot("Raw").Call(jen.Lit(op.Request.Body.ContentType), p.wireFile(f.Pointer, jen.Id("p").Dot(f.Name)))
	}
}

// wholeBody is the parameter that is the body; nil when there is none.
func wholeBody(op *bind.Operation) *bind.Param {
	i := slices.IndexFunc(op.Params.Fields, func(f *bind.Param) bool { return f.In == model.InBody })
	if i < 0 {
		return nil
	}
	return op.Params.Fields[i]
}

func (p *printer) encodeJSON(g *jen.Group, op *bind.Operation) {
	contentType := jen.Lit(op.Request.Body.ContentType)
	f := wholeBody(op)
	if f == nil {
		g.Id("r").Dot("JSON").Call(contentType, jen.Id("p"))
		return
	}
	send := jen.Id("r").Dot("JSON").Call(contentType, jen.Id("p").Dot(f.Name))
	if set := p.isSet(f); set != nil && !f.Required {
		g.If(set).Block(send)
		return
	}
	g.Add(send)
}
