package decoders

import (
	"bytes"
	"encoding"
	"encoding/json"
	"fmt"
	"math/big"
	"net/mail"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// comparison finds where a value differs from what encoding/json makes of the document that it was read from.
//
// Generated types have a decoder of their own at every depth, and encoding/json would call it; so it is asked member by
// member, down to values that are no objects, arrays or maps. That also gives every member its own verdict where
// encoding/json gives up on the whole document, the last one of a name that occurs twice, and names in their own case only.
type comparison struct{ differences []string }

func (c *comparison) differ(path, format string, args ...any) {
	c.differences = append(c.differences, strings.TrimPrefix(path, ".")+": "+fmt.Sprintf(format, args...))
}

// value compares a value with its text, which is nil if there is none. What the type has no place for, null as well as
// something of another kind, gives the zero value.
func (c *comparison) value(path string, got reflect.Value, text []byte) {
	typ := got.Type()
	switch {
	case text == nil || isNull(text):
		c.zero(path, got, text)
	case typ == reflect.TypeFor[json.RawMessage]():
		if !bytes.Equal(got.Bytes(), text) {
			c.differ(path, "%q, but it is %q", got.Bytes(), text)
		}
	case typ == reflect.TypeFor[time.Time]():
		c.time(path, got.Interface().(time.Time), text)
	case isDate(typ):
		c.date(path, got, text)
	default:
		c.kind(path, got, text)
	}
}

func (c *comparison) kind(path string, got reflect.Value, text []byte) {
	switch typ := got.Type(); typ.Kind() {
	case reflect.Struct:
		c.object(path, got, text)
	case reflect.Slice:
		c.list(path, got, text)
	case reflect.Map:
		c.dictionary(path, got, text)
	case reflect.Pointer:
		switch {
		case typ.Elem().Kind() != reflect.Struct && !fits(typ.Elem(), text):
			c.zero(path, got, text)
		case got.IsNil():
			c.differ(path, "nil of %q", text)
		default:
			c.kind(path, got.Elem(), text)
		}
	default:
		want, _ := scalar(typ, text)
		c.equal(path, got, want, text)
	}
}

func (c *comparison) zero(path string, got reflect.Value, text []byte) {
	if !got.IsZero() {
		c.differ(path, "%#v of %q, which should give the zero value", got, text)
	}
}

func (c *comparison) equal(path string, got, want reflect.Value, text []byte) {
	if !got.Equal(want) {
		c.differ(path, "%#v of %q, but encoding/json has %#v", got, text, want)
	}
}

func (c *comparison) object(path string, got reflect.Value, text []byte) {
	members := objectOf(text)
	for _, field := range fieldsOf(got.Type()) {
		c.value(path+"."+field.name, got.Field(field.index), members[field.name])
	}
}

func (c *comparison) list(path string, got reflect.Value, text []byte) {
	elements := arrayOf(text)
	switch {
	case elements == nil:
		c.zero(path, got, text)
	case got.IsNil() || got.Len() != len(elements):
		c.differ(path, "%d elements of %q (nil: %t)", got.Len(), text, got.IsNil())
	default:
		for i, element := range elements {
			c.value(fmt.Sprintf("%s[%d]", path, i), got.Index(i), element)
		}
	}
}

func (c *comparison) dictionary(path string, got reflect.Value, text []byte) {
	members := objectOf(text)
	switch {
	case members == nil:
		c.zero(path, got, text)
	case got.IsNil() || got.Len() != len(members):
		c.differ(path, "%d entries of %q (nil: %t)", got.Len(), text, got.IsNil())
	default:
		for name, member := range members {
			entry := got.MapIndex(reflect.ValueOf(name))
			if !entry.IsValid() {
				c.differ(path, "no entry %q of %q", name, text)
				continue
			}
			c.value(fmt.Sprintf("%s[%q]", path, name), entry, member)
		}
	}
}

// time compares a time. What encoding/json takes for none may be one to the decoder, which then must not have made it up.
// What encoding/json reads and could not write, with an offset of 24 hours, is none to the decoder.
func (c *comparison) time(path string, got time.Time, text []byte) {
	var want time.Time
	if json.Unmarshal(text, &want) == nil {
		if _, err := json.Marshal(want); err != nil {
			want = time.Time{}
		}
		if !sameTime(got, want) {
			c.differ(path, "%v of %q, but encoding/json has %v", got, text, want)
		}
		return
	}
	if got.IsZero() {
		return
	}
	for _, want := range times(text) {
		if sameTime(got, want) {
			return
		}
	}
	c.differ(path, "%v of %q", got, text)
}

func (c *comparison) date(path string, got reflect.Value, text []byte) {
	want := reflect.New(got.Type())
	if string(text) != `""` && json.Unmarshal(text, want.Interface()) == nil {
		c.equal(path, got, want.Elem(), text)
		return
	}
	if got.IsZero() {
		return
	}
	for _, t := range times(text) {
		day, err := json.Marshal(t.Format(time.DateOnly))
		if err == nil && json.Unmarshal(day, want.Interface()) == nil && got.Equal(want.Elem()) {
			return
		}
	}
	c.differ(path, "%#v of %q", got, text)
}

// isDate reports whether a type is a struct that has a text of its own.
func isDate(typ reflect.Type) bool {
	return typ.Kind() == reflect.Struct && reflect.PointerTo(typ).Implements(reflect.TypeFor[encoding.TextUnmarshaler]())
}

func sameTime(a, b time.Time) bool {
	_, ours := a.Zone()
	_, theirs := b.Zone()
	return a.Equal(b) && ours == theirs
}

// times returns what a JSON string can mean as a time to package time and to package mail.
func times(text []byte) []time.Time {
	var s string
	if json.Unmarshal(text, &s) != nil {
		return nil
	}
	var found []time.Time
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04:05Z0700", time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			found = append(found, t)
		}
	}
	if t, err := mail.ParseDate(s); err == nil {
		found = append(found, t)
	}
	return found
}

