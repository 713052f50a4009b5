// Package generator turns OpenAPI documents of Twilio into Go packages. Its
// pipeline reads on one page: load (package openapi) gives a model, bind makes
// the Go package of it, as data, render prints that, output brings it to disk.
//
// The command twiliogen is a thin shell around [Generate].
package generator

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/twiliogen/twiliogen/generator/bind"
	"github.com/twiliogen/twiliogen/generator/model"
	"github.com/twiliogen/twiliogen/generator/naming"
	"github.com/twiliogen/twiliogen/generator/openapi"
	"github.com/twiliogen/twiliogen/generator/openapi/check"
	"github.com/twiliogen/twiliogen/generator/output"
	"github.com/twiliogen/twiliogen/generator/render/gocode"
	"github.com/twiliogen/twiliogen/generator/source"
)

// Version is the version of twiliogen that stands in manifests. It is a
// constant, and no build information, so that bindings are current or stale
// whoever built the program.
const Version = "0.1.0"

// DefaultOut is the output folder unless Options names one.
const DefaultOut = "gen"

// Mode says what Generate does with its result.
type Mode int

// The modes.
const (
	Write   Mode = iota // bring the folder up to date
	Preview             // leave the folder alone; Result.Plan says what would change
)

// Options are what Generate needs to know. The zero value generates the
// embedded Proxy v1 document into DefaultOut.
type Options struct {
	Specs      []string  // files, folders of documents, or "-" for Stdin; none: the embedded document
	Stdin      io.Reader // read for "-"
	Resources  []string  // generate only these resources and those below them; none: all
	Out        string    // output folder; "": DefaultOut
	Package    string    // name of the package; "": from the document. For one document only
	ImportPath string    // import path of the output folder; "": from the go.mod above it
	Mode       Mode
	KeepGoing  bool           // go on with the documents that are right when others are wrong
	Progress   func(Progress) // called now and then, from one goroutine at a time; nil: nobody is told
}

// Progress says how far a run is.
type Progress struct {
	Done, Total int    // documents
	Document    string // the one that was finished last
}

// Result is what a run made.
type Result struct {
	Packages []Package // one for each document that is right, in the order of the documents
	Plan     *output.Plan
	Wrong    *check.Error // with Options.KeepGoing, what is wrong with the other documents; else nil
}

// Package describes one generated package.
type Package struct {
	Name       string // "proxyv1"
	ImportPath string
	Document   string // base name of the document
	Resources  int
	Operations int
	Files      int
}

// Generate runs the pipeline. Everything is rendered before a byte is written,
// so that a run that fails changes nothing.
//
// Its errors are a *UsageError for options that make no sense, a
// *check.Error for documents that are wrong, with all that is wrong with each
// (but see Options.KeepGoing), and anything else for what could not be read or
// written.
func Generate(ctx context.Context, opts Options) (*Result, error) {
	root, err := importRoot(&opts)
	if err != nil {
		return nil, err
	}
	documents, err := readDocuments(opts)
	if err != nil {
		return nil, err
	}
	if opts.Package != "" && len(documents) > 1 {
		return nil, usage("Package", "%v names one package, but there are %d documents", option("Package"), len(documents))
	}
	result, packages, err := collect(opts, process(ctx, documents, opts, root))
	if err != nil {
		return nil, err
	}
	support, err := supportPackages(root)
	if err != nil {
		return nil, err
	}
	if result.Plan, err = output.NewPlan(opts.Out, Version, append(packages, support...)); err != nil {
		return nil, err
	}
	if opts.Mode == Write {
		err = result.Plan.Apply(ctx)
	}
	return result, err
}

func readDocuments(opts Options) ([]source.Document, error) {
	documents, err := source.Read(opts.Specs, opts.Stdin)
	if errors.Is(err, source.ErrNoStdin) || errors.Is(err, source.ErrNoDocuments) {
		return nil, usage("Specs", "%v", err)
	}
	return documents, err
}

// outcome is what became of one document.
type outcome struct {
	api      *model.API // whole
	summary  Package
	rendered output.Package
	err      error
}

