package generator_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Every Go snippet in the README compiles against the committed bindings.
func TestReadmeSnippets(t *testing.T) {
	gen, err := filepath.Abs("../gen")
	if err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	snippets := goSnippets(string(readme))
	if len(snippets) < 5 {
		t.Fatalf("found %d Go snippets in the README, which has more", len(snippets))
	}
	// An overlay makes each snippet a package of the module gen, without a file in it.
	overlay := struct{ Replace map[string]string }{map[string]string{}}
	var packages []string
	for i, s := range snippets {
		name := fmt.Sprintf("readme%d", i)
		file := filepath.Join(t.TempDir(), name+".go")
		if err := os.WriteFile(file, []byte(snippetFile(s)), 0o644); err != nil {
			t.Fatal(err)
		}
		overlay.Replace[filepath.Join(gen, name, "snippet.go")] = file
		packages = append(packages, "./"+name)
	}
	data, err := json.Marshal(overlay)
	if err != nil {
		t.Fatal(err)
	}
	overlayFile := filepath.Join(t.TempDir(), "overlay.json")
	if err := os.WriteFile(overlayFile, data, 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", append([]string{"build", "-o", os.DevNull, "-overlay", overlayFile}, packages...)...)
	cmd.Dir = gen
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("README: %v\n%s", err, out)
	}
}

// goSnippets returns the fenced blocks of Go.
func goSnippets(markdown string) []string {
	var out []string
	for i, part := range strings.Split(markdown, "```") {
		if code, ok := strings.CutPrefix(part, "go\n"); ok && i%2 == 1 {
			out = append(out, code)
		}
	}
	return out
}

// snippetFile makes a file of a snippet: one that is a file already is only
// pointed at the committed bindings, another becomes the body of a function
// that has what the text around it has introduced.
func snippetFile(snippet string) string {
	if strings.HasPrefix(snippet, "package ") {
		return strings.ReplaceAll(snippet, "example.com/shop/internal/twilio", "github.com/twiliogen/twiliogen/gen")
	}
	return `package readme

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/twiliogen/twiliogen/gen/proxyv1"
	"github.com/twiliogen/twiliogen/gen/twilio"
	"github.com/twiliogen/twiliogen/gen/twilio/webhook"
)

var (
	_ = errors.Is
	_ = fmt.Println
	_ = io.EOF
	_ = slog.Default
	_ = http.Handle
	_ = time.Second
	_ proxyv1.Client
	_ twilio.Client
	_ webhook.Validator
)

func reconcile(context.Context, *proxyv1.CreateSessionParams) error { return nil }

// recordings is a part of package apiv2010, which is not in gen.
type recordings struct{}

func (recordings) Download(context.Context, string, string, *struct{}, ...twilio.RequestOption) (*twilio.Stream, error) {
	return nil, nil
}

var api struct{ Recordings recordings }

func snippet(ctx context.Context, file io.Writer, client *twilio.Client, proxy, calls *proxyv1.Client, params *proxyv1.CreateSessionParams,
	transport http.RoundTripper, handler http.Handler,
	serviceSID, sessionSID, recordingSID, accountSID, subaccountSID, keySID, secret, authToken string) error {
	return func() error {
` + snippet + `
		_, _ = proxy, calls
		return nil
	}()
}
`
}
