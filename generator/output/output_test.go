package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const (
	client  = Header + "\n\npackage proxyv1\n\ntype Client struct{}\n"
	session = Header + "\n\n// Package proxyv1 is for tests.\npackage proxyv1\n\ntype Session struct{}\n"
	enum    = Header + "\n\npackage proxyv1\n\ntype Mode string\n"
	wire    = Header + "\n\npackage wire\n"
	own     = "package proxyv1\n\n// by hand\n"
)

// proxy returns a package of the files, given as name and contents in turn.
func proxy(files ...string) Package {
	p := Package{Dir: "proxyv1", Source: Source{
		Document: "twilio_proxy_v1.yaml", Title: "Twilio - Proxy <&>", Version: "1.0.0", SHA256: "abc",
	}}
	for i := 0; i < len(files); i += 2 {
		p.Files = append(p.Files, File{files[i], []byte(files[i+1])})
	}
	return p
}

func runtime() Package {
	return Package{Dir: "internal/wire", Files: []File{{"wire.go", []byte(wire)}}}
}

func mustPlan(t *testing.T, dir string, packages ...Package) *Plan {
	t.Helper()
	p, err := NewPlan(dir, "v1.2.3", packages)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func generate(t *testing.T, dir string, packages ...Package) {
	t.Helper()
	if err := mustPlan(t, dir, packages...).Apply(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, dir, name, content string) {
	t.Helper()
	file := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, dir, name string) {
	t.Helper()
	if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
		t.Fatal(err)
	}
}

// contents returns every file below dir by its slash-separated path, and folders as "path/".
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := make(map[string]string)
	walk(t, dir, func(name string, info fs.FileInfo) {
		switch {
		case info.IsDir():
			found[name+"/"] = ""
		case info.Mode().IsRegular():
			found[name] = read(t, dir, name)
		default:
			found[name] = info.Mode().Type().String()
		}
	})
	return found
}

// snapshot is contents with what else a failed run must not change: permissions, and the times of files.
func snapshot(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := contents(t, dir)
	walk(t, dir, func(name string, info fs.FileInfo) {
		if info.IsDir() {
			found[name+"/"] = info.Mode().String()
		} else {
			found[name] += fmt.Sprintf("\n%v %d", info.Mode(), info.ModTime().UnixNano())
		}
	})
	return found
}

