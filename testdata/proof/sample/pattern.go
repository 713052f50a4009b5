package sample

import (
	"regexp/syntax"
	"strings"
)

// matching returns a text that the pattern matches, which for that of a SID looks like one.
func matching(pattern string) string {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		panic(err) // of the patterns in Twilio's documents, Go knows all
	}
	var text strings.Builder
	write(&text, re, 0)
	return text.String()
}

// write writes what a part of a pattern matches, the turn-th time in a row.
func write(text *strings.Builder, re *syntax.Regexp, turn int) {
	switch re.Op {
	case syntax.OpLiteral:
		text.WriteString(string(re.Rune))
	case syntax.OpCharClass:
		text.WriteRune(oneOf(re.Rune, turn))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		text.WriteByte('x')
	case syntax.OpAlternate:
		write(text, re.Sub[0], turn)
	case syntax.OpConcat, syntax.OpCapture:
		for _, sub := range re.Sub {
			write(text, sub, turn)
		}
	case syntax.OpStar, syntax.OpPlus, syntax.OpQuest, syntax.OpRepeat:
		for turn := range max(re.Min, 1) {
			write(text, re.Sub[0], turn)
		}
	}
}

const alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// oneOf returns one of the first sixteen characters in the ranges, a hexadecimal digit where there may be one; the next
// of them with every turn.
func oneOf(ranges []rune, turn int) rune {
	all := strings.Map(func(c rune) rune {
		for i := 0; i < len(ranges); i += 2 {
			if ranges[i] <= c && c <= ranges[i+1] {
				return c
			}
		}
		return -1
	}, alphabet)
	if all == "" {
		return ranges[0]
	}
	return rune(all[turn%min(16, len(all))])
}
