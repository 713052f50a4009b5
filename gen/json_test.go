package gen_test

import (
	"context"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/twiliogen/twiliogen/gen/proxyv1"
)

// structType is a type of the bindings with data in it: a value with something
// in every field, and the names that the document gives its fields.
type structType struct {
	full  any
	names []string
}

// structTypes returns all of them.
func structTypes(t *testing.T) []structType {
	doc := document(t)
	ops := operations(doc)
	object := func(name string) schema {
		s := doc.Components.Schemas[name]
		if s == nil {
			t.Fatalf("the document has no schema %s", name)
		}
		return *s
	}
	list := func(id string) (names []string) {
		for _, p := range ops[id].params("query") {
			if p.Name != "Page" && p.Name != "PageToken" { // the iterator's business
				names = append(names, p.Name)
			}
		}
		return append(names, "-") // the limit, which is never sent
	}
	return []structType{
		{*fullService(), propertyNames(object(proxyv1.ServiceObjectName))},
		{*fullPhoneNumber(), propertyNames(object(proxyv1.PhoneNumberObjectName))},
		{fullPhoneNumber().Capabilities, propertyNames(*object(proxyv1.PhoneNumberObjectName).Properties["capabilities"])},
		{*fullSession(), propertyNames(object(proxyv1.SessionObjectName))},
		{*fullInteraction(), propertyNames(object(proxyv1.InteractionObjectName))},
		{*fullParticipant(), propertyNames(object(proxyv1.ParticipantObjectName))},
		{*fullMessageInteraction(), propertyNames(object(proxyv1.MessageInteractionObjectName))},

		{*createServiceParams(), ops["CreateService"].form()},
		{*updateServiceParams(), ops["UpdateService"].form()},
		{*createPhoneNumberParams(), ops["CreatePhoneNumber"].form()},
		{*updatePhoneNumberParams(), ops["UpdatePhoneNumber"].form()},
		{*createSessionParams(), ops["CreateSession"].form()},
		{*updateSessionParams(), ops["UpdateSession"].form()},
		{*createParticipantParams(), ops["CreateParticipant"].form()},
		{*createMessageInteractionParams(), ops["CreateMessageInteraction"].form()},

		{proxyv1.ListServicesParams{PageSize: 1, Limit: 2}, list("ListService")},
		{proxyv1.ListPhoneNumbersParams{PageSize: 1, Limit: 2}, list("ListPhoneNumber")},
		{proxyv1.ListSessionsParams{PageSize: 1, Limit: 2}, list("ListSession")},
		{proxyv1.ListInteractionsParams{PageSize: 1, Limit: 2}, list("ListInteraction")},
		{proxyv1.ListParticipantsParams{PageSize: 1, Limit: 2}, list("ListParticipant")},
		{proxyv1.ListMessageInteractionsParams{PageSize: 1, Limit: 2}, list("ListMessageInteraction")},
	}
}

// The json tags of a type are the names that the document gives its fields:
// all of them, and no others.
func TestTagsAreWireNames(t *testing.T) {
	for _, typ := range structTypes(t) {
		tags := []string{}
		for field := range fields(typ.full) {
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			tags = append(tags, name)
		}
		slices.Sort(tags)
		if diff := difference(slices.Sorted(slices.Values(typ.names)), tags); diff != "" {
			t.Errorf("%T (-document +tags):\n%s", typ.full, diff)
		}
	}
}

// The table of types leaves out no type of the package.
func TestStructTypesAreComplete(t *testing.T) {
	want, got := map[string]bool{}, map[string]bool{}
	for _, file := range sources(t) {
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if ok && spec.Name.IsExported() && !strings.HasSuffix(spec.Name.Name, "Client") {
				if _, ok := spec.Type.(*ast.StructType); ok {
					want[spec.Name.Name] = true
				}
			}
			return true
		})
	}
	for _, typ := range structTypes(t) {
		got[reflect.TypeOf(typ.full).Name()] = true
	}
	if diff := difference(slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got))); diff != "" {
		t.Errorf("types with fields (-package +table):\n%s", diff)
	}
}

