package twilio

import "context"

// Operation is what a request is for, without anything that the caller has put into it.
type Operation struct {
	Name   string // how every error of the call begins: "proxyv1: Sessions.Fetch"
	Method string // "GET"
	Path   string // with its placeholders: "/v1/Services/{ServiceSid}/Sessions/{Sid}"
	Billed bool   // it is a read that costs money, as it is called here
}

type operationKey struct{}

// OperationFromContext returns the operation that a request belongs to, given the context of the
// request. Middleware and transports that trace or count requests can name them by it: the URL may
// contain phone numbers. The result is false if the context does not come from this package.
func OperationFromContext(ctx context.Context) (Operation, bool) {
	k, ok := ctx.Value(operationKey{}).(*call)
	if !ok {
		return Operation{}, false
	}
	return k.operation(), true
}

type tryKey struct{}

// TryFromContext returns which try of its call a request is, given the context of the request: 1 for
// the first. It returns 0 if the context does not come from this package. In the terms of
// OpenTelemetry, one less is the attribute http.request.resend_count.
func TryFromContext(ctx context.Context) int {
	n, _ := ctx.Value(tryKey{}).(int)
	return n
}

func (k *call) operation() Operation {
	return Operation{Name: k.request.Operation, Method: k.request.Method, Path: k.request.Path, Billed: k.billed}
}
