// Package generator turns OpenAPI documents of Twilio into Go packages. Its
// pipeline reads on one page: source reads documents, openapi makes models of
// them, bind makes Go packages of these, as data, render prints that, and output
// brings it to disk.
//
// The command twiliogen is a thin shell around [Generate]; [Load] is for those
// who want to know what documents offer.
package generator

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/twiliogen/twiliogen/generator/bind"
	"github.com/twiliogen/twiliogen/generator/model"
	"github.com/twiliogen/twiliogen/generator/naming"
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
// Its errors are a *UsageError for options that make no sense, a *check.Error
// for documents that are wrong, with all that is wrong with each (but see
// Options.KeepGoing), and anything else for what could not be read or written.
func Generate(ctx context.Context, opts Options) (*Result, error) {
	root, err := importRoot(&opts)
	if err != nil {
		return nil, err
	}
	inputs, err := Load(ctx, opts)
	result := &Result{}
	switch {
	case err == nil:
	case opts.KeepGoing && len(inputs) > 0 && errors.As(err, &result.Wrong):
	default:
		return nil, err
	}
	if err := checkSelection(inputs, opts.Resources); err != nil {
		return nil, err
	}
	packages, err := result.render(ctx, inputs, opts, root)
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

// render makes a package of each document, in parallel, except of those in
// which nothing is selected.
func (r *Result) render(ctx context.Context, inputs []Input, opts Options, root string) ([]output.Package, error) {
	outcomes := make([]outcome, len(inputs))
	finished := opts.counter(Rendering, len(inputs))
	parallel(len(inputs), func(i int) {
		outcomes[i] = renderOne(ctx, inputs[i], opts, root)
		finished(inputs[i].Document)
	})
	var packages []output.Package
	for _, o := range outcomes {
		if o.err != nil {
			return nil, o.err
		}
		if len(opts.Resources) == 0 || o.summary.Resources > 0 {
			r.Packages = append(r.Packages, o.summary)
			packages = append(packages, o.rendered)
		}
	}
	return packages, distinct(r.Packages)
}

// outcome is what became of one document.
type outcome struct {
	summary  Package
	rendered output.Package
	err      error
}

// renderOne names, selects, binds and prints. Names come before the selection, so that
// none depends on what else is selected.
func renderOne(ctx context.Context, in Input, opts Options, root string) outcome {
	if err := ctx.Err(); err != nil {
		return outcome{err: err}
	}
	names := naming.Decide(in.API, opts.Package)
	selected := *in.API
	selected.Select(opts.Resources)
	files, err := gocode.Print(bind.Bind(&selected, names, root))
	if err != nil {
		return outcome{err: fmt.Errorf("generating from %s: %w", in.Document.Path, err)}
	}
	return outcome{
		summary:  summarize(in.Document, &selected, names.Package, root, len(files)),
		rendered: outputPackage(in, names.Package, opts.Resources, files),
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

func outputPackage(in Input, pkg string, selection []string, files []gocode.File) output.Package {
	p := output.Package{Dir: pkg, Source: output.Source{
		Document: in.Document.Name(), Title: in.API.Title, Version: in.API.Version,
		SHA256: in.Document.SHA256(), Resources: selection,
	}}
	for _, f := range files {
		p.Files = append(p.Files, output.File{Name: f.Name, Data: withHeader(f.Data)})
	}
	return p
}

// checkSelection makes sure that each name is known to one of the documents.
func checkSelection(inputs []Input, selection []string) error {
	var apis []*model.API
	for _, in := range inputs {
		apis = append(apis, in.API)
	}
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
