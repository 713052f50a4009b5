package gen_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/twiliogen/twiliogen/gen/twilio"
)

// Every method hands on what the server says about a failure, under its own
// name and without a result.
func TestEveryMethodFails(t *testing.T) {
	const body = `{"code": 20404, "message": "not there", "more_info": "https://www.twilio.com/docs/errors/20404", "status": 404}`
	all := operations(document(t))
	for _, op := range methods(t) {
		t.Run(op.name, func(t *testing.T) {
			proxy, _ := serve(t, reply(404, body))
			got, err := op.call(context.Background(), proxy, op.path)
			if v := reflect.ValueOf(got); v.IsValid() && !v.IsNil() {
				t.Errorf("result %v beside an error", got)
			}
			if err == nil || err.Error() != "proxyv1: "+op.name+": twilio: 404 Not Found (code 20404): not there" {
				t.Errorf("text: %v", err)
			}
			var apiErr *twilio.Error
			if !errors.Is(err, twilio.ErrNotFound) || !errors.As(err, &apiErr) {
				t.Fatalf("%v is no twilio.Error with ErrNotFound", err)
			}
			if apiErr.Code != 20404 || apiErr.Method != all[op.id].method || apiErr.Path != all[op.id].path {
				t.Errorf("%+v, want code 20404 at %s %s", apiErr, all[op.id].method, all[op.id].path)
			}
		})
	}
}

// Every kind of failed answer becomes a twilio.Error.
func TestErrorKinds(t *testing.T) {
	kinds := []error{twilio.ErrUnauthorized, twilio.ErrForbidden, twilio.ErrNotFound, twilio.ErrConflict, twilio.ErrRateLimited, twilio.ErrServer}
	const path = "/v1/Services/{ServiceSid}/Sessions/{Sid}"
	for _, tt := range []struct {
		name   string
		header http.Header
		body   string
		want   twilio.Error
		is     error
		text   string
	}{
		{
			name:   "401",
			header: http.Header{"Twilio-Request-Id": {"RQ0123"}},
			body:   `{"code": 20003, "message": "Authenticate", "more_info": "https://www.twilio.com/docs/errors/20003", "status": 401}`,
			want:   twilio.Error{StatusCode: 401, Code: 20003, Message: "Authenticate", MoreInfo: "https://www.twilio.com/docs/errors/20003", RequestID: "RQ0123"},
			is:     twilio.ErrUnauthorized,
			text:   "twilio: 401 Unauthorized (code 20003): Authenticate [request RQ0123]",
		},
		{
			name: "400 with details",
			body: `{"code": 80604, "message": "Participant has been added", "status": 400, "details": {"sid": "KP1"}}`,
			want: twilio.Error{StatusCode: 400, Code: 80604, Message: "Participant has been added", Details: json.RawMessage(`{"sid": "KP1"}`)},
			text: "twilio: 400 Bad Request (code 80604): Participant has been added",
		},
		{
			name: "403 without a body",
			want: twilio.Error{StatusCode: 403},
			is:   twilio.ErrForbidden,
			text: "twilio: 403 Forbidden",
		},
		{
			name: "404 with an empty object",
			body: `{}`,
			want: twilio.Error{StatusCode: 404},
			is:   twilio.ErrNotFound,
			text: "twilio: 404 Not Found",
		},
		{
			name: "409",
			body: `{"code": 80623, "message": "busy"}`,
			want: twilio.Error{StatusCode: 409, Code: 80623, Message: "busy"},
			is:   twilio.ErrConflict,
			text: "twilio: 409 Conflict (code 80623): busy",
		},
		{
			name:   "429",
			header: http.Header{"Retry-After": {"7"}, "T-Request-Id": {"RQ9"}},
			body:   `{"code": 20429, "message": "Too Many Requests", "status": 429}`,
			want:   twilio.Error{StatusCode: 429, Code: 20429, Message: "Too Many Requests", RetryAfter: 7 * time.Second, RequestID: "RQ9"},
			is:     twilio.ErrRateLimited,
			text:   "twilio: 429 Too Many Requests (code 20429): Too Many Requests [request RQ9]",
		},
		{
			name: "500 with HTML",
			body: "<html><body>Oops</body></html>",
			want: twilio.Error{StatusCode: 500},
			is:   twilio.ErrServer,
			text: "twilio: 500 Internal Server Error",
		},
		{
			name: "503 cut off",
			body: `{"code": 20503, "mess`,
			want: twilio.Error{StatusCode: 503, Code: 20503},
			is:   twilio.ErrServer,
			text: "twilio: 503 Service Unavailable (code 20503)",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.want.Method, tt.want.Path, tt.want.Body, tt.want.Tries = "GET", path, []byte(tt.body), 1
			proxy := stub(t, func(*http.Request) (*http.Response, error) {
				return response(tt.want.StatusCode, tt.header, tt.body), nil
			})
			got, err := proxy.Sessions.Fetch(context.Background(), service, session, twilio.WithMaxRetries(0))
			var apiErr *twilio.Error
			if !errors.As(err, &apiErr) || got != nil {
				t.Fatalf("%v, %v, want a twilio.Error", got, err)
			}
			if diff := difference(fmt.Sprintf("%+q", wholeError(tt.want)), fmt.Sprintf("%+q", wholeError(*apiErr))); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
			if want := "proxyv1: Sessions.Fetch: " + tt.text; err.Error() != want {
				t.Errorf("text %q, want %q", err, want)
			}
			for _, kind := range kinds {
				if errors.Is(err, kind) != (kind == tt.is) {
					t.Errorf("errors.Is(err, %v) is %t", kind, errors.Is(err, kind))
				}
			}
		})
	}
}

