package wire

import (
	"math"
	"strings"
	"testing"
)

const (
	account = "AC0123456789abcdef0123456789abcdef"
	service = "KS0123456789abcdef0123456789abcdef"
)

func TestEscapedPath(t *testing.T) {
	tests := map[string]string{
		"plain":      "/v1/A/plain/B",
		"a/b":        "/v1/A/a%2Fb/B",
		"a?b#c":      "/v1/A/a%3Fb%23c/B",
		"100%":       "/v1/A/100%25/B",
		"%2e%2e":     "/v1/A/%252e%252e/B",
		"a b":        "/v1/A/a%20b/B",
		"+1415":      "/v1/A/+1415/B",
		"é世":         "/v1/A/%C3%A9%E4%B8%96/B",
		"\x00\n":     "/v1/A/%00%0A/B",
		"...":        "/v1/A/.../B",
		"{Sid}":      "/v1/A/%7BSid%7D/B",
		`..\..`:      "/v1/A/..%5C../B",
		"\xff\xfe/.": "/v1/A/%FF%FE%2F./B",
	}
	for value, want := range tests {
		r := NewRequest("op", "GET", "https://a.example", "/v1/A/{Sid}/B")
		r.PathArg("Sid", value)
		if got, problem := r.EscapedPath(""); got != want || problem != nil || r.Err() != nil {
			t.Errorf("%q: %s, %v, %v, want %s", value, got, problem, r.Err(), want)
		}
	}
}

func TestPathWithAccountAndSuffix(t *testing.T) {
	r := NewRequest("op", "GET", "https://a.example", "/2010-04-01/Accounts/{AccountSid}/Calls/{Sid}.json")
	r.PathArg("Sid", "CA/1")
	r.PathAccount("AccountSid")
	if got, problem := r.EscapedPath(account); problem != nil || got != "/2010-04-01/Accounts/"+account+"/Calls/CA%2F1.json" {
		t.Errorf("%s, %v", got, problem)
	}
	for _, bad := range []string{"", "AC1", service, account + "/.."} {
		if _, problem := r.EscapedPath(bad); problem == nil || problem.Param != "AccountSid" {
			t.Errorf("account %q: %v", bad, problem)
		}
	}
}

func TestMissingPathArgument(t *testing.T) {
	for _, path := range []string{"/v1/{Sid}", "/v1/{Sid", "/v1/{}"} {
		if got, problem := NewRequest("op", "GET", "", path).EscapedPath(account); problem == nil {
			t.Errorf("%s: %s and no problem", path, got)
		}
	}
}

func TestProblems(t *testing.T) {
	const secret = "XX0123456789abcdef0123456789abcdef"
	tests := []struct {
		name   string
		build  func(*Request)
		param  string // "" : no problem
		reason string
	}{
		{"empty argument", func(r *Request) { r.PathArg("Sid", "") }, "Sid", "must not be empty"},
		{"dot", func(r *Request) { r.PathArg("Sid", ".") }, "Sid", `must not be "." or ".."`},
		{"dots", func(r *Request) { r.PathSID("Sid", "..", "KS") }, "Sid", `must not be "." or ".."`},
		{"SID of another kind", func(r *Request) { r.PathSID("Sid", secret, "KS") }, "Sid", "must be a SID that starts with KS, not with XX"},
		{"SID of another kind than two", func(r *Request) { r.PathSID("Sid", secret, "SM MM") }, "Sid", "must be a SID that starts with SM or MM, not with XX"},
		{"the first of two kinds", func(r *Request) { r.PathSID("Sid", service, "KS MM") }, "", ""},
		{"the second of two kinds", func(r *Request) { r.PathSID("Sid", service, "SM KS") }, "", ""},
		{"name with letters of two kinds", func(r *Request) { r.PathSID("Sid", "M M", "SM MM") }, "", ""},
		{"right SID", func(r *Request) { r.PathSID("Sid", service, "KS") }, "", ""},
		{"unique name", func(r *Request) { r.PathSID("Sid", "my service", "KS") }, "", ""},
		{"nearly a SID", func(r *Request) { r.PathSID("Sid", secret[:33]+"g", "KS") }, "", ""},
		{"any SID", func(r *Request) { r.PathArg("Sid", secret) }, "", ""},
		{"required", func(r *Request) { r.Require("To", false) }, "To", "is required"},
		{"required and there", func(r *Request) { r.Require("To", true) }, "", ""},
		{"one of", func(r *Request) { r.RequireOneOf(false, "Body", "MediaUrl") }, "Body or MediaUrl", "is required"},
		{"one of them there", func(r *Request) { r.RequireOneOf(true, "Body", "MediaUrl") }, "", ""},
		{"JSON body", func(r *Request) { r.JSON("", make(chan int)) }, "body", "cannot be encoded as JSON"},
		{"JSON parameter", func(r *Request) { r.Form().JSON("Data", func() {}) }, "Data", "cannot be encoded as JSON"},
		{"JSON list", func(r *Request) { r.Query().JSONList("Data", []any{math.NaN()}) }, "Data", "cannot be encoded as JSON"},
		{"not a number", func(r *Request) { f := math.NaN(); r.Form().Float("Price", &f) }, "Price", "must be a finite number"},
		{"infinite", func(r *Request) { f := math.Inf(-1); r.Query().Float("Price", &f) }, "Price", "must be a finite number"},
		{"the first counts", func(r *Request) { r.Require("A", false); r.Require("B", false) }, "A", "is required"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := NewRequest("op", "POST", "https://a.example", "/v1/{Sid}")
			tt.build(r)
			got := r.Err()
			if tt.param == "" {
				if got != nil {
					t.Errorf("%+v, want none", *got)
				}
				return
			}
			if got == nil || *got != (Problem{tt.param, tt.reason}) {
				t.Errorf("%+v", got)
			}
			if got != nil && strings.Contains(got.Reason, secret[2:]) {
				t.Error("the reason holds the value")
			}
		})
	}
}

