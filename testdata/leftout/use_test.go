package use

import (
	"testing"

	"example.com/golden/leftoutv1"
)

// What is not left out works.
func TestLeftOut(t *testing.T) {
	f, client := newFake(t, `{"anything": [1]}`)
	thing, err := leftoutv1.New(client).Thing.Fetch(background())
	noError(t, err)
	equal(t, "any JSON", string(thing.Anything), "[1]")
	f.expect("GET https://leftout.twilio.com/v1/Things", "")
}
