package emit

import (
	"fmt"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/twiliogen/twiliogen/generator/model"
)

// method writes the method of an operation; a list has two, List and Page.
func (e *emitter) method(g *jen.Group, op *model.Operation) {
	n := e.names.Operation(op)
	if op.Paging == nil {
		result, call := e.call(op)
		e.methodFunc(g, op, n.Method, e.methodDoc(op), result, call)
		return
	}
	item := e.goType(op.Paging.Item, false)
	list := "Every page is fetched when it is needed, none before the first step. An error is yielded once and ends the iteration."
	e.methodFunc(g, op, n.Method, append([]string{sentence(e.about(op, n.Method+" iterates over all records.")), list}, e.methodNotes(op)...),
		jen.Qual("iter", "Seq2").Types(jen.Op("*").Add(item), jen.Error()),
		jen.Qual(e.twilio, "CallList").Call(jen.Id("ctx"), jen.Id("c").Dot("client"), jen.Id("r"), e.decodeFunc(op.Paging.Item), jen.Id("params").Dot("limit").Call(), jen.Id("opts")))
	e.methodFunc(g, op, n.Page, append([]string{
		fmt.Sprintf("%s fetches one page of what [%s.%s] iterates over; Next of the page fetches the one that follows. The limit of params does not end a page early.",
			n.Page, e.names.Resource(op.Resource).Client, n.Method)}, e.methodNotes(op)...),
		jen.Params(jen.Op("*").Qual(e.twilio, "Page").Types(item), jen.Error()),
		jen.Qual(e.twilio, "CallPage").Call(jen.Id("ctx"), jen.Id("c").Dot("client"), jen.Id("r"), e.decodeFunc(op.Paging.Item), jen.Id("opts")))
}

// call is the result type of a method and the call that it ends with.
func (e *emitter) call(op *model.Operation) (result, call *jen.Statement) {
	if op.Response.Type == nil {
		return jen.Error(), jen.Id("c").Dot("client").Dot("Call").Call(jen.Id("ctx"), jen.Id("r"), jen.Id("opts"))
	}
	return jen.Params(jen.Op("*").Add(e.goType(op.Response.Type, false)), jen.Error()),
		jen.Qual(e.twilio, "CallObject").Call(jen.Id("ctx"), jen.Id("c").Dot("client"), jen.Id("r"), e.decodeFunc(op.Response.Type), jen.Id("opts"))
}

// methodFunc writes one method: it builds a request and hands it to the client.
func (e *emitter) methodFunc(g *jen.Group, op *model.Operation, name string, doc []string, result, call *jen.Statement) {
	resource, n := e.names.Resource(op.Resource), e.names.Operation(op)
	g.Add(e.doc(doc...))
	g.Func().Params(jen.Id("c").Op("*").Id(resource.Client)).Id(name).ParamsFunc(func(g *jen.Group) {
		g.Id("ctx").Qual("context", "Context")
		for i, arg := range n.Args {
			p := g.Id(arg)
			if i == len(n.Args)-1 {
				p.String()
			}
		}
		if n.Params != "" {
			g.Id("params").Op("*").Id(n.Params)
		}
		g.Id("opts").Op("...").Qual(e.twilio, "RequestOption")
	}).Add(result).BlockFunc(func(g *jen.Group) {
		operation := fmt.Sprintf("%s: %s.%s", e.names.Package, resource.Field, name)
		g.Id("r").Op(":=").Qual(e.wire, "NewRequest").Call(jen.Lit(operation), methodConst(op.Method), e.server(op), jen.Lit(op.Path))
		e.requestSettings(g, op)
		e.pathArgs(g, op)
		if n.Params != "" {
			g.Id("params").Dot("encode").Call(jen.Id("r"))
		}
		g.Return(call)
	})
	g.Line()
}

