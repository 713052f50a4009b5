package check

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/oasdiff/yaml3"

	"github.com/twiliogen/twiliogen/generator/model"
)

// shape says what a part of a document has to be. It is read only when a
// document is known to be wrong: kin-openapi finds that out, but says neither
// where a value of the wrong kind stands nor more than one problem of a place.
type shape struct {
	kind     yaml.Kind         // mapping, sequence or scalar (text); 0: anything
	fields   map[string]*shape // of a mapping with fixed fields
	each     *shape            // of the members of another mapping, or of a sequence
	required []string          // fields, each with what to do when it is missing
	check    func(*checker, *yaml.Node, string)
}

var advice = map[string]string{
	"info":    "give it a title and a version",
	"paths":   `a document without operations has "paths: {}"`,
	"title":   "name the API",
	"version": `such as "1.0.0"`,
}

// documentShape is the part of OpenAPI 3.0 that twiliogen reads.
func documentShape() *shape {
	text := &shape{kind: yaml.ScalarNode}
	list := func(each *shape) *shape { return &shape{kind: yaml.SequenceNode, each: each} }
	mapping := func(each *shape) *shape { return &shape{kind: yaml.MappingNode, each: each} }
	object := func(fields map[string]*shape) *shape { return &shape{kind: yaml.MappingNode, fields: fields} }

	schema := object(nil)
	schema.fields = map[string]*shape{
		"type": text, "format": text, "description": text, "title": text, "pattern": text,
		"properties": mapping(schema), "items": schema, "required": list(text), "enum": list(nil),
		"allOf": list(schema), "oneOf": list(schema), "anyOf": list(schema), "not": schema,
	}
	schema.check = (*checker).schema
	content := mapping(object(map[string]*shape{"schema": schema, "examples": mapping(nil)}))
	parameter := object(map[string]*shape{"name": text, "in": text, "description": text, "schema": schema, "content": content})
	parameter.check = (*checker).parameter
	response := object(map[string]*shape{"description": text, "content": content, "headers": mapping(nil)})
	body := object(map[string]*shape{"description": text, "content": content})
	operation := object(map[string]*shape{
		"operationId": text, "summary": text, "description": text, "tags": list(text), "parameters": list(parameter),
		"requestBody": body, "responses": mapping(response), "security": list(nil), "servers": list(nil),
	})
	item := object(map[string]*shape{"summary": text, "description": text, "parameters": list(parameter), "servers": list(nil)})
	for _, method := range methods {
		item.fields[method] = operation
	}
	paths := mapping(item)
	paths.check = (*checker).paths
	info := object(map[string]*shape{"title": text, "version": text, "description": text})
	info.required = []string{"title", "version"}
	root := object(map[string]*shape{
		"openapi": text, "info": info, "paths": paths, "servers": list(object(map[string]*shape{"url": text})), "tags": list(nil), "security": list(nil),
		"components": object(map[string]*shape{
			"schemas": mapping(schema), "parameters": mapping(parameter), "responses": mapping(response), "requestBodies": mapping(body),
		}),
	})
	root.required = []string{"info", "paths"}
	return root
}

var methods = []string{"get", "put", "post", "delete", "options", "head", "patch", "trace"}

// checker walks a document along its shape.
type checker struct {
	index    positions
	problems []Problem
}

// shapeProblems lists what in the document has the wrong shape.
func (p positions) shapeProblems() []Problem {
	c := &checker{index: p}
	if p.root != nil {
		c.walk(p.root, documentShape(), "", "", 0)
	}
	return c.problems
}

func (c *checker) report(pointer, format string, args ...any) {
	c.problems = append(c.problems, Problem{Pointer: pointer, Message: fmt.Sprintf(format, args...)})
}

func (c *checker) walk(node *yaml.Node, s *shape, pointer, name string, depth int) {
	if s == nil || depth > maxDepth {
		return
	}
	if node.Kind == yaml.AliasNode {
		node = node.Alias
	}
	if s.kind == yaml.MappingNode && node.Kind == yaml.MappingNode {
		if _, ref := child(node, "$ref"); ref != nil {
			return
		}
	}
	if !c.hasKind(node, s, pointer, name) {
		return
	}
	for _, field := range s.required {
		if _, value := child(node, field); value == nil {
			c.report(pointer, "the field %s is missing; %s", field, advice[field])
		}
	}
	if s.check != nil {
		s.check(c, node, pointer)
	}
	switch node.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(node.Content); i += 2 {
			key := node.Content[i].Value
			below := s.each
			if s.fields != nil {
				below = s.fields[key]
			}
			if strings.HasPrefix(key, "x-") && s.fields == nil && s.each != nil && s.each.fields == nil {
				continue
			}
			c.walk(node.Content[i+1], below, model.JoinPointer(pointer, key), key, depth+1)
		}
	case yaml.SequenceNode:
		for i, item := range node.Content {
			c.walk(item, s.each, model.JoinPointer(pointer, strconv.Itoa(i)), name, depth+1)
		}
	}
}

