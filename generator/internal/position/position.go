// Package position says where in a text a byte is.
package position

import "bytes"

// Of turns an offset into a line and a column, both from 1. A column is a byte,
// as in Go's own diagnostics. An offset outside the text counts as its nearest
// end.
func Of(text []byte, offset int) (line, column int) {
	before := text[:max(0, min(offset, len(text)))]
	return 1 + bytes.Count(before, []byte("\n")), len(before) - bytes.LastIndexByte(before, '\n')
}
