// Package client_test compares what one call costs with the bindings of this
// module, with twilio-go, and at the floor of net/http and encoding/json.
package client_test

import (
	"runtime"
	"slices"
	"testing"
	"time"
)

// operation is a call that every side can make.
type operation struct {
	name   string
	call   func(caller) (any, error)
	answer []byte
	sample int // how many calls are timed as one, so that collecting their garbage is part of it
}

func operations() []operation {
	session := sessionJSON(1)
	return []operation{
		{"fetch", caller.fetch, session, 1000},
		{"create", caller.create, session, 1000},
		{"list50", func(c caller) (any, error) { return c.list(50) }, pageJSON(50), 100},
		{"list1000", func(c caller) (any, error) { return c.list(1000) }, pageJSON(1000), 5},
		{"page1000", func(c caller) (any, error) { return c.page(1000) }, pageJSON(1000), 5},
	}
}

// BenchmarkCall times each operation on each side, and then the sides against
// each other: in every iteration of "ratio" each makes a number of calls in
// turn, so that what else the machine does meets all of them alike, and the
// ratios are those of the medians.
func BenchmarkCall(b *testing.B) {
	for _, op := range operations() {
		b.Run(op.name, func(b *testing.B) {
			sides := callers(b, newFake(op.answer))
			for _, side := range sides {
				b.Run(side.name, func(b *testing.B) {
					b.ReportAllocs()
					for b.Loop() {
						mustCall(b, op, side)
					}
				})
			}
			b.Run("ratio", func(b *testing.B) { compare(b, op, sides) })
		})
	}
}

func compare(b *testing.B, op operation, sides []namedCaller) {
	samples := make([][]time.Duration, len(sides))
	for b.Loop() {
		for i, side := range sides {
			runtime.GC() // one side does not pay for the garbage of another
			start := time.Now()
			for range op.sample {
				mustCall(b, op, side)
			}
			samples[i] = append(samples[i], time.Since(start))
		}
	}
	b.ReportMetric(0, "ns/op") // the sum of the sides means nothing
	for i, side := range sides[1:] {
		b.ReportMetric(float64(median(samples[0]))/float64(median(samples[i+1])), sides[0].name+"/"+side.name)
	}
}

func mustCall(tb testing.TB, op operation, side namedCaller) {
	if _, err := op.call(side.caller); err != nil {
		tb.Fatal(err)
	}
}

func median(ds []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(ds))
	return sorted[len(sorted)/2]
}
