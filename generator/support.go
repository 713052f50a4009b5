package generator

import (
	"bytes"
	"path"

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
	var packages []output.Package
	for _, f := range files {
		dir, name := path.Split(f.Path)
		dir = path.Clean(dir)
		if len(packages) == 0 || packages[len(packages)-1].Dir != dir {
			packages = append(packages, output.Package{Dir: dir})
		}
		last := &packages[len(packages)-1]
		last.Files = append(last.Files, output.File{Name: name, Data: supportFile(f.Data, root)})
	}
	return packages, nil
}

func supportFile(source []byte, root string) []byte {
	source = bytes.ReplaceAll(source, []byte(`"`+templates.ImportPath+`/`), []byte(`"`+root+`/`))
	return append([]byte(output.Header+"\n\n"), source...)
}
