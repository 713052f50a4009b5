package use

import (
	"encoding/json"
	"testing"
	"time"

	"example.com/golden/jsonbodyv3"
	"example.com/golden/twilio"
)

// A body has its own properties only; the query and the headers travel beside
// it. Optional properties are left out when they are not set.
func TestJSONBody(t *testing.T) {
	f, client := newFake(t)
	api := jsonbodyv3.New(client)
	_, err := api.Rooms.Create(background(), &jsonbodyv3.CreateRoomParams{Name: "hall"})
	noError(t, err)
	f.expect("POST https://jsonbody.twilio.com/v3/Rooms", `{"name":"hall","size":0}`)
	equal(t, "the content type", f.last().header.Get("Content-Type"), "application/json")
	equal(t, "the version header", f.last().header.Get("X-Twilio-ApiVersion"), "v1.0")

	_, err = api.Rooms.Create(background(), &jsonbodyv3.CreateRoomParams{
		Name: "hall", Size: 3, Open: ptr(false), Kind: jsonbodyv3.RoomKindClass, Tags: []string{"a"}, Extra: map[string]int{"x": 1},
		Until: ptr(time.Date(2026, time.January, 2, 17, 0, 0, 0, time.FixedZone("", 2*60*60))),
		Day:   &twilio.Date{Year: 2026, Month: time.January, Day: 2},
		Chair: &jsonbodyv3.PersonParams{Name: "Ada", Age: ptr(0)},
		Query: ptr("q"), Loud: ptr(true), IdempotencyKey: ptr("k1"),
	})
	noError(t, err)
	equal(t, "a header", f.last().header.Get("Idempotency-Key"), "k1")
	equal(t, "the request", f.last().line, "POST https://jsonbody.twilio.com/v3/Rooms")
	var body map[string]any
	noError(t, json.Unmarshal([]byte(f.last().body), &body))
	until, err := time.Parse(time.RFC3339, body["until"].(string))
	noError(t, err)
	equal(t, "the hour of a time", until.UTC().Hour(), 15)
	equal(t, "a date", body["day"], any("2026-01-02"))
	equal(t, "a nested zero", body["chair"].(map[string]any)["age"], any(0.0))
	equal(t, "a boolean that is a text", body["loud"], any("true"))
	equal(t, "properties", len(body), 11)
}

// A component that is sent is another type than the one that is received: what
// is not set is not sent.
func TestJSONBodySentAndReceived(t *testing.T) {
	f, client := newFake(t, `{"id": "7", "name": "hall", "seats": null, "chair": {"name": "Ada"}}`)
	room, err := jsonbodyv3.New(client).Rooms.Update(background(), "7", &jsonbodyv3.UpdateRoomParams{Name: "hall"})
	noError(t, err)
	f.expect("PUT https://jsonbody.twilio.com/v3/Rooms/7", `{"name":"hall"}`)
	equal(t, "a text", room.ID, "7")
	equal(t, "null", room.Seats, nil)
	var chair jsonbodyv3.Person = room.Chair
	equal(t, "an object", chair.Name, "Ada")
}

// A body that is no object is one field.
func TestJSONBodyArray(t *testing.T) {
	f, client := newFake(t)
	people := jsonbodyv3.New(client).Persons
	noError(t, people.Replace(background(), "7", &jsonbodyv3.ReplacePersonParams{Force: ptr(true), Body: []jsonbodyv3.PersonParams{{Name: "Ada"}}}))
	f.expect("PUT https://jsonbody.twilio.com/v3/Rooms/7/People?force=true", `[{"name":"Ada"}]`)

	noError(t, people.Replace(background(), "7", &jsonbodyv3.ReplacePersonParams{Body: []jsonbodyv3.PersonParams{}}))
	f.expect("PUT https://jsonbody.twilio.com/v3/Rooms/7/People", `[]`)

	err := people.Replace(background(), "7", nil)
	equal(t, "the parameter that is missed", missing(t, err), "Body")
	equal(t, "requests", len(f.asked), 2)
}

// A body that may be left out is.
func TestJSONBodyOptional(t *testing.T) {
	f, client := newFake(t)
	notes := jsonbodyv3.New(client).Notes
	noError(t, notes.Create(background(), nil))
	f.expect("POST https://jsonbody.twilio.com/v3/Notes", "")
	noError(t, notes.Create(background(), &jsonbodyv3.CreateNoteParams{Body: map[string]bool{"a": true}}))
	f.expect("POST https://jsonbody.twilio.com/v3/Notes", `{"a":true}`)
}

// Another kind of JSON is sent and asked for by its own name.
func TestJSONBodySCIM(t *testing.T) {
	f, client := newFake(t, `{"id": "1", "userName": "ada"}`)
	user, err := jsonbodyv3.New(client).Users.Create(background(), &jsonbodyv3.CreateUserParams{UserName: "ada"})
	noError(t, err)
	f.expect("POST https://jsonbody.twilio.com/v3/scim/Users", `{"userName":"ada"}`)
	equal(t, "the content type", f.last().header.Get("Content-Type"), "application/scim+json")
	equal(t, "what is accepted", f.last().header.Get("Accept"), "application/scim+json")
	equal(t, "a text", user.UserName, "ada")
}
