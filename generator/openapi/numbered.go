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

// foldNumbered makes one map of the parameters of a form that are numbered pairs
// of a name and a value, from 1 on without a gap, where a map says as much: all
// are optional text, and no parameter has the name that the map would have.
func foldNumbered(params []*model.Param) []*model.Param {
	groups := map[string][]*model.Param{}
	for _, p := range params {
		if m := numbered.FindStringSubmatch(p.Name); m != nil && p.In == model.InForm {
			groups[m[1]] = append(groups[m[1]], p)
		}
	}
	for _, prefix := range slices.Sorted(maps.Keys(groups)) {
		group := groups[prefix]
		taken := slices.ContainsFunc(params, func(p *model.Param) bool { return sameName(p.Name, english.Plural(prefix)) })
		if n := pairsIn(group); n > 1 && !taken {
			params = slices.DeleteFunc(params, func(p *model.Param) bool { return slices.Contains(group, p) })
			params = append(params, folded(prefix, n, group))
		}
	}
	return params
}

// pairsIn counts the pairs of a group; 0 where a map would say less.
func pairsIn(group []*model.Param) int {
	highest := 0
	for _, p := range group {
		n, _ := strconv.Atoi(numbered.FindStringSubmatch(p.Name)[2])
		highest = max(highest, n)
		if s, ok := p.Type.(*model.Scalar); !ok || s.Kind != model.String || len(s.SIDPrefixes) > 0 || p.Required {
			return 0
		}
	}
	if len(group) != 2*highest {
		return 0
	}
	return highest
}

// folded is the map that stands for n pairs. It is personal where one of them
// is.
func folded(prefix string, n int, group []*model.Param) *model.Param {
	limit := uint64(n)
	p := &model.Param{In: model.InForm, Style: model.Numbered, Field: model.Field{
		Pointer: group[0].Pointer, Name: english.Plural(prefix),
		Type:        &model.Map{Value: &model.Scalar{Kind: model.String}, Prefix: prefix},
		Description: fmt.Sprintf("Values by name, sent as %[1]s1.Name and %[1]s1.Value, %[1]s2.Name and %[1]s2.Value, and so on.", prefix),
		Limits:      model.Limits{MaxItems: &limit},
	}}
	for _, part := range group {
		p.PII = p.PII || part.PII
		p.Deprecated = p.Deprecated || part.Deprecated
	}
	return p
}
