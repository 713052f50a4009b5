package generator_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/twiliogen/twiliogen/generator"
	"github.com/twiliogen/twiliogen/generator/openapi/check"
)

// Load needs no Go module, no output folder and no names. What is wrong with
// some documents comes beside those that are right.
func TestLoad(t *testing.T) {
	var steps []string
	inputs, err := generator.Load(t.Context(), generator.Options{
		Specs:    []string{"../testdata/broken/swagger.yaml", "../testdata/v2010/spec.yaml", "../testdata/broken/list.yaml"},
		Progress: func(p generator.Progress) { steps = append(steps, fmt.Sprintf("%s %d/%d", p.Step, p.Done, p.Total)) },
	})
	if len(inputs) != 1 || inputs[0].Document.Name() != "spec.yaml" || inputs[0].API.Product != "api" {
		t.Errorf("inputs %v, want the one that is right", inputs)
	}
	var wrong *check.Error
	if !errors.As(err, &wrong) {
		t.Fatalf("error %v, want a *check.Error", err)
	}
	var files []string
	for _, d := range wrong.Diagnostics {
		files = append(files, d.File)
	}
	if diff := cmp.Diff([]string{"../testdata/broken/swagger.yaml", "../testdata/broken/list.yaml"}, files); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"loading 1/3", "loading 2/3", "loading 3/3"}, steps); diff != "" {
		t.Error(diff)
	}
}

// The steps of a run follow each other.
func TestProgress(t *testing.T) {
	var steps []string
	_, err := generator.Generate(t.Context(), generator.Options{
		Specs: []string{"../testdata/v2010/spec.yaml"}, ImportPath: goldenModule, Out: t.TempDir(), Mode: generator.Preview,
		Progress: func(p generator.Progress) {
			steps = append(steps, fmt.Sprintf("%s %d/%d %s", p.Step, p.Done, p.Total, p.Document))
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"loading 1/1 spec.yaml", "rendering 1/1 spec.yaml"}, steps); diff != "" {
		t.Error(diff)
	}
}
