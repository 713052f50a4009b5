// Package generator turns OpenAPI documents of Twilio into Go packages. Its
// pipeline reads on one page: source reads documents, openapi makes models of
// them, bind makes Go packages of these, as data, render prints that, and output
// brings it to disk.
//
// [Generate] does all of it, and the command twiliogen is a thin shell around
// that. Each step can be used alone: [Load], [Bind], [Render] and [Plan].
package generator

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/twiliogen/twiliogen/generator/bind"
	"github.com/twiliogen/twiliogen/generator/bind/naming"
	"github.com/twiliogen/twiliogen/generator/openapi/check"
	"github.com/twiliogen/twiliogen/generator/output"
	"github.com/twiliogen/twiliogen/generator/render/gocode"
	"github.com/twiliogen/twiliogen/templates/twilio"
)

// Version is the version of twiliogen that stands in manifests, and which the
// requests of generated code name. It is a constant, and no build information,
// so that bindings are current or stale whoever built the program.
const Version = twilio.Version

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
	Warnings []check.Diagnostic // what is left out of these packages since it cannot be generated, in the same order
	Wrong    *check.Error       // with Options.KeepGoing, what is wrong with the other documents; else nil
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
	result := &Result{}
	inputs, err := Load(ctx, opts)
	switch {
	case err == nil:
	case opts.KeepGoing && len(inputs) > 0 && errors.As(err, &result.Wrong):
	default:
		return nil, err
	}
	bound, err := Bind(inputs, opts)
	if err != nil {
		return nil, err
	}
	rendered, err := Render(ctx, bound, opts)
	if err != nil {
		return nil, err
	}
	for i, b := range bound {
		result.Packages = append(result.Packages, summarize(b, len(rendered[i].Files)))
		result.Warnings = append(result.Warnings, b.Warnings...)
	}
	if result.Plan, err = Plan(rendered, opts); err != nil {
		return nil, err
	}
	if opts.Mode == Write {
		err = result.Plan.Apply(ctx)
	}
	return result, err
}

// Bound is a document and the Go package that it becomes, as data.
type Bound struct {
	Input
	Selection []string // what the package calls the resources that were asked for; none: all
	Package   *bind.Package
	Ledger    *naming.Ledger // the names of the package, those that the output folder knows among them
}

// Bind is the second step of Generate: it decides what the package of each
// document looks like, and leaves out documents in which nothing is selected.
// Names that the output folder's ledgers know stay; they are decided before the
// selection, so that none depends on what else is selected.
func Bind(inputs []Input, opts Options) ([]Bound, error) {
	root, err := importRoot(opts)
	if err != nil {
		return nil, err
	}
	names, all := make([]*naming.Names, len(inputs)), make([]Bound, len(inputs))
	parallel(len(inputs), func(i int) {
		names[i], all[i].Ledger = naming.Decide(inputs[i].API, opts.Package, inputs[i].known)
	})
	if err := checkSelection(inputs, names, opts.Resources); err != nil {
		return nil, err
	}
	parallel(len(inputs), func(i int) {
		api, selection := selectResources(inputs[i].API, names[i], opts.Resources)
		all[i] = Bound{inputs[i], selection, bind.Bind(api, names[i], root), all[i].Ledger}
	})
	var bound []Bound
	for _, b := range all {
		if len(opts.Resources) == 0 || len(b.Package.Resources) > 0 {
			bound = append(bound, b)
		}
	}
	return bound, distinct(bound)
}

// Render is the third step of Generate: it prints the files of each package, in
// memory.
func Render(ctx context.Context, bound []Bound, opts Options) ([]output.Package, error) {
	rendered, errs := make([]output.Package, len(bound)), make([]error, len(bound))
	finished := opts.counter(Rendering, len(bound))
	parallel(len(bound), func(i int) {
		if errs[i] = ctx.Err(); errs[i] == nil {
			rendered[i], errs[i] = render(bound[i])
		}
		finished(bound[i].Document)
	})
	return rendered, cmp.Or(errs...)
}

func render(b Bound) (output.Package, error) {
	files, err := gocode.Print(b.Package)
	if err != nil {
		return output.Package{}, fmt.Errorf("generating from %s: %w", b.Document.Path, err)
	}
	p := output.Package{Dir: b.Package.Name, Source: output.Source{
		Document: b.Document.Name(), Title: b.API.Title, Version: b.API.Version,
		SHA256: b.Document.SHA256(), Resources: b.Selection,
	}, Ledger: append([]byte(output.LedgerHeader+"\n"), b.Ledger.Encode()...)}
	for _, f := range files {
		p.Files = append(p.Files, output.File{Name: f.Name, Data: withHeader(f.Data)})
	}
	return p, nil
}

// Plan is the last step of Generate: it adds the runtime to the packages and
// compares all of it with the output folder. Apply of its result writes.
func Plan(rendered []output.Package, opts Options) (*output.Plan, error) {
	root, err := importRoot(opts)
	if err != nil {
		return nil, err
	}
	support, err := supportPackages(root)
	if err != nil {
		return nil, err
	}
	return output.NewPlan(opts.out(), Version, append(rendered, support...))
}

func summarize(b Bound, files int) Package {
	p := Package{
		Name: b.Package.Name, ImportPath: b.Package.Path, Document: b.Document.Name(),
		Resources: len(b.Package.Resources), Files: files,
	}
	for _, r := range b.Package.Resources {
		p.Operations += len(r.Operations)
	}
	return p
}

// distinct refuses two documents for one package.
func distinct(bound []Bound) error {
	from := map[string]string{"twilio": "the runtime", "internal": "the runtime"}
	for _, b := range bound {
		name, document := b.Package.Name, b.Document.Name()
		if other, taken := from[name]; taken {
			return usage("Package", "%s and %s would both become package %s; generate them into different folders, or name one with %v",
				other, document, name, option("Package"))
		}
		from[name] = document
	}
	return nil
}
