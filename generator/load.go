package generator

import (
	"context"
	"errors"

	"github.com/twiliogen/twiliogen/generator/model"
	"github.com/twiliogen/twiliogen/generator/openapi"
	"github.com/twiliogen/twiliogen/generator/openapi/check"
	"github.com/twiliogen/twiliogen/generator/source"
)

// Input is a document and what it offers.
type Input struct {
	Document source.Document
	API      *model.API // all of it, whatever is selected
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
	apis, errs := make([]*model.API, len(documents)), make([]error, len(documents))
	finished := opts.counter(Loading, len(documents))
	parallel(len(documents), func(i int) {
		apis[i], errs[i] = load(ctx, documents[i])
		finished(documents[i])
	})
	var inputs []Input
	var wrong check.Error
	for i, err := range errs {
		var e *check.Error
		switch {
		case err == nil:
			inputs = append(inputs, Input{documents[i], apis[i]})
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

func load(ctx context.Context, doc source.Document) (*model.API, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return openapi.Load(ctx, doc.Path, doc.Data)
}
