package english

import (
	"strings"
	"unicode"
)

// Article is the indefinite article before a text, "a" or "an", by the sound
// that the text begins with: a User, an hour, a SID, a URL, an 8-digit code.
func Article(text string) string {
	word := firstWord(text)
	vowel := false
	switch {
	case word == "":
	case unicode.IsDigit(rune(word[0])):
		vowel = numberBeginsWithVowel(word)
	case isSpelledOut(word):
		vowel = strings.ContainsRune("aefhilmnorsx", unicode.ToLower(rune(word[0])))
	default:
		vowel = wordBeginsWithVowel(strings.ToLower(word))
	}
	if vowel {
		return "an"
	}
	return "a"
}

// firstWord is the first run of letters and digits.
func firstWord(text string) string {
	separator := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	text = strings.TrimLeftFunc(text, separator)
	if end := strings.IndexFunc(text, separator); end >= 0 {
		return text[:end]
	}
	return text
}

// numberBeginsWithVowel knows eight, eleven and eighteen, also of thousands.
func numberBeginsWithVowel(word string) bool {
	digits := word
	if end := strings.IndexFunc(word, func(r rune) bool { return !unicode.IsDigit(r) }); end >= 0 {
		digits = word[:end]
	}
	teen := strings.HasPrefix(digits, "11") || strings.HasPrefix(digits, "18")
	return strings.HasPrefix(digits, "8") || teen && len(digits)%3 == 2
}

// isSpelledOut reports whether a word begins with letters that are read one by
// one: HTTPMethod, APIs, A2P, the X of an X-axis, and also url.
func isSpelledOut(word string) bool {
	if spelledOut[strings.ToLower(word)] {
		return true
	}
	capitals := strings.IndexFunc(word, func(r rune) bool { return !unicode.IsUpper(r) })
	switch {
	case capitals < 0:
		capitals = len(word)
	case capitals > 0 && word[capitals:] != "s" && unicode.IsLower(rune(word[capitals])):
		capitals-- // which begins the next word
	}
	initials := strings.ToLower(word[:capitals])
	switch {
	case initials == "", saidAsWord[initials]:
		return false
	}
	// Longer ones are words that somebody shouts: MESSAGE.
	return len(initials) < 5 || spelledOut[initials] || !strings.ContainsAny(initials, "aeiou")
}

// spelledOut are initialisms that would be taken for words where they are
// written in small letters, or are as long as words. Those that begin with a
// vowel other than u need not be here.
var spelledOut = newSet(`fcm hmac html http https lrn mcc mfa mms mnc msisdn npa nps rcs rpc rtp sdk sms smtp sql srtp ssh ssl ssml sso xml
	udp uid uri urls url utc uuid`)

// saidAsWord are abbreviations that are words to those who say them.
var saidAsWord = newSet("hipaa lan lata lifo mac mime nasa ram rest rom saml scim shaken sid sids sim sip siprec soap stir")

// wordBeginsWithVowel goes by the first letter, but for a silent h, and for what
// begins like "you" and "won".
func wordBeginsWithVowel(word string) bool {
	switch {
	case hasAnyPrefix(word, "hour", "honest", "honor", "honour", "heir"):
		return true
	case word == "one", word == "once", hasAnyPrefix(word, "eu", "ewe", "ubiq", "usa", "use", "usu", "ute", "uti"):
		return false
	case strings.HasPrefix(word, "uni"):
		return hasAnyPrefix(word, "unid", "unim", "unin", "unis")
	}
	return strings.ContainsRune("aeiou", rune(word[0]))
}

func hasAnyPrefix(word string, prefixes ...string) bool {
	for _, prefix := range prefixes {
		if strings.HasPrefix(word, prefix) {
			return true
		}
	}
	return false
}
