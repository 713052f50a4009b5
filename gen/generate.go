// Package gen holds the bindings for the Proxy v1 document that comes with
// twiliogen: the runtime in twilio, the API in proxyv1. It is a module of its
// own, so that whoever imports them gets nothing else; go generate, in this
// folder, writes them anew.
package gen

//go:generate go run -C .. ./cmd/twiliogen generate --out gen
