package english

import "strings"

// ThirdPerson is a verb's form after he, she or it: "fetches" of "fetch".
func ThirdPerson(verb string) string {
	if form, ok := irregular[verb]; ok {
		return form
	}
	switch {
	case hasAnySuffix(verb, "s", "sh", "ch", "x", "z", "o"):
		return verb + "es"
	case endsInConsonantY(verb):
		return strings.TrimSuffix(verb, "y") + "ies"
	}
	return verb + "s"
}

var irregular = map[string]string{"be": "is", "have": "has"}

// IsVerb reports whether a word, in small letters, is one of the verbs that
// descriptions of operations begin with. Many of them are nouns elsewhere.
func IsVerb(word string) bool { return verbs[word] }

// IsThirdPerson reports whether a word is the third person of such a verb.
func IsThirdPerson(word string) bool { return thirdPersons[word] }

var verbs = newSet(`accept activate add allow answer approve archive assign associate attach cancel change check clear close complete
	configure confirm connect contain create deactivate define delete describe detach determine disable disconnect dissociate download edit enable end execute fetch finish
	find generate get give hold indicate initiate insert install issue join list look make mark migrate modify move open patch pause perform
	place play post provide purge query read record redact refresh register reject release remove replace represent request resend reset resolve
	reserve resume retrieve return revoke run search send set specify start stop submit sync take terminate test trigger unassign unregister update upgrade
	upload use validate verify view`)

var thirdPersons = func() set {
	s := set{}
	for v := range verbs {
		s[ThirdPerson(v)] = true
	}
	return s
}()

func endsInConsonantY(word string) bool {
	stem, ok := strings.CutSuffix(word, "y")
	return ok && stem != "" && !strings.ContainsRune("aeiou", rune(stem[len(stem)-1]))
}
