package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/twiliogen/twiliogen/generator"
)

// result is what one run of the program prints and returns.
type result struct {
	code           int
	stdout, stderr string
}

// twiliogen runs the program in this process.
func twiliogen(t *testing.T, args ...string) result {
	t.Helper()
	return twiliogenReading(t, "", args...)
}

func twiliogenReading(t *testing.T, stdin string, args ...string) result {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code := run(t.Context(), args, strings.NewReader(stdin), &stdout, &stderr)
	return result{code, stdout.String(), stderr.String()}
}

// want checks the exit code and that stdout and stderr hold the texts; with an
// empty text nothing may be printed.
func (r result) want(t *testing.T, code int, stdout, stderr string) {
	t.Helper()
	if r.code != code {
		t.Errorf("exit code %d, want %d", r.code, code)
	}
	contains(t, "stdout", r.stdout, stdout)
	contains(t, "stderr", r.stderr, stderr)
}

func contains(t *testing.T, what, got, want string) {
	t.Helper()
	if want == "" && got != "" || !strings.Contains(got, want) {
		t.Errorf("%s is\n%s\nwant %q in it", what, got, want)
	}
}

// newModule begins a module of its own and makes it the working directory.
func newModule(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), "module example.com/shop\n\ngo 1.23\n")
	t.Chdir(dir)
	return dir
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, name string) {
	t.Helper()
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
}

// snapshot is everything below a folder: the text of each file and the name of
// each folder.
func snapshot(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			found[name] = "(folder)"
			return err
		}
		data, err := os.ReadFile(name)
		found[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// unchanged fails the test unless the folder is as it was.
func unchanged(t *testing.T, dir string, before map[string]string) {
	t.Helper()
	after := snapshot(t, dir)
	for name, text := range after {
		if was, ok := before[name]; !ok {
			t.Errorf("%s was written", name)
		} else if was != text {
			t.Errorf("%s was changed", name)
		}
	}
	for name := range before {
		if _, ok := after[name]; !ok {
			t.Errorf("%s was removed", name)
		}
	}
}

// lamps is a small document.
const lamps = `openapi: 3.0.1
info: {title: Twilio - Lamps, version: 1.0.0}
servers: [{url: "https://lamps.twilio.com"}]
paths:
  /v1/Lamps/{Sid}:
    delete:
      operationId: DeleteLamp
      description: Removes a Lamp.
      parameters:
        - {name: Sid, in: path, required: true, description: SID of the Lamp., schema: {type: string}}
      responses:
        "204": {description: It is gone.}
`

// broken has two problems.
const broken = `openapi: 3.0.1
info: {title: Twilio - Broken, version: 1.0.0}
paths:
  /v1/Things:
    get:
      responses:
        "204": {description: Done.}
    post:
      responses:
        "204": {description: Done.}
`

// Without flags the program writes the bindings of the embedded document, and a
// second run has nothing to do.
func TestGenerate(t *testing.T) {
	newModule(t)
	const summary = "example.com/shop/gen/proxyv1: 6 resources, 25 operations, 8 files, from twilio_proxy_v1.yaml\n"
	twiliogen(t, "generate").want(t, exitOK, summary, "")
	before := snapshot(t, ".")
	again := twiliogen(t, "generate")
	again.want(t, exitOK, summary+"0 files changed\n", "")
	unchanged(t, ".", before)
	twiliogen(t, "generate", "--check").want(t, exitOK, "", "")
	twiliogen(t, "generate", "--dry-run").want(t, exitOK, "0 files would change\n", "")
}

// The manifest says what every package was made from.
func TestGenerateManifest(t *testing.T) {
	newModule(t)
	write(t, "docs/lamps.yaml", lamps)
	twiliogen(t, "generate", "--spec", "docs/lamps.yaml", "--resource", "lamp", "--out", "api").want(t, exitOK, "api/lampsv1", "")
	data, err := os.ReadFile("api/.twiliogen.json")
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		Packages map[string]struct {
			Generator, Document, Title, Version, SHA256 string
			Resources, Files                            []string
		}
	}
	if err := json.Unmarshal(data, &manifest); err != nil {
		t.Fatal(err)
	}
	if manifest.Packages["twilio"].Document != "" || len(manifest.Packages["twilio"].Files) == 0 {
		t.Errorf("the runtime is %+v in the manifest, want files and no document", manifest.Packages["twilio"])
	}
	p := manifest.Packages["lampsv1"]
	for got, want := range map[string]string{
		p.Generator: generator.Version, p.Document: "lamps.yaml", p.Title: "Twilio - Lamps", p.Version: "1.0.0",
		strings.Join(p.Files, " "): "client.go example_test.go lamp.go", strings.Join(p.Resources, " "): "Lamp",
	} {
		if got != want {
			t.Errorf("the manifest has %q, want %q", got, want)
		}
	}
	if len(p.SHA256) != 64 {
		t.Errorf("digest %q, want 64 hexadecimal digits", p.SHA256)
	}
	contains(t, "the manifest", string(data), "\n  ") // made to be read in a review
	if strings.Contains(string(data), "docs/") {
		t.Error("the manifest names a folder of the machine that made it")
	}
}

