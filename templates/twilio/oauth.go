package twilio

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
)

const defaultTokenURL = "https://oauth.twilio.com/v2/token"

// OAuth returns the credentials of an OAuth 2 client (with the grant type "client_credentials"). It
// requests an access token when a call first needs one, renews it before it expires, and replaces
// it when Twilio rejects it, once for all calls that had it. If the new one is rejected as well
// before it was ever accepted, it is not replaced for a minute.
//
// All calls that need a token at the same time share one request for it; if the context of one of
// them ends while it waits, the others are not disturbed. If there is no answer for two seconds, or
// a quarter of [WithTimeout], another request is made beside the first, and then a third.
//
// The account SID is used by calls whose path names an account. It may be "" if there are none. It
// need not be the account of the OAuth client, which may have access to others, so calls whose path
// names no account are sent whatever it is; Twilio makes them on the account of the OAuth client.
//
// The client that is given the credentials requests the tokens, with its own [http.Client],
// timeout, number of retries and logger, but without its headers and middleware. Each client has
// its own tokens; only those of [Client.WithAccount] share them.
func OAuth(accountSID, clientID, clientSecret string, opts ...OAuthOption) CredentialsProvider {
	config := &oauthConfig{account: accountSID, tokenURL: defaultTokenURL, err: checkOptionalAccount(accountSID)}
	if clientID == "" || clientSecret == "" {
		config.fail(errors.New("the ID or the secret of the OAuth client is empty"))
	}
	for _, opt := range opts {
		if opt != nil {
			opt.applyOAuth(config)
		}
	}
	config.request = tokenRequest(config.tokenURL, clientID, clientSecret)
	return newOAuth(config, newSettings())
}

// OAuthOption is an option of [OAuth]. A nil option does nothing.
type OAuthOption interface{ applyOAuth(*oauthConfig) }

type oauthOption func(*oauthConfig)

func (o oauthOption) applyOAuth(c *oauthConfig) { o(c) }

// WithTokenURL sets the URL that tokens are requested from, such as that of an organization. It
// must use https, or http on a loopback address, and [WithBaseURL] does not change it. Without this
// option it is https://oauth.twilio.com/v2/token.
func WithTokenURL(tokenURL string) OAuthOption {
	return oauthOption(func(c *oauthConfig) {
		if _, err := parseServerURL("token URL", tokenURL); err != nil {
			c.fail(err)
			return
		}
		c.tokenURL, c.elsewhere = tokenURL, true
	})
}

// oauthConfig is what OAuth was given.
type oauthConfig struct {
	account   string
	tokenURL  string
	elsewhere bool // the URL is not Twilio's usual one
	request   *wire.Request
	err       error
}

func (c *oauthConfig) fail(err error) {
	if c.err == nil {
		c.err = err
	}
}

// tokenRequest returns the request for a token. It can be sent any number of times.
func tokenRequest(tokenURL, clientID, clientSecret string) *wire.Request {
	server, path := tokenURL, ""
	if u, err := url.Parse(tokenURL); err == nil {
		path = u.EscapedPath()
		server = (&url.URL{Scheme: u.Scheme, Host: u.Host}).String()
	}
	r := wire.NewRequest("oauth: Tokens.Create", http.MethodPost, server, path)
	r.Auth = wire.NoAuth
	r.Form().Add("grant_type", "client_credentials")
	r.Form().Add("client_id", clientID)
	r.Form().Add("client_secret", clientSecret)
	return r
}

// oauth is the CredentialsProvider of OAuth.
type oauth struct {
	tokens func() *tokens // a function for the same reason as in Credentials
}

func newOAuth(config *oauthConfig, s *settings) oauth {
	t := &tokens{config: config, client: s.forTokens(config.elsewhere)}
	return oauth{func() *tokens { return t }}
}

func (o oauth) validate() error { return o.tokens().config.err }

// bind returns the same credentials for a client with these settings.
func (o oauth) bind(s *settings) CredentialsProvider { return newOAuth(o.tokens().config, s) }

func (o oauth) AccountSID() string { return o.tokens().config.account }

func (o oauth) Credentials(ctx context.Context, rejected Credentials) (Credentials, error) {
	return o.tokens().get(ctx, rejected)
}

func (o oauth) accepted(c Credentials) { o.tokens().accepted(c) }

func (o oauth) String() string               { return fmt.Sprintf("twilio.OAuth(%s)", o.AccountSID()) }
func (o oauth) Format(f fmt.State, _ rune)   { fmt.Fprint(f, o.String()) }
func (o oauth) LogValue() slog.Value         { return slog.StringValue(o.String()) }
func (o oauth) MarshalText() ([]byte, error) { return []byte(o.String()), nil }
