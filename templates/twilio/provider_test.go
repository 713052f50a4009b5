package twilio_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
	"github.com/twiliogen/twiliogen/templates/twilio"
)

// rotating is a provider whose credentials change whenever they are rejected.
type rotating struct {
	accountSID string
	next       func(rejected twilio.Credentials) (twilio.Credentials, error)
}

func (r rotating) AccountSID() string { return r.accountSID }

func (r rotating) Credentials(_ context.Context, rejected twilio.Credentials) (twilio.Credentials, error) {
	return r.next(rejected)
}

func TestCredentialsProvider(t *testing.T) {
	const before, after = "before", "after"
	first, second := twilio.AuthToken(account, before), twilio.AuthToken(account, after)
	failed := errors.New("the vault is sealed")
	var asked []twilio.Credentials
	rotates := func(rejected twilio.Credentials) (twilio.Credentials, error) {
		asked = append(asked, rejected)
		if rejected.Equal(first) {
			return second, nil
		}
		return first, nil
	}
	tests := []struct {
		name   string
		next   func(twilio.Credentials) (twilio.Credentials, error)
		accept string // the password that the server accepts
		sent   string
		err    error
		text   string
	}{
		{"good", rotates, before, "[before]", nil, ""},
		{"renewed", rotates, after, "[before after]", nil, ""},
		{"renewed once only", rotates, "other", "[before after]", twilio.ErrUnauthorized, "proxyv1: Things.Create: twilio: 401 Unauthorized after 2 tries"},
		{"no others", func(twilio.Credentials) (twilio.Credentials, error) { return first, nil }, after, "[before]", twilio.ErrUnauthorized, "proxyv1: Things.Create: twilio: 401 Unauthorized"},
		{"none", func(twilio.Credentials) (twilio.Credentials, error) { return twilio.Credentials{}, nil }, after, "[]", nil, "proxyv1: Things.Create: no credentials: the credentials are empty"},
		{"unusable", func(twilio.Credentials) (twilio.Credentials, error) { return twilio.AuthToken(account, ""), nil }, after, "[]", nil, "proxyv1: Things.Create: no credentials: the auth token is empty"},
		{"failing", func(twilio.Credentials) (twilio.Credentials, error) { return first, failed }, after, "[]", failed, "proxyv1: Things.Create: no credentials: the vault is sealed"},
		{"failing to renew", func(rejected twilio.Credentials) (twilio.Credentials, error) {
			if rejected.Equal(first) {
				return twilio.Credentials{}, failed
			}
			return first, nil
		}, after, "[before]", twilio.ErrUnauthorized, "proxyv1: Things.Create: twilio: 401 Unauthorized; the credentials could not be renewed: no credentials: the vault is sealed"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			sent := []string{}
			client := stubClient(t, func(r *http.Request) (*http.Response, error) {
				_, password, _ := r.BasicAuth()
				sent = append(sent, password)
				if password != tt.accept {
					return reply(401, ""), nil
				}
				return reply(200, ""), nil
			}, twilio.WithCredentials(rotating{account, tt.next}), twilio.WithMaxRetries(0))
			err := do(context.Background(), client, createRequest(), nil)
			if fmt.Sprint(sent) != tt.sent || (err == nil) != (tt.text == "") || err != nil && err.Error() != tt.text || tt.err != nil && !errors.Is(err, tt.err) {
				t.Errorf("%v with %v sent", err, sent)
			}
		})
	}
	if len(asked) == 0 || !asked[0].Equal(twilio.Credentials{}) {
		t.Errorf("asked with %v, want nothing rejected at first", asked)
	}
}

// The provider is asked again before each try: credentials may change during a long wait.
func TestProviderIsAskedBeforeEachTry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var sent []string
		start := time.Now()
		client := stubClient(t, func(r *http.Request) (*http.Response, error) {
			_, password, _ := r.BasicAuth()
			sent = append(sent, password)
			return status(429, "Retry-After", "10")(r)
		}, twilio.WithCredentials(rotating{account, func(twilio.Credentials) (twilio.Credentials, error) {
			return twilio.AuthToken(account, fmt.Sprint(time.Since(start))), nil
		}}))
		if err := do(t.Context(), client, createRequest(), nil); !errors.Is(err, twilio.ErrRateLimited) || fmt.Sprint(sent) != "[0s 10s 20s]" {
			t.Errorf("%v, %v", sent, err)
		}
	})
}