// Documents come from files, folders and standard input, together or alone.
func TestGenerateSpecs(t *testing.T) {
	newModule(t)
	write(t, "docs/a.yaml", lamps)
	write(t, "docs/b.yml", strings.ReplaceAll(lamps, "amp", "ock"))
	write(t, "docs/deeper/c.yaml", broken)
	write(t, "docs/notes.txt", "no document")
	locks := "example.com/shop/gen/locksv1: 1 resources"
	twiliogen(t, "generate", "--spec", "docs").want(t, exitOK, locks, "")
	for _, name := range []string{"gen/lampsv1/lamp.go", "gen/locksv1/lock.go", "gen/twilio/client.go"} {
		if _, err := os.Stat(name); err != nil {
			t.Error(err)
		}
	}
	twiliogen(t, "generate", "--spec", "docs/a.yaml", "--spec", "docs/b.yml", "--check").want(t, exitOK, "", "")
	twiliogenReading(t, strings.ReplaceAll(lamps, "amp", "adder"), "generate", "--spec", "-").want(t, exitOK, "laddersv1: 1 resources, 1 operations, 3 files, from stdin", "")
	twiliogenReading(t, lamps, "generate", "--spec", "-", "--package", "lights").want(t, exitOK, "example.com/shop/gen/lights:", "")
	if _, err := os.Stat("gen/lampsv1/lamp.go"); err != nil {
		t.Errorf("another run removed what it did not generate: %v", err)
	}
}

// Names that a selection does not know come back with the nearest that are
// there.
func TestGenerateUnknownResource(t *testing.T) {
	newModule(t)
	before := snapshot(t, ".")
	r := twiliogen(t, "generate", "--resource", "Sesion")
	r.want(t, exitUsage, "", `there is no resource "Sesion"; did you mean Session`)
	contains(t, "stderr", r.stderr, ", ")
	unchanged(t, ".", before)
}

// A dry run lists what would change and changes nothing.
func TestGenerateDryRun(t *testing.T) {
	newModule(t)
	before := snapshot(t, ".")
	r := twiliogen(t, "generate", "--dry-run")
	r.want(t, exitOK, "added    proxyv1/session.go\n", "")
	contains(t, "stdout", r.stdout, "added    .twiliogen.json\n")
	unchanged(t, ".", before)

	twiliogen(t, "generate").want(t, exitOK, "files changed", "")
	write(t, "gen/proxyv1/session.go", "package proxyv1\n")
	remove(t, "gen/proxyv1/service.go")
	r = twiliogen(t, "generate", "--dry-run", "--resource", "Session")
	r.want(t, exitOK, "modified proxyv1/session.go\n", "")
	contains(t, "stdout", r.stdout, "removed  proxyv1/phonenumber.go\n")
}

