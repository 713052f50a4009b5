package english

import (
	"strings"

	"github.com/twiliogen/twiliogen/generator/words"
)

// Plural is the plural of a noun, an identifier or words of a sentence. A noun
// that looks like a plural stays.
func Plural(noun string) string { return inflect(noun, words.Plural) }

// Singular is the singular of a noun. A noun that is none or has none stays:
// Status, Media, Statistics.
func Singular(noun string) string { return inflect(noun, words.Singular) }

// inflect changes the last word of a noun.
func inflect(noun string, number func([]string) []string) string {
	ws := words.Split(noun)
	if len(ws) == 0 {
		return noun
	}
	last := ws[len(ws)-1]
	stem, ok := strings.CutSuffix(noun, last)
	if !ok {
		return noun
	}
	return stem + number([]string{last})[0]
}
