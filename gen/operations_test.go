package gen_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/twiliogen/twiliogen/gen/proxyv1"
	"github.com/twiliogen/twiliogen/gen/twilio"
)

// operation is one method of the bindings: what it sends when every parameter
// is set, and what it makes of the answer.
type operation struct {
	id     string   // in the document
	name   string   // as errors have it
	path   []string // the path's arguments
	sends  string   // method and path
	query  string
	form   url.Values // nil: no body
	answer string
	want   any // nil: no result
	call   func(ctx context.Context, c *proxyv1.Client, path []string, opts ...twilio.RequestOption) (any, error)
}

// methods returns all operations. Those that list are in it twice, as List and
// as Page.
func methods(t *testing.T) []operation {
	return slices.Concat(serviceMethods(t), phoneNumberMethods(t), sessionMethods(t),
		interactionMethods(t), participantMethods(t), messageInteractionMethods(t))
}

// page returns an answer with two records: one with a value everywhere, and
// one in which everything is null. Only the name of the array tells that the
// records are in it.
func page(t *testing.T, key, record string) string {
	t.Helper()
	return fmt.Sprintf(`{"others": [{"sid": "XX"}], %q: [%s, %s], "meta": {"page": 0, "page_size": 50, "next_page_url": null}}`,
		key, record, nulls(t, record))
}

func serviceMethods(t *testing.T) []operation {
	listed := []*proxyv1.Service{fullService(), {}}
	answer := page(t, "services", serviceJSON)
	return []operation{
		{
			id: "ListService", name: "Services.List", sends: "GET /v1/Services", query: "PageSize=20",
			answer: answer, want: listed,
			call: func(ctx context.Context, c *proxyv1.Client, _ []string, opts ...twilio.RequestOption) (any, error) {
				return collect(t, c.Services.List(ctx, &proxyv1.ListServicesParams{PageSize: 20}, opts...))
			},
		},
		{
			id: "ListService", name: "Services.Page", sends: "GET /v1/Services", query: "PageSize=20",
			answer: answer, want: listed,
			call: func(ctx context.Context, c *proxyv1.Client, _ []string, opts ...twilio.RequestOption) (any, error) {
				return items(c.Services.Page(ctx, &proxyv1.ListServicesParams{PageSize: 20}, opts...))
			},
		},
		{
			id: "CreateService", name: "Services.Create", sends: "POST /v1/Services",
			form: url.Values{
				"UniqueName":              {"deliveries"},
				"CallbackUrl":             {"https://example.com/events?a=1&b=2"},
				"ChatInstanceSid":         {"IS0123456789abcdef0123456789abcdef"},
				"DefaultTtl":              {"3600"},
				"GeoMatchLevel":           {"overlay"},
				"InterceptCallbackUrl":    {"https://example.com/intercept"},
				"NumberSelectionBehavior": {"avoid-sticky"},
				"OutOfSessionCallbackUrl": {"https://example.com/out-of-session"},
			},
			answer: serviceJSON, want: fullService(),
			call: func(ctx context.Context, c *proxyv1.Client, _ []string, opts ...twilio.RequestOption) (any, error) {
				return c.Services.Create(ctx, createServiceParams(), opts...)
			},
		},
		{
			id: "FetchService", name: "Services.Fetch", path: []string{service}, sends: "GET /v1/Services/" + service,
			answer: serviceJSON, want: fullService(),
			call: func(ctx context.Context, c *proxyv1.Client, path []string, opts ...twilio.RequestOption) (any, error) {
				return c.Services.Fetch(ctx, path[0], opts...)
			},
		},
		{
			id: "UpdateService", name: "Services.Update", path: []string{service}, sends: "POST /v1/Services/" + service,
			form: url.Values{
				"UniqueName":              {"deliveries & pickups"},
				"CallbackUrl":             {"https://example.com/events"},
				"ChatInstanceSid":         {"IS0123456789abcdef0123456789abcdef"},
				"DefaultTtl":              {"0"},
				"GeoMatchLevel":           {"country"},
				"InterceptCallbackUrl":    {""},
				"NumberSelectionBehavior": {"prefer-sticky"},
				"OutOfSessionCallbackUrl": {"https://example.com/out-of-session"},
			},
			answer: serviceJSON, want: fullService(),
			call: func(ctx context.Context, c *proxyv1.Client, path []string, opts ...twilio.RequestOption) (any, error) {
				return c.Services.Update(ctx, path[0], updateServiceParams(), opts...)
			},
		},
		{
			id: "DeleteService", name: "Services.Delete", path: []string{service}, sends: "DELETE /v1/Services/" + service,
			call: func(ctx context.Context, c *proxyv1.Client, path []string, opts ...twilio.RequestOption) (any, error) {
				return nil, c.Services.Delete(ctx, path[0], opts...)
			},
		},
	}
}

