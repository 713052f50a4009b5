package bind

import (
	"fmt"
	"slices"
	"strings"

	"github.com/twiliogen/twiliogen/generator/model"
	"github.com/twiliogen/twiliogen/generator/prose"
)

// methodDoc is the comment of a method that is no list.
func (b *binder) methodDoc(op *model.Operation) prose.Doc {
	otherwise := fmt.Sprintf("%s calls the operation %s.", b.names.Operation(op).Method, op.ID)
	return prose.Join(b.about(op, otherwise), b.methodNotes(op))
}

func (b *binder) listDoc(op *model.Operation) prose.Doc {
	return prose.Join(
		b.about(op, b.names.Operation(op).Method+" iterates over all records."),
		says("Every page is fetched when it is needed, none before the first step. An error is yielded once and ends the iteration."),
		b.methodNotes(op))
}

func (b *binder) pageDoc(op *model.Operation) prose.Doc {
	n := b.names.Operation(op)
	return prose.Join(
		says("%s fetches one page of what [%s.%s] iterates over; Next of the page fetches the one that follows. The limit of params does not end a page early.",
			n.Page, b.names.Resource(op.Resource).Client, n.Method),
		b.methodNotes(op))
}

// about is an operation's description as the beginning of its method's comment:
// a sentence whose subject is the method.
func (b *binder) about(op *model.Operation, otherwise string) prose.Doc {
	description := strings.TrimSpace(op.Description)
	if description == "" {
		return prose.Says(otherwise)
	}
	return b.text(b.names.Operation(op).Method + prose.Predicate(description)).Sentence()
}

// methodNotes tell what the arguments are and where the request goes.
func (b *binder) methodNotes(op *model.Operation) prose.Doc {
	notes := b.argNotes(op)
	for _, group := range op.Conditional {
		notes = prose.Join(notes, says("At least one of %s is needed.", prose.Enumerate(b.paramNames(op, group))))
	}
	notes = prose.Join(notes, prose.Doc{prose.Paragraph{prose.Text(op.Method + " " + op.Path)}})
	if op.Deprecated && !strings.Contains(op.Description, "Deprecated:") {
		notes = prose.Join(notes, deprecated())
	}
	return notes
}

func deprecated() prose.Doc { return says("Deprecated: Twilio advises against its use.") }

// argNotes describes the path arguments, one a line.
func (b *binder) argNotes(op *model.Operation) prose.Doc {
	var lines strings.Builder
	args := b.names.Operation(op).Args
	for _, p := range op.PathParams {
		if p.In == model.InAccount {
			continue
		}
		fmt.Fprintf(&lines, "- %s: %s\n", args[0], strings.ReplaceAll(prose.Sentence(p.Description), "\n", " "))
		args = args[1:]
	}
	return b.text(lines.String())
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
		return about.Then(says("Optional fields that are nil, or zero where they are no pointers, are not sent."))
	}
	return about.Then(says("Params that are nil, and fields left at their zero value, are not sent."))
}

func pageSizeDoc(doc prose.Doc) prose.Doc {
	return doc.Sentence().Then(says("0: Twilio's default."))
}

func limitDoc(params *Params) prose.Doc {
	if slices.ContainsFunc(params.Fields, func(p *Param) bool { return p.PageSize }) {
		return says("The most records that the iteration yields; it also bounds the page size. 0: no limit.")
	}
	return says("The most records that the iteration yields. 0: no limit.")
}