func TestProviderIsNotAskedForNothing(t *testing.T) {
	client := stubClient(t, status(200), twilio.WithCredentials(rotating{account, func(twilio.Credentials) (twilio.Credentials, error) {
		t.Error("asked")
		return twilio.Credentials{}, nil
	}}))
	r := fetchRequest("T1")
	r.Auth = wire.NoAuth
	if err := do(context.Background(), client, r, nil); err != nil {
		t.Error(err)
	}
}

func TestProviderAndContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	client := stubClient(t, status(200), twilio.WithCredentials(rotating{account, func(twilio.Credentials) (twilio.Credentials, error) {
		cancel()
		return twilio.Credentials{}, errors.New("interrupted")
	}}))
	if err := do(ctx, client, createRequest(), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func TestAccessToken(t *testing.T) {
	var sent string
	client := stubClient(t, func(r *http.Request) (*http.Response, error) {
		sent = r.Header.Get("Authorization")
		return reply(200, ""), nil
	}, twilio.WithCredentials(twilio.AccessToken("", "token")))
	if err := do(context.Background(), client, createRequest(), nil); err != nil || sent != "Bearer token" || client.AccountSID() != "" {
		t.Errorf("%q for %q, %v", sent, client.AccountSID(), err)
	}
}

// Twilio would only respond with 401, and has no use for the auth token.
func TestOperationThatTakesTokensOnly(t *testing.T) {
	provide := func(c twilio.Credentials) twilio.CredentialsProvider {
		return rotating{account, func(twilio.Credentials) (twilio.Credentials, error) { return c, nil }}
	}
	basic, token := twilio.AuthToken(account, secret), twilio.AccessToken(account, "token")
	for _, tt := range []struct {
		credentials twilio.CredentialsProvider
		good        bool
	}{
		{basic, false}, {twilio.APIKey(account, apiKey, secret), false}, {provide(basic), false},
		{token, true}, {provide(token), true},
	} {
		var requests atomic.Int64
		client := stubClient(t, counting(&requests, status(200)), twilio.WithCredentials(tt.credentials))
		r := fetchRequest("T1")
		r.Auth = wire.TokenAuth
		err := do(context.Background(), client, r, nil)
		if (err == nil) != tt.good || (requests.Load() == 1) != tt.good || err != nil && !strings.Contains(err.Error(), "requires an access token") {
			t.Errorf("%v: %v after %d requests", tt.credentials, err, requests.Load())
		}
	}
}

func TestEqualCredentials(t *testing.T) {
	different := []twilio.Credentials{
		{}, twilio.AuthToken(account, "a"), twilio.AuthToken(account, "b"), twilio.AuthToken(subaccount, "a"),
		twilio.APIKey(account, apiKey, "a"), twilio.APIKey(subaccount, apiKey, "a"), twilio.AccessToken(account, "a"), twilio.AccessToken("", "a"),
	}
	for i, a := range different {
		for j, b := range different {
			if a.Equal(b) != (i == j) {
				t.Errorf("%d and %d: %t", i, j, a.Equal(b))
			}
		}
	}
}

func TestWithAccount(t *testing.T) {
	var path, user string
	client := stubClient(t, func(r *http.Request) (*http.Response, error) {
		path = r.URL.Path
		user, _, _ = r.BasicAuth()
		return reply(200, ""), nil
	})
	calls := wire.NewRequest("apiv2010: Calls.List", "GET", "https://api.twilio.com", "/Accounts/{AccountSid}/Calls.json")
	calls.PathAccount("AccountSid")
	sub := client.WithAccount(subaccount)
	for _, tt := range []struct {
		client *twilio.Client
		opts   []twilio.RequestOption
		want   string
	}{
		{client, nil, account},
		{sub, nil, subaccount},
		{sub, []twilio.RequestOption{twilio.WithAccountSID(account)}, account},
		{sub.WithAccount(account), nil, account},
	} {
		err := do(context.Background(), tt.client, calls, tt.opts)
		if err != nil || path != "/Accounts/"+tt.want+"/Calls.json" || user != account {
			t.Errorf("%s as %s, %v, want account %s", path, user, err, tt.want)
		}
	}
	if client.AccountSID() != account || sub.AccountSID() != subaccount {
		t.Errorf("the accounts are %s and %s", client.AccountSID(), sub.AccountSID())
	}

	var param *twilio.ParamError
	for _, bad := range []string{"", "..", service} {
		if err := do(context.Background(), client.WithAccount(bad), fetchRequest("T1"), nil); !errors.As(err, &param) {
			t.Errorf("account %q: %v", bad, err)
		}
	}
	for _, none := range []*twilio.Client{nil, {}} {
		if err := do(context.Background(), none.WithAccount(subaccount), calls, nil); err == nil {
			t.Error("a client out of nothing")
		}
	}
}
