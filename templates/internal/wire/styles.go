package wire

import (
	"encoding/json"
	"sort"
	"strings"
	"time"
)

// Joined adds a list as one parameter, its items separated by sep. An empty list is not sent.
func (v *Values) Joined(name, sep string, list []string) {
	if len(list) > 0 {
		v.Add(name, strings.Join(list, sep))
	}
}

// Formatted returns the texts of a list.
func Formatted[T any](list []T) []string {
	texts := make([]string, len(list))
	for i, v := range list {
		texts[i] = Text(v)
	}
	return texts
}

// Text returns a value as the text of a header, or of an item that is joined with others: what is
// text in JSON as it is, and anything else as JSON. (It does not ask fmt, which hides what is
// private in an object.)
func Text(v any) string {
	switch v := v.(type) {
	case time.Time:
		return FormatTime(v)
	case float64:
		return FormatFloat(v)
	}
	data, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	var text string
	if json.Unmarshal(data, &text) == nil && string(data) != "null" {
		return text
	}
	return string(data)
}

// DeepObject adds the members of a JSON object as name[key]=value, sorted by key. Nil is not sent.
// A string is sent as it is, any other value as its JSON encoding. A value that is not an object is
// a problem.
func (v *Values) DeepObject(name string, object any) {
	data, err := json.Marshal(object)
	if err != nil {
		v.fail(name, "cannot be encoded as JSON")
		return
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		v.fail(name, "must be an object")
		return
	}
	for _, key := range sortedKeys(members) {
		var text string
		if json.Unmarshal(members[key], &text) != nil {
			text = string(members[key])
		}
		v.Add(name+"["+key+"]", text)
	}
}

// sortedKeys uses package sort, which is compiled once, instead of a generic sort, which every
// build of a program would compile again.
func sortedKeys[T any](m map[string]T) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}
