package wire

import (
	"encoding/json"
	"fmt"
	"sort"
	"strings"
	"time"
)

// Joined adds a list as one parameter with its items separated by sep. An empty
// list is not sent.
func (v *Values) Joined(name, sep string, list []string) {
	if len(list) > 0 {
		v.Add(name, strings.Join(list, sep))
	}
}

// Formatted is a list of numbers, booleans, times or dates as texts.
func Formatted[T any](list []T) []string {
	texts := make([]string, len(list))
	for i, v := range list {
		switch v := any(v).(type) {
		case time.Time:
			texts[i] = FormatTime(v)
		case float64:
			texts[i] = FormatFloat(v)
		default:
			texts[i] = fmt.Sprint(v)
		}
	}
	return texts
}

// DeepObject adds the members of a JSON object as name[key]=value, sorted by
// key; nil is not sent. A text is sent as it is, any other value as its JSON
// text. What is no object is a problem.
func (v *Values) DeepObject(name string, object any) {
	data, err := json.Marshal(object)
	if err != nil {
		v.fail(name, "cannot be written as JSON")
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

// sortedKeys uses package sort, which is compiled, in place of a generic sort, which every build of an application would
// compile anew.
func sortedKeys[T any](m map[string]T) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}
