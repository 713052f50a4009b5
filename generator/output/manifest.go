package output

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"

	"github.com/twiliogen/twiliogen/generator/internal/position"
)

// ManifestName is the file in the output folder that records what twiliogen wrote there, so that a later run knows which
// files are stale. It belongs in version control with the rest of the folder.
const ManifestName = ".twiliogen.json"

// manifest is what was written to an output folder, by package folder.
type manifest struct {
	raw   map[string]json.RawMessage // entries as read, so that what a newer version put there survives
	files map[string][]string        // paths below the output folder
}

// entry is what the manifest says about one package.
type entry struct {
	Generator string   `json:"generator"`
	Document  string   `json:"document,omitempty"`
	Title     string   `json:"title,omitempty"`
	Version   string   `json:"version,omitempty"`
	SHA256    string   `json:"sha256,omitempty"`
	Resources []string `json:"resources,omitempty"`
	Files     []string `json:"files"`            // inside the package's folder
	Ledger    string   `json:"ledger,omitempty"` // below the output folder
}

// ManifestError says that the manifest of an output folder cannot be trusted. Nothing was written.
type ManifestError struct {
	Path         string // of the manifest
	Line, Column int    // where the trouble is, from 1, in bytes
	Err          error
}

// Error begins with the manifest's path, line and column.
func (e *ManifestError) Error() string {
	return fmt.Sprintf("%s:%d:%d: broken manifest: %v: restore it from version control, or delete it and generate again",
		e.Path, e.Line, e.Column, e.Err)
}

// Unwrap returns what is wrong with the manifest.
func (e *ManifestError) Unwrap() error { return e.Err }

// manifest reads the folder's manifest. Without one, it is empty.
func (d disk) manifest() (*manifest, error) {
	file, obstacle, err := d.lookup(ManifestName)
	switch {
	case err != nil:
		return nil, err
	case obstacle != "":
		return nil, &OverwriteError{Dir: d.dir, Paths: []string{obstacle}}
	case file == nil:
		return new(manifest), nil
	}
	m, offset, err := parseManifest(file.data)
	if err != nil {
		line, column := position.Of(file.data, offset)
		return nil, &ManifestError{Path: osPath(d.dir, ManifestName), Line: line, Column: column, Err: err}
	}
	return m, nil
}

// parseManifest reads a manifest and refuses one that speaks of files outside its folder. With an error comes the
// offset of the byte that it is about.
func parseManifest(data []byte) (m *manifest, offset int, err error) {
	var typed struct {
		Packages map[string]entry `json:"packages"`
	}
	if err := json.Unmarshal(data, &typed); err != nil {
		offset, err := jsonCause(err)
		return nil, offset, err
	}
	var untyped struct {
		Packages map[string]json.RawMessage `json:"packages"`
	}
	if err := json.Unmarshal(data, &untyped); err != nil {
		return nil, 0, err
	}
	m = &manifest{raw: untyped.Packages, files: make(map[string][]string)}
	for _, dir := range slices.Sorted(maps.Keys(typed.Packages)) {
		if err := checkPath(dir); err != nil {
			return nil, stringOffset(data, dir), err
		}
		for _, name := range typed.Packages[dir].Files {
			if err := checkPath(name); err != nil {
				return nil, stringOffset(data, name), err
			}
			m.files[dir] = append(m.files[dir], path.Join(dir, name))
		}
		if name := typed.Packages[dir].Ledger; name != "" {
			if err := checkPath(name); err != nil {
				return nil, stringOffset(data, name), err
			}
			m.files[dir] = append(m.files[dir], name)
		}
	}
	return m, 0, nil
}

// with returns the manifest after a run that generated packages. The entries of other packages stay.
func (m *manifest) with(generator string, packages []Package) (*manifest, error) {
	next := &manifest{raw: make(map[string]json.RawMessage), files: make(map[string][]string)}
	maps.Copy(next.raw, m.raw)
	maps.Copy(next.files, m.files)
	for _, p := range packages {
		e := entry{
			Generator: generator,
			Document:  p.Source.Document,
			Title:     p.Source.Title,
			Version:   p.Source.Version,
			SHA256:    p.Source.SHA256,
			Resources: slices.Compact(slices.Sorted(slices.Values(p.Source.Resources))),
			Files:     []string{},
		}
		next.files[p.Dir] = nil
		for _, f := range p.Files {
			e.Files = append(e.Files, f.Name)
			next.files[p.Dir] = append(next.files[p.Dir], path.Join(p.Dir, f.Name))
		}
		slices.Sort(e.Files)
		if p.Ledger != nil {
			e.Ledger = p.ledgerName()
			next.files[p.Dir] = append(next.files[p.Dir], e.Ledger)
		}
		raw, err := marshal(e)
		if err != nil {
			return nil, err
		}
		next.raw[p.Dir] = raw
	}
	return next, nil
}

// all returns the set of files that the manifest lists, whichever their package.
func (m *manifest) all() map[string]bool {
	set := make(map[string]bool)
	for _, names := range m.files {
		for _, name := range names {
			set[name] = true
		}
	}
	return set
}

// encode returns the manifest's file.
func (m *manifest) encode() ([]byte, error) {
	data, err := marshal(map[string]any{"packages": m.raw})
	if err != nil {
		return nil, err
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, data, "", "  "); err != nil {
		return nil, err
	}
	return indented.Bytes(), nil
}

// marshal is json.Marshal with titles left readable ("&", not "\u0026") and a newline at the end.
func marshal(v any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return buf.Bytes(), err
}

// jsonCause splits an error of json.Unmarshal into the offset of the byte that it is about and what is wrong there.
func jsonCause(err error) (offset int, cause error) {
	var syntaxErr *json.SyntaxError
	var typeErr *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntaxErr):
		return int(syntaxErr.Offset) - 1, err
	case errors.As(err, &typeErr):
		return int(typeErr.Offset) - 1, fmt.Errorf("unexpected JSON %s", typeErr.Value)
	}
	return 0, err
}

// stringOffset finds a JSON string, or returns 0 if the text spells it in an unusual way.
func stringOffset(data []byte, s string) int {
	quoted, err := marshal(s)
	if err != nil {
		return 0
	}
	return max(0, bytes.Index(data, bytes.TrimSpace(quoted)))
}
