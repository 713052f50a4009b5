package wire

import (
	"reflect"
	"runtime"
	"strings"
	"testing"
)

// page is a page with its records, as package twilio makes one.
type page[T any] struct {
	PageLink
	Items []T
}

func decodePage[T any](body []byte, key string, item func(*Decoder) T) (p page[T], err error) {
	p.PageLink, err = DecodePage(body, key, SizeOf((*session)(nil)), func(d *Decoder) { p.Items = append(p.Items, item(d)) })
	if err != nil {
		return page[T]{}, err
	}
	return p, nil
}

func TestDecodePage(t *testing.T) {
	tests := []struct {
		name, body, key string
		items           []string // nil: none
		next, token     string
	}{
		{"records under the key", `{"meta":{"key":"x","next_page_url":"https://a/b?c"},"x":["1","2"]}`, "x", []string{"1", "2"}, "https://a/b?c", ""},
		{"meta behind the records", `{"x":["1"],"meta":{"key":"x","next_page_url":null}}`, "x", []string{"1"}, "", ""},
		{"v2010", `{"next_page_uri":"/a.json?Page=1","calls":["1"],"page":0}`, "calls", []string{"1"}, "/a.json?Page=1", ""},
		{"key at run time", `{"warnings":["w"],"x":["1"],"meta":{"key":"x"}}`, "", []string{"1"}, "", ""},
		{"only array", `{"page":0,"x":["1"],"meta":{"page":0}}`, "", []string{"1"}, "", ""},
		{"key that the document got wrong", `{"x":["1"],"meta":{"key":"x"}}`, "y", []string{"1"}, "", ""},
		{"null and no next page", `{"x":null,"meta":{"next_page_url":null}}`, "x", nil, "", ""},
		{"null and a total", `{"x":null,"totalResults":3}`, "x", nil, "", ""},
		{"no records of a total of 0", `{"schemas":["s"],"totalResults":0}`, "x", nil, "", ""},
		{"no records", `{"x":[],"meta":{"next_page_url":""}}`, "x", nil, "", ""},
		{"key property of the page is none of meta's", `{"key":"y","x":["1"]}`, "", []string{"1"}, "", ""},
		{"token", `{"x":["1"],"meta":{"nextToken":"t.1","pageSize":5}}`, "x", []string{"1"}, "", "t.1"},
		{"token with an underscore", `{"x":["1"],"meta":{"next_token":"t"}}`, "x", []string{"1"}, "", "t"},
		{"the body is the list", `["1","2"]`, "", []string{"1", "2"}, "", ""},
		{"the body is an empty list", `[]`, "", nil, "", ""},
		{"odd types", `{"x":["1"],"meta":{"key":1,"next_page_url":7,"next_token":8}}`, "x", []string{"1"}, "7", "8"},
		{"null takes nothing back", `{"x":["1"],"next_page_uri":"/a","meta":{"next_page_url":null,"next_token":"t","next_token":null}}`, "x", []string{"1"}, "/a", "t"},
		{"nor does an empty text", `{"x":["1"],"meta":{"next_page_url":"/a"},"next_page_uri":""}`, "x", []string{"1"}, "/a", ""},
		{"meta is no object", `{"x":["1"],"meta":"m"}`, "x", []string{"1"}, "", ""},
		{"escaped", `{"\u0078":["1"],"meta":{"next_page_\u0075rl":"https:\/\/a\/b"}}`, "x", []string{"1"}, "https://a/b", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			page, err := decodePage([]byte(tt.body), tt.key, (*Decoder).String)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(page.Items, tt.items) || page.Next != tt.next || page.Token != tt.token {
				t.Errorf("items %q, next %q, token %q", page.Items, page.Next, page.Token)
			}
		})
	}
}