func walk(t *testing.T, dir string, visit func(name string, info fs.FileInfo)) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || name == "." {
			return err
		}
		info, err := e.Info()
		if err == nil {
			visit(name, info)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func describe(p *Plan) []string {
	var lines []string
	for _, c := range p.Changes() {
		lines = append(lines, c.Kind.String()+" "+c.Path)
	}
	for _, name := range p.Strays() {
		lines = append(lines, "stray "+name)
	}
	return lines
}

func TestRegenerate(t *testing.T) {
	first := []Package{proxy("client.go", client, "session.go", session), runtime()}
	tests := []struct {
		name  string
		edit  func(t *testing.T, dir string) // to what the first run wrote
		then  []Package                      // the second run; the same packages if nil
		plan  []string
		after map[string]string // what differs from the first run's tree after the second; "-": gone
	}{
		{name: "no change"},
		{
			name: "files in another order",
			then: []Package{runtime(), proxy("session.go", session, "client.go", client)},
		},
		{
			name: "edited",
			edit: func(t *testing.T, dir string) { write(t, dir, "proxyv1/client.go", client+"// edit\n") },
			plan: []string{"modified proxyv1/client.go"},
		},
		{
			name: "edited without its header, but listed",
			edit: func(t *testing.T, dir string) { write(t, dir, "proxyv1/client.go", own) },
			plan: []string{"modified proxyv1/client.go"},
		},
		{
			name: "emptied",
			edit: func(t *testing.T, dir string) { write(t, dir, "proxyv1/client.go", "") },
			plan: []string{"modified proxyv1/client.go"},
		},
		{
			name: "deleted",
			edit: func(t *testing.T, dir string) { remove(t, dir, "proxyv1/client.go") },
			plan: []string{"added proxyv1/client.go"},
		},
		{
			name: "deleted folder",
			edit: func(t *testing.T, dir string) { remove(t, dir, "internal") },
			plan: []string{"added internal/wire/wire.go"},
		},
		{
			name: "deleted manifest",
			edit: func(t *testing.T, dir string) { remove(t, dir, ManifestName) },
			plan: []string{"added .twiliogen.json"},
		},
		{
			name: "CRLF",
			edit: func(t *testing.T, dir string) {
				for name, content := range contents(t, dir) {
					if !strings.HasSuffix(name, "/") {
						write(t, dir, name, strings.ReplaceAll(content, "\n", "\r\n"))
					}
				}
			},
			after: map[string]string{
				"proxyv1/client.go":     strings.ReplaceAll(client, "\n", "\r\n"),
				"proxyv1/session.go":    strings.ReplaceAll(session, "\n", "\r\n"),
				"internal/wire/wire.go": strings.ReplaceAll(wire, "\n", "\r\n"),
				ManifestName:            "*",
			},
		},
		{
			name:  "stale",
			then:  []Package{proxy("client.go", client), runtime()},
			plan:  []string{"modified .twiliogen.json", "removed proxyv1/session.go"},
			after: map[string]string{"proxyv1/session.go": "-", ManifestName: "*"},
		},
		{
			name: "stale with CRLF",
			edit: func(t *testing.T, dir string) {
				write(t, dir, "proxyv1/session.go", strings.ReplaceAll(session, "\n", "\r\n"))
			},
			then:  []Package{proxy("client.go", client), runtime()},
			plan:  []string{"modified .twiliogen.json", "removed proxyv1/session.go"},
			after: map[string]string{"proxyv1/session.go": "-", ManifestName: "*"},
		},
		{
			name:  "last file of a folder is stale",
			then:  []Package{proxy(), {Dir: "internal/wire"}},
			plan:  []string{"modified .twiliogen.json", "removed internal/wire/wire.go", "removed proxyv1/client.go", "removed proxyv1/session.go"},
			after: map[string]string{"internal/": "-", "internal/wire/": "-", "internal/wire/wire.go": "-", "proxyv1/": "-", "proxyv1/client.go": "-", "proxyv1/session.go": "-", ManifestName: "*"},
		},
		{
			name:  "stale, but its header is gone",
			edit:  func(t *testing.T, dir string) { write(t, dir, "proxyv1/session.go", own) },
			then:  []Package{proxy("client.go", client), runtime()},
			plan:  []string{"modified .twiliogen.json"},
			after: map[string]string{"proxyv1/session.go": own, ManifestName: "*"},
		},
		{
			name:  "stale, but already gone",
			edit:  func(t *testing.T, dir string) { remove(t, dir, "proxyv1/session.go") },
			then:  []Package{proxy("client.go", client), runtime()},
			plan:  []string{"modified .twiliogen.json"},
			after: map[string]string{"proxyv1/session.go": "-", ManifestName: "*"},
		},
		{
			name:  "by hand beside generated files",
			edit:  func(t *testing.T, dir string) { write(t, dir, "proxyv1/own.go", own) },
			after: map[string]string{"proxyv1/own.go": own},
		},
		{
			name:  "stray",
			edit:  func(t *testing.T, dir string) { write(t, dir, "proxyv1/stray.go", enum) },
			plan:  []string{"stray proxyv1/stray.go"},
			after: map[string]string{"proxyv1/stray.go": enum},
		},
		{
			name:  "stray in a folder of no package of this run",
			edit:  func(t *testing.T, dir string) { write(t, dir, "apiv2010/stray.go", enum) },
			after: map[string]string{"apiv2010/": "", "apiv2010/stray.go": enum},
		},
		{
			name: "stray becomes a file of the run",
			edit: func(t *testing.T, dir string) { write(t, dir, "proxyv1/enum.go", session) },
			then: []Package{proxy("client.go", client, "session.go", session, "enum.go", enum), runtime()},
			plan: []string{"modified .twiliogen.json", "modified proxyv1/enum.go"},
			after: map[string]string{
				"proxyv1/enum.go": enum, ManifestName: "*",
			},
		},
		{
			name: "other packages stay",
			edit: func(t *testing.T, dir string) { remove(t, dir, "proxyv1/session.go") },
			then: []Package{runtime(), {Dir: "apiv2010", Files: []File{{"call.go", []byte(enum)}}}},
			plan: []string{"modified .twiliogen.json", "added apiv2010/call.go"},
			after: map[string]string{
				"proxyv1/session.go": "-", "apiv2010/": "", "apiv2010/call.go": enum, ManifestName: "*",
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "a", "gen")
			generate(t, dir, first...)
			want := contents(t, dir)
			if tt.edit != nil {
				tt.edit(t, dir)
			}
			if tt.then == nil {
				tt.then = first
			}
			plan := mustPlan(t, dir, tt.then...)
			if diff := cmp.Diff(tt.plan, describe(plan)); diff != "" {
				t.Errorf("plan (-want +got):\n%s", diff)
			}
			if got := plan.Clean(); got != (tt.plan == nil) {
				t.Errorf("Clean() = %t", got)
			}
			if err := plan.Apply(t.Context()); err != nil {
				t.Fatal(err)
			}
			got := contents(t, dir)
			for name, content := range tt.after {
				switch content {
				case "-":
					delete(want, name)
				case "*":
					want[name] = got[name]
				default:
					want[name] = content
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("tree (-want +got):\n%s", diff)
			}
			if again := mustPlan(t, dir, tt.then...); len(again.Changes()) > 0 {
				t.Errorf("a second run would change %v", describe(again))
			}
		})
	}
}

func TestFirstRun(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "gen")
	p := proxy("client.go", client, "session.go", session)
	p.Source.Resources = []string{"Session", "Participant", "Session"}
	plan := mustPlan(t, dir, p, runtime())
	if _, err := os.Lstat(filepath.Dir(dir)); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("NewPlan touched the disk: %v", err)
	}
	if err := plan.Apply(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"proxyv1/": "", "internal/": "", "internal/wire/": "",
		"proxyv1/client.go":     client,
		"proxyv1/session.go":    session,
		"internal/wire/wire.go": wire,
		ManifestName: `{
  "packages": {
    "internal/wire": {
      "generator": "v1.2.3",
      "files": [
        "wire.go"
      ]
    },
    "proxyv1": {
      "generator": "v1.2.3",
      "document": "twilio_proxy_v1.yaml",
      "title": "Twilio - Proxy <&>",
      "version": "1.0.0",
      "sha256": "abc",
      "resources": [
        "Participant",
        "Session"
      ],
      "files": [
        "client.go",
        "session.go"
      ]
    }
  }
}
`,
	}
	if diff := cmp.Diff(want, contents(t, dir)); diff != "" {
		t.Errorf("tree (-want +got):\n%s", diff)
	}
	for name, mode := range map[string]fs.FileMode{"proxyv1": folderMode, "proxyv1/client.go": fileMode} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got&^mode != 0 || got&0o600 != 0o600 {
			t.Errorf("%s has permissions %v, want %v less the umask", name, got, mode)
		}
	}
}

