// Package parity proves generated clients against twilio-go, the official library: every operation that both have is called
// on both, with every parameter set, and the requests that they send are compared. It exists for its test.
//
// What an operation takes is read from Twilio's documents and not from the generator, so that a parameter that is lost
// on the way is found too, even if both sides lose it. Methods are matched by HTTP method, host and path. The calls are
// made by reflection, in a generated program that imports the clients of both sides.
//
// The test generates the packages anew, which the cache of go test knows nothing of: run it with -count=1, and with -v
// to see the counts.
package parity

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"

	"github.com/twiliogen/twiliogen/testdata/proof/bindings"
	"github.com/twiliogen/twiliogen/testdata/proof/document"
	"github.com/twiliogen/twiliogen/testdata/proof/record"
	"github.com/twiliogen/twiliogen/testdata/proof/repository"
)

// readTwilioGo finds the methods of the official library, at the version that go.mod asks for.
func readTwilioGo(ctx context.Context) (methods, error) {
	folder, err := repository.Output(exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}", "github.com/twilio/twilio-go"))
	if err != nil {
		return nil, err
	}
	return readClients(filepath.Join(folder, "rest"))
}

// match pairs the methods of both sides. An operation with two methods of ours, List and Page, makes two pairs. It fails
// when an operation has no method of ours.
func match(b bindings.Bindings, operations []*operation, theirs methods) ([]*comparison, error) {
	ours := map[string]map[string][]bindings.Method{} // by package
	var pairs []*comparison
	for _, o := range operations {
		client := o.Document.Client()
		if ours[client] == nil {
			var err error
			if ours[client], err = b.Methods(client); err != nil {
				return nil, err
			}
		}
		we := ours[client][o.Method+" "+o.Path]
		if len(we) == 0 {
			return nil, fmt.Errorf("%s has no method of %s", o, client)
		}
		for _, we := range we {
			for _, they := range theirs[key(o.Method, o.Server, o.Path)] {
				pairs = append(pairs, &comparison{operation: o, ours: method{we, client, false}, theirs: they})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b *comparison) int { return cmp.Compare(a.Document.File, b.Document.File) })
	return pairs, nil
}

// compareAll makes the calls of all pairs and fills in their differences.
func compareAll(ctx context.Context, b bindings.Bindings, pairs []*comparison) error {
	var calls []record.Call
	for _, c := range pairs {
		calls = append(calls, c.call(c.ours), c.call(c.theirs))
	}
	results, err := record.Run(ctx, b, "", calls)
	if err != nil {
		return err
	}
	for i, c := range pairs {
		if err := c.compare(results[2*i], results[2*i+1]); err != nil {
			return err
		}
	}
	return nil
}

// call returns the call of one of the methods of the pair.
func (c *comparison) call(m method) record.Call {
	call := record.Call{
		Client:   m.client,
		Token:    c.Token,
		Receiver: m.Receiver,
		Method:   m.Name,
		Params:   maps.Clone(c.samples.Params),
		Body:     c.samples.Body,
	}
	for _, place := range m.Args {
		call.Args = append(call.Args, c.samples.Args[place])
	}
	// The page to begin with is no parameter on either side.
	if c.theirs.paged {
		delete(call.Params, "Page")
		delete(call.Params, "PageToken")
	}
	// What is an argument on our side only, the account, is a parameter of another name in twilio-go.
	for _, place := range c.ours.Args {
		if !slices.Contains(m.Args, place) {
			call.Params["Path"+document.Placeholders(c.Path)[place]], _ = json.Marshal(c.samples.Args[place])
		}
	}
	return call
}
