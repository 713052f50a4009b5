package twilio_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
	"github.com/twiliogen/twiliogen/templates/twilio"
)

// tokenServer is a transport that issues tokens, "token1" and so on, and accepts only the latest
// for everything else.
type tokenServer struct {
	lifetime any           // expires_in
	delay    time.Duration // before a token is issued
	status   int           // not 0: the answer to a request for a token
	revoked  bool          // every token that has been issued so far is rejected

	mu       sync.Mutex
	requests []string // for tokens: URL and form
	headers  http.Header
	issued   int
	served   int // requests with a good token
	rejected int
}

func (s *tokenServer) RoundTrip(r *http.Request) (*http.Response, error) {
	if !strings.Contains(r.URL.Path, "token") {
		return s.serve(r), nil
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	select {
	case <-time.After(s.delay):
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, r.URL.String()+" "+string(body))
	s.headers = r.Header
	if s.status != 0 {
		return reply(s.status, `{"error":"invalid_client","error_description":"No such client"}`), nil
	}
	s.issued++
	s.revoked = false
	return reply(200, fmt.Sprintf(`{"access_token":"token%d","token_type":"Bearer","expires_in":%v}`, s.issued, s.lifetime)), nil
}

func (s *tokenServer) serve(r *http.Request) *http.Response {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.revoked || r.Header.Get("Authorization") != fmt.Sprint("Bearer token", s.issued) {
		s.rejected++
		return reply(401, `{"code":20003}`)
	}
	s.served++
	return reply(200, `{"sid":"T1"}`)
}

func oauthClient(t *testing.T, s *tokenServer, opts ...twilio.ClientOption) *twilio.Client {
	return newClient(t, append([]twilio.ClientOption{
		twilio.WithCredentials(twilio.OAuth(account, "OQ1", secret)), twilio.WithHTTPClient(&http.Client{Transport: s}),
	}, opts...)...)
}

func TestOAuth(t *testing.T) {
	s := &tokenServer{lifetime: 3600}
	client := oauthClient(t, s, twilio.WithHeader("X-Secret", secret), twilio.WithUserAgent("mine/2"),
		twilio.WithMiddleware(func(r *http.Request, next twilio.Next) (*http.Response, error) {
			if strings.Contains(r.URL.Path, "token") {
				t.Error("middleware sees a request for a token")
			}
			return next(r)
		}))
	for range 3 {
		if err := do(context.Background(), client, createRequest(), nil); err != nil {
			t.Fatal(err)
		}
	}
	want := "https://oauth.twilio.com/v2/token " + url.Values{"client_id": {"OQ1"}, "client_secret": {secret}, "grant_type": {"client_credentials"}}.Encode()
	got, err := url.ParseQuery(strings.TrimPrefix(s.requests[0], "https://oauth.twilio.com/v2/token "))
	if err != nil || len(s.requests) != 1 || "https://oauth.twilio.com/v2/token "+got.Encode() != want || s.served != 3 {
		t.Errorf("%q, want %q; %d served", s.requests, want, s.served)
	}
	if s.headers.Get("Authorization") != "" || s.headers.Get("X-Secret") != "" || s.headers.Get("User-Agent") != "mine/2" {
		t.Errorf("the token is requested with %v", s.headers)
	}
	if client.AccountSID() != account {
		t.Errorf("account %s", client.AccountSID())
	}
}

func TestTokenURL(t *testing.T) {
	own := twilio.WithTokenURL("https://example.com/org/1/token")
	base := twilio.WithBaseURL("https://localhost/fake")
	for _, tt := range []struct {
		oauth  []twilio.OAuthOption
		client []twilio.ClientOption
		want   string
	}{
		{nil, []twilio.ClientOption{twilio.WithRegion("ie1"), twilio.WithEdge("dublin")}, "https://oauth.twilio.com/v2/token"},
		{nil, []twilio.ClientOption{base}, "https://localhost/fake/v2/token"},
		{[]twilio.OAuthOption{own}, nil, "https://example.com/org/1/token"},
		{[]twilio.OAuthOption{own}, []twilio.ClientOption{base}, "https://example.com/org/1/token"},
	} {
		s := &tokenServer{lifetime: 3600}
		opts := append(tt.client, twilio.WithCredentials(twilio.OAuth("", "OQ1", secret, tt.oauth...)))
		if err := do(context.Background(), oauthClient(t, s, opts...), createRequest(), nil); err != nil || !strings.HasPrefix(s.requests[0], tt.want+" ") {
			t.Errorf("%v, %v, want %s", s.requests, err, tt.want)
		}
	}
}

// However many calls need a token, it is requested once, even for the clients of subaccounts.
func TestTokenIsRequestedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &tokenServer{lifetime: 3600, delay: time.Second}
		client := oauthClient(t, s)
		call := func(c *twilio.Client, ctx context.Context) {
			if err := do(ctx, c, createRequest(), nil); err != nil {
				t.Error(err)
			}
		}
		var wg sync.WaitGroup
		for range 50 {
			wg.Go(func() { call(client, t.Context()) })
			wg.Go(func() { call(client.WithAccount(subaccount), t.Context()) })
		}
		wg.Wait()
		if s.issued != 1 || s.served != 100 {
			t.Errorf("%d tokens for %d calls", s.issued, s.served)
		}

		// It is requested once more when all of them find it rejected.
		s.revoked = true
		for range 100 {
			wg.Go(func() { call(client, t.Context()) })
		}
		wg.Wait()
		if s.issued != 2 || s.served != 200 || s.rejected != 100 {
			t.Errorf("%d tokens, %d calls, %d rejected", s.issued, s.served, s.rejected)
		}
	})
}

