package twilio_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
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

// What a provider of the user's own returns can be found in the error, as long as it cannot be taken
// for an answer to the call, or for the end of a list.
func TestErrorsOfAProvider(t *testing.T) {
	sealed := errors.New("the vault is sealed")
	for _, tt := range []struct {
		err       error
		is, isNot error
	}{
		{fmt.Errorf("vault: %w", sealed), sealed, nil},
		{&os.PathError{Op: "open", Path: "/keys", Err: os.ErrNotExist}, os.ErrNotExist, nil},
		{fmt.Errorf("vault: %w", io.EOF), nil, io.EOF},
		{fmt.Errorf("keys: %w", &twilio.Error{StatusCode: 404}), nil, twilio.ErrNotFound},
		{&twilio.ParamError{Param: "Sid", Reason: "is required"}, nil, nil},
	} {
		client := stubClient(t, status(200), twilio.WithCredentials(rotating{account, func(twilio.Credentials) (twilio.Credentials, error) {
			return twilio.Credentials{}, tt.err
		}}))
		err := do(t.Context(), client, createRequest(), nil)
		var none *twilio.CredentialsError
		if !errors.As(err, &none) || none.Cause() != tt.err || !strings.HasSuffix(err.Error(), tt.err.Error()) {
			t.Errorf("%v", err)
		}
		if tt.is != nil && !errors.Is(err, tt.is) || tt.isNot != nil && errors.Is(err, tt.isNot) {
			t.Errorf("%v is not %v, or is %v", err, tt.is, tt.isNot)
		}
		if errors.As(err, new(*twilio.Error)) || errors.As(err, new(*twilio.ParamError)) {
			t.Errorf("%v is about the call", err)
		}
		var path *os.PathError
		if want := errors.As(tt.err, &path); errors.As(err, &path) != want {
			t.Errorf("%v: a *PathError is found: %t", err, !want)
		}
	}
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

// Where a path names no account, Twilio takes that of the credentials. A call meant for another one
// is not sent.
func TestWrongAccount(t *testing.T) {
	var sent []string
	parent := stubClient(t, func(r *http.Request) (*http.Response, error) {
		user, password, isBasic := r.BasicAuth()
		if !isBasic {
			user = r.Header.Get("Authorization")
		}
		sent = append(sent, user+" "+password)
		return reply(200, `{"access_token":"token","things":[]}`), nil
	})
	with := func(p twilio.CredentialsProvider) *twilio.Client {
		return newClient(t, twilio.WithCredentials(p), twilio.WithHTTPClient(&http.Client{Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
			sent = append(sent, r.URL.Path)
			return reply(200, `{"access_token":"token"}`), nil
		})}))
	}
	provide := func(account string, c twilio.Credentials) twilio.CredentialsProvider {
		return rotating{account, func(twilio.Credentials) (twilio.Credentials, error) { return c, nil }}
	}
	main, own := twilio.AuthToken(account, secret), twilio.AuthToken(subaccount, secret)
	named := func() *wire.Request {
		r := wire.NewRequest("apiv2010: Accounts.Fetch", "GET", "https://api.twilio.com", "/2010-04-01/Accounts/{Sid}.json")
		r.PathSID("Sid", subaccount, "AC")
		return r
	}
	open := func() *wire.Request {
		r := fetchRequest("T1")
		r.Auth = wire.NoAuth
		return r
	}
	for _, tt := range []struct {
		name   string
		client *twilio.Client
		make   func() *wire.Request
		opt    twilio.RequestOption
		good   bool
	}{
		{"own account", parent, createRequest, nil, true},
		{"parent's credentials", parent.WithAccount(subaccount), createRequest, nil, false},
		{"parent's credentials, list", parent.WithAccount(subaccount), listRequest, nil, false},
		{"parent's key", with(twilio.APIKey(account, apiKey, secret)).WithAccount(subaccount), createRequest, nil, false},
		{"option", parent, createRequest, twilio.WithAccountSID(subaccount), false},
		{"option, back to the own", parent.WithAccount(subaccount), createRequest, twilio.WithAccountSID(account), true},
		{"own credentials", parent.WithAccount(subaccount, own), createRequest, nil, true},
		{"own key", parent.WithAccount(subaccount, twilio.APIKey(subaccount, apiKey, secret)), createRequest, nil, true},
		{"own credentials, wrong account", parent.WithAccount(subaccount, own).WithAccount(account), createRequest, nil, false},
		{"named by an argument", parent.WithAccount(subaccount), named, nil, true},
		{"named by a path without placeholders", parent.WithAccount(subaccount), func() *wire.Request {
			return wire.NewRequest("Do", "GET", "https://api.twilio.com", "/2010-04-01/Accounts/"+subaccount+"/Calls.json")
		}, nil, true},
		{"another one named by a path without placeholders", parent.WithAccount(subaccount), func() *wire.Request {
			return wire.NewRequest("Do", "GET", "https://api.twilio.com", "/2010-04-01/Accounts/"+account+"/Calls.json")
		}, nil, false},
		{"no credentials needed", parent.WithAccount(subaccount), open, nil, true},
		{"header of the caller's", parent.WithAccount(subaccount), createRequest, twilio.WithHeader("authorization", "Bearer own"), true},
		{"access token", with(twilio.AccessToken(account, "token")).WithAccount(subaccount), createRequest, nil, true},
		{"OAuth", with(twilio.OAuth(account, "OQ1", secret)).WithAccount(subaccount), createRequest, nil, true},
		{"provider of the parent's", with(provide(account, main)).WithAccount(subaccount), createRequest, nil, false},
		{"provider of the subaccount's", with(provide(account, own)).WithAccount(subaccount), createRequest, nil, true},
		{"provider with the credentials of another account", with(provide(subaccount, main)), createRequest, nil, false},
		{"provider without an account", with(provide("", main)), createRequest, nil, true},
		{"given provider", parent.WithAccount(subaccount, provide("", own)), createRequest, nil, true},
		{"given provider of the parent's", parent.WithAccount(subaccount, provide("", main)), createRequest, nil, false},
		{"given OAuth", parent.WithAccount(subaccount, twilio.OAuth("", "OQ1", secret)), createRequest, nil, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sent = nil
			err := do(t.Context(), tt.client, tt.make(), []twilio.RequestOption{tt.opt})
			if tt.good {
				if err != nil || len(sent) == 0 {
					t.Errorf("%v, %q", err, sent)
				}
				return
			}
			var wrong *twilio.AccountError
			if !errors.As(err, &wrong) || len(sent) != 0 || strings.Contains(err.Error(), secret) {
				t.Fatalf("%v, %q", err, sent)
			}
			if got := []string{wrong.AccountSID, wrong.CredentialsAccountSID}; !slices.Contains(got, account) || !slices.Contains(got, subaccount) || !strings.Contains(err.Error(), "WithAccount") {
				t.Errorf("%v", err)
			}
		})
	}
	for sid, err := range list(t.Context(), parent.WithAccount(subaccount), listRequest(), nil) {
		if !errors.As(err, new(*twilio.AccountError)) {
			t.Errorf("the list has %v, %v", sid, err)
		}
	}
}