// What --check finds, each in a tree that was current before: exit code 1, what
// it is on stdout, and not a byte changed.
func TestCheckFindsDrift(t *testing.T) {
	newModule(t)
	twiliogen(t, "generate").want(t, exitOK, "files changed", "")
	clean := snapshot(t, ".")
	tests := []struct {
		name string
		edit func(t *testing.T)
		args []string
		want []string
	}{
		{"edited", func(t *testing.T) {
			write(t, "gen/proxyv1/session.go", strings.Replace(clean["gen/proxyv1/session.go"], "type SessionMode string", "type SessionMode int", 1))
		}, nil, []string{"--- a/proxyv1/session.go", "+++ b/proxyv1/session.go", "\n-type SessionMode int\n+type SessionMode string\n", "1 modified"}},
		{"edited runtime", func(t *testing.T) {
			write(t, "gen/twilio/client.go", clean["gen/twilio/client.go"]+"\nvar edited = true\n")
		}, nil, []string{"a/twilio/client.go", "-var edited = true"}},
		{"deleted", func(t *testing.T) {
			remove(t, "gen/proxyv1/session.go")
		}, nil, []string{"missing: proxyv1/session.go\n", "1 missing", "twiliogen generate"}},
		{"added", func(t *testing.T) {
			write(t, "gen/proxyv1/call.go", "// Code generated by twiliogen. DO NOT EDIT.\n\npackage proxyv1\n")
		}, nil, []string{"stray: proxyv1/call.go", "delete"}},
		{"manifest edited", func(t *testing.T) {
			write(t, "gen/.twiliogen.json", strings.Replace(clean["gen/.twiliogen.json"], generator.Version, "0.0.1", 1))
		}, nil, []string{"a/.twiliogen.json", "0.0.1"}},
		{"manifest deleted", func(t *testing.T) {
			remove(t, "gen/.twiliogen.json")
		}, nil, []string{"missing: .twiliogen.json\n"}},
		{"all deleted", func(t *testing.T) {
			if err := os.RemoveAll("gen"); err != nil {
				t.Fatal(err)
			}
		}, nil, []string{"missing: proxyv1/session.go\n", "missing: internal/wire/decoder.go\n"}},
		{"another selection", func(*testing.T) {}, []string{"--resource", "Session"}, []string{"stale: proxyv1/service.go\n", "a/.twiliogen.json"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.edit(t)
			before := snapshot(t, ".")
			r := twiliogen(t, append([]string{"generate", "--check"}, test.args...)...)
			r.want(t, exitDrift, "gen is out of date", "")
			for _, want := range test.want {
				contains(t, "stdout", r.stdout, want)
			}
			unchanged(t, ".", before)
			restore(t, clean)
		})
	}
	twiliogen(t, "generate", "--check").want(t, exitOK, "", "")
}

// restore makes the working directory what it was.
func restore(t *testing.T, files map[string]string) {
	t.Helper()
	for name := range snapshot(t, ".") {
		if files[name] == "" {
			remove(t, name)
		}
	}
	for name, text := range files {
		if text != "(folder)" {
			write(t, name, text)
		}
	}
}

// Files that somebody wrote beside the bindings are no drift and stay.
func TestCheckIgnoresOtherFiles(t *testing.T) {
	newModule(t)
	twiliogen(t, "generate").want(t, exitOK, "files changed", "")
	write(t, "gen/proxyv1/helpers.go", "package proxyv1\n")
	write(t, "gen/other/other.go", "// Code generated by twiliogen. DO NOT EDIT.\n\npackage other\n")
	before := snapshot(t, ".")
	twiliogen(t, "generate", "--check").want(t, exitOK, "", "")
	twiliogen(t, "generate").want(t, exitOK, "0 files changed", "")
	unchanged(t, ".", before)
}

