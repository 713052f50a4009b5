package output

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/twiliogen/twiliogen/generator/internal/position"
)

func TestManifestErrors(t *testing.T) {
	tests := []struct {
		name, manifest string
		line, column   int
		want           string
	}{
		{"empty", "", 1, 1, "unexpected end"},
		{"conflict", "{\n<<<<<<< HEAD\n}", 2, 1, "invalid character '<'"},
		{"trailing", "{}\n{}", 2, 1, "after top-level value"},
		{"cut off", "{\n  \"packages\": {", 2, 15, "unexpected end"},
		{"list", `{"packages": []}`, 1, 14, "unexpected JSON array"},
		{"number", "{\"packages\": {\"a\": {\"files\": [\n5]}}}", 2, 1, "unexpected JSON number"},
		{"parent", manifestOf("a", "../../x.go"), 4, 17, `"../../x.go" is not`},
		{"absolute", manifestOf("a", "/x.go"), 4, 17, `"/x.go" is not`},
		{"backslash", manifestOf("a", `..\\x.go`), 4, 17, `"..\\x.go" is not`},
		{"drive", manifestOf("a", `c:/x.go`), 4, 17, `"c:/x.go" is not`},
		{"NUL", manifestOf("a", `x\u0000.go`), 4, 17, `is not a path`},
		{"dot", manifestOf("a", `.`), 4, 17, `"." is not`},
		{"unclean", manifestOf("a", `b/../x.go`), 4, 17, `"b/../x.go" is not`},
		{"unusual spelling", manifestOf("a", `\u002e\u002e/x`), 1, 1, `"../x" is not`},
		{"parent folder", manifestOf("..", "x.go"), 3, 5, `".." is not`},
		{"no folder", manifestOf("", "x.go"), 3, 5, `"" is not`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			parent := t.TempDir()
			dir := filepath.Join(parent, "gen")
			write(t, parent, "x.go", enum)
			write(t, dir, ManifestName, tt.manifest)
			before := snapshot(t, parent)
			_, err := NewPlan(dir, "v1", []Package{{Dir: "a"}, {Dir: "b"}})
			var manifestErr *ManifestError
			if !errors.As(err, &manifestErr) {
				t.Fatalf("NewPlan = %v, want a ManifestError", err)
			}
			want := fmt.Sprintf("%s:%d:%d: ", filepath.Join(dir, ManifestName), tt.line, tt.column)
			if !strings.HasPrefix(err.Error(), want) || !strings.Contains(manifestErr.Unwrap().Error(), tt.want) {
				t.Errorf("error %q, want it to begin %q and say %q", err, want, tt.want)
			}
			if diff := cmp.Diff(before, snapshot(t, parent)); diff != "" {
				t.Errorf("tree (-before +after):\n%s", diff)
			}
		})
	}
}

func manifestOf(dir, file string) string {
	return fmt.Sprintf("{\n  \"packages\": {\n    \"%s\": {\n      \"files\": [\"%s\"]\n    }\n  }\n}\n", dir, file)
}

// What a newer version of twiliogen wrote about other packages survives.
func TestManifestKeepsOtherEntries(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, ManifestName, `{"packages": {
		"other": {"files": ["x.go"], "future": {"n": 1.50, "s": "<&>"}},
		"proxyv1": {"files": [], "future": true},
		"empty": null
	}}`)
	generate(t, dir, proxy())
	want := `{
  "packages": {
    "empty": null,
    "other": {
      "files": [
        "x.go"
      ],
      "future": {
        "n": 1.50,
        "s": "<&>"
      }
    },
    "proxyv1": {
      "generator": "v1.2.3",
      "document": "twilio_proxy_v1.yaml",
      "title": "Twilio - Proxy <&>",
      "version": "1.0.0",
      "sha256": "abc",
      "files": []
    }
  }
}
`
	if diff := cmp.Diff(want, read(t, dir, ManifestName)); diff != "" {
		t.Errorf("manifest (-want +got):\n%s", diff)
	}
}

func FuzzManifest(f *testing.F) {
	f.Add([]byte(manifestOf("proxyv1", "x.go")))
	f.Add([]byte(manifestOf("..", "../x.go")))
	f.Add([]byte(manifestOf("a/b", `c\\..\\d.go`)))
	f.Add([]byte(`{"packages": {"a": null, "b": {"files": null}}, "PACKAGES": {"/": {}}}`))
	f.Add([]byte(`{"packages": {"a": {"files": [5]}}}`))
	f.Add([]byte("{\n<<<<<<< HEAD\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, offset, err := parseManifest(data)
		if err != nil {
			if line, column := position.Of(data, offset); line < 1 || column < 1 {
				t.Errorf("error at %d:%d: %v", line, column, err)
			}
			return
		}
		for name := range m.all() {
			if !filepath.IsLocal(filepath.FromSlash(name)) || strings.Contains(name, `\`) {
				t.Errorf("accepted %q", name)
			}
		}
		next, err := m.with("v1", nil)
		if err != nil {
			t.Fatal(err)
		}
		first, err := next.encode()
		if err != nil {
			t.Fatal(err)
		}
		again, _, err := parseManifest(first)
		if err != nil {
			t.Fatalf("cannot read back what was written: %v\n%s", err, first)
		}
		if diff := cmp.Diff(m.files, again.files); diff != "" {
			t.Errorf("files (-before +after):\n%s", diff)
		}
		if second, err := again.encode(); err != nil || !bytes.Equal(first, second) {
			t.Errorf("written again as %s (%v), before as %s", second, err, first)
		}
	})
}