// hasKind reports a value of the wrong kind.
func (c *checker) hasKind(node *yaml.Node, s *shape, pointer, name string) bool {
	switch {
	case s.kind == 0:
		return true
	case s.kind == yaml.ScalarNode && node.Kind == yaml.ScalarNode:
		if node.Tag == "!!str" || node.Tag == "!!timestamp" {
			return true
		}
		c.report(pointer, "the field %s is %s where a string is needed; put it in quotes", name, kindName(node))
		return false
	case s.kind == node.Kind:
		return true
	}
	if name == "" {
		name = "document"
	}
	c.report(pointer, "the field %s is %s where %s is needed", name, kindName(node), kindName(&yaml.Node{Kind: s.kind, Tag: "!!str"}))
	return false
}

func kindName(node *yaml.Node) string {
	switch node.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	}
	switch node.Tag {
	case "!!int", "!!float":
		return "a number"
	case "!!bool":
		return "a boolean"
	case "!!null":
		return "empty"
	}
	return "a string"
}

// text is the value of a mapping's field, "" when it is no text.
func text(node *yaml.Node, field string) string {
	if _, value := child(node, field); value != nil && value.Kind == yaml.ScalarNode {
		return value.Value
	}
	return ""
}

func (c *checker) schema(node *yaml.Node, pointer string) {
	known := []string{"string", "number", "integer", "boolean", "array", "object"}
	kind := text(node, "type")
	if kind != "" && !slices.Contains(known, kind) {
		c.report(model.JoinPointer(pointer, "type"), "the type %q is not known; use string, number, integer, boolean, array or object", kind)
	}
	if _, items := child(node, "items"); kind == "array" && items == nil {
		c.report(pointer, "the array has no items; say what it holds, with items: {} for anything")
	}
}

func (c *checker) parameter(node *yaml.Node, pointer string) {
	name, in := text(node, "name"), text(node, "in")
	switch {
	case name == "":
		c.report(pointer, "the parameter has no name")
	case !slices.Contains([]string{"path", "query", "header", "cookie"}, in):
		c.report(model.JoinPointer(pointer, "in"), "parameter %q is sent in %q; use path, query or header", name, in)
	case in == "path" && text(node, "required") != "true":
		c.report(pointer, "the path parameter %q must be required; add required: true", name)
	}
}

// paths checks each operation against its path.
func (c *checker) paths(node *yaml.Node, pointer string) {
	if node.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		path, item := node.Content[i].Value, node.Content[i+1]
		if item.Kind != yaml.MappingNode {
			continue
		}
		for _, method := range methods {
			if _, op := child(item, method); op != nil && op.Kind == yaml.MappingNode {
				c.operation(op, item, model.JoinPointer(pointer, path, method), path, method)
			}
		}
	}
}

func (c *checker) operation(op, item *yaml.Node, pointer, path, method string) {
	if _, responses := child(op, "responses"); responses == nil {
		c.report(pointer, "operation %s %s has no responses; give it one, such as 204 for an empty answer", strings.ToUpper(method), path)
	}
	variables := model.ParamNames(path)
	declared := c.pathParameters(op, pointer)
	for name, at := range declared {
		if !slices.Contains(variables, name) {
			c.report(at, "the parameter %q is not part of the path %s; correct its name or remove it", name, path)
		}
	}
	shared := c.pathParameters(item, model.JoinPointer("", "paths", path))
	for _, name := range variables {
		if declared[name] == "" && shared[name] == "" {
			c.report(pointer, "the path parameter %q is not declared; add it to the parameters with in: path and required: true", name)
		}
	}
}

// pathParameters finds the path parameters that a path or an operation
// declares, by name, with their pointers.
func (c *checker) pathParameters(node *yaml.Node, pointer string) map[string]string {
	found := map[string]string{}
	_, list := child(node, "parameters")
	if list == nil || list.Kind != yaml.SequenceNode {
		return found
	}
	for i, p := range list.Content {
		if ref := text(p, "$ref"); ref != "" {
			if p = c.index.at(strings.TrimPrefix(ref, "#")); p == nil {
				continue
			}
		}
		if text(p, "in") == "path" {
			found[text(p, "name")] = model.JoinPointer(pointer, "parameters", strconv.Itoa(i))
		}
	}
	return found
}
