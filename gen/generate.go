// Package gen holds the bindings for the Proxy v1 document that comes with
// twiliogen: the runtime in twilio, the API in proxyv1. Other modules may import
// them; go generate writes them anew.
package gen

//go:generate go run ../cmd/twiliogen generate --out .
