package wire

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// Joined adds a list as one parameter with its items separated by sep. An empty
// list is not sent.
func (v *Values) Joined(name, sep string, list []string) {
	if len(list) > 0 {
		v.Add(name, strings.Join(list, sep))
	}
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
	for _, key := range slices.Sorted(maps.Keys(members)) {
		var text string
		if json.Unmarshal(members[key], &text) != nil {
			text = string(members[key])
		}
		v.Add(name+"["+key+"]", text)
	}
}
