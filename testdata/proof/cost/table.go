package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"
)

// table is one part of the comparison.
type table struct {
	title string
	rows  [][]string // the first one has the names of the columns
}

// add appends a row, of which the last cells may be left out.
func (t *table) add(cells ...string) {
	if len(t.rows) > 0 {
		for len(cells) < len(t.rows[0]) {
			cells = append(cells, "") // a shorter row would end a column
		}
	}
	t.rows = append(t.rows, cells)
}

func (t *table) String() string {
	var b strings.Builder
	fmt.Fprintln(&b, t.title)
	w := tabwriter.NewWriter(&b, 0, 0, 3, ' ', 0)
	for _, row := range t.rows {
		fmt.Fprintln(w, "  "+strings.Join(row, "\t"))
	}
	w.Flush() // to a strings.Builder, which takes everything
	return b.String()
}

// race runs ours and its rivals, and adds what it measured.
func (t *table) race(ctx context.Context, rounds int, ours contender, rivals ...rival) error {
	medians, err := compare(ctx, rounds, ours, rivals...)
	if err != nil {
		return err
	}
	t.add("", "wall", "processor", "ours/this, wall", "ours/this, processor", "goal, wall")
	t.add(ours.name, seconds(medians[0].wall), seconds(medians[0].cpu))
	for i, r := range rivals {
		m := medians[i+1]
		wall, cpu := ratio(medians[0].wall, m.wall), ratio(medians[0].cpu, m.cpu)
		t.add(r.name, seconds(m.wall), seconds(m.cpu), number(wall), number(cpu), judge(wall, r.goal))
	}
	return nil
}

func judge(ratio, goal float64) string {
	verdict := "met"
	if ratio > goal {
		verdict = "missed"
	}
	return fmt.Sprintf("<= %s %s", number(goal), verdict)
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.2f s", d.Seconds()) }

func number(f float64) string { return fmt.Sprintf("%.2f", f) }

func ratio(a, b time.Duration) float64 { return float64(a) / float64(b) }
