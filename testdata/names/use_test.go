package use

import (
	"encoding/json"
	"testing"

	"example.com/golden/namesv1"
)

// Path parameters may be called anything.
func TestNamesPath(t *testing.T) {
	f, client := newFake(t)
	api := namesv1.New(client)
	_, err := api.Things.Fetch(background(), "1", "2", "3", "4", "5", "6", "7", "8", nil)
	noError(t, err)
	f.expect("GET https://names.twilio.com/v1/Things/1/2/3/4/5/6/7/8", "")
	noError(t, api.Locals.Update(background(), "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", nil))
	f.expect("POST https://names.twilio.com/v1/Locals/1/2/3/4/5/6/7/8/9/10", "")
	noError(t, api.Doubles.Delete(background(), "1", "2", "3"))
	f.expect("DELETE https://names.twilio.com/v1/Double/1/2/3", "")
	_, err = api.Shadows.Fetch(background(), "1", "2")
	noError(t, err)
	f.expect("GET https://names.twilio.com/v1/Shadows/1/2", "")
}

// Fields keep their own names on the wire, however they are called in Go.
func TestNamesFields(t *testing.T) {
	text := `{"friendly_name":"a","friendlyName":"b","friendly-name":"c","FRIENDLY_NAME":"d","type":"e","func":"f","2fa":"g",
		"+":"h","*":"i","-":"j","$ref_name":"k","unmarshalJSON":"m","log_value":"n","name":"o","größe":"p"}`
	var thing namesv1.Thing
	noError(t, json.Unmarshal([]byte(text), &thing))
	equal(t, "a keyword", thing.Type, "e")
	equal(t, "an ordinary name", thing.Name, "o")

	var want, got map[string]string
	noError(t, json.Unmarshal([]byte(text), &want))
	again, err := json.Marshal(thing)
	noError(t, err)
	noError(t, json.Unmarshal(again, &got))
	for name, value := range want {
		equal(t, name, got[name], value)
	}
	equal(t, "fields", len(got), len(want))
}

// The names that the package needs for itself stay its own, and operations with
// one noun are one resource.
func TestNamesResources(t *testing.T) {
	f, client := newFake(t, `{"role": "guest"}`, `{"role": "keeper"}`)
	var api *namesv1.Client = namesv1.New(client)
	room, err := api.Members.Create(background(), "RM1")
	noError(t, err)
	f.expect("POST https://names.twilio.com/v1/Rooms/RM1/Members", "")
	equal(t, "a role in a room", room.Role, namesv1.RoomMemberRoleGuest)
	team, err := api.Members.Fetch(background(), "TM1", "1")
	noError(t, err)
	equal(t, "a role in a team", team.Role, namesv1.MemberRoleKeeper)
}

// A parameter that is called Limit is sent, and the limit of the iteration is
// not; page_size is another parameter than PageSize.
func TestNamesLimit(t *testing.T) {
	f, client := newFake(t)
	for _, err := range namesv1.New(client).Records.List(background(), &namesv1.ListRecordsParams{Limit: 5, LimitParam: ptr(7), PageSizeParam: ptr(3)}) {
		noError(t, err)
	}
	f.expect("GET https://names.twilio.com/v1/Records?Limit=7&PageSize=5&page_size=3", "")
}

// A constant and a type that would have one name have two.
func TestNamesConstants(t *testing.T) {
	var record namesv1.Record
	noError(t, json.Unmarshal([]byte(`{"status": "code", "status_code": "200", "range": "nil"}`), &record))
	for _, known := range []bool{record.Status.IsKnown(), record.StatusCode.IsKnown(), record.Range.IsKnown()} {
		equal(t, "a value is known", known, true)
	}
	var code namesv1.RecordStatusCode = "200"
	equal(t, "a type", code, record.StatusCode)
}
