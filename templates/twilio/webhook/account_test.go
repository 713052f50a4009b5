package webhook_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/twiliogen/twiliogen/templates/twilio/webhook"
)

var (
	accountA = "AC" + strings.Repeat("a", 32)
	accountB = "AC" + strings.Repeat("b", 32)
)

// tokensOf has a token for each of two accounts, and one for requests that name none.
func tokensOf(_ context.Context, account string) ([]string, error) {
	return map[string][]string{accountA: {"a", ""}, accountB: {"old b", "b"}, "": {"none"}}[account], nil
}

func newAccountValidator(t testing.TB, f func(context.Context, string) ([]string, error), opts ...webhook.Option) *webhook.Validator {
	t.Helper()
	v, err := webhook.NewValidator("", append(opts, webhook.WithTokens(f))...)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Each request is right with the token of the account that it names, and with no other.
func TestTokensByAccount(t *testing.T) {
	const at = "https://example.com/hook"
	both := "names more than one"
	tests := []struct{ name, query, contentType, body, want string }{
		{"form", "", formType, "AccountSid=" + accountA, "a"},
		{"form, snake case", "", formType, "account_sid=" + accountA, "a"},
		{"form, twice the same", "", formType, "AccountSid=" + accountA + "&account_sid=" + accountA, "a"},
		{"form, none", "", formType, "From=" + accountA, "none"},
		{"form, empty", "", formType, "AccountSid=", "none"},
		{"form, the parent", "", formType, "ParentAccountSid=" + accountB + "&AccountSid=" + accountA, "a"},
		{"form, unknown", "", formType, "AccountSid=AC" + strings.Repeat("c", 32), ""},
		{"form, twice", "", formType, "AccountSid=" + accountA + "&AccountSid=" + accountB, both},
		{"form, in both cases", "", formType, "AccountSid=" + accountA + "&account_sid=" + accountB, both},
		{"form, no SID", "", formType, "AccountSid=../" + accountA, "not the SID"},
		{"form, SID of another kind", "", formType, "AccountSid=SM" + accountA[2:], "not the SID"},
		{"form and query agree", "?AccountSid=" + accountA, formType, "AccountSid=" + accountA, "a"},
		{"form and query differ", "?AccountSid=" + accountB, formType, "AccountSid=" + accountA, both},
		{"query", "?x=%zz&AccountSid=" + accountB, "", "", "b"},
		{"query of a form", "?AccountSid=" + accountB, formType, "interactionAccountSid=" + accountA, "b"},
		{"query of JSON", "?AccountSid=" + accountB, jsonType, `{}`, "b"},
		{"JSON", "", jsonType, `{"x":[{"AccountSid":"x"}],"AccountSid":"` + accountA + `"}`, "a"},
		{"JSON, snake case", "", jsonType, `{"account_sid":"` + accountB + `"}`, "b"},
		{"JSON, escaped", "", jsonType, `{"account\u005fsid":"\u0041` + accountB[1:] + `"}`, "b"},
		{"JSON, any type", "", "text/plain", `{"account_sid":"` + accountB + `"}`, "b"},
		{"JSON, none", "", jsonType, `{"x":{"AccountSid":"` + accountA + `"}}`, "none"},
		{"JSON, null", "", jsonType, `{"AccountSid":null}`, "none"},
		{"JSON, a number", "", jsonType, `{"AccountSid":1}`, "none"},
		{"JSON, no object", "", jsonType, `"` + accountA + `"`, "none"},
		{"JSON, broken", "", jsonType, `{"x"`, "none"},
		{"JSON, twice", "", jsonType, `{"AccountSid":"` + accountA + `","AccountSid":"` + accountB + `"}`, both},
		{"JSON, upper case", "", jsonType, `{"AccountSid":"` + accountA + `","ACCOUNT_SID":"` + accountB + `"}`, both},
		{"JSON, another value", "", jsonType, `{"AccountSid":"` + accountA + `"} {"AccountSid":"` + accountB + `"}`, both},
		{"JSON, broken further on", "", jsonType, `{"AccountSid":"` + accountA + `"} {"x`, "a"},
		{"JSON and query differ", "?AccountSid=" + accountB, jsonType, `{"AccountSid":"` + accountA + `"}`, both},
		{"events", "", jsonType, `[{"data":{"accountSid":"` + accountA + `"}},{"data":[1]},7]`, "a"},
		{"events of two", "", jsonType, `[{"data":{"accountSid":"` + accountA + `"}},{"Data":{"account_sid":"` + accountB + `"}}]`, both},
		{"event", "", jsonType, `{"data":{"account_sid":"` + accountA + `"}}`, "a"},
		{"event, data twice", "", jsonType, `{"data":{"account_sid":"` + accountA + `"},"data":{"account_sid":"` + accountB + `"}}`, both},
		{"event, deeper", "", jsonType, `{"data":{"data":{"account_sid":"` + accountA + `"}}}`, "none"},
		{"arrays", "", jsonType, strings.Repeat("[", 100_000), "none"},
		{"empty arrays", "", jsonType, strings.Repeat("[],", 100_000), "none"},
	}
	v := newAccountValidator(t, tokensOf)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			called, params := at+tt.query, url.Values(nil)
			if tt.contentType == formType {
				params = parseForm(t, tt.body)
			} else {
				called += map[bool]string{true: "?", false: "&"}[tt.query == ""] + "bodySHA256=" + webhook.BodySHA256([]byte(tt.body))
			}
			for _, token := range []string{"a", "b", "old b", "none", ""} {
				signature := webhook.Sign(token, called, params)
				errs := []error{v.Validate(newRequest("POST", called, tt.contentType, tt.body, signature))}
				if params != nil {
					errs = append(errs, v.ValidateForm(called, params, signature))
				} else {
					errs = append(errs, v.ValidateBody(called, []byte(tt.body), signature))
				}
				for _, err := range errs {
					switch {
					case tt.want == both || tt.want == "not the SID":
						if !errors.Is(err, webhook.ErrMalformed) {
							t.Errorf("signed with %q: %v", token, err)
						}
					case token != "" && token == tt.want, token == "old b" && tt.want == "b":
						if err != nil {
							t.Errorf("signed with %q: %v", token, err)
						}
					case !errors.Is(err, webhook.ErrSignature):
						t.Errorf("signed with %q: %v", token, err)
					}
				}
			}
		})
	}
}

