package openapi

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Diagnostic is one thing that is wrong with a document.
type Diagnostic struct {
	File         string
	Line, Column int    // both from 1
	Pointer      string // JSON pointer of the place; "" is the document as a whole
	Message      string // what is wrong, and what to do
}

func (d Diagnostic) String() string {
	return fmt.Sprintf("%s:%d:%d: %s", d.File, d.Line, d.Column, d.Message)
}

// Error says that a document cannot be used, with everything that is wrong
// with it in the order of the document.
type Error struct {
	Diagnostics []Diagnostic
}

// Error lists the diagnostics, one a line.
func (e *Error) Error() string {
	lines := make([]string, len(e.Diagnostics))
	for i, d := range e.Diagnostics {
		lines[i] = d.String()
	}
	return strings.Join(lines, "\n")
}

// problem is a diagnostic whose position is not known yet, unless line says so.
type problem struct {
	pointer      string
	line, column int
	message      string
}

// report resolves the pointers of problems to positions. It reads the document
// a second time, which only a document that is wrong has to pay for.
func report(file string, data []byte, problems []problem) error {
	if len(problems) == 0 {
		return nil
	}
	index := newPositions(data)
	e := &Error{}
	for _, p := range problems {
		line, column := p.line, p.column
		if line == 0 {
			line, column = index.find(p.pointer)
		}
		e.Diagnostics = append(e.Diagnostics, Diagnostic{
			File: file, Line: line, Column: column, Pointer: p.pointer, Message: p.message,
		})
	}
	slices.SortStableFunc(e.Diagnostics, func(a, b Diagnostic) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Message, b.Message))
	})
	e.Diagnostics = slices.Compact(e.Diagnostics)
	return e
}
