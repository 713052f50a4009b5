package twilio

import (
	"fmt"
	"log/slog"
	"math"
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
	maxBody   int64          // 0: the client's
	retries   *int           // nil: the client's

	retryUnsafe bool
	middleware  []Middleware
	logger      **slog.Logger // nil: the client's
}

// FromEnv takes from the environment what no other option sets, when NewClient is called. The credentials are
// TWILIO_ACCOUNT_SID with TWILIO_API_KEY and TWILIO_API_SECRET, or else with TWILIO_AUTH_TOKEN. TWILIO_REGION and
// TWILIO_EDGE are optional.
func FromEnv() ClientOption { return clientOption(func(s *settings) { s.env = true }) }

// WithHTTPClient sets what sends the requests. The client is copied and never changed; its Transport, Jar, Timeout and
// CheckRedirect are kept. CheckRedirect is asked about the redirects that this package would follow. Nil, as without this
// option, means a client with the default transport.
func WithHTTPClient(client *http.Client) ClientOption {
	return clientOption(func(s *settings) {
		s.http = http.Client{}
		if client != nil {
			s.http = *client
		}
		s.http.CheckRedirect = redirectPolicy(s.http.CheckRedirect)
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
		u, err := parseServerURL("base URL", base)
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

// WithTimeout limits how long a try may take, from the first byte sent to the last byte read. Zero or less means no limit.
// Without this option the limit is 30 seconds, unless the context has a deadline or the HTTP client a timeout. The time for
// all tries of a call and the waits between them is limited by the context.
func WithTimeout(d time.Duration) Option {
	return option{
		func(s *settings) { s.timeout = &d },
		func(c *callOptions) { c.timeout = &d },
	}
}

// WithMaxBody limits how many bytes of an answer are read; a longer one is an error. Without this option, or with zero or
// less, it is 64 MiB.
func WithMaxBody(bytes int64) Option {
	if bytes <= 0 {
		bytes = defaultMaxBody
	}
	bytes = min(bytes, math.MaxInt64-1)
	return option{
		func(s *settings) { s.maxBody = bytes },
		func(c *callOptions) { c.maxBody = bytes },
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

// parseServerURL reads a URL that requests with credentials are sent to. Its error never names the value, which may hold a
// password.
func parseServerURL(what, s string) (*url.URL, error) {
	u, err := url.Parse(s)
	switch {
	case err != nil || u.Host == "" || u.Opaque != "":
		return nil, fmt.Errorf(`the %s is none; it looks like "https://localhost:8080"`, what)
	case u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return nil, fmt.Errorf("the %s must have no user, query or fragment", what)
	case u.Scheme != "https" && (u.Scheme != "http" || !isLoopback(u.Hostname())):
		return nil, fmt.Errorf("the %s must use https, or http on a loopback address", what)
	}
	return u, nil
}
