package use

import (
	"encoding/json"
	"slices"
	"testing"

	"example.com/golden/enumsv1"
)

// Values keep the document's order and spelling; a value it does not have is
// accepted and can be told apart.
func TestEnumValues(t *testing.T) {
	want := []enumsv1.CallStatus{"queued", "in-progress", "NoAnswer"}
	if got := enumsv1.CallStatusValues(); !slices.Equal(got, want) {
		t.Errorf("values %q, want %q", got, want)
	}
	equal(t, "a constant", enumsv1.CallStatusNoAnswer, "NoAnswer")
	equal(t, "IsKnown of a constant", enumsv1.CallStatusInProgress.IsKnown(), true)
	equal(t, "IsKnown of a new value", enumsv1.CallStatus("busy").IsKnown(), false)

	var call enumsv1.Call
	noError(t, json.Unmarshal([]byte(`{"status": "busy", "answered_by": null, "tags": ["vip"], "counts": {"mon": "low"}}`), &call))
	equal(t, "a new value", call.Status, "busy")
	equal(t, "null", call.AnsweredBy, "")
	equal(t, "a value in a list", call.Tags[0], enumsv1.CallTagVip)
	equal(t, "a value in a map", call.Counts["mon"], enumsv1.CallCountLow)
}

// Values that are no identifiers have constants that read like them, one each.
func TestEnumOddValues(t *testing.T) {
	for got, want := range map[enumsv1.CallDial]string{
		enumsv1.CallDialPlus1:  "+1",
		enumsv1.CallDialMinus1: "-1",
		enumsv1.CallDial1:      "1",
		enumsv1.CallDialEmpty:  "",
		enumsv1.CallDial2fa:    "2fa",
		enumsv1.CallDialStar:   "*",
		enumsv1.CallDialNumber: "#",
	} {
		equal(t, "a constant", string(got), want)
	}
	equal(t, "values without null", len(enumsv1.CallDialValues()), 14)
	equal(t, "values without the repeated one", len(enumsv1.CallCodecValues()), 4)
	equal(t, "an enum without values is a text", enumsv1.Call{Nothing: "x"}.Nothing, string("x"))
}

// A list of values is sent as repeated keys, the zero value not at all.
func TestEnumSent(t *testing.T) {
	f, client := newFake(t)
	_, err := enumsv1.New(client).Calls.Create(background(), &enumsv1.CreateCallParams{
		Trim:                enumsv1.CallTrimDoNotTrim,
		StatusCallbackEvent: []enumsv1.CallStatusCallbackEvent{enumsv1.CallStatusCallbackEventRinging, "new"},
	})
	noError(t, err)
	f.expect("POST https://enums.twilio.com/v1/Calls", "Trim=do-not-trim&StatusCallbackEvent=ringing&StatusCallbackEvent=new")

	for _, err := range enumsv1.New(client).Calls.List(background(), &enumsv1.ListCallsParams{
		Grade:     []enumsv1.CallGrade{"a", "b"},
		Direction: enumsv1.CallDirectionOutboundDial,
	}) {
		noError(t, err)
	}
	f.expect("GET https://enums.twilio.com/v1/Calls?Direction=Outbound_Dial&Grade=a&Grade=b", "")
}
