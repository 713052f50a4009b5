// Package templates holds the support code that generated bindings stand on, as ordinary Go packages, and hands out
// their source so that the generator can copy it into a user's module.
package templates

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// ImportPath is the import path of the folder that File.Path is relative to. A copy replaces it, followed by a slash,
// by the import path of its own folder.
const ImportPath = "github.com/twiliogen/twiliogen/templates"

//go:embed twilio/*.go twilio/webhook/*.go internal/wire/*.go
var source embed.FS

// File is one source file of the support code.
type File struct {
	Path string // slash path relative to this package's folder: "twilio/client.go"
	Data []byte // the file as it stands, without a header for generated code
}

// Files returns the support code, without its tests, sorted by path. The data is the caller's to change.
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
	// WalkDir goes by the names in each folder: "webhook/a.go" before "webhook.go", unlike the order of the paths.
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return files, nil
}
