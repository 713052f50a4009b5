// Package words knows as much English as names need: where one word of a name
// ends and the next begins, and what its singular and plural are.
package words

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// symbols are the characters that mean something in a name.
var symbols = map[rune]string{
	'<': " before ", '>': " after ", '+': " plus ", '&': " and ", '*': " star ", '%': " percent ", '#': " number ", '@': " at ", '=': " equals ",
}

// Split splits a name where a reader would: at what is no letter or digit, where
// a capital follows a small letter, and before the last capital of a run that a
// small letter follows ("URLPath" is URL and Path).
func Split(name string) []string {
	var spelled strings.Builder
	for i, r := range name {
		switch s, ok := symbols[r]; {
		case ok:
			spelled.WriteString(s)
		case r == '-' && i == 0 && len(name) > 1 && unicode.IsDigit(rune(name[1])):
			spelled.WriteString(" minus ")
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			spelled.WriteRune(r)
		default:
			spelled.WriteByte(' ')
		}
	}
	var ws []string
	for _, field := range strings.Fields(spelled.String()) {
		ws = append(ws, humps([]rune(field))...)
	}
	return ws
}

// humps splits one run of letters and digits at its capitals.
func humps(rs []rune) []string {
	var ws []string
	start := 0
	for i := 1; i < len(rs); i++ {
		afterSmall := unicode.IsUpper(rs[i]) && !unicode.IsUpper(rs[i-1])
		lastOfRun := unicode.IsUpper(rs[i]) && unicode.IsUpper(rs[i-1]) && i+1 < len(rs) && unicode.IsLower(rs[i+1]) && !pluralEnd(rs[i+1:])
		if afterSmall || lastOfRun {
			ws = append(ws, string(rs[start:i]))
			start = i
		}
	}
	return append(ws, string(rs[start:]))
}

// pluralEnd reports whether what follows the capital is only the "s" of a
// plural, as in "SIDs".
func pluralEnd(rest []rune) bool {
	return rest[0] == 's' && (len(rest) == 1 || unicode.IsUpper(rest[1]))
}

// Join writes words as one, each with a capital: "PhoneNumber".
func Join(ws []string) string {
	var b strings.Builder
	for _, w := range ws {
		b.WriteString(UpperFirst(w))
	}
	return b.String()
}

// UpperFirst is s with a capital first letter.
func UpperFirst(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + s[size:]
}
