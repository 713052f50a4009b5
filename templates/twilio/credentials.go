package twilio

import (
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
)

// Credentials prove to Twilio who calls. They are made by [AuthToken] or [APIKey], and never print or log a secret. The
// zero value holds none.
type Credentials struct {
	// A function, since fmt looks behind pointers, even into a struct that merely holds Credentials.
	basic func() basicAuth
}

// basicAuth is what HTTP basic authentication sends, and the account that it belongs to.
type basicAuth struct {
	account, username, password string
	apiKey                      bool
}

// AuthToken returns the credentials of an account: its SID (AC...) and its auth token.
func AuthToken(accountSID, authToken string) Credentials {
	return newCredentials(basicAuth{account: accountSID, username: accountSID, password: authToken})
}

// APIKey returns the credentials of an API key: the SID of its account (AC...), the SID of the key (SK...) and the
// key's secret.
func APIKey(accountSID, keySID, secret string) Credentials {
	return newCredentials(basicAuth{account: accountSID, username: keySID, password: secret, apiKey: true})
}

func newCredentials(b basicAuth) Credentials { return Credentials{func() basicAuth { return b }} }

// credentialsFromEnv prefers an API key, which can be revoked on its own.
func credentialsFromEnv() (Credentials, error) {
	account := os.Getenv("TWILIO_ACCOUNT_SID")
	token := os.Getenv("TWILIO_AUTH_TOKEN")
	key, secret := os.Getenv("TWILIO_API_KEY"), os.Getenv("TWILIO_API_SECRET")

	var missing []string
	if account == "" {
		missing = append(missing, "TWILIO_ACCOUNT_SID")
	}
	switch {
	case token != "" || key != "" && secret != "":
	case key != "":
		missing = append(missing, "TWILIO_API_SECRET")
	case secret != "":
		missing = append(missing, "TWILIO_API_KEY")
	default:
		missing = append(missing, "TWILIO_AUTH_TOKEN (or TWILIO_API_KEY and TWILIO_API_SECRET)")
	}
	switch {
	case len(missing) > 0:
		return Credentials{}, fmt.Errorf("no credentials in the environment: set %s", strings.Join(missing, " and "))
	case key != "" && secret != "":
		return APIKey(account, key, secret), nil
	}
	return AuthToken(account, token), nil
}

// validate never names a value: arguments in the wrong order make a secret of any of them.
func (c Credentials) validate() error {
	if c.basic == nil {
		return errors.New("the credentials are empty")
	}
	switch b := c.basic(); {
	case !wire.IsAccountSID(b.account):
		return errors.New("the credentials need an account SID: AC and 32 hex digits")
	case b.apiKey && !strings.HasPrefix(b.username, "SK"):
		return errors.New("the credentials need the SID of an API key, which starts with SK")
	case b.password == "" && b.apiKey:
		return errors.New("the secret of the API key is empty")
	case b.password == "":
		return errors.New("the auth token is empty")
	}
	return nil
}

func (c Credentials) accountSID() string {
	if c.basic == nil {
		return ""
	}
	return c.basic().account
}

// authorization returns the value of the header of that name.
func (c Credentials) authorization() string {
	b := c.basic()
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(b.username+":"+b.password))
}

// String names the account, without the secret.
func (c Credentials) String() string { return fmt.Sprintf("twilio.Credentials(%s)", c.accountSID()) }

// GoString is String.
func (c Credentials) GoString() string { return c.String() }

// Format prints String for every verb, so that no verb and no flag shows a secret.
func (c Credentials) Format(f fmt.State, _ rune) { fmt.Fprint(f, c.String()) }

// LogValue is String for log/slog.
func (c Credentials) LogValue() slog.Value { return slog.StringValue(c.String()) }

// MarshalText is String for encoding/json and others.
func (c Credentials) MarshalText() ([]byte, error) { return []byte(c.String()), nil }
