package twilio_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/twiliogen/twiliogen/templates/twilio"
)

type hookKey struct{}

// A hook sees the whole call: that it begins, and how it went. Its context reaches the transport.
func TestCallHook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var events []string
		var results []twilio.CallResult
		hook := func(name string) twilio.Option {
			return twilio.WithCallHook(func(ctx context.Context, op twilio.Operation) (context.Context, func(twilio.CallResult)) {
				events = append(events, name+" "+op.Name)
				return context.WithValue(ctx, hookKey{}, name), func(r twilio.CallResult) {
					events = append(events, "/"+name)
					results = append(results, r)
				}
			})
		}
		var tries []int
		client := stubClient(t, func(r *http.Request) (*http.Response, error) {
			if got := r.Context().Value(hookKey{}); got != "c" {
				t.Errorf("the context of %v", got)
			}
			tries = append(tries, twilio.TryFromContext(r.Context()))
			time.Sleep(time.Second)
			if len(tries) < 3 {
				return reply(429, `{"code":20429}`), nil
			}
			resp := reply(404, "")
			resp.Header.Set("Twilio-Request-Id", "RQ1")
			return resp, nil
		}, hook("a"), hook("b"), twilio.WithCallHook(nil), twilio.WithCallHook(func(context.Context, twilio.Operation) (context.Context, func(twilio.CallResult)) {
			return nil, nil
		}))
		start := time.Now()
		_, err := fetch(t.Context(), client, fetchRequest("T1"), []twilio.RequestOption{hook("c")})
		took := time.Since(start)
		const op = "proxyv1: Things.Fetch"
		if want := []string{"a " + op, "b " + op, "c " + op, "/c", "/b", "/a"}; !slices.Equal(events, want) {
			t.Errorf("%q, want %q", events, want)
		}
		if !slices.Equal(tries, []int{1, 2, 3}) {
			t.Errorf("tries %v", tries)
		}
		got := results[0]
		if got.Tries != 3 || got.Took != took || got.Waited != took-3*time.Second || got.StatusCode != 404 || got.RequestID != "RQ1" ||
			got.Err == nil || got.Err.Error() != err.Error() || !errors.Is(got.Err, twilio.ErrNotFound) {
			t.Errorf("%+v, want that of %v", got, err)
		}
		if twilio.TryFromContext(t.Context()) != 0 {
			t.Error("a try from nowhere")
		}
	})
}

// Each page of a list is a call to a hook, while the policy of the operation is asked once.
func TestHooksAndPolicyOfAList(t *testing.T) {
	hooks, policies := 0, 0
	client := stubClient(t, func(r *http.Request) (*http.Response, error) {
		if strings.Contains(r.URL.RawQuery, "Page=1") {
			return reply(200, `{"things":[],"meta":{"next_page_url":null}}`), nil
		}
		return reply(200, `{"things":[{"sid":"T1"}],"meta":{"next_page_url":"/v1/Things?Page=1"}}`), nil
	}, twilio.WithCallHook(func(ctx context.Context, _ twilio.Operation) (context.Context, func(twilio.CallResult)) {
		hooks++
		return ctx, nil
	}), twilio.WithRepeat(func(twilio.Operation) twilio.Repeat {
		policies++
		return twilio.RepeatDefault
	}))
	for _, err := range list(t.Context(), client, listRequest(), nil) {
		if err != nil {
			t.Fatal(err)
		}
	}
	if hooks != 2 || policies != 1 {
		t.Errorf("%d hooks and %d policies for two pages", hooks, policies)
	}
}

// What WithDebug writes shows how a call goes, and nothing that is not known to be harmless.
func TestWithDebug(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		calls := 0
		client := stubClient(t, func(*http.Request) (*http.Response, error) {
			if calls++; calls == 1 {
				return reply(503, fmt.Sprintf(`{"code":20503,"message":"https://x/%s","details":{"a":%q}}`, canary, canary)), nil
			}
			resp := reply(200, `{"sid":"T1","size":3,"unknown":"`+canary+`"}`)
			resp.Header.Set("Twilio-Request-Id", "RQ1")
			resp.Header.Set("X-Other", canary)
			return resp, nil
		}, twilio.WithDebug(&out), twilio.WithHeader("X-Mine", canary))
		_, err := fetch(t.Context(), client, fetchRequest(canary), []twilio.RequestOption{twilio.WithForm("Extra", canary)})
		if err != nil {
			t.Fatal(err)
		}
		text := out.String()
		for _, want := range []string{
			"> proxyv1: Things.Fetch, try 1\n> GET /v1/Things/{Sid}\n> Host: proxy.twilio.com\n", "> Authorization: [redacted]\n", "> X-Mine: [redacted]\n",
			"> WithForm: Extra\n", "< 503 Service Unavailable\n", ": code, message, details\n", "< error: twilio: 503 Service Unavailable (code 20503)",
			"> proxyv1: Things.Fetch, try 2\n", "< Twilio-Request-Id: RQ1\n", "< X-Other: [redacted]\n", ": sid, size, unknown\n",
			"= proxyv1: Things.Fetch: {\"sid\":\"T1\",\"size\":3}\n",
		} {
			if !strings.Contains(text, want) {
				t.Errorf("%q is missing in\n%s", want, text)
			}
		}
		if strings.Contains(text, canary) || strings.Contains(text, secret) {
			t.Errorf("it shows too much:\n%s", text)
		}

		out.Reset()
		if _, err := fetch(t.Context(), client, fetchRequest("T1"), []twilio.RequestOption{twilio.WithDebug(nil)}); err != nil || out.Len() > 0 {
			t.Errorf("%v, and wrote %q", err, out.String())
		}
	})
}
