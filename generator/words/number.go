package words

import (
	"slices"
	"strings"
)

// Singular is the singular of a noun given as its words: that of its last word,
// or of the one before a "with" ("conversation with participants").
func Singular(ws []string) []string { return inflect(ws, singular) }

// Plural is the plural of a noun given as its words.
func Plural(ws []string) []string { return inflect(ws, plural) }

func inflect(ws []string, word func(string) string) []string {
	if len(ws) == 0 {
		return ws
	}
	head := len(ws) - 1
	if i := slices.IndexFunc(ws, func(w string) bool { return strings.EqualFold(w, "with") }); i > 0 && i < head {
		head = i - 1
	}
	ws = slices.Clone(ws)
	ws[head] = word(ws[head])
	return ws
}

// same are words whose singular is their plural, and words that have only one
// of the two.
var same = set(`analytics aws data dns feedback https information ios knowledge media metadata mms news series settings sms species statistics tls`)

// endInS are singulars that end in s, beside those in "ss", "us" and "is".
var endInS = set(`alias atlas bias canvas gas`)

// takeES are singulars in "us", whose plural must not be taken for that of a
// word in "use".
var takeES = set(`apparatus bonus bus campus census consensus corpus focus status virus`)

func set(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

func plural(w string) string {
	lower := strings.ToLower(w)
	switch {
	case same[lower]:
		return w
	case endsIn(lower, "ss", "sh", "ch", "x", "us"), endInS[lower]:
		return w + "es"
	case strings.HasSuffix(lower, "is") && len(lower) > 3:
		return w[:len(w)-2] + "es"
	case strings.HasSuffix(lower, "s"):
		return w // is one
	case strings.HasSuffix(lower, "y") && len(w) > 1 && !strings.ContainsRune("aeiou", rune(lower[len(lower)-2])):
		return w[:len(w)-1] + "ies"
	}
	return w + "s"
}

// singular undoes plural. What is no plural stays.
func singular(w string) string {
	lower := strings.ToLower(w)
	stem := strings.TrimSuffix(lower, "es")
	switch {
	case strings.HasSuffix(w, "s") && len(w) > 2 && w[len(w)-2] >= 'A' && w[len(w)-2] <= 'Z': // "APIs"
		return w[:len(w)-1]
	case same[lower], endInS[lower], endsIn(lower, "ss", "us", "is"), !strings.HasSuffix(lower, "s"), len(w) < 3:
		return w
	case strings.HasSuffix(lower, "ies") && len(w) > 4 && lower != "cookies" && lower != "movies":
		return w[:len(w)-3] + "y"
	case stem != lower && lower != "caches" && (endsIn(stem, "ss", "sh", "ch", "x") || takeES[stem] || endInS[stem]):
		return w[:len(w)-2]
	}
	return w[:len(w)-1]
}

func endsIn(w string, endings ...string) bool {
	return slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(w, e) })
}
