// Package wire is what generated code calls to write requests and read answers: path building, form encoding and JSON
// decoding. It sends nothing, and it is no API for programs: generator and runtime change it together.
package wire

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
)

// Problem is an argument that cannot be sent. It never holds the argument's value, which may be personal data.
type Problem struct {
	Param  string // the name that the API gives the parameter
	Reason string // continues the sentence that starts with Param: "is required"
}

// Pair is a name and a value, of a header or a parameter.
type Pair struct{ Name, Value string }

// Request is one call before credentials, host and options are applied. It is built once, by one goroutine, and
// read-only afterwards, so that one Request may serve many pages and tries. Make it with [NewRequest].
//
// As with [Values], what generated code calls everywhere is kept from being inlined.
type Request struct {
	Operation string // "proxyv1: Sessions.Create"; begins every error
	Method    string
	Server    string // "https://proxy.twilio.com", as the document has it
	Path      string // template: "/v1/Services/{ServiceSid}/Sessions"
	Accept    string // "" means application/json
	Auth      Auth   // the credentials that the operation takes
	PageKey   string // lists: the property with the records; "" means that it is found at run time
	PageBy    PageBy // lists: how an answer leads to the next page
	PageParam string // lists: the query parameter that chooses a page; "" means pageToken
	Limit     int    // lists: the most records that are wanted of all pages; 0 means all

	args        []pathArg
	query       Values
	form        *Values // not nil: the body is a form
	header      []Pair
	body        string
	contentType string // of body; "" when there is none
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

// PageBy is how the answer to a list leads to the next page.
type PageBy int

// The ways to the next page.
const (
	ByLink   PageBy = iota // a link, or a token
	ByNumber               // has_next says that there is one, whose number is one higher
	ByIndex                // totalResults says how many records there are, and the next one is asked for by its index, from 1
)

// pathArg is the escaped value of a placeholder in the path. The account's is filled in when the call is made.
type pathArg struct {
	name, escaped string
	account       bool
}

// NewRequest starts a request; see the fields of [Request] for the arguments.
//
//go:noinline
func NewRequest(operation, method, server, path string) *Request {
	return &Request{Operation: operation, Method: method, Server: server, Path: path}
}

// PathArg fills the placeholder {name}. The value is escaped, and stays one segment whatever it holds. Values that
// would change which resource the path names are a problem: "", "." and "..".
func (r *Request) PathArg(name, value string) {
	switch value {
	case "":
		r.fail(name, "must not be empty")
	case ".", "..":
		r.fail(name, `must not be "." or ".."`)
	}
	r.args = append(r.args, pathArg{name: name, escaped: url.PathEscape(value)})
}

// PathSID is [Request.PathArg] for a parameter that takes a SID with this prefix. A value that is plainly the SID of
// another kind is a problem; anything else is sent, since many resources can be named by a unique name too.
func (r *Request) PathSID(name, value, prefix string) {
	if IsSID(value) && value[:2] != prefix {
		r.fail(name, "must be a SID that starts with "+prefix+", not with "+value[:2])
	}
	r.PathArg(name, value)
}

// PathAccount fills the placeholder {name} with the account of the client, or of the call's options.
//
//go:noinline
func (r *Request) PathAccount(name string) {
	r.args = append(r.args, pathArg{name: name, account: true})
}

// Query returns the query parameters, to add to.
//
//go:noinline
func (r *Request) Query() *Values {
	r.query.owner = r
	return &r.query
}

// Form returns the parameters of the body, to add to. From the first call on the body is a form, even an empty one.
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

// JSON makes the JSON text of body the request's body. An empty contentType means application/json. A value that has
// no JSON text is a problem.
func (r *Request) JSON(contentType string, body any) {
	if contentType == "" {
		contentType = "application/json"
	}
	data, err := json.Marshal(body)
	if err != nil {
		r.fail("body", "cannot be written as JSON")
	}
	r.body, r.contentType = string(data), contentType
}

// Require states that the parameter is required; ok tells whether it is there.
//
//go:noinline
func (r *Request) Require(name string, ok bool) {
	if !ok {
		r.fail(name, "is required")
	}
}

// RequireOneOf states that at least one of the parameters is required; ok tells whether it is there.
func (r *Request) RequireOneOf(ok bool, names ...string) {
	if !ok {
		r.fail(strings.Join(names, " or "), "is required")
	}
}

// Err returns the first problem, or nil when the request can be sent.
func (r *Request) Err() *Problem { return r.problem }

func (r *Request) fail(param, reason string) {
	if r.problem == nil {
		r.problem = &Problem{Param: param, Reason: reason}
	}
}

// EscapedPath returns the path with every placeholder filled. The account is used where [Request.PathAccount] asked
// for one, and has to be a SID.
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

// EncodedQuery returns the query parameters as they stand in a URL, without the question mark.
func (r *Request) EncodedQuery() string { return r.query.Encode() }

// FormType is the content type of a form.
const FormType = "application/x-www-form-urlencoded"

// Body returns the body and its content type, which is "" when the request has no body.
func (r *Request) Body() (contentType, body string) {
	if r.form != nil {
		return FormType, r.form.Encode()
	}
	return r.contentType, r.body
}

// Headers returns the headers in the order in which they were set. The caller must not change them.
func (r *Request) Headers() []Pair { return r.header }

// IsAccountSID tells whether s has the form of an account's SID.
func IsAccountSID(s string) bool { return IsSID(s) && s[:2] == "AC" }

// SIDLen is the length of a SID.
const SIDLen = 34

// IsSID tells whether s has the form of a SID of any kind: two capital letters and 32 hex digits.
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
