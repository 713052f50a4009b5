package generator

import (
	"github.com/twiliogen/twiliogen/generator/model"
	"github.com/twiliogen/twiliogen/generator/naming"
)

// selectResources reduces an API to the resources that are asked for, and says
// what the package calls them. Names that it does not have select nothing;
// without names it stays whole.
func selectResources(api *model.API, names *naming.Names, wanted []string) (*model.API, []string) {
	selected := *api
	if len(wanted) == 0 {
		return &selected, nil
	}
	var chosen []*model.Resource
	var selection []string
	for _, name := range wanted {
		if r := names.Find(api, name); r != nil {
			chosen = append(chosen, r)
			selection = append(selection, names.Resource(r).Name)
		}
	}
	selected.Select(chosen)
	return &selected, selection
}

// checkSelection makes sure that each name is known to one of the documents.
func checkSelection(inputs []Input, names []*naming.Names, selection []string) error {
	for _, name := range selection {
		found := false
		var known []string
		for i, in := range inputs {
			found = found || names[i].Find(in.API, name) != nil
			known = append(known, names[i].Resources(in.API)...)
		}
		if !found {
			return usage("Resources", "%v", model.UnknownResource(name, known))
		}
	}
	return nil
}
