package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// bindingsModule is the module that the documents' bindings are written to.
const bindingsModule = "example.com/cost"

// generation compares the runs of the generators over all documents, and that
// of what no generator on kin-openapi and go/format can do without.
func generation(ctx context.Context, w *workspace, rounds int) ([]*table, error) {
	if len(w.documents) == 0 {
		return nil, nil
	}
	written := &table{title: fmt.Sprintf("Generating %d documents", len(w.documents))}
	err := written.race(ctx, rounds,
		contender{"twiliogen", w.runTwiliogen},
		rival{contender{"oapi-codegen " + oapiVersion, w.runOapiCodegen}, 0.25},
		rival{contender{"floor: load and format", w.runFloor}, 1.3},
	)
	if err != nil {
		return nil, err
	}
	// The floor writes nothing. What creating hundreds of files costs depends on the file system alone.
	dry := &table{title: "The same up to the files, which are there and current"}
	err = dry.race(ctx, rounds,
		contender{"twiliogen --dry-run", w.dryRunTwiliogen},
		rival{contender{"floor: load and format", w.runFloor}, 1.3},
	)
	return []*table{written, dry}, err
}

// bindings is where twiliogen writes to.
func (w *workspace) bindings() string { return filepath.Join(w.module, "gen") }

// runTwiliogen writes the bindings of all documents in one process.
func (w *workspace) runTwiliogen(ctx context.Context) (usage, error) {
	if err := os.RemoveAll(w.bindings()); err != nil {
		return usage{}, err
	}
	return w.generate(ctx)
}

// dryRunTwiliogen compares them with what runTwiliogen wrote.
func (w *workspace) dryRunTwiliogen(ctx context.Context) (usage, error) {
	return w.generate(ctx, "--dry-run")
}

func (w *workspace) generate(ctx context.Context, flags ...string) (usage, error) {
	args := append([]string{"generate", "--out", w.bindings()}, flags...)
	for _, d := range w.documents {
		args = append(args, "--spec", d)
	}
	return measure(exec.CommandContext(ctx, w.program("twiliogen"), args...))
}

// runOapiCodegen writes types and client of each document, in one process
// after the other, since it takes one document.
func (w *workspace) runOapiCodegen(ctx context.Context) (usage, error) {
	config := filepath.Join(w.dir, "oapi-codegen.yaml")
	if err := os.WriteFile(config, []byte("package: api\ngenerate: {models: true, client: true}\n"), 0o666); err != nil {
		return usage{}, err
	}
	var sum usage
	for i, d := range w.documents {
		out := filepath.Join(w.dir, fmt.Sprintf("oapi%d.go", i))
		u, err := measure(exec.CommandContext(ctx, w.program("oapi-codegen"), "-config", config, "-o", out, d))
		if err != nil {
			return usage{}, err
		}
		sum.wall += u.wall
		sum.cpu += u.cpu
	}
	return sum, nil
}

// runFloor runs this program again, as [floor].
func (w *workspace) runFloor(ctx context.Context) (usage, error) {
	self, err := os.Executable()
	if err != nil {
		return usage{}, err
	}
	return measure(exec.CommandContext(ctx, self, floorCommand, filepath.Dir(w.documents[0]), w.bindings()))
}
