package model

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// UnknownResourceError says that a selection names a resource that no API has.
type UnknownResourceError struct {
	Name    string
	Nearest []string // names the caller may have meant, nearest first
}

func (e *UnknownResourceError) Error() string {
	msg := fmt.Sprintf("there is no resource %q", e.Name)
	if len(e.Nearest) > 0 {
		msg += "; did you mean " + strings.Join(e.Nearest, ", ") + "?"
	}
	return msg
}

// UnknownResource returns the error for a name that is none of the known ones,
// with the nearest of them.
func UnknownResource(name string, known []string) *UnknownResourceError {
	return &UnknownResourceError{Name: name, Nearest: nearest(name, known)}
}

// Select reduces the API to some of its resources and those with a path below
// one of their instances, and to the types these reach. A resource keeps its
// parent, which may then be one that is not selected.
func (a *API) Select(chosen []*Resource) {
	a.Resources = slices.DeleteFunc(slices.Clone(a.Resources), func(r *Resource) bool {
		return !slices.ContainsFunc(chosen, func(root *Resource) bool { return r == root || r.below(root) })
	})
	a.collect()
}

// below reports whether any path of r lies below an instance path of root.
func (r *Resource) below(root *Resource) bool {
	for _, path := range r.paths() {
		for _, instance := range root.paths() {
			if root.isInstance(instance) && Below(path, instance) {
				return true
			}
		}
	}
	return false
}

// paths are all paths of r.
func (r *Resource) paths() []string {
	return append([]string{r.ListPath, r.InstancePath}, r.OtherPaths...)
}

// nearest lists at most five of the known names by their distance from name.
func nearest(name string, known []string) []string {
	name = strings.ToLower(name)
	known = slices.Compact(slices.Sorted(slices.Values(known)))
	slices.SortStableFunc(known, func(x, y string) int {
		return cmp.Compare(distance(name, strings.ToLower(x)), distance(name, strings.ToLower(y)))
	})
	return known[:min(5, len(known))]
}

// distance is the number of edits between two words; a word inside the other
// counts as near.
func distance(a, b string) int {
	if strings.Contains(a, b) || strings.Contains(b, a) {
		return 1
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
