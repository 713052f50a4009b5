package check

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/oasdiff/yaml3"

	"github.com/twiliogen/twiliogen/generator/model"
)

// positions finds the line and column of a JSON pointer in a document. JSON is
// read as the YAML that it is.
type positions struct {
	root *yaml.Node // nil when the document cannot be read at all
}

func newPositions(data []byte) positions {
	var doc yaml.Node
	if yaml.Unmarshal(data, &doc) != nil || len(doc.Content) == 0 {
		return positions{}
	}
	return positions{root: doc.Content[0]}
}

// find returns the place of pointer, or of the nearest place above it that
// exists: a value that is missing is reported where it is missed. In a mapping
// the place of a value is that of its key.
func (p positions) find(pointer string) (line, column int) {
	if p.root == nil {
		return 1, 1
	}
	node, line, column := p.root, p.root.Line, p.root.Column
	for _, token := range model.PointerTokens(pointer) {
		key, value := child(node, token)
		if value == nil {
			break
		}
		node, line, column = value, key.Line, key.Column
	}
	return max(line, 1), max(column, 1)
}

// at is the value at a pointer, nil when there is none.
func (p positions) at(pointer string) *yaml.Node {
	node := p.root
	for _, token := range model.PointerTokens(pointer) {
		if node == nil {
			return nil
		}
		_, node = child(node, token)
	}
	return node
}

// child finds the member of a mapping or the element of a sequence. The key of
// an element is the element itself.
func child(node *yaml.Node, token string) (key, value *yaml.Node) {
	if node.Kind == yaml.AliasNode {
		node = node.Alias
	}
	switch node.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(node.Content); i += 2 {
			if node.Content[i].Value == token {
				return node.Content[i], node.Content[i+1]
			}
		}
	case yaml.SequenceNode:
		if i, err := strconv.Atoi(token); err == nil && i >= 0 && i < len(node.Content) {
			return node.Content[i], node.Content[i]
		}
	}
	return nil, nil
}

// brokenRefs lists a problem for every local $ref whose target does not exist.
func (p positions) brokenRefs() []Problem {
	var problems []Problem
	var walk func(node *yaml.Node, pointer string, depth int)
	walk = func(node *yaml.Node, pointer string, depth int) {
		if depth > maxDepth {
			return
		}
		switch node.Kind {
		case yaml.MappingNode:
			for i := 0; i+1 < len(node.Content); i += 2 {
				key, value := node.Content[i], node.Content[i+1]
				at := model.JoinPointer(pointer, key.Value)
				if key.Value == "$ref" && value.Kind == yaml.ScalarNode {
					if msg := p.checkRef(value.Value); msg != "" {
						problems = append(problems, Problem{Pointer: at, Message: msg})
					}
				}
				walk(value, at, depth+1)
			}
		case yaml.SequenceNode:
			for i, item := range node.Content {
				walk(item, model.JoinPointer(pointer, strconv.Itoa(i)), depth+1)
			}
		}
	}
	if p.root != nil {
		walk(p.root, "", 0)
	}
	return problems
}

// duplicateKeys lists a problem for every key that a mapping has twice.
func (p positions) duplicateKeys() []Problem {
	var problems []Problem
	var walk func(node *yaml.Node, depth int)
	walk = func(node *yaml.Node, depth int) {
		if depth > maxDepth {
			return
		}
		seen := map[string]int{}
		for i, item := range node.Content {
			if node.Kind == yaml.MappingNode && i%2 == 0 {
				if line, twice := seen[item.Value]; twice {
					problems = append(problems, Problem{Line: item.Line, Column: item.Column,
						Message: fmt.Sprintf("the key %q stands in line %d already; merge the two", item.Value, line)})
				}
				seen[item.Value] = item.Line
				continue
			}
			walk(item, depth+1)
		}
	}
	if p.root != nil {
		walk(p.root, 0)
	}
	return problems
}

// maxDepth bounds walks over a document: nothing sensible is deeper.
const maxDepth = 1000

// checkRef says what is wrong with a reference, or "".
func (p positions) checkRef(ref string) string {
	pointer, local := strings.CutPrefix(ref, "#")
	if !local {
		return "the reference " + strconv.Quote(ref) + " leaves the document; put what it refers to under components"
	}
	if p.at(pointer) == nil {
		return "the reference " + strconv.Quote(ref) + " has no target; add it under components or correct the name"
	}
	return ""
}
