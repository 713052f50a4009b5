package naming

import (
	"go/token"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/twiliogen/twiliogen/generator/model"
)

// operation makes an operation whose id is its verb and its noun.
func operation(verb, noun, path string) *model.Operation {
	method := map[string]string{"Create": "POST", "Update": "POST", "Delete": "DELETE"}[verb]
	if method == "" {
		method = "GET"
	}
	return &model.Operation{ID: verb + noun, Verb: verb, Noun: noun, Method: method, Path: path}
}

func group(operations ...*model.Operation) *model.API {
	api := &model.API{Product: "shop", Revision: "v1", Version: "1.0.0"}
	api.Group(operations)
	return api
}

func decide(operations ...*model.Operation) (*model.API, *Names) {
	api := group(operations...)
	names, _ := Decide(api, "", nil)
	return api, names
}

// A resource has the noun of its operations, and whatever carries its name does
// too. What stands beside it does not matter.
func TestResource(t *testing.T) {
	fetch := operation("Fetch", "ServiceUser", "/v1/Services/{ServiceSid}/Users/{Sid}")
	list := operation("List", "ServiceUser", "/v1/Services/{ServiceSid}/Users")
	fetch.Response.Type = &model.Object{
		Origin: model.Origin{Component: "shop.v1.service.user"},
		Fields: []*model.Field{{Name: "sid", Type: &model.Scalar{SIDPrefixes: []string{"US"}}}},
	}
	_, names := decide(fetch, list, operation("Fetch", "User", "/v1/Users/{Sid}"), operation("Fetch", "Service", "/v1/Services/{Sid}"))
	want := Resource{
		Name: "ServiceUser", Client: "ServiceUserClient", Field: "ServiceUsers",
		SIDPrefixes: []string{"ServiceUserSIDPrefix"}, ObjectName: "ServiceUserObjectName",
	}
	if diff := cmp.Diff(want, names.Resource(fetch.Resource)); diff != "" {
		t.Error(diff)
	}
	if fetch.Resource != list.Resource {
		t.Error("operations with one noun are two resources")
	}
	if got := names.Type(fetch.Response.Type); got != "ServiceUser" {
		t.Errorf("its object is called %s", got)
	}
}

// What there is one of is not named after many.
func TestSingleton(t *testing.T) {
	balance := operation("Fetch", "Balance", "/v1/Balance")
	rules := operation("Fetch", "Rule", "/v1/Rooms/{RoomSid}/Rules/{Sid}")
	_, names := decide(balance, rules)
	if a, b := names.Resource(balance.Resource).Field, names.Resource(rules.Resource).Field; a != "Balance" || b != "Rules" {
		t.Errorf("the fields are called %s and %s", a, b)
	}
}

// The By of an id is the method's, and so is what tells apart two operations
// with one verb: each by its own path.
func TestMethodsOfOneVerb(t *testing.T) {
	by := operation("List", "Tool", "/v1/Assistants/{Id}/Tools")
	by.ID, by.Suffix, by.Paging = "ListToolsByAssistant", "ByAssistant", &model.Paging{}
	list := operation("List", "Tool", "/v1/Tools")
	list.Paging = &model.Paging{}
	ofRoom := operation("Create", "Tool", "/v1/Rooms/{RoomSid}/Tools")
	ofTeam := operation("Create", "Tool", "/v1/Teams/{TeamSid}/Tools")
	ofTeam.Params = []*model.Param{{Field: model.Field{Name: "Size", Type: &model.Scalar{}}}}
	_, names := decide(by, list, ofRoom, ofTeam)
	want := []Operation{
		{Method: "ListByAssistant", Page: "PageByAssistant", Request: "listByAssistantRequest", Params: "ListToolsByAssistantParams"},
		{Method: "List", Page: "Page", Request: "listRequest", Params: "ListToolsParams"},
		{Method: "Create"},
		{Method: "CreateByTeam", Params: "CreateToolByTeamParams"},
	}
	for i, op := range []*model.Operation{by, list, ofRoom, ofTeam} {
		got := names.Operation(op)
		got.Args, got.Fields = nil, nil
		if diff := cmp.Diff(want[i], got); diff != "" {
			t.Errorf("%s: %s", op.Path, diff)
		}
	}
}

