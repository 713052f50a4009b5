package twilio

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
)

// Credentials prove to Twilio who is calling. Make them with [AuthToken], [APIKey] or
// [AccessToken]; the zero value has none. They never print or log a secret.
type Credentials struct {
	// A function, since fmt looks behind pointers, even inside a struct that merely contains
	// Credentials.
	proof func() proof
}

// proof is what a request carries, and the account that this belongs to.
type proof struct {
	account       string
	authorization string // the value of the Authorization header
	err           error  // why it cannot be used
}

// The errors below never quote a value: if the arguments are in the wrong order, any of them may be
// a secret.

// AuthToken returns the credentials of an account: its SID (AC...) and its auth token.
func AuthToken(accountSID, authToken string) Credentials {
	err := checkAccount(accountSID)
	if err == nil && authToken == "" {
		err = errors.New("the auth token is empty")
	}
	return newCredentials(accountSID, basic(accountSID, authToken), err)
}

// APIKey returns the credentials of an API key: the SID of its account (AC...), the SID of the key
// (SK...) and the key's secret. Nothing in a key shows which account it was made in. With the SID of
// another one, calls whose path names no account are made on the account of the key all the same,
// and this cannot be noticed here.
func APIKey(accountSID, keySID, secret string) Credentials {
	err := checkAccount(accountSID)
	switch {
	case err != nil:
	case !strings.HasPrefix(keySID, "SK"):
		err = errors.New("the credentials need the SID of an API key, which starts with SK")
	case secret == "":
		err = errors.New("the secret of the API key is empty")
	}
	return newCredentials(accountSID, basic(keySID, secret), err)
}

// AccessToken returns credentials with an OAuth 2 access token. It is for a [CredentialsProvider]
// that gets its tokens elsewhere; [OAuth] gets them from Twilio. As with OAuth, the account SID may
// be "", and is not taken to be that of the token.
func AccessToken(accountSID, token string) Credentials {
	err := checkOptionalAccount(accountSID)
	switch {
	case err != nil:
	case token == "":
		err = errors.New("the access token is empty")
	case !isHeaderValue(token):
		err = errors.New("the access token contains a control character")
	}
	return newCredentials(accountSID, bearer+token, err)
}

func newCredentials(account, authorization string, err error) Credentials {
	return Credentials{func() proof { return proof{account, authorization, err} }}
}

const bearer = "Bearer "

func basic(username, password string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(username+":"+password))
}

func checkAccount(sid string) error {
	if !wire.IsAccountSID(sid) {
		return errors.New("the credentials need an account SID: AC and 32 hex digits")
	}
	return nil
}

func checkOptionalAccount(sid string) error {
	if sid == "" {
		return nil
	}
	return checkAccount(sid)
}

// credentialsFromEnv prefers an API key, since that can be revoked on its own. Half of one is a
// mistake, even where there is an auth token as well: nobody wants to find out later that the key
// was never used.
func credentialsFromEnv() (Credentials, error) {
	account := os.Getenv("TWILIO_ACCOUNT_SID")
	token := os.Getenv("TWILIO_AUTH_TOKEN")
	key, secret := os.Getenv("TWILIO_API_KEY"), os.Getenv("TWILIO_API_SECRET")

	var missing []string
	if account == "" {
		missing = append(missing, "TWILIO_ACCOUNT_SID")
	}
	switch {
	case key != "" && secret == "":
		missing = append(missing, "TWILIO_API_SECRET")
	case key == "" && secret != "":
		missing = append(missing, "TWILIO_API_KEY")
	case key == "" && token == "":
		missing = append(missing, "TWILIO_AUTH_TOKEN (or TWILIO_API_KEY and TWILIO_API_SECRET)")
	}
	switch {
	case len(missing) > 0:
		return Credentials{}, fmt.Errorf("no credentials in the environment: set %s%s", strings.Join(missing, " and "), orUnset(token, key, secret))
	case key != "":
		return APIKey(account, key, secret), nil
	}
	return AuthToken(account, token), nil
}

// orUnset is the other way out where half an API key stands beside an auth token.
func orUnset(token, key, secret string) string {
	switch {
	case token == "" || (key == "") == (secret == ""):
		return ""
	case key != "":
		return "; or unset TWILIO_API_KEY to use the auth token"
	}
	return "; or unset TWILIO_API_SECRET to use the auth token"
}

func (c Credentials) validate() error {
	if c.proof == nil {
		return errors.New("the credentials are empty")
	}
	return c.proof().err
}

func (c Credentials) isToken() bool {
	return c.proof != nil && strings.HasPrefix(c.proof().authorization, bearer)
}

// owner returns the account that the credentials are known to belong to, or "". The account that
// comes with an access token is only the one that calls are made on.
func (c Credentials) owner() string {
	if c.isToken() {
		return ""
	}
	return c.AccountSID()
}

// AccountSID returns the SID of the account that the credentials belong to, or of an [AccessToken]
// the one that calls are made on. It is "" for the zero value.
func (c Credentials) AccountSID() string {
	if c.proof == nil {
		return ""
	}
	return c.proof().account
}

// Credentials returns c. This makes Credentials a [CredentialsProvider] that always gives the same
// ones.
func (c Credentials) Credentials(context.Context, Credentials) (Credentials, error) { return c, nil }

// Equal reports whether two Credentials are the same. A provider can use it to find out which of
// its credentials were rejected.
func (c Credentials) Equal(other Credentials) bool {
	if c.proof == nil || other.proof == nil {
		return c.proof == nil && other.proof == nil
	}
	a, b := c.proof(), other.proof()
	return a.account == b.account && a.authorization == b.authorization
}

// String returns a text that names the account and does not show the secret.
func (c Credentials) String() string { return fmt.Sprintf("twilio.Credentials(%s)", c.AccountSID()) }

// GoString returns the same text as String.
func (c Credentials) GoString() string { return c.String() }

// Format prints the same text as String for every verb and flag, so that none of them shows a
// secret.
func (c Credentials) Format(f fmt.State, _ rune) { fmt.Fprint(f, c.String()) }

// LogValue returns the same text as String, for log/slog.
func (c Credentials) LogValue() slog.Value { return slog.StringValue(c.String()) }

// MarshalText returns the same text as String, for encoding/json and others.
func (c Credentials) MarshalText() ([]byte, error) { return []byte(c.String()), nil }
