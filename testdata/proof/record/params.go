package record

import (
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// bodyName stands for the JSON body among the names of parameters.
const bodyName = "(body)"

// field is a field of a method's params.
type field struct {
	reflect.Value
	name   string // on the wire, if it has a tag, else that of the field
	tagged bool
}

func newField(v reflect.Value, f reflect.StructField) field {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	if name == "" || name == "-" { // which only says that it is no part of a JSON body
		return field{v, f.Name, false}
	}
	return field{v, html.UnescapeString(name), true} // twilio-go escapes the names in its tags
}

// isFor reports whether the field is the parameter's. Its tag has to say so to the letter.
func (f field) isFor(name string) bool { return f.name == name || !f.tagged }

// fill sets the fields of params to the values that have their names. It returns the names of the fields without a value
// and of the values without a field.
func (c Call) fill(params reflect.Value) (unset, missing []string, err error) {
	fields := map[string]field{}
	for i := range params.NumField() {
		f := newField(params.Field(i), params.Type().Field(i))
		name := fold(f.name)
		if _, twice := fields[name]; twice {
			return nil, nil, fmt.Errorf("two fields of %s are named like %s", params.Type(), name)
		}
		fields[name] = f
	}
	values := c.values(fields)
	foldPairs(values, fields)
	for _, name := range slices.Sorted(maps.Keys(values)) {
		f, ok := fields[fold(name)]
		if !ok || !f.isFor(name) {
			missing = append(missing, name)
			continue
		}
		delete(fields, fold(name))
		if err := f.setJSON(values[name]); err != nil {
			return nil, nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	deleteOwn(fields)
	return slices.Sorted(maps.Keys(fields)), missing, nil
}

// setJSON sets the field. A boolean takes the text of one, which is what some documents say that it is.
func (f field) setJSON(value json.RawMessage) error {
	err := json.Unmarshal(value, f.Addr().Interface())
	var text string
	if err != nil && json.Unmarshal(value, &text) == nil && (text == "true" || text == "false") {
		return json.Unmarshal([]byte(text), f.Addr().Interface())
	}
	return err
}

// pair is the name of one half of a numbered pair: Parameter12.Value.
var pair = regexp.MustCompile(`^(.*\D)(\d+)\.(Name|Value)$`)

// foldPairs makes the value of a map of numbered pairs that have no fields of their own.
func foldPairs(values map[string]json.RawMessage, fields map[string]field) {
	folded := map[string]map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		m := pair.FindStringSubmatch(name)
		if m == nil || m[3] != "Name" {
			continue
		}
		f, ok := fields[fold(m[1]+"s")]
		if !ok || f.Kind() != reflect.Map {
			continue
		}
		var key, value string
		other := m[1] + m[2] + ".Value"
		if json.Unmarshal(values[name], &key) != nil || json.Unmarshal(values[other], &value) != nil {
			continue
		}
		if folded[f.name] == nil {
			folded[f.name] = map[string]string{}
		}
		folded[f.name][key] = value
		delete(values, name)
		delete(values, other)
	}
	for name, entries := range folded {
		values[name], _ = json.Marshal(entries)
	}
}

// deleteOwn deletes the fields that have no parameter of the API behind them: the limit of a list, which is never sent,
// and twilio-go's way to name an account that is not the client's.
func deleteOwn(fields map[string]field) {
	delete(fields, "limit")
	delete(fields, "pathaccountsid")
}

// values returns the values for the fields by name. The JSON body is the value of the one field that is no parameter and
// no property of it; if there is no such field, each property has a field of its own.
func (c Call) values(fields map[string]field) map[string]json.RawMessage {
	values := maps.Clone(c.Params)
	if c.Body == nil {
		return values
	}
	properties := map[string]json.RawMessage{}
	_ = json.Unmarshal(c.Body, &properties) // a body that is no object has no properties

	others := maps.Clone(fields)
	for _, named := range []map[string]json.RawMessage{c.Params, properties} {
		for name := range named {
			delete(others, fold(name))
		}
	}
	deleteOwn(others)
	if len(others) == 1 {
		for _, f := range others {
			values[f.name] = c.Body
		}
		return values
	}
	maps.Copy(values, properties)
	return values
}

// fold makes names equal that differ only in what no Go identifier can hold, or in case: "If-Match" is "IfMatch", and
// "DateCreated<" is "DateCreatedBefore".
func fold(name string) string {
	name = strings.NewReplacer("<", "before", ">", "after").Replace(name)
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}