// A token is renewed a minute before it expires, or closer to its end if it is short-lived.
func TestTokenIsRenewed(t *testing.T) {
	for _, tt := range []struct {
		lifetime any
		good     time.Duration
	}{
		{3600, 59 * time.Minute},
		{"3600", 59 * time.Minute},
		{100, 90 * time.Second},
		{1 << 60, 1000 * time.Hour},
		{0, 1000 * time.Hour},
		{-1, 1000 * time.Hour},
		{"null", 1000 * time.Hour},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := &tokenServer{lifetime: tt.lifetime}
			client := oauthClient(t, s)
			call := func(issued int) {
				t.Helper()
				if err := do(t.Context(), client, createRequest(), nil); err != nil || s.issued != issued || s.rejected != 0 {
					t.Errorf("expires_in %v: %v, %d tokens, %d rejected", tt.lifetime, err, s.issued, s.rejected)
				}
			}
			call(1)
			time.Sleep(tt.good - time.Nanosecond)
			call(1)
			if tt.good < 1000*time.Hour {
				time.Sleep(time.Nanosecond)
				call(2)
			}
		})
	}
}

// A rejected token is replaced once per call.
func TestTokenIsRejected(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &tokenServer{lifetime: 3600}
		client := oauthClient(t, s, twilio.WithMaxRetries(0))
		refuse := status(401)
		picky := newClient(t, twilio.WithCredentials(twilio.OAuth(account, "OQ1", secret)), twilio.WithHTTPClient(&http.Client{
			Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
				if strings.Contains(r.URL.Path, "token") {
					return s.RoundTrip(r)
				}
				return refuse(r)
			}),
		}))
		err := do(t.Context(), picky, createRequest(), nil)
		var e *twilio.Error
		if !errors.As(err, &e) || e.StatusCode != 401 || e.Tries != 2 || s.issued != 2 {
			t.Errorf("%v with %d tokens", err, s.issued)
		}

		if err := do(t.Context(), client, createRequest(), nil); err != nil {
			t.Fatal(err)
		}
		s.revoked, s.status = true, 503
		err = do(t.Context(), client, createRequest(), nil)
		const want = "proxyv1: Things.Create: twilio: 401 Unauthorized (code 20003); the credentials could not be renewed: no credentials: oauth: Tokens.Create: twilio: 503 Service Unavailable: No such client"
		if !errors.Is(err, twilio.ErrUnauthorized) || errors.Is(err, twilio.ErrServer) || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	})
}

