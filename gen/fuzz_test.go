package gen_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/twiliogen/twiliogen/gen/proxyv1"
)

// records has a value of every type that is decoded.
var records = []any{
	new(proxyv1.Service), new(proxyv1.PhoneNumber), new(proxyv1.PhoneNumberCapabilities), new(proxyv1.Session),
	new(proxyv1.Interaction), new(proxyv1.Participant), new(proxyv1.MessageInteraction),
}

// The generated decoders agree with encoding/json, for each type and any
// document: what that reads they read alike, and what is no JSON neither takes.
// They differ where the design says so, and there a document proves nothing:
// encoding/json matches names in any case, keeps an earlier value when a name
// occurs twice, and gives up where a value does not fit.
func FuzzDecode(f *testing.F) {
	for _, full := range []any{fullService(), fullPhoneNumber(), fullSession(), fullInteraction(), fullParticipant(), fullMessageInteraction()} {
		data, err := json.Marshal(full)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	for _, seed := range []string{
		`{}`, `null`, ``, ` {"sid" : "KC" } `, `{"sid":"\u00e9\ud83d\ude00\ud800"}`, `{"sid":"a` + "\xff" + `"}`, `{"ttl":1e2}`, `{"ttl":-0}`,
		`{"ttl":9223372036854775808}`, `{"links":{"a":null,"b":"c"}}`, `{"unknown":[1,{"a":[]}],"sid":"x"}`, `{"sid":1}`, `{"sid":"x",}`, `{"sid":"x"}{}`,
		`{"date_created":"2026-01-02T15:04:05.123456789+02:00"}`, `{"date_created":"never"}`, `{"capabilities":{"sms":true,"fax":null}}`, `{"is_reserved":false}`,
		`[]`, `"x"`, `{"sid":"` + "\t" + `"}`, `{"links":{}}`, `{"capabilities":null}`,
	} {
		f.Add([]byte(seed))
	}
	types := map[reflect.Type]reflect.Type{}
	for _, record := range records {
		typ := reflect.TypeOf(record).Elem()
		types[typ] = plain(typ)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for typ, plain := range types {
			compareDecoders(t, typ, plain, data)
		}
	})
}

func compareDecoders(t *testing.T, typ, plain reflect.Type, data []byte) {
	t.Helper()
	got, want := reflect.New(typ), reflect.New(plain)
	gotErr := json.Unmarshal(data, got.Interface())
	wantErr := json.Unmarshal(data, want.Interface())

	var syntax *json.SyntaxError
	switch {
	case errors.As(wantErr, &syntax):
		if gotErr == nil {
			t.Errorf("%s: %q is no JSON (%v) and was taken", typ, data, wantErr)
		}
	case wantErr != nil || ambiguous(typ, data):
	case gotErr != nil:
		t.Errorf("%s: %q: %v", typ, data, gotErr)
	default:
		g, w := encode(t, got), encode(t, want)
		if !bytes.Equal(g, w) {
			t.Errorf("%s: %q\ngot  %s\nwant %s", typ, data, g, w)
		}
	}
}

func encode(t *testing.T, v reflect.Value) []byte {
	t.Helper()
	data, err := json.Marshal(v.Interface())
	if err != nil {
		var bad *json.MarshalerError // a year that RFC 3339 cannot hold
		if errors.As(err, &bad) {
			return nil
		}
		t.Fatal(err)
	}
	return data
}

// plain is a struct type without its methods, so that encoding/json reads it by
// itself.
func plain(typ reflect.Type) reflect.Type {
	if typ.Kind() != reflect.Struct || typ == reflect.TypeFor[time.Time]() {
		return typ
	}
	fields := make([]reflect.StructField, typ.NumField())
	for i := range fields {
		fields[i] = typ.Field(i)
		fields[i].Type = plain(fields[i].Type)
	}
	return reflect.StructOf(fields)
}

// ambiguous reports whether a document has a name twice, or in another case
// than a field's.
func ambiguous(typ reflect.Type, data []byte) bool {
	names := map[string]bool{}
	wireNames(typ, names)
	decoder := json.NewDecoder(bytes.NewReader(data))
	var open []map[string]bool // names seen in each object around; nil for an array
	isKey := false
	for {
		token, err := decoder.Token()
		if err != nil {
			return !errors.Is(err, io.EOF)
		}
		switch token := token.(type) {
		case json.Delim:
			switch token {
			case '{':
				open = append(open, map[string]bool{})
			case '[':
				open = append(open, nil)
			default:
				open = open[:len(open)-1]
			}
			isKey = len(open) > 0 && open[len(open)-1] != nil
			continue
		case string:
			if isKey {
				seen := open[len(open)-1]
				if seen[token] || foldsTo(token, names) {
					return true
				}
				seen[token] = true
				isKey = false
				continue
			}
		}
		isKey = len(open) > 0 && open[len(open)-1] != nil
	}
}

// foldsTo reports whether a name equals another in all but the case.
func foldsTo(name string, names map[string]bool) bool {
	for n := range names {
		if n != name && strings.EqualFold(n, name) {
			return true
		}
	}
	return false
}

func wireNames(typ reflect.Type, names map[string]bool) {
	if typ.Kind() != reflect.Struct || typ == reflect.TypeFor[time.Time]() {
		return
	}
	for i := range typ.NumField() {
		name, _, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ",")
		names[name] = true
		wireNames(typ.Field(i).Type, names)
	}
}
