package use

import (
	"errors"
	"testing"
	"time"

	"example.com/golden/apiv2010"
	"example.com/golden/twilio"
)

const accounts = "https://api.twilio.com/2010-04-01/Accounts/"

// The account in a path is the client's, or that of the call.
func TestV2010Account(t *testing.T) {
	f, client := newFake(t)
	api := apiv2010.New(client)
	_, err := api.Messages.Create(background(), &apiv2010.CreateMessageParams{To: "+14155550100", From: ptr("+14155550101"), Body: ptr("Hello")})
	noError(t, err)
	f.expect("POST "+accounts+account+"/Messages.json", "To=%2B14155550100&Body=Hello&From=%2B14155550101")

	const other = "AC00000000000000000000000000000002"
	noError(t, api.Media.Delete(background(), "SM1", "ME1", twilio.WithAccountSID(other)))
	f.expect("DELETE "+accounts+other+"/Messages/SM1/Media/ME1.json", "")

	_, err = api.Accounts.Fetch(background(), other)
	noError(t, err)
	f.expect("GET "+accounts+other+".json", "")
}

// Pages are found by a path on the same host. Times that are compared have
// names of their own.
func TestV2010Pages(t *testing.T) {
	f, client := newFake(t,
		`{"messages": [{"body": "a"}], "next_page_uri": "/2010-04-01/Accounts/`+account+`/Messages.json?Page=1&PageToken=PA.1"}`,
		`{"messages": [{"body": "b", "date_sent": "Fri, 02 Jan 2026 15:04:05 +0000"}], "next_page_uri": null}`)
	var text string
	var sent time.Time
	day := time.Date(2026, time.January, 2, 0, 0, 0, 0, time.UTC)
	for message, err := range apiv2010.New(client).Messages.List(background(), &apiv2010.ListMessagesParams{
		DateSentAfter: &day, DateSentBefore: &day, DateSent: &day,
	}) {
		noError(t, err)
		text += message.Body
		sent = message.DateSent
	}
	equal(t, "the texts", text, "ab")
	equal(t, "the year of the last", sent.Year(), 2026)
	const when = "2026-01-02T00%3A00%3A00Z"
	equal(t, "the first page", f.asked[0].line,
		"GET "+accounts+account+"/Messages.json?DateSent="+when+"&DateSent%3C="+when+"&DateSent%3E="+when)
	f.expect("GET "+accounts+account+"/Messages.json?Page=1&PageToken=PA.1", "")
}

// A message's SID begins with either of two prefixes, and with no other.
func TestV2010TwoPrefixes(t *testing.T) {
	f, client := newFake(t)
	api := apiv2010.New(client)
	const digits = "00000000000000000000000000000001"
	for _, sid := range []string{"SM" + digits, "MM" + digits} {
		noError(t, api.Media.Delete(background(), sid, "ME1"))
		f.expect("DELETE "+accounts+account+"/Messages/"+sid+"/Media/ME1.json", "")
	}
	sent := len(f.asked)
	err := api.Media.Delete(background(), "CA"+digits, "ME1")
	var param *twilio.ParamError
	if !errors.As(err, &param) || param.Param != "MessageSid" || param.Reason != "must be a SID that starts with SM or MM, not with CA" {
		t.Errorf("%v", err)
	}
	equal(t, "the number of requests", len(f.asked), sent)
	equal(t, "the prefixes", apiv2010.MessageSIDPrefixSM+apiv2010.MessageSIDPrefixMM, "SMMM")
}

// Of each group of parameters one is needed.
func TestV2010Conditional(t *testing.T) {
	f, client := newFake(t)
	for want, params := range map[string]*apiv2010.CreateMessageParams{
		"To":                          nil,
		"Body or MediaUrl":            {To: "+14155550100", From: ptr("+14155550101")},
		"From or MessagingServiceSid": {To: "+14155550100", MediaURL: []string{"https://example.com/a.png"}},
	} {
		_, err := apiv2010.New(client).Messages.Create(background(), params)
		equal(t, "the parameter that is missed", missing(t, err), want)
	}
	f.nothing()
}