func TestUnchangedFilesKeepTheirTime(t *testing.T) {
	dir := t.TempDir()
	generate(t, dir, proxy("client.go", client, "session.go", session))
	old := time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)
	for _, name := range []string{ManifestName, "proxyv1/client.go", "proxyv1/session.go"} {
		if err := os.Chtimes(filepath.Join(dir, name), old, old); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(filepath.Join(dir, "proxyv1/session.go"), 0o600); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "proxyv1/session.go", session+"// edit\n")
	generate(t, dir, proxy("client.go", client, "session.go", session))
	for name, same := range map[string]bool{ManifestName: true, "proxyv1/client.go": true, "proxyv1/session.go": false} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if got := info.ModTime().Equal(old); got != same {
			t.Errorf("%s: time kept is %t, want %t", name, got, same)
		}
		if name == "proxyv1/session.go" && info.Mode().Perm() != 0o600 {
			t.Errorf("%s: permissions %v, want them kept", name, info.Mode())
		}
	}
}

func TestRefusesToOverwrite(t *testing.T) {
	link := func(t *testing.T, dir, target, name string) {
		t.Helper()
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Skipf("no symbolic links here: %v", err)
		}
	}
	tests := []struct {
		name  string
		setUp func(t *testing.T, dir string)
		want  []string
	}{
		{"own files", func(t *testing.T, dir string) {
			write(t, dir, "proxyv1/session.go", own)
			write(t, dir, "proxyv1/client.go", own)
			write(t, dir, "internal/wire/wire.go", wire)
		}, []string{"proxyv1/client.go", "proxyv1/session.go"}},
		{"another generator's file", func(t *testing.T, dir string) {
			write(t, dir, "proxyv1/client.go", "// Code generated by other. DO NOT EDIT.\n\npackage proxyv1\n")
		}, []string{"proxyv1/client.go"}},
		{"header below the package clause", func(t *testing.T, dir string) {
			write(t, dir, "proxyv1/client.go", "package proxyv1\n\n"+Header+"\n")
		}, []string{"proxyv1/client.go"}},
		{"folder in place of a file", func(t *testing.T, dir string) {
			write(t, dir, "proxyv1/client.go/x.go", client)
		}, []string{"proxyv1/client.go"}},
		{"file in place of a folder", func(t *testing.T, dir string) {
			write(t, dir, "proxyv1", client)
		}, []string{"proxyv1"}},
		{"linked file", func(t *testing.T, dir string) {
			write(t, dir, "proxyv1/other.go", client)
			link(t, dir, "other.go", "proxyv1/client.go")
		}, []string{"proxyv1/client.go"}},
		{"linked folder", func(t *testing.T, dir string) {
			write(t, dir, "elsewhere/client.go", client)
			link(t, dir, "elsewhere", "proxyv1")
		}, []string{"proxyv1"}},
		{"folder in place of the manifest", func(t *testing.T, dir string) {
			write(t, dir, ManifestName+"/x", "")
		}, []string{ManifestName}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			tt.setUp(t, dir)
			before := snapshot(t, dir)
			_, err := NewPlan(dir, "v1", []Package{proxy("client.go", client, "session.go", session), runtime()})
			var overwriteErr *OverwriteError
			if !errors.As(err, &overwriteErr) {
				t.Fatalf("NewPlan: %v, want an OverwriteError", err)
			}
			if diff := cmp.Diff(tt.want, overwriteErr.Paths); diff != "" {
				t.Errorf("paths (-want +got):\n%s", diff)
			}
			for _, name := range tt.want {
				if !strings.Contains(err.Error(), filepath.Join(dir, name)) {
					t.Errorf("error does not name %s: %v", name, err)
				}
			}
			if diff := cmp.Diff(before, snapshot(t, dir)); diff != "" {
				t.Errorf("tree (-before +after):\n%s", diff)
			}
		})
	}
}

