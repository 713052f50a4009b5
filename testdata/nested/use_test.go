package use

import (
	"encoding/json"
	"testing"

	"example.com/golden/nestedv1"
)

const folder = `{
	"sid": "FD1", "owner": {"name": "Ada", "mail": "ada@example.com"},
	"parent": {"sid": "FD2", "parent": {"sid": "FD3"}},
	"children": [{"sid": "FD4"}, {"sid": "FD5", "children": [{"sid": "FD6"}]}],
	"by_name": {"x": {"sid": "FD7"}},
	"left": {"label": "a", "edge": {"weight": 1.5, "node": {"label": "b"}}},
	"settings": {"window": {"size": {"width": 640}}, "columns": [{"title": "Name"}]},
	"history": {"name": "Bob", "mail": "here", "when": "2026-01-02T15:04:05Z"},
	"empty": {"not": "known"}
}`

// Objects in objects are structs; one that leads back to itself is a pointer,
// nil at its end.
func TestNestedAnswer(t *testing.T) {
	var f nestedv1.Folder
	noError(t, json.Unmarshal([]byte(folder), &f))
	equal(t, "a component", f.Owner.Name, "Ada")
	equal(t, "the end of a recursion", f.Parent.Parent.Parent, nil)
	equal(t, "recursion", f.Parent.Parent.SID, "FD3")
	equal(t, "recursion in a list", f.Children[1].Children[0].SID, "FD6")
	equal(t, "recursion in a map", f.ByName["x"].SID, "FD7")
	equal(t, "recursion through another object", f.Left.Edge.Node.Label, "b")
	equal(t, "the end of that", f.Left.Edge.Node.Edge, nil)
	equal(t, "an object three deep", f.Settings.Window.Size.Width, 640)
	equal(t, "an object in a list", f.Settings.Columns[0].Title, "Name")
	equal(t, "a composed object", f.History.Name, "Bob")
	equal(t, "the second part of it", f.History.When.Year(), 2026)
}

// What was read can be written and read again.
func TestNestedRoundTrip(t *testing.T) {
	var first, second nestedv1.Folder
	noError(t, json.Unmarshal([]byte(folder), &first))
	text, err := json.Marshal(first)
	noError(t, err)
	noError(t, json.Unmarshal(text, &second))
	again, err := json.Marshal(second)
	noError(t, err)
	equal(t, "the JSON of a copy", string(again), string(text))
}

// An object that is sent has pointers for what may be left out, and is no other
// type than the one that says so.
func TestNestedSent(t *testing.T) {
	f, client := newFake(t)
	_, err := nestedv1.New(client).Folders.Create(background(), &nestedv1.CreateFolderParams{
		Name:     "inbox",
		Owner:    nestedv1.OwnerParams{Name: "Ada", Mail: ptr("")},
		Template: &nestedv1.NodeParams{Edge: &nestedv1.EdgeParams{Weight: ptr(0.0)}},
		Settings: &nestedv1.FolderSettingsParams{Depth: 0},
	})
	noError(t, err)
	f.expect("POST https://nested.twilio.com/v1/Folders",
		`{"name":"inbox","owner":{"name":"Ada","mail":""},"settings":{"depth":0},"template":{"edge":{"weight":0}}}`)
}