// Why there is no token is no answer to the call: whoever asks whether something was found must not
// hear that the token endpoint was not.
func TestNoToken(t *testing.T) {
	kinds := []error{twilio.ErrUnauthorized, twilio.ErrForbidden, twilio.ErrNotFound, twilio.ErrConflict, twilio.ErrRateLimited, twilio.ErrServer, io.EOF}
	for _, tt := range []struct {
		status int // that the token endpoint answers with
		token  roundTripper
		tries  int // 0 if it does not matter
		is     error
		want   string
	}{
		{status: 401, tries: 1, want: "twilio: 401 Unauthorized"},
		{status: 403, tries: 1, want: "twilio: 403 Forbidden"},
		{status: 404, tries: 1, want: "twilio: 404 Not Found"},
		{status: 409, tries: 1, want: "twilio: 409 Conflict"},
		{status: 429, tries: 3, want: "twilio: 429 Too Many Requests after 3 tries"},
		{status: 503, tries: 3, want: "twilio: 503 Service Unavailable after 3 tries"},
		{tries: 3, token: reset, is: errReset, want: "connection reset by peer (after 3 tries)"},
		{token: hang, is: context.DeadlineExceeded, want: "context deadline exceeded"},
		{tries: 1, token: status(200), is: twilio.ErrInvalidResponse, want: "reading the response: json: none of the expected members is there"},
		{tries: 1, want: "the access token is empty", token: func(*http.Request) (*http.Response, error) {
			return reply(200, `{"access_token":""}`), nil
		}},
		{tries: 1, want: "the access token contains a control character", token: func(*http.Request) (*http.Response, error) {
			return reply(200, `{"access_token":"a\nb"}`), nil
		}},
	} {
		t.Run(tt.want, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				if tt.token == nil {
					tt.token = status(tt.status)
				}
				client, s := scripted(t, []roundTripper{tt.token}, twilio.WithCredentials(twilio.OAuth(account, "OQ1", secret)))
				err := do(t.Context(), client, createRequest(), nil)
				if err == nil || !strings.HasPrefix(err.Error(), "proxyv1: Things.Create: no credentials: ") || !strings.Contains(err.Error(), tt.want) || tt.is != nil && !errors.Is(err, tt.is) {
					t.Errorf("%v, want %s", err, tt.want)
				}
				if tt.tries > 0 && len(s.times) != tt.tries {
					t.Errorf("%d requests, want %d", len(s.times), tt.tries)
				}
				checkOutcome(t, err, twilio.ErrNotSent)
				for _, kind := range kinds {
					if errors.Is(err, kind) {
						t.Errorf("%v is %v", err, kind)
					}
				}
				var answer *twilio.Error
				if errors.As(err, &answer) {
					t.Errorf("%v passes for an answer to the call", answer)
				}
				var none *twilio.CredentialsError
				if !errors.As(err, &none) {
					t.Fatalf("%T", err)
				}
				if isAnswer := errors.As(none.Cause(), &answer); isAnswer != (tt.status != 0) || isAnswer && answer.StatusCode != tt.status {
					t.Errorf("the cause is %v", none.Cause())
				}
			})
		})
	}
}

// One request for a token that gets no answer, or not all of it, is no reason for any call to fail,
// however short its time is, and neither is one that is lost after another was made.
func TestStuckRequestForAToken(t *testing.T) {
	stalls := func(r *http.Request) (*http.Response, error) {
		resp := reply(200, "")
		resp.Body, resp.ContentLength = &stalledBody{r.Context()}, -1
		return resp, nil
	}
	for name, stuck := range map[string]roundTripper{"no answer": hang, "no body": stalls} {
		for _, tt := range []struct {
			opts    []twilio.ClientOption
			timeout time.Duration // of the contexts
			want    time.Duration
		}{
			{nil, time.Hour, 2 * time.Second},
			{nil, 5 * time.Second, 2 * time.Second},
			{[]twilio.ClientOption{twilio.WithMaxRetries(0)}, time.Hour, 2 * time.Second},
			{[]twilio.ClientOption{twilio.WithMaxRetries(0), twilio.WithTimeout(time.Second)}, time.Hour, 250 * time.Millisecond},
			{[]twilio.ClientOption{twilio.WithTimeout(0)}, time.Hour, 2 * time.Second},
		} {
			synctest.Test(t, func(t *testing.T) {
				s := &tokenServer{lifetime: 3600}
				var requests atomic.Int64
				client := oauthClient(t, s, append(tt.opts, twilio.WithHTTPClient(&http.Client{Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
					if strings.Contains(r.URL.Path, "token") && requests.Add(1) == 1 {
						return stuck(r)
					}
					return s.RoundTrip(r)
				})}))...)
				var wg sync.WaitGroup
				for range 20 {
					wg.Go(func() {
						ctx, cancel := context.WithTimeout(t.Context(), tt.timeout)
						defer cancel()
						start := time.Now()
						if err := do(ctx, client, createRequest(), nil); err != nil || time.Since(start) != tt.want {
							t.Errorf("%s: %v after %v, want %v", name, err, time.Since(start), tt.want)
						}
					})
				}
				wg.Wait()
				if s.issued != 1 || requests.Load() != 2 {
					t.Errorf("%s: %d tokens, %d requests", name, s.issued, requests.Load())
				}
			})
		}
	}
}

