package openapi

import (
	"slices"
	"strings"
	"testing"
)

func TestSIDPrefixes(t *testing.T) {
	for pattern, want := range map[string]string{
		"^KC[0-9a-fA-F]{32}$":                            "KC",
		"^(SM|MM)[0-9a-fA-F]{32}$":                       "SM MM",
		"^(?:SM|MM|CA)[0-9a-f]{32}$":                     "SM MM CA",
		"^[SM|MM][0-9a-fA-F]{32}$":                       "SM MM",
		"^[SM|MM]{2}[0-9a-fA-F]{32}$":                    "SM MM",
		"^(SM[0-9a-f]{32}|MM[0-9a-f]{32})$":              "SM MM",
		"^SM[0-9a-fA-F]{32}$|^MM[0-9a-fA-F]{32}$":        "SM MM",
		"^I[ST][0-9a-fA-F]{32}$":                         "IS IT",
		"AC[0-9a-f]{32}":                                 "AC",
		"^OQ[a-zA-Z0-9]{32}$":                            "OQ",
		`^CF\w{32}`:                                      "CF",
		"":                                               "",
		"^[A-Z]{2}[0-9a-fA-F]{32}$":                      "", // any SID
		"^[0-9a-fA-F]{32}$":                              "",
		"^.{32}$":                                        "",
		"^[a-zA-Z0-9]{1,32}$":                            "",
		"^sm[0-9a-fA-F]{32}$":                            "",
		`^\+[1-9]\d{1,14}$`:                              "",
		"^(SM|MM)$":                                      "",
		"^(SM|MM[0-9a-fA-F]{32}$":                        "", // no pattern
		"^(?!SM)[A-Z]{2}[0-9a-fA-F]{32}$":                "", // none of Go's
		"^BU[0-9a-fA-F]{32}(,BU[0-9a-fA-F]{32}){0,19}$":  "", // many SIDs
		"^(AA|BB|CC|DD|EE|FF|GG|HH|II)[0-9a-fA-F]{32}$":  "", // too many to tell anything
		"^(AA|BB|CC|DD|EE|FF|GG|HH)[0-9a-fA-F]{32}$":     "AA BB CC DD EE FF GG HH",
		"^(SM[0-9a-fA-F]{32}|[a-z]+|MM[0-9a-fA-F]{32})$": "SM MM",
	} {
		if got := sidPrefixes(pattern); !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("%s: %v, want %s", pattern, got, want)
		}
	}
}

func BenchmarkSIDPrefixes(b *testing.B) {
	for range b.N {
		sidPrefixes("^(SM|MM)[0-9a-fA-F]{32}$")
	}
}
