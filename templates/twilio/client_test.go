package twilio_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
	"github.com/twiliogen/twiliogen/templates/twilio"
)

var envNames = []string{"TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_API_KEY", "TWILIO_API_SECRET", "TWILIO_REGION", "TWILIO_EDGE"}

// setEnv sets these variables and empties the others.
func setEnv(t *testing.T, env map[string]string) {
	for _, name := range envNames {
		t.Setenv(name, env[name])
	}
}

// sent returns the URL and the user and password of the request that a client sends.
func sent(t *testing.T, opts ...twilio.ClientOption) string {
	t.Helper()
	var got string
	transport := roundTripper(func(r *http.Request) (*http.Response, error) {
		user, password, _ := r.BasicAuth()
		got = fmt.Sprint(r.URL, " ", user, " ", password)
		return reply(200, "{}"), nil
	})
	client, err := twilio.NewClient(append(opts, twilio.WithHTTPClient(&http.Client{Transport: transport}))...)
	if err != nil {
		t.Fatal(err)
	}
	if err := do(context.Background(), client, listRequest(), nil); err != nil {
		t.Fatal(err)
	}
	if client.AccountSID() != account {
		t.Errorf("account %s", client.AccountSID())
	}
	return got
}

func TestFromEnv(t *testing.T) {
	token := map[string]string{"TWILIO_ACCOUNT_SID": account, "TWILIO_AUTH_TOKEN": "tok"}
	with := func(more ...string) map[string]string {
		env := map[string]string{}
		for name, value := range token {
			env[name] = value
		}
		for i := 0; i < len(more); i += 2 {
			env[more[i]] = more[i+1]
		}
		return env
	}
	tests := []struct {
		name string
		env  map[string]string
		opts []twilio.ClientOption
		want string
	}{
		{"auth token", token, nil, "https://proxy.twilio.com/v1/Things " + account + " tok"},
		{"API key wins", with("TWILIO_API_KEY", apiKey, "TWILIO_API_SECRET", "sec"), nil, "https://proxy.twilio.com/v1/Things " + apiKey + " sec"},
		{"credentials as options make half an API key irrelevant", with("TWILIO_API_KEY", apiKey),
			[]twilio.ClientOption{twilio.WithCredentials(twilio.AuthToken(account, "own"))}, "https://proxy.twilio.com/v1/Things " + account + " own"},
		{"region and edge", with("TWILIO_REGION", "ie1", "TWILIO_EDGE", "dublin"), nil, "https://proxy.dublin.ie1.twilio.com/v1/Things " + account + " tok"},
		{"options win", with("TWILIO_REGION", "ie1", "TWILIO_EDGE", "dublin"),
			[]twilio.ClientOption{twilio.WithRegion("au1"), twilio.WithEdge("sydney"), twilio.WithCredentials(twilio.AuthToken(account, "own"))},
			"https://proxy.sydney.au1.twilio.com/v1/Things " + account + " own"},
		{"credentials as options need no environment", nil, []twilio.ClientOption{twilio.WithCredentials(twilio.APIKey(account, apiKey, "own"))},
			"https://proxy.twilio.com/v1/Things " + apiKey + " own"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			setEnv(t, tt.env)
			first := append([]twilio.ClientOption{twilio.FromEnv()}, tt.opts...)
			last := append(append([]twilio.ClientOption{nil}, tt.opts...), twilio.FromEnv())
			for _, opts := range [][]twilio.ClientOption{first, last} {
				if got := sent(t, opts...); got != tt.want {
					t.Errorf("%s, want %s", got, tt.want)
				}
			}
		})
	}
}

