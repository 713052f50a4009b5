package twilio

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"time"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
)

// Client sends requests to Twilio. Make one with [NewClient]; with the zero value, every call is an
// error. A Client is safe for concurrent use and meant to be shared by everything in a program that
// calls Twilio, so that connections are shared too.
type Client struct {
	// A function, since fmt looks behind pointers, even inside a struct that merely contains a
	// Client.
	settings func() *settings
}

// settings is the result of the options of NewClient. It never changes afterwards.
type settings struct {
	http     http.Client
	provider CredentialsProvider
	account  string // of WithAccount; if "", that of the provider
	env      bool   // take what is not set from the environment

	region, edge string
	base         *url.URL    // replaces scheme and host of every product; nil if not set
	header       http.Header // of WithHeader
	userAgent    string
	common       http.Header            // what every request sends, unless something replaces it
	timeout      *time.Duration         // nil if not set
	maxBody      int64                  // bytes
	retries      int                    // how often a failed try is repeated
	repeat       func(Operation) Repeat // nil if not set
	budget       *budget
	places       places
	middleware   []Middleware
	hooks        []CallHook
	debug        *debugger    // nil if there is none
	logger       *slog.Logger // nil if there is none

	err error // the first option that cannot be applied
}

func newSettings() *settings {
	s := &settings{
		header: http.Header{}, userAgent: userAgent(), maxBody: defaultMaxBody,
		retries: defaultRetries, budget: newBudget(defaultBudget),
	}
	s.http.CheckRedirect = redirectPolicy(nil)
	return s
}

// NewClient returns a client. It needs credentials, from [FromEnv] or [WithCredentials]:
//
//	client, err := twilio.NewClient(twilio.FromEnv())
//
// NewClient sends nothing, so wrong credentials are not noticed before the first call.
func NewClient(opts ...ClientOption) (*Client, error) {
	s := newSettings()
	for _, opt := range opts {
		if opt != nil {
			opt.applyClient(s)
		}
	}
	if s.env {
		s.readEnv()
	}
	if s.err == nil {
		s.err = s.validate()
	}
	if s.err != nil {
		return nil, fmt.Errorf("twilio: %w", s.err)
	}
	if s.http.Transport == nil {
		s.http.Transport = defaultTransport()
	}
	s.use(s.provider)
	return newClient(s), nil
}

// defaultTransport returns a transport like that of net/http, which keeps no more than two idle
// connections to a host: with more than two calls at a time, most would open one of their own. A
// program that has replaced net/http's own by something else gets that.
func defaultTransport() http.RoundTripper {
	standard, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		return nil
	}
	t := standard.Clone()
	t.MaxIdleConns = 0 // for all hosts together, no limit
	t.MaxIdleConnsPerHost = max(t.MaxIdleConnsPerHost, 100)
	return t
}

func newClient(s *settings) *Client { return &Client{settings: func() *settings { return s }} }

// use makes p the credentials of the client that s is for.
func (s *settings) use(p CredentialsProvider) {
	if b, ok := p.(interface {
		bind(*settings) CredentialsProvider
	}); ok {
		p = b.bind(s)
	}
	s.provider = p
	s.common = s.commonHeader()
}

func (s *settings) commonHeader() http.Header {
	h := http.Header{"Accept": {"application/json"}, "User-Agent": {s.userAgent}}
	if c, ok := s.provider.(Credentials); ok {
		h["Authorization"] = []string{c.proof().authorization}
	}
	return h
}

// forTokens returns a client that requests access tokens. It has the settings of s, except for
// those that are only meant for Twilio's API.
func (s settings) forTokens(elsewhere bool) *Client {
	s.provider, s.account, s.header, s.middleware, s.hooks, s.debug = nil, "", nil, nil, nil, nil
	s.region, s.edge = "", ""
	s.places = nil // the calls that wait for the token may hold all of them
	if elsewhere {
		s.base = nil
	}
	s.repeat = func(Operation) Repeat { return RepeatAlways } // an extra token costs nothing
	s.common = s.commonHeader()
	return newClient(&s)
}