// requestSettings sets what differs from an ordinary request.
func (e *emitter) requestSettings(g *jen.Group, op *model.Operation) {
	const standard = "application/json"
	if t := op.Response.ContentType; t != "" && t != standard {
		g.Id("r").Dot("Accept").Op("=").Lit(t)
	}
	if op.NoAuth {
		g.Id("r").Dot("NoAuth").Op("=").True()
	}
	if op.Paging != nil && op.Paging.Records != "" {
		g.Id("r").Dot("PageKey").Op("=").Lit(op.Paging.Records)
	}
	if e.api.Standards != "" && !strings.HasPrefix(e.api.Standards, "v0") {
		g.Id("r").Dot("Header").Call(jen.Lit("X-Twilio-ApiVersion"), jen.Lit(e.api.Standards))
	}
}

func (e *emitter) pathArgs(g *jen.Group, op *model.Operation) {
	args := e.names.Operation(op).Args
	for _, p := range op.PathParams {
		if p.In == model.InAccount {
			g.Id("r").Dot("PathAccount").Call(jen.Lit(p.Name))
			continue
		}
		arg := jen.Id(args[0])
		args = args[1:]
		if s, ok := p.Type.(*model.Scalar); ok && s.SIDPrefix != "" {
			g.Id("r").Dot("PathSID").Call(jen.Lit(p.Name), arg, jen.Lit(s.SIDPrefix))
			continue
		}
		g.Id("r").Dot("PathArg").Call(jen.Lit(p.Name), arg)
	}
}

// server is the constant of the package, or the operation's own.
func (e *emitter) server(op *model.Operation) *jen.Statement {
	if op.Server == e.api.Server {
		return jen.Id("server")
	}
	return jen.Lit(op.Server)
}

// methodConst is net/http's constant for a method.
func methodConst(method string) *jen.Statement {
	return jen.Qual("net/http", "Method"+method[:1]+strings.ToLower(method[1:]))
}

// about is an operation's description as the beginning of its method's comment.
func (e *emitter) about(op *model.Operation, otherwise string) string {
	if op.Description == "" {
		return otherwise
	}
	name := e.names.Operation(op).Method
	first, _, _ := strings.Cut(op.Description, " ")
	if verb, ok := strings.CutSuffix(first, "s"); ok && strings.EqualFold(verb, name) {
		return name + "s" + op.Description[len(first):]
	}
	return name + ": " + op.Description
}

// methodDoc is the comment of a method that is no list.
func (e *emitter) methodDoc(op *model.Operation) []string {
	n := e.names.Operation(op)
	otherwise := fmt.Sprintf("%s calls the operation %s.", n.Method, op.ID)
	return append([]string{e.about(op, otherwise)}, e.methodNotes(op)...)
}

// methodNotes tell what the arguments are and where the request goes.
func (e *emitter) methodNotes(op *model.Operation) []string {
	var notes []string
	if text := e.argNotes(op); text != "" {
		notes = append(notes, text)
	}
	for _, group := range op.Conditional {
		notes = append(notes, "At least one of "+strings.Join(e.paramNames(op, group), " and ")+" is needed.")
	}
	notes = append(notes, op.Method+" "+op.Path)
	if op.Deprecated {
		notes = append(notes, "Deprecated: Twilio advises against its use.")
	}
	return notes
}

// argNotes describes the path arguments, one a line.
func (e *emitter) argNotes(op *model.Operation) string {
	var b strings.Builder
	args := e.names.Operation(op).Args
	for _, p := range op.PathParams {
		if p.In == model.InAccount {
			continue
		}
		fmt.Fprintf(&b, "- %s: %s\n", args[0], strings.ReplaceAll(sentence(p.Description), "\n", " "))
		args = args[1:]
	}
	return b.String()
}

// paramNames are the field names of parameters.
func (e *emitter) paramNames(op *model.Operation, names []string) []string {
	var out []string
	for i, p := range op.Params {
		for _, name := range names {
			if p.Name == name {
				out = append(out, e.names.Operation(op).Fields[i])
			}
		}
	}
	return out
}