// A run repairs what --check finds and removes what is stale.
func TestGenerateRepairs(t *testing.T) {
	newModule(t)
	twiliogen(t, "generate").want(t, exitOK, "files changed", "")
	write(t, "gen/proxyv1/session.go", "package proxyv1\n")
	remove(t, "gen/twilio/client.go")
	twiliogen(t, "generate", "--resource", "Session").want(t, exitOK, "4 resources, 15 operations", "")
	twiliogen(t, "generate", "--resource", "Session", "--check").want(t, exitOK, "", "")
	if _, err := os.Stat("gen/proxyv1/service.go"); !os.IsNotExist(err) {
		t.Errorf("service.go is stale and still there: %v", err)
	}
}

// A command line that makes no sense has exit code 2, says what is wrong with
// it, and changes nothing.
func TestUsageErrors(t *testing.T) {
	newModule(t)
	write(t, "a.yaml", lamps)
	write(t, "b.yaml", strings.ReplaceAll(lamps, "amp", "ock"))
	write(t, "copy.yaml", lamps)
	write(t, "empty/notes.txt", "no document")
	tests := []struct {
		name string
		args []string
		want string
	}{
		{"unknown flag", []string{"generate", "--specs", "a.yaml"}, "unknown flag: --specs\nRun 'twiliogen generate --help' for usage."},
		{"flag without its value", []string{"generate", "--spec"}, "flag needs an argument: --spec"},
		{"value of another kind", []string{"generate", "--check=perhaps"}, `invalid argument "perhaps"`},
		{"unknown flag of the program", []string{"--verbose"}, "unknown flag: --verbose\nRun 'twiliogen --help' for usage."},
		{"stray argument", []string{"generate", "a.yaml"}, "\"a.yaml\""},
		{"stray argument of version", []string{"version", "please"}, "\"please\""},
		{"unknown command", []string{"generat"}, `unknown command "generat"`},
		{"two modes", []string{"generate", "--check", "--dry-run"}, "check dry-run"},
		{"a package for two documents", []string{"generate", "--spec", "a.yaml", "--spec", "b.yaml", "--package", "lights"}, "--package names one package, but there are 2 documents"},
		{"two documents for one package", []string{"generate", "--spec", "a.yaml", "--spec", "copy.yaml"}, "a.yaml and copy.yaml would both become package lampsv1; generate them into different folders, or name one with --package\n"},
		{"the runtime's name", []string{"generate", "--spec", "a.yaml", "--package", "twilio"}, "package twilio"},
		{"no name for a package", []string{"generate", "--package", "My-API"}, `"My-API" is not a valid package name`},
		{"a keyword for a package", []string{"generate", "--package", "func"}, `"func" is not a valid package name`},
		{"no import path", []string{"generate", "--import-path", "a b"}, "twiliogen: --import-path: "},
		{"folder without documents", []string{"generate", "--spec", "empty"}, "the folder empty holds no document"},
		{"unknown resource", []string{"generate", "--spec", "a.yaml", "--resource", "Lock"}, `there is no resource "Lock"; did you mean Lamp?`},
	}
	before := snapshot(t, ".")
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := twiliogen(t, test.args...)
			r.want(t, exitUsage, "", test.want)
			if !strings.HasPrefix(r.stderr, "twiliogen: ") {
				t.Errorf("stderr does not begin with the program's name: %s", r.stderr)
			}
			unchanged(t, ".", before)
		})
	}
}

// Every option has a flag by which errors call it, but for those that the
// program sets itself, and every such flag is one of generate.
func TestOptionFlags(t *testing.T) {
	own := []string{"Stdin", "Mode", "Progress"}
	flags := generateCommand().Flags()
	for i := range reflect.TypeFor[generator.Options]().NumField() {
		option := reflect.TypeFor[generator.Options]().Field(i).Name
		flag, ok := optionFlags[option]
		if ok == slices.Contains(own, option) || ok && flags.Lookup(flag) == nil {
			t.Errorf("option %s: flag %q", option, flag)
		}
	}
}