// readEnv takes from the environment what no option has set.
func (s *settings) readEnv() {
	if s.region == "" {
		s.region = os.Getenv("TWILIO_REGION")
	}
	if s.edge == "" {
		s.edge = os.Getenv("TWILIO_EDGE")
	}
	if s.provider == nil {
		c, err := credentialsFromEnv()
		s.provider = c
		s.fail(err)
	}
}

func (s *settings) validate() error {
	if s.provider == nil {
		return errors.New("no credentials: pass FromEnv or WithCredentials to NewClient")
	}
	if err := validateProvider(s.provider); err != nil {
		return err
	}
	for name, values := range s.header {
		if !isHeaderName(name) || !isHeaderValue(values[0]) {
			return fmt.Errorf("the header %q is not valid", name)
		}
		if isTransportHeader(name) {
			return fmt.Errorf("the header %q cannot be set: net/http sees to it", name)
		}
	}
	if !isHeaderValue(s.userAgent) {
		return errors.New("the user agent is not a valid header")
	}
	if !isHostLabel(s.region) {
		return errors.New(`the region is not valid in a host name; it should look like "ie1"`)
	}
	if !isHostLabel(s.edge) {
		return errors.New(`the edge is not valid in a host name; it should look like "dublin"`)
	}
	return nil
}

func (s *settings) fail(err error) {
	if s.err == nil {
		s.err = err
	}
}

// AccountSID returns the SID of the account that calls are made on: that of [Client.WithAccount],
// or else that of the credentials. It is "" for the zero Client.
func (c *Client) AccountSID() string {
	if c == nil || c.settings == nil {
		return ""
	}
	switch s := c.settings(); {
	case s.account != "":
		return s.account
	case s.provider != nil:
		return s.provider.AccountSID()
	}
	return ""
}

// WithAccount returns a client that makes its calls on another account, such as a subaccount.
// Without creds it uses the credentials of c, and can make only calls whose path names the account,
// which is every path below /2010-04-01/Accounts/{AccountSid}: a parent account may make these on
// its subaccounts. On any other path Twilio takes the account of the credentials instead, so such a
// call would be made on the wrong account, and is an [AccountError] before anything is sent. To
// make it on a subaccount, give WithAccount the credentials of that account, which must be no more
// than one provider:
//
//	sub := client.WithAccount(subSID, twilio.AuthToken(subSID, subToken))
//
// It is not noticed if an [APIKey] was made in another account than the one it is said to belong to,
// or who an [AccessToken], or a token of [OAuth], belongs to: Twilio decides what these may do.
//
// The client is cheap: connections are shared with c, and so are access tokens without creds. With
// [OAuth] as creds it has tokens of its own, so it should be kept. If accountSID is not the SID of
// an account, or creds are of no use or belong to another account, every call of the client fails.
func (c *Client) WithAccount(accountSID string, creds ...CredentialsProvider) *Client {
	if c == nil || c.settings == nil {
		return &Client{}
	}
	s := *c.settings()
	if err := s.actFor(accountSID, creds); err != nil {
		s.err = err
	}
	return newClient(&s)
}

// actFor sets the account that calls are made on, and the credentials if there are any.
func (s *settings) actFor(accountSID string, creds []CredentialsProvider) error {
	s.account = accountSID
	switch {
	case !wire.IsAccountSID(accountSID):
		return errAccountSID
	case len(creds) > 1:
		return errors.New("WithAccount takes the credentials of the account, and no others")
	case len(creds) == 0:
		return nil
	}
	if err := checkOwner(creds[0], accountSID); err != nil {
		return err
	}
	s.use(creds[0])
	return nil
}

var errAccountSID = &ParamError{"AccountSid", "must be an account SID: AC and 32 hex digits"}

// String returns a text that names the client's account and shows no secret.
func (c Client) String() string { return fmt.Sprintf("twilio.Client(%s)", c.AccountSID()) }

// GoString returns the same text as String.
func (c Client) GoString() string { return c.String() }

// Format prints the same text as String for every verb and flag, so that none of them shows a
// secret.
func (c Client) Format(f fmt.State, _ rune) { fmt.Fprint(f, c.String()) }

// LogValue returns the same text as String, for log/slog.
func (c Client) LogValue() slog.Value { return slog.StringValue(c.String()) }

// MarshalText returns the same text as String, for encoding/json and others.
func (c Client) MarshalText() ([]byte, error) { return []byte(c.String()), nil }
