package bind

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/twiliogen/twiliogen/generator/bind/naming"
	"github.com/twiliogen/twiliogen/generator/english"
	"github.com/twiliogen/twiliogen/generator/model"
	"github.com/twiliogen/twiliogen/generator/prose"
	"github.com/twiliogen/twiliogen/generator/words"
)

// fieldDoc says of a field what a reference page would: what it is, what it may
// be, and what its absence means. The owner is the noun that has the field.
func (b *binder) fieldDoc(f *model.Field, s scope, owner string, sent bool) prose.Doc {
	text := f.Description
	if e := enumOf(f.Type); e != nil {
		s.enum = e
		if text == "" || text == e.Description {
			text, _ = prose.SplitMeanings(e.Description) // the constants tell the rest
		}
	}
	if scalar, ok := f.Type.(*model.Scalar); ok {
		s.plain = scalarKinds[scalar.Kind].Zero.meant()
	}
	d := b.describe(text, s)
	listed := false
	if s.enum != nil {
		constants := b.names.Constants(s.enum)
		d.Doc = d.Doc.Filter(func(sentence prose.Paragraph) bool { return !listsValues(sentence, constants) })
		listed = namesAll(d.Doc, constants)
	}
	facts := b.facts(f, sent, listed)
	if ranged := rangeDoc(f.Name, s); sent && ranged != nil {
		d.Doc, d.Addresses = ranged, nil
	}
	if !sent {
		d.Doc = zeroForNull(d.Doc, f)
	}
	if strings.Contains(f.Description, "equired") || strings.Contains(f.Description, "ptional") {
		d.Doc = d.Doc.Filter(func(sentence prose.Paragraph) bool { return !saysRequired.MatchString(sentence.Plain()) })
	}
	switch {
	case len(d.Doc) == 0:
		d.Doc = undescribed(f, owner)
	case isReserved(d.Doc):
		d.Doc = says("Reserved for use by Twilio.")
	}
	if f.Deprecated && len(d.Deprecated) == 0 {
		d.Deprecated = unreasoned
	}
	return d.Comment(facts)
}

// namesAll reports whether a text refers to each of these names.
func namesAll(d prose.Doc, names []string) bool {
	named := map[string]bool{}
	d.Map(func(span prose.Span) prose.Paragraph {
		if ref, ok := span.(prose.Ref); ok {
			named[string(ref)] = true
		}
		return nil
	})
	return len(names) > 0 && !slices.ContainsFunc(names, func(name string) bool { return !named[name] })
}

// saysRequired is a sentence that says what the field's own facts say.
var saysRequired = regexp.MustCompile(`^(?:This (?:field|parameter) is )?(?:[Oo]ptional|[Rr]equired)(?: field)?[.:;]?$`)

// unreasoned is what a comment says where the document gives no reason.
var unreasoned = prose.Paragraph{prose.Text("Twilio advises against its use.")}

func enumOf(t model.Type) *model.Enum {
	if l, ok := t.(*model.List); ok {
		t = l.Item
	}
	e, _ := t.(*model.Enum)
	return e
}

// undescribed is what can be said of a field that the document says nothing of.
func undescribed(f *model.Field, owner string) prose.Doc {
	what := phrase(f.Name)
	if done, ok := strings.CutPrefix(what, "date "); ok && strings.HasSuffix(done, "ed") {
		return prose.Plainly(fmt.Sprintf("When the %s was %s.", owner, done))
	}
	if s, ok := f.Type.(*model.Scalar); ok && s.Kind == model.Boolean {
		return prose.Plainly(flagText(what, owner))
	}
	return prose.Plainly(fmt.Sprintf("The %s of the %s.", what, owner))
}

// flagText is what can be said of a boolean by its name.
func flagText(what, owner string) string {
	for _, verb := range []string{"is", "was", "has", "can", "are"} {
		if rest, ok := strings.CutPrefix(what, verb+" "); ok {
			return fmt.Sprintf("Whether the %s %s %s.", owner, verb, rest)
		}
	}
	if i := strings.LastIndexByte(what, ' '); i > 0 && strings.HasSuffix(what, "ed") {
		return fmt.Sprintf("Whether the %s is %s.", what[:i], what[i+1:])
	}
	return fmt.Sprintf("The %s of the %s, true or false.", what, owner)
}

