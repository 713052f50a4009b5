package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"time"
)

// canary is what must be shown by nothing.
const canary = "+14155551234"

// note is a struct as the generator writes one, with every kind of private field; nothing is what
// it is without the methods.
type (
	note struct {
		SID     string            `json:"sid"`
		Body    string            `json:"body" twilio:"private"`
		To      *string           `json:"to,omitempty" twilio:"private"`
		Raw     json.RawMessage   `json:"raw,omitempty" twilio:"private"`
		Any     any               `json:"any,omitempty" twilio:"private"`
		Texts   []string          `json:"texts,omitempty" twilio:"private"`
		Map     map[string]string `json:"map,omitempty" twilio:"private"`
		Whole   address           `json:"whole" twilio:"private"`
		Smokes  bool              `json:"smokes" twilio:"private"`
		Weight  *float64          `json:"weight" twilio:"private"`
		Born    time.Time         `json:"born" twilio:"private"`
		Seen    *time.Time        `json:"seen" twilio:"private"`
		Size    int               `json:"size"`
		Created time.Time         `json:"created"`
		Length  *int              `json:"length"`
		Next    *note             `json:"next"`
		Others  []*note           `json:"others"`
		ByName  map[string]note   `json:"by_name"`
		Free    any               `json:"free"`
	}
	nothing note
	address struct {
		Street string `json:"street"`
		Number int    `json:"number"`
	}
)

func (v note) Format(f fmt.State, verb rune) { Format(f, verb, v) }
func (v note) LogValue() slog.Value          { return LogValue(v) }

// filled is a note with the canary wherever it is private.
func filled() note {
	text, weight, seen := canary, 20010909.5, time.Unix(20010909, 0)
	return note{
		SID: "SM1", Body: canary, To: &text, Raw: json.RawMessage(`"` + canary + `"`), Any: map[string]any{"a": canary},
		Texts: []string{canary, canary}, Map: map[string]string{canary: canary}, Whole: address{canary, 20010909},
		Smokes: true, Weight: &weight, Born: seen, Seen: &seen, Size: 7,
	}
}

// verbs are those of fmt, with and without flags, that lead to a method.
var verbs = []string{
	"%v", "%+v", "%#v", "%s", "%q", "%#q", "%+q", "%x", "%X", "% x", "%#x", "%d", "%o", "%b", "%c", "%U", "%t", "%e", "%g", "%y",
	"%10v", "%-200v|", "%.3v", "%10.2s", "%08d",
}

// shown is all that fmt and both handlers of slog show of a value, the one for JSON with redaction.
func shown(v any) string {
	var b strings.Builder
	for _, verb := range verbs {
		fmt.Fprintf(&b, verb+"\n", v)
	}
	slog.New(slog.NewTextHandler(&b, nil)).Info("", "v", v)
	slog.New(slog.NewJSONHandler(&b, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Value.Kind() == slog.KindAny {
			a.Value = slog.AnyValue(Redact(a.Value.Any()))
		}
		return a
	}})).Info("", "v", v)
	return b.String()
}

// leaks reports whether a text shows the canary, in plain or in one of fmt's ways of writing it.
func leaks(text string) bool {
	for _, form := range []string{canary, fmt.Sprintf("%x", canary), fmt.Sprintf("%X", canary), fmt.Sprintf("% x", canary), fmt.Sprintf("%d", []byte(canary))[1:10], "20010909", "1970-08"} {
		if strings.Contains(text, form) {
			return true
		}
	}
	return false
}