// wholeError is a twilio.Error that prints all its fields.
type wholeError twilio.Error

// Neither the text nor the log value of an error shows a credential, what the
// path named, or a phone number that Twilio quotes. The message keeps it.
func TestErrorsShowNothingPersonal(t *testing.T) {
	const name, phone = "jane.doe", "+14155550100"
	t.Run("answer", func(t *testing.T) {
		proxy, _ := serve(t, reply(404, `{"code": 20404, "message": "no session for `+phone+`", "status": 404}`))
		_, err := proxy.Sessions.Fetch(context.Background(), service, name)
		var apiErr *twilio.Error
		if !errors.As(err, &apiErr) {
			t.Fatal(err)
		}
		if !strings.Contains(apiErr.Message, phone) {
			t.Errorf("the message is %q", apiErr.Message)
		}
		checkDiscreet(t, err, name, phone)
		checkDiscreet(t, apiErr, name, phone)
	})
	t.Run("network", func(t *testing.T) {
		proxy := stub(t, func(*http.Request) (*http.Response, error) { return nil, io.ErrClosedPipe })
		_, err := proxy.Sessions.Fetch(context.Background(), service, name, twilio.WithMaxRetries(0))
		if !errors.Is(err, io.ErrClosedPipe) || !strings.HasPrefix(err.Error(), "proxyv1: Sessions.Fetch: ") {
			t.Errorf("%v, want that of the network", err)
		}
		checkDiscreet(t, err, name)
	})
}

// checkDiscreet asks that nothing which is printed of v holds a secret.
func checkDiscreet(t *testing.T, v any, secrets ...string) {
	t.Helper()
	secrets = append(secrets, authToken, strings.TrimPrefix(authorization, "Basic "))
	printed := logged(v)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		printed = append(printed, fmt.Sprintf(verb, v))
	}
	for _, text := range printed {
		for _, secret := range secrets {
			if strings.Contains(text, secret) {
				t.Errorf("%s shows %s", text, secret)
			}
		}
	}
}

// The client, too, keeps its credentials to itself.
func TestClientShowsNoCredentials(t *testing.T) {
	checkDiscreet(t, unsent(t))
	checkDiscreet(t, *unsent(t).Sessions)
}

// A context that is done before the call sends nothing, and one that is
// cancelled during the call ends it.
func TestCancelledContext(t *testing.T) {
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	for _, op := range methods(t) {
		proxy, seen := serve(t, reply(200, anything))
		_, err := op.call(cancelled, proxy, op.path)
		if !errors.Is(err, context.Canceled) || !strings.HasPrefix(err.Error(), "proxyv1: "+op.name+": ") || len(seen.requests()) != 0 {
			t.Errorf("%s: %v, and %d requests", op.name, err, len(seen.requests()))
		}
	}

	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	proxy, _ := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	if _, err := proxy.Sessions.Create(ctx, service, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled during the call: %v", err)
	}
}

