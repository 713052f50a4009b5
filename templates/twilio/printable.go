package twilio

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
)

// maxPrinted is how many bytes of a text from outside an error shows.
const maxPrinted = 500

// printable makes a text from outside fit for a log: one line of bounded length, without phone
// numbers and e-mail addresses, and without the parts of URLs that may contain anything.
func printable(s string) string {
	s = maskNumbers(maskAddresses(maskURLs(oneLine(s))))
	if len(s) <= maxPrinted {
		return s
	}
	cut := maxPrinted
	for !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "..."
}

// oneLine replaces what would make a text more than one line, or disturb a terminal, and the spaces
// that look like a space but are another character, as they often stand in a pasted phone number.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsGraphic(r) || unicode.IsSpace(r) {
			return ' '
		}
		return r
	}, s)
}

// maskURLs replaces what follows the host of a URL, and the query of a path: signatures, secrets and
// names may be there.
func maskURLs(s string) string {
	var out strings.Builder
	for len(s) > 0 {
		n := strings.IndexFunc(s, betweenWords)
		if n < 0 {
			n = len(s)
		}
		out.WriteString(maskURL(s[:n]))
		s = s[n:]
		n = strings.IndexFunc(s, func(r rune) bool { return !betweenWords(r) })
		if n < 0 {
			n = len(s)
		}
		out.WriteString(s[:n])
		s = s[n:]
	}
	return out.String()
}

func betweenWords(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("\"'`<>(){}|,", r) }

// maskURL masks one word.
func maskURL(word string) string {
	scheme, rest, isURL := strings.Cut(word, "://")
	if isURL {
		end := strings.IndexAny(rest, "/?#\\")
		if end < 0 {
			end = len(rest)
		}
		host := rest[strings.LastIndexByte(rest[:end], '@')+1 : end] // without a user
		if !isHost(host) {
			return scheme + "://" + wire.Redacted + trailing(word)
		}
		if tail := strings.TrimRight(rest[end:], "/:."); tail == "" {
			return scheme + "://" + host + rest[end:]
		}
		return scheme + "://" + host + "/" + wire.Redacted + trailing(word)
	}
	if i := strings.IndexAny(word, "?=&"); i >= 0 && i+1 < len(word) && strings.ContainsAny(word[i:], "=&") {
		return word[:i+1] + wire.Redacted + trailing(word)
	}
	return word
}

// isHost reports whether what stands where the host of a URL does is one, with or without a port. It
// may be the beginning of a user and password instead, where these contain what ends a word or a
// host.
func isHost(s string) bool {
	afterIPv6 := strings.LastIndexByte(s, ']') + 1
	_, port, hasPort := strings.Cut(strings.TrimRight(s[afterIPv6:], ":.;!"), ":")
	return !hasPort || isDigits(port)
}

// trailing is the punctuation after a word that belongs to the text around it.
func trailing(word string) string { return word[len(strings.TrimRight(word, ":.;!?")):] }

// maskAddresses replaces e-mail addresses.
func maskAddresses(s string) string {
	var out strings.Builder
	for {
		at := strings.IndexByte(s, '@')
		if at < 0 {
			break
		}
		start := strings.LastIndexFunc(s[:at], notInAddress) + 1
		if start > 0 {
			_, size := utf8.DecodeRuneInString(s[start-1:])
			start += size - 1
		}
		end := at + 1
		if n := strings.IndexFunc(s[end:], notInAddress); n >= 0 {
			end += n
		} else {
			end = len(s)
		}
		out.WriteString(s[:start])
		if start == at || end == at+1 {
			out.WriteString(s[start:end])
		} else {
			out.WriteString(wire.Redacted)
		}
		s = s[end:]
	}
	return out.String() + s
}

func notInAddress(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("@.!#$%&'*+-/=?^_`{|}~", r)
}

// maskNumbers replaces what looks like a phone number, but not the digits of a SID.
func maskNumbers(s string) string {
	var out strings.Builder
	afterDigit := false
	for len(s) > 0 {
		n := 1
		if wire.IsSID(s[:min(len(s), wire.SIDLen)]) {
			n = wire.SIDLen
		} else if phone := phoneLen(s); phone > 0 && !afterDigit {
			out.WriteString(wire.Redacted)
			s = s[phone:]
			continue
		}
		out.WriteString(s[:n])
		afterDigit = isDigit(s[n-1])
		s = s[n:]
	}
	return out.String()
}

// phoneLen returns the length of the phone number at the start of s, or 0. A phone number has seven
// digits or more, and it has them in one group, or starts with a plus or a parenthesis, or ends in
// a group of four. A date does none of these.
func phoneLen(s string) int {
	const longest = 40 // of a number with its punctuation
	digits, group, widest, end := 0, 0, 0, 0
	for i := 0; i < min(len(s), longest) && (isDigit(s[i]) || isPhonePunctuation(s[i], i)); i++ {
		if !isDigit(s[i]) {
			continue
		}
		if i > end {
			group = 0
		}
		digits, group, end = digits+1, group+1, i+1
		widest = max(widest, group)
	}
	if digits >= 7 && (widest >= 7 || group == 4 || s[0] == '+' || s[0] == '(') {
		return end
	}
	return 0
}

// isPhonePunctuation reports whether c may be at offset i of a phone number.
func isPhonePunctuation(c byte, i int) bool {
	if i == 0 {
		return c == '+' || c == '('
	}
	return strings.IndexByte("() .-", c) >= 0
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
