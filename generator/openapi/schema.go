package openapi

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/twiliogen/twiliogen/generator/model"
)

// place is where a schema stands and which way its values go.
type place struct {
	pointer string
	origin  model.Origin
	sent    bool
}

// follow moves to the target of a reference.
func (at place) follow(ref string) place {
	if ref == "" {
		return at
	}
	at.pointer = strings.TrimPrefix(ref, "#")
	if tokens := model.PointerTokens(at.pointer); len(tokens) == 3 && tokens[0] == "components" {
		at.origin = model.Origin{Component: tokens[2]}
	}
	return at
}

// down moves to a part of the schema that is no member of its own: items,
// values, a branch. A type found there is named after the whole.
func (at place) down(tokens ...string) place {
	at.pointer = model.JoinPointer(at.pointer, tokens...)
	return at
}

// field converts a named schema.
func (c *converter) field(name string, ref *openapi3.SchemaRef, at place) model.Field {
	s := ref.Value
	f := model.Field{
		Pointer:     at.pointer,
		Name:        name,
		Type:        c.typ(ref, at),
		Description: s.Description,
		Nullable:    s.Nullable,
		PII:         isPersonal(ref, nil),
		Deprecated:  s.Deprecated,
		Limits: model.Limits{
			Min: s.Min, Max: s.Max, MaxLength: s.MaxLength, MaxItems: s.MaxItems, Pattern: s.Pattern,
		},
	}
	if s.MinLength > 0 {
		f.Limits.MinLength = &s.MinLength
	}
	if s.MinItems > 0 {
		f.Limits.MinItems = &s.MinItems
	}
	if s.Default != nil {
		if text, err := json.Marshal(s.Default); err == nil {
			f.Default = string(text)
		}
	}
	return f
}

// isPersonal reports whether the document marks a value as personal data, or what
// it consists of: the items of a list, the values of a map, an alternative.
func isPersonal(ref *openapi3.SchemaRef, within []*openapi3.Schema) bool {
	if ref == nil || slices.Contains(within, ref.Value) {
		return false
	}
	s := ref.Value
	if extension(s.Extensions).PII || extension(ref.Extensions).PII {
		return true
	}
	within = append(slices.Clip(within), s)
	parts := slices.Concat(s.AllOf, s.OneOf, s.AnyOf, openapi3.SchemaRefs{s.Items, s.AdditionalProperties.Schema})
	return slices.ContainsFunc(parts, func(part *openapi3.SchemaRef) bool { return isPersonal(part, within) })
}

// typ converts a schema.
func (c *converter) typ(ref *openapi3.SchemaRef, at place) model.Type {
	at = at.follow(ref.Ref)
	if ref.Ref != "" {
		key := typeKey{at.pointer, at.sent}
		if t, ok := c.types[key]; ok {
			return t
		}
		if c.active[key] {
			c.report(at.pointer, "the schema consists of itself; put an object with properties in between")
			return &model.Free{}
		}
		c.active[key] = true
		defer delete(c.active, key)
	}
	s := ref.Value
	if whole, i := alias(s); whole != nil {
		return c.typ(whole, at.down("allOf", fmt.Sprint(i)))
	}
	switch {
	case isObject(s, 0):
		return c.object(s, at)
	case len(s.OneOf)+len(s.AnyOf) > 0:
		return c.union(s, at)
	}
	return c.plain(s, at)
}

// isObject reports whether a schema has properties: its own, those of one of
// its parts, or those of each of its alternatives.
func isObject(s *openapi3.Schema, depth int) bool {
	if len(s.Properties) > 0 {
		return true
	}
	if depth > maxNesting {
		return false
	}
	inside := func(ref *openapi3.SchemaRef) bool { return isObject(ref.Value, depth+1) }
	if slices.ContainsFunc(s.AllOf, inside) {
		return true
	}
	alternatives := slices.Concat(s.OneOf, s.AnyOf)
	return len(alternatives) > 0 && !slices.ContainsFunc(alternatives, func(ref *openapi3.SchemaRef) bool { return !inside(ref) })
}

