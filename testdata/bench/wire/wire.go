package wire

import (
	"cmp"
	"context"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/twiliogen/twiliogen/testdata/bench/wire/record"
)

// comparison is one operation that both sides have, called by both with the same samples.
type comparison struct {
	*operation
	ours, theirs method
	differences []difference
}

// module is where things are.
type module struct {
	root  string // of the repository
	bench string // the module of this package
	all   string // the generated packages of all documents
}

func newModule(root string) module {
	bench := filepath.Join(root, "testdata", "bench")
	return module{root, bench, filepath.Join(bench, "internal", "all")}
}

// generate writes the packages of all documents in the folder.
func (m module) generate(ctx context.Context, specs string) error {
	cmd := exec.CommandContext(ctx, "go", "run", "./cmd/twiliogen", "generate", "--spec", specs, "--out", m.all)
	cmd.Dir = m.root
	_, err := outputOf(cmd)
	return err
}

// readTwilioGo finds the methods of the official library, at the version that go.mod asks for.
func (m module) readTwilioGo(ctx context.Context) (methods, error) {
	cmd := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}", "github.com/twilio/twilio-go")
	cmd.Dir = m.bench
	folder, err := outputOf(cmd)
	if err != nil {
		return nil, err
	}
	return readTwilioGo(filepath.Join(strings.TrimSpace(string(folder)), "rest"))
}

// compareAll calls each of the operations that both sides have, and returns how they compare.
func (m module) compareAll(ctx context.Context, operations []*operation, ours, theirs methods) ([]*comparison, error) {
	shared := match(operations, ours, theirs)
	var calls []record.Call
	for _, c := range shared {
		calls = append(calls, c.call(c.ours), c.call(c.theirs))
	}
	r := recorder{filepath.Join(m.all, "recorder")}
	if err := r.write(clientsOf(shared)); err != nil {
		return nil, err
	}
	results, err := r.run(ctx, calls)
	if err != nil {
		return nil, err
	}
	for i, c := range shared {
		if c.differences, err = compare(results[2*i], results[2*i+1]); err != nil {
			return nil, err
		}
	}
	return shared, nil
}

// match pairs the methods of both sides. An operation with two methods of ours, List and Page, makes two pairs.
func match(operations []*operation, ours, theirs methods) []*comparison {
	var shared []*comparison
	for _, o := range operations {
		they := theirs[key(o.method, o.server, o.path)]
		for _, we := range ours[key(o.method, o.client(), o.path)] {
			for _, they := range they {
				shared = append(shared, &comparison{operation: o, ours: we, theirs: they})
			}
		}
	}
	slices.SortStableFunc(shared, func(a, b *comparison) int { return cmp.Compare(a.document, b.document) })
	return shared
}

// client returns the name of the package that is generated from the document of the operation.
func (o *operation) client() string {
	name := strings.TrimPrefix(strings.TrimSuffix(o.document, ".json"), "twilio_")
	return strings.ReplaceAll(name, "_", "")
}

func (o *operation) call(m method) record.Call {
	call := record.Call{Client: m.client, Receiver: m.receiver, Method: m.name, Params: o.params, Body: o.body}
	for _, name := range m.args {
		for placeholder, value := range o.args {
			if strings.EqualFold(name, placeholder) {
				call.Args = append(call.Args, value)
			}
		}
	}
	return call
}

func clientsOf(shared []*comparison) (ours, theirs []string) {
	us, them := map[string]bool{}, map[string]bool{}
	for _, c := range shared {
		us[c.ours.client] = true
		them[c.theirs.client] = true
	}
	return slices.Sorted(maps.Keys(us)), slices.Sorted(maps.Keys(them))
}