func TestTokensOfGET(t *testing.T) {
	called := "https://example.com/?AccountSid=" + accountA
	v := newAccountValidator(t, tokensOf)
	for token, want := range map[string]error{"a": nil, "b": webhook.ErrSignature} {
		if err := v.Validate(newRequest("GET", called, "", "", webhook.Sign(token, called, nil))); !errors.Is(err, want) {
			t.Errorf("%q: %v", token, err)
		}
	}
}

// The account is found wherever the facts about webhooks have one, or else the claim is empty.
func TestAccountOfPayloads(t *testing.T) {
	files, _ := filepath.Glob("../../../../shared/webhooks/payloads/*")
	if len(files) == 0 {
		t.Skip("no example requests beside the checkout, in ../shared/webhooks/payloads")
	}
	named := regexp.MustCompile(`(?:^|[&" ])(?:AccountSid|account_sid|accountSid)(?:=|" *: *")(AC[0-9a-f]{32})`)
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		want := ""
		if match := named.FindSubmatch(body); match != nil {
			want = string(match[1])
		}
		contentType := jsonType
		if strings.HasSuffix(file, ".form") {
			contentType = formType
		}
		got := "not called"
		v := newAccountValidator(t, func(_ context.Context, account string) ([]string, error) {
			got = account
			return nil, nil
		})
		err = v.Validate(newRequest("POST", "/", contentType, strings.TrimSpace(string(body)), "x"))
		if got != want || !errors.Is(err, webhook.ErrSignature) {
			t.Errorf("%s: %q, want %q (%v)", filepath.Base(file), got, want, err)
		}
	}
}

func TestTokensUnavailable(t *testing.T) {
	type key struct{}
	down := errors.New("dial s3cret")
	f := func(ctx context.Context, account string) ([]string, error) {
		if ctx.Value(key{}) != "request" || account != accountA {
			t.Errorf("called with %v, %q", ctx, account)
		}
		return []string{"a"}, down
	}
	var log strings.Builder
	v := newAccountValidator(t, f, webhook.WithLogger(logTo(&log)))
	called := "http://example.com/?AccountSid=" + accountA
	r := newRequest("GET", called, "", "", webhook.Sign("a", called, nil))
	r = r.WithContext(context.WithValue(r.Context(), key{}, "request"))

	err := v.Validate(r)
	if !errors.Is(err, webhook.ErrUnavailable) || !errors.Is(err, down) || errors.Is(err, webhook.ErrSignature) {
		t.Errorf("%v", err)
	}
	if text := fmt.Sprintf("%v %+v %#v %q", err, err, err, err); strings.Contains(text, "s3cret") {
		t.Errorf("%s", text)
	}
	w := httptest.NewRecorder()
	v.Middleware(http.NotFoundHandler()).ServeHTTP(w, r)
	const want = `level=ERROR msg="webhook refused" reason="webhook: the request cannot be checked at the moment: the auth tokens could not be looked up" status=503`
	if w.Code != 503 || log.String() != want+"\n" {
		t.Errorf("%d, %s", w.Code, &log)
	}

	log.Reset()
	ctx, cancel := context.WithCancel(r.Context())
	cancel()
	v.Middleware(http.NotFoundHandler()).ServeHTTP(w, r.WithContext(ctx))
	if !strings.HasPrefix(log.String(), "level=INFO ") {
		t.Errorf("of a client that is gone: %s", &log)
	}
}

// What carries no signature, or cannot be read, costs no look-up.
func TestNoLookUp(t *testing.T) {
	v := newAccountValidator(t, func(context.Context, string) ([]string, error) {
		t.Error("looked up")
		return nil, nil
	}, webhook.WithMaxBody(10))
	for _, r := range []*http.Request{
		newRequest("GET", "/", "", "", ""),
		newRequest("POST", "/", formType, "%zz", "x"),
		newRequest("POST", "/", formType, strings.Repeat("a", 11), "x"),
	} {
		if err := v.Validate(r); err == nil {
			t.Error("accepted")
		}
	}
}
