package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/twiliogen/twiliogen/testdata/proof/repository"
)

const (
	oapiCodegen = "github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen"
	oapiVersion = "v2.8.2"
)

// workspace is where the programs that are measured lie, and what they work on.
type workspace struct {
	dir       string   // a temporary folder
	documents []string // Twilio's, by their paths; none when they are not there
	module    string   // a module for the bindings of the documents
}

// newWorkspace builds the programs.
func newWorkspace(ctx context.Context) (*workspace, error) {
	repo, err := repository.Find(ctx)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "twiliogen-cost")
	if err != nil {
		return nil, err
	}
	w := &workspace{dir: dir, documents: repo.Documents, module: filepath.Join(dir, "module")}
	if err := w.fill(ctx, repo.Root); err != nil {
		return nil, errors.Join(err, w.remove())
	}
	return w, nil
}

func (w *workspace) fill(ctx context.Context, root string) error {
	if err := os.Mkdir(w.module, 0o777); err != nil {
		return err
	}
	goMod := fmt.Sprintf("module %s\n\ngo 1.25\n", bindingsModule)
	if err := os.WriteFile(filepath.Join(w.module, "go.mod"), []byte(goMod), 0o666); err != nil {
		return err
	}
	build := exec.CommandContext(ctx, "go", "build", "-o", w.program("twiliogen"), "./cmd/twiliogen")
	build.Dir = root
	if _, err := measure(build); err != nil {
		return err
	}
	if len(w.documents) == 0 {
		return nil
	}
	// Installed by version, it is built with the dependencies of its own module and not with those of this one.
	install := exec.CommandContext(ctx, "go", "install", oapiCodegen+"@"+oapiVersion)
	install.Env = append(os.Environ(), "GOBIN="+w.dir)
	_, err := measure(install)
	return err
}

// program returns the path of a program in the workspace.
func (w *workspace) program(name string) string { return filepath.Join(w.dir, name) }

func (w *workspace) remove() error { return os.RemoveAll(w.dir) }

// filesBySize lists the files below a folder that have this extension, the
// largest first.
func filesBySize(dir, ext string) ([]string, error) {
	sizes := map[string]int64{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ext {
			return err
		}
		info, err := d.Info()
		if err == nil {
			sizes[path] = info.Size()
		}
		return err
	})
	return keysByValue(sizes), err
}
