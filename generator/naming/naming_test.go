package naming

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/twiliogen/twiliogen/generator/model"
)

// resource makes a resource with one operation for each verb.
func resource(noun, list string, verbs ...string) *model.Resource {
	r := &model.Resource{Name: noun, ListPath: list, InstancePath: list + "/{Sid}"}
	for _, v := range verbs {
		r.Operations = append(r.Operations, &model.Operation{ID: v + noun, Verb: v, Resource: r, Method: "GET", Path: r.InstancePath})
	}
	return r
}

func decide(resources ...*model.Resource) (*model.API, *Names) {
	api := &model.API{Product: "shop", Revision: "v1", Resources: resources}
	api.Link()
	return api, Decide(api, "")
}

// Resources that share a noun are told apart by what lies above them, and the
// one that lies highest keeps the plain name.
func TestSharedNounTakesParentsName(t *testing.T) {
	top := resource("Participant", "/v1/Participants", "Fetch")
	conference := resource("Conference", "/v1/Conferences", "Fetch")
	below := resource("Participant", "/v1/Conferences/{ConferenceSid}/Participants", "Fetch")
	_, names := decide(below, conference, top)
	if got := names.Resource(top).Name; got != "Participant" {
		t.Errorf("the higher resource is called %s", got)
	}
	want := Resource{Name: "ConferenceParticipant", Client: "ConferenceParticipantClient", Field: "ConferenceParticipants",
		SIDPrefix: "ConferenceParticipantSIDPrefix", ObjectName: "ConferenceParticipantObjectName"}
	if diff := cmp.Diff(want, names.Resource(below)); diff != "" {
		t.Error(diff)
	}
}

// Where no resource lies highest, none has the plain name.
func TestSharedNounOfEquals(t *testing.T) {
	room, team := resource("Room", "/v1/Rooms", "Fetch"), resource("Team", "/v1/Teams", "Fetch")
	ofRoom := resource("Member", "/v1/Rooms/{RoomSid}/Members", "Fetch")
	ofTeam := resource("Member", "/v1/Teams/{TeamSid}/Members", "Fetch")
	_, names := decide(room, team, ofRoom, ofTeam)
	if a, b := names.Resource(ofRoom).Name, names.Resource(ofTeam).Name; a != "RoomMember" || b != "TeamMember" {
		t.Errorf("named %s and %s", a, b)
	}
}

// A resource takes its parent's name when half of its siblings have it.
func TestSiblingsWithTheirParentsName(t *testing.T) {
	conference := resource("Conference", "/v1/Conferences", "Fetch")
	recording := resource("ConferenceRecording", "/v1/Conferences/{ConferenceSid}/Recordings", "Fetch")
	participant := resource("Participant", "/v1/Conferences/{ConferenceSid}/Participants", "Fetch")
	_, names := decide(conference, recording, participant)
	if got := names.Resource(participant).Field; got != "ConferenceParticipants" {
		t.Errorf("the field is called %s", got)
	}
}

// A resource cannot take the names that every package has.
func TestReservedNames(t *testing.T) {
	client := resource("Client", "/v1/Clients", "Fetch")
	client.Object = &model.Object{}
	_, names := decide(client)
	if got := names.Resource(client).Name; got == "Client" {
		t.Error("a resource has the name of the package's Client")
	}
	if got := names.Resource(client).Field; got != "Clients" {
		t.Errorf("its field is called %s", got)
	}
}

// What collides with a type's name is renamed, never dropped.
func TestEnumConstantThatCollidesWithAType(t *testing.T) {
	status := &model.Enum{Pointer: "/e", Origin: model.Origin{Component: "call_enum_status"}, Values: []string{"feedback", "a b", "a-b", "", "opus", "OPUS", "!"}}
	call := resource("Call", "/v1/Calls", "Fetch")
	other := resource("CallStatusFeedback", "/v1/Other", "Fetch")
	other.Object = &model.Object{}
	call.Operations[0].Params = []*model.Param{{Field: model.Field{Name: "Status", Type: status}, In: model.InQuery}}
	_, names := decide(call, other)
	want := []string{"CallStatusFeedbackValue", "CallStatusAB", "CallStatusABValue", "CallStatusEmpty", "CallStatusOpus", "CallStatusOPUS", "CallStatusValue"}
	if diff := cmp.Diff(want, names.Constants(status)); diff != "" {
		t.Error(diff)
	}
}

// Arguments never hide what a method's body uses.
func TestArguments(t *testing.T) {
	r := resource("Thing", "/v1/Things", "Fetch")
	op := r.Operations[0]
	for _, name := range []string{"type", "ctx", "params", "Http", "string", "ServiceSid", "service_sid"} {
		op.PathParams = append(op.PathParams, &model.Param{Field: model.Field{Name: name, Type: &model.Scalar{}}})
	}
	_, names := decide(r)
	want := []string{"typeArg", "ctxArg", "paramsArg", "httpArg", "stringArg", "serviceSID", "serviceSIDArg"}
	if diff := cmp.Diff(want, names.Operation(op).Args); diff != "" {
		t.Error(diff)
	}
}

func TestPackageName(t *testing.T) {
	for _, c := range []struct{ product, revision, want string }{
		{"proxy", "v1", "proxyv1"}, {"ip_messaging", "v2", "ipmessagingv2"}, {"api", "v2010", "apiv2010"},
		{"2go", "", "twiliogo"}, {"", "", "twilio"}, {"preview", "", "preview"},
	} {
		got := packageName(&model.API{Product: c.product, Revision: c.revision})
		if got != c.want {
			t.Errorf("packageName(%q, %q) = %s, want %s", c.product, c.revision, got, c.want)
		}
	}
}

// Methods of one resource never share a name, whatever the ids are, and leave
// Page to the list.
func TestMethods(t *testing.T) {
	r := &model.Resource{Name: "User", ListPath: "/v1/Users", InstancePath: "/v1/Users/{Id}"}
	add := func(id, verb string, paged bool) *model.Operation {
		op := &model.Operation{ID: id, Verb: verb, Resource: r, Method: "GET", Path: r.ListPath}
		if paged {
			op.Paging = &model.Paging{}
		}
		r.Operations = append(r.Operations, op)
		return op
	}
	for _, id := range []string{"list_users", "listUsers"} {
		add(id, "List", true)
	}
	add("PageUser", "Page", false)
	add("ListUserPage", "Turn", false)
	_, names := decide(r)
	seen := map[string]bool{}
	for _, op := range r.Operations {
		n := names.Operation(op)
		for _, name := range []string{n.Method, n.Page} {
			if name != "" && seen[name] {
				t.Errorf("two methods are called %s", name)
			}
			seen[name] = true
		}
	}
}
