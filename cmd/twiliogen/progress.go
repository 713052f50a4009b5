package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/twiliogen/twiliogen/generator"
)

// progressLine shows how far a run with many documents is, on one line that it
// rewrites. Where nobody watches, on anything but a terminal, it shows nothing.
type progressLine struct {
	w     io.Writer // nil: nobody watches
	begun time.Time
	shown bool
}

func newProgressLine(w io.Writer) *progressLine {
	p := &progressLine{begun: time.Now()}
	if f, ok := w.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			p.w = w
		}
	}
	return p
}

// show rewrites the line. A run of one document is over before it can be read.
func (p *progressLine) show(at generator.Progress) {
	if p.w == nil || at.Total < 2 {
		return
	}
	p.shown = true
	fmt.Fprintf(p.w, "\r\x1b[K%s %d/%d %s %s", at.Step, at.Done, at.Total, time.Since(p.begun).Round(100*time.Millisecond), at.Document)
}

// clear removes the line.
func (p *progressLine) clear() {
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
