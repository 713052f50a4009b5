package twilio

import "sync"

// trail is the way to a page: what was requested for it and for the pages before it. The pages of a
// list share one, and each of them only looks at the part that leads to it, so that each page can be
// continued on its own, by several goroutines, and at a cost that does not grow with the way.
type trail struct {
	mu      sync.Mutex
	targets []string
	steps   map[string]int // where each is among the targets
}

func newTrail(targets []string) *trail {
	t := &trail{steps: make(map[string]int, len(targets))}
	for _, target := range targets {
		t.add(target)
	}
	return t
}

func (t *trail) add(target string) {
	t.steps[target] = len(t.targets)
	t.targets = append(t.targets, target)
}

// extend returns the way to the page at a target, which is the next one after p.
func (p *place) extend(target string) *trail {
	t := p.trail
	if t == nil {
		return newTrail([]string{p.target, target})
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	step := p.step + 1
	switch {
	case step == len(t.targets):
		t.add(target)
	case t.targets[step] != target: // p has been continued before, and led elsewhere
		return newTrail(append(t.targets[:step:step], target))
	}
	return t
}

// has reports whether a target was requested up to a step of the way.
func (t *trail) has(target string, step int) bool {
	if t == nil {
		return false
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	at, ok := t.steps[target]
	return ok && at <= step
}