// scalar returns what encoding/json makes of a value. Where that refuses it, the value may be a number or a boolean in a
// string, or the other way round, or a whole number in another notation. It is not ok, and zero, if it is none of these.
func scalar(typ reflect.Type, text []byte) (value reflect.Value, ok bool) {
	v := reflect.New(typ)
	if json.Unmarshal(text, v.Interface()) == nil {
		return v.Elem(), true
	}
	v.Elem().SetZero()
	switch c := text[0]; typ.Kind() {
	case reflect.String:
		if c == '{' || c == '[' {
			return v.Elem(), false
		}
		v.Elem().SetString(string(text))
		return v.Elem(), true
	case reflect.Bool, reflect.Float64:
		return v.Elem(), c == '"' && json.Unmarshal(unquoted(text), v.Interface()) == nil && !isNull(unquoted(text))
	case reflect.Int, reflect.Int64:
		if c == '"' {
			text = unquoted(text)
		}
		n, ok := whole(text)
		v.Elem().SetInt(n)
		return v.Elem(), ok
	}
	panic("there is no rule for " + typ.String())
}

// fits reports whether a value has a meaning as a scalar.
func fits(typ reflect.Type, text []byte) bool {
	_, ok := scalar(typ, text)
	return ok
}

func isNull(text []byte) bool { return string(text) == "null" }

// unquoted returns the text of a JSON string; white space around a value in it makes it none.
func unquoted(text []byte) []byte {
	var s string
	if json.Unmarshal(text, &s) != nil || strings.TrimSpace(s) != s {
		return nil
	}
	return []byte(s)
}

// whole returns the value of a JSON number, if it is whole and fits.
func whole(text []byte) (n int64, ok bool) {
	if !json.Valid(text) || text[0] != '-' && (text[0] < '0' || '9' < text[0]) {
		return 0, false
	}
	mantissa, exponent, _ := strings.Cut(strings.ToLower(string(text)), "e")
	if power, err := strconv.Atoi(exponent); exponent != "" && (err != nil || power < -5000 || 5000 < power) {
		// Too much for package big, and for any mantissa of a test but zero.
		return 0, strings.Trim(mantissa, "-0.") == ""
	}
	r, ok := new(big.Rat).SetString(string(text))
	if !ok || !r.IsInt() || !r.Num().IsInt64() {
		return 0, false
	}
	return r.Num().Int64(), true
}

// objectOf returns the members of an object, the last one where several have the same name; nil of anything else.
func objectOf(text []byte) (members map[string]json.RawMessage) {
	if json.Unmarshal(text, &members) != nil {
		return nil
	}
	return members
}

// arrayOf returns the elements of an array; nil of anything else.
func arrayOf(text []byte) (elements []json.RawMessage) {
	if json.Unmarshal(text, &elements) != nil {
		return nil
	}
	return elements
}

// field is a field of a struct by its name on the wire.
type field struct {
	name  string
	index int
}

func fieldsOf(typ reflect.Type) []field {
	fields := make([]field, 0, typ.NumField())
	for i := range typ.NumField() {
		name, _, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ",")
		fields = append(fields, field{name, i})
	}
	return fields
}
