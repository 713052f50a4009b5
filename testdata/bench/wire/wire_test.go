package wire

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

func TestWire(t *testing.T) {
	root, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	specs := filepath.Join(root, "..", "shared", "specs")
	if _, err := os.Stat(specs); err != nil {
		t.Skip("no documents: ", err)
	}
	m := newModule(root)
	if err := m.generate(t.Context(), specs); err != nil {
		t.Fatal(err)
	}
	theirs, err := m.readTwilioGo(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []samples{plain, tricky} {
		ops, err := readDocuments(specs, kind)
		if err != nil {
			t.Fatal(err)
		}
		ours := methods{}
		for _, o := range ops {
			if _, ok := ours["read "+o.client()]; ok {
				continue
			}
			ours["read "+o.client()] = nil
			got, err := readOurs(m.all, o.client())
			if err != nil {
				t.Fatal(err)
			}
			for k, v := range got {
				ours[k] = v
			}
		}
		shared, err := m.compareAll(t.Context(), ops, ours, theirs)
		if err != nil {
			t.Fatal(err)
		}
		f, _ := os.Create("/tmp/wirework/diff-" + kind.String() + ".txt")
		eq := 0
		for _, c := range shared {
			if len(c.differences) == 0 {
				eq++
			}
			for _, d := range c.differences {
				fmt.Fprintln(f, c.operation, c.ours.name, d)
			}
		}
		for _, o := range ops {
			we, they := len(ours[key(o.method, o.client(), o.path)]), len(theirs[key(o.method, o.server, o.path)])
			if we == 0 || they != 1 {
				fmt.Fprintln(f, "UNMATCHED", o, we, they)
			}
		}
		f.Close()
		fmt.Println(kind, len(ops), len(shared), eq)
	}
}
