package prose

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Plainly is a text that means nothing but itself: a pattern, a value.
func Plainly(text string) Doc {
	text = strings.Join(strings.Fields(clean(text)), " ")
	if text == "" {
		return nil
	}
	return Doc{Paragraph{Text(text)}}
}

// Sentence ends a text with a full stop, so that more can follow it.
func Sentence(text string) string {
	text = strings.TrimSpace(text)
	if text == "" || strings.ContainsAny(text[len(text)-1:], ".!?:") {
		return text
	}
	return text + "."
}

// Enumerate joins names as a sentence does: "A, B and C".
func Enumerate(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// Predicate continues a sentence that begins with a method's name: "Fetch a
// specific Session" and "Fetches a specific Session" both read "fetches a
// specific Session". What begins with no verb follows a colon.
func Predicate(description string) string {
	first, rest, _ := strings.Cut(description, " ")
	word := strings.ToLower(first)
	switch {
	case verbs[word]:
		return " " + thirdPerson(word) + " " + rest
	case strings.HasSuffix(word, "ly"), isThirdPerson(word):
		return " " + word + " " + rest
	}
	return ": " + description
}

// verbs are what descriptions of operations begin with.
var verbs = func() map[string]bool {
	m := map[string]bool{}
	for _, v := range strings.Fields(`accept activate add allow answer approve archive assign associate attach cancel change check clear close complete
		configure confirm connect create deactivate delete detach disable disconnect dissociate download edit enable end execute fetch finish
		find generate get give initiate insert install issue join list look make mark migrate modify move open pause perform
		place play post provide purge query read record redact refresh register reject release remove replace request resend reset resolve
		reserve resume retrieve return revoke run search send set start stop submit sync take terminate test trigger unassign unregister update upgrade
		upload use validate verify view`) {
		m[v] = true
	}
	return m
}()

func thirdPerson(verb string) string {
	for _, ending := range []string{"s", "sh", "ch", "x", "z"} {
		if strings.HasSuffix(verb, ending) {
			return verb + "es"
		}
	}
	if stem, ok := strings.CutSuffix(verb, "y"); ok && !strings.ContainsAny(stem[max(0, len(stem)-1):], "aeiou") {
		return stem + "ies"
	}
	return verb + "s"
}

func isThirdPerson(word string) bool {
	for v := range verbs {
		if thirdPerson(v) == word {
			return true
		}
	}
	return false
}

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
			meanings[current] = upperFirst(m[2])
		case current != "" && trimmed != "" && strings.HasPrefix(line, " "):
			meanings[current] += " " + trimmed
		default:
			current = ""
			rest = append(rest, line)
		}
	}
	return strings.Join(rest, "\n"), meanings
}

func upperFirst(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + s[size:]
}
