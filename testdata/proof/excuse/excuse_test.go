package excuse

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestList(t *testing.T) {
	l, err := read(t, "# comment\n\nraw-path => why\nGET https://x.example/v1 query A => why: so\n*: never => never")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		whats []string
		want  string
	}{
		{[]string{"GET https://x.example/v1 query A", "raw-path"}, "GET https://x.example/v1 query A"},
		{[]string{"GET https://x.example/v1 query B", "raw-path"}, "raw-path"},
		{[]string{"GET https://x.example/v1 query", "raw"}, ""},
	} {
		if got, ok := l.Find(test.whats...); got != test.want || ok != (test.want != "") {
			t.Errorf("%q: %q, %t", test.whats, got, ok)
		}
	}
	if diff := cmp.Diff([]string{"*: never"}, l.Unused()); diff != "" {
		t.Error(diff)
	}
}

func TestReadFails(t *testing.T) {
	for _, text := range []string{"raw-path", "raw-path => ", "raw-path: why", "raw-path => why\nraw-path => again"} {
		if _, err := read(t, text); err == nil {
			t.Errorf("no error for %q", text)
		}
	}
}

func read(t *testing.T, text string) (*List, error) {
	file := filepath.Join(t.TempDir(), "excused.txt")
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return Read(file)
}
