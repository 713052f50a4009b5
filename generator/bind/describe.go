package bind

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/twiliogen/twiliogen/generator/bind/naming"
	"github.com/twiliogen/twiliogen/generator/english"
	"github.com/twiliogen/twiliogen/generator/model"
	"github.com/twiliogen/twiliogen/generator/prose"
)

// scope is what a description can mean by a name or a value.
type scope struct {
	fields map[string]string // the Go name of each field beside it, by plain wire name
	enum   *model.Enum       // the values that it may have; nil: it is no enum
	values map[string]string // the constant of each value that only one of the fields can have
	plain  bool              // its values are numbers or booleans, which need no quotes
}

// plainName compares names as people read them: MediaUrl is media_url.
func plainName(name string) string {
	return strings.ToLower(unseparated.Replace(name))
}

var unseparated = strings.NewReplacer("_", "", "-", "")

// fieldScope is the scope of the fields of one struct.
func fieldScope(wire, names []string) scope {
	s := scope{fields: map[string]string{}}
	for i, w := range wire {
		s.fields[plainName(w)] = names[i]
	}
	return s
}

// objectScope is what the descriptions of an object's fields can mean.
func (b *binder) objectScope(o *model.Object) scope {
	if s, ok := b.scopes[o]; ok {
		return s
	}
	var wire []string
	for _, f := range o.Fields {
		wire = append(wire, f.Name)
	}
	s := fieldScope(wire, b.names.Fields(o))
	b.scopes[o] = s
	return s
}

// paramScope is what the descriptions of an operation and its parameters can
// mean.
func (b *binder) paramScope(op *model.Operation) scope {
	var wire []string
	for _, p := range op.Params {
		wire = append(wire, p.Name)
	}
	return fieldScope(wire, b.names.Operation(op).Fields)
}

// operationScope is what the description of an operation can mean: the names of
// its parameters, and the values that only one of them can have.
func (b *binder) operationScope(op *model.Operation) scope {
	s := b.paramScope(op)
	s.values = map[string]string{}
	for _, p := range op.Params {
		e := enumOf(p.Type)
		if e == nil {
			continue
		}
		for i, value := range e.Values {
			constant := b.names.Constants(e)[i]
			if other, ok := s.values[value]; ok && other != constant {
				constant = "" // either may be meant
			}
			s.values[value] = constant
		}
	}
	maps.DeleteFunc(s.values, func(_, constant string) bool { return constant == "" })
	return s
}

// describe reads a description and writes it for somebody who knows the Go
// names: those of fields, and those of values.
func (b *binder) describe(description string, s scope) prose.Description {
	d := b.read(description)
	if len(s.fields) == 0 && s.enum == nil && !s.plain {
		return d
	}
	renamed := false
	d.Doc = d.Doc.Map(func(span prose.Span) prose.Paragraph {
		if p := b.renameSpan(span, s); p != nil {
			renamed = true
			return p
		}
		return prose.Paragraph{span}
	})
	if renamed {
		d.Doc = d.Doc.Map(fixArticles)
	}
	return d
}

// read takes a description apart. Many stand in a document again and again.
func (b *binder) read(description string) prose.Description {
	if description == "" {
		return prose.Description{}
	}
	d, known := b.descriptions[description]
	if !known {
		d = prose.Read(description, func(name string) bool { return b.linked[name] })
		b.descriptions[description] = d
	}
	return d
}

// renameSpan is a span with Go names; nil when it has none.
func (b *binder) renameSpan(span prose.Span, s scope) prose.Paragraph {
	switch span := span.(type) {
	case prose.Literal:
		if known := b.meant(string(span), s); known != nil {
			return prose.Paragraph{known}
		}
	case prose.Text:
		switch {
		case s.enum != nil:
			return b.rename(string(span), wireNameOrValue, s)
		case mayName(string(span)):
			return b.rename(string(span), wireName, s)
		}
	case prose.Link, prose.Ref:
	}
	return nil
}

// mayName reports whether a text can have a name on the wire in it: most have
// none, and this is quicker than to look for one.
func mayName(text string) bool {
	small := false
	for _, c := range []byte(text) {
		if c == '_' || c == '"' || small && 'A' <= c && c <= 'Z' {
			return true
		}
		small = 'a' <= c && c <= 'z' || '0' <= c && c <= '9'
	}
	return false
}

// meant is what a literal of a description stands for in Go; nil: itself.
func (b *binder) meant(literal string, s scope) prose.Span {
	if s.enum != nil {
		if i := slices.Index(s.enum.Values, literal); i >= 0 {
			return prose.Ref(b.names.Constants(s.enum)[i])
		}
	}
	if constant, ok := s.values[literal]; ok {
		return prose.Ref(constant)
	}
	if name, ok := s.fields[plainName(literal)]; ok {
		return prose.Text(name)
	}
	if s.plain && value.MatchString(literal) {
		return prose.Text(literal)
	}
	return nil
}

// wireName finds what can only be a name on the wire or a quoted word.
var wireName = regexp.MustCompile(`\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b|\b(?:[A-Z][a-z0-9]+){2,}\b|"[\w-]+"`)

// value is a number or a boolean.
var value = regexp.MustCompile(`^(?:true|false|-?[0-9.,]+)$`)

// wireNameOrValue also finds what may be a value of the field's own enum: words in
// the quotes of people or in capitals.
var wireNameOrValue = regexp.MustCompile(wireName.String() + `|['‘“][\w-]+['’”]|\b[A-Z][A-Z0-9_]{2,}\b`)

// rename replaces what a pattern finds in plain text by what it means in Go.
func (b *binder) rename(text string, pattern *regexp.Regexp, s scope) prose.Paragraph {
	var p prose.Paragraph
	for {
		at := pattern.FindStringIndex(text)
		if at == nil {
			return append(p, prose.Text(text))
		}
		before, word := text[:at[0]], text[at[0]:at[1]]
		if known := b.meant(strings.Trim(word, "\"'‘’“”"), s); known != nil {
			p = append(p, prose.Text(before), known)
		} else {
			p = append(p, prose.Text(before+word))
		}
		text = text[at[1]:]
	}
}

// article is an indefinite article before a name.
var article = regexp.MustCompile(`\b([Aa])n? ([A-Z]\w*)`)

// fixArticles gives Go names the article that they are read with.
func fixArticles(span prose.Span) prose.Paragraph {
	text, ok := span.(prose.Text)
	if !ok {
		return prose.Paragraph{span}
	}
	return prose.Paragraph{prose.Text(article.ReplaceAllStringFunc(string(text), func(found string) string {
		m := article.FindStringSubmatch(found)
		return m[1] + english.Article(m[2])[1:] + " " + m[2]
	}))}
}

// phrase is a name as words in a sentence: "date_sent" is "date sent".
func phrase(name string) string { return naming.Phrase(name) }
