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

// ClientOption is an option of [NewClient]. A nil option does nothing. If two options set the same
// thing, the last one wins.
type ClientOption interface{ applyClient(*settings) }

// RequestOption is an option of one call. A nil option does nothing. If two options set the same
// thing, the last one wins.
type RequestOption interface{ applyRequest(*callOptions) }

// Option is an option of [NewClient], for all calls of the client, and also of one call, where it
// replaces that of the client.
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

// callOptions is the result of the options of one call.
type callOptions struct {
	header    []wire.Pair
	extra     wire.Values            // parameters that the document does not have
	extraName string                 // the name of one of them
	timeout   *time.Duration         // nil if not set
	account   *string                // if nil, that of the client
	response  *Response              // nil if not wanted
	pageToken string                 // where a list begins; "" for its first page
	maxBody   int64                  // if 0, that of the client
	retries   *int                   // if nil, that of the client
	repeat    func(Operation) Repeat // if nil, that of the client

	middleware []Middleware
	hooks      []CallHook
	logger     **slog.Logger // if nil, that of the client
	debug      **debugger    // if nil, that of the client

	from     start                   // of a stream
	progress func(done, total int64) // of a stream; nil if not wanted
}

// FromEnv takes from the environment, when NewClient is called, whatever no other option sets. The
// credentials are TWILIO_ACCOUNT_SID with TWILIO_API_KEY and TWILIO_API_SECRET, or else with
// TWILIO_AUTH_TOKEN; half an API key is an error. TWILIO_REGION and TWILIO_EDGE are optional.
func FromEnv() ClientOption { return clientOption(func(s *settings) { s.env = true }) }

// WithHTTPClient sets the client that sends the requests. It is copied and never changed; the copy
// keeps its Transport, Jar, Timeout and CheckRedirect. CheckRedirect is only asked about redirects
// that this package would follow. With nil, as without this option, or if it has no Transport, the
// client has a transport of its own: that of net/http, with up to 100 idle connections to a host.
//
// A Transport that makes other requests on the way, such as one for a token, must make them with
// another context than that of the request: they would be taken for the request itself, and a POST
// that follows them for its repetition, which is stopped.
func WithHTTPClient(client *http.Client) ClientOption {
	return clientOption(func(s *settings) {
		s.http = http.Client{}
		if client != nil {
			s.http = *client
		}
		s.http.CheckRedirect = redirectPolicy(s.http.CheckRedirect)
	})
}

// WithRegion sets the region that processes the requests, such as "ie1". Auth tokens and API keys
// belong to a region.
func WithRegion(region string) ClientOption {
	return clientOption(func(s *settings) { s.region = region })
}

// WithEdge sets the edge location where requests enter Twilio's network, such as "dublin". Without
// a region, the region is us1.
func WithEdge(edge string) ClientOption {
	return clientOption(func(s *settings) { s.edge = edge })
}

// WithBaseURL sends the requests for all products to one place, such as a fake or a proxy. If the
// URL has a path, it goes before every path. It must use https, or http on a loopback address. With
// it, region and edge have no effect.
func WithBaseURL(base string) ClientOption {
	return clientOption(func(s *settings) {
		u, err := parseServerURL("base URL", base)
		s.base = u
		s.fail(err)
	})
}

// WithUserAgent replaces the User-Agent header, which otherwise names twiliogen and Go with their
// versions, the operating system and the architecture.
func WithUserAgent(userAgent string) ClientOption {
	return clientOption(func(s *settings) { s.userAgent = userAgent })
}

// WithHeader sets a header, in place of the one that would otherwise be sent. It is not sent to
// another host after a redirect. Authorization takes the place of the credentials, which are then
// not sent.
//
// Headers that net/http sees to are refused: Host, Content-Length, Transfer-Encoding, Trailer,
// Connection, Keep-Alive, Upgrade, TE, Expect, Accept-Encoding (answers are compressed and
// decompressed without it), HTTP2-Settings and those that begin with Proxy.
func WithHeader(key, value string) Option {
	return option{
		func(s *settings) { s.header.Set(key, value) },
		func(c *callOptions) { c.header = append(c.header, wire.Pair{Name: key, Value: value}) },
	}
}

// WithTimeout limits how long one try may take, from the wait for an access token to the last byte
// read. Zero or less means no limit. Without this option the limit is 30 seconds, unless the HTTP
// client has a timeout. The time for all tries of a call, and for the waits between them, is
// limited by the context.
func WithTimeout(d time.Duration) Option {
	return option{
		func(s *settings) { s.timeout = &d },
		func(c *callOptions) { c.timeout = &d },
	}
}

// WithMaxBody limits how many bytes of a response are read; a longer one is an error. Without this
// option, or with zero or less, the limit is 64 MiB.
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

// Response is the response to a call as it came. For a list it is that of the last page.
type Response struct {
	StatusCode int         // 0 if there was no response
	Header     http.Header `twilio:"private"` // nil if there was no response
	Body       []byte      `twilio:"private"` // the whole body, or as much of it as could be read
}

// Format prints the status and the size for every verb: the rest may be personal data.
func (r Response) Format(f fmt.State, verb rune) { formatText(f, verb, r.String()) }

// String returns the status and the size of the body.
func (r Response) String() string {
	return fmt.Sprintf("twilio.Response(%d, %d bytes)", r.StatusCode, len(r.Body))
}

// LogValue returns the status and the size of the body.
func (r Response) LogValue() slog.Value {
	return slog.GroupValue(slog.Int("status", r.StatusCode), slog.Int("bytes", len(r.Body)))
}

// WithResponse stores the response in r, even if the call fails because of it. Each request of the
// call sets it again. Calls that run at the same time must not share it.
func WithResponse(r *Response) RequestOption {
	return requestOption(func(c *callOptions) { c.response = r })
}

// WithForm adds a parameter that the bindings do not have: to the form if the operation sends one,
// or to the query of a GET or DELETE. An operation that sends JSON refuses it.
func WithForm(key, value string) RequestOption {
	return requestOption(func(c *callOptions) {
		c.extra.Add(key, value)
		c.extraName = key
	})
}

// WithAccountSID makes the call on another account, such as a subaccount of the client's. It is for
// operations whose path names the account; others need credentials of the account, as
// [Client.WithAccount] explains, and are an [AccountError] without them.
func WithAccountSID(accountSID string) RequestOption {
	return requestOption(func(c *callOptions) { c.account = &accountSID })
}

// Ptr returns a pointer to v, for the optional fields of parameters.
func Ptr[T any](v T) *T { return &v }

// parseServerURL parses a URL that requests with credentials are sent to. Its error never quotes
// the value, which may contain a password.
func parseServerURL(what, s string) (*url.URL, error) {
	u, err := url.Parse(s)
	switch {
	case err != nil || u.Host == "" || u.Opaque != "":
		return nil, fmt.Errorf(`the %s must be an absolute URL, such as "https://localhost:8080"`, what)
	case u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return nil, fmt.Errorf("the %s must not have a user, a query or a fragment", what)
	case u.Scheme != "https" && (u.Scheme != "http" || !isLoopback(u.Hostname())):
		return nil, fmt.Errorf("the %s must use https, or http on a loopback address", what)
	}
	return u, nil
}
