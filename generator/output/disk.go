package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// disk reads the output folder. A folder that does not exist reads as an empty one.
type disk struct {
	dir  string
	fsys fs.FS
}

// diskFile is a regular file as it was when the plan was made.
type diskFile struct {
	data []byte
	info fs.FileInfo
}

func newDisk(dir string) disk { return disk{dir, os.DirFS(dir)} }

// lookup reads the regular file at name; the file is nil if there is none. If something else is in its place, be it
// name itself or a parent that is not a folder, obstacle is the path of that. Symbolic links are not followed, so
// nothing outside the folder is ever read.
func (d disk) lookup(name string) (file *diskFile, obstacle string, err error) {
	for i, c := range name {
		if c != '/' {
			continue
		}
		info, err := d.lstat(name[:i])
		if err != nil || info == nil {
			return nil, "", err
		}
		if !info.IsDir() {
			return nil, name[:i], nil
		}
	}
	info, err := d.lstat(name)
	if err != nil || info == nil {
		return nil, "", err
	}
	if !info.Mode().IsRegular() {
		return nil, name, nil
	}
	data, err := fs.ReadFile(d.fsys, name)
	if err != nil {
		return nil, "", pathError("read", d.dir, name, err)
	}
	return &diskFile{data, info}, "", nil
}

// lstat returns nil and no error for what does not exist.
func (d disk) lstat(name string) (fs.FileInfo, error) {
	info, err := fs.Lstat(d.fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, pathError("read", d.dir, name, err)
	}
	return info, nil
}

// goFiles returns the paths of the regular .go files directly in folder, which need not exist.
func (d disk) goFiles(folder string) ([]string, error) {
	entries, err := fs.ReadDir(d.fsys, folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, pathError("read", d.dir, folder, err)
	}
	var names []string
	for _, e := range entries {
		if e.Type().IsRegular() && path.Ext(e.Name()) == ".go" {
			names = append(names, path.Join(folder, e.Name()))
		}
	}
	return names, nil
}

// checkPath refuses a path that is not below the folder it is meant for, here or on another system.
func checkPath(name string) error {
	if !fs.ValidPath(name) || name == "." || strings.ContainsAny(name, `\:`) {
		return fmt.Errorf("%q is not a slash-separated path below the output folder", name)
	}
	if _, err := filepath.Localize(name); err != nil {
		return fmt.Errorf("%q is not a path that this system can store", name)
	}
	return nil
}

// osPath spells the path of a file as the user would.
func osPath(dir, name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }

// pathError restates err, which names paths relative to dir, as one about the path that the user knows.
func pathError(op, dir, name string, err error) error {
	if pe := (*fs.PathError)(nil); errors.As(err, &pe) {
		err = pe.Err
	} else if le := (*os.LinkError)(nil); errors.As(err, &le) {
		err = le.Err
	}
	return &fs.PathError{Op: op, Path: osPath(dir, name), Err: err}
}
