package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestRaceReportsMediansOfTurns(t *testing.T) {
	var turns strings.Builder
	runner := func(name string, seconds ...int) contender {
		return contender{name, func(context.Context) (usage, error) {
			turns.WriteString(name)
			took := time.Duration(seconds[0]) * time.Second
			seconds = seconds[1:]
			return usage{wall: took, cpu: 2 * took}, nil
		}}
	}
	var got table
	err := got.race(t.Context(), 3, runner("a", 9, 1, 2), rival{runner("b", 4, 5, 3), 0.5}, rival{runner("c", 8, 8, 8), 0.2})
	if err != nil {
		t.Fatal(err)
	}
	if turns.String() != "abcabcabc" {
		t.Errorf("the turns were %s", turns.String())
	}
	want := [][]string{
		{"a", "2.00 s", "4.00 s", "", "", ""},
		{"b", "4.00 s", "8.00 s", "0.50", "0.50", "<= 0.50 met"},
		{"c", "8.00 s", "16.00 s", "0.25", "0.25", "<= 0.20 missed"},
	}
	if diff := cmp.Diff(want, got.rows[1:]); diff != "" {
		t.Errorf("other rows than expected (-want +got):\n%s", diff)
	}
}

func TestFloor(t *testing.T) {
	documents, code := t.TempDir(), t.TempDir()
	write := func(dir, name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write(documents, "right.json", `{"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": {}}`)
	write(code, "right.go", "package p\n")
	if err := floor(documents, code); err != nil {
		t.Error(err)
	}
	write(code, "wrong.go", "package\n")
	if err := floor(documents, code); err == nil {
		t.Error("no error for a file that is no Go")
	}
	write(code, "wrong.go", "package p\n")
	write(documents, "wrong.json", `{"openapi": 3}`)
	if err := floor(documents, code); err == nil {
		t.Error("no error for a file that is no document")
	}
}

func TestBuildCompilesEveryTime(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":         "module example.com/app\n\ngo 1.25\n",
		"main.go":        "package main\n\nimport \"example.com/app/lib\"\n\nfunc main() { lib.F() }\n",
		"lib/lib.go":     "package lib\n\nfunc F() {}\n",
		"other/other.go": "package other\n",
	} {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, []byte(text), 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	b := &build{dir: dir, target: "example.com/app", out: filepath.Join(dir, "app"), fresh: "example.com/app..."}
	for range 2 {
		if _, err := b.run(t.Context()); err != nil {
			t.Fatal(err)
		}
		if len(b.archives) != 2 {
			t.Fatalf("the packages are %q, want those of main and lib", b.archives)
		}
		for _, path := range slices.Concat(b.archives, []string{b.out}) {
			if _, err := os.Stat(path); err != nil {
				t.Errorf("the build has not written it: %v", err)
			}
		}
		if err := b.forget(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, path := range slices.Concat(b.archives, []string{b.out}) {
			if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("%s is still there: %v", path, err)
			}
		}
	}
}
