package wire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

// syntax has documents around every rule of the grammar, good and bad.
var syntax = []string{
	``, ` `, `null`, ` null `, `nul`, `nullx`, `nULL`, `true`, `false`, `tru`, `truefalse`, `tr ue`, "\ufeff{}", "\x00", "{}\x00",
	`{}`, `[]`, ` { } `, ` [ ] `, `{`, `[`, `}`, `]`, `{]`, `[}`, `{}}`, `[]]`, `{}{}`, `{} []`,
	`{"a":1}`, `{"a":1,"b":[],"c":{}}`, `{"a":{"b":{}}}`, `{"a":{},"b":[[],[{}]],"c":[{},{}]}`, `{"a":1,"a":2}`, `{"":0}`,
	`{,"a":1}`, `{"a":1,}`, `{"a" 1}`, `{"a":1 "b":2}`, `{"a":}`, `{"a"}`, `{"a",}`, `{a:1}`, `{1:1}`, `{"a"::1}`, `{"a":1,,"b":2}`, `{null:1}`,
	`{"a":{},}`, `{"a":[],}`, `{,}`, `{:1}`, `{"a":1]`, `{"a":[1}`,
	`[1]`, `[1,2]`, `[1,]`, `[,1]`, `[,]`, `[1 2]`, `[1,,2]`, `[[],]`, `[{},]`, `[1:2]`, `[[[]]]`, `[{"a":[{}]}]`,
	`0`, `-0`, `-`, `+1`, `01`, `-01`, `00`, `1.`, `1.5`, `.5`, `-.5`, `1e`, `1e5`, `1E+5`, `1e-5`, `1e+`, `1.e1`, `0e0`, `0.0e-0`, `1e5.5`, `0x10`, `1_000`,
	`Infinity`, `NaN`, `-Infinity`, `1e999`, `123456789012345678901234567890`, `1a`, `[1a]`, `--1`, `1-1`,
	`"a"`, `"`, `"a`, `"\"`, `""`, `"\"\\\/\b\f\n\r\t"`, `"\a"`, `"\'"`, `"\u0041"`, `"\u00e9\u4e16"`, `"\u12"`, `"\u12G4"`, `"\U0041"`, `"\u"`, `'a'`,
	`"\ud83d\ude00"`, `"\ud83d"`, `"\ud83dx"`, `"\ud83d\n"`, `"\ud83d\u0041"`, `"\ude00\ud83d"`, `"\ud83d\ud83d\ude00"`, `"\ud83d\u"`, `"\ud83d\u00"`, `"\uFFFD"`,
	"\"a\nb\"", "\"a\tb\"", "\"\x1f\"", "\"\x7f\"", "\"\x00\"", "\"12345678\x0112345678\"", `{"a\nb":1}`, "{\"a\nb\":1}", `{"\u0061":1}`, "{\"\xff\":1}",
	"\"\xff\"", "\"a\xc3\"", "\"\xed\xa0\x80\"", "\"é世😀\"", "\"\xf0\x9f\x98\"", "\"\xc0\xaf\"", "\"12345678é12345678\xff12345678\\n12345678\"",
	"\"\u2028\"", "[\v1]", "[\f1]", "\u00a0[]", "[1]\u00a0", "\t\r\n [\t\r\n 1\t\r\n ,\t\r\n 2 ]\t\r\n ", `{ "a" : 1 , "b" : 2 }`, "// c\n1", "/**/1", `[1]//`,
	`"abcdefgh"`, `"abcdefg"`, `"abcdefg\"h"`, `"abcdefghi\\"`, `"01234567890123456789012345678901234567890"`,
}

// readers are all the ways to read one value.
var readers = map[string]func(*Decoder){
	"Skip":   (*Decoder).Skip,
	"String": func(d *Decoder) { _ = d.String() },
	"Int":    func(d *Decoder) { d.Int() },
	"Int64":  func(d *Decoder) { d.Int64Ptr() },
	"Float":  func(d *Decoder) { d.Float() },
	"Bool":   func(d *Decoder) { d.Bool() },
	"Time":   func(d *Decoder) { d.Time() },
	"Raw":    func(d *Decoder) { d.Raw() },
	"List":   func(d *Decoder) { List(d, (*Decoder).String) },
	"Map":    func(d *Decoder) { Map(d, (*Decoder).IntPtr) },
	"any":    func(d *Decoder) { readAny(d) },
}

