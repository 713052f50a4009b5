package use

import (
	"testing"
	"time"

	"example.com/golden/parametersv1"
	"example.com/golden/twilio"
)

// Path parameters are texts, in the order of the path, and are escaped.
func TestParametersPath(t *testing.T) {
	f, client := newFake(t)
	items := parametersv1.New(client).Items
	_, err := items.Fetch(background(), "7", "a/b c?", nil)
	noError(t, err)
	f.expect("GET https://parameters.twilio.com/v1/Shelves/7/Items/a%2Fb%20c%3F", "")
	for _, bad := range []string{"", ".", ".."} {
		_, err := items.Fetch(background(), "7", bad, nil)
		equal(t, "the parameter that is refused", missing(t, err), "ItemId")
	}
	equal(t, "requests", len(f.asked), 1)
}

// What the path declares holds for its operations, unless they declare it
// themselves.
func TestParametersQuery(t *testing.T) {
	f, client := newFake(t)
	_, err := parametersv1.New(client).Items.Fetch(background(), "7", "1", &parametersv1.FetchItemParams{
		Verbose:    ptr(false),
		Depth:      ptr(0),
		Offset:     ptr(int64(-1)),
		Ratio:      ptr(0.25),
		Since:      &twilio.Date{Year: 2026, Month: time.January, Day: 2},
		FilterName: ptr("x&y"),
		PriceMax:   ptr(1e6),
		XTrace:     ptr("abc"),
	})
	noError(t, err)
	f.expect("GET https://parameters.twilio.com/v1/Shelves/7/Items/1?Depth=0&Filter.Name=x%26y&Offset=-1&Ratio=0.25&Since=2026-01-02&Verbose=false&price_max=1000000", "")
	equal(t, "a header", f.last().header.Get("X-Trace"), "abc")
}

// A header is sent when it is set; a required one has to be.
func TestParametersHeader(t *testing.T) {
	f, client := newFake(t)
	items := parametersv1.New(client).Items
	_, err := items.Update(background(), "7", "1", &parametersv1.UpdateItemParams{Name: ptr("x")})
	equal(t, "the parameter that is missed", missing(t, err), "If-Match")
	f.nothing()

	_, err = items.Update(background(), "7", "1", &parametersv1.UpdateItemParams{
		IfMatch: "3", XMode: parametersv1.ItemXModeSafe, XCount: ptr(0), XDry: ptr(true), Weight: ptr(0.0),
		XWhen: ptr(time.Date(2026, time.January, 2, 15, 4, 5, 0, time.UTC)),
		XDay:  &twilio.Date{Year: 2026, Month: time.January, Day: 2},
	})
	noError(t, err)
	f.expect("POST https://parameters.twilio.com/v1/Shelves/7/Items/1", "Weight=0")
	for name, want := range map[string]string{
		"If-Match": "3", "X-Mode": "safe", "X-Count": "0", "X-Dry": "true",
		"X-When": "2026-01-02T15:04:05Z", "X-Day": "2026-01-02", "X-Trace": "",
	} {
		equal(t, name, f.last().header.Get(name), want)
	}
}

// A required boolean is sent as it is, and an operation without parameters
// takes none.
func TestParametersRequired(t *testing.T) {
	f, client := newFake(t)
	api := parametersv1.New(client)
	noError(t, api.Items.Delete(background(), "7", "1", &parametersv1.DeleteItemParams{}))
	f.expect("DELETE https://parameters.twilio.com/v1/Shelves/7/Items/1?Force=false", "")
	noError(t, api.Lamps.Update(background(), "LA1"))
	f.expect("PUT https://parameters.twilio.com/v1/Lamps/LA1", "")
}

// An answer may be a single value.
func TestParametersSingleValue(t *testing.T) {
	_, client := newFake(t, "true")
	dim, err := parametersv1.New(client).Lamps.Patch(background(), "LA1")
	noError(t, err)
	equal(t, "the answer", *dim, true)
}