func jsonOf(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

type holder struct {
	Note     note
	Pointer  *note
	List     []note
	Pointers []*note
	Map      map[string]*note
	Array    [1]note
	Any      any
	Deep     map[string][]map[string]*note
}

// container has nothing private but in its parts. It needs a method Format as well: of a pointer in a
// list, fmt prints what a verb does not fit without asking the parts.
type container struct {
	Notes []note `json:"notes"`
}

func (v container) Format(f fmt.State, verb rune) { Format(f, verb, v) }
func (v container) LogValue() slog.Value          { return LogValue(v) }

type embeds struct {
	inner
	Other string
}

type inner struct{ Notes []note }

func TestNothingPrivateIsShown(t *testing.T) {
	n := filled()
	next := filled()
	n.Next, n.Others, n.ByName, n.Free = &next, []*note{&next}, map[string]note{"a": next}, []any{next, &next, map[string]any{"n": next}}
	before := jsonOf(t, n)
	for _, v := range []any{
		n, &n, []note{n}, []*note{&n}, [1]note{n}, map[string]note{"k": n}, map[string]*note{"k": &n}, []any{n, &n},
		holder{Note: n}, &holder{Pointer: &n}, holder{List: []note{n}, Pointers: []*note{&n}, Map: map[string]*note{"a": &n}, Array: [1]note{n}, Any: &n},
		&holder{Deep: map[string][]map[string]*note{"a": {{"b": &n}}}}, &embeds{inner: inner{[]note{n}}}, []*container{{[]note{n}}}, struct{ C *container }{&container{[]note{n}}},
	} {
		for line := range strings.Lines(shown(v)) {
			if leaks(line) {
				t.Errorf("%T is shown as %.300s", v, line)
			}
		}
		if text := fmt.Sprint(v); !strings.Contains(text, Redacted) {
			t.Errorf("%T is not redacted, but gone: %.300s", v, text)
		}
	}
	if after := jsonOf(t, n); after != before {
		t.Errorf("the value itself was changed: %s", after)
	}
}

// What is not private looks as fmt shows it.
func TestFormatIsLikeFmt(t *testing.T) {
	length := 3
	n := note{SID: "SM1", Size: 7, Created: time.Unix(0, 0).UTC(), Length: &length, Free: []any{1, "x", nil}}
	for _, verb := range verbs {
		got, want := fmt.Sprintf(verb, n), fmt.Sprintf(verb, nothing(n))
		if want = strings.ReplaceAll(want, "wire.nothing", "wire.note"); got != want {
			t.Errorf("%s: %s, want %s", verb, got, want)
		}
	}
	for verb, want := range map[string]string{
		"%v":  "{SM1 [redacted] [redacted] [redacted] [redacted] [[redacted] [redacted]] map[[redacted]:[redacted]] {[redacted] 0} false <nil> 0001-01-01 00:00:00 +0000 UTC <nil> 7",
		"%+v": "{SID:SM1 Body:[redacted] To:[redacted] Raw:[redacted]", "%#v": `wire.note{SID:"SM1", Body:"[redacted]", To:"[redacted]", Raw:"[redacted]"`,
		"%q": `{"SM1" "[redacted]" "[redacted]" "[redacted]"`,
	} {
		if got := fmt.Sprintf(verb, filled()); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s, want %s...", verb, got, want)
		}
	}
	if got := fmt.Sprintf("%v %+v %s", (*note)(nil), []*note{nil}, struct{ N *note }{}); got != "<nil> [<nil>] {<nil>}" {
		t.Errorf("nil pointers: %s", got)
	}
}

// worded is a struct with a field called Format.
type worded struct {
	Format string `json:"format"`
	Token  string `json:"token" twilio:"private"`
}

func (v worded) String() string       { return String(v) }
func (v worded) GoString() string     { return GoString(v) }
func (v worded) LogValue() slog.Value { return LogValue(v) }

func TestFieldCalledFormat(t *testing.T) {
	v := worded{"mp4", canary}
	for verb, want := range map[string]string{
		"%v":  "{Format:mp4 Token:[redacted]}",
		"%+v": "{Format:mp4 Token:[redacted]}",
		"%s":  "{Format:mp4 Token:[redacted]}",
		"%#v": `wire.worded{Format:"mp4", Token:"[redacted]"}`,
	} {
		if got := fmt.Sprintf(verb, v); got != want {
			t.Errorf("%s: %s, want %s", verb, got, want)
		}
	}
	for _, verb := range []string{"%q", "%x", "%X"} {
		if got := fmt.Sprintf(verb, []any{v, &v}); leaks(got) {
			t.Errorf("%s: %s", verb, got)
		}
	}
}