// readAny reads a value into what encoding/json makes of it with UseNumber.
func readAny(d *Decoder) any {
	switch d.peek() {
	case '{':
		return Map(d, readAny)
	case '[':
		return List(d, readAny)
	case '"':
		return d.String()
	case 't', 'f':
		return d.Bool()
	case 'n':
		d.Skip()
		return nil
	}
	return json.Number(d.String())
}

// checkAgainstStdlib compares what a Decoder makes of a document with what encoding/json makes of
// it.
func checkAgainstStdlib(t *testing.T, data []byte) {
	t.Helper()
	valid := json.Valid(data)
	for name, read := range readers {
		d := NewDecoder(data)
		read(d)
		d.misfit = nil
		if err := d.finish(); (err == nil) != valid {
			t.Errorf("%s of %q: error %v, but valid is %t", name, data, err, valid)
		}
	}
	if !valid {
		return
	}
	var want any
	std := json.NewDecoder(bytes.NewReader(data))
	std.UseNumber()
	if err := std.Decode(&want); err != nil {
		t.Fatalf("encoding/json: %v", err)
	}
	if got := readAny(NewDecoder(data)); !reflect.DeepEqual(got, want) {
		t.Errorf("value of %q: %#v, but encoding/json has %#v", data, got, want)
	}
	if raw := NewDecoder(data).Raw(); raw != nil && !bytes.Equal(raw, bytes.TrimSpace(data)) {
		t.Errorf("Raw of %q: %q", data, raw)
	}
}

func TestSyntaxIsThatOfEncodingJSON(t *testing.T) {
	for _, doc := range syntax {
		checkAgainstStdlib(t, []byte(doc))
	}
}

func TestEveryTruncationFails(t *testing.T) {
	for n := range len(sessionJSON) - 1 {
		if _, err := Decode([]byte(sessionJSON[:n]), newSession); err == nil {
			t.Fatalf("no error for the first %d bytes", n)
		}
	}
}

func FuzzDecoder(f *testing.F) {
	for _, doc := range syntax {
		f.Add([]byte(doc))
	}
	f.Add([]byte(sessionJSON))
	f.Fuzz(checkAgainstStdlib)
}

func TestDepth(t *testing.T) {
	for _, depth := range []int{maxDepth, maxDepth + 1, 1_000_000} {
		for _, doc := range []string{
			strings.Repeat("[", depth) + strings.Repeat("]", depth),
			strings.Repeat(`{"a":`, depth) + "0" + strings.Repeat("}", depth),
			strings.Repeat("[", depth),
		} {
			want := json.Valid([]byte(doc))
			d := NewDecoder([]byte(doc))
			d.Skip()
			if err := d.finish(); (err == nil) != want {
				t.Errorf("depth %d, %.10s: error %v, but valid is %t", depth, doc, err, want)
			}
		}
	}
}