// Outside a module the import path has to be given.
func TestNoModule(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	twiliogen(t, "generate").want(t, exitUsage, "", "there is no go.mod above gen that gives its import path; run go mod init there, or set --import-path")
	unchanged(t, ".", map[string]string{".": "(folder)"})
	twiliogen(t, "generate", "--import-path", "example.com/elsewhere").want(t, exitOK, "example.com/elsewhere/proxyv1", "")
}

// A document that is wrong has exit code 3, every problem on a line of its own,
// and changes nothing.
func TestWrongDocuments(t *testing.T) {
	newModule(t)
	twiliogen(t, "generate").want(t, exitOK, "files changed", "")
	write(t, "broken.yaml", broken)
	write(t, "lamps.yaml", lamps)
	write(t, "text.json", "hello")
	before := snapshot(t, ".")
	const first, second = "broken.yaml:5:5: operation GET /v1/Things has no operationId", "\nbroken.yaml:8:5: operation POST /v1/Things has no operationId"
	tests := []struct {
		name  string
		stdin string
		args  []string
		want  []string
	}{
		{"one", "", []string{"--spec", "broken.yaml"}, []string{first, second}},
		{"among others", "", []string{"--spec", "lamps.yaml", "--spec", "broken.yaml", "--spec", "text.json"}, []string{first, second, "\ntext.json:1:1: "}},
		{"from standard input", broken, []string{"--spec", "-"}, []string{"stdin:5:5: "}},
		{"empty standard input", "", []string{"--spec", "-"}, []string{"stdin:1:1: "}},
		{"in a check", "", []string{"--spec", "broken.yaml", "--check"}, []string{first}},
		{"in a dry run", "", []string{"--spec", "broken.yaml", "--dry-run"}, []string{first}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := twiliogenReading(t, test.stdin, append([]string{"generate"}, test.args...)...)
			r.want(t, exitDocument, "", test.want[0])
			for _, want := range test.want {
				contains(t, "stderr", r.stderr, want)
			}
			unchanged(t, ".", before)
		})
	}
}

// With --keep-going the documents that are right are generated, and the exit
// code still says that others are wrong.
func TestKeepGoing(t *testing.T) {
	newModule(t)
	write(t, "docs/broken.yaml", broken)
	write(t, "docs/lamps.yaml", lamps)
	twiliogen(t, "generate", "--spec", "docs", "--keep-going").want(t, exitDocument, "gen/lampsv1: 1 resources", "docs/broken.yaml:5:5: ")
	if _, err := os.Stat("gen/lampsv1/lamp.go"); err != nil {
		t.Error(err)
	}
	twiliogen(t, "generate", "--spec", "docs").want(t, exitDocument, "", "docs/broken.yaml:5:5: ")
}

