package examples

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/mail"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// example is an answer from a document and a value of its type.
type example struct {
	name  string
	value any
	text  string
}

var examples []example

func add(name string, value any, text string) {
	examples = append(examples, example{name, value, text})
}

// TestExamples decodes each example, encodes it again, and compares the two as
// JSON. What may differ is counted by its kind; anything else is a failure.
func TestExamples(t *testing.T) {
	lenience := map[string]int{}
	for _, e := range examples {
		if err := json.Unmarshal([]byte(e.text), e.value); err != nil {
			t.Errorf("%s: %v", e.name, err)
			continue
		}
		encoded, err := json.Marshal(e.value)
		if err != nil {
			t.Errorf("%s: %v", e.name, err)
			continue
		}
		c := comparison{t: t, name: e.name, lenience: lenience}
		c.compare("", parse(t, []byte(e.text)), parse(t, encoded), reflect.TypeOf(e.value).Elem())
	}
	for _, kind := range slices.Sorted(maps.Keys(lenience)) {
		t.Logf("lenience: %5d %s", lenience[kind], kind)
	}
}

func parse(t *testing.T, data []byte) any {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

type comparison struct {
	t        *testing.T
	name     string
	lenience map[string]int
}

func (c *comparison) allow(kind string) { c.lenience[kind]++ }

// compare walks the example and its encoding, along the Go type.
func (c *comparison) compare(at string, want, got any, typ reflect.Type) {
	for typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	switch w := want.(type) {
	case map[string]any:
		if g, ok := got.(map[string]any); ok {
			c.compareObject(at, w, g, typ)
			return
		}
	case []any:
		if g, ok := got.([]any); ok && len(g) == len(w) && typ.Kind() == reflect.Slice {
			for i := range w {
				c.compare(fmt.Sprintf("%s[%d]", at, i), w[i], g[i], typ.Elem())
			}
			return
		}
	}
	c.compareValue(at, want, got, typ)
}

func (c *comparison) compareObject(at string, want, got map[string]any, typ reflect.Type) {
	for key, w := range want {
		g, encoded := got[key]
		field, known := fieldType(typ, key)
		switch {
		case encoded:
			c.compare(at+"."+key, w, g, field)
		case w == nil:
			c.allow("null is the zero value")
		case !known:
			c.allow("a member that the schema does not have is skipped")
		default:
			c.compareValue(at+"."+key, w, nil, field)
		}
	}
}

// fieldType is the type of a member: a struct's field by its tag, or a map's
// values.
func fieldType(typ reflect.Type, key string) (reflect.Type, bool) {
	switch typ.Kind() {
	case reflect.Struct:
		for i := range typ.NumField() {
			if tag, _, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ","); tag == key {
				return typ.Field(i).Type, true
			}
		}
	case reflect.Map:
		return typ.Elem(), true
	}
	return reflect.TypeFor[any](), false
}

// compareValue compares what is no pair of objects or lists.
func (c *comparison) compareValue(at string, want, got any, typ reflect.Type) {
	if reflect.DeepEqual(want, got) {
		return
	}
	switch {
	case want == nil && isZero(got):
		c.allow("null is the zero value")
	case sameTime(want, got):
		c.allow("a time is written as RFC 3339")
	case sameNumber(want, got):
		c.allow("a number has another spelling")
	case sameText(want, got):
		c.allow("a number or boolean where the schema has text, or the reverse")
	case isZero(got) && !fits(want, typ):
		c.allow("a value that does not fit the schema leaves the field zero: " + kindOf(want) + " for " + typ.String())
	default:
		c.t.Errorf("%s%s: the example has %v, encoded it is %v (%s)", c.name, at, want, got, typ)
	}
}

func isZero(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case bool:
		return !v
	case json.Number:
		return v == "0"
	case map[string]any:
		for _, member := range v {
			if !isZero(member) {
				return false
			}
		}
		return true
	case []any:
		return len(v) == 0
	}
	return false
}

// fits reports whether a value could be read into the type.
func fits(v any, typ reflect.Type) bool {
	switch v := v.(type) {
	case string:
		if typ == reflect.TypeFor[time.Time]() || typ.Name() == "Date" {
			_, ok := parseTime(v)
			return ok
		}
		return typ.Kind() == reflect.String
	case json.Number:
		return typ.Kind() == reflect.Int || typ.Kind() == reflect.Int64 || typ.Kind() == reflect.Float64 || typ.Kind() == reflect.String
	case bool:
		return typ.Kind() == reflect.Bool || typ.Kind() == reflect.String
	case []any:
		return typ.Kind() == reflect.Slice
	case map[string]any:
		return typ.Kind() == reflect.Struct || typ.Kind() == reflect.Map
	}
	return true
}

func kindOf(v any) string {
	switch v.(type) {
	case string:
		return "text"
	case json.Number:
		return "a number"
	case bool:
		return "a boolean"
	case []any:
		return "a list"
	}
	return "an object"
}

func sameTime(want, got any) bool {
	w, ok1 := want.(string)
	g, ok2 := got.(string)
	if !ok1 || !ok2 {
		return false
	}
	a, ok1 := parseTime(w)
	b, ok2 := parseTime(g)
	return ok1 && ok2 && (a.Equal(b) || a.Format(time.DateOnly) == g)
}

func parseTime(s string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	t, err := mail.ParseDate(s)
	return t, err == nil
}

// sameText compares a text with a number or boolean.
func sameText(want, got any) bool {
	w, g := fmt.Sprint(want), fmt.Sprint(got)
	return w == g || sameNumber(json.Number(w), json.Number(g))
}

func sameNumber(want, got any) bool {
	w, ok1 := want.(json.Number)
	g, ok2 := got.(json.Number)
	if !ok1 || !ok2 {
		return false
	}
	a, err1 := w.Float64()
	b, err2 := g.Float64()
	return err1 == nil && err2 == nil && a == b
}