func TestNewClientErrors(t *testing.T) {
	env := func(pairs ...string) map[string]string {
		m := map[string]string{}
		for i := 0; i < len(pairs); i += 2 {
			m[pairs[i]] = pairs[i+1]
		}
		return m
	}
	good := twilio.WithCredentials(twilio.AuthToken(account, secret))
	options := func(opts ...twilio.ClientOption) []twilio.ClientOption { return opts }
	fromEnv := options(twilio.FromEnv())
	tests := []struct {
		env  map[string]string
		opts []twilio.ClientOption
		want string
	}{
		{nil, nil, "no credentials: pass FromEnv or WithCredentials to NewClient"},
		{nil, fromEnv, "no credentials in the environment: set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN (or TWILIO_API_KEY and TWILIO_API_SECRET)"},
		{env("TWILIO_AUTH_TOKEN", secret), fromEnv, "no credentials in the environment: set TWILIO_ACCOUNT_SID"},
		{env("TWILIO_API_KEY", apiKey, "TWILIO_API_SECRET", secret), fromEnv, "no credentials in the environment: set TWILIO_ACCOUNT_SID"},
		{env("TWILIO_ACCOUNT_SID", account), fromEnv, "no credentials in the environment: set TWILIO_AUTH_TOKEN (or TWILIO_API_KEY and TWILIO_API_SECRET)"},
		{env("TWILIO_ACCOUNT_SID", account, "TWILIO_API_KEY", apiKey), fromEnv, "no credentials in the environment: set TWILIO_API_SECRET"},
		{env("TWILIO_ACCOUNT_SID", account, "TWILIO_API_SECRET", secret), fromEnv, "no credentials in the environment: set TWILIO_API_KEY"},
		{env("TWILIO_API_KEY", apiKey), fromEnv, "no credentials in the environment: set TWILIO_ACCOUNT_SID and TWILIO_API_SECRET"},
		{env("TWILIO_ACCOUNT_SID", account, "TWILIO_AUTH_TOKEN", secret, "TWILIO_API_KEY", apiKey), fromEnv,
			"no credentials in the environment: set TWILIO_API_SECRET; or unset TWILIO_API_KEY to use the auth token"},
		{env("TWILIO_ACCOUNT_SID", account, "TWILIO_AUTH_TOKEN", secret, "TWILIO_API_SECRET", secret), fromEnv,
			"no credentials in the environment: set TWILIO_API_KEY; or unset TWILIO_API_SECRET to use the auth token"},
		{env("TWILIO_ACCOUNT_SID", secret, "TWILIO_AUTH_TOKEN", account), fromEnv, "the credentials need an account SID: AC and 32 hex digits"},
		{env("TWILIO_ACCOUNT_SID", account, "TWILIO_AUTH_TOKEN", secret, "TWILIO_REGION", "evil.example/"), fromEnv, `the region is not valid in a host name; it should look like "ie1"`},
		{nil, options(twilio.WithCredentials(twilio.Credentials{})), "the credentials are empty"},
		{nil, options(twilio.WithCredentials(twilio.AuthToken("", secret))), "the credentials need an account SID: AC and 32 hex digits"},
		{nil, options(twilio.WithCredentials(twilio.AuthToken(apiKey, secret))), "the credentials need an account SID: AC and 32 hex digits"},
		{nil, options(twilio.WithCredentials(twilio.AuthToken(secret, account))), "the credentials need an account SID: AC and 32 hex digits"},
		{nil, options(twilio.WithCredentials(twilio.AuthToken(account, ""))), "the auth token is empty"},
		{nil, options(twilio.WithCredentials(twilio.APIKey(account, apiKey, ""))), "the secret of the API key is empty"},
		{nil, options(twilio.WithCredentials(twilio.APIKey(account, secret, apiKey))), "the credentials need the SID of an API key, which starts with SK"},
		{nil, options(good, twilio.WithRegion("ie1.evil")), `the region is not valid in a host name; it should look like "ie1"`},
		{nil, options(good, twilio.WithEdge("a/b")), `the edge is not valid in a host name; it should look like "dublin"`},
		{nil, options(good, twilio.WithHeader("A", secret+"\n")), `the header "A" is not valid`},
		{nil, options(good, twilio.WithHeader("A B", secret)), `the header "A B" is not valid`},
		{nil, options(good, twilio.WithHeader("host", secret)), `the header "Host" cannot be set: net/http sees to it`},
		{nil, options(good, twilio.WithHeader("TE", secret)), `the header "Te" cannot be set: net/http sees to it`},
		{nil, options(good, twilio.WithUserAgent("\n")), "the user agent is not a valid header"},
		{nil, options(twilio.WithCredentials(nil)), "the credentials are empty"},
		{nil, options(twilio.WithCredentials(twilio.AccessToken(account, ""))), "the access token is empty"},
		{nil, options(twilio.WithCredentials(twilio.AccessToken("", secret+"\n"))), "the access token contains a control character"},
		{nil, options(twilio.WithCredentials(twilio.AccessToken(secret, secret))), "the credentials need an account SID: AC and 32 hex digits"},
		{nil, options(twilio.WithCredentials(twilio.OAuth(secret, "id", secret))), "the credentials need an account SID: AC and 32 hex digits"},
		{nil, options(twilio.WithCredentials(twilio.OAuth(account, "", secret))), "the ID or the secret of the OAuth client is empty"},
		{nil, options(twilio.WithCredentials(twilio.OAuth(account, "id", ""))), "the ID or the secret of the OAuth client is empty"},
		{nil, options(twilio.WithCredentials(twilio.OAuth(account, "id", secret, twilio.WithTokenURL("http://example.com/token")))), "the token URL must use https, or http on a loopback address"},
		{nil, options(twilio.WithCredentials(twilio.OAuth(account, "id", secret, nil, twilio.WithTokenURL("https://u:"+secret+"@example.com/token")))), "the token URL must not have a user, a query or a fragment"},
		{nil, options(twilio.WithCredentials(rotating{accountSID: secret})), "the credentials need an account SID: AC and 32 hex digits"},
		{nil, options(good, twilio.WithBaseURL("")), `the base URL must be an absolute URL, such as "https://localhost:8080"`},
		{nil, options(good, twilio.WithBaseURL("localhost:8080")), `the base URL must be an absolute URL, such as "https://localhost:8080"`},
		{nil, options(good, twilio.WithBaseURL("https://%zz")), `the base URL must be an absolute URL, such as "https://localhost:8080"`},
		{nil, options(good, twilio.WithBaseURL("http://example.com")), "the base URL must use https, or http on a loopback address"},
		{nil, options(good, twilio.WithBaseURL("ftp://localhost")), "the base URL must use https, or http on a loopback address"},
		{nil, options(good, twilio.WithBaseURL("https://u:"+secret+"@example.com")), "the base URL must not have a user, a query or a fragment"},
		{nil, options(good, twilio.WithBaseURL("https://example.com?")), "the base URL must not have a user, a query or a fragment"},
		{nil, options(good, twilio.WithBaseURL("https://example.com#a")), "the base URL must not have a user, a query or a fragment"},
	}
	for _, tt := range tests {
		setEnv(t, tt.env)
		client, err := twilio.NewClient(tt.opts...)
		if client != nil || err == nil || err.Error() != "twilio: "+tt.want {
			t.Errorf("%v, want %s", err, tt.want)
		}
		if err != nil && strings.Contains(err.Error(), secret) {
			t.Errorf("%v holds a secret", err)
		}
	}
}