// What cannot be read or written has exit code 4 and changes nothing.
func TestIOErrors(t *testing.T) {
	tests := []struct {
		name string
		make func(t *testing.T)
		args []string
		want string
	}{
		{"no such document", func(*testing.T) {}, []string{"--spec", "none.yaml"}, "none.yaml"},
		{"a file where the folder should be", func(t *testing.T) { write(t, "gen", "no folder") }, nil, "gen"},
		{"a file where a package should be", func(t *testing.T) { write(t, "gen/proxyv1", "no folder") }, nil, filepath.Join("gen", "proxyv1")},
		{"a folder where a file should be", func(t *testing.T) { write(t, "gen/proxyv1/session.go/x", "") }, nil, filepath.Join("gen", "proxyv1", "session.go")},
		{"somebody's own file", func(t *testing.T) { write(t, "gen/proxyv1/session.go", "package proxyv1\n") }, nil, "did not write " + filepath.Join("gen", "proxyv1", "session.go")},
		{"a broken manifest", func(t *testing.T) { write(t, "gen/.twiliogen.json", "{\n  oops") }, nil, filepath.Join("gen", ".twiliogen.json") + ":2:3: "},
		{"a manifest that leaves the folder", func(t *testing.T) {
			write(t, "gen/.twiliogen.json", `{"packages": {"../../etc": {"files": ["passwd"]}}}`)
		}, nil, "../../etc"},
		{"a go.mod without a module", func(t *testing.T) { write(t, "go.mod", "go 1.23\n") }, nil, "does not name a module"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			newModule(t)
			test.make(t)
			before := snapshot(t, ".")
			r := twiliogen(t, append([]string{"generate"}, test.args...)...)
			r.want(t, exitIO, "", test.want)
			if !strings.HasPrefix(r.stderr, "twiliogen: ") || strings.Count(r.stderr, "\n") != 1 {
				t.Errorf("stderr is no line that begins with the program's name: %s", r.stderr)
			}
			unchanged(t, ".", before)
		})
	}
}

// brokenReader is standard input that fails.
type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, os.ErrClosed }

// A standard input that cannot be read is no document that is wrong.
func TestStdinFails(t *testing.T) {
	newModule(t)
	var stdout, stderr bytes.Buffer
	code := run(t.Context(), []string{"generate", "--spec", "-"}, brokenReader{}, &stdout, &stderr)
	result{code, stdout.String(), stderr.String()}.want(t, exitIO, "", "standard input")
}

// brokenWriter is standard output that fails.
type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, os.ErrClosed }

// A check whose result cannot be printed must not pass for one that found
// nothing.
func TestStdoutFails(t *testing.T) {
	newModule(t)
	for _, args := range [][]string{{"generate", "--check"}, {"generate"}, {"version"}} {
		var stderr bytes.Buffer
		if code := run(t.Context(), args, strings.NewReader(""), brokenWriter{}, &stderr); code != exitIO {
			t.Errorf("%q: exit code %d, want %d", args, code, exitIO)
		}
		contains(t, "stderr", stderr.String(), os.ErrClosed.Error())
	}
}

// A run that is interrupted changes nothing.
func TestInterrupted(t *testing.T) {
	newModule(t)
	before := snapshot(t, ".")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var stdout, stderr bytes.Buffer
	code := run(ctx, []string{"generate"}, strings.NewReader(""), &stdout, &stderr)
	result{code, stdout.String(), stderr.String()}.want(t, exitIO, "", "canceled")
	unchanged(t, ".", before)
}

// The help names every flag and exit code, and is no error.
func TestHelp(t *testing.T) {
	for _, args := range [][]string{nil, {"help"}, {"--help"}} {
		r := twiliogen(t, args...)
		r.want(t, exitOK, "Exit codes: 0 fine; 1", "")
		for _, command := range []string{"generate ", "version "} {
			contains(t, "stdout", r.stdout, command)
		}
	}
	for _, args := range [][]string{{"generate", "--help"}, {"help", "generate"}} {
		r := twiliogen(t, args...)
		r.want(t, exitOK, "twiliogen generate [flags]", "")
		for _, flag := range []string{"--spec", "--resource", "--out", "--package", "--import-path", "--check", "--dry-run", "--keep-going"} {
			contains(t, "stdout", r.stdout, flag+" ")
		}
	}
}

// The version is that of the manifests.
func TestVersion(t *testing.T) {
	twiliogen(t, "version").want(t, exitOK, "twiliogen "+generator.Version+" (go", "")
}