// WithResponse shows the answer as it came, whether the call succeeds or not.
func TestWithResponse(t *testing.T) {
	answer := func(status int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Twilio-Request-Id", "RQ1")
			reply(status, body)(w, r)
		}
	}
	for _, op := range methods(t) {
		for _, status := range []int{http.StatusOK, http.StatusBadRequest} {
			proxy, _ := serve(t, answer(status, op.answer))
			var got twilio.Response
			_, err := op.call(context.Background(), proxy, op.path, twilio.WithResponse(&got))
			if (err == nil) != (status == http.StatusOK) {
				t.Errorf("%s: %v for the status %d", op.name, err, status)
			}
			if got.StatusCode != status || string(got.Body) != op.answer || got.Header.Get("Twilio-Request-Id") != "RQ1" {
				t.Errorf("%s: the response is %d with %v and %s", op.name, got.StatusCode, got.Header, got.Body)
			}
		}
	}
}

// WithHeader sets a header on every kind of call; that of the call wins over
// that of the client.
func TestWithHeader(t *testing.T) {
	for _, op := range methods(t) {
		var got http.Header
		proxy, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
			got = r.Header
			io.WriteString(w, op.answer)
		}, twilio.WithHeader("X-Both", "client"), twilio.WithHeader("X-Client", "1"))
		_, err := op.call(context.Background(), proxy, op.path, twilio.WithHeader("X-Both", "call"), twilio.WithHeader("x-call", "2"))
		if err != nil {
			t.Errorf("%s: %v", op.name, err)
		}
		for name, want := range map[string]string{"X-Both": "call", "X-Client": "1", "X-Call": "2"} {
			if diff := difference([]string{want}, got[name]); diff != "" {
				t.Errorf("%s: %s (-want +got):\n%s", op.name, name, diff)
			}
		}
	}
}

// WithForm adds a parameter beside the operation's own: to the form of a POST,
// to the query of anything else.
func TestWithForm(t *testing.T) {
	for _, op := range methods(t) {
		proxy, seen := serve(t, reply(200, op.answer))
		_, err := op.call(context.Background(), proxy, op.path, twilio.WithForm("New Field", "a&b"), twilio.WithForm("New Field", "c"))
		if err != nil {
			t.Errorf("%s: %v", op.name, err)
			continue
		}
		const added = "New+Field=a%26b&New+Field=c"
		query, form := strings.TrimPrefix(op.query+"&"+added, "&"), op.form
		if op.form != nil {
			query, form = op.query, withAdded(op.form)
		}
		got := seen.requests()[0]
		if diff := difference(form, got.Form); got.Query != query || diff != "" {
			t.Errorf("%s: query %q, want %q; form (-want +got):\n%s", op.name, got.Query, query, diff)
		}
	}
}

// withAdded returns a form with the parameter of TestWithForm in it.
func withAdded(form url.Values) url.Values {
	form = maps.Clone(form)
	form["New Field"] = []string{"a&b", "c"}
	return form
}

// The paths of this API name no account, so that Twilio would take that of the
// credentials: a call that is meant for another one is refused.
func TestWithAccountSID(t *testing.T) {
	for _, op := range methods(t) {
		proxy, seen := serve(t, reply(200, op.answer))
		_, err := op.call(context.Background(), proxy, op.path, twilio.WithAccountSID(subaccount))
		var wrong *twilio.AccountError
		if !errors.As(err, &wrong) || !errors.Is(err, twilio.ErrNotSent) || len(seen.requests()) > 0 {
			t.Errorf("%s: %v after %d requests", op.name, err, len(seen.requests()))
		}
		if _, err := op.call(context.Background(), proxy, op.path, twilio.WithAccountSID(account)); err != nil {
			t.Errorf("%s on the account of the credentials: %v", op.name, err)
		}
	}
}
