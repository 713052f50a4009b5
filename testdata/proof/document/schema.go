package document

import (
	"maps"
	"slices"
)

// Schema says what values are allowed. The zero Schema, like an empty one, allows any.
type Schema struct {
	document *Document
	node     Object
}

// Schema returns the schema at a node of the document, where there may be a reference to it.
func (d *Document) Schema(node any) Schema { return Schema{d, d.Resolve(node)} }

// Exists reports whether the document has the schema.
func (s Schema) Exists() bool { return s.node != nil }

// Text returns what the schema has under a key such as "type", "format" or "pattern"; "" where that is no text.
func (s Schema) Text(key string) string {
	text, _ := s.node[key].(string)
	return text
}

// Number returns a bound such as "minimum" or "maxLength".
func (s Schema) Number(key string) (n float64, ok bool) {
	n, ok = s.node[key].(float64)
	return n, ok
}

// Enum returns the values that are allowed; none where there are others.
func (s Schema) Enum() []any { return List(s.node["enum"]) }

// Sub returns the schema under a key such as "items" or "additionalProperties".
func (s Schema) Sub(key string) Schema { return s.document.Schema(s.node[key]) }

// Requires reports whether an object has to have the property.
func (s Schema) Requires(property string) bool {
	return slices.Contains(List(s.node["required"]), any(property))
}

// Properties returns the properties of the schema and of those that it is made of. Where a schema is one of several, all
// of them count, so that nothing goes untried.
func (s Schema) Properties() map[string]Schema {
	all := map[string]Schema{}
	for _, key := range []string{"anyOf", "oneOf", "allOf"} {
		for _, of := range slices.Backward(List(s.node[key])) {
			maps.Copy(all, s.document.Schema(of).Properties())
		}
	}
	for name, property := range s.document.Resolve(s.node["properties"]) {
		all[name] = s.document.Schema(property)
	}
	return all
}
