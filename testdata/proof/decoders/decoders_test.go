package decoders

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
	"unsafe"

	"github.com/google/go-cmp/cmp"

	"github.com/twiliogen/twiliogen/gen/proxyv1"
)

// Generated decoders have no problem, and what is written at random for them is mostly an object, with something wrong.
func TestGeneratedDecoders(t *testing.T) {
	for _, typ := range []reflect.Type{
		reflect.TypeFor[proxyv1.Session](), reflect.TypeFor[proxyv1.PhoneNumber](), reflect.TypeFor[proxyv1.MessageInteraction](),
	} {
		objects, fit := 0, 0
		for seed := range uint64(500) {
			document := newWriter(seed, 0).document(typ, []byte(`{"sid":"KC1","extra":[1]}`))
			for _, problem := range check(typ, document) {
				t.Errorf("%s of %q: %s", typ, document, problem)
			}
			if objectOf(document) != nil {
				objects++
			}
			if json.Unmarshal(document, reflect.New(plain(typ)).Interface()) == nil {
				fit++
			}
		}
		if objects < 400 || objects == 500 || fit < 50 || fit > 350 {
			t.Errorf("%s: of 500 documents, %d are objects, and encoding/json takes %d", typ, objects, fit)
		}
		for _, document := range oddDocuments {
			for _, problem := range check(typ, document) {
				t.Errorf("%s of %.100q: %s", typ, document, problem)
			}
		}
	}
}

// plain is the type of a struct, without its methods.
func plain(typ reflect.Type) reflect.Type {
	var fields []reflect.StructField
	for i := range typ.NumField() {
		fields = append(fields, typ.Field(i))
	}
	return reflect.StructOf(fields)
}

// tree has itself in it.
type tree struct {
	Name     string `json:"name"`
	Child    *tree  `json:"child"`
	Children []tree `json:"children"`
}

func (v *tree) UnmarshalJSON(data []byte) error {
	type plain tree
	var p plain
	err := json.Unmarshal(data, &p)
	if err == nil && string(data) != "null" {
		*v = tree(p)
	}
	return err
}

func TestTypeInItself(t *testing.T) {
	typ := reflect.TypeFor[tree]()
	if problems := check(typ, []byte(`{"name":"a","child":{"name":"b","child":null},"children":[{"name":"c"},{"children":[]}]}`)); problems != nil {
		t.Error(problems)
	}
	for seed := range uint64(100) {
		newWriter(seed, 0).document(typ, nil)
	}
	if n := largest(typ, deepest); n < int(typ.Size()) || n > 10*int(typ.Size()) {
		t.Errorf("the largest type in it has %d bytes", n)
	}
}

// The following are wrong in some way each.
type (
	standard   proxyv1.Session // is decoded by encoding/json
	borrowing  proxyv1.Session // keeps a part of the document
	spoiling   proxyv1.Session // changes the document
	fickle     proxyv1.Session // depends on what was there before
	credulous  proxyv1.Session // takes everything
	hasty      proxyv1.Session // is emptied first
	picky      proxyv1.Session // wants a SID
	unwritable proxyv1.Session // has an offset that no time can have
)

func (v *standard) UnmarshalJSON(data []byte) error {
	type session proxyv1.Session
	return json.Unmarshal(data, (*session)(v))
}

func (v *borrowing) UnmarshalJSON(data []byte) error {
	err := (*proxyv1.Session)(v).UnmarshalJSON(data)
	if i := bytes.Index(data, []byte(v.SID)); err == nil && 0 < i {
		v.SID = unsafe.String(&data[i], len(v.SID))
	}
	return err
}

func (v *spoiling) UnmarshalJSON(data []byte) error {
	err := (*proxyv1.Session)(v).UnmarshalJSON(data)
	copy(data, "[")
	return err
}

func (v *fickle) UnmarshalJSON(data []byte) error {
	before := v.TTL
	err := (*proxyv1.Session)(v).UnmarshalJSON(data)
	v.TTL = before + 1
	return err
}

func (v *credulous) UnmarshalJSON(data []byte) error {
	_ = (*proxyv1.Session)(v).UnmarshalJSON(data)
	return nil
}

func (v *hasty) UnmarshalJSON(data []byte) error {
	*v = hasty{}
	return (*proxyv1.Session)(v).UnmarshalJSON(data)
}

func (v *picky) UnmarshalJSON(data []byte) error {
	if bytes.Contains(data, []byte(`"sid":null`)) {
		return errors.New("no SID")
	}
	return (*proxyv1.Session)(v).UnmarshalJSON(data)
}

func (v *unwritable) UnmarshalJSON(data []byte) error {
	err := (*proxyv1.Session)(v).UnmarshalJSON(data)
	v.DateCreated = time.Date(2001, 2, 3, 4, 5, 6, 0, time.FixedZone("", 24*60*60))
	return err
}

