package prose

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParse(t *testing.T) {
	isType := func(name string) bool { return name == "Session" }
	for _, c := range []struct {
		text string
		want Doc
	}{
		{"", nil},
		{"One\nline.\n\nTwo.", Doc{Paragraph{Text("One line.")}, Paragraph{Text("Two.")}}},
		{"See [this](https://example.com) or `x y`.", Doc{Paragraph{
			Text("See "), Link{"this", "https://example.com"}, Text(" or "), Literal("x y"), Text("."),
		}}},
		{"A [Session](https://example.com).", Doc{Paragraph{Text("A "), Ref("Session"), Text(".")}}},
		{"- one\n- two\n\n1. three", Doc{
			List{{Text: Paragraph{Text("one")}}, {Text: Paragraph{Text("two")}}},
			List{{Number: "1", Text: Paragraph{Text("three")}}},
		}},
		{"[a\n\nb](https://example.com)", Doc{Paragraph{Link{"a b", "https://example.com"}}}},
		{"`[a](https://example.com)`", Doc{Paragraph{Link{"a", "https://example.com"}}}},
	} {
		if diff := cmp.Diff(c.want, Parse(c.text, isType)); diff != "" {
			t.Errorf("%q:\n%s", c.text, diff)
		}
	}
}

func TestSays(t *testing.T) {
	want := Doc{Paragraph{Text("Its parent is "), Ref("Service"), Text(".")}}
	if diff := cmp.Diff(want, Says("Its parent is [Service].")); diff != "" {
		t.Error(diff)
	}
}

// A fact continues a single paragraph, and stands by itself after anything else.
func TestThen(t *testing.T) {
	fact := Says("Required.")
	for text, want := range map[string]int{"": 1, "One.": 1, "One.\n\nTwo.": 3, "- one": 2} {
		if got := Parse(text, nil).Then(fact); len(got) != want {
			t.Errorf("%q: %d blocks, want %d", text, len(got), want)
		}
	}
}

func TestSentence(t *testing.T) {
	for text, want := range map[string]string{"": "", "One": "One.", "One?": "One?", "See `x`": "See x."} {
		var got string
		for _, b := range Parse(text, nil).Sentence() {
			got += b.(Paragraph).Plain()
		}
		if got != want {
			t.Errorf("%q becomes %q", text, got)
		}
	}
}

func TestPredicate(t *testing.T) {
	for text, want := range map[string]string{
		"Create a new Session":           "Create creates a new Session",
		"Fetches one Session.":           "Create fetches one Session.",
		"Permanently deletes it.":        "Create permanently deletes it.",
		"Query several.":                 "Create queries several.",
		"A message for one Participant.": "Create: A message for one Participant.",
		"Messages that were sent.":       "Create: Messages that were sent.",
	} {
		if got := "Create" + Predicate(text); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// Reading loses no word of a text without markup, and leaves no control
// character.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"a", "- a\n- b", "`x`", "[a](http://x)", "\x01a\x05", "<b>", "# t", "**"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var words []string
		add := func(p Paragraph) { words = append(words, strings.Fields(p.Plain())...) }
		for _, block := range Parse(text, nil) {
			switch block := block.(type) {
			case Paragraph:
				add(block)
			case List:
				for _, item := range block {
					add(item.Text)
				}
			}
		}
		got := strings.Join(words, " ")
		if strings.ContainsFunc(got, func(r rune) bool { return r < ' ' }) {
			t.Errorf("%q keeps a control character: %q", text, got)
		}
		if strings.ContainsAny(text, "[]`*<>#-+.)") {
			return
		}
		if want := strings.Join(strings.Fields(clean(text)), " "); got != want {
			t.Errorf("%q was read as %q", text, got)
		}
	})
}
