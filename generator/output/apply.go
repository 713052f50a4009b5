package output

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"time"
)

const (
	fileMode   fs.FileMode = 0o644 // of new files; others keep theirs
	folderMode fs.FileMode = 0o755
)

// Apply carries out the plan: it creates the folder if needed, writes new and modified files, removes stale ones and the
// folders that this leaves empty, and writes the manifest last. Unchanged files are not touched. Each file is replaced in
// one step, so a reader sees the old contents or the new.
//
// If anything fails, or ctx ends before the first file is in place, Apply undoes what it did and returns the reason,
// an [*fs.PathError] or the error of ctx. Should undoing fail too, the error says so. Apply guards neither against
// a second run in the same folder at the same time nor against the end of the process.
func (p *Plan) Apply(ctx context.Context) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	if len(p.changes) == 0 {
		return nil
	}
	made, err := makeFolder(p.dir)
	if err != nil {
		return errors.Join(err, removeFolders(made))
	}
	root, err := os.OpenRoot(p.dir)
	if err != nil {
		return errors.Join(err, removeFolders(made))
	}
	defer root.Close()
	if err := p.apply(ctx, root); err != nil {
		return errors.Join(err, removeFolders(made))
	}
	return nil
}

// makeFolder creates dir with its parents and returns those that were not there, the deepest first.
func makeFolder(dir string) (made []string, err error) {
	for d := dir; d != filepath.Dir(d); d = filepath.Dir(d) {
		if _, err := os.Stat(d); !errors.Is(err, fs.ErrNotExist) {
			break
		}
		made = append(made, d)
	}
	return made, os.MkdirAll(dir, folderMode)
}

