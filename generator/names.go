package generator

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/twiliogen/twiliogen/generator/bind/naming"
	"github.com/twiliogen/twiliogen/generator/model"
	"github.com/twiliogen/twiliogen/generator/output"
)

// readLedger reads the names that a package in the output folder has already.
// Without a ledger there are none.
func readLedger(out, pkg string) (*naming.Ledger, error) {
	file := filepath.Join(out, pkg+output.LedgerSuffix)
	data, err := os.ReadFile(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	case !bytes.HasPrefix(data, []byte(output.LedgerHeader)):
		return nil, nil // somebody else's file, which the plan will not overwrite
	}
	return naming.ParseLedger(file, data)
}

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
