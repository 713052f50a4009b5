package use

import (
	"testing"

	"example.com/golden/textsv1"
)

// What a document says stays text: in comments, in values, in paths.
func TestTexts(t *testing.T) {
	f, client := newFake(t, `{"kind": "*/", "*/": "x"}`, `{"text": "y"}`)
	api := textsv1.New(client)
	note, err := api.Notes.Create(background(), &textsv1.CreateNoteParams{Quote: ptr("`")})
	noError(t, err)
	f.expect("POST https://texts.twilio.com/v1/Notes", "Quote=%60")
	equal(t, "a value", note.Kind.IsKnown(), true)
	for _, odd := range []textsv1.NoteKind{"*/", "//go:build ignore", "`", `"`, `\`, "\n", "\x00", "%d%s", "${x}"} {
		equal(t, string(odd), odd.IsKnown(), true)
	}
	_, err = api.Odd.Fetch(background())
	noError(t, err)
	f.expect("GET https://texts.twilio.com/v1/Odd%22%60%2A/Paths", "")
}