// A file that is stale by the manifest, but reached through a link that somebody put there, stays.
func TestStaleFileBehindALink(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "gen")
	p := Package{Dir: "proxyv1", Files: []File{{"client.go", []byte(client)}, {"sub/old.go", []byte(enum)}}}
	generate(t, dir, p)
	if err := os.Rename(filepath.Join(dir, "proxyv1/sub"), filepath.Join(parent, "outside")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(parent, "outside"), filepath.Join(dir, "proxyv1/sub")); err != nil {
		t.Skipf("no symbolic links here: %v", err)
	}
	generate(t, dir, proxy("client.go", client))
	if got := read(t, parent, "outside/old.go"); got != enum {
		t.Errorf("the file outside is now %q", got)
	}
}

// When the folders of packages are nested, a file of one is neither stale nor stray in the other.
func TestStaleFileOfAnotherPackage(t *testing.T) {
	dir := t.TempDir()
	outer := func(files ...File) Package { return Package{Dir: "twilio", Files: files} }
	generate(t, dir, outer(File{"twilio.go", []byte(wire)}, File{"inner/x.go", []byte(wire)}))
	inner := Package{Dir: "twilio/inner", Files: []File{{"x.go", []byte(wire)}}}
	generate(t, dir, inner, outer(File{"twilio.go", []byte(wire)}))
	if got := read(t, dir, "twilio/inner/x.go"); got != wire {
		t.Errorf("twilio/inner/x.go is now %q", got)
	}
	plan := mustPlan(t, dir, outer(File{"twilio.go", []byte(wire)}, File{"inner/y.go", []byte(wire)}))
	want := []string{"modified .twiliogen.json", "added twilio/inner/y.go"}
	if diff := cmp.Diff(want, describe(plan)); diff != "" {
		t.Errorf("plan for the outer package alone (-want +got):\n%s", diff)
	}
}

