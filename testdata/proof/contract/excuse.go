package contract

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

// excuses has the reasons why neither the client nor the generator is at fault, by the call and the complaint:
// "proxyv1 POST /v1/Services: Invalid request". A star in place of the call stands for every call.
type excuses struct {
	reasons map[string]string
	used    map[string]bool
}

// readExcuses reads a file with an excuse on each line, "call: complaint => reason". Empty lines and those that start
// with # are comments.
func readExcuses(file string) (*excuses, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	e := &excuses{map[string]string{}, map[string]bool{}}
	for i, line := range strings.Split(string(data), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		what, reason, ok := strings.Cut(line, " => ")
		if _, twice := e.reasons[what]; !ok || strings.TrimSpace(reason) == "" || twice {
			return nil, fmt.Errorf("%s:%d: want one reason: %q", file, i+1, line)
		}
		e.reasons[what] = reason
	}
	return e, nil
}

// find tells whether there is an excuse for the complaint about the call.
func (e *excuses) find(call string, c complaint) bool {
	for _, what := range []string{call + ": " + string(c), "*: " + string(c)} {
		if _, ok := e.reasons[what]; ok {
			e.used[what] = true
			return true
		}
	}
	return false
}

// unused returns what there was no complaint for, sorted.
func (e *excuses) unused() []string {
	var all []string
	for _, what := range slices.Sorted(maps.Keys(e.reasons)) {
		if !e.used[what] {
			all = append(all, what)
		}
	}
	return all
}