// removeFolders undoes makeFolder, which may have got only part of the way.
func removeFolders(made []string) error {
	var errs []error
	for _, d := range made {
		if err := os.Remove(d); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// apply is Apply within a folder that exists.
func (p *Plan) apply(ctx context.Context, tree tree) error {
	t := &transaction{dir: p.dir, tree: tree}
	err := t.run(ctx, p.changes)
	if err == nil {
		return nil
	}
	if undoErr := t.rollback(); undoErr != nil {
		return errors.Join(err, fmt.Errorf("%s is not as it was before: %w", p.dir, undoErr))
	}
	return err
}

// tree is what a transaction needs of an [os.Root]; the tests make it fail.
type tree interface {
	FS() fs.FS
	WriteFile(name string, data []byte, perm fs.FileMode) error
	Chmod(name string, mode fs.FileMode) error
	Chtimes(name string, atime, mtime time.Time) error
	Rename(from, to string) error
	Mkdir(name string, perm fs.FileMode) error
	Remove(name string) error
}

// transaction changes files and remembers how to undo it.
type transaction struct {
	dir  string // for errors
	tree tree
	undo []func() error
}

// run makes the changes. Whatever takes disk space, and so is likely to fail, comes before the first visible change.
func (t *transaction) run(ctx context.Context, changes []Change) error {
	changes = manifestLast(changes)
	staged := make([]string, len(changes)) // temporary names; empty for removals
	for i, c := range changes {
		if err := ctx.Err(); err != nil {
			return err
		}
		if c.Kind == Removed {
			continue
		}
		var err error
		if staged[i], err = t.stage(c); err != nil {
			return pathError("write", t.dir, c.Path, err)
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	for i, c := range changes {
		if c.Kind == Removed {
			if err := t.remove(c); err != nil {
				return pathError("remove", t.dir, c.Path, err)
			}
		} else if err := t.replace(c, staged[i]); err != nil {
			return pathError("write", t.dir, c.Path, err)
		}
	}
	return nil
}

// manifestLast moves the manifest behind the files that it speaks of: if the process dies half-way, the old manifest
// still lists every file that a later run may have to remove.
func manifestLast(changes []Change) []Change {
	isManifest := func(c Change) bool { return c.Path == ManifestName }
	i := slices.IndexFunc(changes, isManifest)
	if i < 0 {
		return changes
	}
	return append(slices.Delete(slices.Clone(changes), i, i+1), changes[i])
}

// stage writes the new contents beside the file that they are for and returns the temporary name.
func (t *transaction) stage(c Change) (string, error) {
	if err := t.mkdirs(path.Dir(c.Path)); err != nil {
		return "", err
	}
	temp := tempName(c.Path)
	t.onRollback(func() error { return t.discard(temp) })
	return temp, t.write(temp, c.New, c.info)
}

// replace puts staged contents in place.
func (t *transaction) replace(c Change, staged string) error {
	if err := t.tree.Rename(staged, c.Path); err != nil {
		return err
	}
	if c.Kind == Added {
		t.onRollback(func() error { return t.tree.Remove(c.Path) })
	} else {
		t.onRollback(func() error { return t.restore(c) })
	}
	return nil
}

// remove deletes a file and the folders that this leaves empty.
func (t *transaction) remove(c Change) error {
	if err := t.tree.Remove(c.Path); err != nil {
		return err
	}
	t.onRollback(func() error { return t.restore(c) })
	for dir := path.Dir(c.Path); dir != "."; dir = path.Dir(dir) {
		removed, err := t.removeIfEmpty(dir)
		if err != nil || !removed {
			return err
		}
	}
	return nil
}

// removeIfEmpty reports whether it removed the folder.
func (t *transaction) removeIfEmpty(dir string) (bool, error) {
	entries, err := fs.ReadDir(t.tree.FS(), dir)
	if err != nil || len(entries) > 0 {
		return false, err
	}
	info, err := fs.Stat(t.tree.FS(), dir)
	if err != nil {
		return false, err
	}
	if err := t.tree.Remove(dir); err != nil {
		return false, err
	}
	t.onRollback(func() error {
		return errors.Join(t.tree.Mkdir(dir, folderMode), t.tree.Chmod(dir, info.Mode().Perm()))
	})
	return true, nil
}

// mkdirs creates the folder and its parents where they do not exist.
func (t *transaction) mkdirs(dir string) error {
	if dir == "." {
		return nil
	}
	if err := t.mkdirs(path.Dir(dir)); err != nil {
		return err
	}
	err := t.tree.Mkdir(dir, folderMode)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err == nil {
		t.onRollback(func() error { return t.tree.Remove(dir) })
	}
	return err
}

// onRollback registers what undoes the step that was just taken.
func (t *transaction) onRollback(undo func() error) { t.undo = append(t.undo, undo) }

// rollback undoes all steps, the last first, and goes on where one cannot be undone.
func (t *transaction) rollback() error {
	var errs []error
	for _, undo := range slices.Backward(t.undo) {
		errs = append(errs, undo())
	}
	return errors.Join(errs...)
}

// restore brings a replaced or removed file back as it was, its time included, so that build tools see no change.
func (t *transaction) restore(c Change) error {
	temp := tempName(c.Path)
	err := t.write(temp, c.Old, c.info)
	if err == nil {
		err = t.tree.Chtimes(temp, time.Time{}, c.info.ModTime())
	}
	if err == nil {
		err = t.tree.Rename(temp, c.Path)
	}
	if err != nil {
		return errors.Join(pathError("restore", t.dir, c.Path, err), t.discard(temp))
	}
	return nil
}

// write creates a file with the permissions of the one that it stands for, if there is one.
func (t *transaction) write(name string, data []byte, like fs.FileInfo) error {
	if err := t.tree.WriteFile(name, data, fileMode); err != nil || like == nil {
		return err
	}
	return t.tree.Chmod(name, like.Mode().Perm())
}

// discard removes a temporary file, which may never have been created or be in place under its final name.
func (t *transaction) discard(temp string) error {
	if err := t.tree.Remove(temp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// tempName returns a fresh name in the folder of the file; the dot keeps it from the go command.
func tempName(name string) string {
	return path.Join(path.Dir(name), ".twiliogen-"+rand.Text()+".tmp")
}
