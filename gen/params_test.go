package gen_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/twiliogen/twiliogen/gen/proxyv1"
	"github.com/twiliogen/twiliogen/gen/twilio"
)

// checkRefused asks that a call has failed because of a parameter, with an
// error that begins with the method.
func checkRefused(t *testing.T, err error, method, param string) {
	t.Helper()
	var refused *twilio.ParamError
	if !errors.As(err, &refused) {
		t.Fatalf("%v, want a ParamError", err)
	}
	if want := "proxyv1: " + method + ": parameter " + param + " "; refused.Param != param || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("%q about %s, want it to begin with %q", err, refused.Param, want)
	}
}

// unsent returns a client that must not send anything.
func unsent(t *testing.T) *proxyv1.Client {
	t.Helper()
	return stub(t, func(r *http.Request) (*http.Response, error) {
		t.Errorf("%s %s was sent", r.Method, r.URL)
		return nil, errors.New("sent")
	})
}

// A required parameter that is missing is an error before anything is sent.
func TestRequiredParams(t *testing.T) {
	proxy := unsent(t)
	ctx := context.Background()
	createService := func(params *proxyv1.CreateServiceParams) error {
		_, err := proxy.Services.Create(ctx, params)
		return err
	}
	createParticipant := func(params *proxyv1.CreateParticipantParams) error {
		_, err := proxy.Participants.Create(ctx, service, session, params)
		return err
	}
	createMessage := func(params *proxyv1.CreateMessageInteractionParams) error {
		_, err := proxy.MessageInteractions.Create(ctx, service, session, participant, params)
		return err
	}
	for _, tt := range []struct {
		name, method, param string
		err                 error
	}{
		{"no params", "Services.Create", "UniqueName", createService(nil)},
		{"zero params", "Services.Create", "UniqueName", createService(&proxyv1.CreateServiceParams{})},
		{"others alone", "Services.Create", "UniqueName", createService(&proxyv1.CreateServiceParams{DefaultTTL: twilio.Ptr(1)})},
		{"no params", "Participants.Create", "Identifier", createParticipant(nil)},
		{"zero params", "Participants.Create", "Identifier", createParticipant(&proxyv1.CreateParticipantParams{})},
		{"no params", "MessageInteractions.Create", "Body or MediaUrl", createMessage(nil)},
		{"zero params", "MessageInteractions.Create", "Body or MediaUrl", createMessage(&proxyv1.CreateMessageInteractionParams{})},
		{"empty list", "MessageInteractions.Create", "Body or MediaUrl", createMessage(&proxyv1.CreateMessageInteractionParams{MediaURL: []string{}})},
	} {
		t.Run(tt.method+" with "+tt.name, func(t *testing.T) { checkRefused(t, tt.err, tt.method, tt.param) })
	}
}

// Either member of a group is enough.
func TestConditionalGroup(t *testing.T) {
	for _, tt := range []struct {
		params *proxyv1.CreateMessageInteractionParams
		want   url.Values
	}{
		{&proxyv1.CreateMessageInteractionParams{Body: twilio.Ptr("Hi")}, url.Values{"Body": {"Hi"}}},
		{&proxyv1.CreateMessageInteractionParams{MediaURL: []string{"https://example.com/a"}}, url.Values{"MediaUrl": {"https://example.com/a"}}},
	} {
		proxy, seen := serve(t, reply(201, messageInteractionJSON))
		if _, err := proxy.MessageInteractions.Create(context.Background(), service, session, participant, tt.params); err != nil {
			t.Fatal(err)
		}
		if diff := difference(tt.want, seen.requests()[0].Form); diff != "" {
			t.Errorf("form (-want +got):\n%s", diff)
		}
	}
}

// Params may be nil where none is required. What is not set is not sent, and
// the body is an empty form.
func TestOptionalParams(t *testing.T) {
	for name, call := range map[string]func(context.Context, *proxyv1.Client) error{
		"Services.Update": func(ctx context.Context, c *proxyv1.Client) error {
			_, err := c.Services.Update(ctx, service, nil)
			return err
		},
		"Services.Update with zero params": func(ctx context.Context, c *proxyv1.Client) error {
			_, err := c.Services.Update(ctx, service, &proxyv1.UpdateServiceParams{})
			return err
		},
		"PhoneNumbers.Create": func(ctx context.Context, c *proxyv1.Client) error {
			_, err := c.PhoneNumbers.Create(ctx, service, nil)
			return err
		},
		"PhoneNumbers.Update": func(ctx context.Context, c *proxyv1.Client) error {
			_, err := c.PhoneNumbers.Update(ctx, service, number, nil)
			return err
		},
		"Sessions.Create": func(ctx context.Context, c *proxyv1.Client) error {
			_, err := c.Sessions.Create(ctx, service, nil)
			return err
		},
		"Sessions.Create with zero params": func(ctx context.Context, c *proxyv1.Client) error {
			_, err := c.Sessions.Create(ctx, service, &proxyv1.CreateSessionParams{Participants: []any{}})
			return err
		},
		"Sessions.Update": func(ctx context.Context, c *proxyv1.Client) error {
			_, err := c.Sessions.Update(ctx, service, session, nil)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			proxy, seen := serve(t, reply(200, anything))
			if err := call(context.Background(), proxy); err != nil {
				t.Fatal(err)
			}
			got := seen.requests()[0]
			if got.Form != nil || got.Query != "" || got.ContentType != formType {
				t.Errorf("sends the form %v and the query %q as %q", got.Form, got.Query, got.ContentType)
			}
		})
	}
}

