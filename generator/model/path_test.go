package model

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What the functions of one path make of it.
func TestPaths(t *testing.T) {
	type facts struct {
		Base, Container, LastWord, Revision, Account string
		EndsInParam                                  bool
		Params                                       []string
	}
	for path, want := range map[string]facts{
		"":   {},
		"/":  {},
		"/a": {Base: "/a", LastWord: "a"},
		"/v1/Services": {
			Base: "/v1/Services", LastWord: "Services", Revision: "v1",
		},
		"/v1/Services/{Sid}": {
			Base: "/v1/Services", LastWord: "Services", Revision: "v1", EndsInParam: true, Params: []string{"Sid"},
		},
		"/v1/Services/{ServiceSid}/Sessions": {
			Base: "/v1/Services/{ServiceSid}/Sessions", Container: "/v1/Services/{ServiceSid}", LastWord: "Sessions", Revision: "v1",
			Params: []string{"ServiceSid"},
		},
		"/v1/Services/{ServiceSid}/Sessions/{Sid}/": {
			Base: "/v1/Services/{ServiceSid}/Sessions", Container: "/v1/Services/{ServiceSid}", LastWord: "Sessions", Revision: "v1",
			EndsInParam: true, Params: []string{"ServiceSid", "Sid"},
		},
		"/v2/Tokens/{Sid}/Keys/Renew": {
			Base: "/v2/Tokens/{Sid}/Keys/Renew", Container: "/v2/Tokens/{Sid}", LastWord: "Renew", Revision: "v2", Params: []string{"Sid"},
		},
		"/v1/{From}/{To}": {
			Base: "/v1/{From}", Container: "/v1/{From}", LastWord: "v1", Revision: "v1", EndsInParam: true, Params: []string{"From", "To"},
		},
		"/2010-04-01/Accounts.json": {
			Base: "/2010-04-01/Accounts", LastWord: "Accounts", Revision: "v2010",
		},
		"/2010-04-01/Accounts/{Sid}.json": {
			Base: "/2010-04-01/Accounts", LastWord: "Accounts", Revision: "v2010", EndsInParam: true, Params: []string{"Sid"},
		},
		"/2010-04-01/Accounts/{AccountSid}/Calls/{Sid}.json": {
			Base: "/2010-04-01/Accounts/{AccountSid}/Calls", Container: "/2010-04-01/Accounts/{AccountSid}", LastWord: "Calls",
			Revision: "v2010", Account: "AccountSid", EndsInParam: true, Params: []string{"AccountSid", "Sid"},
		},
		"/v1/Accounts/{AccountSid}/Calls": {
			Base: "/v1/Accounts/{AccountSid}/Calls", Container: "/v1/Accounts/{AccountSid}", LastWord: "Calls", Revision: "v1",
			Params: []string{"AccountSid"},
		},
	} {
		got := facts{
			Base(path), Container(path), LastWord(path), PathRevision(path), AccountParam(path), EndsInParam(path), ParamNames(path),
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: %s", path, diff)
		}
	}
}

func TestBelow(t *testing.T) {
	for _, c := range []struct {
		path, root string
		want       bool
	}{
		{"/v1/Services/{ServiceSid}/Sessions", "/v1/Services/{Sid}", true},
		{"/v1/Services/{ServiceSid}/Sessions/{Sid}", "/v1/Services/{Sid}", true},
		{"/v1/Services/{Sid}", "/v1/Services/{Sid}", false},
		{"/v1/ServicesToo/{Sid}/Sessions", "/v1/Services/{Sid}", false},
		{"/2010-04-01/Accounts/{AccountSid}/Calls.json", "/2010-04-01/Accounts/{Sid}.json", true},
		{"/v1/Services/Usecases", "/v1/Services/{Sid}", false},
		{"/v1/Services", "", false},
	} {
		if got := Below(c.path, c.root); got != c.want {
			t.Errorf("Below(%q, %q) = %v", c.path, c.root, got)
		}
	}
}