func TestScalars(t *testing.T) {
	type result struct {
		String string
		Int    int64
		Float  float64
		Bool   bool
	}
	tests := map[string]result{
		`null`:                     {},
		`{"a":[1,"x"]}`:            {},
		`[[]]`:                     {},
		`"text"`:                   {String: "text"},
		`""`:                       {},
		`"12"`:                     {String: "12", Int: 12, Float: 12},
		`"-0.0075"`:                {String: "-0.0075", Float: -0.0075},
		`"12 "`:                    {String: "12 "},
		`"0x10"`:                   {String: "0x10"},
		`"1_0"`:                    {String: "1_0"},
		`"NaN"`:                    {String: "NaN"},
		`"Inf"`:                    {String: "Inf"},
		`"true"`:                   {String: "true", Bool: true},
		`"True"`:                   {String: "True"},
		`true`:                     {String: "true", Bool: true},
		`false`:                    {String: "false"},
		`0`:                        {String: "0"},
		`-7`:                       {String: "-7", Int: -7, Float: -7},
		`1e3`:                      {String: "1e3", Int: 1000, Float: 1000},
		`3.0`:                      {String: "3.0", Int: 3, Float: 3},
		`3.5`:                      {String: "3.5", Float: 3.5},
		`1500e-2`:                  {String: "1500e-2", Int: 15, Float: 15},
		`1501e-2`:                  {String: "1501e-2", Float: 15.01},
		`-0.0`:                     {String: "-0.0"},
		`0e999999999999`:           {String: "0e999999999999"},
		`1e999999999999`:           {String: "1e999999999999"},
		`1e-999999999999`:          {String: "1e-999999999999"},
		`9007199254740993.0`:       {String: "9007199254740993.0", Int: 9007199254740993, Float: 9007199254740992},
		`9223372036854775807`:      {String: "9223372036854775807", Int: 9223372036854775807, Float: 1 << 63},
		`-9.223372036854775808e18`: {String: "-9.223372036854775808e18", Int: -1 << 63, Float: -1 << 63},
		`9223372036854775808`:      {String: "9223372036854775808", Float: 1 << 63},
		`1e19`:                     {String: "1e19", Float: 1e19},
	}
	for doc, want := range tests {
		read := func() *Decoder { return NewDecoder([]byte(doc)) }
		got := result{read().String(), read().Int64(), read().Float(), read().Bool()}
		if got != want && !(got.Float == 0 && want.Float == 0 && got.String == want.String) {
			t.Errorf("%s: %+v, want %+v", doc, got, want)
		}
		if n := read().Int(); int64(n) != want.Int && (n != 0 || int64(int(want.Int)) == want.Int) {
			t.Errorf("%s: Int %d, want %d", doc, n, want.Int)
		}
		for name, isNil := range map[string][2]bool{
			"String": {read().StringPtr() == nil, got.String == "" && doc != `""`},
			"Bool":   {read().BoolPtr() == nil, got.String != "true" && got.String != "false"},
		} {
			if isNil[0] != isNil[1] {
				t.Errorf("%sPtr of %s is nil: %t", name, doc, isNil[0])
			}
		}
	}
}

func TestNumberPointers(t *testing.T) {
	tests := []struct {
		doc        string
		int, float bool // whether there is a value
	}{
		{`0`, true, true}, {`"0"`, true, true}, {`-0`, true, true}, {`0.0`, true, true}, {`2.5`, false, true}, {`1e400`, false, false},
		{`null`, false, false}, {`""`, false, false}, {`"x"`, false, false}, {`true`, false, false}, {`[1]`, false, false}, {`{}`, false, false},
	}
	for _, tt := range tests {
		read := func() *Decoder { return NewDecoder([]byte(tt.doc)) }
		if got := read().IntPtr() != nil; got != tt.int {
			t.Errorf("IntPtr of %s has a value: %t", tt.doc, got)
		}
		if got := read().Int64Ptr() != nil; got != tt.int {
			t.Errorf("Int64Ptr of %s has a value: %t", tt.doc, got)
		}
		if got := read().FloatPtr() != nil; got != tt.float {
			t.Errorf("FloatPtr of %s has a value: %t", tt.doc, got)
		}
	}
}

