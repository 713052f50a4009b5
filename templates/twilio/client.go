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

// Client sends requests to Twilio. It is made by [NewClient], is safe for concurrent use, and is meant to be shared by
// all products of a program, so that they share connections. Every call on its zero value is an error.
type Client struct {
	// A function, since fmt looks behind pointers, even into a struct that merely holds a Client.
	settings func() *settings
}

// settings is what the options of NewClient make. It never changes afterwards.
type settings struct {
	http     http.Client
	provider CredentialsProvider
	account  string // of WithAccount; "": that of the provider
	env      bool   // fill what is not set from the environment

	region, edge string
	base         *url.URL    // replaces scheme and host of every product; nil: none
	header       http.Header // of WithHeader
	userAgent    string
	common       http.Header    // what every request sends, unless told otherwise
	timeout      *time.Duration // nil: not set
	maxBody      int64          // bytes
	retries      int            // tries after the first
	retryUnsafe  bool
	middleware   []Middleware
	logger       *slog.Logger // nil: none

	err error // the first option that cannot be applied
}

const defaultUserAgent = "twiliogen-go"

func newSettings() *settings {
	s := &settings{header: http.Header{}, userAgent: defaultUserAgent, maxBody: defaultMaxBody, retries: defaultRetries}
	s.http.CheckRedirect = redirectPolicy(nil)
	return s
}

// NewClient returns a client. It needs credentials, from [FromEnv] or [WithCredentials]:
//
//	client, err := twilio.NewClient(twilio.FromEnv())
//
// Nothing is sent, so that wrong credentials only show in the first call.
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
	if p, ok := s.provider.(interface {
		bind(*settings) CredentialsProvider
	}); ok {
		s.provider = p.bind(s)
	}
	s.common = s.commonHeader()
	return newClient(s), nil
}

func newClient(s *settings) *Client { return &Client{settings: func() *settings { return s }} }

func (s *settings) commonHeader() http.Header {
	h := http.Header{"Accept": {"application/json"}, "User-Agent": {s.userAgent}}
	if c, ok := s.provider.(Credentials); ok {
		h["Authorization"] = []string{c.proof().authorization}
	}
	return h
}

// forTokens returns a client that requests access tokens: as s would, but without what is meant for Twilio's API alone.
func (s settings) forTokens(elsewhere bool) *Client {
	s.provider, s.account, s.header, s.middleware = nil, "", nil, nil
	s.region, s.edge = "", ""
	if elsewhere {
		s.base = nil
	}
	s.retryUnsafe = true // a token more costs nothing
	s.common = s.commonHeader()
	return newClient(&s)
}

// readEnv fills what no option has set.
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
		return errors.New("no credentials: give NewClient the option FromEnv or WithCredentials")
	}
	if err := validateProvider(s.provider); err != nil {
		return err
	}
	for name, values := range s.header {
		if !isHeaderName(name) || !isHeaderValue(values[0]) {
			return fmt.Errorf("the header %q cannot be sent", name)
		}
	}
	if !isHeaderValue(s.userAgent) {
		return errors.New("the user agent cannot be sent")
	}
	if !isHostLabel(s.region) {
		return errors.New(`the region is no part of a host name; it looks like "ie1"`)
	}
	if !isHostLabel(s.edge) {
		return errors.New(`the edge is no part of a host name; it looks like "dublin"`)
	}
	return nil
}

func (s *settings) fail(err error) {
	if s.err == nil {
		s.err = err
	}
}

// AccountSID returns the SID of the account that calls are made on: that of [Client.WithAccount], or else that of the
// credentials. It is "" for the zero Client.
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

// WithAccount returns a client that makes its calls on another account, such as a subaccount, with the credentials of c. It
// is cheap: connections and access tokens are shared. Operations whose path does not name an account are not changed by it;
// they belong to the account of the credentials. If accountSID is no account's SID, every call of the client fails.
func (c *Client) WithAccount(accountSID string) *Client {
	if c == nil || c.settings == nil {
		return &Client{}
	}
	s := *c.settings()
	s.account = accountSID
	if !wire.IsAccountSID(accountSID) {
		s.err = &ParamError{"AccountSid", "must be an account SID: AC and 32 hex digits"}
	}
	return newClient(&s)
}

// String names the client by its account, without any secret.
func (c Client) String() string { return fmt.Sprintf("twilio.Client(%s)", c.AccountSID()) }

// GoString is String.
func (c Client) GoString() string { return c.String() }

// Format prints String for every verb, so that no verb and no flag shows a secret.
func (c Client) Format(f fmt.State, _ rune) { fmt.Fprint(f, c.String()) }

// LogValue is String for log/slog.
func (c Client) LogValue() slog.Value { return slog.StringValue(c.String()) }

// MarshalText is String for encoding/json and others.
func (c Client) MarshalText() ([]byte, error) { return []byte(c.String()), nil }
