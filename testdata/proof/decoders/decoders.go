// Package decoders holds the decoders of generated types against encoding/json. It knows none of the types: a program that
// [Run] generates for those of some bindings hands them to [Fuzz], which does the rest by reflection.
package decoders

import (
	"encoding/json"
	"maps"
	"os"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// Examples are values that documents show, by the package that is generated from the document.
type Examples map[string][]json.RawMessage

// made is how many documents are made of an input: the more, the less of the time goes into finding inputs.
const made = 8

// Fuzz checks the decoders of types, given as a pointer to a value of each. An input is a document, the type that it is
// read as, and a number, from which other documents are made that look more like the type. The corpus begins with what
// the examples in the file show of each type.
func Fuzz(f *testing.F, examples string, pointers ...json.Unmarshaler) {
	types := make([]reflect.Type, len(pointers))
	for i, pointer := range pointers {
		types[i] = reflect.TypeOf(pointer).Elem()
	}
	shown, err := readExamples(examples)
	if err != nil {
		f.Fatal(err)
	}
	for i, typ := range types {
		index := uint16(i)
		f.Add(index, uint64(i), likeliest(typ, shown[path.Base(typ.PkgPath())]))
		f.Add(index, uint64(i), oddDocuments[i%len(oddDocuments)])
	}
	f.Fuzz(func(t *testing.T, index uint16, seed uint64, document []byte) {
		typ := types[int(index)%len(types)]
		report := func(document []byte) {
			t.Helper()
			for _, problem := range check(typ, document) {
				t.Errorf("%s of %.2000q: %s", typ, document, problem)
			}
		}
		report(document)
		w := newWriter(seed, uint64(index))
		for range made {
			report(w.document(typ, document))
		}
	})
}

// oddDocuments are no objects, or no JSON.
var oddDocuments = [][]byte{
	[]byte(``), []byte(`null`), []byte(` null `), []byte("null\v"), []byte(`[]`), []byte(`"x"`), []byte(`7`), []byte(`true`), []byte(`{"a":1,}`), []byte(`{}{}`),
	[]byte("{\"a\":\"\t\"}"), []byte(`{"a":01}`), []byte(`{"a"}`), []byte(`{"a":"\u00g0"}`), []byte("\ufeff{}"), []byte(`{"a":[}`), []byte(`nul`),
	[]byte(strings.Repeat(`{"a":`, 10_000) + "0" + strings.Repeat("}", 10_000)), []byte(strings.Repeat(`{"a":`, 10_001) + "0" + strings.Repeat("}", 10_001)),
}

// object is an object somewhere in the examples.
type object struct {
	text  []byte
	names map[string]bool
}

func readExamples(file string) (map[string][]object, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var examples Examples
	if err := json.Unmarshal(text, &examples); err != nil {
		return nil, err
	}
	found := map[string][]object{}
	for pkg, values := range examples {
		for _, value := range values {
			found[pkg] = appendObjects(found[pkg], value)
		}
	}
	return found, nil
}

// appendObjects appends a value, if it is an object, and all objects in it.
func appendObjects(found []object, value []byte) []object {
	members, elements := objectOf(value), arrayOf(value)
	if members != nil {
		o := object{value, map[string]bool{}}
		for name := range members {
			o.names[name] = true
		}
		found = append(found, o)
	}
	for _, name := range slices.Sorted(maps.Keys(members)) {
		found = appendObjects(found, members[name])
	}
	for _, element := range elements {
		found = appendObjects(found, element)
	}
	return found
}

// likeliest returns the object that has the most members of a type; an empty one if none has any.
func likeliest(typ reflect.Type, objects []object) []byte {
	best, most := []byte("{}"), 0
	for _, o := range objects {
		hits := 0
		for _, field := range fieldsOf(typ) {
			if o.names[field.name] {
				hits++
			}
		}
		if hits > most {
			best, most = o.text, hits
		}
	}
	return best
}
