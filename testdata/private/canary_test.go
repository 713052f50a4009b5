package canary

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"example.com/golden/twilio"
)

const (
	canary  = "+14155551234"
	visible = "visible"
	number  = 20010909
	deepest = 3 // how often a type is filled inside of others
)

// types are the structs of each package, and private the fields of each that logs
// must not show, as the file beside this one pins them.
var (
	types   = map[string][]any{}
	private = map[string]map[string]bool{}
)

func add(pkg string, structs ...any) { types[pkg] = structs }

func TestMain(m *testing.M) {
	data, err := os.ReadFile("taken.txt")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for line := range bytes.Lines(data) {
		field, _, _ := strings.Cut(string(line), " ")
		i := strings.LastIndexByte(field, '.')
		if private[field[:i]] == nil {
			private[field[:i]] = map[string]bool{}
		}
		private[field[:i]][field[i+1:]] = true
	}
	os.Exit(m.Run())
}

// Every struct of every package is filled, with the canary wherever it is private,
// and shown in every way that is covered.
func TestCanary(t *testing.T) {
	structs, holding := 0, 0
	for pkg, values := range types {
		for _, v := range values {
			structs++
			typ := reflect.TypeOf(v)
			f := filler{}
			filled := reflect.New(typ).Elem()
			f.fill(filled, typ.String(), false, 0)
			if f.canaries > 0 {
				holding++
				checkHidden(t, filled)
			}
			checkVisible(t, filled, f)
		}
		if len(values) == 0 {
			t.Errorf("%s has no structs", pkg)
		}
	}
	t.Logf("%d structs, %d of them with something private", structs, holding)
}

// filler fills values and counts what it puts into them.
type filler struct{ canaries, visibles int }

// fill fills v, a part of a struct. What is in a private field is private.
func (f *filler) fill(v reflect.Value, in string, hidden bool, depth int) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(f.text(hidden))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(number)
	case reflect.Float64:
		v.SetFloat(number)
	case reflect.Interface:
		v.Set(reflect.ValueOf(map[string]any{"a": []any{f.text(hidden)}}))
	case reflect.Pointer:
		if depth < deepest {
			v.Set(reflect.New(v.Type().Elem()))
			f.fill(v.Elem(), in, hidden, depth+1)
		}
	case reflect.Slice:
		switch {
		case v.Type().Elem().Kind() == reflect.Uint8:
			v.SetBytes([]byte(`{"a":"` + f.text(hidden) + `"}`))
		case depth < deepest:
			v.Set(reflect.MakeSlice(v.Type(), 2, 2))
			f.fill(v.Index(0), in, hidden, depth+1)
			f.fill(v.Index(1), in, hidden, depth+1)
		}
	case reflect.Map:
		if depth < deepest {
			key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			f.fill(key, in, hidden, depth+1)
			f.fill(value, in, hidden, depth+1)
			v.Set(reflect.MakeMap(v.Type()))
			v.SetMapIndex(key, value)
		}
	case reflect.Struct:
		f.fillStruct(v, hidden, depth)
	}
}

func (f *filler) fillStruct(v reflect.Value, hidden bool, depth int) {
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(time.Date(2001, time.September, 9, 1, 46, 40, 0, time.UTC)))
		return
	case twilio.Date:
		v.Set(reflect.ValueOf(twilio.Date{Year: 2001, Month: time.September, Day: 9}))
		return
	}
	if depth >= deepest {
		return
	}
	for i := range v.NumField() {
		if field := v.Type().Field(i); field.IsExported() {
			f.fill(v.Field(i), v.Type().String(), hidden || private[v.Type().String()][field.Name], depth+1)
		}
	}
}

func (f *filler) text(hidden bool) string {
	if hidden {
		f.canaries++
		return canary
	}
	f.visibles++
	return visible
}

var (
	verbs = []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X"} // which a method String has a say in
	more  = []string{"%d", "%t", "%c", "%U", "%e", "%o", "%z", "%10v", "%-20s", "%.5q", "% x", "%#x", "%+q", "%#q"}
)

