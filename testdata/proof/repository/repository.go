// Package repository knows what lies where: the repository that this module proves, and Twilio's documents beside it.
package repository

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
)

// Module is the path of the repository's module.
const Module = "github.com/twiliogen/twiliogen"

// Repository is where things are.
type Repository struct {
	Root      string
	Documents []string // the files of Twilio's documents, which are no part of the repository; none when they are not there
}

// Find finds the repository from anywhere in this module.
func Find(ctx context.Context) (*Repository, error) {
	proof, err := Output(exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}", Module+"/testdata/proof"))
	if err != nil {
		return nil, err
	}
	root := filepath.Join(proof, "..", "..")
	documents, err := filepath.Glob(filepath.Join(root, "..", "shared", "specs", "*.json"))
	return &Repository{root, documents}, err
}

// NoDocuments says where they are looked for.
const NoDocuments = "Twilio's documents are not beside the repository, in ../shared/specs"

// Document returns the file of the document with this name; "" when it is not there.
func (r *Repository) Document(name string) string {
	for _, file := range r.Documents {
		if filepath.Base(file) == name {
			return file
		}
	}
	return ""
}

// Proof returns the path of something in this module.
func (r *Repository) Proof(name ...string) string {
	return filepath.Join(r.Root, "testdata", "proof", filepath.Join(name...))
}

// Output runs a command and returns what it prints, trimmed. The error has its complaints.
func Output(cmd *exec.Cmd) (string, error) {
	var complaints strings.Builder
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s", cmd, err, complaints.String())
	}
	return strings.TrimSpace(string(out)), nil
}
