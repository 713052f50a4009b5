package bind

import (
	"fmt"
	"strings"

	"github.com/twiliogen/twiliogen/generator/model"
	"github.com/twiliogen/twiliogen/generator/prose"
)

// fieldDoc says of a field what a reference page would: what it is, what it may
// be, and what its absence means.
func (b *binder) fieldDoc(f *model.Field, sent bool) prose.Doc {
	text := f.Description
	if e, ok := f.Type.(*model.Enum); ok && (text == "" || text == e.Description) {
		text, _ = prose.SplitMeanings(e.Description) // the constants tell the rest
	}
	if strings.TrimSpace(text) == "" {
		text = fmt.Sprintf("%q on the wire.", f.Name)
	}
	doc, facts := b.text(text), b.facts(f, sent)
	untold := f.Deprecated && !strings.Contains(f.Description, "Deprecated:")
	if len(doc) == 1 && (len(facts) > 0 || untold) {
		doc = doc.Sentence()
	}
	doc = doc.Then(facts)
	if untold {
		doc = prose.Join(doc, deprecated())
	}
	return doc
}

// facts are what the schema says of a field beside its description.
func (b *binder) facts(f *model.Field, sent bool) prose.Doc {
	var facts prose.Doc
	add := func(fact prose.Doc) { facts = facts.Then(fact) }
	if sent && f.Required {
		add(says("Required."))
	}
	if s, ok := f.Type.(*model.Scalar); ok {
		add(scalarFact(f, s))
	}
	add(b.valueNames(f.Type))
	for _, fact := range limitFacts(f) {
		add(prose.Plainly(fact))
	}
	if f.Default != "" && f.Default != `""` {
		add(prose.Plainly("Default: " + f.Default + "."))
	}
	if !sent && nullable(f) {
		add(says("Nil when Twilio sends null."))
	}
	if f.PII {
		add(says("Personal data."))
	}
	return facts
}

func scalarFact(f *model.Field, s *model.Scalar) prose.Doc {
	switch {
	case s.SIDPrefix != "" && told(f, s.SIDPrefix):
	case s.SIDPrefix != "":
		return says("A SID that begins with %s.", s.SIDPrefix)
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
	if l, ok := t.(*model.List); ok {
		t = l.Item
	}
	e, ok := t.(*model.Enum)
	if !ok || len(e.Values) == 0 {
		return nil
	}
	var links []string
	for _, c := range b.names.Constants(e) {
		links = append(links, "["+c+"]")
	}
	if len(links) > maxNamed {
		return says("One of the %d values of [%s].", len(links), b.names.Type(e))
	}
	return says("One of %s.", strings.Join(links, ", "))
}

// limitFacts tells the bounds of a value. The length of a SID is not worth
// telling.
func limitFacts(f *model.Field) []string {
	l := f.Limits
	var facts []string
	add := func(format string, args ...any) { facts = append(facts, fmt.Sprintf(format, args...)) }
	switch {
	case l.Min != nil && told(f, fmt.Sprint(*l.Min)) && (l.Max == nil || told(f, fmt.Sprint(*l.Max))):
	case l.Min != nil && l.Max != nil:
		add("From %v to %v.", *l.Min, *l.Max)
	case l.Min != nil:
		add("At least %v.", *l.Min)
	case l.Max != nil:
		add("At most %v.", *l.Max)
	}
	s, isScalar := f.Type.(*model.Scalar)
	sid := isScalar && (s.SIDPrefix != "" || strings.Contains(l.Pattern, "[0-9a-fA-F]{32}"))
	switch {
	case sid:
	case l.MinLength != nil && l.MaxLength != nil:
		add("From %d to %d characters.", *l.MinLength, *l.MaxLength)
	case l.MinLength != nil:
		add("At least %d characters.", *l.MinLength)
	case l.MaxLength != nil:
		add("At most %d characters.", *l.MaxLength)
	}
	if l.Pattern != "" && !sid {
		add("Pattern: %s", strings.TrimSpace(l.Pattern))
	}
	switch {
	case l.MinItems != nil && l.MaxItems != nil:
		add("From %d to %d items.", *l.MinItems, *l.MaxItems)
	case l.MaxItems != nil:
		add("At most %d items.", *l.MaxItems)
	case l.MinItems != nil:
		add("At least %d items.", *l.MinItems)
	}
	return facts
}
