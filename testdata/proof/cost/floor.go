package main

import (
	"errors"
	"go/format"
	"os"
	"runtime"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
)

// floorCommand is the first argument with which this program is [floor].
const floorCommand = "floor"

// floor does what a generator on kin-openapi and go/format cannot do without:
// it loads the documents of one folder and formats the Go files of another, on
// all cores.
func floor(documents, code string) error {
	jsonFiles, err := filesBySize(documents, ".json")
	if err != nil {
		return err
	}
	goFiles, err := filesBySize(code, ".go")
	if err != nil {
		return err
	}
	var tasks []func() error
	for _, path := range jsonFiles {
		tasks = append(tasks, func() error { return load(path) })
	}
	for _, path := range goFiles {
		tasks = append(tasks, func() error { return reformat(path) })
	}
	return onAllCores(tasks)
}

func load(path string) error {
	data, err := os.ReadFile(path)
	if err == nil {
		_, err = openapi3.NewLoader().LoadFromData(data)
	}
	return err
}

func reformat(path string) error {
	data, err := os.ReadFile(path)
	if err == nil {
		_, err = format.Source(data)
	}
	return err
}

// onAllCores begins the tasks in their order, as many at a time as there are
// cores.
func onAllCores(tasks []func() error) error {
	errs := make([]error, len(tasks))
	next := make(chan int)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for i := range next {
				errs[i] = tasks[i]()
			}
		})
	}
	for i := range tasks {
		next <- i
	}
	close(next)
	workers.Wait()
	return errors.Join(errs...)
}