// What is no page must not look like one that is empty.
func TestDecodePageErrors(t *testing.T) {
	for _, tt := range []struct {
		body, key string
		want      string // part of the error
	}{
		{`{"x":[}`, "x", "expected a value at offset 6"},
		{`{"x":["1"]} {}`, "x", "the end of the document"},
		{`["1"`, "", "unexpected end"},
		{`{"x":["1"],"meta":{"key":}}`, "x", "expected a value"},
		{``, "x", ErrEmpty.Error()},
		{" \n", "", ErrEmpty.Error()},
		{`<html>`, "x", "expected a value"},
		{`null`, "x", "expected an object, found null"},
		{`null`, "", "expected an object, found null"},
		{`"x"`, "x", "expected an object, found a string"},
		{`7`, "", "expected an object, found a number"},
		{`[]`, "x", "expected an object, found an array"},
		{`["1"]`, "x", "expected an object, found an array"},
		{`{}`, "x", ErrNothing.Error()},
		{`{}`, "", ErrNothing.Error()},
		{`{"a":1,"b":{"x":["1"]}}`, "x", ErrNothing.Error()},
		{`{"meta":{}}`, "x", ErrNoRecords.Error()},
		{`{"meta":{"key":"x","next_page_url":null}}`, "x", ErrNoRecords.Error()},
		{`{"meta":null}`, "", ErrNoRecords.Error()},
		{`{"x":null}`, "x", ErrNoRecords.Error()},
		{`{"x":null,"meta":{"page":1}}`, "x", ErrNoRecords.Error()},
		{`{"x":null,"warnings":["w"]}`, "x", ErrNoRecords.Error()},
		{`{"x":{"a":["1"]},"warnings":["w"]}`, "x", "expected an array, found an object"},
		{`{"x":"1"}`, "x", "expected an array, found a string"},
		{`{"y":["1"]}`, "x", ErrNoRecords.Error()},
		{`{"warnings":[],"meta":{"key":"x","next_page_url":null}}`, "x", ErrNoRecords.Error()},
		{`{"x":["1"],"y":["2"]}`, "", ErrNoRecords.Error()},
		{`{"x":["1"],"meta":{"key":"y"}}`, "", ErrNoRecords.Error()},
		{`{"totalResults":1}`, "x", ErrNoRecords.Error()},
		{`{"totalResults":null}`, "x", ErrNoRecords.Error()},
		{`{"code":20404,"message":"not found","status":404}`, "x", ErrFailure.Error()},
		{`{"code":20404,"message":"not found","x":[],"meta":{"next_page_url":null}}`, "x", ErrFailure.Error()},
	} {
		page, err := decodePage([]byte(tt.body), tt.key, (*Decoder).String)
		if err == nil || !strings.Contains(err.Error(), tt.want) || page.Items != nil || page.PageLink != (PageLink{}) {
			t.Errorf("%s: %+v, error %v, want %q", tt.body, page, err, tt.want)
		}
	}
}

// A link that is there and cannot be one is not the end either, though the records can be used.
func TestBadLink(t *testing.T) {
	for link, bad := range map[string]bool{`null`: false, `""`: false, `"/a"`: false, `7`: false, `true`: true, `{"href":"/a"}`: true, `["/a"]`: true} {
		for _, name := range []string{"next_page_url", "nextToken"} {
			page, err := decodePage([]byte(`{"x":["1"],"meta":{"`+name+`":`+link+`}}`), "x", (*Decoder).String)
			if err != nil || page.Bad != bad || len(page.Items) != 1 {
				t.Errorf("%s of %s: %+v, %v", name, link, page, err)
			}
		}
	}
}

// A record must say something, wherever the records are.
func TestRecordThatSaysNothing(t *testing.T) {
	for record, want := range map[string]string{
		`{"sid":"a"}`:           "",
		`{"sid":null}`:          "",
		`{"ttl":{},"new":1}`:    "",
		`{}`:                    ErrNothing.Error(),
		`{"new":{"sid":"a"}}`:   ErrNothing.Error(),
		`{"code":1,"links2":2}`: ErrNothing.Error(),
		`null`:                  "json: expected an object, found null",
		`"a"`:                   "json: expected an object, found a string",
		`[{"sid":"a"}]`:         "json: expected an object, found an array",
	} {
		for _, key := range []string{"x", "", "y"} {
			page, err := decodePage([]byte(`{"x":[{"sid":"a"},`+record+`],"meta":{"key":"x"}}`), key, newSession)
			if want == "" && (err != nil || len(page.Items) != 2) || want != "" && (err == nil || err.Error() != want || page.Items != nil) {
				t.Errorf("%s under %q: %+v, %v", record, key, page, err)
			}
		}
	}
	// Records of other kinds have nothing that could be missing.
	page, err := decodePage([]byte(`{"x":[{},{"a":"b"}]}`), "x", func(d *Decoder) map[string]string { return Map(d, (*Decoder).String) })
	if err != nil || len(page.Items) != 2 {
		t.Errorf("%+v, %v", page, err)
	}
}

// A program that keeps one record of each page must not keep the pages.
func TestRecordKeepsOnlyItself(t *testing.T) {
	const records, kept = 100, 500
	body := sessionPage(records)
	keep := make([]string, 0, kept)
	before := heap()
	for range kept {
		page, err := decodePage(body, "sessions", newSession)
		if err != nil {
			t.Fatal(err)
		}
		keep = append(keep, page.Items[records/2].SID)
	}
	perRecord := (int64(heap()) - int64(before)) / kept
	// The strings of a session are some 600 bytes, and share one allocation.
	if perRecord > 1500 {
		t.Errorf("a string of a record keeps %d bytes alive", perRecord)
	}
	runtime.KeepAlive(keep)
	runtime.KeepAlive(body)
}

// messageJSON is a message of 1,600 characters, with all else that one may have.
var messageJSON = `{"body":"` + strings.Repeat("x", 1600) + `","num_segments":"11","direction":"outbound-api","from":"+14155552345",
	"date_updated":"Thu, 24 Aug 2023 05:01:45 +0000","price":"-0.00750","error_message":null,"num_media":"0","to":"+14155552345",
	"uri":"/2010-04-01/Accounts/ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/Messages/SMaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.json",
	"account_sid":"ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","status":"delivered","sid":"SMaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	"messaging_service_sid":"MGaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","price_unit":"USD","api_version":"2010-04-01","subresource_uris":{
	"media":"/2010-04-01/Accounts/ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/Messages/SMaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/Media.json",
	"feedback":"/2010-04-01/Accounts/ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/Messages/SMaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/Feedback.json"}}`