func TestTime(t *testing.T) {
	day := time.Date(2010, 8, 16, 0, 0, 0, 0, time.UTC)
	clock := day.Add(3*time.Hour + 45*time.Minute + time.Second)
	tests := map[string]time.Time{
		`"2010-08-16T03:45:01Z"`:             clock,
		`"2010-08-16T03:45:01.5Z"`:           clock.Add(time.Second / 2),
		`"2010-08-16T03:45:01.123456789Z"`:   clock.Add(123456789),
		`"2010-08-16T05:45:01+02:00"`:        clock,
		`"2010-08-16T03:45:01+00:00"`:        clock,
		`"2010-08-16T05:45:01+0200"`:         clock,
		`"2010-08-16T03:45:01"`:              clock,
		`"2010-08-16"`:                       day,
		`"Mon, 16 Aug 2010 03:45:01 +0000"`:  clock,
		`"Mon, 16 Aug 2010 05:45:01 +0200"`:  clock,
		`"16 Aug 2010 03:45:01 +0000"`:       clock,
		`"Sun, 1 Aug 2010 00:00:00 +0000"`:   day.AddDate(0, 0, -15),
		`"Mon, 16 Aug 2010 03:45:01 GMT"`:    clock,
		`"2010-02-30"`:                       {},
		`"2010-13-01T00:00:00Z"`:             {},
		`"yesterday"`:                        {},
		`""`:                                 {},
		`null`:                               {},
		`1281930301`:                         {},
		`{"a":1}`:                            {},
		`"2010-08-16T03:45:01Z and so on"`:   {},
		`"Mon, 16 Aug 2010 03:45:01 +0000 "`: {},
		`"2010-08-16T03:45:01+23:59"`:        clock.Add(time.Minute - 24*time.Hour),
		`"2010-08-16T03:45:01+24:00"`:        {},
		`"2010-08-16T03:45:01-2430"`:         {},
		`"Mon, 16 Aug 2010 03:45:01 +2400"`:  {},
	}
	for doc, want := range tests {
		got := NewDecoder([]byte(doc)).Time()
		if !got.Equal(want) {
			t.Errorf("%s: %v, want %v", doc, got, want)
		}
		if _, err := json.Marshal(got); err != nil {
			t.Errorf("%s is read and cannot be written: %v", doc, err)
		}
	}
	if got := NewDecoder([]byte(`"2010-08-16T03:45:01+00:00"`)).Time(); got != clock {
		t.Errorf("a time without an offset is in %v, want UTC", got.Location())
	}
}

func TestDate(t *testing.T) {
	day := Date{2024, time.February, 29}
	for doc, want := range map[string]Date{
		`"0001-01-01"`:                      {1, time.January, 1},
		`"0001-01-01T00:00:00Z"`:            {}, // the zero time: none
		`"0001-01-01T00:00:01Z"`:            {1, time.January, 1},
		`"2024-02-29"`:                      day,
		`"2024-02-29T23:00:00-05:00"`:       day,
		`"Mon, 16 Aug 2010 03:45:01 +0000"`: {2010, time.August, 16},
		`"2024-02-30"`:                      {},
		`""`:                                {},
		`null`:                              {},
		`20240229`:                          {},
		`["2024-02-29"]`:                    {},
	} {
		if got := NewDecoder([]byte(doc)).Date(); got != want {
			t.Errorf("%s: %v, want %v", doc, got, want)
		}
	}
}

