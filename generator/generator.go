// Package generator turns OpenAPI documents of Twilio into Go packages. Its
// pipeline reads on one page: load (package openapi) gives a model, naming
// decides the identifiers, emit writes Go, output brings it to disk.
//
// The command twiliogen is a thin shell around [Generate].
package generator

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/twiliogen/twiliogen/generator/emit"
	"github.com/twiliogen/twiliogen/generator/model"
	"github.com/twiliogen/twiliogen/generator/naming"
	"github.com/twiliogen/twiliogen/generator/openapi"
	"github.com/twiliogen/twiliogen/generator/output"
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
}

// Result is what a run made.
type Result struct {
	Packages []Package // one for each document, in the order of the documents
	Plan     *output.Plan
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

// UsageError says that the options do not make sense, in a text for the person
// who gave them.
type UsageError struct{ Message string }

func (e *UsageError) Error() string { return e.Message }

func usage(format string, args ...any) error { return &UsageError{fmt.Sprintf(format, args...)} }

// Generate runs the pipeline. Everything is rendered before a byte is written,
// so that a run that fails changes nothing.
//
// Its errors are a *UsageError for options that make no sense, an
// *openapi.Error for documents that are wrong, with all that is wrong with
// each, and anything else for what could not be read or written.
func Generate(ctx context.Context, opts Options) (*Result, error) {
	root, err := importRoot(&opts)
	if err != nil {
		return nil, err
	}
	documents, err := readDocuments(opts.Specs, opts.Stdin)
	if err != nil {
		return nil, err
	}
	if opts.Package != "" && len(documents) > 1 {
		return nil, usage("--package names one package, but there are %d documents", len(documents))
	}
	apis, err := load(ctx, documents, opts.Resources)
	if err != nil {
		return nil, err
	}
	result, packages, err := render(ctx, documents, apis, opts, root)
	if err != nil {
		return nil, err
	}
	if result.Plan, err = output.NewPlan(opts.Out, Version, packages); err != nil {
		return nil, err
	}
	if opts.Mode == Write {
		err = result.Plan.Apply(ctx)
	}
	return result, err
}

// load reads the documents in parallel and checks the selection.
func load(ctx context.Context, documents []document, selection []string) ([]*model.API, error) {
	apis := make([]*model.API, len(documents))
	faults := make([]error, len(documents))
	parallel(len(documents), func(i int) {
		apis[i], faults[i] = openapi.Load(ctx, documents[i].path, documents[i].data)
	})
	if err := joinFaults(faults); err != nil {
		return nil, err
	}
	return apis, checkSelection(apis, selection)
}

// joinFaults makes one error of all that is wrong with all documents.
func joinFaults(faults []error) error {
	all := &openapi.Error{}
	for _, err := range faults {
		var wrong *openapi.Error
		switch {
		case err == nil:
		case errors.As(err, &wrong):
			all.Diagnostics = append(all.Diagnostics, wrong.Diagnostics...)
		default:
			return err
		}
	}
	if len(all.Diagnostics) > 0 {
		return all
	}
	return nil
}

// checkSelection makes sure that each name is known to one of the APIs.
func checkSelection(apis []*model.API, selection []string) error {
	for _, name := range selection {
		if !slices.ContainsFunc(apis, func(a *model.API) bool { return a.Has(name) }) {
			return usage("%v", model.UnknownResource(name, apis...))
		}
	}
	return nil
}

// render names and emits the packages in parallel, and adds the runtime.
func render(ctx context.Context, documents []document, apis []*model.API, opts Options, root string) (*Result, []output.Package, error) {
	result := &Result{Packages: make([]Package, len(apis))}
	packages := make([]output.Package, len(apis))
	faults := make([]error, len(apis))
	parallel(len(apis), func(i int) {
		if faults[i] = ctx.Err(); faults[i] == nil {
			result.Packages[i], packages[i], faults[i] = renderOne(documents[i], apis[i], opts, root)
		}
	})
	if err := errors.Join(faults...); err != nil {
		return nil, nil, err
	}
	if err := distinct(result.Packages); err != nil {
		return nil, nil, err
	}
	support, err := supportPackages(root)
	return result, append(packages, support...), err
}

// renderOne names before it selects, so that a name does not depend on what
// else is selected.
func renderOne(doc document, api *model.API, opts Options, root string) (Package, output.Package, error) {
	names := naming.Decide(api, opts.Package)
	api.Select(opts.Resources)
	files, err := emit.Package(api, names, root)
	if err != nil {
		return Package{}, output.Package{}, fmt.Errorf("generating from %s: %w", doc.path, err)
	}
	digest := sha256.Sum256(doc.data)
	rendered := output.Package{Dir: names.Package, Source: output.Source{
		Document: doc.name(), Title: api.Title, Version: api.Version,
		SHA256: hex.EncodeToString(digest[:]), Resources: opts.Resources,
	}}
	for _, f := range files {
		rendered.Files = append(rendered.Files, output.File(f))
	}
	p := Package{
		Name: names.Package, ImportPath: root + "/" + names.Package, Document: doc.name(),
		Resources: len(api.Resources), Files: len(files),
	}
	for _, r := range api.Resources {
		p.Operations += len(r.Operations)
	}
	return p, rendered, nil
}

// distinct refuses two documents for one package.
func distinct(packages []Package) error {
	from := map[string]string{"twilio": "the runtime", "internal": "the runtime"}
	for _, p := range packages {
		if other, taken := from[p.Name]; taken {
			return usage("%s and %s would both become package %s; generate them into different folders, or name one with --package", other, p.Document, p.Name)
		}
		from[p.Name] = p.Document
	}
	return nil
}

// parallel calls f for 0 to n-1 on all processors and waits.
func parallel(n int, f func(int)) {
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i := range n {
		g.Go(func() error { f(i); return nil })
	}
	_ = g.Wait() // the functions return no errors
}
