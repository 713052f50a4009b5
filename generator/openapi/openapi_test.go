package openapi

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/twiliogen/twiliogen/generator/model"
	"github.com/twiliogen/twiliogen/generator/openapi/check"
	"github.com/twiliogen/twiliogen/specs"
)

func loadProxy(t *testing.T) *model.API {
	t.Helper()
	api, _, err := Load(context.Background(), specs.ProxyV1Name, specs.ProxyV1(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return api
}

// The embedded document gives the resources, operations and facts that the
// design names.
func TestLoadProxy(t *testing.T) {
	api := loadProxy(t)
	if api.Product != "proxy" || api.Revision != "v1" || api.Server != "https://proxy.twilio.com" {
		t.Errorf("product %q, revision %q, server %q", api.Product, api.Revision, api.Server)
	}
	type facts struct {
		Parent, SIDPrefix, ObjectName, Records string
		Operations                             []string
	}
	got := map[string]facts{}
	for _, r := range api.Resources {
		f := facts{SIDPrefix: strings.Join(r.SIDPrefixes, " "), ObjectName: r.ObjectName}
		if r.Parent != nil {
			f.Parent = r.Parent.Name
		}
		for _, op := range r.Operations {
			f.Operations = append(f.Operations, op.Verb)
			if op.Paging != nil {
				f.Records = op.Paging.Records
			}
		}
		got[r.Name] = f
	}
	all := []string{"Create", "Fetch", "Update", "Delete", "List"}
	want := map[string]facts{
		"Service":            {"", "KS", "proxy.v1.service", "services", all},
		"PhoneNumber":        {"Service", "PN", "proxy.v1.service.phone_number", "phone_numbers", all},
		"Session":            {"Service", "KC", "proxy.v1.service.session", "sessions", all},
		"Interaction":        {"Session", "KI", "proxy.v1.service.session.interaction", "interactions", []string{"Fetch", "Delete", "List"}},
		"Participant":        {"Session", "KP", "proxy.v1.service.session.participant", "participants", []string{"Create", "Fetch", "Delete", "List"}},
		"MessageInteraction": {"Participant", "KI", "proxy.v1.service.session.participant.message_interaction", "interactions", []string{"Create", "Fetch", "List"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A list loses what is the iterator's business.
func TestPagingParameters(t *testing.T) {
	for _, r := range loadProxy(t).Resources {
		for _, op := range r.Operations {
			if op.Paging == nil {
				continue
			}
			if len(op.Params) != 1 || op.Params[0].Name != "PageSize" {
				t.Errorf("%s has %d parameters, want PageSize alone", op.ID, len(op.Params))
			}
		}
	}
}

// An id is a verb and a noun, whatever else Twilio has put into it.
func TestReadID(t *testing.T) {
	for id, want := range map[string]operationID{
		"FetchPhoneNumber":                      {"Fetch", "PhoneNumber", ""},
		"listUsers":                             {"List", "User", ""},
		"users/list":                            {"Users", "List", ""},
		"Fetch":                                 {"Fetch", "", ""},
		"create_thing":                          {"Create", "Thing", ""},
		"":                                      {},
		"CreateSIPDomain":                       {"Create", "SIPDomain", ""},
		"élireMaire":                            {"Élire", "Maire", ""},
		"ListToolsByAssistant":                  {"List", "Tool", "ByAssistant"},
		"ListGetKeys":                           {"List", "Key", ""},
		"CreateNewKey":                          {"Create", "NewKey", ""},
		"FetchPortingWebhookConfigurationFetch": {"Fetch", "PortingWebhookConfiguration", ""},
		"ListSyncList":                          {"List", "SyncList", ""},
		"CreateCountryBulkUpdate":               {"Create", "CountryBulkUpdate", ""},
		"CreateV3TypingIndicator":               {"Create", "TypingIndicator", ""},
		"ListV3":                                {"List", "V3", ""},
		"FetchGet":                              {"Fetch", "Get", ""},
		"CreateConversationWithParticipants":    {"Create", "ConversationWithParticipants", ""},
		"ListBySid":                             {"List", "BySid", ""},
	} {
		if got := readID(id, "v3"); got != want {
			t.Errorf("readID(%q) = %q, want %q", id, got, want)
		}
	}
}

// No document makes Load panic, and what it refuses it explains.
func FuzzLoad(f *testing.F) {
	files, _ := filepath.Glob("../../testdata/*/*.yaml")
	broken, _ := filepath.Glob("../../testdata/broken/*.*")
	for _, name := range append(files, broken...) {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		_, _, err := Load(context.Background(), "fuzz.yaml", data, nil)
		var wrong *check.Error
		if err == nil {
			return
		}
		if !errors.As(err, &wrong) || len(wrong.Diagnostics) == 0 {
			t.Fatalf("an error without diagnostics: %v", err)
		}
		for _, d := range wrong.Diagnostics {
			if d.Line < 1 || d.Column < 1 || d.Message == "" {
				t.Errorf("diagnostic %q", d)
			}
		}
	})
}

// Patterns are of ECMA 262; one that Go does not know is shown as it is.
func TestForeignPattern(t *testing.T) {
	const pattern = "^(?!SM)[A-Z]{2}[0-9a-fA-F]{32}$"
	doc := strings.Replace(`{"openapi":"3.0.1","info":{"title":"T","version":"1"},"paths":{"/v1/Things":{"get":{"operationId":"FetchThing",
		"parameters":[{"name":"Sid","in":"query","schema":{"type":"string","pattern":"PATTERN"}}],"responses":{"204":{"description":""}}}}}}`, "PATTERN", pattern, 1)
	api, _, err := Load(context.Background(), "t.json", []byte(doc), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := api.Resources[0].Operations[0].Params[0].Limits.Pattern; got != pattern {
		t.Errorf("the pattern reads %s", got)
	}
}

// The mark of personal data counts wherever a value or a part of it has it.
func TestIsPersonal(t *testing.T) {
	const mark = `"x-twilio":{"pii":{"handling":"standard"}}`
	for schema, want := range map[string]bool{
		`{"type":"string",` + mark + `}`:                                          true,
		`{"type":"array","items":{"type":"string",` + mark + `}}`:                 true,
		`{"type":"object","additionalProperties":{"type":"string",` + mark + `}}`: true,
		`{"allOf":[{"$ref":"#/components/schemas/marked"}]}`:                      true,
		`{"oneOf":[{"type":"integer"},{"$ref":"#/components/schemas/marked"}]}`:   true,
		`{"type":"array","items":{"$ref":"#/components/schemas/tree"}}`:           false,
		`{"type":"object","properties":{"name":{"type":"string",` + mark + `}}}`:  false, // which says so itself
		`{"type":"array","items":{"type":"array","items":{"type":"string"}}}`:     false,
	} {
		doc := strings.Replace(`{"openapi":"3.0.1","info":{"title":"T","version":"1"},"paths":{"/v1/Things":{"get":{"operationId":"FetchThing",
			"parameters":[{"name":"It","in":"query","schema":SCHEMA}],"responses":{"204":{"description":""}}}}},"components":{"schemas":{
			"marked":{"type":"string",`+mark+`},
			"tree":{"type":"array","items":{"$ref":"#/components/schemas/node"}},
			"node":{"type":"object","additionalProperties":{"$ref":"#/components/schemas/node"},"properties":{"a":{"type":"string"}}}}}}`, "SCHEMA", schema, 1)
		api, _, err := Load(context.Background(), "t.json", []byte(doc), nil)
		if err != nil {
			t.Fatal(schema, err)
		}
		if got := api.Resources[0].Operations[0].Params[0].PII; got != want {
			t.Errorf("%s: %t", schema, got)
		}
	}
}
