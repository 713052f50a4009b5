package prose

import (
	charref "html"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Parse reads a description in Markdown or HTML. A link whose label isType
// knows becomes a reference; isType may be nil.
func Parse(text string, isType func(string) bool) Doc {
	p := parser{}
	for line := range strings.SplitSeq(mark(strings.ReplaceAll(clean(text), `\"`, `"`), isType), "\n") {
		p.line(strings.TrimSpace(line))
	}
	p.flush()
	return p.doc
}

// clean reads character references, and drops control characters and what would disturb the lines.
func clean(text string) string {
	text = charref.UnescapeString(text)
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t' || r == '\u2028' || r == '\u2029' || r == '\u00a0':
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, strings.ReplaceAll(text, "\r\n", "\n"))
}

// parser gathers the blocks of a text. Blank lines separate paragraphs; a line
// that begins with a list marker begins an item, and what follows without a
// blank line belongs to it.
type parser struct {
	doc    Doc
	list   List
	number string
	inItem bool
	words  []string
}

func (p *parser) line(line string) {
	number, text, isItem := listItem(line)
	switch {
	case line == "":
		p.flush()
	case isItem:
		p.endText()
		p.inItem, p.number = true, number
		p.words = strings.Fields(text)
	default:
		p.words = append(p.words, strings.Fields(line)...)
	}
}

// endText ends the paragraph or item that is being read.
func (p *parser) endText() {
	text := spans(strings.Join(slices.CompactFunc(p.words, doubled), " "))
	switch {
	case len(text) == 0:
	case p.inItem:
		p.list = append(p.list, Item{p.number, text})
	default:
		p.doc = append(p.doc, text)
	}
	p.inItem, p.words = false, nil
}

// doubled reports whether a small word stands twice by mistake.
func doubled(a, b string) bool { return a == b && small[a] }

var small = map[string]bool{"that": true, "the": true, "a": true, "an": true, "to": true, "of": true, "is": true, "and": true, "in": true}

// flush ends the block that is being read.
func (p *parser) flush() {
	p.endText()
	if len(p.list) > 0 {
		p.doc = append(p.doc, p.list)
		p.list = nil
	}
}

var (
	bullet   = regexp.MustCompile(`^[-*+]\s+(.*)$`)
	numbered = regexp.MustCompile(`^(\d{1,3})[.)]\s+(.*)$`)
)

// listItem splits a list item into its number, if it has one, and its text.
func listItem(line string) (number, text string, ok bool) {
	if m := bullet.FindStringSubmatch(line); m != nil {
		return "", m[1], true
	}
	if m := numbered.FindStringSubmatch(line); m != nil {
		return m[1], m[2], true
	}
	return "", line, false
}

// Spans are marked with control characters while a text is read: none is left in
// it by then.
const (
	openLink    = "\x01"
	openLiteral = "\x02"
	openRef     = "\x03"
	between     = "\x04"
	closing     = "\x05"
)

var (
	link     = regexp.MustCompile(`\[([^\[\]]*)\]\(((?:https?:/)?/[^\s()]*)\)`)
	strong   = regexp.MustCompile(`\*\*([^*]+)\*\*`)
	emphasis = regexp.MustCompile(`\*([\pL][^*\n]*[\pL])\*`)
	code     = regexp.MustCompile("`([^`]*)`")
	html     = regexp.MustCompile(`</?(?:a|b|i|u|em|strong|code|pre|span|sup|sub|small|tt|font|img|h[1-6])(?: [^<>]*)?/?>`)
	breaks   = regexp.MustCompile(`(?i)</?(?:br|p|div|li|ul|ol|tr|table)\s*/?>`)
	fences   = regexp.MustCompile("(?s)```[a-z]*\n?(.*?)```")
	title    = regexp.MustCompile(`(?m)^#{1,6}\s+(.*)$`)
)

// mark finds links and literals, and drops emphasis and tags. It looks for each
// only in texts that may have it.
func mark(text string, isType func(string) bool) string {
	if !strings.ContainsAny(text, "[`*<#") {
		return text // as most are
	}
	has := func(sign string) bool { return strings.Contains(text, sign) }
	if has("```") {
		text = fences.ReplaceAllString(text, "\n\n$1\n\n")
	}
	if has("<") {
		text = html.ReplaceAllString(breaks.ReplaceAllString(text, " "), "")
	}
	if has("#") {
		text = title.ReplaceAllString(text, "\n$1\n")
	}
	if has("](") {
		text = link.ReplaceAllStringFunc(text, func(s string) string { return markLink(s, isType) })
	}
	if has("*") {
		text = strong.ReplaceAllString(text, "$1")
		text = emphasis.ReplaceAllString(text, "$1")
	}
	if has("`") {
		text = strings.ReplaceAll(code.ReplaceAllStringFunc(text, markLiteral), "`", "")
	}
	return text
}

// markLink marks a link, or a reference if its label is a type. A link to a path
// of a site that is not named is only its label.
func markLink(s string, isType func(string) bool) string {
	m := link.FindStringSubmatch(s)
	label := strings.Join(strings.Fields(strings.Trim(strings.ReplaceAll(m[1], "`", ""), " *")), " ")
	switch {
	case isType != nil && isType(label):
		return openRef + label + closing
	case strings.HasPrefix(m[2], "/"):
		return label
	}
	return openLink + label + between + m[2] + closing
}

// markLiteral marks text between back quotes, unless it is a link.
func markLiteral(s string) string {
	s = strings.Join(strings.Fields(strings.Trim(s, "`")), " ")
	if s == "" || strings.Contains(s, openLink) {
		return s
	}
	return openLiteral + s + closing
}

// spans reads a marked text.
func spans(text string) Paragraph {
	var p Paragraph
	for text != "" {
		i := strings.IndexAny(text, openLink+openLiteral+openRef)
		if i < 0 {
			return append(p, textSpan(unmarked(text))...)
		}
		p = append(p, textSpan(unmarked(text[:i]))...)
		body, rest, _ := strings.Cut(text[i+1:], closing)
		switch text[i : i+1] {
		case openLink:
			label, url, _ := strings.Cut(body, between)
			p = append(p, Link{unmarked(label), url})
		case openLiteral:
			p = append(p, Literal(unmarked(body)))
		case openRef:
			p = append(p, Ref(body))
		}
		text = rest
	}
	return p
}

// unmarked drops marks that lie inside others.
func unmarked(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' {
			return -1
		}
		return r
	}, text)
}
