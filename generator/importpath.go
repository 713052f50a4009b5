package generator

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"

	"github.com/twiliogen/twiliogen/generator/bind/naming"
)

// out is the output folder.
func (opts Options) out() string { return cmp.Or(opts.Out, DefaultOut) }

// importRoot checks the options that name things, and returns the import path of
// the output folder.
func importRoot(opts Options) (string, error) {
	if opts.Package != "" && !naming.ValidPackage(opts.Package) {
		return "", usage("Package", "%q is not a valid package name; use lower-case letters and digits", opts.Package)
	}
	if opts.ImportPath != "" {
		if err := module.CheckImportPath(opts.ImportPath); err != nil {
			return "", usage("ImportPath", "%v: %v", option("ImportPath"), err)
		}
		return opts.ImportPath, nil
	}
	return findImportPath(opts.out())
}

// findImportPath joins the module path of the go.mod above a folder with the
// way from there to the folder, which need not exist.
func findImportPath(dir string) (string, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	for at := abs; ; at = filepath.Dir(at) {
		data, err := os.ReadFile(filepath.Join(at, "go.mod"))
		switch {
		case err == nil:
			rel, err := filepath.Rel(at, abs)
			if err != nil {
				return "", err
			}
			return joinImportPath(filepath.Join(at, "go.mod"), data, filepath.ToSlash(rel))
		case !errors.Is(err, fs.ErrNotExist):
			return "", err
		case at == filepath.Dir(at):
			return "", usage("ImportPath", "there is no go.mod above %s that gives its import path; run go mod init there, or set %v", dir, option("ImportPath"))
		}
	}
}

func joinImportPath(file string, data []byte, rel string) (string, error) {
	root := modfile.ModulePath(data)
	if root == "" {
		return "", fmt.Errorf("%s does not name a module", file)
	}
	p := path.Join(root, rel)
	if err := module.CheckImportPath(p); err != nil {
		return "", usage("Out", "the output folder cannot be imported: %v", err)
	}
	return p, nil
}
