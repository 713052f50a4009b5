package openapi

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"

	"github.com/twiliogen/twiliogen/generator/english"
	"github.com/twiliogen/twiliogen/generator/model"
)

// numbered is a parameter that is one of many: "Parameter12.Value".
var numbered = regexp.MustCompile(`^([A-Za-z_]*[A-Za-z])([1-9]\d*)\.(Name|Value)$`)

// foldNumbered makes one map of parameters that are numbered pairs of a name and
// a value, from 1 on without a gap.
func foldNumbered(params []*model.Param) []*model.Param {
	pairs := map[string]int{} // the parts that a prefix has
	highest := map[string]int{}
	for _, p := range params {
		if m := numbered.FindStringSubmatch(p.Name); m != nil {
			n, _ := strconv.Atoi(m[2])
			pairs[m[1]]++
			highest[m[1]] = max(highest[m[1]], n)
		}
	}
	for _, prefix := range slices.Sorted(maps.Keys(pairs)) {
		if n := highest[prefix]; n > 1 && pairs[prefix] == 2*n {
			params = foldPrefix(params, prefix, n)
		}
	}
	return params
}

// foldPrefix replaces the parameters of a prefix.
func foldPrefix(params []*model.Param, prefix string, most int) []*model.Param {
	belongs := func(p *model.Param) bool {
		m := numbered.FindStringSubmatch(p.Name)
		return m != nil && m[1] == prefix
	}
	folded := *params[slices.IndexFunc(params, belongs)]
	limit := uint64(most)
	folded.Field = model.Field{
		Pointer: folded.Pointer, Name: english.Plural(prefix),
		Type:        &model.Map{Value: &model.Scalar{Kind: model.String}, Prefix: prefix},
		Description: fmt.Sprintf("Values by name, sent as %[1]s1.Name and %[1]s1.Value, %[1]s2.Name and %[1]s2.Value, and so on.", prefix),
		Limits:      model.Limits{MaxItems: &limit},
	}
	folded.Style = model.Numbered
	return append(slices.DeleteFunc(params, belongs), &folded)
}
