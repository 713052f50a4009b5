// Package excuse reads why something that looks wrong is not, and notices when there is nothing left to excuse.
package excuse

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

// List has reasons by what they excuse.
type List struct {
	reasons map[string]string
	used    map[string]bool
}

// Read reads a file with an excuse on each line, "what => reason". Empty lines and those that start with # are comments.
func Read(file string) (*List, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	l := &List{map[string]string{}, map[string]bool{}}
	for i, line := range strings.Split(string(data), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		what, reason, ok := strings.Cut(line, " => ")
		if _, twice := l.reasons[what]; !ok || strings.TrimSpace(reason) == "" || twice {
			return nil, fmt.Errorf("%s:%d: want one reason: %q", file, i+1, line)
		}
		l.reasons[what] = reason
	}
	return l, nil
}

// Find returns the first of these that has a reason.
func (l *List) Find(whats ...string) (what string, ok bool) {
	for _, what := range whats {
		if _, ok := l.reasons[what]; ok {
			l.used[what] = true
			return what, true
		}
	}
	return "", false
}

// Unused returns what was never found, sorted.
func (l *List) Unused() []string {
	var all []string
	for _, what := range slices.Sorted(maps.Keys(l.reasons)) {
		if !l.used[what] {
			all = append(all, what)
		}
	}
	return all
}