// sources returns the syntax of the package proxyv1 without its tests.
func sources(t *testing.T) (files []*ast.File) {
	t.Helper()
	names, err := filepath.Glob("proxyv1/*.go")
	if err != nil || len(names) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}

// encoding/json round-trips every type, whole, empty, and with each of its
// fields alone, which travels under its own name. The limit of a list, which
// never travels, is left out.
func TestJSONRoundTrip(t *testing.T) {
	for _, typ := range structTypes(t) {
		t.Run(reflect.TypeOf(typ.full).Name(), func(t *testing.T) {
			full := reflect.ValueOf(typ.full)
			checkRoundTrip(t, full)
			checkRoundTrip(t, reflect.Zero(full.Type()))
			for i := range full.NumField() {
				alone := reflect.New(full.Type()).Elem()
				alone.Field(i).Set(full.Field(i))
				checkRoundTrip(t, alone)
			}
		})
	}
}

func checkRoundTrip(t *testing.T, value reflect.Value) {
	t.Helper()
	data, err := json.Marshal(value.Interface())
	if err != nil {
		t.Fatal(err)
	}
	got := reflect.New(value.Type())
	if err := json.Unmarshal(data, got.Interface()); err != nil {
		t.Fatalf("%s: %v", data, err)
	}
	if diff := difference(withoutLimit(value), got.Elem().Interface()); diff != "" {
		t.Errorf("%s (-before +after):\n%s", data, diff)
	}
}

// withoutLimit is a value without the limit of a list, which JSON does not have.
func withoutLimit(value reflect.Value) any {
	bare := reflect.New(value.Type()).Elem()
	bare.Set(value)
	if limit, ok := value.Type().FieldByName("Limit"); ok {
		bare.FieldByIndex(limit.Index).SetZero()
	}
	return bare.Interface()
}

// A record that Twilio sent is the same after it has been stored as JSON.
func TestRecordsSurviveStorage(t *testing.T) {
	for record, want := range map[string]any{
		serviceJSON: *fullService(), phoneNumberJSON: *fullPhoneNumber(), sessionJSON: *fullSession(),
		interactionJSON: *fullInteraction(), participantJSON: *fullParticipant(), messageInteractionJSON: *fullMessageInteraction(),
	} {
		for _, tt := range []struct {
			text string
			want any
		}{
			{record, want},
			{nulls(t, record), reflect.Zero(reflect.TypeOf(want)).Interface()},
		} {
			got := reflect.New(reflect.TypeOf(want))
			if err := json.Unmarshal([]byte(tt.text), got.Interface()); err != nil {
				t.Fatal(err)
			}
			if diff := difference(tt.want, got.Elem().Interface()); diff != "" {
				t.Errorf("%T of %s (-want +got):\n%s", want, tt.text, diff)
			}
			checkRoundTrip(t, got.Elem())
		}
	}
}

// What Twilio adds to a record, and a value that cannot be read, costs nothing
// but itself.
func TestUnexpectedJSON(t *testing.T) {
	for _, tt := range []struct {
		name, old, new string
		change         func(*proxyv1.Session)
	}{
		{"unknown field", `"ttl": 600`, `"ttl": 600, "new": {"deep": [1, "}", null]}`, func(*proxyv1.Session) {}},
		{"unknown enum value", `"status": "in-progress"`, `"status": "paused"`, func(s *proxyv1.Session) { s.Status = "paused" }},
		{"malformed date", `"date_ended": "2024-03-04T09:00:02Z"`, `"date_ended": "soon"`, func(s *proxyv1.Session) { s.DateEnded = time.Time{} }},
		{"number where a date is", `"date_ended": "2024-03-04T09:00:02Z"`, `"date_ended": 1709542802`, func(s *proxyv1.Session) { s.DateEnded = time.Time{} }},
		{"number in a string", `"ttl": 600`, `"ttl": "600"`, func(*proxyv1.Session) {}},
		{"text where a number is", `"ttl": 600`, `"ttl": "long"`, func(s *proxyv1.Session) { s.TTL = 0 }},
		{"list where a map is", `"links": {`, `"links": [], "old_links": {`, func(s *proxyv1.Session) { s.Links = nil }},
		{"object where a text is", `"closed_reason": "api"`, `"closed_reason": {"why": "api"}`, func(s *proxyv1.Session) { s.ClosedReason = "" }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := strings.Replace(sessionJSON, tt.old, tt.new, 1)
			if text == sessionJSON {
				t.Fatalf("the record has no %s", tt.old)
			}
			want := fullSession()
			tt.change(want)
			var stored proxyv1.Session
			if err := json.Unmarshal([]byte(text), &stored); err != nil {
				t.Error(err)
			}
			if diff := difference(want, &stored); diff != "" {
				t.Errorf("with encoding/json (-want +got):\n%s", diff)
			}
			proxy, _ := serve(t, reply(200, text))
			fetched, err := proxy.Sessions.Fetch(context.Background(), service, session)
			if err != nil {
				t.Error(err)
			}
			if diff := difference(want, fetched); diff != "" {
				t.Errorf("fetched (-want +got):\n%s", diff)
			}
		})
	}
}

