package emit

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/dave/jennifer/jen"
)

// width is the longest line of a comment, without its indentation.
const width = 100

// doc is the only emitter of comments. It takes paragraphs of plain text or of
// the documents' Markdown.
func (e *emitter) doc(paragraphs ...string) *jen.Statement {
	return comment(e.lines(paragraphs...))
}

// comment prefixes every line, so that no text can become code. Without lines
// there is no comment.
func comment(lines []string) *jen.Statement {
	if len(lines) == 0 {
		return jen.Null()
	}
	prefixed := make([]string, len(lines))
	for i, line := range lines {
		if strings.HasPrefix(line, "\t") { // code
			prefixed[i] = "//" + line
			continue
		}
		if rest, ok := strings.CutPrefix(line, "+build"); ok { // to gofmt, a build constraint
			line = `"+build"` + rest
		}
		prefixed[i] = strings.TrimRight("// "+line, " ")
	}
	return jen.Comment(strings.Join(prefixed, "\n"))
}

// lines wraps paragraphs for a comment, with a blank line between them.
func (e *emitter) lines(paragraphs ...string) []string {
	var lines []string
	for _, p := range paragraphs {
		block := e.paragraphs(p)
		if len(block) > 0 && len(lines) > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, block...)
	}
	return lines
}

// paragraphs turns Markdown into the lines of a Go comment. Blank lines
// separate paragraphs; a line that begins with a list marker begins an item.
func (e *emitter) paragraphs(text string) []string {
	var out []string
	var pending []string  // words of the paragraph or item that is being read
	first, rest := "", "" // what its first line and the others begin with
	inList := false
	flush := func() {
		out = append(out, wrap(pending, first, rest)...)
		pending, first, rest = nil, "", ""
	}
	blank := func() {
		if len(out) > 0 && out[len(out)-1] != "" {
			out = append(out, "")
		}
	}
	for _, line := range strings.Split(clean(e.markdown(text)), "\n") {
		trimmed := strings.TrimSpace(line)
		marker, item := listItem(trimmed)
		switch {
		case trimmed == "":
			flush()
			inList = false
			blank()
		case marker != "":
			flush()
			if !inList {
				blank()
			}
			inList = true
			first, rest = marker, "    "
			pending = strings.Fields(item)
		default:
			pending = append(pending, strings.Fields(trimmed)...)
		}
	}
	flush()
	for len(out) > 0 && out[len(out)-1] == "" {
		out = out[:len(out)-1]
	}
	return out
}

// listItem splits a Markdown list item into the marker that godoc knows and its
// text; the marker of another line is "".
func listItem(line string) (marker, item string) {
	if m := bullet.FindStringSubmatch(line); m != nil {
		return "  - ", m[1]
	}
	if m := numbered.FindStringSubmatch(line); m != nil {
		return " " + m[1] + ". ", m[2]
	}
	return "", line
}

var (
	bullet   = regexp.MustCompile(`^[-*+]\s+(.*)$`)
	numbered = regexp.MustCompile(`^(\d{1,3})[.)]\s+(.*)$`)
)

// wrap fills lines with words, the first line after one prefix, the others
// after another.
func wrap(words []string, first, rest string) []string {
	if len(words) == 0 {
		return nil
	}
	var lines []string
	line := first + words[0]
	for _, w := range words[1:] {
		if len(line)+1+len(w) > width {
			lines = append(lines, line)
			line = rest + w
			continue
		}
		line += " " + w
	}
	return append(lines, line)
}

var (
	link   = regexp.MustCompile(`\[([^\[\]]*)\]\((https?://[^\s()]*)\)`)
	strong = regexp.MustCompile(`\*\*([^*]+)\*\*`)
	code   = regexp.MustCompile("`([^`\n]*)`")
	html   = regexp.MustCompile(`</?[a-zA-Z][a-zA-Z0-9]*(?: [^<>]*)?/?>`)
	breaks = regexp.MustCompile(`(?i)</?(?:br|p|div|li|ul|ol|tr|table)\s*/?>`)
	title  = regexp.MustCompile(`(?m)^#{1,6}\s+(.*)$`)
)

// markdown replaces what godoc does not know: a link becomes its text and
// address, or a godoc link when the text is a type of this package; code is
// quoted; emphasis and tags go.
func (e *emitter) markdown(text string) string {
	if !strings.ContainsAny(text, "[`*<#") {
		return text // as most are
	}
	text = breaks.ReplaceAllString(text, " ")
	text = html.ReplaceAllString(text, "")
	text = title.ReplaceAllString(text, "\n$1\n")
	text = link.ReplaceAllStringFunc(text, func(s string) string {
		m := link.FindStringSubmatch(s)
		label := strings.Trim(m[1], " `*")
		if e.exported[label] {
			return "[" + label + "]"
		}
		if label == "" || label == m[2] {
			return m[2]
		}
		return label + " (" + m[2] + ")"
	})
	text = strong.ReplaceAllString(text, "$1")
	return code.ReplaceAllStringFunc(text, func(s string) string {
		s = strings.Trim(s, "`")
		if strings.ContainsAny(s, `" {`) || s == "" {
			return s
		}
		return `"` + s + `"`
	})
}

// clean drops control characters, and what makes a line look like a directive.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t' || r == '\u2028' || r == '\u2029' || r == '\u00a0':
			return ' '
		case unicode.IsControl(r) || r == '\ufeff' || r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, strings.ReplaceAll(text, "\r\n", "\n"))
}

// sentence ends a text with a full stop, so that more can follow it.
func sentence(text string) string {
	text = strings.TrimSpace(text)
	if text == "" || strings.ContainsAny(text[len(text)-1:], ".!?:") {
		return text
	}
	return text + "."
}
