package output

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// busy returns a folder and a plan that takes every step there is: new folders, new files, replaced files, removed files
// and removed folders.
func busy(t *testing.T, dir string) *Plan {
	t.Helper()
	generate(t, dir, proxy("client.go", client, "session.go", session, "deep/er/enum.go", enum), runtime())
	write(t, dir, "proxyv1/client.go", own)
	if err := os.Chmod(filepath.Join(dir, "proxyv1/client.go"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(dir, "proxyv1/deep"), 0o700); err != nil {
		t.Fatal(err)
	}
	old := time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)
	if err := os.Chtimes(filepath.Join(dir, "proxyv1/client.go"), old, old); err != nil {
		t.Fatal(err)
	}
	return mustPlan(t, dir, proxy("client.go", client, "enum.go", enum, "new/x.go", enum), runtime(),
		Package{Dir: "a/b/c", Files: []File{{"x.go", []byte(enum)}}})
}

// faulty is a folder whose nth operation fails.
type faulty struct {
	*os.Root
	n   int
	ops []string
}

var errFault = errors.New("fault")

func (f *faulty) step(op, name string) error {
	f.ops = append(f.ops, op+" "+name)
	if f.n--; f.n == 0 {
		return &fs.PathError{Op: op, Path: name, Err: errFault}
	}
	return nil
}

func (f *faulty) WriteFile(name string, data []byte, perm fs.FileMode) error {
	if err := f.step("write", name); err != nil {
		return errors.Join(err, f.Root.WriteFile(name, data[:len(data)/2], perm))
	}
	return f.Root.WriteFile(name, data, perm)
}

func (f *faulty) Chmod(name string, mode fs.FileMode) error {
	if err := f.step("chmod", name); err != nil {
		return err
	}
	return f.Root.Chmod(name, mode)
}

func (f *faulty) Rename(from, to string) error {
	if err := f.step("rename", to); err != nil {
		return err
	}
	return f.Root.Rename(from, to)
}

func (f *faulty) Mkdir(name string, perm fs.FileMode) error {
	if err := f.step("mkdir", name); err != nil {
		return err
	}
	return f.Root.Mkdir(name, perm)
}

func (f *faulty) Remove(name string) error {
	if err := f.step("remove", name); err != nil {
		return err
	}
	return f.Root.Remove(name)
}

// Whichever operation fails, the tree is what it was.
func TestFailedApplyChangesNothing(t *testing.T) {
	failed := make(map[string]int)
	for n := 1; ; n++ {
		dir := t.TempDir()
		plan := busy(t, dir)
		before := snapshot(t, dir)
		root, err := os.OpenRoot(dir)
		if err != nil {
			t.Fatal(err)
		}
		tree := &faulty{Root: root, n: n}
		err = plan.apply(t.Context(), tree)
		root.Close()
		if len(tree.ops) < n {
			if err != nil {
				t.Errorf("without a fault: %v", err)
			}
			break
		}
		op, _, _ := strings.Cut(tree.ops[n-1], " ")
		failed[op]++
		var pathErr *fs.PathError
		if !errors.Is(err, errFault) || !errors.As(err, &pathErr) || !strings.HasPrefix(pathErr.Path, dir) {
			t.Errorf("operation %d: error %v, want the fault as a PathError with the whole path", n, err)
		}
		if strings.Contains(err.Error(), "not as it was") {
			t.Errorf("operation %d: %v", n, err)
		}
		if diff := cmp.Diff(before, snapshot(t, dir)); diff != "" {
			t.Errorf("operation %d (%s): tree (-before +after):\n%s", n, tree.ops[n-1], diff)
		}
	}
	for _, op := range []string{"write", "chmod", "rename", "mkdir", "remove"} {
		if failed[op] == 0 {
			t.Errorf("no %s was made to fail: %v", op, failed)
		}
	}
}

// If the process dies half-way, the manifest must still list all that a later run may have to remove.
func TestManifestComesLast(t *testing.T) {
	dir := t.TempDir()
	plan := busy(t, dir)
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	tree := &faulty{Root: root}
	if err := plan.apply(t.Context(), tree); err != nil {
		t.Fatal(err)
	}
	if got, want := tree.ops[len(tree.ops)-1], "rename "+ManifestName; got != want {
		t.Errorf("the last operation was %q, want %q", got, want)
	}
}

// An obstacle that appears after the plan was made, on a real file system.
func TestApplyMeetsAFolder(t *testing.T) {
	dir := t.TempDir()
	plan := busy(t, dir)
	write(t, dir, "proxyv1/enum.go/x.go", enum)
	before := snapshot(t, dir)
	err := plan.Apply(t.Context())
	var pathErr *fs.PathError
	if !errors.As(err, &pathErr) || pathErr.Path != filepath.Join(dir, "proxyv1/enum.go") {
		t.Errorf("Apply = %v, want a PathError about proxyv1/enum.go", err)
	}
	if diff := cmp.Diff(before, snapshot(t, dir)); diff != "" {
		t.Errorf("tree (-before +after):\n%s", diff)
	}
}

// When undoing fails too, the error says that the tree is no longer what it was.
func TestApplyReportsFailedRollback(t *testing.T) {
	dir := t.TempDir()
	plan := busy(t, dir)
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	err = plan.apply(t.Context(), &breaking{faulty{Root: root}})
	if err == nil || !strings.Contains(err.Error(), dir+" is not as it was before") {
		t.Errorf("apply = %v, want it to say that undoing failed", err)
	}
}

// breaking is a folder where nothing can be removed, and where renaming stops working after a while.
type breaking struct{ faulty }

func (b *breaking) Rename(from, to string) error {
	if len(b.ops) > 20 {
		return &fs.PathError{Op: "rename", Path: to, Err: errFault}
	}
	return b.faulty.Rename(from, to)
}

func (b *breaking) Remove(name string) error {
	return &fs.PathError{Op: "remove", Path: name, Err: errFault}
}

func TestApplyFailsInNewFolder(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "a", "gen")
	ctx := &endingContext{Context: t.Context(), left: 2}
	if err := mustPlan(t, dir, runtime()).Apply(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Apply = %v, want context.Canceled", err)
	}
	if got := contents(t, parent); len(got) > 0 {
		t.Errorf("left behind: %v", slices.Collect(maps.Keys(got)))
	}
}

func TestApplyHonoursContext(t *testing.T) {
	for left := range 100 {
		dir := t.TempDir()
		plan := busy(t, dir)
		before := snapshot(t, dir)
		ctx := &endingContext{Context: t.Context(), left: left}
		err := plan.Apply(ctx)
		if err == nil {
			if left < 2 {
				t.Error("Apply never looked at its context")
			}
			return
		}
		if !errors.Is(err, context.Canceled) {
			t.Errorf("Apply = %v, want context.Canceled", err)
		}
		if diff := cmp.Diff(before, snapshot(t, dir)); diff != "" {
			t.Errorf("tree (-before +after):\n%s", diff)
		}
	}
	t.Error("Apply asks its context without end")
}

// endingContext is cancelled once it has been asked a number of times.
type endingContext struct {
	context.Context
	left int
}

func (c *endingContext) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}
