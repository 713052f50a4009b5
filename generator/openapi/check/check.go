// Package check says what is wrong with a document, where, and what to do about
// it. It turns what kin-openapi finds into problems, adds those that
// kin-openapi does not explain, and resolves them to lines and columns.
//
// None of this is paid for by a document that is right: whoever reads one calls
// [Unreadable] or [Invalid] after an error, and [Report] at the end; [Locate] is for
// what is no error.
package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Problem is something that is wrong with a document.
type Problem struct {
	Pointer      string // JSON pointer of the place; "" is the document as a whole
	Line, Column int    // the place where no pointer leads there; else 0
	Message      string // what is wrong, and what to do
}

// Diagnostic is a problem with its position.
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

// Report makes an *Error of problems, nil of none.
func Report(file string, data []byte, problems []Problem) error {
	if len(problems) == 0 {
		return nil
	}
	return &Error{Locate(file, data, problems)}
}

// Locate finds the positions of problems, by reading the document a second time,
// and sorts them.
func Locate(file string, data []byte, problems []Problem) []Diagnostic {
	if len(problems) == 0 {
		return nil
	}
	index := newPositions(data)
	var found []Diagnostic
	for _, p := range problems {
		line, column := p.Line, p.Column
		if line == 0 {
			line, column = index.find(p.Pointer)
		}
		found = append(found, Diagnostic{
			File: file, Line: line, Column: column, Pointer: p.Pointer, Message: p.Message,
		})
	}
	slices.SortStableFunc(found, func(a, b Diagnostic) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Message, b.Message))
	})
	return slices.Compact(found)
}