// Each way to be wrong is found.
func TestWrongDecoders(t *testing.T) {
	for _, tt := range []struct {
		name     string
		typ      reflect.Type
		document string
		want     string // part of a problem
	}{
		{"another value", reflect.TypeFor[standard](), `{"ttl":1,"TTL":2}`, "ttl: 2 of"},
		{"what was there before", reflect.TypeFor[standard](), `{"links":{}}`, "links: 1 entries of"},
		{"a missing member", reflect.TypeFor[standard](), `{}`, `sid: "before"`},
		{"an error for a member", reflect.TypeFor[standard](), `{"ttl":{},"sid":"a"}`, "error json"},
		{"memory of the document", reflect.TypeFor[borrowing](), `{"sid":"KC1"}`, `sid: "\xff\xff\xff" of "\"KC1\""`},
		{"the document", reflect.TypeFor[spoiling](), `{}`, "the document has changed"},
		{"another value for the same document", reflect.TypeFor[fickle](), `{"ttl":0}`, "another value the second time"},
		{"what is no JSON", reflect.TypeFor[credulous](), `{"sid":"a"`, "error <nil>"},
		{"what is no object", reflect.TypeFor[credulous](), `[]`, "error <nil>"},
		{"the value in spite of an error", reflect.TypeFor[hasty](), `{"sid":"a"`, "changed without need"},
		{"the value in spite of null", reflect.TypeFor[hasty](), `null`, "changed without need"},
		{"an error", reflect.TypeFor[picky](), `{"sid":null}`, "error no SID"},
		{"what cannot be written", reflect.TypeFor[unwritable](), `{}`, "writing it"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			problems := strings.Join(check(tt.typ, []byte(tt.document)), "\n")
			if !strings.Contains(problems, tt.want) {
				t.Errorf("%q is not found, but %q", tt.want, problems)
			}
		})
	}
}

// A scalar is what encoding/json makes of it, and where that refuses it, what is plainly meant.
func TestScalar(t *testing.T) {
	n, yes, text, price := 3000, true, "3e3", 1.5
	for _, tt := range []struct {
		text string
		want any // nil: none; its type is that which is asked for
		typ  reflect.Type
	}{
		{`3000`, n, nil}, {`3e3`, n, nil}, {`"3000"`, n, nil}, {`"3000.0"`, n, nil}, {`300000e-2`, n, nil}, {`0e99999999999`, 0, nil},
		{`1e99999999999`, nil, reflect.TypeFor[int]()}, {`1.5`, nil, reflect.TypeFor[int]()}, {`"3000 "`, nil, reflect.TypeFor[int]()},
		{`9223372036854775808`, nil, reflect.TypeFor[int]()}, {`true`, nil, reflect.TypeFor[int]()}, {`"\"1\""`, nil, reflect.TypeFor[int]()},
		{`1.5`, price, nil}, {`"1.5"`, price, nil}, {`1e400`, nil, reflect.TypeFor[float64]()}, {`"NaN"`, nil, reflect.TypeFor[float64]()},
		{`"null"`, nil, reflect.TypeFor[float64]()}, {`true`, yes, nil}, {`"true"`, yes, nil}, {`1`, nil, reflect.TypeFor[bool]()},
		{`"3e3"`, text, nil}, {`3e3`, text, nil}, {`[]`, nil, reflect.TypeFor[string]()},
	} {
		typ := tt.typ
		if tt.want != nil {
			typ = reflect.TypeOf(tt.want)
		}
		got, ok := scalar(typ, []byte(tt.text))
		if ok != (tt.want != nil) || ok && got.Interface() != tt.want || !ok && !got.IsZero() {
			t.Errorf("%s as %s: %v, %t", tt.text, typ, got, ok)
		}
	}
}

// The example of a type is the object in those of its document that looks most like it.
func TestLikeliest(t *testing.T) {
	file := filepath.Join(t.TempDir(), "examples.json")
	const examples = `{"a":[{"meta":{"size":1},"records":[{"sid":"1","ttl":2,"links":{"x":"y"}},{"sid":"2","capabilities":{"sms":true}}]}],"b":[1]}`
	if err := os.WriteFile(file, []byte(examples), 0o666); err != nil {
		t.Fatal(err)
	}
	found, err := readExamples(file)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, typ := range []reflect.Type{reflect.TypeFor[proxyv1.Session](), reflect.TypeFor[proxyv1.PhoneNumberCapabilities]()} {
		got = append(got, string(likeliest(typ, found["a"])))
	}
	if diff := cmp.Diff([]string{`{"sid":"1","ttl":2,"links":{"x":"y"}}`, `{"sms":true}`}, got); diff != "" {
		t.Error(diff)
	}
	if got := likeliest(reflect.TypeFor[proxyv1.Session](), found["b"]); string(got) != "{}" {
		t.Errorf("%s is an example", got)
	}
}
