package use

import (
	"encoding/json"
	"testing"

	"example.com/golden/listsv1"
)

// A list is a slice of what it holds.
func TestListsAnswer(t *testing.T) {
	var b listsv1.Batch
	noError(t, json.Unmarshal([]byte(`{
		"to": ["+14155550100", null], "channels": ["sms", "new"], "recipients": [{"to": "+14155550100"}],
		"anything": [1, "a", {"b": null}], "matrix": [[1, null], []], "prices": [0.5], "counts": [1], "flags": [true],
		"maps": [{"a": "b"}]
	}`), &b))
	equal(t, "null in a list of texts", b.To[1], "")
	equal(t, "an enum", b.Channels[0], listsv1.BatchChannelSMS)
	equal(t, "an object", b.Recipients[0].To, "+14155550100")
	equal(t, "any value", string(b.Anything[2]), `{"b": null}`)
	equal(t, "lists in a list", len(b.Matrix), 2)
	equal(t, "a fraction", b.Prices[0], 0.5)
	equal(t, "a large number", b.Counts[0], int64(1))
	equal(t, "a map", b.Maps[0]["a"], "b")
}

// A list is sent as repeated keys, an object in it as JSON.
func TestListsSent(t *testing.T) {
	f, client := newFake(t)
	_, err := listsv1.New(client).Batches.Create(background(), &listsv1.CreateBatchParams{
		Tag:        []string{"a b", "c"},
		To:         []string{"+14155550100", "+14155550101"},
		Recipients: []listsv1.BatchRecipientParams{{To: "+14155550100", Delay: ptr(0)}},
		Channel:    []listsv1.BatchChannel{listsv1.BatchChannelRCS},
		Anything:   []any{1, "a", map[string]int{"b": 2}},
		Untyped:    []any{map[string]int{"b": 2}},
		Delay:      []int{1, 0},
		Sum:        []int64{1 << 60},
		Price:      []float64{0.5},
		Flag:       []bool{true, false},
		Matrix:     [][]string{{"a", "b"}, {}},
	})
	noError(t, err)
	f.expect("POST https://lists.twilio.com/v1/Batches?Tag=a+b&Tag=c",
		"Recipients=%7B%22To%22%3A%22%2B14155550100%22%2C%22Delay%22%3A0%7D&To=%2B14155550100&To=%2B14155550101"+
			"&Anything=1&Anything=a&Anything=%7B%22b%22%3A2%7D&Channel=rcs&Delay=1&Delay=0&Flag=true&Flag=false"+
			"&Matrix=%5B%22a%22%2C%22b%22%5D&Matrix=%5B%5D&Price=0.5&Sum=1152921504606846976&Untyped=%7B%22b%22%3A2%7D")
}

// A required list that is empty is refused.
func TestListsRequired(t *testing.T) {
	f, client := newFake(t)
	_, err := listsv1.New(client).Batches.Create(background(), &listsv1.CreateBatchParams{To: []string{}})
	equal(t, "the parameter that is missed", missing(t, err), "Recipients")
	f.nothing()
}
