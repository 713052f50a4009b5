package contract

import (
	"encoding/json"
	"maps"
	"strings"

	"github.com/twiliogen/twiliogen/testdata/proof/bindings"
	"github.com/twiliogen/twiliogen/testdata/proof/record"
)

// call returns the call of a method of the operation with these params.
func (o *operation) call(m bindings.Method, params map[string]param) record.Call {
	c := record.Call{
		Client:   o.Document.Client(),
		Token:    o.Token,
		Receiver: m.Receiver,
		Method:   m.Name,
		Params:   map[string]json.RawMessage{},
		Prefer:   o.prefer,
	}
	for _, place := range m.Args {
		c.Args = append(c.Args, o.args[place])
	}
	for name, p := range params {
		c.Params[name] = p.sample
	}
	return c
}

// required returns the params that every call needs, with the first of each group that one is needed of.
func (o *operation) required() map[string]param {
	needed := maps.Clone(o.params)
	maps.DeleteFunc(needed, func(name string, p param) bool { return !p.required && !o.firstOfGroup(name) })
	return needed
}

// firstOfGroup reports whether a group begins with the param. Groups name it in another style: "messaging_service_sid".
func (o *operation) firstOfGroup(name string) bool {
	for _, group := range o.oneOf {
		if len(group) > 0 && strings.EqualFold(strings.ReplaceAll(group[0], "_", ""), name) {
			return true
		}
	}
	return false
}
