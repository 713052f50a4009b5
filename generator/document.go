package generator

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/twiliogen/twiliogen/specs"
)

// document is one OpenAPI document as it was read.
type document struct {
	path string // as the user named it
	data []byte
}

// name is the file's name without its folder.
func (d document) name() string { return filepath.Base(d.path) }

// readDocuments reads what --spec names, the embedded document when it names
// nothing.
func readDocuments(specList []string, stdin io.Reader) ([]document, error) {
	if len(specList) == 0 {
		return []document{{specs.ProxyV1Name, specs.ProxyV1()}}, nil
	}
	var documents []document
	for _, spec := range specList {
		found, err := readSpec(spec, stdin)
		if err != nil {
			return nil, err
		}
		documents = append(documents, found...)
	}
	return documents, nil
}

func readSpec(spec string, stdin io.Reader) ([]document, error) {
	if spec == "-" {
		if stdin == nil {
			return nil, usage("--spec - reads standard input, and there is none")
		}
		data, err := io.ReadAll(stdin)
		if err != nil {
			return nil, fmt.Errorf("reading standard input: %w", err)
		}
		return []document{{"stdin", data}}, nil
	}
	info, err := os.Stat(spec)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return readFile(nil, spec)
	}
	return readFolder(spec)
}

// readFolder reads the documents of a folder, in the order of their names.
func readFolder(dir string) ([]document, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var documents []document
	for _, entry := range entries {
		ext := strings.ToLower(filepath.Ext(entry.Name()))
		if entry.IsDir() || !slices.Contains([]string{".json", ".yaml", ".yml"}, ext) {
			continue
		}
		if documents, err = readFile(documents, filepath.Join(dir, entry.Name())); err != nil {
			return nil, err
		}
	}
	if len(documents) == 0 {
		return nil, usage("the folder %s holds no document (.json, .yaml or .yml)", dir)
	}
	return documents, nil
}

func readFile(documents []document, path string) ([]document, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return append(documents, document{path, data}), nil
}