func isReserved(d prose.Doc) bool {
	p, ok := d[0].(prose.Paragraph)
	return ok && len(d) == 1 && strings.EqualFold(strings.Trim(p.Plain(), " ."), "reserved")
}

var (
	listLead = regexp.MustCompile(`(?i)^(?:can be|possible|valid|allowed|supported|accepted|available|one of|either|must be|values?|options|it can be|may be|this can be|should be|the (?:default|possible|valid|allowed|supported)|default|currently)`)
	listWord = regexp.MustCompile(`(?i)\b(?:can|may|must|should|be|possible|valid|allowed|supported|accepted|available|one|of|either|values?|options|it|this|the|defaults?|and|or|to|is|are|include|includes|following|a|an|currently|only|types?|status|state|empty)\b`)
)

// listsValues reports whether a sentence does nothing but list the values of an
// enum, as the comment does anyway.
func listsValues(s prose.Paragraph, constants []string) bool {
	if !listLead.MatchString(strings.TrimSpace(s.Plain())) {
		return false
	}
	var rest strings.Builder
	values := 0
	for _, span := range s {
		switch span := span.(type) {
		case prose.Text:
			rest.WriteString(string(span))
		case prose.Literal, prose.Ref:
			values++
		case prose.Link:
			return false
		}
	}
	left := listWord.ReplaceAllString(rest.String(), "")
	return values > 0 && len(constants) > 0 && !strings.ContainsFunc(left, isLetter)
}

func isLetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }

// rangeDoc is what bounds a range in a list, or is beside such bounds: their
// descriptions are one text for all three. It is nil for another parameter.
func rangeDoc(wire string, s scope) prose.Doc {
	base := strings.TrimRight(wire, "<>")
	_, hasBefore := s.fields[plainName(base+"<")]
	_, hasAfter := s.fields[plainName(base+">")]
	if !hasBefore && !hasAfter {
		return nil
	}
	what := naming.Phrase(base)
	one := english.Article(what) + " " + what
	switch {
	case strings.HasSuffix(wire, "<"):
		return says("Lists only what has %s at or before this one.", one)
	case strings.HasSuffix(wire, ">"):
		return says("Lists only what has %s at or after this one.", one)
	default:
		return says("Lists only what has exactly this %s.", what)
	}
}

var null = regexp.MustCompile(`(?i)\bnull(?: or (?:empty|zero|nil))?\b`)

// zeroForNull writes of a field of an answer what null becomes in Go.
func zeroForNull(d prose.Doc, f *model.Field) prose.Doc {
	if !null.MatchString(f.Description) {
		return d
	}
	word := "zero"
	switch t := f.Type.(type) {
	case *model.Scalar:
		if nullable(f) {
			word = "nil"
		} else if scalarKinds[t.Kind].Zero == EmptyText {
			word = "empty"
		}
	case *model.Enum:
		word = "empty"
	case *model.List, *model.Map, *model.Free, *model.Union:
		word = "nil"
	case *model.Object, *model.File:
	}
	return d.Map(func(span prose.Span) prose.Paragraph {
		switch s := span.(type) {
		case prose.Literal:
			if strings.EqualFold(string(s), "null") {
				return prose.Paragraph{prose.Text(word)}
			}
		case prose.Text:
			return prose.Paragraph{prose.Text(null.ReplaceAllStringFunc(string(s), func(found string) string {
				if found[0] == 'N' && !strings.HasPrefix(found, "NULL") {
					return words.UpperFirst(word)
				}
				return word
			}))}
		case prose.Link, prose.Ref:
		}
		return prose.Paragraph{span}
	})
}

// facts are what the schema says of a field beside its description.
func (b *binder) facts(f *model.Field, sent, listed bool) prose.Doc {
	var facts prose.Doc
	add := func(fact prose.Doc) { facts = facts.Then(fact) }
	if sent && f.Required {
		add(says("Required."))
	}
	if s, ok := f.Type.(*model.Scalar); ok {
		add(scalarFact(f, s))
	}
	if file, ok := f.Type.(*model.File); ok && file.ContentType != "" {
		add(says("It is sent as %s unless it has another content type.", file.ContentType))
	}
	if !listed {
		add(b.valueNames(f.Type))
	}
	for _, fact := range limitFacts(f) {
		add(prose.Plainly(fact))
	}
	add(b.defaultFact(f))
	if !sent && nullable(f) && !null.MatchString(f.Description) {
		add(says("Nil when Twilio sends null."))
	}
	switch f.Privacy {
	case model.Personal:
		add(says("Personal data."))
	case model.Secret:
		add(says("A secret."))
	case model.Public:
	}
	return facts
}

