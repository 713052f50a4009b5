package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/twiliogen/twiliogen/testdata/proof/repository"
)

const appsPath = repository.Module + "/testdata/proof/cost/app/"

// building compares the build of a program on the bindings with that of its
// twin on net/http, with the standard library built, and the executables.
func building(ctx context.Context, w *workspace, rounds int) ([]*table, error) {
	bound := w.app("bound", repository.Module+"/...")
	bare := w.app("bare", appsPath+"bare") // package floor is found built: by hand, its code would be in the same file
	times := &table{title: "Building a program on gen/proxyv1, and the same program on net/http"}
	err := times.race(ctx, rounds, contender{"twiliogen", bound.run}, rival{contender{"net/http", bare.run}, 2})
	if err != nil {
		return nil, err
	}
	sizes, err := executables(bound.out, bare.out)
	return []*table{times, sizes}, errors.Join(err, bound.forget(ctx), bare.forget(ctx))
}

// app is the build of one of the two programs.
func (w *workspace) app(name, fresh string) *build {
	return &build{target: appsPath + name, out: w.program(name), fresh: fresh}
}

func executables(bound, bare string) (*table, error) {
	ours, err := os.Stat(bound)
	if err != nil {
		return nil, err
	}
	floor, err := os.Stat(bare)
	if err != nil {
		return nil, err
	}
	r := float64(ours.Size()) / float64(floor.Size())
	t := &table{title: "Their executables"}
	t.add("", "size", "ours/this", "goal")
	t.add("twiliogen", megabytes(ours.Size()))
	t.add("net/http", megabytes(floor.Size()), number(r), judge(r, 1.05))
	return t, nil
}

func megabytes(n int64) string { return fmt.Sprintf("%.2f MB", float64(n)/1e6) }
