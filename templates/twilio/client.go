// Package twilio is the runtime under the generated bindings: one Client with its credentials, the options of a call,
// pages, and errors. The packages of the products are called with it.
package twilio

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"time"
)

// Client sends requests to Twilio. It is made by [NewClient], is safe for concurrent use, and is meant to be shared by
// all products of a program, so that they share connections. Every call on its zero value is an error.
type Client struct {
	// A function, since fmt looks behind pointers, even into a struct that merely holds a Client.
	settings func() *settings
}

// settings is what the options of NewClient make. It never changes afterwards.
type settings struct {
	http        http.Client
	credentials Credentials
	env         bool // fill what is not set from the environment

	region, edge string
	base         *url.URL    // replaces scheme and host of every product; nil: none
	header       http.Header // of WithHeader
	userAgent    string
	common       http.Header    // what every request sends, unless told otherwise
	timeout      *time.Duration // nil: not set

	err error // the first option that cannot be applied
}

const defaultUserAgent = "twiliogen-go"

// NewClient returns a client. It needs credentials, from [FromEnv] or [WithCredentials]:
//
//	client, err := twilio.NewClient(twilio.FromEnv())
//
// Nothing is sent, so that wrong credentials only show in the first call.
func NewClient(opts ...ClientOption) (*Client, error) {
	s := &settings{header: http.Header{}, userAgent: defaultUserAgent}
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
	s.http.CheckRedirect = redirectPolicy(s.http.CheckRedirect)
	s.common = http.Header{
		"Accept":        {"application/json"},
		"Authorization": {s.credentials.authorization()},
		"User-Agent":    {s.userAgent},
	}
	return &Client{settings: func() *settings { return s }}, nil
}

// readEnv fills what no option has set.
func (s *settings) readEnv() {
	if s.region == "" {
		s.region = os.Getenv("TWILIO_REGION")
	}
	if s.edge == "" {
		s.edge = os.Getenv("TWILIO_EDGE")
	}
	if s.credentials.basic == nil {
		c, err := credentialsFromEnv()
		s.credentials = c
		s.fail(err)
	}
}

func (s *settings) validate() error {
	if s.credentials.basic == nil {
		return errors.New("no credentials: give NewClient the option FromEnv or WithCredentials")
	}
	if err := s.credentials.validate(); err != nil {
		return err
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

// AccountSID returns the SID of the account that the client's credentials belong to; "" for the zero Client.
func (c *Client) AccountSID() string {
	if c == nil || c.settings == nil {
		return ""
	}
	return c.settings().credentials.accountSID()
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