// A new module can use the bindings at once: they need nothing else.
func TestFreshModule(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	goCommand(t, dir, "mod", "init", "example.com/shop")
	twiliogen(t, "generate", "--out", "internal/twilioapi").want(t, exitOK, "example.com/shop/internal/twilioapi/proxyv1", "")
	write(t, "main.go", `package main

import (
	"context"
	"errors"
	"fmt"
	"log"

	"example.com/shop/internal/twilioapi/proxyv1"
	"example.com/shop/internal/twilioapi/twilio"
)

func main() {
	client, err := twilio.NewClient(twilio.FromEnv())
	if err != nil {
		log.Fatal(err)
	}
	proxy := proxyv1.New(client)
	session, err := proxy.Sessions.Create(context.Background(), "KS00000000000000000000000000000001", &proxyv1.CreateSessionParams{
		UniqueName: twilio.Ptr("order-1234"),
		TTL:        twilio.Ptr(3600),
		Mode:       proxyv1.SessionModeVoiceAndMessage,
	})
	var refused *twilio.Error
	if errors.As(err, &refused) {
		log.Fatalf("Twilio says %d: %s", refused.Code, refused.Message)
	}
	if err != nil {
		log.Fatal(err)
	}
	for participant, err := range proxy.Participants.List(context.Background(), session.ServiceSID, session.SID, nil) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(participant.SID, participant.FriendlyName)
	}
}
`)
	goCommand(t, dir, "vet", "./...")
	goCommand(t, dir, "build", "-o", filepath.Join(t.TempDir(), "shop"), ".")
	if goMod, err := os.ReadFile("go.mod"); err != nil || bytes.Contains(goMod, []byte("require")) {
		t.Errorf("the bindings need other modules: %s %v", goMod, err)
	}
}

// goCommand runs the go command without a network.
func goCommand(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-trimpath", "GOPROXY=off", "GOTOOLCHAIN=local")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// A ledger that cannot be read is reported as a document is: its place comes
// first, and nothing is written.
func TestBrokenLedger(t *testing.T) {
	dir := newModule(t)
	twiliogen(t, "generate").want(t, exitOK, "files changed", "")
	file := filepath.Join("gen", "proxyv1.names")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	write(t, file, string(data)+"type component:x session\n")
	before := snapshot(t, dir)
	got := twiliogen(t, "generate")
	got.want(t, exitDocument, "", `"session" is not an exported Go identifier`)
	if !strings.HasPrefix(got.stderr, file+":") {
		t.Errorf("the place does not come first: %s", got.stderr)
	}
	if after := snapshot(t, dir); !maps.Equal(before, after) {
		t.Error("something was written")
	}
}

// mixed has an operation that can be generated and one that cannot.
const mixed = lamps + `    put:
      operationId: ReplaceLamp
      parameters:
        - {name: Sid, in: path, required: true, schema: {type: string}}
      requestBody:
        content:
          multipart/mixed: {schema: {type: object}}
      responses:
        "204": {description: Done.}
`

// What cannot be generated is left out with a warning, which is no failure, whatever is done. Also a
// document of which nothing is left is not refused.
func TestLeftOut(t *testing.T) {
	newModule(t)
	const warning = "lamps.yaml:18:9: warning: ReplaceLamp is left out: its body is multipart/mixed"
	write(t, "lamps.yaml", mixed)
	twiliogen(t, "generate", "--spec", "lamps.yaml").want(t, exitOK, "lampsv1: 1 resources, 1 operations", warning)
	twiliogen(t, "generate", "--spec", "lamps.yaml", "--check").want(t, exitOK, "", warning)
	twiliogen(t, "generate", "--spec", "lamps.yaml", "--dry-run").want(t, exitOK, "0 files would change", warning)
	write(t, "lamps.yaml", strings.Replace(mixed, "operationId: DeleteLamp", `operationId: DeleteLamp
      requestBody: {content: {multipart/mixed: {}}}`, 1))
	twiliogen(t, "generate", "--spec", "lamps.yaml").want(t, exitOK, "lampsv1: 0 resources, 0 operations", "DeleteLamp is left out")
	twiliogen(t, "generate", "--spec", "lamps.yaml", "--check").want(t, exitOK, "", "ReplaceLamp is left out")
}