func phoneNumberMethods(t *testing.T) []operation {
	const list = "/v1/Services/" + service + "/PhoneNumbers"
	listed := []*proxyv1.PhoneNumber{fullPhoneNumber(), {}}
	answer := page(t, "phone_numbers", phoneNumberJSON)
	return []operation{
		{
			id: "ListPhoneNumber", name: "PhoneNumbers.List", path: []string{service}, sends: "GET " + list, query: "PageSize=20",
			answer: answer, want: listed,
			call: func(ctx context.Context, c *proxyv1.Client, path []string, opts ...twilio.RequestOption) (any, error) {
				return collect(t, c.PhoneNumbers.List(ctx, path[0], &proxyv1.ListPhoneNumbersParams{PageSize: 20}, opts...))
			},
		},
		{
			id: "ListPhoneNumber", name: "PhoneNumbers.Page", path: []string{service}, sends: "GET " + list, query: "PageSize=20",
			answer: answer, want: listed,
			call: func(ctx context.Context, c *proxyv1.Client, path []string, opts ...twilio.RequestOption) (any, error) {
				return items(c.PhoneNumbers.Page(ctx, path[0], &proxyv1.ListPhoneNumbersParams{PageSize: 20}, opts...))
			},
		},
		{
			id: "CreatePhoneNumber", name: "PhoneNumbers.Create", path: []string{service}, sends: "POST " + list,
			form:   url.Values{"Sid": {number}, "PhoneNumber": {"+14155550190"}, "IsReserved": {"true"}},
			answer: phoneNumberJSON, want: fullPhoneNumber(),
			call: func(ctx context.Context, c *proxyv1.Client, path []string, opts ...twilio.RequestOption) (any, error) {
				return c.PhoneNumbers.Create(ctx, path[0], createPhoneNumberParams(), opts...)
			},
		},
		{
			id: "FetchPhoneNumber", name: "PhoneNumbers.Fetch", path: []string{service, number}, sends: "GET " + list + "/" + number,
			answer: phoneNumberJSON, want: fullPhoneNumber(),
			call: func(ctx context.Context, c *proxyv1.Client, path []string, opts ...twilio.RequestOption) (any, error) {
				return c.PhoneNumbers.Fetch(ctx, path[0], path[1], opts...)
			},
		},
		{
			id: "UpdatePhoneNumber", name: "PhoneNumbers.Update", path: []string{service, number}, sends: "POST " + list + "/" + number,
			form:   url.Values{"IsReserved": {"false"}},
			answer: phoneNumberJSON, want: fullPhoneNumber(),
			call: func(ctx context.Context, c *proxyv1.Client, path []string, opts ...twilio.RequestOption) (any, error) {
				return c.PhoneNumbers.Update(ctx, path[0], path[1], updatePhoneNumberParams(), opts...)
			},
		},
		{
			id: "DeletePhoneNumber", name: "PhoneNumbers.Delete", path: []string{service, number}, sends: "DELETE " + list + "/" + number,
			call: func(ctx context.Context, c *proxyv1.Client, path []string, opts ...twilio.RequestOption) (any, error) {
				return nil, c.PhoneNumbers.Delete(ctx, path[0], path[1], opts...)
			},
		},
	}
}