// defaultFact tells what Twilio does with a parameter that is not sent.
func (b *binder) defaultFact(f *model.Field) prose.Doc {
	if f.Default == "" || f.Default == `""` {
		return nil
	}
	if e := enumOf(f.Type); e != nil {
		for i, v := range e.Values {
			if f.Default == `"`+v+`"` {
				return says("Default: [%s].", b.names.Constants(e)[i])
			}
		}
	}
	return prose.Plainly("Default: " + f.Default + ".")
}

func scalarFact(f *model.Field, s *model.Scalar) prose.Doc {
	switch {
	case len(s.SIDPrefixes) > 0 && told(f, s.SIDPrefixes...):
	case len(s.SIDPrefixes) > 0:
		return says("%s SID that begins with %s.", words.UpperFirst(english.Article("SID")), english.Either(s.SIDPrefixes))
	case s.Kind == model.DateTime || s.Kind == model.Date:
		// The Go type says it.
	case s.Format != "" && s.Format != "int32" && s.Format != "int64" && s.Format != "float" && s.Format != "double":
		return prose.Plainly("Format: " + s.Format + ".")
	}
	return nil
}

// told reports whether a description mentions each of these words already.
func told(f *model.Field, words ...string) bool {
	for _, w := range words {
		if !strings.Contains(f.Description, w) {
			return false
		}
	}
	return true
}

// maxNamed is how many values of an enum a field's comment lists.
const maxNamed = 8

// valueNames lists the constants of an enum, or of a list of them.
func (b *binder) valueNames(t model.Type) prose.Doc {
	e := enumOf(t)
	if e == nil || len(e.Values) == 0 {
		return nil
	}
	var links []string
	for _, c := range b.names.Constants(e) {
		links = append(links, "["+c+"]")
	}
	switch {
	case len(links) > maxNamed:
		return says("One of the %d values of [%s].", len(links), b.names.Type(e))
	case len(links) == 1:
		return says("The only known value is %s.", links[0])
	}
	return says("One of %s.", strings.Join(links, ", "))
}

// limitFacts tells the bounds of a value. The length of a SID is not worth
// telling.
func limitFacts(f *model.Field) []string {
	l := f.Limits
	facts := boundFacts(f, l)
	s, isScalar := f.Type.(*model.Scalar)
	sid := isScalar && (len(s.SIDPrefixes) > 0 || strings.Contains(l.Pattern, "[0-9a-fA-F]{32}"))
	if !sid {
		facts = append(facts, countFacts(l.MinLength, l.MaxLength, "character")...)
		if l.Pattern != "" {
			facts = append(facts, "Pattern: "+strings.TrimSpace(l.Pattern))
		}
	}
	return append(facts, countFacts(l.MinItems, l.MaxItems, "item")...)
}

func boundFacts(f *model.Field, l model.Limits) []string {
	switch {
	case l.Min != nil && told(f, fmt.Sprint(*l.Min)) && (l.Max == nil || told(f, fmt.Sprint(*l.Max))):
	case l.Min != nil && l.Max != nil:
		return []string{fmt.Sprintf("From %v to %v.", *l.Min, *l.Max)}
	case l.Min != nil:
		return []string{fmt.Sprintf("At least %v.", *l.Min)}
	case l.Max != nil:
		return []string{fmt.Sprintf("At most %v.", *l.Max)}
	}
	return nil
}

// countFacts tells how many there may be of something.
func countFacts(least, most *uint64, what string) []string {
	count := func(n uint64) string {
		if n == 1 {
			return fmt.Sprint(n, " ", what)
		}
		return fmt.Sprint(n, " ", what, "s")
	}
	switch {
	case least != nil && most != nil && *least == *most:
		return []string{"Exactly " + count(*most) + "."}
	case least != nil && most != nil:
		return []string{fmt.Sprintf("From %d to %s.", *least, count(*most))}
	case least != nil:
		return []string{"At least " + count(*least) + "."}
	case most != nil:
		return []string{"At most " + count(*most) + "."}
	}
	return nil
}
