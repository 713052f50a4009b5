// Package specs holds the OpenAPI document that is built into twiliogen, so
// that the command has something to generate when it is given no document.
package specs

import (
	_ "embed"
	"slices"
)

// ProxyV1Name is the file name of the document that [ProxyV1] returns. It has
// the form that Twilio uses, from which the generator derives the name of the
// Go package.
const ProxyV1Name = "twilio_proxy_v1.yaml"

//go:embed twilio_proxy_v1.yaml
var proxyV1 []byte

// ProxyV1 returns the OpenAPI 3.0 document of Twilio's Proxy v1 API as YAML.
// Every call returns a fresh copy, which the caller may change.
func ProxyV1() []byte {
	return slices.Clone(proxyV1)
}
