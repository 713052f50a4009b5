package openapi

import (
	"slices"
	"strings"

	"github.com/twiliogen/twiliogen/generator/model"
	"github.com/twiliogen/twiliogen/generator/words"
)

// operationID is what an operation id says.
type operationID struct {
	verb   string // "List", the first word
	noun   string // "Tool", the rest, in the singular; "" for a bare verb
	suffix string // "ByAssistant"
}

// readID reads an operation id. No part of the noun are the version of the API
// that some ids have in it ("CreateV3TypingIndicator"), what begins with "By",
// and a second verb at either end that says the same as the first ("ListGetKeys",
// "FetchPortingWebhookConfigurationFetch"). Singular and plural are one noun.
func readID(id, revision string) operationID {
	ws := words.Split(id)
	if len(ws) == 0 {
		return operationID{}
	}
	verb, rest := ws[0], ws[1:]
	if len(rest) > 1 && strings.EqualFold(rest[0], revision) {
		rest = rest[1:]
	}
	var suffix []string
	if i := slices.IndexFunc(rest, func(w string) bool { return strings.EqualFold(w, "by") }); i > 0 && i < len(rest)-1 {
		rest, suffix = rest[:i], rest[i:]
	}
	if len(rest) > 1 && repeats(verb, rest[0]) {
		rest = rest[1:]
	}
	if last := len(rest) - 1; last > 0 && repeats(verb, rest[last]) {
		rest = rest[:last]
	}
	return operationID{verb: words.UpperFirst(verb), noun: words.Join(words.Singular(rest)), suffix: words.Join(suffix)}
}

// repeats reports whether a word says what the verb has said. A List may be the
// thing itself: "ListSyncList".
func repeats(verb, word string) bool {
	verb, word = strings.ToLower(verb), strings.ToLower(word)
	return word != "list" && (word == verb || reading[verb] && reading[word])
}

// reading are the verbs of operations that only read.
var reading = map[string]bool{"list": true, "fetch": true, "get": true, "read": true}

// setNames fills in what the id of an operation says. A bare verb is about the
// last word of its path.
func setNames(op *model.Operation, revision string) {
	id := readID(op.ID, revision)
	op.Verb, op.Noun, op.Suffix = id.verb, id.noun, id.suffix
	if op.Noun == "" {
		op.Noun = words.Join(words.Singular(words.Split(model.LastWord(op.Path))))
	}
	if op.Noun == "" {
		op.Noun = op.ID
	}
}
