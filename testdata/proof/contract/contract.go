// Package contract proves generated clients against a mock server that did not grow up with them: prism serves Twilio's own
// documents, and every operation of the clients is called on it. Prism checks each request against the document and answers
// with the document's example, which the client has to decode. The package exists for its test, which has the build tag
// contract since it needs Node.js:
//
//	go test -tags contract -v ./contract
//
// What an operation takes is read from the documents and not from the generator. The calls are made by reflection, in a
// generated program that imports the clients; see package record.
package contract

import (
	"context"
	"fmt"

	"github.com/twiliogen/twiliogen/testdata/proof/bindings"
	"github.com/twiliogen/twiliogen/testdata/proof/document"
	"github.com/twiliogen/twiliogen/testdata/proof/excuse"
	"github.com/twiliogen/twiliogen/testdata/proof/record"
)

// proof is a client with a mock server of its document.
type proof struct {
	*document.Document
	bindings bindings.Bindings
	url      string // of the server
	excuses  *excuse.List
}

// outcome is what came of the calls of an operation.
type outcome struct {
	*operation
	failures []string
	excused  bool // there was a complaint about a call that has an excuse
	broken   bool // an answer broke the document's schema
	calls    int
	sids     int // SIDs that the answers have, found again in what the client returned
	controls int // wrong requests that were refused

	accepted *record.Exchange // one of them; nil: there was none
}

// run calls every method of every operation twice, with the parameters that are required and with all of them.
func (p proof) run(ctx context.Context) ([]*outcome, error) {
	found, err := operations(p.Document)
	if err != nil {
		return nil, err
	}
	methods, err := p.bindings.Methods(p.Client())
	if err != nil {
		return nil, err
	}
	var all, called []*outcome // called has an element for each call
	var calls []record.Call
	for _, o := range found {
		out := &outcome{operation: o}
		all = append(all, out)
		if len(methods[o.String()]) == 0 {
			out.fail("there is no method")
		}
		for _, m := range methods[o.String()] {
			calls = append(calls, o.call(m, o.required()), o.call(m, o.params))
			called = append(called, out, out)
		}
	}
	results, err := record.Run(ctx, p.bindings, p.url, calls)
	if err != nil {
		return nil, err
	}
	for i, r := range results {
		called[i].add(calls[i], r, p)
	}
	for _, out := range all {
		if out.accepted == nil {
			continue
		}
		if out.controls, err = out.control(ctx, *out.accepted); err != nil {
			out.fail("%s", err)
		}
	}
	return all, nil
}

func (out *outcome) fail(format string, args ...any) {
	out.failures = append(out.failures, fmt.Sprintf("%s: ", out)+fmt.Sprintf(format, args...))
}

// add judges a call and takes the complaints about it that have no excuse for failures.
func (out *outcome) add(call record.Call, r record.Result, p proof) {
	v := judge(r)
	out.calls++
	out.sids += v.sids
	for _, complaint := range v.complaints {
		operation := p.Client() + " " + out.String()
		switch _, excused := p.excuses.Find(operation+": "+string(complaint), "*: "+string(complaint)); {
		case !excused:
			out.fail("%s.%s: %s", call.Receiver, call.Method, complaint)
		case complaint == brokenExample:
			out.broken = true
		default:
			out.excused = true
		}
	}
	for _, e := range r.Exchanges {
		if !e.Refused() {
			out.accepted = &e
		}
	}
}

// tally counts what came of the operations of a document.
type tally struct {
	operations, accepted, excused, broken int
	calls, sids, controls                 int
}

func count(outcomes []*outcome) tally {
	n := tally{operations: len(outcomes)}
	for _, out := range outcomes {
		switch {
		case len(out.failures) > 0:
		case out.excused:
			n.excused++
		default:
			n.accepted++
		}
		if out.broken {
			n.broken++
		}
		n.calls += out.calls
		n.sids += out.sids
		n.controls += out.controls
	}
	return n
}

func (n tally) String() string {
	return fmt.Sprintf("%d operations called, %d accepted, %d excused (%d calls, %d SIDs read back, %d operations with a wrong example, %d wrong requests refused)",
		n.operations, n.accepted, n.excused, n.calls, n.sids, n.broken, n.controls)
}
