package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"os/exec"
	"slices"
	"time"
)

// usage is what a run took.
type usage struct {
	wall time.Duration
	cpu  time.Duration // user and system time, of all processes
}

// contender is one of those that are compared.
type contender struct {
	name string
	run  func(ctx context.Context) (usage, error)
}

// rival is what ours is held against.
type rival struct {
	contender
	goal float64 // the part of the rival's wall time that ours may take
}

// compare lets ours and the rivals run in turn, as many rounds as asked for,
// and returns the medians, ours first.
func compare(ctx context.Context, rounds int, ours contender, rivals ...rival) ([]usage, error) {
	contenders := []contender{ours}
	for _, r := range rivals {
		contenders = append(contenders, r.contender)
	}
	walls := make([][]time.Duration, len(contenders))
	cpus := make([][]time.Duration, len(contenders))
	for range rounds {
		for i, c := range contenders {
			u, err := c.run(ctx)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", c.name, err)
			}
			walls[i], cpus[i] = append(walls[i], u.wall), append(cpus[i], u.cpu)
		}
	}
	medians := make([]usage, len(contenders))
	for i := range contenders {
		medians[i] = usage{median(walls[i]), median(cpus[i])}
	}
	return medians, nil
}

func median(ds []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(ds))
	return sorted[len(sorted)/2]
}

// measure runs a command. What it prints is only seen when it fails.
func measure(cmd *exec.Cmd) (usage, error) {
	var printed bytes.Buffer
	cmd.Stdout, cmd.Stderr = &printed, &printed
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	if err != nil {
		return usage{}, fmt.Errorf("%s: %w\n%s", cmd, err, printed.Bytes())
	}
	return usage{wall, cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}, nil
}

// keysByValue returns the keys of m, that of the largest value first.
func keysByValue(m map[string]int64) []string {
	return slices.SortedFunc(maps.Keys(m), func(a, b string) int {
		return cmp.Or(cmp.Compare(m[b], m[a]), cmp.Compare(a, b))
	})
}
