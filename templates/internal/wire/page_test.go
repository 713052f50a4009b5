package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// Pages are what encoding/json makes of them: the records, and where the next page is.
func FuzzDecodePage(f *testing.F) {
	for _, doc := range append(slices.Clone(syntax), string(sessionPage(2))) {
		f.Add([]byte(doc), "sessions")
		f.Add([]byte(doc), "")
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		f.Add(randomPage(random), "x")
	}
	f.Fuzz(checkPageAgainstStdlib)
}

// Documents with values of every kind in each other, at random, are read as encoding/json reads
// them, and so are pages that come close to being right.
func FuzzRandomDocuments(f *testing.F) {
	for seed := range uint64(500) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		random := rand.New(rand.NewPCG(seed, 0))
		checkAgainstStdlib(t, randomValue(random, 6))
		page := randomPage(random)
		for _, key := range []string{"x", "y", ""} {
			checkPageAgainstStdlib(t, page, key)
		}
	})
}

// checkPageAgainstStdlib compares what DecodePage makes of a page of any records with what a few
// plain rules make of what encoding/json has read.
func checkPageAgainstStdlib(t *testing.T, data []byte, key string) {
	t.Helper()
	got, err := decodePage(data, key, readAny)
	switch {
	case err != nil && (got.Items != nil || got.PageLink != PageLink{}):
		t.Errorf("%q: an error and a page", data)
	case err == nil && !json.Valid(data):
		t.Errorf("%q: no error", data)
	}
	if !json.Valid(data) || namesAreAmbiguous(data) {
		return
	}
	want, ok := plainPage(data, key)
	switch {
	case ok != (err == nil):
		t.Errorf("%q under %q: error %v, but it is a page: %t", data, key, err, ok)
	case ok && (len(got.Items) != len(want.Items) || len(got.Items) > 0 && !reflect.DeepEqual(got.Items, want.Items) || got.PageLink != want.PageLink):
		t.Errorf("%q under %q: %+v, want %+v", data, key, got, want)
	}
}

// plainPage is a page by the rules of DecodePage, in the words of encoding/json. It is not ok if the
// document is none.
func plainPage(data []byte, key string) (p page[any], ok bool) {
	var list []any
	if parse(data, &list) && list != nil {
		p.Items, p.Records = list, len(list)
		return p, key == ""
	}
	var members, meta map[string]json.RawMessage
	if !parse(data, &members) || members == nil {
		return p, false
	}
	isMeta := key != "meta"
	if isMeta {
		parse(members["meta"], &meta)
	}
	places := func(name string) []json.RawMessage {
		var values []json.RawMessage
		if v, ok := members[name]; ok && name != key {
			values = append(values, v)
		}
		if v, ok := meta[name]; ok {
			values = append(values, v)
		}
		return values
	}
	known := len(members[key]) > 0 && key != "" || isMeta && members["meta"] != nil
	placed, counted := p.readPlaces(places)
	var metaKey string
	parse(meta["key"], &metaKey)

	// The records are under the key, or where meta says, or the only array.
	var records json.RawMessage
	null := false
	var arrays []string
	for name, value := range members {
		switch {
		case name == key && key != "":
			records, null = value, string(value) == "null"
			if value[0] != '[' && !null {
				return p, false
			}
		case slices.Contains(placeNames, name):
			known = true
		case value[0] == '[' && name != "meta":
			arrays, known = append(arrays, name), true
		}
	}
	if null {
		records = nil
	}
	if records == nil {
		for _, name := range arrays {
			if name == metaKey || key == "" && metaKey == "" && len(arrays) == 1 {
				records = members[name]
			}
		}
	}
	code, message := members["code"], ""
	parse(members["message"], &message)
	if key != "code" && key != "message" && NewDecoder(code).Int() != 0 && message != "" {
		return p, false
	}
	if records == nil {
		return page[any]{PageLink: p.PageLink}, known && (null && placed || counted && p.Total == 0)
	}
	ok = parse(records, &p.Items)
	p.Records = len(p.Items)
	return p, ok && known
}

var placeNames = []string{"next_page_url", "next_page_uri", "nextToken", "next_token", "has_next", "current_page", "startIndex", "totalResults"}

// readPlaces reads what says where the next page is. Of names that mean the same, only one may be
// there; see namesAreAmbiguous.
func (p *page[T]) readPlaces(of func(name string) []json.RawMessage) (placed, counted bool) {
	for i, name := range placeNames {
		for _, value := range of(name) {
			switch d := NewDecoder(value); i {
			case 0, 1, 2, 3:
				placed = true
				target := &p.Next
				if i >= 2 {
					target = &p.Token
				}
				var text string
				switch {
				case value[0] == '"':
					parse(value, &text)
				case value[0] == '-' || isDigit(value[0]):
					text = string(value)
				case string(value) != "null":
					p.Bad = true
				}
				if text != "" {
					*target = text
				}
			case 4:
				if more := d.BoolPtr(); more != nil {
					p.HasNext, placed = *more, true
				}
			case 5:
				p.Page = d.Int()
			case 6:
				p.Start = d.Int()
			case 7:
				if total := d.IntPtr(); total != nil {
					p.Total, placed, counted = *total, true, true
				}
			}
		}
	}
	return placed, counted
}

