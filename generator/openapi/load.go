// Package openapi turns one OpenAPI document into the model. It is the only
// package that knows kin-openapi, the x-twilio extensions, and the positions of
// things in a file.
package openapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/oasdiff/yaml3"

	"github.com/twiliogen/twiliogen/generator/model"
)

// Load reads, validates and converts one document, JSON or YAML. The name is
// the file's: it stands in diagnostics, and tells the product and version where
// it has Twilio's form. A document that is wrong gives an *Error with all that
// is wrong with it.
func Load(ctx context.Context, name string, data []byte) (*model.API, error) {
	doc, problems := read(ctx, data)
	if doc == nil {
		return nil, report(name, data, problems)
	}
	api, more := convertSafely(doc, name, len(problems) > 0)
	if problems = append(problems, more...); len(problems) > 0 {
		return nil, report(name, data, problems)
	}
	return api, nil
}

// read parses and validates. Without a document there is nothing to convert;
// with one that has problems, converting it may find more.
func read(ctx context.Context, data []byte) (doc *openapi3.T, problems []problem) {
	defer func() {
		// kin-openapi is handed whatever a user has; a fault in it is the
		// document's problem, not a reason to crash.
		if r := recover(); r != nil {
			doc, problems = nil, []problem{{message: fmt.Sprintf("the document cannot be read (%v); check that it is OpenAPI 3.0", r)}}
		}
	}()
	loader := openapi3.NewLoader()
	loader.Context = ctx
	doc, err := loader.LoadFromData(data)
	if err != nil {
		return nil, loadProblems(data, err)
	}
	if p := versionProblem(doc, data); p != nil {
		return nil, []problem{*p}
	}
	err = doc.Validate(ctx, openapi3.DisableExamplesValidation(), openapi3.EnableMultiError())
	return doc, validationProblems(doc, data, err)
}

// convertSafely converts a document. One that is known to be wrong may lack what
// the conversion counts on, which is then no problem of its own.
func convertSafely(doc *openapi3.T, name string, wrong bool) (api *model.API, problems []problem) {
	defer func() {
		if r := recover(); r != nil && !wrong {
			problems = append(problems, problem{message: fmt.Sprintf("the document cannot be converted (%v); this is a fault of twiliogen, please report it", r)})
		}
	}()
	return convert(doc, name)
}

// versionProblem accepts OpenAPI 3.0 only: 3.1 changed what a schema means.
func versionProblem(doc *openapi3.T, data []byte) *problem {
	const advice = "; twiliogen reads OpenAPI 3.0 documents"
	switch {
	case doc.OpenAPI == "" && newPositions(data).root == nil:
		return &problem{message: "the document is empty" + advice}
	case doc.OpenAPI == "3.0" || strings.HasPrefix(doc.OpenAPI, "3.0."):
		return nil
	case doc.OpenAPI != "":
		return &problem{pointer: "/openapi", message: fmt.Sprintf("OpenAPI version %q is not supported%s", doc.OpenAPI, advice)}
	}
	if v, ok := doc.Extensions["swagger"]; ok {
		return &problem{pointer: "/swagger", message: fmt.Sprintf("this is a Swagger %v document%s", v, advice)}
	}
	return &problem{message: "the field openapi is missing" + advice}
}

// loadProblems explains why a document could not be loaded: its syntax, a
// reference, or a value of the wrong kind, looked for in that order.
func loadProblems(data []byte, err error) []problem {
	if p := syntaxProblem(data); p != nil {
		return []problem{*p}
	}
	index := newPositions(data)
	if index.root == nil || index.root.Kind != yaml.MappingNode {
		return []problem{{message: "this is not an OpenAPI document: it holds no mapping of fields such as openapi, info and paths"}}
	}
	problems := slices.Concat(index.brokenRefs(), index.shapeProblems(), index.duplicateKeys())
	if len(problems) > 0 {
		return problems
	}
	return []problem{{message: "the document cannot be read: " + err.Error()}}
}

// syntaxProblem says where a document is neither JSON nor YAML, nil when it is
// one of them.
func syntaxProblem(data []byte) *problem {
	var node yaml.Node
	err := yaml.Unmarshal(data, &node)
	if err == nil {
		return nil
	}
	if trimmed := bytes.TrimLeft(data, " \t\r\n"); bytes.HasPrefix(trimmed, []byte("{")) {
		var syntax *json.SyntaxError
		if errors.As(json.Unmarshal(data, new(any)), &syntax) {
			line, column := lineColumn(data, int(syntax.Offset)-1)
			return &problem{line: line, column: column, message: "the document is not valid JSON: " + syntax.Error()}
		}
	}
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	line := 1
	if m := yamlLine.FindStringSubmatch(message); m != nil {
		line, _ = strconv.Atoi(m[1])
		message = m[2]
	}
	return &problem{line: line, column: 1, message: "the document is not valid YAML: " + message}
}

var yamlLine = regexp.MustCompile(`^line (\d+): (.*)$`)

// lineColumn counts from 1; a column is a byte, as in Go's own diagnostics.
func lineColumn(data []byte, offset int) (line, column int) {
	before := data[:max(0, min(offset, len(data)))]
	return bytes.Count(before, []byte("\n")) + 1, len(before) - bytes.LastIndexByte(before, '\n')
}
