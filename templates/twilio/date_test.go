package twilio_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
	"github.com/twiliogen/twiliogen/templates/twilio"
)

func TestDateText(t *testing.T) {
	type holder struct {
		Day   twilio.Date  `json:"day"`
		Maybe *twilio.Date `json:"maybe"`
	}
	leap := twilio.NewDate(2024, time.February, 29)
	for doc, want := range map[string]twilio.Date{
		`{"day":"2024-02-29","maybe":null}`: leap,
		`{"day":"","maybe":null}`:           {},
		`{"day":"0001-01-01","maybe":null}`: twilio.NewDate(1, 1, 1),
	} {
		var got holder
		if err := json.Unmarshal([]byte(doc), &got); err != nil || got.Day != want {
			t.Errorf("%s: %+v, %v", doc, got, err)
		}
		if data, err := json.Marshal(got); err != nil || string(data) != doc {
			t.Errorf("%s, %v, want %s", data, err, doc)
		}
	}
	for _, bad := range []string{"2024-02-30", "2024-2-1", "29.02.2024", "2024-02-29T00:00:00Z", " 2024-02-29", "x"} {
		d := leap
		if err := d.UnmarshalText([]byte(bad)); err == nil || d != leap {
			t.Errorf("%q: %v, %v", bad, d, err)
		}
		if _, err := twilio.ParseDate(bad); err == nil {
			t.Errorf("%q is a date", bad)
		}
	}
	if _, err := twilio.ParseDate(""); err == nil {
		t.Error("an empty text is a date")
	}
}

// Generated code converts what it decodes.
func TestDateOfWire(t *testing.T) {
	if got := twilio.Date(wire.Date{Year: 2024, Month: time.February, Day: 29}); got != twilio.NewDate(2024, time.February, 29) {
		t.Errorf("%v", got)
	}
}

func TestDateTime(t *testing.T) {
	zone := time.FixedZone("", 5*60*60)
	d := twilio.NewDate(2024, time.February, 29)
	if got := d.Time(zone); !got.Equal(time.Date(2024, 2, 28, 19, 0, 0, 0, time.UTC)) || twilio.DateOf(got) != d {
		t.Errorf("%v", got)
	}
	if got := d.Time(nil); !got.Equal(time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("%v", got)
	}
	if !(twilio.Date{}).Time(zone).IsZero() || !twilio.DateOf(time.Time{}).IsZero() {
		t.Error("no date is a time")
	}
}
