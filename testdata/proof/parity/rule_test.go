package parity

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/twiliogen/twiliogen/testdata/proof/bindings"
	"github.com/twiliogen/twiliogen/testdata/proof/document"
	"github.com/twiliogen/twiliogen/testdata/proof/record"
	"github.com/twiliogen/twiliogen/testdata/proof/sample"
)

// TestRules has, for each rule, a difference that it is for, and those next to it that it must not hold for.
func TestRules(t *testing.T) {
	type example struct {
		aspect       string
		ours, theirs []string
		want         bool
	}
	one := func(s string) []string { return []string{s} }
	tests := map[string][]example{
		"content-type-of-nothing": {
			{"content type", nil, one(document.FormType), true},
			{"content type", nil, one("application/json"), false},
			{"content type", one(document.FormType), nil, false},
			{"host", nil, one(document.FormType), false},
		},
		"packed-stream": {
			{"header Accept-Encoding", one("identity"), nil, true},
			{"header Accept-Encoding", one("gzip"), nil, false},
			{"header Accept-Encoding", nil, one("gzip"), false},
			{"header If-Match", one("identity"), nil, false},
		},
		"public-operation": {
			{"header Authorization", nil, one("Basic x"), true},
			{"header Authorization", one("Basic x"), nil, false},
			{"header If-Match", nil, one("x"), false},
		},
		"token-operation": {
			{"header Authorization", one("Bearer " + record.AuthToken), one("Basic x"), true},
			{"header Authorization", one("Basic x"), one("Basic x"), false},
			{"header If-Match", one("Bearer " + record.AuthToken), nil, false},
		},
		"undocumented-parameter": {
			{"undocumented parameter of twilio-go x", nil, one(""), true},
			{"undocumented parameter x", one(""), nil, false},
		},
		"unknown-parameter": {
			{"form New.Name", one("x"), nil, true},
			{"form New.Name", one("x"), one("y"), false},
			{"form Name", one("x"), nil, false},
			{"form Other", one("x"), nil, false},
			{"no parameter New.Name", one(""), nil, false},
		},
		"escaped-name": {
			{"query New.Name", one("v 1.5"), nil, true},
			{`query New\.Name`, nil, one("v 1"), true},
			{"query Other.Name", one("v 1.5"), nil, false},
			{`query Lost\.Name`, nil, one("v 1"), false},
			{"query Name", one("v"), nil, false},
		},
		"raw-path": {
			{"path", one("/v1/AC0123456789abcdef0123456789abcdef/a%2Fb%20c%252Fd"), one("/v1/AC0123456789abcdef0123456789abcdef/a/b%20c/d"), true},
			{"path", one("/v1/AC0123456789abcdef0123456789abcdef/a/b%20c/d"), one("/v1/AC0123456789abcdef0123456789abcdef/a/b%20c/d"), false},
			{"path", one("/v1/AC0123456789abcdef0123456789abcdef/a%2Fb%20c%252Fd"), one("/v1/AC0123456789abcdef0123456789abcdef/a"), false},
		},
		"cut-second": {
			{"form At", one("2026-03-04T05:06:07.891Z"), one("2026-03-04T07:06:07+02:00"), true},
			{"form At", one("2026-03-04T05:06:07.891Z"), one("2026-03-04T05:06:08Z"), false},
			{"form At", one("2026-03-04T07:06:07.891+02:00"), one("2026-03-04T07:06:07+02:00"), false},
			{"form At", one("2026-03-04T05:06:07Z"), one("2026-03-04T07:06:07+02:00"), false},
			{"form At", one("2026-03-04T05:06:07.891Z"), nil, false},
			{"form At", nil, nil, false},
		},
		"cut-digits": {
			{"query A", []string{"a 1.25 b", "c"}, []string{"a 1 b", "c"}, true},
			{"query A", []string{"a 1.25 b", "c"}, []string{"a 1 b"}, false},
			{"query A", one("a 1.25 b"), one("a b"), false},
			{"form A", one("a 1.25 b"), one("a 1 b"), false},
		},
		"dropped-false": {
			{"body /a/b", one("false"), nil, true},
			{"body /a/b", one("true"), nil, false},
			{"body /a/b", one("false"), one("true"), false},
			{"form A", one("false"), nil, false},
		},
	}
	for _, r := range rules {
		if len(tests[r.name]) < 2 {
			t.Errorf("rule %s has no examples", r.name)
		}
		for _, e := range tests[r.name] {
			d := difference{e.aspect, e.ours, e.theirs}
			c := &comparison{
				operation: &operation{
					Operation: &document.Operation{Method: "POST", Path: "/v1/{AccountSid}/{Name}", Public: true, Token: true},
					samples:   sample.Values{Args: []string{record.AccountSID, "a/b c%2Fd"}},
				},
				ours:    method{Method: bindings.Method{Args: []int{1}}},
				unknown: []string{"New.Name", "Other"},
				differences: []difference{
					{"query New.Name", []string{"v 1.5"}, nil},
					{`query New\.Name`, nil, []string{"v 1"}},
					{"query Other.Name", []string{"v 1.5"}, nil},
					{`query Other\.Name`, nil, []string{"v 2"}},
					{`query Lost\.Name`, nil, []string{"v 1"}},
				},
			}
			if r.name != "content-type-of-nothing" {
				c.samples.Params = map[string]json.RawMessage{"New.Name": []byte(`"x"`), "Name": []byte(`"x"`)}
			}
			if got := r.holds(c, d); got != e.want {
				t.Errorf("rule %s holds for %q: %t", r.name, d, got)
			}
		}
	}
}

func TestRulesLookAtTheOperation(t *testing.T) {
	withParams := &comparison{operation: post(operation{samples: sample.Values{Body: []byte("{}")}})}
	if contentTypeOfNothing(withParams, difference{"content type", nil, []string{document.FormType}}) {
		t.Error("a body that is lost passes for one that is not there")
	}
	if publicOperation(withParams, difference{"header Authorization", nil, []string{"Basic x"}}) {
		t.Error("credentials that are not sent pass for those that are not wanted")
	}
	if tokenOperation(withParams, difference{"header Authorization", []string{"Bearer " + record.AuthToken}, []string{"Basic x"}}) {
		t.Error("a token passes where the document wants none")
	}
}

func TestExcuses(t *testing.T) {
	c := &comparison{operation: &operation{Operation: &document.Operation{Method: "GET", Server: "https://x.example", Path: "/v1"}}}
	for _, test := range []struct {
		d    difference
		want []string
	}{
		{difference{"query A", []string{"1"}, nil}, []string{"GET https://x.example/v1 query A"}},
		{difference{"query B", []string{"1.5"}, []string{"1"}}, []string{"GET https://x.example/v1 query B", "cut-digits"}},
	} {
		if got := c.excuses(test.d); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q", test.d, got)
		}
	}
}