func sessionMethods(t *testing.T) []operation {
	const list = "/v1/Services/" + service + "/Sessions"
	listed := []*proxyv1.Session{fullSession(), {}}
	answer := page(t, "sessions", sessionJSON)
	return []operation{
		{
			id: "ListSession", name: "Sessions.List", path: []string{service}, sends: "GET " + list, query: "PageSize=20",
			answer: answer, want: listed,
			call: func(ctx context.Context, c *proxyv1.Client, path []string, opts ...twilio.RequestOption) (any, error) {
				return collect(t, c.Sessions.List(ctx, path[0], &proxyv1.ListSessionsParams{PageSize: 20}, opts...))
			},
		},
		{
			id: "ListSession", name: "Sessions.Page", path: []string{service}, sends: "GET " + list, query: "PageSize=20",
			answer: answer, want: listed,
			call: func(ctx context.Context, c *proxyv1.Client, path []string, opts ...twilio.RequestOption) (any, error) {
				return items(c.Sessions.Page(ctx, path[0], &proxyv1.ListSessionsParams{PageSize: 20}, opts...))
			},
		},
		{
			id: "CreateSession", name: "Sessions.Create", path: []string{service}, sends: "POST " + list,
			form: url.Values{
				"UniqueName":   {"order-1234"},
				"Ttl":          {"3600"},
				"Mode":         {"voice-only"},
				"Status":       {"open"},
				"DateExpiry":   {"2024-03-04T09:30:00.5Z"}, // in UTC
				"Participants": {`{"FriendlyName":"courier","Identifier":"+14155550100"}`, `{"Identifier":"+14155550101"}`},
			},
			answer: sessionJSON, want: fullSession(),
			call: func(ctx context.Context, c *proxyv1.Client, path []string, opts ...twilio.RequestOption) (any, error) {
				return c.Sessions.Create(ctx, path[0], createSessionParams(), opts...)
			},
		},
		{
			id: "FetchSession", name: "Sessions.Fetch", path: []string{service, session}, sends: "GET " + list + "/" + session,
			answer: sessionJSON, want: fullSession(),
			call: func(ctx context.Context, c *proxyv1.Client, path []string, opts ...twilio.RequestOption) (any, error) {
				return c.Sessions.Fetch(ctx, path[0], path[1], opts...)
			},
		},
		{
			id: "UpdateSession", name: "Sessions.Update", path: []string{service, session}, sends: "POST " + list + "/" + session,
			form:   url.Values{"DateExpiry": {"2024-03-04T09:30:00Z"}, "Ttl": {"0"}, "Status": {"closed"}},
			answer: sessionJSON, want: fullSession(),
			call: func(ctx context.Context, c *proxyv1.Client, path []string, opts ...twilio.RequestOption) (any, error) {
				return c.Sessions.Update(ctx, path[0], path[1], updateSessionParams(), opts...)
			},
		},
		{
			id: "DeleteSession", name: "Sessions.Delete", path: []string{service, session}, sends: "DELETE " + list + "/" + session,
			call: func(ctx context.Context, c *proxyv1.Client, path []string, opts ...twilio.RequestOption) (any, error) {
				return nil, c.Sessions.Delete(ctx, path[0], path[1], opts...)
			},
		},
	}
}

