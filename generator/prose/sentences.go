package prose

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentences splits running text where one sentence ends and the next begins.
func (p Paragraph) Sentences() []Paragraph {
	var all []Paragraph
	var current Paragraph
	end := func() {
		if len(current) > 0 {
			all = append(all, current)
			current = nil
		}
	}
	for i, s := range p {
		text, isText := s.(Text)
		if !isText {
			current = append(current, s)
			continue
		}
		parts := splitSentences(string(text), i+1 < len(p))
		for j, part := range parts {
			if j > 0 {
				end()
			}
			current = append(current, textSpan(part)...)
		}
	}
	end()
	return all
}

var boundary = regexp.MustCompile(`[.!?]["')\]]*\s+`)

// splitSentences splits plain text. What follows it may be a sentence's first
// word as well.
func splitSentences(text string, more bool) []string {
	var parts []string
	start := 0
	for _, at := range boundary.FindAllStringIndex(text, -1) {
		next, _ := utf8.DecodeRuneInString(text[at[1]:])
		begins := unicode.IsUpper(next) || unicode.IsDigit(next) || at[1] == len(text) && more
		if begins && !abbreviated(text[start:at[0]]) {
			parts = append(parts, strings.TrimRight(text[start:at[1]], " "))
			start = at[1]
		}
	}
	return append(parts, text[start:])
}

// abbreviated reports whether the full stop after a text ends no sentence.
func abbreviated(text string) bool {
	last := text[strings.LastIndexAny(text, " (\u00a0")+1:]
	return slices.Contains([]string{"e.g", "i.e", "etc", "vs", "approx", "incl", "No"}, last)
}

// joined puts sentences together again.
func joined(sentences []Paragraph) Paragraph {
	var p Paragraph
	for i, s := range sentences {
		if i > 0 {
			p = p.add(Text(" "))
		}
		p = p.add(s...)
	}
	return p
}

// add appends spans. Text after text is one span, so that sentences are found
// in it.
func (p Paragraph) add(spans ...Span) Paragraph {
	for _, s := range spans {
		text, isText := s.(Text)
		if n := len(p); isText && n > 0 {
			if before, ok := p[n-1].(Text); ok {
				p = append(p[:n-1:n-1], before+text)
				continue
			}
		}
		p = append(p, s)
	}
	return p
}

// Filter drops the sentences of a text for which keep is false. Lists and code
// stay.
func (d Doc) Filter(keep func(Paragraph) bool) Doc {
	var out Doc
	for _, block := range d {
		p, ok := block.(Paragraph)
		if !ok {
			out = append(out, block)
			continue
		}
		sentences := slices.DeleteFunc(p.Sentences(), func(s Paragraph) bool { return !keep(s) })
		if len(sentences) > 0 {
			out = append(out, joined(sentences))
		}
	}
	return out
}

// Map replaces each span of a text.
func (d Doc) Map(replace func(Span) Paragraph) Doc {
	var out Doc
	paragraph := func(p Paragraph) Paragraph {
		var q Paragraph
		for _, s := range p {
			q = q.add(replace(s)...)
		}
		return q
	}
	for _, block := range d {
		switch block := block.(type) {
		case Paragraph:
			out = append(out, paragraph(block))
		case List:
			list := make(List, len(block))
			for i, item := range block {
				list[i] = Item{item.Number, paragraph(item.Text)}
			}
			out = append(out, list)
		case Deprecated:
			out = append(out, Deprecated(paragraph(Paragraph(block))))
		case Code, Addresses:
			out = append(out, block)
		}
	}
	return out
}
