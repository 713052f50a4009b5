package emit

import (
	"fmt"
	"strings"

	"github.com/twiliogen/twiliogen/generator/model"
)

// fieldDoc says of a field what a reference page would: what it is, what it may
// be, and what its absence means.
func (e *emitter) fieldDoc(f *model.Field, sent bool) string {
	text := f.Description
	if en, ok := f.Type.(*model.Enum); ok && (text == "" || text == en.Description) {
		text, _ = splitMeanings(en.Description) // the constants tell the rest
	}
	if strings.TrimSpace(text) == "" {
		text = fmt.Sprintf("%q on the wire.", f.Name)
	}
	facts := e.facts(f, sent)
	if facts == "" {
		return text
	}
	if strings.Contains(strings.TrimSpace(text), "\n\n") || strings.Contains(text, "\n- ") {
		return strings.TrimSpace(text) + "\n\n" + facts
	}
	return sentence(text) + " " + facts
}

// facts are what the schema says of a field beside its description.
func (e *emitter) facts(f *model.Field, sent bool) string {
	var facts []string
	add := func(format string, args ...any) { facts = append(facts, fmt.Sprintf(format, args...)) }
	if sent && f.Required {
		add("Required.")
	}
	if s, ok := f.Type.(*model.Scalar); ok {
		scalarFacts(f, s, add)
	}
	if values := e.valueNames(f.Type); values != "" {
		add("One of %s.", values)
	}
	limitFacts(f, add)
	if f.Default != "" && f.Default != `""` {
		add("Default: %s.", f.Default)
	}
	if !sent && f.Nullable && nullablePointer(f) {
		add("Nil when Twilio sends null.")
	}
	if f.PII {
		add("Personal data.")
	}
	text := strings.Join(facts, " ")
	if f.Deprecated && !strings.Contains(f.Description, "Deprecated:") {
		text += "\n\nDeprecated: Twilio advises against its use."
	}
	return text
}

func scalarFacts(f *model.Field, s *model.Scalar, add func(string, ...any)) {
	switch {
	case s.SIDPrefix != "" && told(f, s.SIDPrefix):
	case s.SIDPrefix != "":
		add("A SID that begins with %s.", s.SIDPrefix)
	case s.Kind == model.DateTime || s.Kind == model.Date:
		// The Go type says it.
	case s.Format != "" && s.Format != "int32" && s.Format != "int64" && s.Format != "float" && s.Format != "double":
		add("Format: %s.", s.Format)
	}
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
func (e *emitter) valueNames(t model.Type) string {
	if l, ok := t.(*model.List); ok {
		t = l.Item
	}
	en, ok := t.(*model.Enum)
	if !ok || len(en.Values) == 0 {
		return ""
	}
	var links []string
	for _, c := range e.names.Constants(en) {
		links = append(links, "["+c+"]")
	}
	if len(links) > maxNamed {
		return fmt.Sprintf("the %d values of [%s]", len(links), e.names.Type(en))
	}
	return strings.Join(links, ", ")
}

// limitFacts tells the bounds of a value. The length of a SID is not worth
// telling.
func limitFacts(f *model.Field, add func(string, ...any)) {
	l := f.Limits
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
}
