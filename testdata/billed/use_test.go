package use

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"example.com/golden/lookupsv2"
	"example.com/golden/twilio"
)

// unavailable answers every request with 503, and counts them.
type unavailable int

func (n *unavailable) RoundTrip(r *http.Request) (*http.Response, error) {
	*n++
	return &http.Response{StatusCode: 503, Header: http.Header{}, Body: http.NoBody, Request: r}, nil
}

// What costs money is asked once; the same read without it is asked again.
func TestBilledReads(t *testing.T) {
	for fields, want := range map[string]int{"": 2, "caller_name": 1} {
		var sent unavailable
		client, err := twilio.NewClient(
			twilio.WithCredentials(twilio.AuthToken(account, "token")),
			twilio.WithHTTPClient(&http.Client{Transport: &sent}),
			twilio.WithMaxRetries(1),
		)
		noError(t, err)
		params := &lookupsv2.FetchPhoneNumberParams{CountryCode: twilio.Ptr("DE")}
		if fields != "" {
			params.Fields = &fields
		}
		_, err = lookupsv2.New(client).PhoneNumbers.Fetch(background(), "+4930", params)
		equal(t, "a server error", errors.Is(err, twilio.ErrServer), true)
		equal(t, "requests with Fields "+fields, int(sent), want)
	}
}

// A developer sees the parameters as they print themselves.
func TestDebugShowsParams(t *testing.T) {
	_, client := newFake(t, `{"phone_number":"+4930"}`)
	var out strings.Builder
	_, err := lookupsv2.New(client).PhoneNumbers.Fetch(background(), "+4930",
		&lookupsv2.FetchPhoneNumberParams{CountryCode: twilio.Ptr("DE")}, twilio.WithDebug(&out))
	noError(t, err)
	equal(t, "the parameters are shown", strings.Contains(out.String(), "\n> CountryCode=DE\n"), true)
	equal(t, "the number is shown", strings.Contains(out.String(), "4930"), false)
}
