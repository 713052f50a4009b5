package decoders

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// writer writes documents at random that have to do with a type, and are wrong in places.
type writer struct {
	*rand.Rand
	seldom int // one in so many things of a document is wrong
	depth  int // how many objects the writer is in
}

func newWriter(seed, index uint64) *writer {
	return &writer{Rand: rand.New(rand.NewPCG(seed, index))}
}

// wrong reports whether the next thing is to be wrong.
func (w *writer) wrong() bool { return w.IntN(w.seldom) == 0 }

// document returns a document for a type that has some of the members of another document.
func (w *writer) document(typ reflect.Type, from []byte) []byte {
	w.seldom = pick(w, 2, 10, 1000)
	text := []byte(w.space() + w.object(typ, from) + w.space())
	if w.IntN(10) > 0 {
		return text
	}
	const signs = "{}[]\",:\\0\x00\v\x1f\xff"
	at := w.IntN(len(text))
	switch w.IntN(3) {
	case 0:
		return text[:at]
	case 1:
		return slices.Insert(text, at, signs[w.IntN(len(signs))])
	default:
		return slices.Delete(text, at, at+1)
	}
}

// object returns an object for a type. Each member may come from the text of another object, be new, wrong, missing or
// there several times; and there may be others.
func (w *writer) object(typ reflect.Type, from []byte) string {
	w.depth++
	defer func() { w.depth-- }()
	var members []string
	add := func(name, value string) {
		members = append(members, w.space()+name+w.space()+":"+w.space()+value+w.space())
	}
	old := objectOf(from)
	for _, field := range fieldsOf(typ) {
		before := old[field.name]
		delete(old, field.name)
		if w.wrong() {
			switch w.IntN(3) {
			case 0:
				continue
			case 1:
				add(w.name(strings.ToUpper(field.name)), w.any(1))
			case 2:
				add(w.name(field.name), w.any(3))
			}
		}
		if w.IntN(4) > 0 {
			add(w.name(field.name), w.value(typ.Field(field.index).Type, before))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(old)) {
		quoted, _ := json.Marshal(name) // a string always can be
		add(string(quoted), string(old[name]))
	}
	for w.IntN(3) == 0 {
		add(pick(w, `""`, `"new"`, `"Sid"`, `"sid2"`, `"é"`, "\"\xff\"", `"code"`, `"message"`), w.any(3))
	}
	if w.IntN(2) == 0 {
		w.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
	}
	return "{" + strings.Join(members, ",") + "}"
}

// value returns a value for a type: null, the one before, or mostly a new one.
func (w *writer) value(typ reflect.Type, before []byte) string {
	switch n := w.IntN(8); {
	case n == 0:
		return "null"
	case n < 4 && before != nil:
		return string(before)
	case typ == reflect.TypeFor[time.Time]() && !w.wrong():
		return pick(w, `"2015-07-30T20:00:00Z"`, `"2024-02-29T23:59:59.123456789+05:30"`, `"0001-01-01T00:00:00Z"`)
	case isDate(typ) && !w.wrong():
		return pick(w, `"2024-02-29"`, `"0001-01-01"`, `"9999-12-31"`)
	case typ == reflect.TypeFor[time.Time]() || isDate(typ):
		return w.time()
	case typ == reflect.TypeFor[json.RawMessage]():
		return w.any(4)
	}
	switch typ.Kind() {
	case reflect.Struct:
		if w.depth == deepest {
			return "{}"
		}
		return w.object(typ, before)
	case reflect.Slice:
		return w.list(typ.Elem(), arrayOf(before))
	case reflect.Map:
		return w.dictionary(typ.Elem())
	case reflect.Pointer:
		return w.value(typ.Elem(), before)
	case reflect.String:
		return w.text()
	case reflect.Bool:
		if !w.wrong() {
			return pick(w, "true", "false")
		}
		return pick(w, `"true"`, `"false"`, `"tru\u0065"`, `"True"`, "1", `"1"`)
	default:
		if !w.wrong() {
			return pick(w, "0", "-0", "7", "-1", "3000", "9007199254740993", "9223372036854775807", "-9223372036854775808")
		}
		return w.number()
	}
}

func (w *writer) list(typ reflect.Type, before []json.RawMessage) string {
	size := w.IntN(4)
	if w.depth == 1 && w.IntN(50) == 0 {
		size = 300
	}
	elements := make([]string, size)
	for i := range elements {
		var text []byte
		if i < len(before) {
			text = before[i]
		}
		elements[i] = w.space() + w.value(typ, text) + w.space()
		if w.wrong() {
			elements[i] = w.any(2)
		}
	}
	return "[" + strings.Join(elements, ",") + "]"
}

func (w *writer) dictionary(typ reflect.Type) string {
	entries := make([]string, w.IntN(4))
	for i := range entries {
		entries[i] = w.text() + ":" + w.value(typ, nil)
	}
	return "{" + strings.Join(entries, ",") + "}"
}

// any returns a value of any kind, with values in it down to a depth.
func (w *writer) any(depth int) string {
	switch n := w.IntN(10); {
	case n < 2 && depth > 0:
		members := make([]string, w.IntN(4))
		for i := range members {
			members[i] = w.text() + ":" + w.any(depth-1)
		}
		return "{" + strings.Join(members, ","+w.space()) + "}"
	case n < 4 && depth > 0:
		elements := make([]string, w.IntN(4))
		for i := range elements {
			elements[i] = w.any(depth - 1)
		}
		return "[" + w.space() + strings.Join(elements, w.space()+",") + "]"
	case n == 4 && w.IntN(50) == 0:
		deep := pick(w, 100, 100, 100, 9_990, 10_000)
		return strings.Repeat("[", deep) + strings.Repeat("]", deep)
	case n < 6:
		return w.number()
	case n == 6:
		return w.time()
	case n == 7:
		return pick(w, "null", "true", "false")
	default:
		return w.text()
	}
}

func (w *writer) number() string {
	n := pick(w, "0", "-0", "7", "-1", "3000", "1.5", "3.0", "3e3", "3E+3", "1500e-2", "-0.0075", "1e19", "1e308", "1e400", "-1e400", "1e-400", "0e99999999999",
		"1e99999999999", "9223372036854775807", "-9223372036854775808", "9223372036854775808", "9007199254740993.0", "0.1e1", "100000000000000000000e-2",
		strconv.FormatInt(int64(w.Uint64()), 10), strconv.FormatFloat(w.NormFloat64(), 'g', -1, 64), strings.Repeat("9", pick(w, 18, 19, 20, 309, 400)))
	switch w.IntN(6) {
	case 0:
		return strconv.Quote(n)
	case 1:
		return strconv.Quote(pick(w, n+" ", " "+n, "+"+n, n+".", "0"+n, "0x1", "0x1p4", "1_000", "NaN", "Infinity", ".5"))
	}
	return n
}

func (w *writer) text() string {
	switch w.IntN(16) {
	case 0, 1, 2, 3:
		return strconv.Quote(pick(w, "SM", "CA", "PN") + strings.Repeat(pick(w, "0", "a", "f"), 32))
	case 4, 5, 6, 7, 8:
		// The decoder looks at eight bytes at a time, and keeps long texts apart from others.
		return `"` + strings.Repeat("x", w.IntN(20)) + pick(w, `\"`, `\\`, `\n`, "é", "\x7f", "\xff", "\xed\xa0\x80", "😀", `\u00e9`, `\ud83d\ude00`) + strings.Repeat("y", w.IntN(20)) + `"`
	case 9:
		return `"` + strings.Repeat(pick(w, "long ", `\u0041`, "é"), w.IntN(300)) + `"`
	}
	return pick(w, `""`, `"a"`, `"b"`, `"text"`, `"\ud800"`, `"\udc00\ud800"`, `"\ud800\ud83d\ude00"`, `"\ud83dx"`, `"\u0000"`, `"\/\b\f\n\r\t"`, `"<&>\u2028"`,
		"\"\u2028\ufffd\"", `"\u00E9"`, "\"\xc3\"", "\"\xf4\x90\x80\x80\"", `"null"`, `"true"`, `"{}"`, `"`+"\ufeff"+`"`)
}

// time returns a text that is a time, or nearly.
func (w *writer) time() string {
	clock := fmt.Sprintf("%02d:%02d:%02d", w.IntN(26), w.IntN(62), w.IntN(62))
	day := fmt.Sprintf("%04d-%02d-%02d", pick(w, 0, 1, 1969, 2000, 2023, 2024, 9999), w.IntN(14), w.IntN(33))
	offset := fmt.Sprintf("%02d%s%02d", pick(w, 0, 5, 12, 23, 24, 25), pick(w, "", ":"), pick(w, 0, 0, 30, 59, 60, 61))
	zone := pick(w, "Z", "Z", "", "z", " ", "+", "-")
	if zone == "+" || zone == "-" {
		zone += offset
	}
	fraction := pick(w, "", "", ".5", ".123456789", ".1234567891", ",5", ".")
	mail := fmt.Sprintf("%d %s %d %s %s", w.IntN(33), time.Month(1 + w.IntN(12)).String()[:3], w.IntN(3000), clock, pick(w, "+0000", "GMT", "EST", "-"+offset, "+"+offset))
	return `"` + pick(w, day+"T"+clock+fraction+zone, day+"T"+clock+fraction+zone, day+" "+clock, day, mail, "Thu, "+mail, "0001-01-01T00:00:00Z", "0001-01-01", "never", "1692853305") + `"`
}

// name returns the name of a field in quotes, at times with an escape.
func (w *writer) name(name string) string {
	if w.IntN(8) == 0 {
		return fmt.Sprintf(`"\u%04x%s"`, name[0], name[1:])
	}
	return `"` + name + `"`
}

func (w *writer) space() string { return pick(w, "", "", "", "", "", "", " ", "\n\t\r ") }

// pick returns one of several things.
func pick[T any](w *writer, of ...T) T { return of[w.IntN(len(of))] }
