package model

import (
	"cmp"
	"slices"
)

// alike says which objects are represented by another. What the operations of a
// resource return is one type where the objects have most of their fields in
// common, and those with the same types: a document often has an object for
// lists, with fewer fields, and much the same again for what is created. A field
// that an answer does not have is zero.
type alike map[*Object]*Object

// unite lets the object of a resource stand for what else its operations return.
func (m alike) unite(r *Resource) {
	if r.Object == nil {
		return
	}
	for _, op := range r.Operations {
		o := op.Returned()
		if o == nil || o == r.Object || !like(r.Object, o) {
			continue
		}
		r.Object.absorb(o)
		if op.Paging != nil {
			op.Paging.Item = r.Object
		} else {
			op.Response.Type = r.Object
		}
		if other, ok := m[o]; ok && other != r.Object {
			m[o] = nil // of two resources, neither may have it elsewhere
		} else {
			m[o] = r.Object
		}
	}
}

// absorb makes other one of those that o stands for, with its fields.
func (o *Object) absorb(other *Object) {
	if slices.Contains(o.Also, other) {
		return
	}
	o.Also = append(o.Also, other)
	o.Description = cmp.Or(o.Description, other.Description)
	for _, f := range other.Fields {
		same := o.field(f.Name)
		if same == nil {
			o.Fields = append(o.Fields, f)
			continue
		}
		same.Nullable = same.Nullable || f.Nullable
		same.PII = same.PII || f.PII
		same.Description = cmp.Or(same.Description, f.Description)
		if s, ok := same.Type.(*Scalar); ok {
			if len(s.SIDPrefixes) == 0 {
				s.SIDPrefixes = f.Type.(*Scalar).SIDPrefixes
			}
		}
	}
	o.Sort()
}

// Sort brings the fields into their order.
func (o *Object) Sort() {
	last := func(f *Field) int {
		if o.Sent && !f.Required || !o.Sent && f.Name != "sid" {
			return 1
		}
		return 0
	}
	slices.SortFunc(o.Fields, func(a, b *Field) int {
		return cmp.Or(cmp.Compare(last(a), last(b)), cmp.Compare(a.Name, b.Name))
	})
}

func (o *Object) field(name string) *Field {
	i := slices.IndexFunc(o.Fields, func(f *Field) bool { return f.Name == name })
	if i < 0 {
		return nil
	}
	return o.Fields[i]
}

// replace puts the objects that stand for others in their place in all fields.
func (m alike) replace(a *API) {
	v := Visitor{Object: func(o *Object) {
		for _, f := range o.Fields {
			f.Type = m.in(f.Type)
		}
	}}
	for _, r := range a.Resources {
		v.Resource(r)
	}
}

func (m alike) in(t Type) Type {
	switch t := t.(type) {
	case *Object:
		if whole := m[t]; whole != nil {
			return whole
		}
	case *List:
		t.Item = m.in(t.Item)
	case *Map:
		t.Value = m.in(t.Value)
	case *Union:
		for i, variant := range t.Variants {
			t.Variants[i] = m.in(variant)
		}
	}
	return t
}

// like reports whether two objects are one to a reader: each has most of the
// fields of the other, or all of them, and none with another type.
func like(a, b *Object) bool {
	shared := 0
	for _, f := range a.Fields {
		if b.field(f.Name) != nil {
			shared++
		}
	}
	most := 2*shared > max(len(a.Fields), len(b.Fields)) || shared == min(len(a.Fields), len(b.Fields))
	return most && comparison{}.agree(a, b)
}

// comparison holds the pairs of objects that are being compared, which are taken
// for equal further in.
type comparison map[[2]*Object]bool

// agree reports whether two objects have the same types for the fields that both
// have.
func (c comparison) agree(a, b *Object) bool {
	if a == b || c[[2]*Object{a, b}] {
		return true
	}
	c[[2]*Object{a, b}] = true
	for _, f := range a.Fields {
		if other := b.field(f.Name); other != nil && !c.same(f.Type, other.Type) {
			return false
		}
	}
	return true
}

// same reports whether two types say the same.
func (c comparison) same(a, b Type) bool {
	switch a := a.(type) {
	case *Scalar:
		b, ok := b.(*Scalar)
		return ok && a.Kind == b.Kind && (len(a.SIDPrefixes) == 0 || len(b.SIDPrefixes) == 0 || slices.Equal(a.SIDPrefixes, b.SIDPrefixes))
	case *Enum:
		b, ok := b.(*Enum)
		return ok && slices.Equal(a.Values, b.Values)
	case *Object:
		b, ok := b.(*Object)
		return ok && len(a.Fields) == len(b.Fields) && !slices.ContainsFunc(a.Fields, func(f *Field) bool { return b.field(f.Name) == nil }) && c.agree(a, b)
	case *List:
		b, ok := b.(*List)
		return ok && c.same(a.Item, b.Item)
	case *Map:
		b, ok := b.(*Map)
		return ok && a.Prefix == b.Prefix && c.same(a.Value, b.Value)
	case *Free:
		_, ok := b.(*Free)
		return ok
	case *Union:
		b, ok := b.(*Union)
		return ok && slices.EqualFunc(a.Variants, b.Variants, c.same)
	case *File:
		_, ok := b.(*File)
		return ok
	}
	return false
}
