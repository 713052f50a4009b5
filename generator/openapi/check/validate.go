package check

import (
	"errors"
	"fmt"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/twiliogen/twiliogen/generator/model"
)

// Invalid turns the error of kin-openapi's validation, which may be many, into
// problems. What the shape of the document explains better is left to that.
func Invalid(doc *openapi3.T, data []byte, err error) []Problem {
	if err == nil {
		return nil
	}
	var all openapi3.MultiError
	if !errors.As(err, &all) {
		all = openapi3.MultiError{err}
	}
	problems := newPositions(data).shapeProblems()
	explained := len(problems) > 0
	for _, e := range all {
		if !explained || !aboutShape(e) {
			problems = append(problems, validationProblem(doc, e))
		}
	}
	return problems
}

// aboutShape reports whether an error is one of those that shapeProblems finds
// as well.
func aboutShape(err error) bool {
	var path *openapi3.PathParametersError
	var required *openapi3.RequiredFieldError
	var kind *openapi3.SchemaTypeError
	if errors.As(err, &path) || errors.As(err, &required) || errors.As(err, &kind) {
		return true
	}
	text := err.Error()
	for _, known := range []string{"must be an object", "must be required", "'items' must be", "'in' value", "must be a non-empty string"} {
		if strings.Contains(text, known) {
			return true
		}
	}
	return false
}

// validationProblem finds the place of an error from the wrappers around it,
// and says it without them: the position tells where.
func validationProblem(doc *openapi3.T, err error) Problem {
	p := Problem{Message: err.Error()}
	cause := err
	for ; cause != nil; cause = errors.Unwrap(cause) {
		switch e := cause.(type) {
		case *openapi3.SectionValidationError:
			p.Pointer = model.JoinPointer("", e.Section)
		case *openapi3.PathValidationError:
			p.Pointer = model.JoinPointer("", "paths", e.Path)
		case *openapi3.OperationValidationError:
			p.Pointer = model.JoinPointer(p.Pointer, strings.ToLower(e.Method))
		case *openapi3.ComponentValidationError:
			p.Pointer = model.JoinPointer("", "components", componentSection(e.Section), e.Name)
		case *openapi3.ParameterFieldValidationError:
			p.Pointer = parameterPointer(doc, p.Pointer, e.ParameterName)
		case *openapi3.DuplicateOperationIDError:
			p.Pointer = operationPointer(e.Endpoint2, "operationId")
			p.Message = fmt.Sprintf("operation id %q is used by %s and %s; give each operation its own", e.OperationID, e.Endpoint1, e.Endpoint2)
			return p
		case *openapi3.PathParametersError:
			p.Pointer = model.JoinPointer("", "paths", e.Path, strings.ToLower(e.Method))
			p.Message = cause.Error() + "; declare each of them with in: path, and no others"
			return p
		default:
			p.Message = cause.Error()
			return p
		}
	}
	return p
}

// componentSection is the key under components for kin-openapi's name of it.
func componentSection(section string) string {
	switch section {
	case "request body":
		return "requestBodies"
	case "security scheme":
		return "securitySchemes"
	}
	return section + "s"
}

// operationPointer turns "GET /v1/Services" into a pointer.
func operationPointer(endpoint string, tokens ...string) string {
	method, path, _ := strings.Cut(endpoint, " ")
	return model.JoinPointer(model.JoinPointer("", "paths", path, strings.ToLower(method)), tokens...)
}

// parameterPointer finds a parameter by its name below the operation at
// pointer.
func parameterPointer(doc *openapi3.T, pointer, name string) string {
	tokens := model.PointerTokens(pointer)
	if len(tokens) != 3 || doc.Paths == nil || doc.Paths.Value(tokens[1]) == nil {
		return pointer
	}
	op := doc.Paths.Value(tokens[1]).GetOperation(strings.ToUpper(tokens[2]))
	if op == nil {
		return pointer
	}
	for i, ref := range op.Parameters {
		if ref.Value != nil && ref.Value.Name == name {
			return model.JoinPointer(pointer, "parameters", fmt.Sprint(i))
		}
	}
	return pointer
}
