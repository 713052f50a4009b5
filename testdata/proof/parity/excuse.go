package parity

import (
	"fmt"
	"os"
	"strings"
)

// excuses has the reasons why our side is right where it differs, by the name of a rule, or by an operation and one
// aspect: "POST https://oauth.twilio.com/v2/token form account_sid".
type excuses map[string]string

// readExcuses reads a file with an excuse on each line, "rule: reason" or "operation aspect: reason". Empty lines and
// those that start with # are comments.
func readExcuses(file string) (excuses, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	all := excuses{}
	for i, line := range strings.Split(string(data), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		what, reason, ok := strings.Cut(line, ": ")
		if _, twice := all[what]; !ok || strings.TrimSpace(reason) == "" || twice {
			return nil, fmt.Errorf("%s:%d: want one reason: %q", file, i+1, line)
		}
		all[what] = reason
	}
	return all, nil
}

// find returns the excuse of a difference: the one for just this difference, or the first rule that holds.
func (e excuses) find(c *comparison, d difference) (what string, ok bool) {
	what = c.operation.String() + " " + d.aspect
	if _, ok := e[what]; ok {
		return what, true
	}
	for _, r := range rules {
		if _, ok := e[r.name]; ok && r.holds(c, d) {
			return r.name, true
		}
	}
	return "", false
}