func interactionMethods(t *testing.T) []operation {
	const list = "/v1/Services/" + service + "/Sessions/" + session + "/Interactions"
	listed := []*proxyv1.Interaction{fullInteraction(), {}}
	answer := page(t, "interactions", interactionJSON)
	return []operation{
		{
			id: "ListInteraction", name: "Interactions.List", path: []string{service, session}, sends: "GET " + list, query: "PageSize=20",
			answer: answer, want: listed,
			call: func(ctx context.Context, c *proxyv1.Client, path []string, opts ...twilio.RequestOption) (any, error) {
				return collect(t, c.Interactions.List(ctx, path[0], path[1], &proxyv1.ListInteractionsParams{PageSize: 20}, opts...))
			},
		},
		{
			id: "ListInteraction", name: "Interactions.Page", path: []string{service, session}, sends: "GET " + list, query: "PageSize=20",
			answer: answer, want: listed,
			call: func(ctx context.Context, c *proxyv1.Client, path []string, opts ...twilio.RequestOption) (any, error) {
				return items(c.Interactions.Page(ctx, path[0], path[1], &proxyv1.ListInteractionsParams{PageSize: 20}, opts...))
			},
		},
		{
			id: "FetchInteraction", name: "Interactions.Fetch", path: []string{service, session, interaction}, sends: "GET " + list + "/" + interaction,
			answer: interactionJSON, want: fullInteraction(),
			call: func(ctx context.Context, c *proxyv1.Client, path []string, opts ...twilio.RequestOption) (any, error) {
				return c.Interactions.Fetch(ctx, path[0], path[1], path[2], opts...)
			},
		},
		{
			id: "DeleteInteraction", name: "Interactions.Delete", path: []string{service, session, interaction}, sends: "DELETE " + list + "/" + interaction,
			call: func(ctx context.Context, c *proxyv1.Client, path []string, opts ...twilio.RequestOption) (any, error) {
				return nil, c.Interactions.Delete(ctx, path[0], path[1], path[2], opts...)
			},
		},
	}
}

func participantMethods(t *testing.T) []operation {
	const list = "/v1/Services/" + service + "/Sessions/" + session + "/Participants"
	listed := []*proxyv1.Participant{fullParticipant(), {}}
	answer := page(t, "participants", participantJSON)
	return []operation{
		{
			id: "ListParticipant", name: "Participants.List", path: []string{service, session}, sends: "GET " + list, query: "PageSize=20",
			answer: answer, want: listed,
			call: func(ctx context.Context, c *proxyv1.Client, path []string, opts ...twilio.RequestOption) (any, error) {
				return collect(t, c.Participants.List(ctx, path[0], path[1], &proxyv1.ListParticipantsParams{PageSize: 20}, opts...))
			},
		},
		{
			id: "ListParticipant", name: "Participants.Page", path: []string{service, session}, sends: "GET " + list, query: "PageSize=20",
			answer: answer, want: listed,
			call: func(ctx context.Context, c *proxyv1.Client, path []string, opts ...twilio.RequestOption) (any, error) {
				return items(c.Participants.Page(ctx, path[0], path[1], &proxyv1.ListParticipantsParams{PageSize: 20}, opts...))
			},
		},
		{
			id: "CreateParticipant", name: "Participants.Create", path: []string{service, session}, sends: "POST " + list,
			form: url.Values{
				"Identifier":         {"+14155550100"},
				"FriendlyName":       {"Zoë 😀"},
				"ProxyIdentifier":    {"+14155550190"},
				"ProxyIdentifierSid": {number},
			},
			answer: participantJSON, want: fullParticipant(),
			call: func(ctx context.Context, c *proxyv1.Client, path []string, opts ...twilio.RequestOption) (any, error) {
				return c.Participants.Create(ctx, path[0], path[1], createParticipantParams(), opts...)
			},
		},
		{
			id: "FetchParticipant", name: "Participants.Fetch", path: []string{service, session, participant}, sends: "GET " + list + "/" + participant,
			answer: participantJSON, want: fullParticipant(),
			call: func(ctx context.Context, c *proxyv1.Client, path []string, opts ...twilio.RequestOption) (any, error) {
				return c.Participants.Fetch(ctx, path[0], path[1], path[2], opts...)
			},
		},
		{
			id: "DeleteParticipant", name: "Participants.Delete", path: []string{service, session, participant}, sends: "DELETE " + list + "/" + participant,
			call: func(ctx context.Context, c *proxyv1.Client, path []string, opts ...twilio.RequestOption) (any, error) {
				return nil, c.Participants.Delete(ctx, path[0], path[1], path[2], opts...)
			},
		},
	}
}