// A resource cannot take the names that every package has.
func TestReservedNames(t *testing.T) {
	client := operation("Fetch", "Client", "/v1/Clients/{Sid}")
	client.Response.Type = &model.Object{}
	_, names := decide(client)
	got := names.Resource(client.Resource)
	if got.Name != "ClientResource" || got.Field != "Clients" {
		t.Errorf("it is called %s, its field %s", got.Name, got.Field)
	}
}

// Enums are named by what is before and after "enum", in the singular and
// without a word that stands twice; what is inside something is named by the
// outermost.
func TestTypes(t *testing.T) {
	enum := func(component, value string) *model.Enum {
		return &model.Enum{Pointer: component, Origin: model.Origin{Component: component}, Values: []string{value}}
	}
	statuses := enum("challenge_enum_challenge_statuses", "status_pending")
	deleted := enum("hook_delete_enum_hook_type", "x")
	user := &model.Object{Pointer: "user", Origin: model.Origin{Component: "shop.v1.user"}}
	address := &model.Object{Pointer: "user/addresses", Origin: model.Origin{Object: user, Member: "addresses"}}
	kind := &model.Enum{Origin: model.Origin{Object: address, Member: "kinds"}}
	address.Fields = []*model.Field{{Name: "kinds", Type: &model.List{Item: kind}}}
	user.Fields = []*model.Field{
		{Name: "addresses", Type: &model.List{Item: address}}, {Name: "a", Type: statuses}, {Name: "b", Type: deleted},
	}
	fetch := operation("Fetch", "User", "/v1/Users/{Sid}")
	fetch.Response.Type = user
	_, names := decide(fetch)
	for typ, want := range map[model.Type]string{
		statuses: "ChallengeStatus", deleted: "HookType", user: "User", address: "UserAddress", kind: "UserKind",
	} {
		if got := names.Type(typ); got != want {
			t.Errorf("a type is called %s, want %s", got, want)
		}
	}
	if got := names.Constants(statuses)[0]; got != "ChallengeStatusPending" {
		t.Errorf("the constant is called %s", got)
	}
}

// What collides with a type's name is renamed, never dropped.
func TestEnumConstantThatCollidesWithAType(t *testing.T) {
	status := &model.Enum{Pointer: "/e", Origin: model.Origin{Component: "call_enum_status"}, Values: []string{"feedback", "a b", "a-b", "", "opus", "OPUS", "!"}}
	call, other := operation("Fetch", "Call", "/v1/Calls/{Sid}"), operation("Fetch", "CallStatusFeedback", "/v1/Other/{Sid}")
	other.Response.Type = &model.Object{}
	call.Params = []*model.Param{{Field: model.Field{Name: "Status", Type: status}, In: model.InQuery}}
	_, names := decide(call, other)
	want := []string{"CallStatusFeedbackValue", "CallStatusAB", "CallStatusABValue", "CallStatusEmpty", "CallStatusOpus", "CallStatusOPUS", "CallStatusValue"}
	if diff := cmp.Diff(want, names.Constants(status)); diff != "" {
		t.Error(diff)
	}
}

// The function that lists an enum's values leaves names to types and constants.
func TestEnumValuesFunction(t *testing.T) {
	status := &model.Enum{Pointer: "/e", Origin: model.Origin{Component: "call_enum_status"}, Values: []string{"open"}}
	mode := &model.Enum{Pointer: "/f", Origin: model.Origin{Component: "call_enum_mode"}, Values: []string{"values"}}
	op := operation("Fetch", "Call", "/v1/Calls")
	for _, e := range []*model.Enum{status, mode} {
		op.Params = append(op.Params, &model.Param{Field: model.Field{Name: "E", Type: e}, In: model.InQuery})
	}
	_, names := decide(op)
	if got := names.Values(status); got != "CallStatusValues" {
		t.Errorf("the function is called %s", got)
	}
	if got := names.Values(mode); got != "AllCallModeValues" || names.Constants(mode)[0] != "CallModeValues" {
		t.Errorf("beside the constant %s the function is called %s", names.Constants(mode)[0], got)
	}
}