func TestWithAccountAndCredentials(t *testing.T) {
	var sent []string
	parent := stubClient(t, func(r *http.Request) (*http.Response, error) {
		user, _, _ := r.BasicAuth()
		sent = append(sent, r.URL.Path+" "+user)
		return reply(200, ""), nil
	})
	calls := wire.NewRequest("apiv2010: Calls.List", "GET", "https://api.twilio.com", "/Accounts/{AccountSid}/Calls.json")
	calls.PathAccount("AccountSid")
	sub := parent.WithAccount(subaccount, twilio.AuthToken(subaccount, secret))
	for _, c := range []*twilio.Client{sub, parent} {
		if err := do(t.Context(), c, calls, nil); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"/Accounts/" + subaccount + "/Calls.json " + subaccount, "/Accounts/" + account + "/Calls.json " + account}
	if !slices.Equal(sent, want) || sub.AccountSID() != subaccount || parent.AccountSID() != account {
		t.Errorf("%q, want %q", sent, want)
	}

	sent = nil
	own := twilio.AuthToken(subaccount, secret)
	for _, creds := range [][]twilio.CredentialsProvider{
		{nil}, {twilio.Credentials{}}, {twilio.AuthToken(account, secret)}, {twilio.APIKey(account, apiKey, secret)},
		{twilio.AuthToken(subaccount, "")}, {own, own}, {twilio.OAuth("", "", secret)}, {rotating{accountSID: secret}},
	} {
		if err := do(t.Context(), parent.WithAccount(subaccount, creds...), calls, nil); err == nil || len(sent) != 0 || strings.Contains(err.Error(), secret) {
			t.Errorf("%v: %v, %q sent", creds, err, sent)
		}
	}
	for _, sid := range []string{"", secret, service} {
		for _, r := range []*wire.Request{calls, fetchRequest("T1")} {
			err := do(t.Context(), parent, r, []twilio.RequestOption{twilio.WithAccountSID(sid)})
			if !errors.As(err, new(*twilio.ParamError)) || strings.Contains(err.Error(), secret) {
				t.Errorf("%q: %v", sid, err)
			}
		}
	}
}
