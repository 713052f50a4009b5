package model

import (
	"cmp"
	"slices"
)

// Visitor is called for each object and enum that is reached, once each.
// Either function may be nil.
type Visitor struct {
	Object func(*Object)
	Enum   func(*Enum)

	seen map[Type]bool
}

// Resource visits every type that the operations of r use.
func (v *Visitor) Resource(r *Resource) {
	for _, op := range r.Operations {
		v.Operation(op)
	}
}

// Operation visits every type that op takes or gives.
func (v *Visitor) Operation(op *Operation) {
	for _, p := range op.PathParams {
		v.Type(p.Type)
	}
	for _, p := range op.Params {
		v.Type(p.Type)
	}
	v.Type(op.Response.Type)
	if op.Paging != nil {
		v.Type(op.Paging.Item)
	}
}

// Type visits t and what it is made of.
func (v *Visitor) Type(t Type) {
	if v.seen == nil {
		v.seen = map[Type]bool{}
	}
	switch t := t.(type) {
	case *Enum:
		if v.first(t) && v.Enum != nil {
			v.Enum(t)
		}
	case *Object:
		if !v.first(t) {
			return
		}
		if v.Object != nil {
			v.Object(t)
		}
		for _, f := range t.Fields {
			v.Type(f.Type)
		}
	case *List:
		v.Type(t.Item)
	case *Map:
		v.Type(t.Value)
	case *Union:
		for _, variant := range t.Variants {
			v.Type(variant)
		}
	}
}

func (v *Visitor) first(t Type) bool {
	if v.seen[t] {
		return false
	}
	v.seen[t] = true
	return true
}

// collect sets the API's objects and enums to those that its resources reach.
func (a *API) collect() {
	a.Objects, a.Enums = nil, nil
	v := Visitor{
		Object: func(o *Object) { a.Objects = append(a.Objects, o) },
		Enum:   func(e *Enum) { a.Enums = append(a.Enums, e) },
	}
	for _, r := range a.Resources {
		v.Resource(r)
	}
	slices.SortStableFunc(a.Objects, func(x, y *Object) int { return cmp.Compare(x.Pointer, y.Pointer) })
	slices.SortStableFunc(a.Enums, func(x, y *Enum) int { return cmp.Compare(x.Pointer, y.Pointer) })
}
