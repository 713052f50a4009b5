package use

import (
	"encoding/json"
	"testing"

	"example.com/golden/nullablev1"
	"example.com/golden/twilio"
)

// Only numbers and booleans that may be null are pointers: null is the zero
// value of everything else.
func TestNullableAnswer(t *testing.T) {
	all := `{"text_or_null": null, "count_or_null": null, "total_or_null": null, "ratio_or_null": null, "valid_or_null": null,
		"unit_or_null": null, "date_or_null": null, "time_or_null": null, "notes_or_null": null, "detail_or_null": null,
		"wrapped_or_null": null, "count": null, "unit": "kwh"}`
	var r nullablev1.Reading
	noError(t, json.Unmarshal([]byte(all), &r))
	equal(t, "a text", r.TextOrNull, "")
	equal(t, "a pointer to a number", r.CountOrNull, nil)
	equal(t, "a pointer to a large number", r.TotalOrNull, nil)
	equal(t, "a pointer to a fraction", r.RatioOrNull, nil)
	equal(t, "a pointer to a boolean", r.ValidOrNull, nil)
	equal(t, "an enum", r.UnitOrNull, "")
	equal(t, "a date", r.DateOrNull, twilio.Date{})
	equal(t, "a time", r.TimeOrNull.IsZero(), true)
	equal(t, "a list", r.NotesOrNull == nil, true)
	equal(t, "an object", r.DetailOrNull.Depth, nil)
	equal(t, "a wrapped object", r.WrappedOrNull.Floor, 0)
	equal(t, "a number that should not be null", r.Count, 0)
	equal(t, "what follows a null", r.Unit, nullablev1.ReadingUnitKwh)

	noError(t, json.Unmarshal([]byte(`{"count_or_null": 0, "total_or_null": 9007199254740993, "valid_or_null": false}`), &r))
	equal(t, "zero", *r.CountOrNull, 0)
	equal(t, "a large number", *r.TotalOrNull, 9007199254740993)
	equal(t, "false", *r.ValidOrNull, false)
}

const reading = "RD00000000000000000000000000000001"

// A required value that may be zero is sent when it is; an optional one is sent
// when it is set, zero or not.
func TestNullableForm(t *testing.T) {
	f, client := newFake(t)
	_, err := nullablev1.New(client).Readings.Update(background(), reading, &nullablev1.UpdateReadingParams{
		Label: "hall", Unit: nullablev1.ReadingUnitLitre, Notes: []string{"a", "b"},
		OptionalLabel: ptr(""), OptionalCount: ptr(0), OptionalTotal: ptr(int64(1) << 60),
		OptionalRatio: ptr(0.5), OptionalValid: ptr(false),
	})
	noError(t, err)
	f.expect("POST https://nullable.twilio.com/v1/Readings/"+reading,
		"Count=0&Label=hall&Notes=a&Notes=b&Ratio=0&Total=0&Unit=litre&Valid=false"+
			"&OptionalCount=0&OptionalLabel=&OptionalRatio=0.5&OptionalTotal=1152921504606846976&OptionalValid=false")
}

// A required value that is missing is refused before anything is sent.
func TestNullableRequired(t *testing.T) {
	f, client := newFake(t)
	for want, params := range map[string]*nullablev1.UpdateReadingParams{
		"Label": nil,
		"Notes": {Label: "hall", Unit: nullablev1.ReadingUnitKwh},
		"Unit":  {Label: "hall", Notes: []string{"a"}},
	} {
		_, err := nullablev1.New(client).Readings.Update(background(), reading, params)
		equal(t, "the parameter that is missed", missing(t, err), want)
	}
	f.nothing()
}
