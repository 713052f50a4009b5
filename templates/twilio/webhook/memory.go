package webhook

import (
	"context"
	"sync"
)

// Memory is a [Store] in the memory of one process. Make one with [NewMemory]. It is safe for
// concurrent use, and several validators may share it.
type Memory struct {
	mu     sync.Mutex
	limit  int
	size   int
	byKey  map[string]*memo
	oldest []string // keys of what is done, in the order of becoming so
}

// memo is what is known about a key. The answer and whether it is good are set before done is closed,
// and never afterwards.
type memo struct {
	done   chan struct{}
	answer []byte
	good   bool
}

// memoSize is what a memo takes beside its answer, in bytes: key, channel, its place in the map.
const memoSize = 400

// NewMemory returns a [Store] that takes up to limit bytes. The oldest answers are forgotten first.
// Ten thousand short ones need about 8 MiB. With a limit of 0, only what is still running is known.
func NewMemory(limit int) *Memory {
	return &Memory{limit: limit, byKey: make(map[string]*memo)}
}

// Do implements [Store].
func (m *Memory) Do(ctx context.Context, key string, run func() ([]byte, error)) ([]byte, error) {
	for {
		known, first := m.begin(key)
		if first {
			return m.run(key, known, run)
		}
		select {
		case <-known.done:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		if known.good {
			return known.answer, nil
		}
	}
}

// begin returns what is known about a key, and whether it is up to the caller to run.
func (m *Memory) begin(key string) (known *memo, first bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	known, ok := m.byKey[key]
	if !ok {
		known = &memo{done: make(chan struct{})}
		m.byKey[key] = known
	}
	return known, !ok
}

func (m *Memory) run(key string, known *memo, run func() ([]byte, error)) (answer []byte, err error) {
	defer func() { m.end(key, known) }() // even after a panic
	answer, err = run()
	known.answer, known.good = answer, err == nil
	return answer, err
}

func (m *Memory) end(key string, known *memo) {
	m.mu.Lock()
	defer m.mu.Unlock()
	close(known.done)
	if !known.good {
		delete(m.byKey, key)
		return
	}
	m.oldest = append(m.oldest, key)
	m.size += memoSize + len(known.answer)
	for m.size > m.limit {
		key := m.oldest[0]
		m.size -= memoSize + len(m.byKey[key].answer)
		delete(m.byKey, key)
		m.oldest = m.oldest[1:]
	}
}
