package prose

import (
	"regexp"
	"slices"
	"strings"

	"github.com/twiliogen/twiliogen/generator/english"
)

// Define makes the first sentence of a text say what the thing of a name is:
// "The status of the Session" becomes "SessionStatus is the status of the
// Session". Where the text does not lend itself to that, the first sentence is
// the one given as otherwise, and the text follows. What is one of many is told so
// by a description of them all.
func Define(name string, many bool, doc, otherwise Doc) Doc {
	first, start, ok := begin(doc)
	if !ok {
		return otherwise.Then(doc)
	}
	predicate := predicateOf(name, start, first.Sentences()[0].Plain(), many)
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
	abstract = regexp.MustCompile(`^(?:Type|Status|State|Reason|Method|Mode|Kind|Direction|Format|Level|Name|Role|Source|Category|Priority|Language|Object|Configuration|Result|Current|Representation|Resource) [a-z]`)
	// "The users joined to channels", "List of channels": one of many.
	listOf = regexp.MustCompile(`^(?:(?:The|A) )?(?:[Ll]ist|[Ss]et|[Cc]ollection) of (?:the |all )?(.*)$`)
	head   = regexp.MustCompile(`^(?:The )?((?:[A-Za-z0-9&/'-]+ ){0,4}?[A-Za-z0-9&/'-]+?s)(?: (?:of|in|on|for|within|with|that|which|to|by|from|joined|determining|dependent|associated|summarized|currently)\b|\.?$)`)
	// "The parameter displays if ...": what matters begins with the verb.
	paramDoes = regexp.MustCompile(`^(?:The|This) (?:parameter|value|field|property|flag) ([a-z]+s (?:if|whether|that|the|how|what) )`)
	question  = regexp.MustCompile(`^(?:Whether|Which|What|Where|How|When|Why|Who|If) `)
	article   = regexp.MustCompile(`^(?:An?|The|One|Our|Any|This) [a-zA-Z]`)
	// A short noun phrase, such as "Account balance".
	bare   = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9&/-]*(?: [A-Za-z0-9&/-]+){1,6}\.?$`)
	useful = regexp.MustCompile(`^(?:a|an|the|new|all|one|and|or|your|specific|multiple) `)
)

// begin returns the first paragraph of a text, if it has one that begins with
// plain text, and that.
func begin(doc Doc) (first Paragraph, start string, ok bool) {
	if len(doc) > 0 {
		first, _ = doc[0].(Paragraph)
	}
	if len(first) == 0 {
		return nil, "", false
	}
	text, ok := first[0].(Text)
	return first, string(text), ok
}

// predicateOf turns the beginning of a sentence into a predicate; "" when it is
// something else. The whole sentence tells more of what it is.
func predicateOf(name, start, sentence string, many bool) string {
	word, rest, _ := strings.Cut(start, " ")
	verb := strings.ToLower(word)
	for _, does := range []*regexp.Regexp{resourceIs, paramDoes} {
		if at := does.FindStringSubmatchIndex(start); at != nil {
			return start[at[2]:]
		}
	}
	if at := isThing.FindStringSubmatchIndex(start); at != nil && same(start[at[2]:at[3]], name) {
		return start[at[3]+1:]
	}
	switch {
	case question.MatchString(start):
		return says(word, rest, sentence)
	case english.IsThirdPerson(verb) && !strings.HasPrefix(rest, "of "):
		return english.LowerFirst(start)
	case english.IsVerb(verb) && useful.MatchString(rest):
		return "is there to " + english.LowerFirst(start)
	case finite.MatchString(sentence) && !clause.MatchString(sentence), strings.HasPrefix(start, "This "):
		return ""
	case isMany(sentence):
		return oneOf(start, many)
	case article.MatchString(start):
		return "is " + english.LowerFirst(start)
	case abstract.MatchString(start), bare.MatchString(sentence) && !hasVerb(strings.Fields(sentence)):
		return "is the " + english.LowerFirst(start)
	}
	return ""
}

// says continues a name with what a question word begins. A clause before a
// comma and another one is a sentence of its own.
func says(word, rest, sentence string) string {
	if strings.Contains(sentence, ", ") && (word == "When" || word == "If" || word == "Where") {
		return ""
	}
	if word == "If" {
		return "says whether " + rest
	}
	return "says " + strings.ToLower(word) + " " + rest
}

// isMany reports whether a noun phrase is about many things. A verb in it, as in
// "channels represent rooms", makes it something else.
func isMany(sentence string) bool {
	if listOf.MatchString(sentence) {
		return true
	}
	m := head.FindStringSubmatch(sentence)
	if m == nil {
		return false
	}
	ws := strings.Fields(m[1])
	for i, w := range ws[:len(ws)-1] {
		if prepositions[w] && i > 0 {
			return false
		}
	}
	if hasVerb(ws[:len(ws)-1]) {
		return false
	}
	last := ws[len(ws)-1]
	return english.Singular(last) != last
}

// hasVerb reports whether words after the first are a verb.
func hasVerb(ws []string) bool {
	return slices.ContainsFunc(ws[min(1, len(ws)):], english.IsVerb)
}

var prepositions = map[string]bool{"of": true, "in": true, "on": true, "for": true, "with": true, "to": true, "by": true, "from": true, "within": true}

// oneOf continues a name with what it is one of; what is single is all of it.
func oneOf(start string, many bool) string {
	if m := listOf.FindStringSubmatch(start); m != nil && many {
		return "is one of the " + english.LowerFirst(m[1])
	}
	start = english.LowerFirst(strings.TrimPrefix(start, "The "))
	if many {
		return "is one of the " + start
	}
	return "holds the " + start
}

// same reports whether words name the thing, or what its name ends with.
func same(words, name string) bool {
	return strings.HasSuffix(strings.ToLower(name), strings.ToLower(strings.ReplaceAll(words, " ", "")))
}