// process takes every document through the pipeline, in parallel.
func process(ctx context.Context, documents []source.Document, opts Options, root string) []outcome {
	outcomes := make([]outcome, len(documents))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	var mu sync.Mutex
	done := 0
	for i, doc := range documents {
		g.Go(func() error {
			outcomes[i] = processOne(ctx, doc, opts, root)
			mu.Lock()
			defer mu.Unlock()
			done++
			if opts.Progress != nil {
				opts.Progress(Progress{Done: done, Total: len(documents), Document: doc.Name()})
			}
			return nil
		})
	}
	_ = g.Wait() // errors are in the outcomes
	return outcomes
}

// processOne is the pipeline: load, name, select, bind, render. Names come before the
// selection, so that none depends on what else is selected.
func processOne(ctx context.Context, doc source.Document, opts Options, root string) outcome {
	if err := ctx.Err(); err != nil {
		return outcome{err: err}
	}
	api, err := openapi.Load(ctx, doc.Path, doc.Data)
	if err != nil {
		return outcome{err: err}
	}
	names := naming.Decide(api, opts.Package)
	selected := *api
	selected.Select(opts.Resources)
	files, err := gocode.Print(bind.Bind(&selected, names, root))
	if err != nil {
		return outcome{err: fmt.Errorf("generating from %s: %w", doc.Path, err)}
	}
	return outcome{
		api:      api,
		summary:  summarize(doc, &selected, names.Package, root, len(files)),
		rendered: outputPackage(doc, api, names.Package, opts.Resources, files),
	}
}

func summarize(doc source.Document, api *model.API, pkg, root string, files int) Package {
	p := Package{
		Name: pkg, ImportPath: root + "/" + pkg, Document: doc.Name(),
		Resources: len(api.Resources), Files: files,
	}
	for _, r := range api.Resources {
		p.Operations += len(r.Operations)
	}
	return p
}

func outputPackage(doc source.Document, api *model.API, pkg string, selection []string, files []gocode.File) output.Package {
	p := output.Package{Dir: pkg, Source: output.Source{
		Document: doc.Name(), Title: api.Title, Version: api.Version,
		SHA256: doc.SHA256(), Resources: selection,
	}}
	for _, f := range files {
		p.Files = append(p.Files, output.File{Name: f.Name, Data: withHeader(f.Data)})
	}
	return p
}

// collect makes one result of the outcomes. A document in which nothing is
// selected is left out.
func collect(opts Options, outcomes []outcome) (*Result, []output.Package, error) {
	result := &Result{}
	var packages []output.Package
	var apis []*model.API
	for _, o := range outcomes {
		var wrong *check.Error
		switch {
		case errors.As(o.err, &wrong):
			result.addWrong(wrong)
			continue
		case o.err != nil:
			return nil, nil, o.err
		}
		apis = append(apis, o.api)
		if len(opts.Resources) == 0 || o.summary.Resources > 0 {
			result.Packages = append(result.Packages, o.summary)
			packages = append(packages, o.rendered)
		}
	}
	if result.Wrong != nil && (!opts.KeepGoing || len(apis) == 0) {
		return nil, nil, result.Wrong
	}
	if err := checkSelection(apis, opts.Resources); err != nil {
		return nil, nil, err
	}
	return result, packages, distinct(result.Packages)
}

func (r *Result) addWrong(wrong *check.Error) {
	if r.Wrong == nil {
		r.Wrong = &check.Error{}
	}
	r.Wrong.Diagnostics = append(r.Wrong.Diagnostics, wrong.Diagnostics...)
}

// checkSelection makes sure that each name is known to one of the APIs.
func checkSelection(apis []*model.API, selection []string) error {
	for _, name := range selection {
		if !slices.ContainsFunc(apis, func(a *model.API) bool { return a.Has(name) }) {
			return usage("Resources", "%v", model.UnknownResource(name, apis...))
		}
	}
	return nil
}

// distinct refuses two documents for one package.
func distinct(packages []Package) error {
	from := map[string]string{"twilio": "the runtime", "internal": "the runtime"}
	for _, p := range packages {
		if other, taken := from[p.Name]; taken {
			return usage("Package", "%s and %s would both become package %s; generate them into different folders, or name one with %v",
				other, p.Document, p.Name, option("Package"))
		}
		from[p.Name] = p.Document
	}
	return nil
}
