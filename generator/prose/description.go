package prose

import (
	"regexp"
	"slices"
	"strings"

	"github.com/twiliogen/twiliogen/generator/words"
)

// Description is what a document says of a thing, taken apart: a comment is read
// in an editor, where nobody follows a link in the middle of a sentence.
type Description struct {
	Doc        Doc
	Deprecated Paragraph // why it should not be used; nil: it may be
	Addresses  []string  // where there is more to read
}

// maxAddresses is how many addresses a comment ends with.
const maxAddresses = 3

// Read takes a description apart. A link reads on as its text; a sentence that
// only points elsewhere goes, and its address stays.
func Read(markdown string, isType func(string) bool) Description {
	d := Description{Doc: Parse(markdown, isType)}
	if strings.Contains(markdown, "](") {
		d.unlink()
	}
	if slices.ContainsFunc(ofDeprecations, func(word string) bool { return strings.Contains(markdown, word) }) {
		d.findDeprecation()
	}
	return d
}

// ofDeprecations are what few texts have, and is quickly found.
var ofDeprecations = []string{"eprecated", "EPRECATED", "bsolete", "BSOLETE", "no longer"}

// unlink makes links read on as their text.
func (d *Description) unlink() {
	d.collectAddresses()
	if rest := d.Doc.Filter(func(s Paragraph) bool { return !points(s) }); len(rest) > 0 {
		d.Doc = rest
	}
	d.Doc = d.Doc.Map(func(s Span) Paragraph {
		if l, ok := s.(Link); ok {
			return textSpan(label(l))
		}
		return Paragraph{s}
	}).Map(func(s Span) Paragraph {
		if text, ok := s.(Text); ok {
			return textSpan(dangling.ReplaceAllString(string(text), "$1"))
		}
		return Paragraph{s}
	})
}

// dangling is what a link leaves that had no label: a gap before a full stop.
var dangling = regexp.MustCompile(` +([.,;])(?:\s*[.])?(?:$|\b)`)

// label is what a link reads as.
func label(l Link) string {
	if l.Label == "" {
		return l.URL
	}
	return l.Label
}

func (d *Description) collectAddresses() {
	d.Doc.Map(func(s Span) Paragraph {
		l, ok := s.(Link)
		if ok && l.Label != "" && l.Label != l.URL && len(d.Addresses) < maxAddresses && !slices.Contains(d.Addresses, l.URL) {
			d.Addresses = append(d.Addresses, l.URL)
		}
		return nil
	})
}

var pointing = regexp.MustCompile(`(?i)^(?:please )?(?:see|learn|read|for (?:more|further|additional|details|a list|instructions)|more (?:info|details)|(?:you can )?find (?:out )?more|refer to|visit|check|click|consult|follow)\b`)

// points reports whether a sentence only says where there is more to read.
func points(s Paragraph) bool {
	hasLink := slices.ContainsFunc(s, func(s Span) bool { _, ok := s.(Link); return ok })
	return hasLink && pointing.MatchString(strings.TrimSpace(s.Plain()))
}

var (
	// A sentence that begins with the mark, whatever its spelling.
	deprecationMark = regexp.MustCompile(`(?i)^[\[(*]*(?:deprecated|obsolete)\b[\])*]*[\s.:,;–—-]*`)
	bracketed       = regexp.MustCompile(`(?i)^\[(?:deprecated|obsolete)\][\s.:]*`)
	// A sentence that ends with the mark.
	trailingMark = regexp.MustCompile(`(?i)\s*[\[(]+(?:deprecated|obsolete)[\])]+[\s.]*$`)
	// A sentence that says so of the thing itself.
	deprecation = regexp.MustCompile(`(?i)^(?:note:? *)?(?:this|the|these|it|we)\b.{0,60}?\b(?:(?:is|are|was|were|been|be|being) (?:now |being )?(?:deprecated|obsolete)|no longer (?:(?:has|have|having) (?:any |an )?effect|used|supported|in use)|(?:have|has) deprecated)\b`)
)

// findDeprecation takes what says that the thing should not be used out of the
// text.
func (d *Description) findDeprecation() {
	var reasons []Paragraph
	var marked bool
	rest := d.Doc.Filter(func(s Paragraph) bool {
		text := s.Plain()
		switch {
		case deprecationMark.MatchString(text):
			marked = true
			if aside(text) {
				return true
			}
			if reason := cutMark(s); len(reason) > 0 {
				reasons = append(reasons, reason)
			}
		case deprecation.MatchString(text):
			marked = true
			reasons = append(reasons, s)
		case trailingMark.MatchString(text):
			marked = true
			return true
		default:
			return true
		}
		return false
	})
	if !marked {
		return
	}
	d.Doc = rest.Map(func(s Span) Paragraph {
		if text, ok := s.(Text); ok {
			return textSpan(bracketed.ReplaceAllString(trailingMark.ReplaceAllString(string(text), "."), ""))
		}
		return Paragraph{s}
	})
	d.Deprecated = Paragraph{Text("Twilio advises against its use.")}
	if len(reasons) > 0 {
		d.Deprecated = joined(reasons)
	}
}

// aside reports whether the mark of a sentence stands in brackets before what
// says nothing of it: "[DEPRECATED] Log entries".
func aside(text string) bool {
	rest := text[len(deprecationMark.FindString(text)):]
	return strings.HasPrefix(text, "[") && !deprecation.MatchString(rest)
}

// cutMark is a sentence without its mark, beginning with a capital letter.
func cutMark(s Paragraph) Paragraph {
	first, ok := s[0].(Text)
	if !ok {
		return s
	}
	text := words.UpperFirst(string(first[len(deprecationMark.FindString(string(first))):]))
	rest := append(textSpan(text), s[1:]...)
	if strings.Trim(rest.Plain(), " .:") == "" {
		return nil
	}
	return rest
}

// Comment is a description as the text of a comment, with more facts after it:
// first what it is, then where there is more to read, and last whether it should
// not be used.
func (d Description) Comment(facts Doc) Doc {
	doc := d.Doc.Sentence().Then(facts)
	if len(d.Addresses) > 0 {
		doc = Join(doc, Doc{Addresses(d.Addresses)})
	}
	if len(d.Deprecated) > 0 {
		doc = Join(doc, Doc{Deprecated(d.Deprecated)})
	}
	return doc
}

// Insert puts texts before where there is more to read and whether the thing
// should not be used, which end a comment.
func (d Doc) Insert(more ...Doc) Doc {
	end := len(d)
	for end > 0 && isLast(d[end-1]) {
		end--
	}
	return Join(d[:end], Join(more...), d[end:])
}

func isLast(block Block) bool {
	switch block.(type) {
	case Addresses, Deprecated:
		return true
	}
	return false
}