func parse(data []byte, v any) bool {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	return len(data) > 0 && d.Decode(v) == nil
}

// namesAreAmbiguous reports whether an object has a name twice, which encoding/json forgets, or the
// document two names that mean the same, whose order then counts.
func namesAreAmbiguous(data []byte) bool {
	d := json.NewDecoder(bytes.NewReader(data))
	var open []map[string]bool // the names of each object around; nil for an array
	means := map[string]string{"next_page_uri": "next_page_url", "next_token": "nextToken"}
	all := map[string]bool{}
	isName := false
	for {
		token, err := d.Token()
		if err != nil {
			return !errors.Is(err, io.EOF)
		}
		switch text, isText := token.(string); {
		case isText && isName:
			meaning := text
			if m := means[text]; m != "" {
				meaning = m
			}
			names := open[len(open)-1]
			if names[text] || all[meaning] && slices.Contains(placeNames, text) {
				return true
			}
			names[text], all[meaning], isName = true, true, false
			continue
		case token == json.Delim('{'):
			open = append(open, map[string]bool{})
		case token == json.Delim('['):
			open = append(open, nil)
		case token == json.Delim('}') || token == json.Delim(']'):
			open = open[:len(open)-1]
		}
		isName = len(open) > 0 && open[len(open)-1] != nil
	}
}

// pick returns one of several things.
func pick[T any](random *rand.Rand, of ...T) T { return of[random.IntN(len(of))] }

// randomValue returns a value of any kind, with values in it down to a depth.
func randomValue(random *rand.Rand, depth int) []byte {
	space := func() string { return pick(random, "", "", "", " ", "\n\t") }
	var parts []string
	switch kind := random.IntN(8); {
	case kind < 3 && depth > 0:
		for range random.IntN(4) {
			name := pick(random, `"a"`, `"b"`, `"x"`, `"sid"`, `"\u0061b"`, `""`, `"é"`)
			parts = append(parts, space()+name+space()+":"+space()+string(randomValue(random, depth-1)))
		}
		return []byte("{" + strings.Join(parts, space()+",") + space() + "}")
	case kind < 5 && depth > 0:
		for range random.IntN(4) {
			parts = append(parts, space()+string(randomValue(random, depth-1)))
		}
		return []byte("[" + strings.Join(parts, space()+",") + space() + "]")
	}
	return []byte(pick(random, `null`, `true`, `false`, `0`, `-1`, `1.5e3`, `12345678901234567890`, `""`, `"text"`, `"7"`, `"a\"b\\\/\n\u00e9\ud83d\ude00\ud800"`,
		`"`+strings.Repeat("long ", random.IntN(100))+`"`))
}

// randomPage returns a document that is a page, or nearly.
func randomPage(random *rand.Rand) []byte {
	records := func() string {
		return pick(random, `[]`, `null`, `{}`, `"x"`, `[{"sid":"a"},{"sid":"b"}]`, string(randomValue(random, 3)), `[`+string(randomValue(random, 3))+`]`)
	}
	target := func() string { return pick(random, `null`, `""`, `"/a?b"`, `"t"`, `7`, `true`, `{}`, `["/a"]`) }
	number := func() string { return pick(random, `0`, `1`, `"2"`, `null`, `"x"`, `[1]`) }
	members := func(names ...string) string {
		var parts []string
		for _, name := range names {
			if random.IntN(3) > 0 {
				continue
			}
			value := target()
			switch name {
			case "key":
				value = pick(random, `"x"`, `"y"`, `null`, `1`)
			case "x", "y":
				value = records()
			case "has_next":
				value = pick(random, `true`, `false`, `"true"`, `null`, `1`)
			case "current_page", "startIndex", "totalResults", "code":
				value = number()
			}
			parts = append(parts, fmt.Sprintf("%q:%s", name, value))
		}
		random.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
		return strings.Join(parts, ",")
	}
	meta := "{" + members("key", "next_page_url", "nextToken", "page", "code", "totalResults") + "}"
	own := members("x", "x", "y", "next_page_uri", "next_token", "has_next", "current_page", "startIndex", "totalResults", "code", "message", "other")
	switch random.IntN(4) {
	case 0:
		return []byte("{" + own + "}")
	case 1:
		return []byte(strings.TrimSuffix(`{"meta":`+meta+`,`+own, ",") + "}")
	case 2:
		return []byte("{" + strings.TrimPrefix(own+`,"meta":`+meta, ",") + "}")
	}
	return []byte(pick(random, string(randomValue(random, 3)), records()))
}
