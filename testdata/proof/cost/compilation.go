package main

import (
	"context"
	"errors"

	"github.com/twiliogen/twiliogen/testdata/proof/repository"
)

// compilation compares the compilation of packages, one at a time and with its
// dependencies built, with that of their counterparts in twilio-go.
func compilation(ctx context.Context, w *workspace, rounds int) ([]*table, error) {
	proxy, err := compilationOf(ctx, rounds,
		&build{target: repository.Module + "/gen/proxyv1"},
		&build{target: "github.com/twilio/twilio-go/rest/proxy/v1"},
		0.66) // 0.45 s where twilio-go takes 0.68 s
	if err != nil || len(w.documents) == 0 {
		return []*table{proxy}, err
	}
	api, err := compilationOf(ctx, rounds,
		&build{target: bindingsModule + "/gen/apiv2010", dir: w.module},
		&build{target: "github.com/twilio/twilio-go/rest/api/v2010"},
		0.5)
	return []*table{proxy, api}, err
}

func compilationOf(ctx context.Context, rounds int, ours, theirs *build, goal float64) (*table, error) {
	ours.fresh, theirs.fresh = ours.target, theirs.target
	t := &table{title: "Compiling " + ours.target}
	err := t.race(ctx, rounds, contender{"twiliogen", ours.run}, rival{contender{"twilio-go", theirs.run}, goal})
	return t, errors.Join(err, ours.forget(ctx), theirs.forget(ctx))
}
