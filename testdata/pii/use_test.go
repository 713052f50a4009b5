package use

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"example.com/golden/piiv1"
	"example.com/golden/twilio"
)

const patient = `{"sid": "PA1", "name": "secret", "born": "2001-09-09", "seen": "2001-09-09T00:00:00Z", "weight": 2001.09, "height": 2001.09,
	"smoker": true, "group": "secret", "allergies": ["secret"], "notes": {"a": "secret"}, "address": {"street": "secret"},
	"ward": "west",
	"doctor": {"title": "Dr", "office": {"floor": 3, "phone": "secret"}},
	"doctors": [{"title": "Prof", "office": {"phone": "secret"}}],
	"doctors_by_day": {"mon": {"title": "Sir", "office": {"phone": "secret"}}},
	"rounds": [[{"title": "Dame", "office": {"phone": "secret"}}]],
	"roommate": {"sid": "PA2", "name": "secret", "doctor": {"office": {"phone": "secret"}}}}`

// logged is how both handlers of log/slog and the verbs of fmt write a value.
func logged(value any) string {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%v %+v %#v %s %q %x\n", value, value, value, value, value, value)
	slog.New(slog.NewTextHandler(&b, nil)).Info("x", "v", value)
	slog.New(slog.NewJSONHandler(&b, nil)).Info("x", "v", value)
	return b.String()
}

// A log shows what is not personal and nothing of what is, at any depth.
func TestPIIAnswer(t *testing.T) {
	var p piiv1.Patient
	noError(t, json.Unmarshal([]byte(patient), &p))
	for _, value := range []any{p, &p} {
		log := logged(value)
		for _, personal := range []string{"secret", "2001", "true"} {
			if strings.Contains(log, personal) {
				t.Errorf("%s is in the log: %s", personal, log)
			}
		}
		for _, other := range []string{"PA1", "PA2", "west", "Prof"} {
			if !strings.Contains(log, other) {
				t.Errorf("%s is not in the log: %s", other, log)
			}
		}
	}
	equal(t, "the name after it was logged", p.Name, "secret")
	equal(t, "a doctor's phone after it was logged", p.Doctors[0].Office.Phone, "secret")
	equal(t, "the roommate's name after it was logged", p.Roommate.Name, "secret")
	logged((*piiv1.Patient)(nil))
}

// The same holds for parameters.
func TestPIIParams(t *testing.T) {
	params := &piiv1.CreatePatientParams{
		Referrer: ptr("secret"), Name: "secret", Phone: ptr("secret"), Weight: ptr(2001.09), Visits: ptr(2001), Smoker: ptr(true),
		Born: &twilio.Date{Year: 2001, Month: time.September, Day: 9}, Seen: ptr(time.Date(2001, time.September, 9, 0, 0, 0, 0, time.UTC)),
		Group: "secret", Allergies: []string{"secret"}, Notes: "secret", Ward: ptr("west"),
		Contacts: []piiv1.PatientContact{{Phone: ptr("secret"), Language: ptr("en")}},
	}
	log := logged(params)
	for _, personal := range []string{"secret", "2001", "true"} {
		if strings.Contains(log, personal) {
			t.Errorf("%s is in the log: %s", personal, log)
		}
	}
	equal(t, "the name after it was logged", params.Name, "secret")
	equal(t, "a contact after it was logged", *params.Contacts[0].Phone, "secret")
	logged((*piiv1.CreatePatientParams)(nil))
}