// stalledBody never ends, unless the context of its request does.
type stalledBody struct{ ctx context.Context }

func (b *stalledBody) Read([]byte) (int, error) {
	<-b.ctx.Done()
	return 0, b.ctx.Err()
}

func (b *stalledBody) Close() error { return nil }

// WithTimeout limits a try with the wait for a token.
func TestTimeoutWhileAllWaitForAToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, _ := scripted(t, []roundTripper{hang}, twilio.WithCredentials(twilio.OAuth(account, "OQ1", secret)))
		var wg sync.WaitGroup
		for _, limit := range []time.Duration{time.Second, 5 * time.Second} {
			wg.Go(func() {
				start := time.Now()
				err := do(t.Context(), client, createRequest(), []twilio.RequestOption{twilio.WithTimeout(limit)})
				if checkOutcome(t, err, twilio.ErrNotSent); !errors.Is(err, context.DeadlineExceeded) || time.Since(start) != limit {
					t.Errorf("%v after %v, want %v", err, time.Since(start), limit)
				}
			})
		}
		wg.Wait()
	})
}

// Where a redirect leads has not seen the token, so what it says about it is of no interest.
func TestStrangerRejectsTheToken(t *testing.T) {
	s := &tokenServer{lifetime: 3600}
	client := oauthClient(t, s, twilio.WithHTTPClient(&http.Client{Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
		switch {
		case r.URL.Host == "media.example":
			resp := reply(401, "")
			resp.Request = r // as net/http does
			return resp, nil
		case r.Method == "GET":
			resp := reply(307, "")
			resp.Header.Set("Location", "https://media.example/1")
			resp.Request = r
			return resp, nil
		}
		return s.RoundTrip(r)
	})}))
	err := do(t.Context(), client, fetchRequest("T1"), nil)
	if !errors.Is(err, twilio.ErrUnauthorized) || s.issued != 1 {
		t.Errorf("%v with %d tokens", err, s.issued)
	}
}

// The requests for a token end, even if nothing else would end them, and they are few.
func TestAllRequestsForATokenAreStuck(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, s := scripted(t, []roundTripper{hang}, twilio.WithCredentials(twilio.OAuth(account, "OQ1", secret)), twilio.WithTimeout(0), twilio.WithMaxRetries(0))
		start := time.Now()
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() {
				if err := do(t.Context(), client, createRequest(), nil); !errors.Is(err, context.DeadlineExceeded) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if took := time.Since(start); took > time.Minute || len(s.times) != 3 {
			t.Errorf("%d requests in %v", len(s.times), took)
		}
	})
}

// Another request is not made while the first waits as the token endpoint has asked it to.
func TestTokenEndpointAsksToWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		token := func(*http.Request) (*http.Response, error) { return reply(200, `{"access_token":"token"}`), nil }
		client, s := scripted(t, []roundTripper{status(429, "Retry-After", "20"), token, status(200)}, twilio.WithCredentials(twilio.OAuth(account, "OQ1", secret)))
		if err := do(t.Context(), client, createRequest(), nil); err != nil || len(s.times) != 3 {
			t.Errorf("%v after %d requests", err, len(s.times))
		}
	})
}

// A new token that is rejected like the one before it is not replaced at once, or every call would
// request one as long as Twilio objects to something else.
func TestEveryTokenIsRejected(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &tokenServer{lifetime: 3600}
		refusing := true
		client := oauthClient(t, s, twilio.WithHTTPClient(&http.Client{Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
			if refusing && !strings.Contains(r.URL.Path, "token") {
				return reply(401, ""), nil
			}
			return s.RoundTrip(r)
		})}))
		storm := func(issued int) {
			t.Helper()
			var wg sync.WaitGroup
			for range 10 {
				for range 10 {
					wg.Go(func() {
						if err := do(t.Context(), client, createRequest(), nil); !errors.Is(err, twilio.ErrUnauthorized) {
							t.Error(err)
						}
					})
				}
				wg.Wait()
			}
			if s.issued != issued {
				t.Errorf("%d tokens, want %d", s.issued, issued)
			}
		}
		storm(2)
		time.Sleep(time.Minute)
		storm(3)

		// Once a token has been accepted, it is replaced as soon as it is rejected.
		refusing = false
		for range 3 {
			if err := do(t.Context(), client, createRequest(), nil); err != nil {
				t.Error(err)
			}
			s.revoked = true
		}
		if err := do(t.Context(), client, createRequest(), nil); err != nil || s.issued != 6 {
			t.Errorf("%v with %d tokens", err, s.issued)
		}
	})
}

