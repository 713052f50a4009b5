package naming

import (
	"slices"
	"strings"

	"github.com/twiliogen/twiliogen/generator/model"
	"github.com/twiliogen/twiliogen/generator/words"
)

// Find returns the resource that a user calls by a name of the package: that of
// its type or of its field in Client, or the noun of its operations, in the
// singular or plural and in any case; nil when there is none.
func (n *Names) Find(api *model.API, name string) *model.Resource {
	wanted := spoken(name)
	i := slices.IndexFunc(api.Resources, func(r *model.Resource) bool {
		names := n.resources[r]
		return wanted == spoken(names.Name) || wanted == spoken(names.Field) || wanted == spoken(r.Name)
	})
	if i < 0 {
		return nil
	}
	return api.Resources[i]
}

// Resources returns the names by which users call the resources.
func (n *Names) Resources(api *model.API) []string {
	var names []string
	for _, r := range api.Resources {
		names = append(names, n.resources[r].Name)
	}
	return names
}

// spoken is a name without its case, in the singular.
func spoken(name string) string {
	return strings.ToLower(words.Join(words.Singular(words.Split(name))))
}