func TestBody(t *testing.T) {
	tests := []struct {
		name              string
		build             func(*Request)
		contentType, body string
	}{
		{"none", func(*Request) {}, "", ""},
		{"form", func(r *Request) { r.Form().Add("A", "1"); r.Form().Add("B", "2") }, FormType, "A=1&B=2"},
		{"empty form", func(r *Request) { r.Form() }, FormType, ""},
		{"JSON", func(r *Request) { r.JSON("", map[string]int{"a": 1}) }, "application/json", `{"a":1}`},
		{"other JSON", func(r *Request) { r.JSON("application/scim+json", nil) }, "application/scim+json", `null`},
		{"query only", func(r *Request) { r.Query().Add("A", "1") }, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := NewRequest("op", "POST", "", "/")
			tt.build(r)
			if contentType, body := r.Body(); contentType != tt.contentType || body != tt.body {
				t.Errorf("%q %q", contentType, body)
			}
		})
	}
}

func TestRequestIsReadBack(t *testing.T) {
	r := NewRequest("op", "GET", "", "/")
	r.Query().Add("A", "1")
	r.Query().Add("B", "2")
	r.Header("X-A", "3")
	if got := r.EncodedQuery(); got != "A=1&B=2" {
		t.Errorf("query %s", got)
	}
	if got := r.Headers(); len(got) != 1 || got[0] != (Pair{"X-A", "3"}) {
		t.Errorf("headers %v", got)
	}
}

func TestNamesAccount(t *testing.T) {
	const account, other = "AC00000000000000000000000000000001", "AC00000000000000000000000000000002"
	for _, tt := range []struct {
		path  string
		build func(*Request)
		want  bool
	}{
		{"/v1/Things", func(*Request) {}, false},
		{"/v1/Things/{Sid}", func(r *Request) { r.PathArg("Sid", other) }, false},
		{"/v1/Accounts/{Sid}", func(r *Request) { r.PathSID("Sid", account, "AC") }, true},
		{"/Accounts/{AccountSid}/Calls.json", func(r *Request) { r.PathAccount("AccountSid") }, true},
		{"/Accounts/" + account + "/Calls.json", func(*Request) {}, true},
		{"/Accounts/" + other + "/Calls.json", func(*Request) {}, false},
	} {
		r := NewRequest("op", "GET", "https://a.example", tt.path)
		tt.build(r)
		if got := r.NamesAccount(account); got != tt.want {
			t.Errorf("%s: %t", tt.path, got)
		}
	}
}

func TestShown(t *testing.T) {
	r := NewRequest("op", "POST", "", "/")
	r.Private = "To\nParam"
	for _, name := range []string{"To", "Token", "ToCountry", "Param.a", "Param1.Name", "Parameter", "Param[a]"} {
		r.Form().Add(name, "x")
	}
	r.Query().Add("To", "x")
	query, form, body := r.Shown()
	const want = "To=[redacted] Token=x ToCountry=x Param.a=[redacted] Param1.Name=[redacted] Parameter=x Param[a]=[redacted]"
	if query != "To=[redacted]" || form != want || body != nil {
		t.Errorf("%q, %q, %v", query, form, body)
	}

	r.Private = "*"
	if _, form, _ := r.Shown(); strings.Contains(form, "x ") {
		t.Errorf("%q shows something", form)
	}

	type secret struct {
		A string `twilio:"private"`
		B string
	}
	r = NewRequest("op", "POST", "", "/")
	r.JSON("", &secret{"a", "b"})
	if _, _, body := r.Shown(); *body.(*secret) != (secret{Redacted, "b"}) {
		t.Errorf("%v", body)
	}
	r.Private = "*"
	if _, _, body := r.Shown(); body != nil {
		t.Errorf("%v", body)
	}
}
