package english

import (
	"strings"
	"unicode"
)

// Plural is the plural of a noun. A noun that looks like a plural stays.
func Plural(noun string) string {
	lower := strings.ToLower(noun)
	switch {
	case hasAnySuffix(lower, "ss", "sh", "ch", "x", "us"):
		return noun + "es"
	case hasAnySuffix(lower, "s", "media", "data"):
		return noun
	case endsInConsonantY(lower):
		return noun[:len(noun)-1] + "ies"
	}
	return noun + "s"
}

// IsPlural reports whether a noun is the plural of another one.
func IsPlural(plural, noun string) bool { return plural != noun && plural == Plural(noun) }

// Singular is the singular of a noun. A noun that is none or has none stays:
// Status, Media, Statistics.
func Singular(noun string) string {
	lower := strings.ToLower(noun)
	switch {
	case endsInInitialisms(noun): // "APIs" is no word such as "basis"
		return noun[:len(noun)-1]
	case noSingular[lastWord(noun)], hasAnySuffix(lower, "ss", "us", "is"), !strings.HasSuffix(lower, "s"):
		return noun
	case hasAnySuffix(lower, "cookies", "movies", "caches", "auses", "ouses"), lastWord(noun) == "uses":
		return noun[:len(noun)-1]
	case hasAnySuffix(lower, "ies") && len(noun) > len("ties"):
		return noun[:len(noun)-3] + "y"
	case hasAnySuffix(lower, "sses", "shes", "ches", "xes", "uses"):
		return noun[:len(noun)-2]
	}
	return noun[:len(noun)-1]
}

// noSingular are the words that end in "s" and are no plurals, or plurals of
// nothing.
var noSingular = newSet("sms mms rcs dns tls css aws gps https ios news series species statistics analytics diagnostics logistics")

// endsInInitialisms reports whether a noun ends in a capital and the "s" of a
// plural.
func endsInInitialisms(noun string) bool {
	n := len(noun)
	return n > 1 && noun[n-1] == 's' && 'A' <= noun[n-2] && noun[n-2] <= 'Z'
}

func endsInConsonantY(word string) bool {
	stem, ok := strings.CutSuffix(word, "y")
	return ok && stem != "" && !strings.ContainsRune("aeiou", rune(stem[len(stem)-1]))
}

// lastWord is the last word of a name in camel case, in small letters: "sms" of
// "OptOutSms" and "optOutSMS".
func lastWord(name string) string {
	rs := []rune(name)
	start := len(rs)
	for start > 0 && !unicode.IsUpper(rs[start-1]) && unicode.IsLetter(rs[start-1]) {
		start--
	}
	if start == len(rs) { // in capitals
		for start > 0 && unicode.IsUpper(rs[start-1]) {
			start--
		}
	} else if start > 0 && unicode.IsUpper(rs[start-1]) {
		start--
	}
	return strings.ToLower(string(rs[start:]))
}
