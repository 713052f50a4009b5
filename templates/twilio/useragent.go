package twilio

import (
	"runtime"
	"strings"
)

// Version is the version of twiliogen that wrote this package, or whose module it is part of.
const Version = "0.1.0"

// userAgent is what requests say about where they come from, in the form that Twilio's own
// libraries use: "twiliogen-go/0.1.0 (linux amd64) go/1.26.8".
func userAgent() string {
	return "twiliogen-go/" + Version + " (" + runtime.GOOS + " " + runtime.GOARCH + ") go/" + goVersion(runtime.Version())
}

// goVersion takes from what package runtime says the word that is the version: it may be something
// like "devel go1.27-3901409b5d Mon Jan 5 10:00:00 2026 +0000" or "go1.26.1 X:nodwarf5".
func goVersion(s string) string {
	for _, word := range strings.Fields(s) {
		if v, ok := strings.CutPrefix(word, "go"); ok {
			return v
		}
	}
	return "unknown"
}
