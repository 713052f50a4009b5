package parity

import (
	"github.com/twiliogen/twiliogen/testdata/proof/document"
	"github.com/twiliogen/twiliogen/testdata/proof/sample"
)

// operation is one operation of a document, with a sample of everything that it takes.
type operation struct {
	*document.Operation

	samples sample.Values
}

// readDocuments returns the operations of documents, with samples of a kind, sorted by document, path and method.
func readDocuments(files []string, kind sample.Kind) ([]*operation, error) {
	var all []*operation
	for _, file := range files {
		d, err := document.Read(file)
		if err != nil {
			return nil, err
		}
		for _, o := range d.Operations() {
			all = append(all, &operation{o, kind.Values(o)})
		}
	}
	return all, nil
}
