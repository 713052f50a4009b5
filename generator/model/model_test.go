package model

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tree is an API of four resources, given out of order.
func tree() *API {
	at := func(name, list string) *Resource {
		return &Resource{Name: name, ListPath: list, InstancePath: list + "/{Sid}"}
	}
	a := &API{Resources: []*Resource{
		at("Participant", "/v1/Services/{ServiceSid}/Sessions/{SessionSid}/Participants"),
		at("Session", "/v1/Services/{ServiceSid}/Sessions"),
		at("PhoneNumber", "/v1/Services/{ServiceSid}/PhoneNumbers"),
		at("Service", "/v1/Services"),
	}}
	a.Link()
	return a
}

func names(resources []*Resource) []string {
	var out []string
	for _, r := range resources {
		out = append(out, r.Name)
	}
	return out
}

func TestLinkFindsParents(t *testing.T) {
	a := tree()
	if diff := cmp.Diff([]string{"Service", "PhoneNumber", "Session", "Participant"}, names(a.Resources)); diff != "" {
		t.Error(diff)
	}
	if got := names(a.Resources[0].Children); !cmp.Equal(got, []string{"PhoneNumber", "Session"}) {
		t.Errorf("below Service: %v", got)
	}
	if p := a.Resources[3].Parent; p == nil || p.Name != "Session" {
		t.Errorf("the parent of Participant is %v", p)
	}
}

// A selection brings what lies below, and nothing beside or above.
func TestSelect(t *testing.T) {
	a := tree()
	kept := &Object{Pointer: "/kept"}
	a.Resources[2].Operations = []*Operation{{Response: Response{Type: &List{Item: kept}}}}
	a.Resources[0].Operations = []*Operation{{Response: Response{Type: &Object{Pointer: "/dropped"}}}}
	a.Select(a.Resources[2:3])
	if diff := cmp.Diff([]string{"Session", "Participant"}, names(a.Resources)); diff != "" {
		t.Error(diff)
	}
	if len(a.Objects) != 1 || a.Objects[0] != kept {
		t.Errorf("the selection reaches %d objects, want the one of Session", len(a.Objects))
	}
	if p := a.Resources[0].Parent; p == nil || p.Name != "Service" {
		t.Errorf("Session has forgotten its parent: %v", p)
	}
}

func TestUnknownResource(t *testing.T) {
	got := UnknownResource("Sesion", names(tree().Resources)).Error()
	want := `there is no resource "Sesion"; did you mean Session, Service, Participant, PhoneNumber?`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// A type that contains itself is visited once.
func TestVisitRecursive(t *testing.T) {
	o := &Object{}
	e := &Enum{}
	o.Fields = []*Field{{Type: o}, {Type: &List{Item: o}}, {Type: &Map{Value: e}}, {Type: &Union{Variants: []Type{e, &Free{}}}}}
	objects, enums := 0, 0
	v := Visitor{Object: func(*Object) { objects++ }, Enum: func(*Enum) { enums++ }}
	v.Type(o)
	if objects != 1 || enums != 1 {
		t.Errorf("visited %d objects and %d enums", objects, enums)
	}
}