func TestRedact(t *testing.T) {
	v := any(filled())
	got := Redact(v).(note)
	if *got.To != Redacted || string(got.Raw) != `"[redacted]"` || got.Any != any(Redacted) || !reflect.DeepEqual(got.Texts, []string{Redacted, Redacted}) ||
		!reflect.DeepEqual(got.Map, map[string]string{Redacted: Redacted}) || got.Whole != (address{Redacted, 0}) ||
		got.Smokes || got.Weight != nil || !got.Born.IsZero() || got.Seen != nil || got.Size != 7 {
		t.Errorf("%+v", nothing(got))
	}
	if got := Redact(note{}); !reflect.DeepEqual(got, note{}) {
		t.Errorf("an empty note became %+v", got)
	}
	if again := Redact(Redact(v)); !reflect.DeepEqual(again, Redact(v)) {
		t.Errorf("what is redacted changed: %+v", again)
	}
}

// What holds nothing private is not copied.
func TestRedactLeavesOthersAlone(t *testing.T) {
	type ring struct {
		Any  any
		Next *ring
	}
	r := &ring{Any: "x"}
	r.Next = r
	buffer, problem := new(bytes.Buffer), fmt.Errorf("failed: %w", io.EOF)
	for _, v := range []any{nil, 1, "text", r, buffer, problem, &holder{}, []any{r, buffer}, map[string]any{"a": r}, (*note)(nil), func() {}, time.Second} {
		got, want := reflect.ValueOf(Redact(v)), reflect.ValueOf(v)
		switch {
		case !want.IsValid():
			if got.IsValid() {
				t.Errorf("nil became %v", got)
			}
		case want.Kind() == reflect.Pointer || want.Kind() == reflect.Slice || want.Kind() == reflect.Map:
			if got.Pointer() != want.Pointer() {
				t.Errorf("%T was copied", v)
			}
		}
	}
	with := []any{r, filled()}
	if got := Redact(with).([]any); got[0] != any(r) {
		t.Error("what lies beside something private was copied")
	}
}

// Values that contain themselves are copied as such, and deep ones end.
func TestRedactCycles(t *testing.T) {
	n := filled()
	n.Next = &n
	got := Redact(&n).(*note)
	if got.Next != got || got == &n || got.Body != Redacted {
		t.Error("a pointer to itself is not one in the copy")
	}
	m := map[string]any{"n": filled()}
	m["m"] = m
	if got := Redact(m).(map[string]any); reflect.ValueOf(got["m"]).Pointer() != reflect.ValueOf(got).Pointer() || leaks(fmt.Sprintf("%v", got["n"])) {
		t.Error("a map that holds itself does not in the copy")
	}
	s := []any{filled(), nil}
	s[1] = s
	if got := Redact(s).([]any); reflect.ValueOf(got[1]).Pointer() != reflect.ValueOf(got).Pointer() {
		t.Error("a slice that holds itself does not in the copy")
	}
	var deep, wide any = filled(), filled()
	for range 1000 {
		deep, wide = []any{deep}, []any{wide, wide}
	}
	if data, err := json.Marshal(Redact(deep)); err != nil || leaks(string(data)) {
		t.Errorf("%.100s, %v", data, err)
	}
	Redact(wide)
}

// logger knows how it is logged.
type logger struct{ Text string }

func (l logger) LogValue() slog.Value {
	return slog.GroupValue(slog.Int("size", len(l.Text)), slog.Any("note", filled()))
}

func TestRedactAsksLogValue(t *testing.T) {
	data, err := json.Marshal(Redact(map[string]any{"list": []any{logger{canary}, &logger{canary}}, "none": (*logger)(nil)}))
	if err != nil || leaks(string(data)) || !strings.HasPrefix(string(data), `{"list":[{"note":{"sid":"SM1","body":"[redacted]"`) || !strings.HasSuffix(string(data), `"none":null}`) {
		t.Errorf("%s, %v", data, err)
	}
	if got := Redact(errors.New("x")).(error); got.Error() != "x" {
		t.Errorf("an error became %v", got)
	}
}

// What is sent is never redacted.
func TestTextIsNotRedacted(t *testing.T) {
	n := note{SID: "SM1", Body: canary}
	for v, want := range map[any]string{&n: canary, &worded{"mp4", canary}: canary, "a b": "a b", 7: "7", 1.5: "1.5", true: "true"} {
		if got := Text(v); !strings.Contains(got, want) {
			t.Errorf("%T: %s, want %s", v, got, want)
		}
	}
	if got := Formatted([]note{n}); !strings.Contains(got[0], canary) {
		t.Errorf("%q", got)
	}
}
