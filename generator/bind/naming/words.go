package naming

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/twiliogen/twiliogen/generator/words"
)

// Camel turns a name of the API into an exported Go identifier: "date_created"
// is DateCreated, "Ttl" is TTL, "in-progress" is InProgress. It is never empty
// and always begins with a capital letter.
func Camel(name string) string { return camel(words.Split(name)) }

func camel(ws []string) string {
	s := capitals(ws)
	if first, _ := utf8.DecodeRuneInString(s); !unicode.IsUpper(first) {
		return "X" + s
	}
	return s
}

func capitals(ws []string) string {
	var b strings.Builder
	for _, w := range ws {
		b.WriteString(capital(w))
	}
	return b.String()
}

// lowerCamel turns a name into an unexported identifier: "ServiceSid" is
// serviceSID, "Url" is url.
func lowerCamel(name string) string {
	ws := words.Split(name)
	var s string
	if len(ws) > 0 {
		s = strings.ToLower(ws[0]) + capitals(ws[1:])
	}
	if first, _ := utf8.DecodeRuneInString(s); !unicode.IsLetter(first) {
		return "x" + s
	}
	return s
}

// qualify puts an identifier in front of words. What they repeat of its end is
// said once: a type in UserChannel and "channel_status" are UserChannelStatus.
func qualify(prefix string, ws []string) string {
	return prefix + camel(ws[repeated(prefix, ws):])
}

// once leaves out words that stand twice in a row.
func once(ws []string) []string { return slices.CompactFunc(slices.Clone(ws), strings.EqualFold) }

// repeated counts the words that an identifier ends in and that the others begin
// with. At least one word is left.
func repeated(prefix string, ws []string) int {
	end := words.Singular(words.Split(prefix))
	for n := min(len(end), len(ws)-1); n > 0; n-- {
		if strings.EqualFold(capitals(end[len(end)-n:]), capitals(words.Singular(ws[:n]))) {
			return n
		}
	}
	return 0
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
	first, size := utf8.DecodeRuneInString(lower)
	return string(unicode.ToUpper(first)) + lower[size:]
}

// initialisms are the words that Go writes in one case: those of the Go code
// review comments, and those of telephony.
var initialisms = set(`acl api ascii cpu css dns eof guid http https id ip json lhs qps ram rhs rpc sla smtp sql
	ssh tcp tls ttl udp ui uid uuid uri url utf8 vm xml xmpp xsrf xss
	sid sms mms rcs dtmf pstn sip iso csv jwt mfa otp pii pdf png jpeg sdk ssl tts utc sim esn imei iccid imsi
	byoc cnam ein hmac ice pcmu qa saml sso srtp totp rtp ipv4 ipv6 cidr mcc mnc lrn ocn dca aws s3
	a2p ai apn cc cli crm cps fcm gcm ivr llm mp3 mp4 pci rbm scim`)

// spellings are words with capitals inside.
var spellings = map[string]string{"oauth": "OAuth", "oauth2": "OAuth2", "twiml": "TwiML", "voip": "VoIP", "whatsapp": "WhatsApp"}

func set(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// constantWord is a value as the end of an identifier. The empty value is
// called Empty.
func constantWord(value string) string {
	if value == "" {
		return "Empty"
	}
	return cmp.Or(capitals(valueWords(value)), "Value")
}

// spelled is a value as the end of an identifier, in the value's own case.
func spelled(value string) string { return cmp.Or(words.Join(valueWords(value)), "Value") }

// valueWords are the words of a value, where "<" does not mean Before.
func valueWords(value string) []string { return words.Split(comparisons.Replace(value)) }

var comparisons = strings.NewReplacer("<", " less than ", ">", " greater than ")

// Phrase is a name as the words of a sentence: "date_sent" is "date sent",
// "MediaUrl" is "media URL".
func Phrase(name string) string {
	ws := words.Split(name)
	for i, w := range ws {
		lower := strings.ToLower(w)
		if ws[i] = capital(w); words.UpperFirst(lower) == ws[i] {
			ws[i] = lower
		}
	}
	return compounds.Replace(strings.Join(ws, " "))
}

// compounds are words of several humps.
var compounds = strings.NewReplacer("o auth", "OAuth", "twi ML", "TwiML", "twi ml", "TwiML", "whats app", "WhatsApp", "add on", "add-on", "opt in", "opt-in", "opt out", "opt-out")
