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

func TestDoes(t *testing.T) {
	otherwise := Says("Create creates a Session.")
	for text, want := range map[string]string{
		"Create a new Session":           "Create creates a new Session",
		"Fetches one Session.":           "Create fetches one Session.",
		"Permanently deletes it.":        "Create permanently deletes it.",
		"Query several.":                 "Create queries several.",
		"Delete `this` one":              "Create deletes this one",
		"A message for one Participant.": "Create creates a Session. A message for one Participant.",
		"":                               "Create creates a Session.",
	} {
		if got := Does("Create", Parse(text, nil), otherwise)[0].(Paragraph).Plain(); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func TestDefine(t *testing.T) {
	otherwise := Says("Call is what [CallClient] fetches.")
	for text, want := range map[string]string{
		"A Call resource represents one call.":    "Call represents one call.",
		"A Call is an object that connects.":      "Call is an object that connects.",
		"The status of the call. Can be `a`.":     "Call is the status of the call. Can be a.",
		"Whether the call goes on.":               "Call says whether the call goes on.",
		"Type of the call":                        "Call is the type of the call",
		"The calls joined to a channel.":          "Call is one of the calls joined to a channel.",
		"List of calls in a queue":                "Call is one of the calls in a queue",
		"JSON context for executions":             "Call is the JSON context for executions",
		"channels represent chat rooms":           "Call is what CallClient fetches. channels represent chat rooms",
		"Lists of SIP credentials":                "Call is one of the lists of SIP credentials",
		"When it is registered, more is added.":   "Call is what CallClient fetches. When it is registered, more is added.",
		"The parameter displays if calls go out.": "Call displays if calls go out.",
		"Steps within a Studio flow":              "Call is one of the steps within a Studio flow",
		"Indicates what it is.":                   "Call indicates what it is.",
		"Send a typing indicator event.":          "Call is there to send a typing indicator event.",
		"The value is used elsewhere.":            "Call is what CallClient fetches. The value is used elsewhere.",
		"The HTTP method we should use to call.":  "Call is the HTTP method we should use to call.",
		"":                                        "Call is what CallClient fetches.",
	} {
		if got := Define("Call", true, Parse(text, nil), otherwise)[0].(Paragraph).Plain(); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// A comment is read in an editor: a link reads on as its text, and its address
// stands at the end, once.
func TestRead(t *testing.T) {
	d := Read("See [this](https://a). A [link](https://b) and [that](https://b), [c](https://c), [d](https://d).", nil)
	if got := d.Doc[0].(Paragraph).Plain(); got != "A link and that, c, d." {
		t.Errorf("reads %q", got)
	}
	if diff := cmp.Diff([]string{"https://a", "https://b", "https://c"}, d.Addresses); diff != "" {
		t.Error(diff)
	}
}

func TestDeprecation(t *testing.T) {
	const advice = "Twilio advises against its use."
	for text, want := range map[string][2]string{
		"[OBSOLETE] This parameter will no longer have any effect.": {"", "This parameter will no longer have any effect."},
		"DEPRECATED. The interval in seconds.":                      {"The interval in seconds.", advice},
		"[DEPRECATED] Log entries":                                  {"Log entries", advice},
		"Its text [DEPRECATED].":                                    {"Its text.", advice},
		"Default: false. **Deprecated** do not use it.":             {"Default: false.", "Do not use it."},
		"This field has been deprecated.":                           {"", "This field has been deprecated."},
		"Use it in place of the deprecated one.":                    {"Use it in place of the deprecated one.", ""},
		"Once deleted, it no longer appears.":                       {"Once deleted, it no longer appears.", ""},
	} {
		d := Read(text, nil)
		got := [2]string{"", d.Deprecated.Plain()}
		if len(d.Doc) > 0 {
			got[0] = d.Doc[0].(Paragraph).Plain()
		}
		if got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
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
