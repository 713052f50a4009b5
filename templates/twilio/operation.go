package twilio

import (
	"context"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
)

// Operation is what a request is for, without anything that the caller has put into it.
type Operation struct {
	Name   string // how every error of the call begins: "proxyv1: Sessions.Fetch"
	Method string // "GET"
	Path   string // with its placeholders: "/v1/Services/{ServiceSid}/Sessions/{Sid}"
}

type operationKey struct{}

// OperationFromContext returns the operation that a request belongs to, given the context of the
// request. Middleware and transports that trace or count requests can name them by it: the URL may
// contain phone numbers. The result is false if the context does not come from this package.
func OperationFromContext(ctx context.Context) (Operation, bool) {
	r, ok := ctx.Value(operationKey{}).(*wire.Request)
	if !ok {
		return Operation{}, false
	}
	return Operation{Name: r.Operation, Method: r.Method, Path: r.Path}, true
}

func withOperation(ctx context.Context, r *wire.Request) context.Context {
	return context.WithValue(ctx, operationKey{}, r)
}
