package generator_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/twiliogen/twiliogen/generator"
	"github.com/twiliogen/twiliogen/generator/bind/naming"
	"github.com/twiliogen/twiliogen/generator/output"
)

// writeNames generates into a folder, and returns the ledger.
func writeNames(t *testing.T, opts generator.Options) []byte {
	t.Helper()
	if _, err := generator.Generate(t.Context(), opts); err != nil {
		t.Fatal(err)
	}
	return readFile(t, filepath.Join(opts.Out, "proxyv1"+output.LedgerSuffix))
}

// A name that is set in the ledger is in the package, stays there, and is no
// drift.
func TestNamesSetByHand(t *testing.T) {
	opts := generator.Options{ImportPath: goldenModule, Out: t.TempDir()}
	ledger := writeNames(t, opts)
	file := filepath.Join(opts.Out, "proxyv1"+output.LedgerSuffix)
	edited := bytes.Replace(ledger, []byte("component:proxy.v1.service.session Session\n"), []byte("component:proxy.v1.service.session Talk\n"), 1)
	if err := os.WriteFile(file, edited, 0o644); err != nil {
		t.Fatal(err)
	}
	if got := writeNames(t, opts); !bytes.Equal(got, edited) {
		compareText(t, file, edited, got)
	}
	if code := readFile(t, filepath.Join(opts.Out, "proxyv1", "talk.go")); !bytes.Contains(code, []byte("type Talk struct")) {
		t.Error("there is no type Talk")
	}
	opts.Mode = generator.Preview
	result, err := generator.Generate(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	if !result.Plan.Clean() {
		t.Error("what was generated is stale")
	}
}

// A selection does not make a ledger forget the rest.
func TestNamesOfASelection(t *testing.T) {
	opts := generator.Options{ImportPath: goldenModule, Out: t.TempDir()}
	whole := writeNames(t, opts)
	opts.Resources = []string{"phonenumbers", "Session"}
	compareText(t, "the ledger", whole, writeNames(t, opts))
	manifest := string(readFile(t, filepath.Join(opts.Out, output.ManifestName)))
	if !strings.Contains(manifest, `"PhoneNumber",`) || !strings.Contains(manifest, `"Session"`) {
		t.Errorf("the manifest has another spelling:\n%s", manifest)
	}
}

// A ledger that cannot be read stops the run, with the place.
func TestNamesBroken(t *testing.T) {
	opts := generator.Options{ImportPath: goldenModule, Out: t.TempDir()}
	file := filepath.Join(opts.Out, "proxyv1"+output.LedgerSuffix)
	if err := os.WriteFile(file, []byte(output.LedgerHeader+"\ntype x lower\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := generator.Generate(t.Context(), opts)
	var wrong *naming.LedgerError
	if !errors.As(err, &wrong) || !strings.HasPrefix(err.Error(), file+":2:8: ") {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(filepath.Join(opts.Out, output.ManifestName)); err == nil {
		t.Error("something was written")
	}
}
