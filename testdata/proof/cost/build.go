package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"slices"
	"strings"

	"github.com/twiliogen/twiliogen/testdata/proof/repository"
)

// build is a go build that compiles some packages and finds all others in the
// build cache.
type build struct {
	dir    string // where it runs; "" is here
	target string // the package that is built, by its import path
	out    string // where the executable goes; "" when the package is none
	fresh  string // what is compiled: an import path, or the beginning of several and "..."

	archives []string // the compiled packages in the cache
}

// freshFlag changes nothing in what the compiler does, but it makes the
// packages of a build others than those that the rest of the machine uses.
const freshFlag = "-D=/twiliogen-cost"

// run removes what a run before it has left in the cache, and builds.
func (b *build) run(ctx context.Context) (usage, error) {
	if err := b.forget(ctx); err != nil {
		return usage{}, err
	}
	args := []string{"build", "-gcflags=" + b.fresh + "=" + freshFlag}
	if b.out != "" {
		args = append(args, "-o", b.out)
	}
	cmd := exec.CommandContext(ctx, "go", append(args, b.target)...)
	cmd.Dir = b.dir
	return measure(cmd)
}

// forget removes the executable, which would pass for up to date, and the
// packages from the cache. What is in a file of the cache decides about
// its name, so that the names are asked for only once.
func (b *build) forget(ctx context.Context) error {
	if b.archives == nil {
		cmd := exec.CommandContext(ctx, "go", "list", "-export", "-deps", "-gcflags="+b.fresh+"="+freshFlag,
			"-f", "{{if not .Standard}}{{.ImportPath}} {{.Export}}{{end}}", b.target)
		cmd.Dir = b.dir
		listed, err := repository.Output(cmd)
		if err != nil {
			return err
		}
		for line := range strings.Lines(listed) {
			if path, archive, _ := strings.Cut(strings.TrimSpace(line), " "); b.matches(path) {
				b.archives = append(b.archives, archive)
			}
		}
	}
	var errs []error
	for _, path := range slices.Concat(b.archives, []string{b.out}) {
		if err := os.Remove(path); path != "" && !errors.Is(err, os.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// matches reports whether the pattern names the package.
func (b *build) matches(path string) bool {
	folder, all := strings.CutSuffix(b.fresh, "...")
	return path == b.fresh || all && strings.HasPrefix(path, folder)
}