func TestHosts(t *testing.T) {
	tests := []struct{ server, region, edge, want string }{
		{"https://proxy.twilio.com", "", "", "https://proxy.twilio.com"},
		{"https://proxy.twilio.com", "ie1", "", "https://proxy.ie1.twilio.com"},
		{"https://proxy.twilio.com", "", "dublin", "https://proxy.dublin.us1.twilio.com"},
		{"https://proxy.twilio.com", "ie1", "dublin", "https://proxy.dublin.ie1.twilio.com"},
		{"https://flex-api.twilio.com", "au1", "sydney", "https://flex-api.sydney.au1.twilio.com"},
		{"https://proxy.ie1.twilio.com", "", "", "https://proxy.ie1.twilio.com"},
		{"https://proxy.ie1.twilio.com", "au1", "", "https://proxy.au1.twilio.com"},
		{"https://proxy.ie1.twilio.com", "", "dublin", "https://proxy.dublin.ie1.twilio.com"},
		{"https://proxy.dublin.ie1.twilio.com", "au1", "", "https://proxy.dublin.au1.twilio.com"},
		{"https://proxy.dublin.ie1.twilio.com", "", "sydney", "https://proxy.sydney.ie1.twilio.com"},
		{"https://proxy.dublin.ie1.twilio.com", "au1", "sydney", "https://proxy.sydney.au1.twilio.com"},
		{"https://api.example.com", "ie1", "dublin", "https://api.example.com"},
		{"https://twilio.com", "ie1", "", "https://twilio.com"},
		{"https://a.b.c.d.twilio.com", "ie1", "", "https://a.b.c.d.twilio.com"},
	}
	for _, tt := range tests {
		var got string
		client := stubClient(t, func(r *http.Request) (*http.Response, error) {
			got = r.URL.String()
			return reply(200, ""), nil
		}, twilio.WithRegion(tt.region), twilio.WithEdge(tt.edge))
		r := wire.NewRequest("op", "GET", tt.server, "/v1/Things")
		if err := do(context.Background(), client, r, nil); err != nil || got != tt.want+"/v1/Things" {
			t.Errorf("%s, region %q, edge %q: %s, want %s (%v)", tt.server, tt.region, tt.edge, got, tt.want, err)
		}
	}
}

