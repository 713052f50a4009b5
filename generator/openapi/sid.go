package openapi

import (
	"regexp"
	"slices"
	"strings"
)

var (
	// usualSID is how a pattern of a SID is nearly always written.
	usualSID = regexp.MustCompile(`^\^([A-Z]{2})\[0-9a-fA-F\]\{32\}\$$`)

	// oneSID is how a pattern ends that takes one SID, rather than a text with
	// SIDs in it.
	oneSID = regexp.MustCompile(`\{32\}\)?\$?$`)

	// brackets are alternatives in brackets where parentheses were meant: a SID
	// begins with two letters, and no letter is a bar.
	brackets = regexp.MustCompile(`\[((?:[A-Z]{2}\|)+[A-Z]{2})\](?:\{2\})?`)
)

// mostPrefixes is how many prefixes a pattern may allow and still tell one kind
// of SID from another.
const mostPrefixes = 8

// sidPrefixes are the prefixes of the SIDs that a pattern allows, in the order in
// which it has them; none when it is not a pattern of SIDs, or one of any SIDs.
func sidPrefixes(pattern string) []string {
	if m := usualSID.FindStringSubmatch(pattern); m != nil {
		return m[1:]
	}
	if !oneSID.MatchString(pattern) {
		return nil
	}
	pattern = brackets.ReplaceAllString(pattern, "($1)")
	allowed, err := regexp.Compile(pattern)
	if err != nil {
		return nil
	}
	prefixes := allPrefixes(func(prefix string) bool { return allowed.MatchString(prefix + strings.Repeat("0", 32)) })
	if len(prefixes) > mostPrefixes {
		return nil
	}
	slices.SortStableFunc(prefixes, func(a, b string) int { return strings.Index(pattern, a) - strings.Index(pattern, b) })
	return prefixes
}

// allPrefixes are the pairs of capital letters that are allowed.
func allPrefixes(allowed func(string) bool) []string {
	var prefixes []string
	for first := 'A'; first <= 'Z'; first++ {
		for second := 'A'; second <= 'Z'; second++ {
			if prefix := string([]rune{first, second}); allowed(prefix) {
				prefixes = append(prefixes, prefix)
			}
		}
	}
	return prefixes
}
