package wire

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"reflect"
	"strings"
)

// Redacted takes the place of a text that logs must not show.
const Redacted = "[redacted]"

// The tag of a struct's field that logs must not show, as in `twilio:"private"`. It is all that
// redaction goes by.
const (
	privateTag   = "twilio"
	privateValue = "private"
)

// maxRedacted is how deep values are redacted. What is in them further down is left out.
const maxRedacted = 100

// Format is the method Format of structs that hold something private at any depth. It prints v as
// fmt prints a struct without methods, except for what is private.
//
//go:noinline
func Format(f fmt.State, verb rune, v any) {
	if f.Flag('#') && verb == 'v' {
		io.WriteString(f, GoString(v))
		return
	}
	fmt.Fprintf(f, fmt.FormatString(f, verb), withoutMethods(v))
}

// String is the method String of structs that have a field called Format.
func String(v any) string { return fmt.Sprintf("%+v", withoutMethods(v)) }

// GoString is the method GoString of these structs.
func GoString(v any) string {
	shown := withoutMethods(v)
	text := strings.TrimPrefix(fmt.Sprintf("%#v", shown), fmt.Sprintf("%T", shown))
	return fmt.Sprintf("%T", v) + text
}

// LogValue is the method LogValue of structs that hold something private at any depth. It is kept
// from being inlined, like what else generated code has hundreds of.
//
//go:noinline
func LogValue(v any) slog.Value { return slog.AnyValue(logged{v}) }

// logged is what handlers get of a struct: those for text print it, and those for JSON encode it.
type logged struct{ v any }

func (l logged) Format(f fmt.State, verb rune) { Format(f, verb, l.v) }
func (l logged) MarshalJSON() ([]byte, error)  { return json.Marshal(Redact(l.v)) }

// withoutMethods redacts a copy of a struct, as a struct of a type that has the same fields, but
// none of the methods that led here.
func withoutMethods(v any) any {
	redacted := newRedactor().redact(reflect.ValueOf(v), maxRedacted)
	fields := make([]reflect.StructField, redacted.NumField())
	for i := range fields {
		f := redacted.Type().Field(i)
		fields[i] = reflect.StructField{Name: f.Name, Type: f.Type}
		if isPrivate(f) {
			fields[i].Type = reflect.TypeFor[any]()
		}
	}
	c := reflect.New(reflect.StructOf(fields)).Elem()
	for i := range fields {
		if value := redacted.Field(i); fields[i].Type == value.Type() {
			c.Field(i).Set(value)
		} else {
			c.Field(i).Set(readable(value))
		}
	}
	return c.Interface()
}

// readable is a text in place of what has one in it that fmt does not print as text.
func readable(v reflect.Value) reflect.Value {
	switch {
	case v.Kind() == reflect.Pointer && v.Type().Elem().Kind() == reflect.String && !v.IsNil():
		return v.Elem()
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8 && v.Len() > 0:
		return reflect.ValueOf(Redacted)
	}
	return v
}

// Redact returns a copy of v, of the same type, without what is private in it; v itself if nothing
// is. In an interface, it replaces what knows by its method LogValue how it is logged.
func Redact(v any) any {
	slot := reflect.ValueOf(&v).Elem()
	return newRedactor().redact(slot, maxRedacted).Interface()
}

// redactor copies values that hold something private, and leaves others alone: they may have locks,
// or be in use elsewhere.
type redactor struct {
	copies map[reference]reflect.Value
	public map[reference]bool // where nothing is private
	types  map[reflect.Type]bool
}

// reference identifies what a pointer, a map or a slice refers to.
type reference struct {
	typ reflect.Type
	at  uintptr
	len int
}

func newRedactor() *redactor {
	return &redactor{map[reference]reflect.Value{}, map[reference]bool{}, map[reflect.Type]bool{}}
}

func refer(v reflect.Value) reference {
	ref := reference{v.Type(), v.Pointer(), 0}
	if v.Kind() == reflect.Slice {
		ref.len = v.Len()
	}
	return ref
}

