package bind

import (
	"fmt"
	"slices"
	"strings"

	"github.com/twiliogen/twiliogen/generator/english"
	"github.com/twiliogen/twiliogen/generator/model"
	"github.com/twiliogen/twiliogen/generator/prose"
	"github.com/twiliogen/twiliogen/generator/words"
	"github.com/twiliogen/twiliogen/specs"
)

// methodDoc is the comment of a method that is no list.
func (b *binder) methodDoc(op *model.Operation) prose.Doc {
	return b.about(op).Comment(nil).Insert(b.methodNotes(op)...)
}

func (b *binder) listDoc(op *model.Operation) prose.Doc {
	notes := append([]prose.Doc{
		says("It fetches each page when the loop gets there, and none before the first step. An error is yielded once and ends the loop."),
	}, b.methodNotes(op)...)
	return b.about(op).Comment(nil).Insert(notes...)
}

func (b *binder) pageDoc(op *model.Operation) prose.Doc {
	n := b.names.Operation(op)
	about := says("%s fetches one page of what [%s.%s] iterates over. Next of the page fetches the one that follows; Limit does not shorten a page.",
		n.Page, b.names.Resource(op.Resource).Client, n.Method)
	d := prose.Description{Doc: about, Deprecated: b.about(op).Deprecated}
	return d.Comment(nil).Insert(b.methodNotes(op)...)
}

// about is an operation's description as the beginning of its method's comment:
// a sentence whose subject is the method.
func (b *binder) about(op *model.Operation) prose.Description {
	method := b.names.Operation(op).Method
	d := b.describe(op.Description, b.operationScope(op))
	d.Doc = prose.Does(method, d.Doc, b.deed(op))
	d.Doc = d.Doc.Sentence()
	if len(d.Deprecated) == 0 {
		d.Deprecated = b.deprecated(op.Resource)
	}
	if op.Deprecated && len(d.Deprecated) == 0 {
		d.Deprecated = unreasoned
	}
	return d
}

// deed is what a method does, by its verb, where the document does not say.
func (b *binder) deed(op *model.Operation) prose.Doc {
	method, r := b.names.Operation(op).Method, b.names.Resource(op.Resource)
	one := english.Article(r.Name) + " " + b.typeName(op.Resource)
	switch op.Verb {
	case "Create":
		return says("%s creates %s.", method, one)
	case "Fetch":
		return says("%s fetches %s.", method, one)
	case "Update":
		return says("%s changes %s.", method, one)
	case "Delete":
		return says("%s deletes %s.", method, one)
	case "List":
		if op.Resource.Parent != nil {
			parent := b.names.Resource(op.Resource.Parent)
			return says("%s lists each %s of %s %s.", method, b.typeName(op.Resource), english.Article(parent.Name), b.typeName(op.Resource.Parent))
		}
		return says("%s lists each %s.", method, b.typeName(op.Resource))
	}
	if verb := english.LowerFirst(op.Verb); english.IsVerb(verb) {
		return says("%s %s %s.", method, english.ThirdPerson(verb), one)
	}
	return says("%s is a request about %s.", method, one)
}

// methodNotes tell what the arguments are and where the request goes.
func (b *binder) methodNotes(op *model.Operation) []prose.Doc {
	notes := []prose.Doc{b.argNotes(op)}
	for _, group := range op.Conditional {
		notes = append(notes, says("At least one of %s is needed.", english.Enumerate(b.paramNames(op, group))))
	}
	if billed := b.billedFor(op); len(billed) > 0 {
		notes = append(notes, says("With %s it costs money, and is not sent again after it may have been answered.", english.Either(b.paramNames(op, billed))))
	}
	if streams(op) {
		notes = append(notes, streamNote(op))
	}
	return append(notes, prose.Doc{prose.Paragraph{prose.Text(op.Method + " " + op.Path)}})
}

// billedFor are the parameters for which a read costs money.
func (b *binder) billedFor(op *model.Operation) []string {
	return specs.BilledFor(b.api.Product, b.api.Revision, op.ID)
}

// streamNote tells what a stream has.
func streamNote(op *model.Operation) prose.Doc {
	what := "The answer is a stream"
	if types := op.Response.ContentType; !strings.Contains(types, "*") {
		what += " (" + types + ")"
	}
	return says("%s, which the caller must close; see [twilio.Stream].", what)
}

// argNotes describes the path arguments, one a line.
func (b *binder) argNotes(op *model.Operation) prose.Doc {
	var list prose.List
	args := b.names.Operation(op).Args
	for _, p := range op.PathParams {
		if p.In == model.InAccount {
			continue
		}
		item := prose.Paragraph{prose.Text(args[0] + ": ")}
		args = args[1:]
		about := b.describe(strings.ReplaceAll(p.Description, "\n", " "), scope{}).Doc
		if len(about) == 0 {
			about = prose.Plainly(argText(phrase(p.Name)))
		}
		if text, ok := about.Sentence()[0].(prose.Paragraph); ok {
			item = append(item, text...)
		}
		list = append(list, prose.Item{Text: item})
	}
	if len(list) == 0 {
		return nil
	}
	return prose.Doc{list}
}

// argText is what can be said of a path argument by its name.
func argText(what string) string {
	if of, ok := strings.CutSuffix(what, " SID"); ok {
		return "SID of the " + of
	}
	return words.UpperFirst(what)
}

// paramNames are the field names of parameters.
func (b *binder) paramNames(op *model.Operation, names []string) []string {
	var out []string
	for i, p := range op.Params {
		if slices.Contains(names, p.Name) {
			out = append(out, b.names.Operation(op).Fields[i])
		}
	}
	return out
}

func (b *binder) paramsDoc(op *model.Operation) prose.Doc {
	n := b.names.Operation(op)
	client := b.names.Resource(op.Resource).Client
	methods := fmt.Sprintf("[%s.%s]", client, n.Method)
	if n.Page != "" {
		methods += fmt.Sprintf(" and [%s.%s]", client, n.Page)
	}
	about := says("%s are the parameters of %s.", n.Params, methods)
	if slices.ContainsFunc(op.Params, func(p *model.Param) bool { return p.Required }) {
		return about.Then(says("Optional fields are not sent while they are nil, or zero if they are not pointers."))
	}
	return about.Then(says("Nil is fine, and fields left at their zero value are not sent."))
}

func pageSizeDoc(doc prose.Doc) prose.Doc {
	return doc.Sentence().Then(says("0 means Twilio's default."))
}

func limitDoc(params *Params) prose.Doc {
	doc := says("The most records to iterate over. 0 means no limit.")
	if slices.ContainsFunc(params.Fields, func(p *Param) bool { return p.PageSize }) {
		doc = says("The most records to iterate over; pages are no larger than that either. 0 means no limit.")
	}
	for _, p := range params.Fields {
		if plainName(p.Wire) == "limit" {
			return doc.Then(says("It is not sent: the API's own parameter is %s.", p.Name))
		}
	}
	return doc
}
