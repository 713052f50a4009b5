package prose

import (
	"regexp"
	"strings"

	"github.com/twiliogen/twiliogen/generator/english"
	"github.com/twiliogen/twiliogen/generator/words"
)

// Plainly is a text that means nothing but itself: a pattern, a value.
func Plainly(text string) Doc {
	text = strings.Join(strings.Fields(clean(text)), " ")
	if text == "" {
		return nil
	}
	return Doc{Paragraph{Text(text)}}
}

// Does makes the first sentence of a text say what a method does: "Fetch a
// specific Session" and "Fetches a specific Session" both become "Get fetches a
// specific Session". Where the text begins with no verb, the first sentence is
// the one given as otherwise, and the text follows.
func Does(method string, doc, otherwise Doc) Doc {
	first, start, ok := begin(doc)
	if !ok {
		return otherwise.Then(doc)
	}
	word, rest, _ := strings.Cut(start, " ")
	switch verb := strings.ToLower(word); {
	case english.IsVerb(verb):
		word = english.ThirdPerson(verb)
	case strings.HasSuffix(verb, "ly"), english.IsThirdPerson(verb), transitive.MatchString(start):
		word = verb
	default:
		return otherwise.Then(doc)
	}
	done := Paragraph{Text(method + " " + strings.TrimSpace(word+" "+andDoes(rest)))}
	if len(first) > 1 && strings.HasSuffix(start, " ") {
		done = done.add(Text(" "))
	}
	return Join(Doc{done.add(first[1:]...)}, doc[1:])
}

// second is a second verb with its object: "Delete a result and purge all of it".
var second = regexp.MustCompile(`( and )([a-z]+)( (?:an?|the|all|its|it) )`)

// andDoes makes a second verb agree with the first.
func andDoes(rest string) string {
	return second.ReplaceAllStringFunc(rest, func(found string) string {
		m := second.FindStringSubmatch(found)
		if !english.IsVerb(m[2]) {
			return found
		}
		return m[1] + english.ThirdPerson(m[2]) + m[3]
	})
}

// transitive is a verb before its object.
var transitive = regexp.MustCompile(`^[A-Z][a-z]+[^s]s (?:an?|the|one|all|your|several) `)

var meaning = regexp.MustCompile("^[-*+] `([^`]*)`(?:: | [-–—] )(.*)$")

// SplitMeanings takes the list of what each value means, "- `open`: it ...", out
// of an enum's description: those sentences belong to the constants.
func SplitMeanings(description string) (lead string, meanings map[string]string) {
	meanings = map[string]string{}
	var rest []string
	current := ""
	for _, line := range strings.Split(description, "\n") {
		trimmed := strings.TrimSpace(line)
		switch m := meaning.FindStringSubmatch(trimmed); {
		case m != nil:
			current = m[1]
			meanings[current] = words.UpperFirst(m[2])
		case current != "" && trimmed != "" && strings.HasPrefix(line, " "):
			meanings[current] += " " + trimmed
		default:
			current = ""
			rest = append(rest, line)
		}
	}
	return strings.Join(rest, "\n"), meanings
}
