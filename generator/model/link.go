package model

import (
	"cmp"
	"slices"
)

// Link completes an API whose resources have their paths and operations: it
// sorts them, finds each one's parent and children, and collects the types
// that are reached.
func (a *API) Link() {
	slices.SortFunc(a.Resources, func(x, y *Resource) int {
		return cmp.Or(cmp.Compare(x.Path(), y.Path()), cmp.Compare(x.Name, y.Name))
	})
	for _, r := range a.Resources {
		r.Parent, r.Children = nil, nil
	}
	for _, r := range a.Resources {
		if r.Parent = a.parent(r); r.Parent != nil {
			r.Parent.Children = append(r.Parent.Children, r)
		}
	}
	a.collect()
}

// parent is the resource with the longest instance path above r.
func (a *API) parent(r *Resource) *Resource {
	var best *Resource
	for _, c := range a.Resources {
		if c == r || !Below(r.Path(), c.InstancePath) {
			continue
		}
		if best == nil || len(segments(c.InstancePath)) > len(segments(best.InstancePath)) {
			best = c
		}
	}
	return best
}