func messageInteractionMethods(t *testing.T) []operation {
	const list = "/v1/Services/" + service + "/Sessions/" + session + "/Participants/" + participant + "/MessageInteractions"
	listed := []*proxyv1.MessageInteraction{fullMessageInteraction(), {}}
	answer := page(t, "interactions", messageInteractionJSON) // not message_interactions
	return []operation{
		{
			id: "ListMessageInteraction", name: "MessageInteractions.List", path: []string{service, session, participant}, sends: "GET " + list, query: "PageSize=20",
			answer: answer, want: listed,
			call: func(ctx context.Context, c *proxyv1.Client, path []string, opts ...twilio.RequestOption) (any, error) {
				return collect(t, c.MessageInteractions.List(ctx, path[0], path[1], path[2], &proxyv1.ListMessageInteractionsParams{PageSize: 20}, opts...))
			},
		},
		{
			id: "ListMessageInteraction", name: "MessageInteractions.Page", path: []string{service, session, participant}, sends: "GET " + list, query: "PageSize=20",
			answer: answer, want: listed,
			call: func(ctx context.Context, c *proxyv1.Client, path []string, opts ...twilio.RequestOption) (any, error) {
				return items(c.MessageInteractions.Page(ctx, path[0], path[1], path[2], &proxyv1.ListMessageInteractionsParams{PageSize: 20}, opts...))
			},
		},
		{
			id: "CreateMessageInteraction", name: "MessageInteractions.Create", path: []string{service, session, participant}, sends: "POST " + list,
			form: url.Values{
				"Body":     {"50% off = yes\nno?"},
				"MediaUrl": {"https://example.com/a.png", "https://example.com/b.png?x=1&y=2"},
			},
			answer: messageInteractionJSON, want: fullMessageInteraction(),
			call: func(ctx context.Context, c *proxyv1.Client, path []string, opts ...twilio.RequestOption) (any, error) {
				return c.MessageInteractions.Create(ctx, path[0], path[1], path[2], createMessageInteractionParams(), opts...)
			},
		},
		{
			id: "FetchMessageInteraction", name: "MessageInteractions.Fetch", path: []string{service, session, participant, interaction}, sends: "GET " + list + "/" + interaction,
			answer: messageInteractionJSON, want: fullMessageInteraction(),
			call: func(ctx context.Context, c *proxyv1.Client, path []string, opts ...twilio.RequestOption) (any, error) {
				return c.MessageInteractions.Fetch(ctx, path[0], path[1], path[2], path[3], opts...)
			},
		},
	}
}

