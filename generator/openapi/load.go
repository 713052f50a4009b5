// Package openapi turns one OpenAPI document into the model. It and its package
// check are the only ones that know kin-openapi and the x-twilio extensions.
package openapi

import (
	"context"
	"fmt"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/twiliogen/twiliogen/generator/model"
	"github.com/twiliogen/twiliogen/generator/openapi/check"
)

// Nouns says which resource an operation is known to belong to, by its noun; ""
// leaves that to the operation's id. The API has its title, product and revision
// by then, and no resources.
type Nouns func(api *model.API, op *model.Operation) string

// Load reads, validates and converts one document, JSON or YAML. The name is
// the file's: it stands in diagnostics, and tells the product and version where
// it has Twilio's form. A document that is wrong gives a *check.Error with all
// that is wrong with it. One that is right may still have parts that the model
// cannot express: they are left out, and the warnings say which and why.
func Load(ctx context.Context, name string, data []byte, nouns Nouns) (*model.API, []check.Diagnostic, error) {
	doc, problems := read(ctx, data)
	if doc == nil {
		return nil, nil, check.Report(name, data, problems)
	}
	api, more := convertSafely(doc, name, nouns, len(problems) > 0)
	if problems = append(problems, more...); len(problems) > 0 {
		return nil, nil, check.Report(name, data, problems)
	}
	return api, check.Locate(name, data, warnings(api)), nil
}

// warnings are what users should know of a document that is right.
func warnings(api *model.API) []check.Problem {
	var out []check.Problem
	for _, o := range api.LeftOut {
		out = append(out, check.Problem{Pointer: o.Pointer, Message: "warning: " + o.What + " is left out: " + o.Reason})
	}
	return out
}

// read parses and validates. Without a document there is nothing to convert;
// with one that has problems, converting it may find more.
func read(ctx context.Context, data []byte) (doc *openapi3.T, problems []check.Problem) {
	defer func() {
		// kin-openapi is handed whatever a user has; a fault in it is the
		// document's problem, not a reason to crash.
		if r := recover(); r != nil {
			doc, problems = nil, []check.Problem{{Message: fmt.Sprintf("the document cannot be read (%v); check that it is OpenAPI 3.0", r)}}
		}
	}()
	loader := openapi3.NewLoader()
	loader.Context = ctx
	doc, err := loader.LoadFromData(data)
	if err != nil {
		return nil, check.Unreadable(data, err)
	}
	if problems := check.Version(doc, data); len(problems) > 0 {
		return nil, problems
	}
	err = doc.Validate(ctx, openapi3.DisableExamplesValidation(), openapi3.DisableSchemaPatternValidation(), openapi3.EnableMultiError())
	return doc, check.Invalid(doc, data, err)
}

// convertSafely converts a document. One that is known to be wrong may lack what
// the conversion counts on, which is then no problem of its own.
func convertSafely(doc *openapi3.T, name string, nouns Nouns, wrong bool) (api *model.API, problems []check.Problem) {
	defer func() {
		if r := recover(); r != nil && !wrong {
			problems = append(problems, check.Problem{Message: fmt.Sprintf("the document cannot be converted (%v); this is a fault of twiliogen, please report it", r)})
		}
	}()
	return convert(doc, name, nouns)
}
