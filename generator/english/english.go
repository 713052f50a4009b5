// Package english is the little English that names and comments need: plurals,
// articles, verbs in the third person, and first letters.
//
// It knows rules and the words that Twilio uses, and is no dictionary. Words may
// stand at the end of a name in camel case: the plural of "UserBinding" is
// "UserBindings".
package english

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// LowerFirst begins a text with a small letter, so that it may stand within a
// sentence. A name, and a word that has more capitals or a digit, such as SID or
// A2P, stays as it is.
func LowerFirst(s string) string {
	if properNouns[firstWord(s)] {
		return s
	}
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	word, _, _ := strings.Cut(s[size:], " ")
	if strings.ContainsFunc(word, func(r rune) bool { return unicode.IsUpper(r) || unicode.IsDigit(r) }) {
		return s
	}
	return string(unicode.ToLower(first)) + s[size:]
}

// properNouns are the names that descriptions begin with.
var properNouns = newSet("Twilio Google Apple Android Facebook Amazon Segment Studio Verify January Boolean Unicode")

// Enumerate joins names as a sentence does: "A, B and C".
func Enumerate(names []string) string { return enumerate(names, "and") }

// Either joins names as a sentence does: "A, B or C".
func Either(names []string) string { return enumerate(names, "or") }

func enumerate(names []string, conjunction string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " " + conjunction + " " + names[last]
}

// set is a set of words.
type set map[string]bool

func newSet(list string) set {
	s := set{}
	for _, w := range strings.Fields(list) {
		s[w] = true
	}
	return s
}

// hasAnySuffix reports whether a word ends with one of the suffixes.
func hasAnySuffix(word string, suffixes ...string) bool {
	for _, suffix := range suffixes {
		if strings.HasSuffix(word, suffix) {
			return true
		}
	}
	return false
}
