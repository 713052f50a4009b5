package gen_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

// difference says where two values differ, a line for each place, and is empty
// when they do not. It goes by what a user of the bindings can tell apart: times
// are the same when their instants are, nil is not the same as empty.
func difference(x, y any) string {
	var lines []string
	compare(&lines, "", reflect.ValueOf(x), reflect.ValueOf(y))
	return strings.Join(lines, "\n")
}

func compare(lines *[]string, at string, x, y reflect.Value) {
	differ := func() { *lines = append(*lines, fmt.Sprintf("%s: -%s +%s", at, show(x), show(y))) }
	if !x.IsValid() || !y.IsValid() || x.Type() != y.Type() {
		if x.IsValid() || y.IsValid() {
			differ()
		}
		return
	}
	if t, ok := x.Interface().(time.Time); ok {
		if !t.Equal(y.Interface().(time.Time)) {
			differ()
		}
		return
	}
	switch x.Kind() {
	case reflect.Pointer, reflect.Interface:
		if x.IsNil() || y.IsNil() {
			if x.IsNil() != y.IsNil() {
				differ()
			}
			return
		}
		compare(lines, at, x.Elem(), y.Elem())
	case reflect.Struct:
		for i := range x.NumField() {
			compare(lines, at+"."+x.Type().Field(i).Name, x.Field(i), y.Field(i))
		}
	case reflect.Slice:
		if x.IsNil() != y.IsNil() || x.Len() != y.Len() {
			differ()
			return
		}
		for i := range x.Len() {
			compare(lines, fmt.Sprintf("%s[%d]", at, i), x.Index(i), y.Index(i))
		}
	case reflect.Map:
		if x.IsNil() != y.IsNil() {
			differ()
			return
		}
		for _, key := range x.MapKeys() {
			compare(lines, fmt.Sprintf("%s[%v]", at, key), x.MapIndex(key), y.MapIndex(key))
		}
		for _, key := range y.MapKeys() {
			if !x.MapIndex(key).IsValid() {
				compare(lines, fmt.Sprintf("%s[%v]", at, key), reflect.Value{}, y.MapIndex(key))
			}
		}
	default:
		if !x.Equal(y) {
			differ()
		}
	}
}

// show prints a value as Go has it, or says that there is none.
func show(v reflect.Value) string {
	if !v.IsValid() {
		return "nothing"
	}
	return fmt.Sprintf("%#v", v)
}

// What difference finds, and what it does not.
func TestDifference(t *testing.T) {
	type record struct {
		Name  string
		Time  time.Time
		Next  *record
		List  []string
		Links map[string]string
		Any   any
	}
	utc := time.Date(2024, 3, 4, 9, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		x, y any
		want string
	}{
		{nil, nil, ""},
		{nil, 1, ": -nothing +1"},
		{1, "1", `: -1 +"1"`},
		{record{}, record{}, ""},
		{record{Time: utc}, record{Time: utc.In(time.FixedZone("CET", 3600))}, ""},
		{&record{Next: &record{Name: "a"}}, &record{Next: &record{Name: "b"}}, `.Next.Name: -"a" +"b"`},
		{record{List: []string{"a", "b"}}, record{List: []string{"a", "c"}}, `.List[1]: -"b" +"c"`},
		{record{List: []string{}}, record{}, `.List: -[]string{} +[]string(nil)`},
		{record{Links: map[string]string{}}, record{}, `.Links: -map[string]string{} +map[string]string(nil)`},
		{map[string]any{"a": 1}, map[string]any{"b": 1}, "[a]: -1 +nothing\n[b]: -nothing +1"},
		{record{Any: map[string]any{"a": []any{1}}}, record{Any: map[string]any{"a": []any{2}}}, ".Any[a][0]: -1 +2"},
		{record{Name: "a", List: []string{"a"}}, record{}, ".Name: -\"a\" +\"\"\n.List: -[]string{\"a\"} +[]string(nil)"},
	} {
		if got := difference(tt.x, tt.y); got != tt.want {
			t.Errorf("%#v and %#v: %q, want %q", tt.x, tt.y, got, tt.want)
		}
	}
}
