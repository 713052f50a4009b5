package prose

import (
	"regexp"
	"strings"

	"github.com/twiliogen/twiliogen/generator/english"
)

// Define makes the first sentence of a text say what the thing of a name is:
// "The status of the Session" becomes "SessionStatus is the status of the
// Session". Where the text does not lend itself to that, the first sentence is
// the one given as otherwise, and the text follows.
func Define(name string, doc, otherwise Doc) Doc {
	if len(doc) == 0 {
		return otherwise
	}
	first, ok := doc[0].(Paragraph)
	if !ok || len(first) == 0 {
		return Join(otherwise, doc)
	}
	start, ok := first[0].(Text)
	if !ok {
		return otherwise.Then(doc)
	}
	predicate := predicateOf(name, string(start), first.Sentences()[0].Plain())
	if predicate == "" {
		return otherwise.Then(doc)
	}
	defined := Paragraph{Text(name + " " + predicate)}.add(first[1:]...)
	return Join(Doc{defined}, doc[1:])
}

var (
	// "A Message resource represents ...": what matters begins with the verb.
	resourceIs = regexp.MustCompile(`^(?:An?|The) [^.,:]{1,60}? (?:sub)?resource ([a-z]+s) `)
	// "A Call is an object that ...": what matters begins with the verb, too.
	isThing = regexp.MustCompile(`^(?:An?|The) ([A-Za-z ]{1,40}?) is `)
	// A finite verb in the first words makes a whole sentence.
	finite = regexp.MustCompile(`^[^.,:;]*?\b(?:is|are|was|were|will|can|must|may|should|has|have)\b`)
	// ... unless it belongs to a clause about the noun.
	clause = regexp.MustCompile(`\b(?:that|which|who|whether|if|when|where|whose|we|you|it|they|of|what|how|as|why|to|Twilio|message|call|phone number)\b[^.,:;]*?\b(?:is|are|was|were|will|can|must|may|should|has|have)\b`)
	// Nouns that need no article at the beginning of a description.
	abstract = regexp.MustCompile(`^(?:Type|Status|State|Reason|Method|Mode|Kind|Direction|Format|Level|Name|Role|Source|Category|Priority|Set|List|Language|Object|Configuration|Result|Current|Representation|Resource) [a-z]`)
	head     = regexp.MustCompile(`^((?:[A-Za-z0-9&/'-]+ ){0,4}?[A-Za-z0-9&/'-]+?s) (?:of|in|on|for|within|with|that|which|to|by|from|associated|summarized|currently)\b|^((?:[A-Za-z0-9&/'-]+ ){0,3}[A-Za-z0-9&/'-]+[^s]s)\.?$`)
	question = regexp.MustCompile(`^(?:Whether|Which|What|Where|How|When|Why|Who|If) `)
	article  = regexp.MustCompile(`^(?:An?|The|One|Our|Any|This) [a-zA-Z]`)
	// A short noun phrase, such as "Account balance".
	bare   = regexp.MustCompile(`^[A-Za-z][a-z0-9&/-]*(?: [A-Za-z0-9&/-]+){1,6}\.?$`)
	useful = regexp.MustCompile(`^(?:a|an|the|new|all|one|and|or|your|specific|multiple) `)
)

// predicateOf turns the beginning of a sentence into a predicate; "" when it is
// something else. The whole sentence tells more of what it is.
func predicateOf(name, start, sentence string) string {
	word, rest, _ := strings.Cut(start, " ")
	verb := strings.ToLower(word)
	switch {
	case isThing.MatchString(start) && same(isThing.FindStringSubmatch(start)[1], name):
		at := isThing.FindStringSubmatchIndex(start)
		return start[at[3]+1:]
	case resourceIs.MatchString(start):
		at := resourceIs.FindStringSubmatchIndex(start)
		return start[at[2]:]
	case question.MatchString(start):
		if word == "If" {
			return "says whether " + rest
		}
		return "says " + english.LowerFirst(start)
	case english.IsThirdPerson(verb):
		return english.LowerFirst(start)
	case english.IsVerb(verb) && useful.MatchString(rest):
		return "is there to " + english.LowerFirst(start)
	case finite.MatchString(sentence) && !clause.MatchString(sentence):
		return ""
	case strings.HasPrefix(start, "This "):
		return ""
	case article.MatchString(start):
		return "is " + english.LowerFirst(start)
	case abstract.MatchString(start):
		return "is the " + english.LowerFirst(start)
	case head.MatchString(sentence) && !strings.HasSuffix(head.FindStringSubmatch(sentence)[1], "ss"):
		return "is one of the " + english.LowerFirst(start)
	case bare.MatchString(sentence):
		return "is the " + english.LowerFirst(start)
	}
	return ""
}

// same reports whether words name the thing, or what its name ends with.
func same(words, name string) bool {
	return strings.HasSuffix(strings.ToLower(name), strings.ToLower(strings.ReplaceAll(words, " ", "")))
}