// On a file system that ignores case, the stale spelling of a name is the file that was just written. A hard link stands
// in for that here.
func TestStaleSpellingOfAFile(t *testing.T) {
	dir := t.TempDir()
	generate(t, dir, proxy("Client.go", client))
	upper, lower := filepath.Join(dir, "proxyv1/Client.go"), filepath.Join(dir, "proxyv1/client.go")
	if err := os.Link(upper, lower); err != nil && !errors.Is(err, fs.ErrExist) {
		t.Skipf("no hard links here: %v", err)
	}
	plan := mustPlan(t, dir, proxy("client.go", client))
	if diff := cmp.Diff([]string{"modified .twiliogen.json"}, describe(plan)); diff != "" {
		t.Errorf("plan (-want +got):\n%s", diff)
	}
}

func TestInvalidPackages(t *testing.T) {
	file := func(name string) Package {
		return Package{Dir: "proxyv1", Files: []File{{name, []byte(client)}}}
	}
	tests := map[string][]Package{
		"parent folder":     {{Dir: "../proxyv1"}},
		"absolute folder":   {{Dir: "/proxyv1"}},
		"output folder":     {{Dir: "."}},
		"no folder":         {{}},
		"parent file":       {file("../x.go")},
		"hidden parent":     {file("a/../../x.go")},
		"absolute file":     {file("/x.go")},
		"backslash":         {file(`..\x.go`)},
		"drive":             {file("c:x.go")},
		"NUL":               {file("x\x00.go")},
		"no header":         {proxy("x.go", own)},
		"same folder":       {proxy("x.go", client), proxy("y.go", client)},
		"folder by case":    {proxy("x.go", client), {Dir: "Proxyv1"}},
		"file by case":      {proxy("x.go", client, "X.go", client)},
		"file by two paths": {{Dir: "a", Files: []File{{"b/x.go", []byte(client)}}}, {Dir: "a/b", Files: []File{{"x.go", []byte(client)}}}},
	}
	for name, packages := range tests {
		t.Run(name, func(t *testing.T) {
			if _, err := NewPlan(t.TempDir(), "v1", packages); err == nil {
				t.Error("NewPlan accepted it")
			}
		})
	}
}

func TestReadErrors(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "file", "")
	_, err := NewPlan(filepath.Join(dir, "file"), "v1", []Package{runtime()})
	var pathErr *fs.PathError
	if !errors.As(err, &pathErr) || !strings.HasPrefix(pathErr.Path, dir) {
		t.Errorf("NewPlan in a file: %v, want a PathError with the whole path", err)
	}
}

func TestIsGenerated(t *testing.T) {
	tests := []struct {
		name, src string
		want      bool
	}{
		{"first line", Header + "\n\npackage p\n", true},
		{"CRLF", Header + "\r\n\r\npackage p\r\n", true},
		{"below a build constraint", "//go:build linux\n\n" + Header + "\n\npackage p\n", true},
		{"in a longer comment", "// Copyright.\n" + Header + "\npackage p\n", true},
		{"unfinished body", Header + "\n\npackage p\n\nfunc {", true},
		{"another generator", "// Code generated by protoc-gen-go. DO NOT EDIT.\n\npackage p\n", false},
		{"longer line", Header + " Really.\n\npackage p\n", false},
		{"indented", " " + Header + "\n\npackage p\n", false},
		{"general comment", "/*\n" + Header + "\n*/\npackage p\n", false},
		{"below the package clause", "package p\n\n" + Header + "\n", false},
		{"on the package clause", "package p " + Header + "\n", false},
		{"not Go", Header + "\n\nhello\n", false},
		{"empty", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := IsGenerated([]byte(tt.src)); got != tt.want {
				t.Errorf("IsGenerated = %t, want %t", got, tt.want)
			}
		})
	}
}

func TestDeterministic(t *testing.T) {
	one, two := t.TempDir(), t.TempDir()
	generate(t, one, proxy("client.go", client, "session.go", session), runtime())
	generate(t, two, runtime())
	generate(t, two, proxy("session.go", session, "client.go", client))
	if diff := cmp.Diff(contents(t, one), contents(t, two)); diff != "" {
		t.Errorf("trees (-one +two):\n%s", diff)
	}
}

func TestKindString(t *testing.T) {
	got := []string{Added.String(), Modified.String(), Removed.String(), Kind(0).String()}
	if want := []string{"added", "modified", "removed", "Kind(0)"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
