// Package source knows where documents come from: the one that is embedded, a
// file, a folder of files, or standard input. It reads them and looks at nothing
// inside.
package source

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/twiliogen/twiliogen/specs"
)

// Document is one OpenAPI document as it was read.
type Document struct {
	Path string // as the user named it
	Data []byte
}

// Name is the file's name without its folder.
func (d Document) Name() string { return filepath.Base(d.Path) }

// SHA256 is the digest of the document's bytes, in hexadecimal.
func (d Document) SHA256() string {
	digest := sha256.Sum256(d.Data)
	return hex.EncodeToString(digest[:])
}

// Errors of Read that are about what it was asked for. Every other error is
// about reading it.
var (
	ErrNoStdin     = errors.New("there is no standard input to read")
	ErrNoDocuments = errors.New("no document (.json, .yaml or .yml)")
)

// Read reads what is named: files, folders of documents, or "-" for stdin.
// Where nothing is named, it returns the embedded Proxy v1 document.
func Read(names []string, stdin io.Reader) ([]Document, error) {
	if len(names) == 0 {
		return []Document{{specs.ProxyV1Name, specs.ProxyV1()}}, nil
	}
	var documents []Document
	for _, name := range names {
		found, err := read(name, stdin)
		if err != nil {
			return nil, err
		}
		documents = append(documents, found...)
	}
	return documents, nil
}

func read(name string, stdin io.Reader) ([]Document, error) {
	if name == "-" {
		return readStdin(stdin)
	}
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return readFolder(name)
	}
	return readFiles(name)
}

func readStdin(stdin io.Reader) ([]Document, error) {
	if stdin == nil {
		return nil, ErrNoStdin
	}
	data, err := io.ReadAll(stdin)
	if err != nil {
		return nil, fmt.Errorf("reading standard input: %w", err)
	}
	return []Document{{"stdin", data}}, nil
}

// readFolder reads the documents of a folder, in the order of their names, but
// none of the folders in it.
func readFolder(dir string) ([]Document, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var paths []string
	for _, entry := range entries {
		ext := strings.ToLower(filepath.Ext(entry.Name()))
		if !entry.IsDir() && slices.Contains([]string{".json", ".yaml", ".yml"}, ext) {
			paths = append(paths, filepath.Join(dir, entry.Name()))
		}
	}
	if len(paths) == 0 {
		return nil, fmt.Errorf("the folder %s holds %w", dir, ErrNoDocuments)
	}
	return readFiles(paths...)
}

func readFiles(paths ...string) ([]Document, error) {
	var documents []Document
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		documents = append(documents, Document{path, data})
	}
	return documents, nil
}