// What is no JSON object is an error, and leaves the value as it was; null
// leaves it, too.
func TestUnreadableJSON(t *testing.T) {
	for _, tt := range []struct {
		text string
		ok   bool
	}{
		{"null", true}, {"[]", false}, {`"KC"`, false}, {"1", false}, {"", false}, {`{"sid": "KC1"`, false}, {`{"sid": "KC1"} x`, false}, {"{'sid': 1}", false},
	} {
		got := *fullSession()
		if err := json.Unmarshal([]byte(tt.text), &got); (err == nil) != tt.ok {
			t.Errorf("%q: %v", tt.text, err)
		}
		if diff := difference(*fullSession(), got); diff != "" {
			t.Errorf("%q (-before +after):\n%s", tt.text, diff)
		}
	}
}

// An enumeration knows the values of the document, in its order, and no other.
func TestEnums(t *testing.T) {
	doc := document(t)
	tested := []string{
		checkEnum(t, doc, "service_enum_geo_match_level", proxyv1.ServiceGeoMatchLevelValues),
		checkEnum(t, doc, "service_enum_number_selection_behavior", proxyv1.ServiceNumberSelectionBehaviorValues),
		checkEnum(t, doc, "session_enum_mode", proxyv1.SessionModeValues),
		checkEnum(t, doc, "session_enum_status", proxyv1.SessionStatusValues),
		checkEnum(t, doc, "interaction_enum_type", proxyv1.InteractionTypeValues),
		checkEnum(t, doc, "interaction_enum_resource_status", proxyv1.InteractionResourceStatusValues),
		checkEnum(t, doc, "message_interaction_enum_type", proxyv1.MessageInteractionTypeValues),
		checkEnum(t, doc, "message_interaction_enum_resource_status", proxyv1.MessageInteractionResourceStatusValues),
	}
	for name, schema := range doc.Components.Schemas {
		if len(schema.Enum) > 0 && !slices.Contains(tested, name) {
			t.Errorf("%s is not tested", name)
		}
	}
}

// enum is what every enumeration of the bindings can do.
type enum interface {
	~string
	IsKnown() bool
}

// checkEnum returns the name of the schema.
func checkEnum[E enum](t *testing.T, doc *openAPI, name string, values func() []E) string {
	t.Helper()
	schema := doc.Components.Schemas[name]
	if schema == nil {
		t.Fatalf("the document has no schema %s", name)
	}
	var zero E
	var got []string
	for _, value := range values() {
		got = append(got, string(value))
		if !value.IsKnown() {
			t.Errorf("%T(%q) is not known", value, value)
		}
	}
	if diff := difference(schema.Enum, got); diff != "" {
		t.Errorf("%T (-document +values):\n%s", zero, diff)
	}
	for _, unknown := range []E{zero, "never-heard-of", E(strings.ToUpper(string(values()[0])))} {
		if unknown.IsKnown() {
			t.Errorf("%T(%q) is known", unknown, unknown)
		}
	}
	clear(values())
	if zero.IsKnown() || values()[0] == "" {
		t.Errorf("%T: a caller can change the values that others get", zero)
	}
	return name
}
