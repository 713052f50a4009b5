// Package wire is what generated code uses to write requests and read responses: it builds paths,
// encodes forms and decodes JSON. It sends nothing. It is not an API for programs: the generator
// and the runtime change it together.
package wire

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
)

// Problem is an argument that cannot be sent. It never contains the argument's value, which may be
// personal data.
type Problem struct {
	Param  string // the API's name for the parameter
	Reason string // continues the sentence that starts with Param: "is required"
}

// Pair is the name and the value of a header or a parameter.
type Pair struct{ Name, Value string }

// Request is one call before credentials, host and options are applied. It is built once, by one
// goroutine, and then only read, so that one Request can serve many pages and tries. Make it with
// [NewRequest].
//
// Like those of [Values], the methods that generated code calls everywhere are kept from being
// inlined.
type Request struct {
	Operation string // "proxyv1: Sessions.Create"; begins every error
	Method    string
	Server    string // "https://proxy.twilio.com", as in the document
	Path      string // template: "/v1/Services/{ServiceSid}/Sessions"
	Accept    string // "" means application/json
	Auth      Auth   // the credentials that the operation takes
	PageKey   string // of a list: the property with the records; "" if found at run time
	PageBy    PageBy // of a list: how a page leads to the next one
	PageParam string // of a list: the query parameter that chooses a page; "" for pageToken
	Limit     int    // of a list: the most records wanted in all; 0 for no limit

	// Private are the names of the parameters that must not be shown, one a line. "*" stands for all.
	Private string

	// Empty are the statuses of a success whose answers may be empty although the operation has a
	// result; 2 is any from 200 to 299. For 204 and 205 that goes without saying.
	Empty []int

	// BilledFor are the query parameters for which a read costs money. Most reads have none.
	BilledFor []string

	args        []pathArg
	firstArgs   [3]pathArg // backs args, which rarely has more
	query       Values
	form        *Values  // if not nil, the body is a form
	multipart   bool     // the form is a multipart form
	content     *Content // if not nil, the body is read from it
	header      []Pair
	body        string
	contentType string // of body; "" if there is none
	value       any    // that body is the encoding of
	problem     *Problem
}

// Auth says which credentials an operation takes.
type Auth int

// The credentials of operations.
const (
	AnyAuth   Auth = iota // those of the client
	TokenAuth             // an OAuth access token, and no others
	NoAuth                // none
)

// PageBy is how a page of a list leads to the next one.
type PageBy int

// The ways to the next page.
const (
	ByLink   PageBy = iota // by a link, or a token
	ByNumber               // by its number: has_next says whether there is one
	ByIndex                // by the index of its first record, from 1: totalResults says how many there are
)

// pathArg is the escaped value of a placeholder in the path. That of the account is filled in when
// the call is made.
type pathArg struct {
	name, escaped string
	account       bool
}

// NewRequest starts a request. The arguments are explained at the fields of [Request].
//
//go:noinline
func NewRequest(operation, method, server, path string) *Request {
	r := &Request{Operation: operation, Method: method, Server: server, Path: path}
	r.args = r.firstArgs[:0]
	return r
}

// PathArg fills the placeholder {name}. The value is escaped, so that it always stays one segment.
// Values that would change which resource the path names are a problem: "", "." and "..".
func (r *Request) PathArg(name, value string) {
	switch value {
	case "":
		r.fail(name, "must not be empty")
	case ".", "..":
		r.fail(name, `must not be "." or ".."`)
	}
	r.args = append(r.args, pathArg{name: name, escaped: url.PathEscape(value)})
}

// PathSID is like [Request.PathArg], for a parameter that takes a SID with this prefix, or with one
// of several, which are separated by spaces: "SM MM". A value that is clearly a SID of another kind
// is a problem. Anything else is sent, since many resources can also be named by a unique name.
func (r *Request) PathSID(name, value, prefixes string) {
	if IsSID(value) && !strings.Contains(prefixes, value[:2]) {
		r.fail(name, "must be a SID that starts with "+strings.ReplaceAll(prefixes, " ", " or ")+", not with "+value[:2])
	}
	r.PathArg(name, value)
}

// PathAccount fills the placeholder {name} with the account of the call's options, or else of the
// client.
//
//go:noinline
func (r *Request) PathAccount(name string) {
	r.args = append(r.args, pathArg{name: name, account: true})
}

// Query returns the query parameters, for the caller to add to.
//
//go:noinline
func (r *Request) Query() *Values {
	r.query.owner = r
	return &r.query
}

// Form returns the parameters of the body, for the caller to add to. The first call makes the body
// a form, even if nothing is added.
//
//go:noinline
func (r *Request) Form() *Values {
	if r.form == nil {
		r.form = &Values{owner: r}
	}
	return r.form
}

// Header sets a header.
//
//go:noinline
func (r *Request) Header(name, value string) {
	r.header = append(r.header, Pair{name, value})
}

