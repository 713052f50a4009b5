// Package specs holds the OpenAPI document that is built into twiliogen, so
// that the command has something to generate when it is given no document, and
// the facts that no document of Twilio's states.
package specs

import (
	"embed"
	"slices"
	"strings"
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

//go:embed beside/*.yaml
var beside embed.FS

// Beside returns a document of operations that a product has although Twilio's
// own document of it lacks them, such as the download of a recording. Each has an
// x-beside, the id of an operation of Twilio's whose resource it belongs to. For
// most products there is none, and it is nil.
func Beside(product, revision string) []byte {
	data, err := beside.ReadFile("beside/twilio_" + product + "_" + revision + ".yaml")
	if err != nil {
		return nil
	}
	return data
}

//go:embed main_operations.txt
var mainOperations string

// MainOperation returns the id of the operation that a product is for, such as
// CreateMessage for "api" and "v2010"; "" when none is known.
func MainOperation(product, revision string) string {
	for line := range strings.Lines(mainOperations) {
		fields := strings.Fields(line)
		if len(fields) == 3 && fields[0] == product && fields[1] == revision {
			return fields[2]
		}
	}
	return ""
}

//go:embed billed_reads.txt
var billedReads string

// BilledFor returns the query parameters for which a read costs money; none for
// one that is free whatever it is asked.
func BilledFor(product, revision, operation string) []string {
	for line := range strings.Lines(billedReads) {
		fields := strings.Fields(line)
		if len(fields) > 3 && fields[0] == product && fields[1] == revision && fields[2] == operation {
			return fields[3:]
		}
	}
	return nil
}