// maxNesting bounds how deep alternatives of alternatives are followed.
const maxNesting = 20

// alias is the schema that s stands for when it only wraps it, to add a
// description, a bound or nullable, and its place in allOf.
func alias(s *openapi3.Schema) (whole *openapi3.SchemaRef, index int) {
	if len(s.Properties) > 0 {
		return nil, 0
	}
	typed := 0
	for i, part := range s.AllOf {
		if !hasType(part.Value) {
			continue
		}
		if typed++; whole == nil {
			whole, index = part, i
		}
	}
	if typed > 1 && isObject(s, 0) {
		return nil, 0 // its parts add up
	}
	return whole, index
}

// hasType reports whether a schema says what a value is, and not only more
// about one.
func hasType(s *openapi3.Schema) bool {
	return !s.Type.IsEmpty() || len(s.Properties) > 0 || s.Items != nil || len(s.Enum) > 0 ||
		len(s.AllOf)+len(s.OneOf)+len(s.AnyOf) > 0
}

// plain converts a schema without composition and without properties.
func (c *converter) plain(s *openapi3.Schema, at place) model.Type {
	switch {
	case s.Type.IsEmpty():
		if len(s.Enum) > 0 {
			return c.enum(s, at)
		}
		if s.Items != nil {
			return &model.List{Item: c.typ(s.Items, at.down("items"))}
		}
		return &model.Free{}
	case s.Type.Is(openapi3.TypeString):
		if onlyBooleans(s.Enum) {
			return &model.Scalar{Kind: model.Boolean, Text: true}
		}
		if len(s.Enum) > 0 {
			return c.enum(s, at)
		}
		return c.stringType(s)
	case s.Type.Is(openapi3.TypeInteger):
		if s.Format == "int64" {
			return &model.Scalar{Kind: model.Long, Format: s.Format}
		}
		return &model.Scalar{Kind: model.Integer, Format: s.Format}
	case s.Type.Is(openapi3.TypeNumber):
		return &model.Scalar{Kind: model.Number, Format: s.Format}
	case s.Type.Is(openapi3.TypeBoolean):
		return &model.Scalar{Kind: model.Boolean}
	case s.Type.Is(openapi3.TypeArray):
		if s.Items == nil {
			return &model.List{Item: &model.Free{}}
		}
		return &model.List{Item: c.typ(s.Items, at.down("items"))}
	}
	return c.freeObject(s, at)
}

func (c *converter) stringType(s *openapi3.Schema) *model.Scalar {
	t := &model.Scalar{Format: s.Format}
	switch s.Format {
	case "date-time", "date-time-rfc-2822":
		t.Kind = model.DateTime
	case "date":
		t.Kind = model.Date
	}
	known := false
	if t.SIDPrefixes, known = c.prefixes[s.Pattern]; !known {
		t.SIDPrefixes = sidPrefixes(s.Pattern)
		c.prefixes[s.Pattern] = t.SIDPrefixes
	}
	return t
}

// collapsible is the format of a map that a form carries as Prefix.key=value.
const collapsible = "prefixed-collapsible-map-"

// freeObject converts an object without properties.
func (c *converter) freeObject(s *openapi3.Schema, at place) model.Type {
	text := &model.Scalar{Kind: model.String}
	if prefix, ok := strings.CutPrefix(s.Format, collapsible); ok {
		return &model.Map{Value: text, Prefix: prefix}
	}
	if s.Format == "uri-map" {
		return &model.Map{Value: &model.Scalar{Kind: model.String, Format: "uri"}}
	}
	if values := s.AdditionalProperties.Schema; values != nil {
		if t := c.typ(values, at.down("additionalProperties")); !isFree(t) {
			return &model.Map{Value: t}
		}
	}
	return &model.Free{}
}