// JSON sets the body to the JSON encoding of body. An empty contentType means application/json. A
// value that cannot be encoded is a problem.
func (r *Request) JSON(contentType string, body any) {
	if contentType == "" {
		contentType = "application/json"
	}
	data, err := json.Marshal(body)
	if err != nil {
		r.fail("body", "cannot be encoded as JSON")
	}
	r.body, r.contentType, r.value = string(data), contentType, body
}

// Require states that a parameter is required. The argument ok is whether it is set.
//
//go:noinline
func (r *Request) Require(name string, ok bool) {
	if !ok {
		r.fail(name, "is required")
	}
}

// RequireOneOf states that at least one of the parameters is required. The argument ok is whether
// one is set.
func (r *Request) RequireOneOf(ok bool, names ...string) {
	if !ok {
		r.fail(strings.Join(names, " or "), "is required")
	}
}

// Err returns the first problem, or nil if the request can be sent.
func (r *Request) Err() *Problem { return r.problem }

func (r *Request) fail(param, reason string) {
	if r.problem == nil {
		r.problem = &Problem{Param: param, Reason: reason}
	}
}

// EscapedPath returns the path with every placeholder filled in. Where [Request.PathAccount] asked
// for it, that is the account, which must then be a SID.
func (r *Request) EscapedPath(account string) (string, *Problem) {
	var path strings.Builder
	path.Grow(len(r.Path) + SIDLen*len(r.args))
	rest := r.Path
	for {
		before, after, found := strings.Cut(rest, "{")
		path.WriteString(before)
		if !found {
			return path.String(), nil
		}
		var name string
		name, rest, _ = strings.Cut(after, "}")
		value, problem := r.arg(name, account)
		if problem != nil {
			return "", problem
		}
		path.WriteString(value)
	}
}

func (r *Request) arg(name, account string) (string, *Problem) {
	i := slices.IndexFunc(r.args, func(a pathArg) bool { return a.name == name })
	switch {
	case i < 0:
		return "", &Problem{Param: name, Reason: "is required"}
	case !r.args[i].account:
		return r.args[i].escaped, nil
	case !IsAccountSID(account):
		return "", &Problem{Param: name, Reason: "must be an account SID: AC and 32 hex digits"}
	}
	return account, nil
}

// Billed reports whether a read with this query costs money.
func (r *Request) Billed(query string) bool {
	if len(r.BilledFor) == 0 {
		return false
	}
	params, _ := url.ParseQuery(query) // contains what could be parsed
	return slices.ContainsFunc(r.BilledFor, params.Has)
}

// NamesAccount reports whether the path names this account: because [Request.PathAccount] asked for
// it, because it is one of the other arguments, or because a path without placeholders has it.
func (r *Request) NamesAccount(account string) bool {
	return strings.Contains(r.Path, account) ||
		slices.ContainsFunc(r.args, func(a pathArg) bool { return a.account || a.escaped == account })
}

// EncodedQuery returns the query parameters as they appear in a URL, without the question mark.
func (r *Request) EncodedQuery() string { return r.query.Encode() }

// FormType is the content type of a form.
const FormType = "application/x-www-form-urlencoded"

// Body returns the body and its content type, which is "" if the request has no body.
func (r *Request) Body() (contentType, body string) {
	if r.form != nil {
		return FormType, r.form.Encode()
	}
	return r.contentType, r.body
}

// Shown returns the parameters and the body as they may be shown, without what is private.
func (r *Request) Shown() (query, form string, body any) {
	query = r.shown(r.query.pairs)
	if r.form != nil {
		form = r.shown(r.form.pairs)
	}
	if r.value == nil || r.Private == "*" {
		return query, form, nil
	}
	return query, form, Redact(r.value)
}

func (r *Request) shown(pairs []Pair) string {
	texts := make([]string, len(pairs))
	for i, p := range pairs {
		texts[i] = p.Name + "=" + p.Value
		if r.isPrivate(p.Name) {
			texts[i] = p.Name + "=" + Redacted
		}
	}
	return strings.Join(texts, " ")
}

// isPrivate reports whether a parameter must not be shown. The entries of a map have the name of the
// map before their own.
func (r *Request) isPrivate(name string) bool {
	return slices.ContainsFunc(strings.Split(r.Private, "\n"), func(private string) bool {
		rest, ok := strings.CutPrefix(name, private)
		return private == "*" || ok && private != "" && (rest == "" || strings.IndexByte(".[0123456789", rest[0]) >= 0)
	})
}

// Headers returns the headers in the order in which they were set. The caller must not change them.
func (r *Request) Headers() []Pair { return r.header }

// IsAccountSID reports whether s has the form of an account's SID.
func IsAccountSID(s string) bool { return IsSID(s) && s[:2] == "AC" }

// SIDLen is the length of a SID.
const SIDLen = 34

// IsSID reports whether s has the form of a SID of any kind: two capital letters and 32 hex digits.
func IsSID(s string) bool {
	if len(s) != SIDLen || !isUpper(s[0]) || !isUpper(s[1]) {
		return false
	}
	for i := 2; i < len(s); i++ {
		if !isHex(s[i]) {
			return false
		}
	}
	return true
}

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }

func isHex(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
