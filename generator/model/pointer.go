package model

import "strings"

// JoinPointer appends tokens to a JSON pointer (RFC 6901). The pointer "" is the
// document as a whole.
func JoinPointer(pointer string, tokens ...string) string {
	for _, t := range tokens {
		pointer += "/" + strings.ReplaceAll(strings.ReplaceAll(t, "~", "~0"), "/", "~1")
	}
	return pointer
}

// PointerTokens splits a JSON pointer into its unescaped tokens.
func PointerTokens(pointer string) []string {
	pointer = strings.TrimPrefix(pointer, "/")
	if pointer == "" {
		return nil
	}
	tokens := strings.Split(pointer, "/")
	for i, t := range tokens {
		tokens[i] = strings.ReplaceAll(strings.ReplaceAll(t, "~1", "/"), "~0", "~")
	}
	return tokens
}
