package naming

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/twiliogen/twiliogen/generator/model"
)

// shop is an API with one resource that returns an object.
func shop(object string, operations ...*model.Operation) *model.API {
	fetch := operation("Fetch", "Key", "/v1/Keys/{Sid}")
	fetch.Response.Type = &model.Object{Pointer: object, Origin: model.Origin{Component: object}, Fields: []*model.Field{{Name: object, Type: &model.Scalar{}}}}
	return group(append(operations, fetch)...)
}

func parse(t *testing.T, lines ...string) *Ledger {
	t.Helper()
	l, err := ParseLedger("shopv1.names", []byte(strings.Join(lines, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func lines(l *Ledger) []string {
	var out []string
	for line := range strings.Lines(string(l.Encode())) {
		if !strings.HasPrefix(line, "#") {
			out = append(out, strings.TrimSuffix(line, "\n"))
		}
	}
	return out
}

// The ledger has a line for everything that a program may use.
func TestLedger(t *testing.T) {
	_, ledger := Decide(shop("shop.v1.key"), "", nil)
	want := []string{
		"client Key KeyClient",
		"field Key Keys",
		"member component:shop.v1.key/shop.v1.key ShopV1Key",
		"method GET:/v1/Keys/{} Fetch of=Key",
		"objectname Key KeyObjectName",
		"type component:shop.v1.key Key",
	}
	if diff := cmp.Diff(want, lines(ledger)); diff != "" {
		t.Error(diff)
	}
}

// A name set by hand is used, and stays.
func TestLedgerByHand(t *testing.T) {
	known := parse(t, "type component:shop.v1.key APIKey", "field Key APIKeys", "member component:shop.v1.key/shop.v1.key ID")
	api := shop("shop.v1.key")
	names, ledger := Decide(api, "", known)
	r := api.Resources[0]
	if got := names.Resource(r); got.Name != "APIKey" || got.Field != "APIKeys" || got.Client != "APIKeyClient" {
		t.Errorf("the names are %v", got)
	}
	if got := names.Fields(r.Object); got[0] != "ID" {
		t.Errorf("the field is called %s", got[0])
	}
	again, _ := Decide(shop("shop.v1.key"), "", ledger)
	if diff := cmp.Diff(lines(ledger), lines(func() *Ledger { _, l := Decide(shop("shop.v1.key"), "", ledger); return l }())); diff != "" || again == nil {
		t.Error(diff)
	}
}

// An operation stays where it is when Twilio changes its id and the names of
// the parameters in its path.
func TestLedgerOutlivesOperationIDs(t *testing.T) {
	list := func(verb, noun, path string) *model.Operation {
		op := operation(verb, noun, path)
		op.Method = "GET"
		return op
	}
	_, ledger := Decide(group(list("Fetch", "Key", "/v1/Keys/{Sid}"), list("List", "Key", "/v1/Keys")), "", nil)
	fetch := list("Read", "APIKey", "/v1/Keys/{KeySid}")
	fetch.Noun, fetch.Known = ledger.Noun(fetch), true // as it is read
	names, after := Decide(group(fetch, list("List", "Key", "/v1/Keys")), "", ledger)
	if got := names.Resource(fetch.Resource).Field + "." + names.Operation(fetch).Method; got != "Keys.Fetch" {
		t.Errorf("the operation is called %s", got)
	}
	if diff := cmp.Diff(lines(ledger), lines(after)); diff != "" {
		t.Error(diff)
	}
}

// A known name is nobody else's, though by the rules it would be.
func TestLedgerKeepsNamesFromOthers(t *testing.T) {
	known := parse(t, "type component:shop.v1.old Key", "client Lock LockClient", "field Lock Keys")
	api := shop("shop.v1.old")
	if names, _ := Decide(api, "", known); names.Type(api.Objects[0]) != "Key" {
		t.Errorf("the object is called %s", names.Type(api.Objects[0]))
	}
	api = shop("shop.v1.key", operation("Fetch", "Lock", "/v1/Locks/{Sid}"))
	names, _ := Decide(api, "", known)
	for _, r := range api.Resources {
		if got, want := names.Resource(r).Field, map[string]string{"Key": "KeyResource", "Lock": "Keys"}[r.Name]; got != want {
			t.Errorf("the field of %s is %s, want %s", r.Name, got, want)
		}
	}
	// The old object is gone, so the new one may have its name.
	if got := names.Type(api.Objects[0]); got != "Key" {
		t.Errorf("the object is called %s", got)
	}
}

// A prefix that was the only one keeps its name when there are others, and one of
// several keeps its own when it is the last.
func TestLedgerKnowsPrefixes(t *testing.T) {
	note := func(prefixes ...string) (*model.API, *model.Operation) {
		op := operation("Fetch", "Note", "/v1/Notes/{Sid}")
		op.Response.Type = &model.Object{
			Origin: model.Origin{Component: "shop.v1.note"},
			Fields: []*model.Field{{Name: "sid", Type: &model.Scalar{SIDPrefixes: prefixes}}},
		}
		return group(op), op
	}
	for _, tt := range []struct {
		before, after []string
		want          []string
	}{
		{nil, []string{"NO"}, []string{"NoteSIDPrefix"}},
		{nil, []string{"NO", "NP"}, []string{"NoteSIDPrefixNO", "NoteSIDPrefixNP"}},
		{[]string{"NO"}, []string{"NO", "NP"}, []string{"NoteSIDPrefix", "NoteSIDPrefixNP"}},
		{[]string{"NO", "NP"}, []string{"NO"}, []string{"NoteSIDPrefixNO"}},
		{[]string{"NO", "NP"}, []string{"NO", "NP", "NQ"}, []string{"NoteSIDPrefixNO", "NoteSIDPrefixNP", "NoteSIDPrefixNQ"}},
	} {
		api, _ := note(tt.before...)
		_, ledger := Decide(api, "", nil)
		api, op := note(tt.after...)
		names, _ := Decide(api, "", ledger)
		if got := names.Resource(op.Resource).SIDPrefixes; !slices.Equal(got, tt.want) {
			t.Errorf("%v after %v: %v, want %v", tt.after, tt.before, got, tt.want)
		}
	}
}

// What the document loses is remembered with the version that lost it, and has
// its name again when it comes back.
func TestLedgerRemembersWhatIsGone(t *testing.T) {
	known := parse(t, "client Lock Bolt was=Latch@0.9.0", "type component:shop.v1.key Key")
	_, ledger := Decide(shop("shop.v1.key"), "", known)
	if got := lines(ledger)[1]; got != "client Lock Bolt was=Latch@0.9.0 gone=1.0.0" {
		t.Errorf("the line reads %s", got)
	}
	lock := operation("Fetch", "Lock", "/v1/Locks/{Sid}")
	names, ledger := Decide(shop("shop.v1.key", lock), "", ledger)
	if got := names.Resource(lock.Resource).Client; got != "Bolt" {
		t.Errorf("the client is called %s", got)
	}
	if got := lines(ledger)[1]; got != "client Lock Bolt was=Latch@0.9.0" {
		t.Errorf("the line reads %s", got)
	}
}

// One enum that several operations take is known by any of them.
func TestLedgerKnowsAnEnumByEachUse(t *testing.T) {
	color := &model.Enum{Pointer: "/e", Values: []string{"red"}}
	take := func(op *model.Operation) *model.Operation {
		op.Params = []*model.Param{{Field: model.Field{Name: "Color", Type: color}}}
		color.Origin = model.Origin{Operation: op, Member: "Color"}
		return op
	}
	_, ledger := Decide(group(take(operation("Update", "Key", "/v1/Keys/{Sid}"))), "", parse(t, "type POST:/v1/Keys/{}?Color Paint"))
	create := operation("Create", "Key", "/v1/Keys")
	api := group(take(operation("Update", "Key", "/v1/Keys/{Sid}")), take(create))
	names, after := Decide(api, "", ledger)
	if got := names.Type(color); got != "Paint" {
		t.Errorf("the enum is called %s", got)
	}
	if !strings.Contains(string(after.Encode()), "value POST:/v1/Keys/{}?Color=red PaintRed\n") {
		t.Errorf("the value is not known by its enum:\n%s", after.Encode())
	}
}

// Parameters that have one name in several places keep their own names.
func TestLedgerKnowsTwins(t *testing.T) {
	twins := func() *model.Operation {
		op := operation("Create", "Key", "/v1/Keys")
		for _, in := range []model.Location{model.InBody, model.InQuery, model.InHeader} {
			op.Params = append(op.Params, &model.Param{In: in, Field: model.Field{Name: "Body", Type: &model.Scalar{}}})
		}
		return op
	}
	op := twins()
	names, ledger := Decide(group(op), "", nil)
	again := twins()
	slices.Reverse(again.Params)
	after, _ := Decide(group(again), "", ledger)
	got, want := after.Operation(again).Fields, slices.Clone(names.Operation(op).Fields)
	slices.Reverse(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A name that keeps what is private from logs is not given to a field, unless it
// was before.
func TestPrinters(t *testing.T) {
	op := operation("Create", "Key", "/v1/Keys")
	op.Params = []*model.Param{{Field: model.Field{Name: "String", Type: &model.Scalar{}}}, {Field: model.Field{Name: "go_string", Type: &model.Scalar{}}}}
	names, _ := Decide(group(op), "", parse(t, "member POST:/v1/Keys?go_string GoString"))
	if diff := cmp.Diff([]string{"StringParam", "GoString"}, names.Operation(op).Fields); diff != "" {
		t.Error(diff)
	}
}

// What cannot be read is reported with its place.
func TestParseLedger(t *testing.T) {
	for text, want := range map[string]string{
		"kind x Y":                         `a.names:1:1: "kind" is not a kind of name; use one of client, field, member, method, objectname, page, params, sidprefix, type, value, values`,
		"# c\n\ntype component:x":          "a.names:3:17: a line has a kind, an identity and a name",
		"type x y":                         `a.names:1:8: "y" is not an exported Go identifier`,
		"  type x Y size=3":                `a.names:1:12: after the name stand of=, was= and gone=, not "size"`,
		"type x Y of=":                     "a.names:1:10: of= has no value",
		"type x Y was=Z":                   `a.names:1:10: "Z" is no former name with its version: was=Name@1.2.0`,
		"type x Y extra":                   `a.names:1:10: after the name stand of=, was= and gone=, not "extra"`,
		"type \"x Y":                       "a.names:1:6: a quoted part does not end",
		"method GET:/ Fetch":               "a.names:1:19: a method needs of= and its resource",
		"type x Y\ntype x Z":               "a.names:2:1: type x stands here twice; remove one of the lines",
		"type x Y\nvalue z Y":              "a.names:2:9: line 1 has the name Y already; choose another",
		"method a Y of=A\nmethod b Y of=A": "a.names:2:10: line 1 has the name Y already; choose another",
		"method a Y of=A\nmethod b Y of=B\r\nfield A Y\ntype x Y\ntype z Y gone=1": "",
	} {
		_, err := ParseLedger("a.names", []byte(text))
		var wrong *LedgerError
		switch {
		case err == nil && want == "":
		case !errors.As(err, &wrong) || err.Error() != want:
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}

// What is written is read again as it was, and nothing that is read panics.
func FuzzLedger(f *testing.F) {
	for _, seed := range []string{
		"", "type component:x Y", `value "component:x= a\n" Y`, "client A B was=C@1 was=D@2 gone=3 of=E", `type "" X of="a b"`, "field \"#\" A gone=\"\\xff\"",
		"type x Y of=\"a", "\r\n\t", "type a=b X", `type a"b X`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := ParseLedger("x", data)
		if err != nil {
			var wrong *LedgerError
			if !errors.As(err, &wrong) || wrong.Line < 1 || wrong.Column < 1 {
				t.Fatalf("an error without a place: %v", err)
			}
			return
		}
		text := l.Encode()
		again, err := ParseLedger("x", text)
		if err != nil {
			t.Fatalf("%v in what was written:\n%s", err, text)
		}
		if diff := cmp.Diff(l.Entries(), again.Entries()); diff != "" {
			t.Error(diff)
		}
		if !bytes.Equal(text, again.Encode()) {
			t.Error("written differently the second time")
		}
	})
}
