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
	e.methodFunc(g, op, n.Method, append([]string{e.about(op, n.Method+" iterates over all records."), list}, e.methodNotes(op)...),
		jen.Qual("iter", "Seq2").Types(jen.Op("*").Add(item), jen.Error()),
		jen.Qual(e.twilio, "CallList").Call(jen.Id("ctx"), jen.Id("c").Dot("client"), jen.Id("r"), e.resultFunc(op.Paging.Item), jen.Id("params").Dot("limit").Call(), jen.Id("opts")))
	e.methodFunc(g, op, n.Page, append([]string{
		fmt.Sprintf("%s fetches one page of what [%s.%s] iterates over; Next of the page fetches the one that follows. The limit of params does not end a page early.",
			n.Page, e.names.Resource(op.Resource).Client, n.Method)}, e.methodNotes(op)...),
		jen.Params(jen.Op("*").Qual(e.twilio, "Page").Types(jen.Op("*").Add(item)), jen.Error()),
		jen.Qual(e.twilio, "CallPage").Call(jen.Id("ctx"), jen.Id("c").Dot("client"), jen.Id("r"), e.resultFunc(op.Paging.Item), jen.Id("opts")))
}

// call is the result type of a method and the call that it ends with.
func (e *emitter) call(op *model.Operation) (result, call *jen.Statement) {
	if op.Response.Type == nil {
		return jen.Error(), jen.Id("c").Dot("client").Dot("Call").Call(jen.Id("ctx"), jen.Id("r"), jen.Id("opts"))
	}
	return jen.Params(jen.Op("*").Add(e.goType(op.Response.Type, false)), jen.Error()),
		jen.Qual(e.twilio, "CallObject").Call(jen.Id("ctx"), jen.Id("c").Dot("client"), jen.Id("r"), e.resultFunc(op.Response.Type), jen.Id("opts"))
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
		switch {
		case n.Params != "":
			g.Id("params").Dot("encode").Call(jen.Id("r"))
		case op.Body != nil && !op.Body.JSON:
			g.Id("r").Dot("Form").Call()
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
	switch op.Auth {
	case model.NoAuth:
		g.Id("r").Dot("NoAuth").Op("=").True()
	case model.TokenAuth:
		g.Id("r").Dot("TokenAuth").Op("=").True()
	}
	if op.Paging != nil && op.Paging.Records != "" {
		g.Id("r").Dot("PageKey").Op("=").Lit(op.Paging.Records)
	}
	if op.Paging != nil && op.Paging.Token != "" {
		g.Id("r").Dot("TokenKey").Op("=").Lit(op.Paging.Token)
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

// about is an operation's description as the beginning of its method's comment:
// a sentence whose subject is the method.
func (e *emitter) about(op *model.Operation, otherwise string) string {
	if strings.TrimSpace(op.Description) == "" {
		return otherwise
	}
	return sentence(e.names.Operation(op).Method + predicate(strings.TrimSpace(op.Description)))
}

// predicate continues a sentence that begins with a method's name: "Fetch a
// specific Session" and "Fetches a specific Session" both read "fetches a
// specific Session". What begins with no verb follows a colon.
func predicate(description string) string {
	first, rest, _ := strings.Cut(description, " ")
	word := strings.ToLower(first)
	switch {
	case verbs[word]:
		return " " + thirdPerson(word) + " " + rest
	case strings.HasSuffix(word, "ly"), isThirdPerson(word):
		return " " + word + " " + rest
	}
	return ": " + description
}

// verbs are what descriptions of operations begin with.
var verbs = func() map[string]bool {
	m := map[string]bool{}
	for _, v := range strings.Fields(`accept activate add allow answer approve archive assign associate attach cancel change check clear close complete
		configure confirm connect create deactivate delete detach disable disconnect dissociate download edit enable end execute fetch finish
		find generate get give initiate insert install issue join list look make mark migrate modify move open pause perform
		place play post provide purge query read record redact refresh register reject release remove replace request resend reset resolve
		reserve resume retrieve return revoke run search send set start stop submit sync take terminate test trigger unassign unregister update upgrade
		upload use validate verify view`) {
		m[v] = true
	}
	return m
}()

func thirdPerson(verb string) string {
	for _, ending := range []string{"s", "sh", "ch", "x", "z"} {
		if strings.HasSuffix(verb, ending) {
			return verb + "es"
		}
	}
	if stem, ok := strings.CutSuffix(verb, "y"); ok && !strings.ContainsAny(stem[max(0, len(stem)-1):], "aeiou") {
		return stem + "ies"
	}
	return verb + "s"
}

func isThirdPerson(word string) bool {
	for v := range verbs {
		if thirdPerson(v) == word {
			return true
		}
	}
	return false
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
		notes = append(notes, "At least one of "+enumerate(e.paramNames(op, group))+" is needed.")
	}
	notes = append(notes, op.Method+" "+op.Path)
	if op.Deprecated && !strings.Contains(op.Description, "Deprecated:") {
		notes = append(notes, "Deprecated: Twilio advises against its use.")
	}
	return notes
}

// enumerate joins names as a sentence does: "A, B and C".
func enumerate(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
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