// A path argument that would name another resource is refused before anything
// is sent: an empty one, one that goes up, and the SID of another kind where
// the document says which kind it takes.
func TestPathArguments(t *testing.T) {
	all := operations(document(t))
	proxy := unsent(t)
	for _, op := range methods(t) {
		names := placeholder.FindAllString(all[op.id].path, -1)
		for i, name := range names {
			name = strings.Trim(name, "{}")
			bad := []string{"", ".", ".."}
			for _, prefix := range sidPrefixes(all[op.id], name) {
				bad = append(bad, "XX"+strings.TrimPrefix(op.path[i], prefix))
			}
			for _, value := range bad {
				t.Run(op.name+" "+name+" "+value, func(t *testing.T) {
					path := append([]string(nil), op.path...)
					path[i] = value
					_, err := op.call(context.Background(), proxy, path)
					checkRefused(t, err, op.name, name)
					if len(value) > 2 && strings.Contains(err.Error(), value) {
						t.Errorf("%q quotes the value", err)
					}
				})
			}
		}
	}
}

// sidPrefixes returns the prefix that the document asks of a path argument, or
// none.
func sidPrefixes(op documented, name string) (prefixes []string) {
	for _, p := range op.params("path") {
		if m := sidPattern.FindStringSubmatch(p.Schema.Pattern); p.Name == name && m != nil {
			prefixes = append(prefixes, m[1])
		}
	}
	return prefixes
}

var sidPattern = regexp.MustCompile(`^\^([A-Z]{2})\[`)

// Whatever a unique name holds, it reaches the server as one segment of the
// path.
func TestUniqueNamesStayOneSegment(t *testing.T) {
	for _, name := range []string{
		"order-1234", "a/b", "/", "a?b=c", "100%", "%2F", "a#b", "a b", "Zoë", "世界 😀", "a+b&c;d", "+14155550100", "...", "../x", `a\b`, "\x00\n",
	} {
		t.Run(name, func(t *testing.T) {
			proxy, seen := serve(t, reply(200, anything))
			if _, err := proxy.Services.Fetch(context.Background(), name); err != nil {
				t.Fatal(err)
			}
			if _, err := proxy.Sessions.Fetch(context.Background(), service, name); err != nil {
				t.Fatal(err)
			}
			for i, before := range []string{"/v1/Services/", "/v1/Services/" + service + "/Sessions/"} {
				got := seen.requests()[i]
				segment, ok := strings.CutPrefix(got.Path, before)
				arrived, err := url.PathUnescape(segment)
				if !ok || strings.Contains(segment, "/") || err != nil || arrived != name || got.Query != "" {
					t.Errorf("%q arrives as the path %q and the query %q", name, got.Path, got.Query)
				}
			}
		})
	}
}

// Params and options are only read: goroutines can share them.
func TestParamsAreShared(t *testing.T) {
	proxy, seen := serve(t, reply(200, anything))
	create, update, message := createSessionParams(), updateServiceParams(), createMessageInteractionParams()
	list := &proxyv1.ListSessionsParams{PageSize: 5, Limit: 2}
	opts := []twilio.RequestOption{twilio.WithHeader("X-Trace", "1"), twilio.WithForm("New", "1")}

	const goroutines = 8
	var group sync.WaitGroup
	for range goroutines {
		group.Add(1)
		go func() {
			defer group.Done()
			_, err1 := proxy.Sessions.Create(context.Background(), service, create, opts...)
			_, err2 := proxy.Services.Update(context.Background(), service, update, opts...)
			_, err3 := proxy.MessageInteractions.Create(context.Background(), service, session, participant, message, opts...)
			_, err4 := collect(t, proxy.Sessions.List(context.Background(), service, list, opts...))
			if err := errors.Join(err1, err2, err3, err4); err != nil {
				t.Error(err)
			}
		}()
	}
	group.Wait()

	if diff := difference(createSessionParams(), create); diff != "" {
		t.Errorf("CreateSessionParams were changed (-before +after):\n%s", diff)
	}
	if diff := difference(updateServiceParams(), update); diff != "" {
		t.Errorf("UpdateServiceParams were changed (-before +after):\n%s", diff)
	}
	if diff := difference(createMessageInteractionParams(), message); diff != "" {
		t.Errorf("CreateMessageInteractionParams were changed (-before +after):\n%s", diff)
	}
	if *list != (proxyv1.ListSessionsParams{PageSize: 5, Limit: 2}) {
		t.Errorf("ListSessionsParams were changed: %+v", list)
	}
	distinct := map[string]int{}
	for _, r := range seen.requests() {
		distinct[r.Method+" "+r.Path+"?"+r.Query+" "+r.Form.Encode()]++
	}
	for r, n := range distinct {
		if n != goroutines {
			t.Errorf("%d times %s, want %d", n, r, goroutines)
		}
	}
	if len(distinct) != 4 {
		t.Errorf("%d different requests, want 4", len(distinct))
	}
}
