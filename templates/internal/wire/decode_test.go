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
	p.PageLink, err = DecodePage(body, key, func(d *Decoder) { p.Items = append(p.Items, item(d)) })
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
		{"several arrays and no key", `{"x":["1"],"y":["2"]}`, "", nil, "", ""},
		{"key of an array that is not there", `{"x":["1"],"meta":{"key":"y"}}`, "", nil, "", ""},
		{"records are null", `{"x":null,"warnings":["w"]}`, "x", nil, "", ""},
		{"records are no array", `{"x":{"a":["1"]},"warnings":["w"]}`, "x", nil, "", ""},
		{"no records", `{"x":[],"meta":{"next_page_url":""}}`, "x", nil, "", ""},
		{"key property of the page is none of meta's", `{"key":"y","x":["1"]}`, "", []string{"1"}, "", ""},
		{"token", `{"x":["1"],"meta":{"nextToken":"t.1","pageSize":5}}`, "x", []string{"1"}, "", "t.1"},
		{"token with an underscore", `{"x":["1"],"meta":{"next_token":"t"}}`, "x", []string{"1"}, "", "t"},
		{"the body is the list", `["1","2"]`, "x", []string{"1", "2"}, "", ""},
		{"odd types", `{"x":["1"],"meta":{"key":1,"next_page_url":{"a":1},"next_token":["t"]},"next_page_uri":7}`, "x", []string{"1"}, "", ""},
		{"meta is no object", `{"x":["1"],"meta":"m"}`, "x", []string{"1"}, "", ""},
		{"null", `null`, "x", nil, "", ""},
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

func TestDecodePageErrors(t *testing.T) {
	for _, body := range []string{``, `{"x":[}`, `{"x":["1"]} {}`, `["1"`, `"x"`, `7`, `{"x":["1"],"meta":{"key":}}`} {
		page, err := decodePage([]byte(body), "x", (*Decoder).String)
		if err == nil || page.Items != nil {
			t.Errorf("%s: items %v, error %v", body, page.Items, err)
		}
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

// A program that keeps the SIDs of long records keeps little more than those.
func TestSIDDoesNotKeepLongStrings(t *testing.T) {
	const records, pages = 50, 40
	long := strings.Repeat("all work and no play ", 80)
	record := strings.Replace(sessionJSON, "Order #1234", long, 1)
	body := []byte(`{"sessions":[` + strings.Repeat(record+",", records-1) + record + `]}`)
	keep := make([]string, 0, records*pages)
	before := heap()
	for range pages {
		page, err := decodePage(body, "sessions", newSession)
		if err != nil {
			t.Fatal(err)
		}
		if page.Items[0].UniqueName != long {
			t.Fatal("the long string is not there")
		}
		for _, s := range page.Items {
			keep = append(keep, s.SID)
		}
	}
	if perRecord := (int64(heap()) - int64(before)) / (records * pages); perRecord > 800 {
		t.Errorf("a SID keeps %d bytes alive", perRecord)
	}
	runtime.KeepAlive(keep)
	runtime.KeepAlive(body)
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