// message is a record with a place for every text of messageJSON.
type message struct {
	SID   string
	Texts [15]string
	URIs  map[string]string
}

func newMessage(d *Decoder) *message {
	v, n := new(message), 0
	for ok := d.Object(); ok && d.Next(); {
		switch string(d.Key()) {
		case "sid":
			v.SID = d.String()
		case "subresource_uris":
			v.URIs = Map(d, (*Decoder).String)
		case "date_updated":
			d.Time()
		default:
			v.Texts[n] = d.String()
			n++
		}
	}
	return v
}

// A program that keeps the SIDs of 20,000 messages keeps at most 10 MiB, and a message still takes
// few allocations.
func TestSIDDoesNotKeepItsMessage(t *testing.T) {
	const records, pages, most = 50, 40, 10 << 20 / 20_000
	body := []byte(`{"messages":[` + strings.Repeat(messageJSON+",", records-1) + messageJSON + `]}`)
	keep := make([]string, 0, records*pages)
	decode := func() page[*message] {
		page, err := decodePage(body, "messages", newMessage)
		if err != nil {
			t.Fatal(err)
		}
		return page
	}
	if message := decode().Items[0]; len(message.Texts[0]) != 1600 || len(message.URIs) != 2 {
		t.Fatalf("%+v", message)
	}
	before := heap()
	for range pages {
		for _, message := range decode().Items {
			keep = append(keep, message.SID)
		}
	}
	if perRecord := (int64(heap()) - int64(before)) / (records * pages); perRecord > most {
		t.Errorf("a SID keeps %d bytes, more than %d", perRecord, most)
	}
	runtime.KeepAlive(keep)
	if allocs := testing.AllocsPerRun(10, func() { decode() }) / records; allocs > 5.5 {
		t.Errorf("%.2f allocations a message", allocs)
	}
	runtime.KeepAlive(body)
}

// A short document cannot fill the memory, wherever its many values stand.
func TestMemoryIsBoundedByTheDocument(t *testing.T) {
	const size = 1 << 20
	type holder struct{ Sessions []session }
	newHolder := func(d *Decoder) *holder {
		v := new(holder)
		for ok := d.Object(); ok && d.Next(); {
			v.Sessions = Structs(d, newSession)
		}
		return v
	}
	many := func(value string) string { return strings.Repeat(value+",", size/(len(value)+1)) + value }
	for name, decode := range map[string]func() error{
		"records": func() error {
			_, err := decodePage([]byte(`{"x":[`+many(`{}`)+`]}`), "x", newSession)
			return err
		},
		"records with a member": func() error {
			_, err := decodePage([]byte(`{"x":[`+many(`{"sid":""}`)+`]}`), "x", newSession)
			return err
		},
		"structs in a record": func() error {
			_, err := decodePage([]byte(`{"x":[{"s":[`+many(`{}`)+`]}]}`), "x", newHolder)
			return err
		},
		"an array": func() error {
			_, err := Answer([]byte(`[`+many(`{}`)+`]`), func(d *Decoder) *[]session { v := Structs(d, newSession); return &v })
			return err
		},
		"optional values": func() error {
			_, err := Answer([]byte(`[`+many(`{}`)+`]`), func(d *Decoder) *[]*session {
				v := List(d, func(d *Decoder) *session { return Optional(d, newSession) })
				return &v
			})
			return err
		},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		err := decode()
		runtime.ReadMemStats(&after)
		if taken := (after.TotalAlloc - before.TotalAlloc) >> 20; err == nil || taken > 128 { // nearly all of it garbage
			t.Errorf("%s: %d MiB in all, error %v", name, taken, err)
		}
	}
}

func heap() uint64 {
	var stats runtime.MemStats
	runtime.GC()
	runtime.GC() // also what the first one only took out of pools
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}

func TestOptional(t *testing.T) {
	for doc, want := range map[string]string{`null`: "nil", `{"sid":"a"}`: "a", `{}`: "", `"x"`: ""} {
		got := "nil"
		if v := Optional(NewDecoder([]byte(doc)), newSession); v != nil {
			got = v.SID
		}
		if got != want {
			t.Errorf("%s: %s, want %s", doc, got, want)
		}
	}
}

func TestDocumentOfAnotherKind(t *testing.T) {
	list := func(d *Decoder) []string { return List(d, (*Decoder).String) }
	if got, err := Decode([]byte(`["a"]`), list); err != nil || len(got) != 1 {
		t.Errorf("%v, %v", got, err)
	}
	if got, err := Decode([]byte(`{"a":[]}`), list); err == nil || err.Error() != "json: expected an array, found an object" {
		t.Errorf("%v, %v", got, err)
	}
}
