package generator

import (
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/twiliogen/twiliogen/generator/source"
)

// Progress says how far a step of a run is.
type Progress struct {
	Step        Step
	Done, Total int    // documents
	Document    string // the one that was finished last
}

// Step is a part of the work that is done for each document.
type Step string

// The steps.
const (
	Loading   Step = "loading"
	Rendering Step = "rendering"
)

// counter returns what is to be called with every document that a step is done
// with.
func (opts Options) counter(step Step, total int) func(source.Document) {
	var mu sync.Mutex
	done := 0
	return func(doc source.Document) {
		if opts.Progress == nil {
			return
		}
		mu.Lock()
		defer mu.Unlock()
		done++
		opts.Progress(Progress{Step: step, Done: done, Total: total, Document: doc.Name()})
	}
}

// parallel works on n things, as many at a time as there are processors.
func parallel(n int, work func(i int)) {
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i := range n {
		g.Go(func() error {
			work(i)
			return nil
		})
	}
	_ = g.Wait() // nothing above returns an error
}