// redact returns v without what is private.
func (r *redactor) redact(v reflect.Value, depth int) reflect.Value {
	if !r.holdsPrivate(v, depth) {
		return v
	}
	if depth == 0 {
		return reflect.Zero(v.Type())
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Map, reflect.Slice:
		ref := refer(v)
		if c, ok := r.copies[ref]; ok {
			return c
		}
		c := emptyCopy(v)
		r.copies[ref] = c // before what it refers to, which may refer to it
		r.fill(c, v, depth-1)
		return c
	}
	c := reflect.New(v.Type()).Elem()
	c.Set(v)
	r.fill(c, v, depth-1)
	return c
}

// emptyCopy is a pointer, a map or a slice like v, which refers to something of its own.
func emptyCopy(v reflect.Value) reflect.Value {
	switch v.Kind() {
	case reflect.Map:
		return reflect.MakeMapWithSize(v.Type(), v.Len())
	case reflect.Slice:
		return reflect.MakeSlice(v.Type(), v.Len(), v.Len())
	}
	return reflect.New(v.Type().Elem()).Convert(v.Type())
}

// fill sets what is in c to what is in v without what is private.
func (r *redactor) fill(c, v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.Interface:
		c.Set(r.redact(dynamic(v, depth), depth))
	case reflect.Pointer:
		c.Elem().Set(r.redact(v.Elem(), depth))
	case reflect.Map:
		for entry := v.MapRange(); entry.Next(); {
			c.SetMapIndex(entry.Key(), r.redact(entry.Value(), depth))
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			c.Index(i).Set(r.redact(v.Index(i), depth))
		}
	case reflect.Struct:
		t := v.Type()
		for i := range t.NumField() {
			switch f := t.Field(i); {
			case isPrivate(f):
				c.Field(i).Set(hide(v.Field(i), depth))
			case f.IsExported():
				c.Field(i).Set(r.redact(v.Field(i), depth))
			case isPromoted(f):
				r.fill(c.Field(i), v.Field(i), depth)
			}
		}
	}
}

// holdsPrivate reports whether there is something private in v.
func (r *redactor) holdsPrivate(v reflect.Value, depth int) bool {
	seen := map[reference]bool{}
	if r.search(v, depth, seen) {
		return true
	}
	for ref := range seen {
		r.public[ref] = true
	}
	return false
}

// search looks for something private in v, but not in what was seen.
func (r *redactor) search(v reflect.Value, depth int, seen map[reference]bool) bool {
	if !r.mayHold(v.Type()) {
		return false
	}
	switch v.Kind() {
	case reflect.Interface:
		if v.IsNil() {
			return false
		}
	case reflect.Pointer, reflect.Map, reflect.Slice:
		ref := refer(v)
		if v.IsNil() || seen[ref] || r.public[ref] {
			return false
		}
		seen[ref] = true
	}
	if depth == 0 {
		return true
	}
	return r.searchIn(v, depth-1, seen)
}

// searchIn looks into v, which is not nil.
func (r *redactor) searchIn(v reflect.Value, depth int, seen map[reference]bool) bool {
	switch v.Kind() {
	case reflect.Interface:
		return logValuer(v) != nil || r.search(v.Elem(), depth, seen)
	case reflect.Pointer:
		return r.search(v.Elem(), depth, seen)
	case reflect.Map:
		for entry := v.MapRange(); entry.Next(); {
			if r.search(entry.Value(), depth, seen) {
				return true
			}
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			if r.search(v.Index(i), depth, seen) {
				return true
			}
		}
	case reflect.Struct:
		t := v.Type()
		for i := range t.NumField() {
			switch f := t.Field(i); {
			case isPrivate(f):
				if !v.Field(i).IsZero() {
					return true
				}
			case f.IsExported() || isPromoted(f):
				if r.search(v.Field(i), depth, seen) {
					return true
				}
			}
		}
	}
	return false
}

