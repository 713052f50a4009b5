package output

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const names = LedgerHeader + "\nclient Session SessionClient\n"

func withLedger(text string) Package {
	p := proxy("client.go", client)
	p.Ledger = []byte(text)
	return p
}

func kindsOf(p *Plan) map[string]Kind {
	kinds := map[string]Kind{}
	for _, c := range p.Changes() {
		kinds[c.Path] = c.Kind
	}
	return kinds
}

// A ledger is written beside the package's folder, known to the manifest, and
// written again when it differs, also after somebody has edited it.
func TestLedgerFile(t *testing.T) {
	dir := t.TempDir()
	generate(t, dir, withLedger(names))
	if p := mustPlan(t, dir, withLedger(names)); !p.Clean() {
		t.Errorf("a second run changes %v", kindsOf(p))
	}
	write(t, dir, "proxyv1.names", "client Session Meeting\n")
	want := map[string]Kind{"proxyv1.names": Modified}
	if diff := cmp.Diff(want, kindsOf(mustPlan(t, dir, withLedger(names)))); diff != "" {
		t.Error(diff)
	}
	generate(t, dir, withLedger(names))
	want = map[string]Kind{"proxyv1.names": Removed, ManifestName: Modified}
	if diff := cmp.Diff(want, kindsOf(mustPlan(t, dir, proxy("client.go", client)))); diff != "" {
		t.Error("a ledger that no package has: " + diff)
	}
}

// A file of somebody's own in a ledger's place is left alone.
func TestLedgerOfSomebodyElse(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "proxyv1.names", "Ada\nGrace\n")
	_, err := NewPlan(dir, "v1.2.3", []Package{withLedger(names)})
	var inTheWay *OverwriteError
	if !errors.As(err, &inTheWay) {
		t.Errorf("got %v", err)
	}
	if _, err := NewPlan(t.TempDir(), "v1.2.3", []Package{withLedger("client Session SessionClient\n")}); err == nil {
		t.Error("a ledger without its header is written")
	}
}
