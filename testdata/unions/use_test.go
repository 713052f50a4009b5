package use

import (
	"encoding/json"
	"strings"
	"testing"

	"example.com/golden/unionsv1"
)

// Of several kinds of objects a struct has the fields of all; of anything else
// the JSON is kept as it came.
func TestUnionsAnswer(t *testing.T) {
	var e unionsv1.Event
	noError(t, json.Unmarshal([]byte(`{
		"what": {"kind": "message", "text": "Hello", "value": 7},
		"others": [{"kind": "call", "seconds": 3, "value": "x"}],
		"target": 12, "detail": "none", "level": "alarm", "former_level": "info", "name": "Ada",
		"both": {"kind": "call", "seconds": 4, "text": "Bye"}
	}`), &e))
	equal(t, "a text of one kind", e.What.Text, "Hello")
	equal(t, "a value that differs between the kinds", string(e.What.Value), "7")
	equal(t, "a number of the other kind", e.Others[0].Seconds, 3)
	equal(t, "a number or a name", string(e.Target), "12")
	equal(t, "an object or a text", string(e.Detail), `"none"`)
	equal(t, "an enum with a description of its own", e.Level, unionsv1.EventLevelAlarm)
	equal(t, "an enum with a description beside it", e.FormerLevel, unionsv1.EventLevelInfo)
	equal(t, "a text made of two", e.Name, "Ada")
	equal(t, "a field of the first part", e.Both.Seconds, 4)
	equal(t, "a field of the second", e.Both.Text, "Bye")
	if log := logged(e); strings.Contains(log, "Hello") || strings.Contains(log, "Bye") {
		t.Errorf("what is personal in one kind is in the log: %s", log)
	}
}

// Only what every alternative requires is required.
func TestUnionsSent(t *testing.T) {
	f, client := newFake(t)
	_, err := unionsv1.New(client).Events.Create(background(), &unionsv1.CreateEventParams{
		What:   unionsv1.EventWhatParams{Kind: "message", Text: ptr("Hello")},
		Target: 12,
	})
	noError(t, err)
	f.expect("POST https://unions.twilio.com/v1/Events", `{"what":{"kind":"message","text":"Hello"},"target":12}`)
}