// Arguments never hide what a method's body uses, nor the functions that read
// answers; fields that read alike are two.
func TestArgumentsAndFields(t *testing.T) {
	op := operation("List", "Thing", "/v1/Things")
	op.Paging = &model.Paging{}
	for _, name := range []string{"type", "ctx", "params", "Http", "string", "ServiceSid", "service_sid", "NewSession", "decodeThing", "Newest"} {
		op.PathParams = append(op.PathParams, &model.Param{Field: model.Field{Name: name, Type: &model.Scalar{}}})
	}
	for _, name := range []string{"PageSize", "page_size", "Limit", "unmarshal_JSON"} {
		op.Params = append(op.Params, &model.Param{Field: model.Field{Name: name, Type: &model.Scalar{}}})
	}
	_, names := decide(op)
	want := []string{"typeArg", "ctxArg", "paramsArg", "httpArg", "stringArg", "serviceSID", "serviceSIDArg", "newSessionArg", "decodeThing", "newest"}
	if diff := cmp.Diff(want, names.Operation(op).Args); diff != "" {
		t.Error(diff)
	}
	want = []string{"PageSize", "PageSizeParam", "LimitParam", "UnmarshalJSONParam"}
	if diff := cmp.Diff(want, names.Operation(op).Fields); diff != "" {
		t.Error(diff)
	}
}

func TestPackageName(t *testing.T) {
	for _, c := range []struct{ product, revision, want string }{
		{"proxy", "v1", "proxyv1"}, {"ip_messaging", "v2", "ipmessagingv2"}, {"api", "v2010", "apiv2010"},
		{"2go", "", "twiliogo"}, {"", "", "twilio"}, {"preview", "", "preview"},
	} {
		got := PackageName(&model.API{Product: c.product, Revision: c.revision}, "")
		if got != c.want || !ValidPackage(got) || token.IsKeyword(got) {
			t.Errorf("PackageName(%q, %q) = %s, want %s", c.product, c.revision, got, c.want)
		}
	}
}

// Methods of one resource never share a name, whatever the ids are, and leave
// Page to the list.
func TestMethods(t *testing.T) {
	add := func(id, verb, path string, paged bool) *model.Operation {
		op := operation(verb, "User", path)
		op.ID = id
		if paged {
			op.Paging = &model.Paging{}
		}
		return op
	}
	operations := []*model.Operation{
		add("list_users", "List", "/v1/Users", true), add("listUsers", "List", "/v1/Users/All", true),
		add("PageUser", "Page", "/v1/Users/Page", false), add("ListUserPage", "Turn", "/v1/Users/Turn", false),
	}
	_, names := decide(operations...)
	seen := map[string]bool{}
	for _, op := range operations {
		n := names.Operation(op)
		for _, name := range []string{n.Method, n.Page} {
			if name != "" && seen[name] {
				t.Errorf("two methods are called %s", name)
			}
			seen[name] = true
		}
	}
}

// A resource is found by what a user calls it.
func TestFind(t *testing.T) {
	op := operation("Fetch", "PhoneNumber", "/v1/PhoneNumbers/{Sid}")
	api, names := decide(op)
	for _, name := range []string{"PhoneNumber", "PhoneNumbers", "phonenumber", "phoneNumbers", "PHONENUMBER"} {
		if names.Find(api, name) != op.Resource {
			t.Errorf("%s is not found", name)
		}
	}
	if names.Find(api, "Phone") != nil {
		t.Error("Phone is found")
	}
}