// checkHidden shows a struct, alone and in whatever may hold it.
func checkHidden(t *testing.T, v reflect.Value) {
	t.Helper()
	verbs := verbs
	if _, isFormatter := v.Interface().(fmt.Formatter); isFormatter {
		verbs = append(append([]string{}, verbs...), more...)
	} else if _, named := v.Type().FieldByName("Format"); !named {
		t.Errorf("%s has something private and no method Format", v.Type())
	}
	for _, held := range holders(v) {
		for _, verb := range verbs {
			checkShown(t, v, verb, fmt.Sprintf(verb, held))
		}
		var b bytes.Buffer
		for _, log := range []*slog.Logger{
			slog.New(slog.NewTextHandler(&b, nil)),
			slog.New(slog.NewTextHandler(&b, &slog.HandlerOptions{ReplaceAttr: twilio.RedactAttr})),
			slog.New(slog.NewJSONHandler(&b, &slog.HandlerOptions{ReplaceAttr: twilio.RedactAttr})),
		} {
			log.With("with", held).WithGroup("group").Info("message", "v", held, slog.Group("inner", "v", held), "attrs", []slog.Attr{slog.Any("v", held)})
		}
		checkShown(t, v, "slog", b.String())
	}
	pointer := v.Addr().Interface()
	var b bytes.Buffer
	slog.New(slog.NewJSONHandler(&b, nil)).Info("message", "value", v.Interface(), "pointer", pointer)
	checkShown(t, v, "slog as JSON", b.String())
	if got := b.String(); !strings.Contains(got, "[redacted]") {
		t.Errorf("%s is not redacted, but gone: %.300s", v.Type(), got)
	}
	if nilPointer := reflect.Zero(v.Addr().Type()).Interface(); fmt.Sprint(nilPointer) != "<nil>" {
		t.Errorf("a nil pointer to %s is %v", v.Type(), nilPointer)
	}
}

// holders are all that a value may be in.
func holders(v reflect.Value) []any {
	value, pointer := v.Interface(), v.Addr().Interface()
	held := []any{
		value, pointer, []any{value, pointer}, map[string]any{"k": value}, map[string][]any{"k": {pointer}},
		struct{ Any any }{value}, struct{ Any any }{pointer},
		twilio.Page[any]{Items: []any{value, pointer}}, struct{ Page *twilio.Page[any] }{},
	}
	for _, x := range []reflect.Value{v, v.Addr()} {
		list := reflect.MakeSlice(reflect.SliceOf(x.Type()), 1, 1)
		list.Index(0).Set(x)
		array := reflect.New(reflect.ArrayOf(1, x.Type())).Elem()
		array.Index(0).Set(x)
		byName := reflect.MakeMap(reflect.MapOf(reflect.TypeFor[string](), x.Type()))
		byName.SetMapIndex(reflect.ValueOf("k"), x)
		in := reflect.New(reflect.StructOf([]reflect.StructField{{Name: "X", Type: x.Type()}, {Name: "List", Type: list.Type()}})).Elem()
		in.Field(0).Set(x)
		in.Field(1).Set(list)
		held = append(held, list.Interface(), array.Interface(), byName.Interface(), in.Interface())
	}
	return held
}

var forms = []string{canary, fmt.Sprintf("%x", canary), fmt.Sprintf("%X", canary), fmt.Sprintf("% x", canary), strings.Trim(fmt.Sprint([]byte(canary)), "[]"), fmt.Sprintf("%#v", []byte(canary))[7:40]}

func checkShown(t *testing.T, v reflect.Value, how, text string) {
	t.Helper()
	for _, form := range forms {
		if at := strings.Index(text, form); at >= 0 {
			t.Errorf("%s shows a private value with %s: %.200s", v.Type(), how, text[max(0, at-100):])
			return
		}
	}
}

// checkVisible checks that encoding/json writes everything, and reads it again, and
// that what is not private can be seen.
func checkVisible(t *testing.T, v reflect.Value, f filler) {
	t.Helper()
	data, err := json.Marshal(v.Interface())
	if err != nil {
		t.Errorf("%s: %v", v.Type(), err)
		return
	}
	if got, want := strings.Count(string(data), canary), f.canaries-unsent(v); got != want {
		t.Errorf("the JSON of %s has %d of %d private values: %s", v.Type(), got, want, data)
	}
	again := reflect.New(v.Type())
	if err := json.Unmarshal(data, again.Interface()); err != nil {
		t.Errorf("%s: %v", v.Type(), err)
	} else if back, err := json.Marshal(again.Interface()); err != nil || !bytes.Equal(back, data) {
		t.Errorf("%s became %s, and before it was %s (%v)", v.Type(), back, data, err)
	}
	var b bytes.Buffer
	slog.New(slog.NewJSONHandler(&b, &slog.HandlerOptions{ReplaceAttr: twilio.RedactAttr})).Info("", "v", v.Interface())
	if got, want := strings.Count(b.String(), visible), strings.Count(string(data), visible); got != want {
		t.Errorf("%s shows %d of %d values that are not private: %s", v.Type(), got, want, b.String())
	}
}

// unsent counts the private texts of fields that stay out of JSON.
func unsent(v reflect.Value) (n int) {
	for i := range v.NumField() {
		if v.Type().Field(i).Tag.Get("json") == "-" {
			n += strings.Count(fmt.Sprint(reflect.Indirect(v.Field(i))), canary)
		}
	}
	return n
}
