package model

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func operation(verb, noun, path string) *Operation {
	return &Operation{ID: verb + noun, Verb: verb, Noun: noun, Method: verb, Path: path}
}

func returns(op *Operation, o *Object) *Operation {
	op.Response.Type = o
	return op
}

// Operations with one noun are one resource; its main pair of paths is the first
// that has an instance.
func TestGroup(t *testing.T) {
	a := &API{}
	a.Group([]*Operation{
		operation("Fetch", "Tool", "/v1/Tools/{Id}"), operation("List", "tool", "/v1/Assistants/{Id}/Tools"),
		operation("Create", "Tool", "/v1/Tools"), operation("List", "Assistant", "/v1/Assistants"), operation("Fetch", "Assistant", "/v1/Assistants/{Id}"),
		operation("Fetch", "Status", "/v1/Tools/{Id}/Status"),
	})
	if diff := cmp.Diff([]string{"Assistant", "tool", "Status"}, names(a.Resources)); diff != "" {
		t.Fatal(diff)
	}
	assistant, tool, status := a.Resources[0], a.Resources[1], a.Resources[2]
	got := append([]string{tool.ListPath, tool.InstancePath}, tool.OtherPaths...)
	if diff := cmp.Diff([]string{"/v1/Tools", "/v1/Tools/{Id}", "/v1/Assistants/{Id}/Tools"}, got); diff != "" {
		t.Error(diff)
	}
	if status.InstancePath == "" || !status.Singleton || tool.Singleton || status.Parent != tool {
		t.Errorf("Status is at %q, below %v", status.InstancePath, status.Parent)
	}
	whole := *a
	whole.Select([]*Resource{assistant})
	if diff := cmp.Diff([]string{"Assistant", "tool"}, names(whole.Resources)); diff != "" {
		t.Error("a path below an assistant is not selected with it: " + diff)
	}
}

func TestParentWord(t *testing.T) {
	for path, want := range map[string]string{
		"/v1/Sessions/{Sid}/Messages": "Sessions", "/v1/Sessions/{Sid}/Messages/{Sid}": "Sessions", "/v1/Sessions/{Sid}": "", "/v1/Sessions": "", "": "",
	} {
		if got := ParentWord(path); got != want {
			t.Errorf("ParentWord(%q) = %q, want %q", path, got, want)
		}
	}
}

// What the operations of a resource return is one type where it is much the
// same, with the fields of all; elsewhere, too.
func TestReturnedObjectsAreOne(t *testing.T) {
	field := func(name string, t Type) *Field { return &Field{Name: name, Type: t} }
	number := &Scalar{Kind: Integer}
	full := &Object{Pointer: "/full", Fields: []*Field{field("sid", &Scalar{}), field("a", number), field("b", &List{Item: &Free{}})}}
	short := &Object{Pointer: "/short", Fields: []*Field{field("sid", &Scalar{SIDPrefixes: []string{"TO"}}), field("a", number)}}
	other := &Object{Pointer: "/other", Fields: []*Field{field("sid", &Scalar{}), field("a", &Scalar{})}}
	short.Fields[1].Nullable = true
	holder := &Object{Pointer: "/holder", Fields: []*Field{field("tools", &List{Item: short})}}
	a := &API{}
	a.Group([]*Operation{
		returns(operation("Fetch", "Tool", "/v1/Tools/{Id}"), full), returns(operation("Create", "Tool", "/v1/Tools"), short),
		returns(operation("Update", "Tool", "/v1/Tools/{Id}"), other), returns(operation("Fetch", "Holder", "/v1/Holders/{Id}"), holder),
	})
	for _, op := range a.Resources[1].Operations {
		want := full
		if op.Verb == "Update" {
			want = other // a is text there
		}
		if op.Returned() != want {
			t.Errorf("%s returns %s", op.ID, op.Returned().Pointer)
		}
	}
	if got := holder.Fields[0].Type.(*List).Item; got != Type(full) {
		t.Error("a list elsewhere holds the object that is no type any more")
	}
	if !full.field("a").Nullable || !slices.Equal(a.Resources[1].SIDPrefixes, []string{"TO"}) {
		t.Error("what the short object tells of its fields is lost")
	}
}

// Objects that contain themselves are compared to an end.
func TestLikeRecursive(t *testing.T) {
	loop := func() *Object {
		o := &Object{}
		o.Fields = []*Field{{Name: "child", Type: o}, {Name: "children", Type: &List{Item: o}}}
		return o
	}
	if !like(loop(), loop()) {
		t.Error("two equal objects differ")
	}
}
