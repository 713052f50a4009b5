// Package bindings has the generator write the packages that are put to the proof, and finds the methods in them.
package bindings

import (
	"context"
	"os/exec"

	"github.com/twiliogen/twiliogen/testdata/proof/repository"
)

// Bindings are generated packages of this module.
type Bindings struct {
	Folder     string // that each has a folder in
	ImportPath string // of the folder
}

// Generate writes the packages of documents. They go to a folder named testdata, so that ./... does not mean them.
func Generate(ctx context.Context, r *repository.Repository, name string, documents []string) (Bindings, error) {
	b := Bindings{r.Proof("testdata", name), repository.Module + "/testdata/proof/testdata/" + name}
	args := []string{"run", "./cmd/twiliogen", "generate", "--out", b.Folder}
	for _, file := range documents {
		args = append(args, "--spec", file)
	}
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = r.Root
	_, err := repository.Output(cmd)
	return b, err
}