func isFree(t model.Type) bool {
	_, ok := t.(*model.Free)
	return ok
}

// onlyBooleans reports whether the values of an enum are "true" and "false":
// then it is a boolean that somebody wrote as text, as JSON and forms of Twilio
// do elsewhere, too.
func onlyBooleans(values []any) bool {
	seen := map[any]bool{}
	for _, v := range values {
		if v != nil && v != "true" && v != "false" {
			return false
		}
		seen[v] = true
	}
	return seen["true"] && seen["false"]
}

// enum converts a string with known values. Inline enums that say the same are
// one type: those of a format, wherever they stand, and those of one member of
// a resource.
func (c *converter) enum(s *openapi3.Schema, at place) model.Type {
	e := &model.Enum{Pointer: at.pointer, Origin: at.origin, Description: s.Description}
	for _, v := range s.Enum {
		switch v := v.(type) {
		case nil: // how a nullable enum is often written
		case string:
			if !slices.Contains(e.Values, v) {
				e.Values = append(e.Values, v)
			}
		default:
			text, _ := json.Marshal(v)
			c.report(model.JoinPointer(at.pointer, "enum"), fmt.Sprintf("the enum value %s is not a string; quote it, or give the schema its own type", text))
		}
	}
	if e.Origin.Component == "" && s.Format != "" {
		e.Origin, e.Description = model.Origin{Component: s.Format}, "" // which speaks of one place
	}
	return c.known(e)
}

// known returns the enum that says the same as e, which may be e.
func (c *converter) known(e *model.Enum) *model.Enum {
	key := enumKey(e)
	if same, ok := c.enums[key]; ok {
		return same
	}
	c.enums[key] = e
	return e
}

// enumKey is equal for enums that are one type.
func enumKey(e *model.Enum) string {
	o := e.Origin
	where := "component " + o.Component
	switch {
	case o.Object != nil:
		where = fmt.Sprintf("object %s %s", o.Object.Pointer, o.Member)
	case o.Operation != nil:
		where = fmt.Sprintf("resource %s %s", strings.ToLower(o.Operation.Noun), o.Member)
	}
	return where + "\x00" + strings.Join(e.Values, "\x00")
}

// object converts a schema with properties. It is remembered before its
// properties are converted, so that it may contain itself.
func (c *converter) object(s *openapi3.Schema, at place) model.Type {
	key := typeKey{at.pointer, at.sent}
	if t, ok := c.types[key]; ok {
		return t
	}
	o := &model.Object{Pointer: at.pointer, Origin: at.origin, Description: s.Description, Sent: at.sent}
	c.types[key] = o
	o.Fields = c.fields(s, at, o)
	o.Sort()
	return o
}

// properties converts the properties of a body, which become parameters of its
// operation.
func (c *converter) properties(ref *openapi3.SchemaRef, at place) []*model.Field {
	operation := at.origin.Operation
	at = at.follow(ref.Ref)
	return c.fieldsOf(ref.Value, at, func(name string) model.Origin {
		return model.Origin{Operation: operation, Member: name}
	}, nil)
}

func (c *converter) fields(s *openapi3.Schema, at place, o *model.Object) []*model.Field {
	return c.fieldsOf(s, at, func(name string) model.Origin {
		return model.Origin{Object: o, Member: name}
	}, nil)
}