// Every method sends exactly its own request, and returns everything that the
// answer holds.
func TestOperations(t *testing.T) {
	documented := operations(document(t))
	for _, op := range methods(t) {
		t.Run(op.name, func(t *testing.T) {
			proxy, seen := serve(t, reply(success(t, documented[op.id]), op.answer))
			got, err := op.call(context.Background(), proxy, op.path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := difference(op.want, got); diff != "" {
				t.Errorf("result (-want +got):\n%s", diff)
			}
			method, path, _ := strings.Cut(op.sends, " ")
			want := request{
				Method: method, Path: path, Query: op.query, Form: op.form,
				Accept: "application/json", Authorization: authorization,
			}
			if op.form != nil {
				want.ContentType = formType
			}
			if diff := difference([]request{want}, seen.requests()); diff != "" {
				t.Errorf("requests (-want +got):\n%s", diff)
			}
		})
	}
}

// success returns the status with which the document lets an operation succeed.
func success(t *testing.T, op documented) int {
	t.Helper()
	for status := range op.Responses {
		if code, err := strconv.Atoi(status); err == nil && code/100 == 2 {
			return code
		}
	}
	t.Fatalf("%s cannot succeed", op.OperationID)
	return 0
}

// The table of methods leaves out no operation, no path argument and no
// parameter of the document.
func TestOperationsAreThoseOfTheDocument(t *testing.T) {
	all := operations(document(t))
	tested := map[string]bool{}
	for _, op := range methods(t) {
		tested[op.id] = true
		want, ok := all[op.id]
		if !ok {
			t.Errorf("%s: the document has no operation %s", op.name, op.id)
			continue
		}
		args := op.path
		path := placeholder.ReplaceAllStringFunc(want.path, func(name string) string {
			if len(args) == 0 {
				return name
			}
			arg := args[0]
			args = args[1:]
			return arg
		})
		if len(args) > 0 || op.sends != want.method+" "+path {
			t.Errorf("%s: sends %s, want %s %s", op.name, op.sends, want.method, path)
		}
		if diff := difference(want.form(), slices.Sorted(maps.Keys(op.form))); diff != "" {
			t.Errorf("%s: fields of the form (-want +got):\n%s", op.name, diff)
		}
		query, err := url.ParseQuery(op.query)
		if err != nil {
			t.Fatal(err)
		}
		for _, param := range want.params("query") {
			paging := param.Name == "Page" || param.Name == "PageToken" // are the iterator's business
			if query.Has(param.Name) == paging {
				t.Errorf("%s: the query is %s; what about %s?", op.name, op.query, param.Name)
			}
		}
	}
	if diff := difference(slices.Sorted(maps.Keys(all)), slices.Sorted(maps.Keys(tested))); diff != "" {
		t.Errorf("operations (-document +tested):\n%s", diff)
	}
}

var placeholder = regexp.MustCompile(`\{\w+\}`)

// The records in the answers have every property of the document, and the
// values expected of them every field.
func TestFixturesAreComplete(t *testing.T) {
	doc := document(t)
	for _, tt := range []struct {
		schema, record string
		want           any
	}{
		{proxyv1.ServiceObjectName, serviceJSON, *fullService()},
		{proxyv1.PhoneNumberObjectName, phoneNumberJSON, *fullPhoneNumber()},
		{proxyv1.SessionObjectName, sessionJSON, *fullSession()},
		{proxyv1.InteractionObjectName, interactionJSON, *fullInteraction()},
		{proxyv1.ParticipantObjectName, participantJSON, *fullParticipant()},
		{proxyv1.MessageInteractionObjectName, messageInteractionJSON, *fullMessageInteraction()},
	} {
		var members map[string]any
		if err := json.Unmarshal([]byte(tt.record), &members); err != nil {
			t.Fatalf("%T: %v", tt.want, err)
		}
		schema := doc.Components.Schemas[tt.schema]
		if schema == nil {
			t.Errorf("%T: the document has no schema %s", tt.want, tt.schema)
			continue
		}
		if diff := difference(propertyNames(*schema), slices.Sorted(maps.Keys(members))); diff != "" {
			t.Errorf("%s (-document +record):\n%s", tt.schema, diff)
		}
		for field, value := range fields(tt.want) {
			if value.IsZero() {
				t.Errorf("%T: nothing is expected of %s", tt.want, field.Name)
			}
		}
	}
}

// Operations go to the host of the document, in the client's region.
func TestHost(t *testing.T) {
	for _, tt := range []struct {
		opts []twilio.ClientOption
		want string
	}{
		{nil, "https://proxy.twilio.com"},
		{[]twilio.ClientOption{twilio.WithRegion("ie1")}, "https://proxy.ie1.twilio.com"},
		{[]twilio.ClientOption{twilio.WithRegion("ie1"), twilio.WithEdge("dublin")}, "https://proxy.dublin.ie1.twilio.com"},
	} {
		var got string
		proxy := stub(t, func(r *http.Request) (*http.Response, error) {
			got = r.URL.Scheme + "://" + r.URL.Host
			return response(200, nil, sessionJSON), nil
		}, tt.opts...)
		if _, err := proxy.Sessions.Fetch(context.Background(), service, session); err != nil || got != tt.want {
			t.Errorf("%s, %v, want %s", got, err, tt.want)
		}
	}
}

func length(list any) int { return reflect.ValueOf(list).Len() }

// fields ranges over the fields of a struct.
func fields(v any) func(yield func(reflect.StructField, reflect.Value) bool) {
	value := reflect.ValueOf(v)
	return func(yield func(reflect.StructField, reflect.Value) bool) {
		for i := range value.NumField() {
			if !yield(value.Type().Field(i), value.Field(i)) {
				return
			}
		}
	}
}