// A value of the wrong type must cost nothing but itself.
func TestMisfitsAreSkipped(t *testing.T) {
	const doc = `{"sid":["x",{"a":1}],"ttl":{"b":[]},"date_started":17,"links":"none","unique_name":12,"extra":null,"unknown":[{"c":null}],"mode":"ok"}`
	got, err := Decode([]byte(doc), newSession)
	if err != nil {
		t.Fatal(err)
	}
	if want := (session{UniqueName: "12", Mode: "ok"}); !reflect.DeepEqual(*got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestErrorSticks(t *testing.T) {
	d := NewDecoder([]byte(`{"a":1,"b":tru,"c":3}`))
	members := 0
	for ok := d.Object(); ok && d.Next(); {
		members++
		d.Int()
	}
	first := d.Err()
	if first == nil || members != 2 {
		t.Fatalf("%d members, error %v", members, first)
	}
	if d.Object() || d.Array() || d.Next() || d.More() || d.String() != "" || d.Int() != 0 || d.Raw() != nil || !d.Time().IsZero() || d.StringPtr() != nil {
		t.Error("a read after the error gave a value")
	}
	if d.Err() != first {
		t.Errorf("the error became %v", d.Err())
	}
}

func TestErrorsSayWhere(t *testing.T) {
	tests := map[string]string{
		`{"a":1,}`: `json: expected a property name at offset 7, found '}'`,
		`{"a" 1}`:  `json: expected a colon at offset 5, found '1'`,
		`[1 2]`:    `json: expected a comma or the end of the array at offset 3, found '2'`,
		`<html>`:   `json: expected a value at offset 0, found '<'`,
		`{"a":"x`:  `json: unexpected end of the document`,
		`{} {}`:    `json: expected the end of the document at offset 3, found '{'`,
		`{"a":-x}`: `json: expected a digit at offset 6, found 'x'`,
	}
	for doc, want := range tests {
		_, err := Decode([]byte(doc), newSession)
		if err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", doc, err, want)
		}
	}
}

func TestDecodeSession(t *testing.T) {
	var want session
	if err := json.Unmarshal([]byte(sessionJSON), &want); err != nil {
		t.Fatal(err)
	}
	got, err := Decode([]byte(sessionJSON), newSession)
	if err != nil || !reflect.DeepEqual(*got, want) {
		t.Errorf("%+v, %v, want %+v", got, err, want)
	}
}

func TestDecodeAllocations(t *testing.T) {
	data := []byte(sessionJSON)
	got := testing.AllocsPerRun(100, func() {
		if _, err := Decode(data, newSession); err != nil {
			t.Error(err)
		}
	})
	// The decoder, the session, the strings, the map and its table, and one pointer.
	if got > 6 {
		t.Errorf("%v allocations for a session, want at most 6", got)
	}
}

func TestDecodeDoesNotReferToItsInput(t *testing.T) {
	data := []byte(`{"sid":"KC1","unique_name":"a\u0041","links":{"k":"v","\u006b2":"w"},"extra":{"x":1}}`)
	got, err := Decode(data, newSession)
	if err != nil {
		t.Fatal(err)
	}
	clear(data)
	want := session{SID: "KC1", UniqueName: "aA", Links: map[string]string{"k": "v", "k2": "w"}, Extra: json.RawMessage(`{"x":1}`)}
	if !reflect.DeepEqual(*got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestListAndMap(t *testing.T) {
	type result struct {
		list []string
		m    map[string]int
	}
	tests := map[string]result{
		`null`:             {},
		`"x"`:              {},
		`[]`:               {list: []string{}},
		`{}`:               {m: map[string]int{}},
		`["a",null,"b",1]`: {list: []string{"a", "", "b", "1"}},
		`{"a":1,"b":null}`: {m: map[string]int{"a": 1, "b": 0}},
	}
	for doc, want := range tests {
		got := result{List(NewDecoder([]byte(doc)), (*Decoder).String), Map(NewDecoder([]byte(doc)), (*Decoder).Int)}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %#v, want %#v", doc, got, want)
		}
	}
}

func TestStructs(t *testing.T) {
	for doc, want := range map[string][]session{
		`null`:                         nil,
		`{"sid":"a"}`:                  nil,
		`[]`:                           {},
		`[{"sid":"a"},null,{},"b",[]]`: {{SID: "a"}, {}, {}, {}, {}},
	} {
		if got := Structs(NewDecoder([]byte(doc)), newSession); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %#v, want %#v", doc, got, want)
		}
	}
}

func TestUnmarshal(t *testing.T) {
	before := session{SID: "before"}
	tests := []struct{ doc, sid, err string }{
		{`{"sid":"after"}`, "after", ""},
		{` {"sid":"after"} `, "after", ""},
		{`{}`, "", ""},
		{`null`, "before", ""},
		{`nul`, "before", "json: expected null at offset 0, found 'n'"},
		{`null 1`, "before", "json: expected the end of the document at offset 5, found '1'"},
		{`[]`, "before", "json: expected an object, found an array"},
		{`"x"`, "before", "json: expected an object, found a string"},
		{`7`, "before", "json: expected an object, found a number"},
		{`true`, "before", "json: expected an object, found a boolean"},
		{`{"sid":"after"} x`, "before", "json: expected the end of the document at offset 16, found 'x'"},
		{`{"sid":"after"`, "before", "json: unexpected end of the document"},
		{``, "before", "json: unexpected end of the document"},
	}
	for _, tt := range tests {
		v := before
		got, err := Unmarshal([]byte(tt.doc), newSession)
		if got != nil {
			v = *got
		}
		if v.SID != tt.sid || fmt.Sprint(err) != tt.err && !(err == nil && tt.err == "") {
			t.Errorf("%s: SID %q, error %v, want %q, %q", tt.doc, v.SID, err, tt.sid, tt.err)
		}
	}
}
