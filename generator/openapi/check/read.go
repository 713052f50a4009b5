package check

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/oasdiff/yaml3"

	"github.com/twiliogen/twiliogen/generator/internal/position"
)

// Unreadable explains the error of kin-openapi about a document that it could
// not load: its syntax, a reference, or a value of the wrong kind, looked for in
// that order.
func Unreadable(data []byte, err error) []Problem {
	if p := syntaxProblem(data); p != nil {
		return []Problem{*p}
	}
	index := newPositions(data)
	if index.root == nil || index.root.Kind != yaml.MappingNode {
		return []Problem{{Message: "this is not an OpenAPI document: it has no fields such as openapi, info and paths"}}
	}
	problems := slices.Concat(index.brokenRefs(), index.shapeProblems(), index.duplicateKeys())
	if len(problems) > 0 {
		return problems
	}
	return []Problem{{Message: "the document cannot be read: " + err.Error()}}
}

// Version accepts OpenAPI 3.0 only: 3.1 changed what a schema means.
func Version(doc *openapi3.T, data []byte) []Problem {
	const advice = "; twiliogen reads OpenAPI 3.0 documents"
	switch {
	case doc.OpenAPI == "" && newPositions(data).root == nil:
		return []Problem{{Message: "the document is empty" + advice}}
	case doc.OpenAPI == "3.0" || strings.HasPrefix(doc.OpenAPI, "3.0."):
		return nil
	case doc.OpenAPI != "":
		return []Problem{{Pointer: "/openapi", Message: fmt.Sprintf("OpenAPI version %q is not supported%s", doc.OpenAPI, advice)}}
	}
	if v, ok := doc.Extensions["swagger"]; ok {
		return []Problem{{Pointer: "/swagger", Message: fmt.Sprintf("this is a Swagger %v document%s", v, advice)}}
	}
	return []Problem{{Message: "the field openapi is missing" + advice}}
}

// syntaxProblem says where a document is neither JSON nor YAML, nil when it is
// one of them.
func syntaxProblem(data []byte) *Problem {
	var node yaml.Node
	err := yaml.Unmarshal(data, &node)
	if err == nil {
		return nil
	}
	if trimmed := bytes.TrimLeft(data, " \t\r\n"); bytes.HasPrefix(trimmed, []byte("{")) {
		var syntax *json.SyntaxError
		if errors.As(json.Unmarshal(data, new(any)), &syntax) {
			line, column := position.Of(data, int(syntax.Offset)-1)
			return &Problem{Line: line, Column: column, Message: "the document is not valid JSON: " + syntax.Error()}
		}
	}
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	line := 1
	if m := yamlLine.FindStringSubmatch(message); m != nil {
		line, _ = strconv.Atoi(m[1])
		message = m[2]
	}
	return &Problem{Line: line, Column: 1, Message: "the document is not valid YAML: " + message}
}

var yamlLine = regexp.MustCompile(`^line (\d+): (.*)$`)
