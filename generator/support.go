package generator

import (
	"bytes"
	"maps"
	"path"
	"slices"

	"github.com/twiliogen/twiliogen/generator/output"
	"github.com/twiliogen/twiliogen/templates"
)

// supportPackages is the runtime as it is emitted: the templates with the
// header and the import paths of the output folder.
func supportPackages(root string) ([]output.Package, error) {
	files, err := templates.Files()
	if err != nil {
		return nil, err
	}
	byDir := map[string]*output.Package{}
	for _, f := range files {
		dir, name := path.Split(f.Path)
		dir = path.Clean(dir)
		if byDir[dir] == nil {
			byDir[dir] = &output.Package{Dir: dir}
		}
		byDir[dir].Files = append(byDir[dir].Files, output.File{Name: name, Data: supportFile(f.Data, root)})
	}
	var packages []output.Package
	for _, dir := range slices.Sorted(maps.Keys(byDir)) {
		packages = append(packages, *byDir[dir])
	}
	return packages, nil
}

func supportFile(source []byte, root string) []byte {
	source = bytes.ReplaceAll(source, []byte(`"`+templates.ImportPath+`/`), []byte(`"`+root+`/`))
	return withHeader(source)
}

// withHeader says of a file that it is generated.
func withHeader(source []byte) []byte {
	return append([]byte(output.Header+"\n\n"), source...)
}
