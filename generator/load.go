package generator

import (
	"context"
	"errors"
	"sync"

	"github.com/twiliogen/twiliogen/generator/bind/naming"
	"github.com/twiliogen/twiliogen/generator/model"
	"github.com/twiliogen/twiliogen/generator/openapi"
	"github.com/twiliogen/twiliogen/generator/openapi/check"
	"github.com/twiliogen/twiliogen/generator/source"
)

// Input is a document and what it offers.
type Input struct {
	Document source.Document
	API      *model.API         // all of it, whatever is selected
	Warnings []check.Diagnostic // what of the document is left out

	known *naming.Ledger // the names that the output folder has already
}

// Load is the first step of Generate: it reads the documents that the options
// name and makes a model of each, in parallel.
//
// It returns the documents that are right, in their order, and a *check.Error
// with all that is wrong with the others, so that the caller may go on without
// them. After any other error, which is of the kinds that Generate returns, there
// are no inputs.
func Load(ctx context.Context, opts Options) ([]Input, error) {
	documents, err := readDocuments(opts)
	if err != nil {
		return nil, err
	}
	loaded, errs := make([]Input, len(documents)), make([]error, len(documents))
	finished := opts.counter(Loading, len(documents))
	parallel(len(documents), func(i int) {
		loaded[i], errs[i] = load(ctx, documents[i], opts)
		finished(documents[i])
	})
	var inputs []Input
	var wrong check.Error
	for i, err := range errs {
		var e *check.Error
		switch {
		case err == nil:
			inputs = append(inputs, loaded[i])
		case errors.As(err, &e):
			wrong.Diagnostics = append(wrong.Diagnostics, e.Diagnostics...)
		default:
			return nil, err
		}
	}
	if len(wrong.Diagnostics) > 0 {
		return inputs, &wrong
	}
	return inputs, nil
}

func readDocuments(opts Options) ([]source.Document, error) {
	documents, err := source.Read(opts.Specs, opts.Stdin)
	switch {
	case errors.Is(err, source.ErrNoStdin), errors.Is(err, source.ErrNoDocuments):
		return nil, usage("Specs", "%v", err)
	case err != nil:
		return nil, err
	case opts.Package != "" && len(documents) > 1:
		return nil, usage("Package", "%v names one package, but there are %d documents", option("Package"), len(documents))
	}
	return documents, nil
}

// load reads one document. Operations that the ledger of its package knows stay
// with the resources that they belong to.
func load(ctx context.Context, doc source.Document, opts Options) (Input, error) {
	if err := ctx.Err(); err != nil {
		return Input{}, err
	}
	var known *naming.Ledger
	var ledgerErr error
	var once sync.Once
	ledger := func(api *model.API) (*naming.Ledger, error) {
		once.Do(func() { known, ledgerErr = readLedger(opts.out(), naming.PackageName(api, opts.Package)) })
		return known, ledgerErr
	}
	api, warnings, err := openapi.Load(ctx, doc.Path, doc.Data, func(api *model.API, op *model.Operation) string {
		l, _ := ledger(api) // an error is reported below
		return l.Noun(op)
	})
	if err != nil {
		return Input{}, err
	}
	l, err := ledger(api)
	return Input{doc, api, warnings, l}, err
}