func TestBaseURL(t *testing.T) {
	for base, want := range map[string]string{
		"https://example.com":         "https://example.com/v1/Things",
		"https://example.com/":        "https://example.com/v1/Things",
		"https://example.com:8443/a/": "https://example.com:8443/a/v1/Things",
		"http://localhost:1/a%2Fb":    "http://localhost:1/a%2Fb/v1/Things",
		"http://127.0.0.2:1":          "http://127.0.0.2:1/v1/Things",
		"http://[::1]:1":              "http://[::1]:1/v1/Things",
	} {
		got := sent(t, twilio.WithCredentials(twilio.AuthToken(account, secret)), twilio.WithBaseURL(base), twilio.WithRegion("ie1"))
		if got, _, _ := strings.Cut(got, " "); got != want {
			t.Errorf("%s: %s, want %s", base, got, want)
		}
	}
}

// checkNoSecret prints v in every way there is and looks for the secret.
func checkNoSecret(t *testing.T, v any) {
	t.Helper()
	type holder struct {
		Public  any
		private any
	}
	var out bytes.Buffer
	for _, held := range []any{v, &v, holder{v, v}, &holder{v, v}, []any{v}, map[string]any{"v": v}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%t", "%10.3v", "%T"} {
			fmt.Fprintf(&out, verb+"\n", held)
		}
		for _, log := range []*slog.Logger{slog.New(slog.NewTextHandler(&out, nil)), slog.New(slog.NewJSONHandler(&out, nil))} {
			log.Info("message", "value", held)
		}
		if data, err := json.Marshal(held); err == nil {
			out.Write(data)
		}
	}
	for _, leak := range []string{secret, fmt.Sprintf("%x", secret), base64.StdEncoding.EncodeToString([]byte(account + ":" + secret))} {
		if at := strings.Index(out.String(), leak); at >= 0 {
			t.Errorf("%T shows the secret: %.200s", v, out.String()[max(0, at-100):])
		}
	}
}

func TestNoSecretIsPrinted(t *testing.T) {
	token, key := twilio.AuthToken(account, secret), twilio.APIKey(account, apiKey, secret)
	client := newClient(t, twilio.WithHeader("X-Secret", secret))
	type embedded struct {
		client      twilio.Client
		pointer     *twilio.Client
		credentials twilio.Credentials
	}
	for _, v := range []any{token, &token, key, client, *client, embedded{*client, client, token}, &embedded{*client, client, key}} {
		checkNoSecret(t, v)
	}
	for _, v := range []any{token, client, *client} {
		if got := fmt.Sprint(v); !strings.Contains(got, account) {
			t.Errorf("%s does not name the account", got)
		}
	}
	checkNoSecret(t, twilio.Credentials{})
	checkNoSecret(t, twilio.Client{})
}

func TestPtr(t *testing.T) {
	v := 3
	p := twilio.Ptr(v)
	if *p != 3 || p == &v {
		t.Error("Ptr is not a pointer to a copy")
	}
}