// mayHold reports whether a value of a type may hold something private: if a field with the tag can
// be reached, or an interface, which may hold anything.
func (r *redactor) mayHold(t reflect.Type) bool {
	may, known := r.types[t]
	if !known {
		may = reaches(t, true, map[reflect.Type]bool{})
		r.types[t] = may
	}
	return may
}

// reaches reports whether a type leads to a field that is private; or, if that counts, to an
// interface.
func reaches(t reflect.Type, interfaces bool, seen map[reflect.Type]bool) bool {
	if seen[t] {
		return false
	}
	seen[t] = true
	switch t.Kind() {
	case reflect.Interface:
		return interfaces
	case reflect.Pointer, reflect.Map, reflect.Slice, reflect.Array:
		return reaches(t.Elem(), interfaces, seen)
	case reflect.Struct:
		for i := range t.NumField() {
			f := t.Field(i)
			if isPrivate(f) || (f.IsExported() || isPromoted(f)) && reaches(f.Type, interfaces, seen) {
				return true
			}
		}
	}
	return false
}

func isPrivate(f reflect.StructField) bool {
	return f.IsExported() && f.Tag.Get(privateTag) == privateValue
}

// isPromoted reports whether a field is an embedded struct, whose exported fields are visible even
// if its type is not.
func isPromoted(f reflect.StructField) bool {
	return f.Anonymous && !f.IsExported() && f.Type.Kind() == reflect.Struct
}

// hide returns a value of the same type that tells nothing but whether there is a text: what is not
// text is zero.
func hide(v reflect.Value, depth int) reflect.Value {
	c := reflect.New(v.Type()).Elem()
	if depth == 0 || v.IsZero() {
		return c
	}
	switch v.Kind() {
	case reflect.String:
		c.SetString(Redacted)
	case reflect.Interface:
		if v.NumMethod() == 0 {
			c.Set(reflect.ValueOf(Redacted))
		}
	case reflect.Pointer:
		if hidden := hide(v.Elem(), depth-1); !hidden.IsZero() || hidden.Kind() == reflect.String {
			c.Set(emptyCopy(v))
			c.Elem().Set(hidden)
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			c.SetBytes([]byte(`"` + Redacted + `"`)) // JSON, as in a json.RawMessage
			break
		}
		c.Set(emptyCopy(v))
		for i := range v.Len() {
			c.Index(i).Set(hide(v.Index(i), depth-1))
		}
	case reflect.Map:
		c.Set(emptyCopy(v))
		for entry := v.MapRange(); entry.Next(); {
			c.SetMapIndex(hide(entry.Key(), depth-1), hide(entry.Value(), depth-1)) // which leaves one entry
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				c.Field(i).Set(hide(v.Field(i), depth-1))
			}
		}
	}
	return c
}

// dynamic is what an interface holds, or how that is logged.
func dynamic(v reflect.Value, depth int) reflect.Value {
	if l := logValuer(v); l != nil {
		logged := plainValue(slog.AnyValue(l), depth)
		return reflect.ValueOf(&logged).Elem()
	}
	return v.Elem()
}

// logValuer is what an interface holds if that decides by itself how it is logged, and may be
// replaced; else nil. What has private fields is copied rather than replaced, since its type is
// known to print and encode.
func logValuer(v reflect.Value) slog.LogValuer {
	if v.NumMethod() > 0 {
		return nil
	}
	elem := v.Elem()
	l, ok := elem.Interface().(slog.LogValuer)
	if !ok || elem.Kind() == reflect.Pointer && elem.IsNil() {
		return nil
	}
	if reaches(elem.Type(), false, map[reflect.Type]bool{}) {
		return nil
	}
	return l
}

// plainValue is a value of slog as any encoder takes it.
func plainValue(v slog.Value, depth int) any {
	if depth == 0 {
		return nil
	}
	v = v.Resolve()
	if v.Kind() != slog.KindGroup {
		return v.Any()
	}
	group := map[string]any{}
	for _, a := range v.Group() {
		group[a.Key] = plainValue(a.Value, depth-1)
	}
	return group
}
