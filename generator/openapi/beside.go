package openapi

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/twiliogen/twiliogen/generator/model"
	"github.com/twiliogen/twiliogen/specs"
)

// beside are operations that the product has and its document lacks, as they are
// stated in another document. Each is converted as one of this document, belongs
// to the resource of the operation that it stands beside, and is left out where
// that is not there, or where the document has the path after all.
func (c *converter) beside(operations []*model.Operation) []*model.Operation {
	data := specs.Beside(c.api.Product, c.api.Revision)
	if data == nil {
		return nil
	}
	doc, err := openapi3.NewLoader().LoadFromData(data)
	if err != nil {
		panic(fmt.Sprintf("openapi: the document beside that of %s %s: %v", c.api.Product, c.api.Revision, err)) // a test reads them all
	}
	var more []*model.Operation
	for _, path := range slices.Sorted(maps.Keys(doc.Paths.Map())) {
		item := doc.Paths.Value(path)
		for _, method := range slices.Sorted(maps.Keys(item.Operations())) {
			anchor := operationWithID(operations, item.GetOperation(method).Extensions["x-beside"])
			if anchor == nil || slices.ContainsFunc(operations, func(op *model.Operation) bool { return op.Method == method && model.SamePath(op.Path, path) }) {
				continue
			}
			op := c.operation(model.JoinPointer("", "paths", path, strings.ToLower(method)), path, method, item)
			op.Server, op.Beside = anchor.Server, true
			if !op.Known {
				op.Noun, op.Known = anchor.Noun, anchor.Known
			}
			more = append(more, op)
		}
	}
	return more
}

func operationWithID(operations []*model.Operation, id any) *model.Operation {
	i := slices.IndexFunc(operations, func(op *model.Operation) bool { return op.ID == id })
	if i < 0 {
		return nil
	}
	return operations[i]
}
