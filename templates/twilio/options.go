package twilio

import (
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
)

// ClientOption is an option of [NewClient]. A nil option does nothing, and of two that set the same thing the last wins.
type ClientOption interface{ applyClient(*settings) }

// RequestOption is an option of one call. A nil option does nothing, and of two that set the same thing the last wins.
type RequestOption interface{ applyRequest(*callOptions) }

// Option is an option of [NewClient], for all calls of the client, and of one call, where it wins over the client's.
type Option interface {
	ClientOption
	RequestOption
}

type clientOption func(*settings)

func (o clientOption) applyClient(s *settings) { o(s) }

type requestOption func(*callOptions)

func (o requestOption) applyRequest(c *callOptions) { o(c) }

type option struct {
	clientOption
	requestOption
}

// callOptions is what the options of one call make.
type callOptions struct {
	header    []wire.Pair
	extra     wire.Values    // parameters that the document does not have
	extraName string         // the name of one of them
	timeout   *time.Duration // nil: not set
	account   *string        // nil: the client's
	response  *Response      // nil: not wanted
}

// FromEnv takes from the environment what no other option sets, when NewClient is called. The credentials are
// TWILIO_ACCOUNT_SID with TWILIO_API_KEY and TWILIO_API_SECRET, or else with TWILIO_AUTH_TOKEN. TWILIO_REGION and
// TWILIO_EDGE are optional.
func FromEnv() ClientOption { return clientOption(func(s *settings) { s.env = true }) }

// WithCredentials sets who calls.
func WithCredentials(c Credentials) ClientOption {
	return clientOption(func(s *settings) {
		s.credentials = c
		s.fail(c.validate())
	})
}

// WithHTTPClient sets what sends the requests. The client is copied and never changed; its Transport, Jar, Timeout and
// CheckRedirect are kept. CheckRedirect is asked about the redirects that this package would follow. Nil, as without this
// option, means a client with the default transport.
func WithHTTPClient(client *http.Client) ClientOption {
	return clientOption(func(s *settings) {
		s.http = http.Client{}
		if client != nil {
			s.http = *client
		}
	})
}

// WithRegion sets the region that processes the requests, such as "ie1". Auth tokens and API keys belong to a region.
func WithRegion(region string) ClientOption {
	return clientOption(func(s *settings) { s.region = region })
}

// WithEdge sets the edge location where requests enter Twilio's network, such as "dublin". Without a region it means
// the region us1.
func WithEdge(edge string) ClientOption {
	return clientOption(func(s *settings) { s.edge = edge })
}

// WithBaseURL sends the requests for every product to one place, such as a fake or a proxy. Its path, if it has one, is
// put before every path. It must use https, or http on a loopback address. Region and edge have no effect then.
func WithBaseURL(base string) ClientOption {
	return clientOption(func(s *settings) {
		u, err := parseBaseURL(base)
		s.base = u
		s.fail(err)
	})
}

// WithUserAgent replaces the User-Agent header.
func WithUserAgent(userAgent string) ClientOption {
	return clientOption(func(s *settings) { s.userAgent = userAgent })
}

// WithHeader sets a header, in place of the one that would be sent otherwise. A redirect to another host does not get
// it.
func WithHeader(key, value string) Option {
	return option{
		func(s *settings) { s.header.Set(key, value) },
		func(c *callOptions) { c.header = append(c.header, wire.Pair{Name: key, Value: value}) },
	}
}

// WithTimeout limits how long a call may take, from the first byte sent to the last byte read. A list counts each page
// on its own. Zero or less means no limit. Without this option the limit is 30 seconds, unless the context has a
// deadline or the HTTP client a timeout.
func WithTimeout(d time.Duration) Option {
	return option{
		func(s *settings) { s.timeout = &d },
		func(c *callOptions) { c.timeout = &d },
	}
}

// Response is the answer to a call as it came. A list leaves that of the last page.
type Response struct {
	StatusCode int         // 0 when there was no answer
	Header     http.Header // nil when there was no answer
	Body       []byte      // whole, or as much of it as could be read
}

// WithResponse fills r with the answer, also when the call fails with one. It is set anew by every request that the
// call sends, and must not be shared by calls that run at the same time.
func WithResponse(r *Response) RequestOption {
	return requestOption(func(c *callOptions) { c.response = r })
}

// WithForm adds a parameter that the bindings do not have: to the form where the operation sends one, or to the query of
// a GET or DELETE. An operation that sends JSON refuses it.
func WithForm(key, value string) RequestOption {
	return requestOption(func(c *callOptions) {
		c.extra.Add(key, value)
		c.extraName = key
	})
}

// WithAccountSID makes the call on another account, such as a subaccount of the client's. Operations whose path does not
// name an account are not changed by it.
func WithAccountSID(accountSID string) RequestOption {
	return requestOption(func(c *callOptions) { c.account = &accountSID })
}

// Ptr returns a pointer to v, for the optional fields of parameters.
func Ptr[T any](v T) *T { return &v }

// parseBaseURL never names the value, which may hold a password.
func parseBaseURL(base string) (*url.URL, error) {
	u, err := url.Parse(base)
	switch {
	case err != nil || u.Host == "" || u.Opaque != "":
		return nil, errors.New(`the base URL is none; it looks like "https://localhost:8080"`)
	case u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return nil, errors.New("the base URL must have no user, query or fragment")
	case u.Scheme != "https" && (u.Scheme != "http" || !isLoopback(u.Hostname())):
		return nil, errors.New("the base URL must use https, or http on a loopback address")
	}
	return u, nil
}
