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

// UnknownResource returns the error for a name that none of the APIs has, with
// the nearest names that they do have.
func UnknownResource(name string, apis ...*API) *UnknownResourceError {
	return &UnknownResourceError{Name: name, Nearest: nearest(name, apis)}
}

// Has reports whether the API has a resource of this name, in any case.
func (a *API) Has(name string) bool {
	return slices.ContainsFunc(a.Resources, func(r *Resource) bool { return strings.EqualFold(r.Name, name) })
}

// Select reduces the API to the named resources and those whose path lies
// below them, and to the types these reach. A resource keeps its parent, which
// may then be one that is not selected. Without names the API stays whole; names
// it does not have select nothing.
func (a *API) Select(names []string) {
	if len(names) == 0 {
		return
	}
	keep := map[*Resource]bool{}
	for _, name := range names {
		for _, r := range a.Resources {
			if strings.EqualFold(r.Name, name) {
				markTree(r, keep)
			}
		}
	}
	a.Resources = slices.DeleteFunc(slices.Clone(a.Resources), func(r *Resource) bool { return !keep[r] })
	a.collect()
}

func markTree(r *Resource, keep map[*Resource]bool) {
	keep[r] = true
	for _, c := range r.Children {
		markTree(c, keep)
	}
}

// nearest lists at most five resource names by their distance from name.
func nearest(name string, apis []*API) []string {
	type candidate struct {
		name string
		dist int
	}
	var all []candidate
	seen := map[string]bool{}
	for _, a := range apis {
		for _, r := range a.Resources {
			if !seen[r.Name] {
				seen[r.Name] = true
				all = append(all, candidate{r.Name, distance(strings.ToLower(name), strings.ToLower(r.Name))})
			}
		}
	}
	slices.SortFunc(all, func(x, y candidate) int {
		return cmp.Or(cmp.Compare(x.dist, y.dist), cmp.Compare(x.name, y.name))
	})
	out := make([]string, 0, 5)
	for _, c := range all[:min(5, len(all))] {
		out = append(out, c.name)
	}
	return out
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
