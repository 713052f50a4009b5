// Package templates contains the support code that generated bindings stand on, as ordinary Go
// packages, and gives access to its source, so that the generator can copy it into a user's module.
package templates

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// ImportPath is the import path of the folder that File.Path is relative to. A copy has the import
// path of its own folder in its place, wherever this one is followed by a slash.
const ImportPath = "github.com/twiliogen/twiliogen/templates"

//go:embed twilio/*.go twilio/webhook/*.go internal/wire/*.go
var source embed.FS

// File is one source file of the support code.
type File struct {
	Path string // slash path relative to this package's folder: "twilio/client.go"
	Data []byte // the file as it is, without a header for generated code
}

// Files returns the support code without its tests, sorted by path. The caller may change the data.
func Files() ([]File, error) {
	var files []File
	err := fs.WalkDir(source, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(path, "_test.go") {
			return err
		}
		data, err := source.ReadFile(path)
		if err != nil {
			return err
		}
		files = append(files, File{Path: path, Data: data})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("support code: %w", err)
	}
	// WalkDir sorts by the names in each folder, which puts "webhook/a.go" before "webhook.go"; the
	// order of the paths is the other way around.
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return files, nil
}
