package naming

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/twiliogen/twiliogen/generator/english"
)

// Camel turns a name of the API into an exported Go identifier: "date_created"
// is DateCreated, "Ttl" is TTL, "in-progress" is InProgress. It is never empty
// and always begins with a capital letter.
func Camel(name string) string {
	var b strings.Builder
	for _, w := range words(name) {
		b.WriteString(capital(w))
	}
	s := b.String()
	if first, _ := utf8.DecodeRuneInString(s); !unicode.IsUpper(first) {
		return "X" + s
	}
	return s
}

// lowerCamel turns a name into an unexported identifier: "ServiceSid" is
// serviceSID, "Url" is url.
func lowerCamel(name string) string {
	ws := words(name)
	var b strings.Builder
	for i, w := range ws {
		if i == 0 {
			b.WriteString(strings.ToLower(w))
		} else {
			b.WriteString(capital(w))
		}
	}
	s := b.String()
	if first, _ := utf8.DecodeRuneInString(s); !unicode.IsLetter(first) {
		return "x" + s
	}
	return s
}

// capital writes one word as Go does: initialisms whole, others with their
// first letter in upper case. A word that the document writes in capitals
// keeps them only where it is an initialism.
func capital(w string) string {
	lower := strings.ToLower(w)
	if spelling, ok := spellings[lower]; ok {
		return spelling
	}
	if initialisms[lower] {
		return strings.ToUpper(w)
	}
	if singular, ok := strings.CutSuffix(lower, "s"); ok && initialisms[singular] {
		return strings.ToUpper(singular) + "s"
	}
	return english.UpperFirst(lower)
}

// initialisms are the words that Go writes in one case: those of the Go code
// review comments, and those of telephony.
var initialisms = set(`acl api ascii cpu css dns eof guid html http https id ip json lhs qps ram rhs rpc sla smtp sql
	ssh tcp tls ttl udp ui uid uuid uri url utf8 vm xml xmpp xsrf xss
	sid sms mms rcs dtmf pstn sip iso csv jwt mfa otp pii pdf png jpeg sdk ssl tts utc sim esn imei iccid imsi
	byoc cnam ein hmac ice pcmu qa saml sso srtp totp rtp ipv4 ipv6 cidr mcc mnc lrn ocn dca aws s3`)

// spellings are words with capitals inside.
var spellings = map[string]string{"oauth": "OAuth", "oauth2": "OAuth2", "twiml": "TwiML", "whatsapp": "WhatsApp"}

func set(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// symbols are the characters that mean something in a name.
var symbols = map[rune]string{
	'<': " before ", '>': " after ", '+': " plus ", '&': " and ", '*': " star ", '%': " percent ", '#': " number ", '@': " at ", '=': " equals ",
}

// words splits a name where a reader would: at what is no letter or digit, where
// a capital follows a small letter, and before the last capital of a run that a
// small letter follows ("URLPath" is URL and Path).
func words(name string) []string {
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

// Phrase is a name as the words of a sentence: "date_sent" is "date sent",
// "MediaUrl" is "media URL".
func Phrase(name string) string {
	ws := words(name)
	for i, w := range ws {
		lower := strings.ToLower(w)
		if ws[i] = capital(w); english.UpperFirst(lower) == ws[i] {
			ws[i] = lower
		}
	}
	return strings.Join(ws, " ")
}
