package gocode

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/dave/jennifer/jen"

	"github.com/twiliogen/twiliogen/generator/english"
	"github.com/twiliogen/twiliogen/generator/prose"
)

// width is the longest line of a comment, without its indentation.
const width = 100

// says is a comment of the generator's own.
func says(format string, args ...any) *jen.Statement {
	return comment(prose.Says(fmt.Sprintf(format, args...)))
}

// comment is the only emitter of comments. It prefixes every line, so that no
// text can become code. Without text there is no comment.
func comment(doc prose.Doc) *jen.Statement {
	lines := commentLines(doc)
	if len(lines) == 0 {
		return jen.Null()
	}
	for i, line := range lines {
		switch {
		case strings.HasPrefix(line, "\t"): // code
			lines[i] = "//" + line
		case strings.HasPrefix(line, "+build"): // to gofmt, a build constraint
			lines[i] = `// "+build"` + strings.TrimPrefix(line, "+build")
		default:
			lines[i] = strings.TrimRight("// "+line, " ")
		}
	}
	return jen.Comment(strings.Join(lines, "\n"))
}

// commentLines wraps a text as godoc reads it, with a blank line between its
// blocks.
func commentLines(doc prose.Doc) []string {
	var lines []string
	for _, block := range doc {
		part := blockLines(block)
		if len(part) > 0 && len(lines) > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, part...)
	}
	return lines
}

func blockLines(block prose.Block) []string {
	var lines []string
	switch block := block.(type) {
	case prose.Paragraph:
		lines = wrap(block, "", "")
	case prose.List:
		for _, item := range block {
			marker := "  - "
			if item.Number != "" {
				marker = " " + item.Number + ". "
			}
			lines = append(lines, wrap(item.Text, marker, "    ")...)
		}
	case prose.Addresses:
		lines = wrap(prose.Paragraph{prose.Text("See " + english.Enumerate(block) + ".")}, "", "")
	case prose.Deprecated:
		lines = wrap(append(prose.Paragraph{prose.Text("Deprecated: ")}, prose.Doc{prose.Paragraph(block)}.Sentence()[0].(prose.Paragraph)...), "", "")
	case prose.Code:
		for _, line := range block {
			lines = append(lines, "\t"+line)
		}
	}
	return lines
}

// wrap fills lines with words, the first line after one prefix, the others
// after another.
func wrap(text prose.Paragraph, first, rest string) []string {
	words := strings.Fields(godoc(text))
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

// godoc is running text as godoc has it: a link is its label and its address, a
// literal is quoted unless that would be harder to read.
func godoc(text prose.Paragraph) string {
	var b strings.Builder
	for _, s := range text {
		switch s := s.(type) {
		case prose.Text:
			b.WriteString(string(s))
		case prose.Literal:
			if strings.ContainsAny(string(s), `" {`) {
				b.WriteString(string(s))
			} else {
				b.WriteString(`"` + string(s) + `"`)
			}
		case prose.Link:
			if s.Label == "" || s.Label == s.URL {
				b.WriteString(s.URL)
			} else {
				b.WriteString(s.Label + " (" + s.URL + ")")
			}
		case prose.Ref:
			b.WriteString("[" + string(s) + "]")
		}
	}
	return strings.Map(printable, b.String())
}

// printable drops what a line of a comment must not hold.
func printable(r rune) rune {
	switch {
	case unicode.IsSpace(r) || r == '\u2028' || r == '\u2029':
		return ' '
	case unicode.IsControl(r):
		return -1
	}
	return r
}
