package use

import (
	"encoding/json"
	"testing"

	"example.com/golden/mapsv1"
	"example.com/golden/twilio"
)

// A map is a Go map of what it holds; an object that may hold anything is the
// JSON that came.
func TestMapsAnswer(t *testing.T) {
	var p mapsv1.Profile
	noError(t, json.Unmarshal([]byte(`{
		"links": {"calls": "https://maps.twilio.com/v1/Calls"},
		"labels": {"tier": "gold"},
		"scores": {"risk": 7},
		"limits": {"daily": {"soft": 0.5, "hard": 2}},
		"offices": {"Oslo": {"city": "Oslo"}},
		"groups": {"a": ["x", "y"]},
		"layers": {"base": {"roads": true}},
		"traits": {"age": 41},
		"extra": [1, 2],
		"any": "text"
	}`), &p))
	equal(t, "a link", p.Links["calls"], "https://maps.twilio.com/v1/Calls")
	equal(t, "a label", p.Labels["tier"], "gold")
	equal(t, "a score", p.Scores["risk"], 7)
	equal(t, "an object", p.Limits["daily"].Hard, 2)
	equal(t, "a component", p.Offices["Oslo"].City, "Oslo")
	equal(t, "a list", p.Groups["a"][1], "y")
	equal(t, "a map in a map", p.Layers["base"]["roads"], true)
	equal(t, "an object with any keys", string(p.Traits), `{"age": 41}`)
	equal(t, "an object without a schema", string(p.Extra), "[1, 2]")
	equal(t, "any value", string(p.Any), `"text"`)
}

// Parameters that are numbered pairs are one map.
func TestMapsNumbered(t *testing.T) {
	f, client := newFake(t)
	api := mapsv1.New(client)
	_, err := api.Profiles.Create(background(), &mapsv1.CreateProfileParams{
		Traits:   1,
		Hints:    map[string]string{"b": "2", "a": "1"},
		Gap3Name: ptr("x"),
	})
	noError(t, err)
	f.expect("POST https://maps.twilio.com/v1/Profiles", "Traits=1&Gap3.Name=x&Hint1.Name=a&Hint1.Value=1&Hint2.Name=b&Hint2.Value=2")
	_, err = api.Profiles.Create(background(), &mapsv1.CreateProfileParams{
		Traits: 1,
		Hints:  map[string]string{"a": "1", "b": "2", "c": "3"},
	})
	if err == nil {
		t.Error("more entries than there are parameters are sent")
	}
}

// A map is sent as JSON; one that collapses as a key for each entry, sorted.
func TestMapsSent(t *testing.T) {
	f, client := newFake(t)
	api := mapsv1.New(client)
	_, err := api.Profiles.Create(background(), &mapsv1.CreateProfileParams{
		Traits: map[string]any{"age": 41},
		AddOns: map[string]string{"whitepages_pro.field": "value", "tomtom": "on"},
		Labels: map[string]string{"tier": "gold"},
		Scores: map[string]int{"risk": 7},
	})
	noError(t, err)
	f.expect("POST https://maps.twilio.com/v1/Profiles",
		"Traits=%7B%22age%22%3A41%7D&AddOns.tomtom=on&AddOns.whitepages_pro.field=value&Labels=%7B%22tier%22%3A%22gold%22%7D&Scores=%7B%22risk%22%3A7%7D")

	_, err = api.Profiles.Create(background(), &mapsv1.CreateProfileParams{Traits: "none"})
	noError(t, err)
	f.expect("POST https://maps.twilio.com/v1/Profiles", "Traits=%22none%22")

	_, err = api.Profiles.Fetch(background(), &mapsv1.FetchProfileParams{
		Parameters: map[string]string{"b": "2", "a": "1"},
		Filter:     map[string]any{"age": []int{41}},
	})
	noError(t, err)
	f.expect("GET https://maps.twilio.com/v1/Profiles?Filter=%7B%22age%22%3A%5B41%5D%7D&Parameters.a=1&Parameters.b=2", "")
}

// A required value of any kind is refused when it is nil.
func TestMapsRequired(t *testing.T) {
	f, client := newFake(t)
	_, err := mapsv1.New(client).Profiles.Create(background(), nil, twilio.WithTimeout(0))
	equal(t, "the parameter that is missed", missing(t, err), "Traits")
	f.nothing()
}
