package client_test

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"testing"
	"time"

	theirclient "github.com/twilio/twilio-go/client"
	theirproxy "github.com/twilio/twilio-go/rest/proxy/v1"

	"github.com/twiliogen/twiliogen/gen/proxyv1"
	"github.com/twiliogen/twiliogen/gen/twilio"
	"github.com/twiliogen/twiliogen/testdata/proof/floor"
)

const (
	accountSID = "AC00000000000000000000000000000001"
	authToken  = "0123456789abcdef0123456789abcdef"
	serviceSID = "KS00000000000000000000000000000001"
	sessionSID = "KC00000000000000000000000000000001"

	uniqueName = "order-1234"
	ttl        = 3600
	timeout    = 30 * time.Second // of the clients that have none of their own
)

// caller makes the calls that are compared, and returns what its library has
// for a Session, for a page of them, or for a list.
type caller interface {
	fetch() (any, error)
	create() (any, error)
	page(size int) (any, error) // only the first
	list(size int) (any, error) // all records, by pages of this size
}

// namedCaller is one side of the comparison.
type namedCaller struct {
	name string
	caller
}

// callers returns the sides of the comparison, ours first, all of them over the
// same transport.
func callers(tb testing.TB, transport http.RoundTripper) []namedCaller {
	client, err := twilio.NewClient(
		twilio.WithCredentials(twilio.AuthToken(accountSID, authToken)),
		twilio.WithHTTPClient(&http.Client{Transport: transport}),
	)
	if err != nil {
		tb.Fatal(err)
	}
	twilioGo := &theirclient.Client{
		Credentials: theirclient.NewCredentials(accountSID, authToken),
		HTTPClient:  &http.Client{Transport: transport, Timeout: timeout},
	}
	byHand := &floor.Client{
		HTTP:       http.Client{Transport: transport, Timeout: timeout},
		Server:     floor.Server,
		AccountSID: accountSID,
		AuthToken:  authToken,
	}
	return []namedCaller{
		{"twiliogen", ours{proxyv1.New(client)}},
		{"twilio-go", theirs{theirproxy.NewApiServiceWithClient(twilioGo)}},
		{"floor", floorCaller{byHand}},
	}
}

// ours calls with the committed bindings.
type ours struct{ proxy *proxyv1.Client }

func (c ours) fetch() (any, error) {
	return c.proxy.Sessions.Fetch(context.Background(), serviceSID, sessionSID)
}

func (c ours) page(size int) (any, error) {
	return c.proxy.Sessions.Page(context.Background(), serviceSID, &proxyv1.ListSessionsParams{PageSize: size})
}

func (c ours) list(size int) (any, error) {
	list := make([]*proxyv1.Session, 0, size)
	for s, err := range c.proxy.Sessions.List(context.Background(), serviceSID, &proxyv1.ListSessionsParams{PageSize: size}) {
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

func (c ours) create() (any, error) {
	return c.proxy.Sessions.Create(context.Background(), serviceSID, &proxyv1.CreateSessionParams{
		Mode:       proxyv1.SessionModeVoiceAndMessage,
		TTL:        twilio.Ptr(ttl),
		UniqueName: twilio.Ptr(uniqueName),
	})
}

// theirs calls with twilio-go.
type theirs struct{ proxy *theirproxy.ApiService }

func (c theirs) fetch() (any, error) { return c.proxy.FetchSession(serviceSID, sessionSID) }

func (c theirs) page(size int) (any, error) {
	return c.proxy.PageSession(serviceSID, new(theirproxy.ListSessionParams).SetPageSize(size), "", "")
}

func (c theirs) list(size int) (any, error) {
	return c.proxy.ListSession(serviceSID, new(theirproxy.ListSessionParams).SetPageSize(size))
}

func (c theirs) create() (any, error) {
	return c.proxy.CreateSession(serviceSID, new(theirproxy.CreateSessionParams).
		SetMode(string(proxyv1.SessionModeVoiceAndMessage)).
		SetTtl(ttl).
		SetUniqueName(uniqueName))
}

// floorCaller calls with the client that is written by hand.
type floorCaller struct{ client *floor.Client }

func (c floorCaller) fetch() (any, error) {
	return c.client.Fetch(context.Background(), serviceSID, sessionSID)
}

func (c floorCaller) page(size int) (any, error) {
	return c.client.Page(context.Background(), serviceSID, size)
}

func (c floorCaller) list(size int) (any, error) {
	return c.client.List(context.Background(), serviceSID, size)
}

func (c floorCaller) create() (any, error) {
	return c.client.Create(context.Background(), serviceSID, url.Values{
		"Mode":       {string(proxyv1.SessionModeVoiceAndMessage)},
		"Ttl":        {strconv.Itoa(ttl)},
		"UniqueName": {uniqueName},
	})
}