// fieldsOf converts the properties of s and of all that it is composed of. With
// allOf they add up, and a property of s itself wins. With oneOf and anyOf a
// value has the properties of one alternative or another, so that a struct has
// those of all, and only what every alternative requires is required.
func (c *converter) fieldsOf(s *openapi3.Schema, at place, origin func(string) model.Origin, within []*openapi3.Schema) []*model.Field {
	if slices.Contains(within, s) {
		c.report(at.pointer, "the schema is composed of itself; remove the cycle")
		return nil
	}
	within = append(slices.Clip(within), s)
	var fields fieldSet
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		f := c.field(name, s.Properties[name], place{model.JoinPointer(at.pointer, "properties", name), origin(name), at.sent})
		fields = append(fields, &f)
	}
	for i, part := range s.AllOf {
		below := at.down("allOf", fmt.Sprint(i)).follow(part.Ref)
		for _, f := range c.fieldsOf(part.Value, below, origin, within) {
			fields.add(f)
		}
	}
	for _, f := range c.alternatives(s.OneOf, at.down("oneOf"), origin, within) {
		fields.add(f)
	}
	for _, f := range c.alternatives(s.AnyOf, at.down("anyOf"), origin, within) {
		fields.add(f)
	}
	for _, f := range fields {
		f.Required = f.Required || slices.Contains(s.Required, f.Name)
	}
	return fields
}

// alternatives merges the properties of several schemas of which one holds.
func (c *converter) alternatives(refs openapi3.SchemaRefs, at place, origin func(string) model.Origin, within []*openapi3.Schema) fieldSet {
	var merged fieldSet
	required := map[string]int{}
	for i, ref := range refs {
		below := at.down(fmt.Sprint(i)).follow(ref.Ref)
		for _, f := range c.fieldsOf(ref.Value, below, origin, within) {
			if f.Required {
				required[f.Name]++
			}
			if known := merged.find(f.Name); known != nil {
				known.Type = c.mergeTypes(known.Type, f.Type, origin(f.Name))
				known.Nullable = known.Nullable || f.Nullable
				known.PII = known.PII || f.PII
				continue
			}
			merged = append(merged, f)
		}
	}
	for _, f := range merged {
		f.Required = required[f.Name] == len(refs)
	}
	return merged
}

// mergeTypes is a type for what may be one or the other: an enum with the
// values of both, the type that they share, or else any JSON.
func (c *converter) mergeTypes(a, b model.Type, origin model.Origin) model.Type {
	if a == b {
		return a
	}
	switch a := a.(type) {
	case *model.Enum:
		if b, ok := b.(*model.Enum); ok {
			merged := &model.Enum{Pointer: a.Pointer, Origin: origin, Values: slices.Clone(a.Values)}
			for _, v := range b.Values {
				if !slices.Contains(merged.Values, v) {
					merged.Values = append(merged.Values, v)
				}
			}
			return c.known(merged)
		}
	case *model.Scalar:
		if b, ok := b.(*model.Scalar); ok && a.Kind == b.Kind {
			return a
		}
	case *model.List:
		if b, ok := b.(*model.List); ok {
			return &model.List{Item: c.mergeTypes(a.Item, b.Item, origin)}
		}
	case *model.Map:
		if b, ok := b.(*model.Map); ok {
			return &model.Map{Value: c.mergeTypes(a.Value, b.Value, origin), Prefix: a.Prefix}
		}
	}
	return &model.Free{}
}

// fieldSet is a list of fields with distinct names.
type fieldSet []*model.Field

func (s fieldSet) find(name string) *model.Field {
	if i := slices.IndexFunc(s, func(f *model.Field) bool { return f.Name == name }); i >= 0 {
		return s[i]
	}
	return nil
}

// add appends a field; one that is there already only learns that it is
// required.
func (s *fieldSet) add(f *model.Field) {
	if known := s.find(f.Name); known != nil {
		known.Required = known.Required || f.Required
		return
	}
	*s = append(*s, f)
}

// union converts alternatives that are no objects.
func (c *converter) union(s *openapi3.Schema, at place) model.Type {
	u := &model.Union{Pointer: at.pointer}
	for i, variant := range s.OneOf {
		u.Variants = append(u.Variants, c.typ(variant, at.down("oneOf", fmt.Sprint(i))))
	}
	for i, variant := range s.AnyOf {
		u.Variants = append(u.Variants, c.typ(variant, at.down("anyOf", fmt.Sprint(i))))
	}
	return u
}
