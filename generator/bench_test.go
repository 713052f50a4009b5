package generator

import (
	"context"
	"go/format"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/twiliogen/twiliogen/generator/output"
	"github.com/twiliogen/twiliogen/specs"
)

// BenchmarkProxy times a whole run for the embedded document, in memory up to
// the comparison with an empty folder, and in the same iterations the two
// floors it cannot go below: kin-openapi loading the document, and one
// go/format pass over the output. It reports medians, and their ratio.
func BenchmarkProxy(b *testing.B) {
	ctx := context.Background()
	opts := Options{Out: b.TempDir(), ImportPath: "example.com/bench", Mode: Preview}
	var run, load, formatting []time.Duration
	for b.Loop() {
		var result *Result
		run = append(run, timed(func() {
			var err error
			if result, err = Generate(ctx, opts); err != nil {
				b.Fatal(err)
			}
		}))
		load = append(load, timed(func() {
			if _, err := openapi3.NewLoader().LoadFromData(specs.ProxyV1()); err != nil {
				b.Fatal(err)
			}
		}))
		formatting = append(formatting, timed(func() { formatAll(b, result.Plan.Changes()) }))
	}
	floor := median(load) + median(formatting)
	b.ReportMetric(milliseconds(median(run)), "run-ms")
	b.ReportMetric(milliseconds(median(load)), "load-ms")
	b.ReportMetric(milliseconds(median(formatting)), "format-ms")
	b.ReportMetric(float64(median(run))/float64(floor), "run/floor")
	b.ReportMetric(0, "ns/op") // the sum of the three means nothing
}

// formatAll formats the files of the bindings; the runtime is copied, not
// formatted.
func formatAll(b *testing.B, changes []output.Change) {
	for _, c := range changes {
		if !strings.HasPrefix(c.Path, "proxyv1/") {
			continue
		}
		if _, err := format.Source(c.New); err != nil {
			b.Fatal(err)
		}
	}
}

func timed(f func()) time.Duration {
	start := time.Now()
	f()
	return time.Since(start)
}

func median(ds []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(ds))
	return sorted[len(sorted)/2]
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
