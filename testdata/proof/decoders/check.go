package decoders

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"
)

// check returns what is wrong with how a type is decoded from a document.
func check(typ reflect.Type, document []byte) (problems []string) {
	isObject := objectOf(document) != nil
	isNothing := json.Valid(document) && isNull(bytes.TrimSpace(document))

	// What is there before must be gone, or must stay when there is nothing in its place.
	got, before := reflect.New(typ), filled(typ, deepest)
	got.Elem().Set(filled(typ, deepest)) // not before, whose memory it would share
	input := bytes.Clone(document)
	err := decode(got, input)
	if !bytes.Equal(input, document) {
		problems = append(problems, "the document has changed")
	}
	switch {
	case !isObject && (err == nil) != isNothing:
		return append(problems, fmt.Sprintf("error %v, but encoding/json has %v", err, json.Unmarshal(document, new(map[string]any))))
	case !isObject || err != nil:
		if !reflect.DeepEqual(got.Elem().Interface(), before.Interface()) {
			problems = append(problems, "the value has changed without need")
		}
		if isObject && !mayBeTooMuch(typ, document, err) {
			problems = append(problems, "error "+err.Error())
		}
		return problems
	}

	// The value must not depend on the memory of the document.
	for i := range input {
		input[i] = 0xff
	}
	var c comparison
	c.object("", got.Elem(), document)
	problems = append(problems, c.differences...)

	again := reflect.New(typ)
	if err := decode(again, document); err != nil || !reflect.DeepEqual(got.Interface(), again.Interface()) {
		problems = append(problems, fmt.Sprintf("another value the second time, error %v", err))
	}
	return append(append(problems, checkRoundTrip(got)...), checkTime(typ, document)...)
}

// decode calls the method of the type itself, since [json.Unmarshal] only lets pass what is valid.
func decode(pointer reflect.Value, document []byte) error {
	return pointer.Interface().(json.Unmarshaler).UnmarshalJSON(document)
}

// mayBeTooMuch reports whether an error is about the memory that the values of a document take, and is not out of place.
// That memory is a free megabyte and more.
func mayBeTooMuch(typ reflect.Type, document []byte, err error) bool {
	const free, shortest = 1 << 20, len(`0,`)
	return strings.Contains(err.Error(), "too many values") && len(document)/shortest*largest(typ, deepest) > free
}

// deepest is how many structs are looked at inside each other, of a type that may have itself in it.
const deepest = 5

// largest returns the size of the largest type that a type is made of.
func largest(typ reflect.Type, depth int) int {
	size := int(typ.Size())
	switch typ.Kind() {
	case reflect.Slice, reflect.Map, reflect.Pointer:
		size += largest(typ.Elem(), depth)
	case reflect.Struct:
		for i := 0; depth > 0 && i < typ.NumField(); i++ {
			size = max(size, largest(typ.Field(i).Type, depth-1))
		}
	}
	return size
}

// checkRoundTrip checks that a value is written as it is read: once more makes no difference.
func checkRoundTrip(value reflect.Value) []string {
	first, err := json.Marshal(value.Interface())
	if err != nil {
		return []string{"writing it: " + err.Error()}
	}
	read := reflect.New(value.Type().Elem())
	if err := decode(read, first); err != nil {
		return []string{fmt.Sprintf("reading %q, which it is written as: %v", first, err)}
	}
	second, err := json.Marshal(read.Interface())
	if err != nil || !bytes.Equal(first, second) {
		return []string{fmt.Sprintf("written as %q and then as %q, error %v", first, second, err)}
	}
	return nil
}

// checkTime checks that a document is read in a time that is far more than it should take. One of several tries is
// enough, since a busy machine makes any of them slow.
func checkTime(typ reflect.Type, document []byte) []string {
	limit := time.Second + time.Duration(len(document))*time.Microsecond
	for range 5 {
		start := time.Now()
		_ = decode(reflect.New(typ), document) // the outcome has been checked
		if time.Since(start) < limit {
			return nil
		}
	}
	return []string{fmt.Sprintf("reading it takes more than %v", limit)}
}

// filled returns a value of a type whose fields are none of them zero, down to a depth.
func filled(typ reflect.Type, depth int) reflect.Value {
	v := reflect.New(typ).Elem()
	switch {
	case typ == reflect.TypeFor[time.Time]():
		v.Set(reflect.ValueOf(time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)))
		return v
	case typ == reflect.TypeFor[json.RawMessage]():
		v.SetBytes([]byte(`{}`))
		return v
	}
	switch typ.Kind() {
	case reflect.Struct:
		for i := 0; depth > 0 && i < typ.NumField(); i++ {
			v.Field(i).Set(filled(typ.Field(i).Type, depth-1))
		}
	case reflect.Slice:
		v.Set(reflect.Append(v, filled(typ.Elem(), depth)))
	case reflect.Map:
		v.Set(reflect.MakeMap(typ))
		v.SetMapIndex(reflect.ValueOf("before"), filled(typ.Elem(), depth))
	case reflect.Pointer:
		v.Set(reflect.New(typ.Elem()))
		v.Elem().Set(filled(typ.Elem(), depth))
	case reflect.String:
		v.SetString("before")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Float64:
		v.SetFloat(-1.5)
	default:
		v.SetInt(-1)
	}
	return v
}