// A call that learns late that its token was rejected takes the one that others have requested.
func TestTokenWasReplacedMeanwhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &tokenServer{lifetime: 3600}
		client := oauthClient(t, s, twilio.WithHTTPClient(&http.Client{Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
			if r.Method == "GET" {
				time.Sleep(time.Second)
			}
			return s.RoundTrip(r)
		})}))
		if err := do(t.Context(), client, createRequest(), nil); err != nil {
			t.Fatal(err)
		}
		s.revoked = true
		var wg sync.WaitGroup
		for _, r := range []*wire.Request{fetchRequest("T1"), createRequest(), createRequest()} {
			wg.Go(func() {
				if err := do(t.Context(), client, r, nil); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if s.issued != 2 {
			t.Errorf("%d tokens", s.issued)
		}
	})
}

// A call whose context ends while it waits for a token leaves the others waiting. When nobody waits
// any more, the request for the token ends too, and the next call makes another one.
func TestCancelledWhileTheTokenIsRequested(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &tokenServer{lifetime: 3600, delay: 10 * time.Second}
		client := oauthClient(t, s)
		call := func(timeout time.Duration) (took time.Duration, err error) {
			ctx, cancel := context.WithTimeout(t.Context(), timeout)
			defer cancel()
			start := time.Now()
			err = do(ctx, client, createRequest(), nil)
			return time.Since(start), err
		}
		var wg sync.WaitGroup
		impatient := func() {
			if took, err := call(time.Second); !errors.Is(err, context.DeadlineExceeded) || took != time.Second {
				t.Errorf("the impatient one: %v after %v", err, took)
			}
		}
		wg.Go(impatient)
		synctest.Wait() // the request is made by the impatient call
		wg.Go(func() {
			if took, err := call(time.Minute); err != nil || took != 10*time.Second {
				t.Errorf("the patient one: %v after %v", err, took)
			}
		})
		wg.Wait()
		if s.issued != 1 || s.served != 1 {
			t.Errorf("%d tokens for %d calls", s.issued, s.served)
		}

		s.revoked = true
		if _, err := call(time.Second); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("alone: %v", err)
		}
		synctest.Wait()
		if s.delay = 0; s.issued != 1 {
			t.Errorf("%d tokens: the request for one goes on", s.issued)
		}
		if _, err := call(time.Second); err != nil || s.issued != 2 {
			t.Errorf("%v with %d tokens", err, s.issued)
		}
	})
}

// Inside a provider of the user's own, OAuth works without a client.
func TestOAuthOnItsOwn(t *testing.T) {
	s := &tokenServer{lifetime: 3600}
	inner := twilio.OAuth(account, "OQ1", secret, twilio.WithTokenURL(serveTransport(t, s)+"/v2/token"))
	client := newClient(t, twilio.WithHTTPClient(&http.Client{Transport: s}), twilio.WithCredentials(rotating{account, func(rejected twilio.Credentials) (twilio.Credentials, error) {
		return inner.Credentials(context.Background(), rejected)
	}}))
	for range 2 {
		if err := do(context.Background(), client, createRequest(), nil); err != nil {
			t.Fatal(err)
		}
	}
	if s.issued != 1 || s.served != 2 {
		t.Errorf("%d tokens for %d calls", s.issued, s.served)
	}
}

func TestOAuthShowsNoSecret(t *testing.T) {
	s := &tokenServer{lifetime: 3600}
	provider := twilio.OAuth(account, "OQ1", secret)
	client := oauthClient(t, s)
	if err := do(context.Background(), client, createRequest(), nil); err != nil {
		t.Fatal(err)
	}
	type holder struct {
		provider twilio.CredentialsProvider
		client   *twilio.Client
	}
	for _, v := range []any{provider, &provider, client, *client, client.WithAccount(subaccount), holder{provider, client}, &holder{provider, client}, twilio.AccessToken("", secret)} {
		checkNoSecret(t, v)
		if strings.Contains(fmt.Sprintf("%+v %#v", v, v), "token1") {
			t.Errorf("%T shows the token", v)
		}
	}
	if got := fmt.Sprint(provider); got != "twilio.OAuth("+account+")" {
		t.Error(got)
	}
}
