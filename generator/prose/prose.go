// Package prose turns descriptions into documents: paragraphs, lists and code
// made of text, literals, links and references. It reads the Markdown and HTML
// of the documents and knows nothing of Go, godoc or HTML output, so that a
// comment and a page of a reference say the same.
package prose

import "strings"

// Doc is a text: its blocks in their order.
type Doc []Block

// Block is a part of a text. It is closed: Paragraph, List, Code, Addresses and
// Deprecated are all there are.
type Block interface{ block() }

// Paragraph is running text.
type Paragraph []Span

// List is a sequence of items.
type List []Item

// Item is one entry of a list.
type Item struct {
	Number string // "1"; "" for a bullet
	Text   Paragraph
}

// Code is lines of a program, as they stand.
type Code []string

// Addresses are where there is more to read.
type Addresses []string

// Deprecated says why the thing should not be used any more.
type Deprecated Paragraph

func (Paragraph) block()  {}
func (List) block()       {}
func (Code) block()       {}
func (Addresses) block()  {}
func (Deprecated) block() {}

// Span is a piece of running text. It is closed: Text, Literal, Link and Ref
// are all there are.
type Span interface{ span() }

// Text is plain text.
type Text string

// Literal is text to be taken literally: a value, a name on the wire.
type Literal string

// Link leads out of the documentation.
type Link struct{ Label, URL string }

// Ref leads to something of the package, or of the runtime, by its Go name:
// "Session", "SessionClient.Fetch", "twilio.Client".
type Ref string

func (Text) span()    {}
func (Literal) span() {}
func (Link) span()    {}
func (Ref) span()     {}

// Join puts texts one after another, each beginning a block of its own.
func Join(docs ...Doc) Doc {
	var all Doc
	for _, d := range docs {
		all = append(all, d...)
	}
	return all
}

// Says reads a sentence of the generator's own. A name in brackets is a
// reference: "Its parent is [Service]."
func Says(text string) Doc {
	if text == "" {
		return nil
	}
	var p Paragraph
	for {
		before, rest, open := strings.Cut(text, "[")
		name, after, closed := strings.Cut(rest, "]")
		if !open || !closed {
			return Doc{append(p, textSpan(text)...)}
		}
		p = append(append(p, textSpan(before)...), Ref(name))
		text = after
	}
}

func textSpan(s string) Paragraph {
	if s == "" {
		return nil
	}
	return Paragraph{Text(s)}
}

// Then continues the last paragraph of a text with another, or begins a new
// block where the text does not end in a single paragraph.
func (d Doc) Then(more Doc) Doc {
	if len(d) == 0 || len(more) == 0 {
		return Join(d, more)
	}
	last, isText := d[len(d)-1].(Paragraph)
	first, continues := more[0].(Paragraph)
	if !isText || !continues || len(d) > 1 {
		return Join(d, more)
	}
	return Join(d[:len(d)-1], Doc{joined([]Paragraph{last, first})}, more[1:])
}

// Sentence ends a text with a full stop, so that more can follow it. A text that
// ends in a list or in code stays as it is.
func (d Doc) Sentence() Doc {
	if len(d) == 0 {
		return d
	}
	last, ok := d[len(d)-1].(Paragraph)
	if !ok || ends(last) {
		return d
	}
	return append(append(Doc{}, d[:len(d)-1]...), append(Paragraph{}, last...).add(Text(".")))
}

// ends reports whether a paragraph is whole: nothing, or closed by a mark.
func ends(p Paragraph) bool {
	text := strings.TrimSpace(p.Plain())
	return text == "" || strings.ContainsAny(text[len(text)-1:], ".!?:")
}

// Plain is the text of a paragraph without what its spans mean.
func (p Paragraph) Plain() string {
	var b strings.Builder
	for _, s := range p {
		b.WriteString(plain(s))
	}
	return b.String()
}

func plain(s Span) string {
	switch s := s.(type) {
	case Text:
		return string(s)
	case Literal:
		return string(s)
	case Link:
		return s.Label
	case Ref:
		return string(s)
	}
	panic("prose: a span that nobody reads")
}
