package use

import (
	"encoding/json"
	"testing"
	"time"

	"example.com/golden/datesv1"
	"example.com/golden/twilio"
)

// Times are read in both formats; one that cannot be read stays zero and loses
// nothing else.
func TestDatesAnswer(t *testing.T) {
	var r datesv1.Report
	noError(t, json.Unmarshal([]byte(`{
		"date_created": "2026-01-02T15:04:05Z",
		"date_updated": "Fri, 02 Jan 2026 15:04:05 +0000",
		"day": "2026-01-02",
		"holidays": ["2026-12-24", "2026-12-25"],
		"marks": {"noon": "2026-01-02T12:00:00Z"}
	}`), &r))
	when := time.Date(2026, time.January, 2, 15, 4, 5, 0, time.UTC)
	equal(t, "RFC 3339", r.DateCreated.Equal(when), true)
	equal(t, "RFC 2822", r.DateUpdated.Equal(when), true)
	equal(t, "a date", r.Day, twilio.Date{Year: 2026, Month: time.January, Day: 2})
	equal(t, "a date in a list", r.Holidays[1].Day, 25)
	equal(t, "a time in a map", r.Marks["noon"].Hour(), 12)

	noError(t, json.Unmarshal([]byte(`{"date_created": "yesterday", "day": "2026-02-30", "holidays": ["2026-12-24"]}`), &r))
	equal(t, "a malformed time", r.DateCreated.IsZero(), true)
	equal(t, "a date that does not exist", r.Day, twilio.Date{})
	equal(t, "what follows", len(r.Holidays), 1)
}

// Times are sent in UTC, dates as they are.
func TestDatesSent(t *testing.T) {
	f, client := newFake(t)
	east := time.FixedZone("", 2*60*60)
	_, err := datesv1.New(client).Reports.Create(background(), &datesv1.CreateReportParams{
		AsOf:     twilio.Date{Year: 2026, Month: time.January, Day: 2},
		Start:    time.Date(2026, time.January, 2, 1, 0, 0, 0, east),
		End:      ptr(time.Date(2026, time.January, 2, 3, 0, 0, 0, time.UTC)),
		Due:      &twilio.Date{Year: 2026, Month: time.March, Day: 4},
		Holidays: []twilio.Date{{Year: 2026, Month: time.May, Day: 1}},
		Breaks:   []time.Time{time.Date(2026, time.January, 2, 2, 0, 0, 0, east)},
	})
	noError(t, err)
	f.expect("POST https://dates.twilio.com/v1/Reports?AsOf=2026-01-02",
		"Start=2026-01-01T23%3A00%3A00Z&Breaks=2026-01-02T00%3A00%3A00Z&Due=2026-03-04&End=2026-01-02T03%3A00%3A00Z&Holidays=2026-05-01")
}

// A required time or date that is zero is refused.
func TestDatesRequired(t *testing.T) {
	f, client := newFake(t)
	_, err := datesv1.New(client).Reports.Create(background(), &datesv1.CreateReportParams{Start: time.Unix(0, 0)})
	equal(t, "the parameter that is missed", missing(t, err), "AsOf")
	f.nothing()
}
