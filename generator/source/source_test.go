package source

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/twiliogen/twiliogen/specs"
)

// folder makes a folder of files, each of which holds its own name.
func folder(t *testing.T, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range names {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// Without a name there is the embedded document.
func TestReadEmbedded(t *testing.T) {
	documents, err := Read(nil, nil)
	if err != nil || len(documents) != 1 || documents[0].Name() != specs.ProxyV1Name || len(documents[0].Data) == 0 {
		t.Fatalf("%d documents, error %v", len(documents), err)
	}
}

// Documents come in the order in which they are named, those of a folder by
// their names and without what is no document.
func TestRead(t *testing.T) {
	dir := folder(t, "b.yml", "a.YAML", "c.json", "notes.txt", "deeper/d.json")
	documents, err := Read([]string{"-", dir, filepath.Join(dir, "notes.txt")}, strings.NewReader("from stdin"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range documents {
		got = append(got, d.Name()+": "+string(d.Data))
	}
	want := []string{"stdin: from stdin", "a.YAML: a.YAML", "b.yml: b.yml", "c.json: c.json", "notes.txt: notes.txt"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestReadErrors(t *testing.T) {
	dir := folder(t, "notes.txt")
	for name, want := range map[string]error{
		"-": ErrNoStdin, dir: ErrNoDocuments, filepath.Join(dir, "none.json"): fs.ErrNotExist,
	} {
		if _, err := Read([]string{name}, nil); !errors.Is(err, want) {
			t.Errorf("%s: error %v, want %v", name, err, want)
		}
	}
}

func TestSHA256(t *testing.T) {
	const want = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" // of FIPS 180-4
	if got := (Document{Data: []byte("abc")}).SHA256(); got != want {
		t.Errorf("digest %s, want %s", got, want)
	}
}
