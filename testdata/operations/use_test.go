package use

import (
	"testing"

	"example.com/golden/operationsv2"
)

const token = "TK00000000000000000000000000000001"

// An operation with an empty list of security goes without credentials.
func TestOperationsSecurity(t *testing.T) {
	f, client := newFake(t)
	api := operationsv2.New(client)
	_, err := api.Tokens.Create(background(), &operationsv2.CreateTokenParams{Code: "1"})
	noError(t, err)
	f.expect("POST https://tokens.twilio.com/v2/Tokens", "Code=1")
	equal(t, "credentials", f.last().header.Get("Authorization"), "")
	_, err = api.Tokens.Delete(background(), token)
	noError(t, err)
	if f.last().header.Get("Authorization") == "" {
		t.Error("an ordinary operation went without credentials")
	}
}

// The server is the operation's, else the path's, else the document's.
func TestOperationsServer(t *testing.T) {
	f, client := newFake(t, `{"tokens": []}`, `{"sid": "TK1"}`)
	api := operationsv2.New(client)
	for _, err := range api.Tokens.List(background(), nil) {
		noError(t, err)
	}
	f.expect("GET https://archive.twilio.com/v2/Tokens", "")
	deleted, err := api.Tokens.Delete(background(), token)
	noError(t, err)
	f.expect("DELETE https://operations.twilio.com/v2/Tokens/"+token, "")
	equal(t, "what was deleted", deleted.SID, "TK1")
}

// Any verb and any method has its own Go method.
func TestOperationsVerbs(t *testing.T) {
	f, client := newFake(t)
	api := operationsv2.New(client)
	patched, err := api.Tokens.Patch(background(), token, &operationsv2.PatchTokenParams{Label: ptr("x")})
	noError(t, err)
	equal(t, "the answer of the first status with a body", patched.SID, "")
	f.expect("PATCH https://operations.twilio.com/v2/Tokens/"+token, "Label=x")
	noError(t, api.Healths.Check(background()))
	f.expect("HEAD https://operations.twilio.com/v2/Health", "")
	options, err := api.Healths.Options(background())
	noError(t, err)
	noError(t, options.Close())
	f.expect("OPTIONS https://operations.twilio.com/v2/Health", "")
}

// An answer may be a number, a map, or one of several things.
func TestOperationsAnswers(t *testing.T) {
	_, client := newFake(t, "1.5", `{"a": "b"}`, `{"reason": "x"}`)
	values := operationsv2.New(client).Values
	number, err := values.Fetch(background())
	noError(t, err)
	equal(t, "the number", *number, 1.5)
	m, err := values.Create(background())
	noError(t, err)
	equal(t, "a value of the map", (*m)["a"], "b")
	either, err := values.Update(background())
	noError(t, err)
	equal(t, "one or the other", either.Reason, "x")
}
