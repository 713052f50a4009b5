package twilio

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
)

// Do makes a call that the bindings do not have, or reads more from one than they do. It has the
// credentials, retries, middleware and errors of every other call.
//
// The target is the URL of something at Twilio, such as one from the links of a record, or a path of
// https://api.twilio.com, such as the uri of one. It may have a query. Region, edge and [WithBaseURL]
// apply to it. A URL that does not lead to Twilio is refused, since the credentials go with it.
//
// The body may be nil. A [url.Values] is sent as a form, or in the query of a GET, HEAD or DELETE.
// Anything else is sent as its JSON encoding, so a [json.RawMessage] goes as it is. Readers and files
// are refused.
//
// The response is decoded into result by encoding/json, unless result is nil: into a struct, a
// map[string]any, or a [json.RawMessage] that takes all of it. A []byte to which result points takes
// the body whatever it contains. A response that can have no body, such as a 204, leaves result as it
// is; any other without one is an [ErrInvalidResponse].
//
//	var usage struct {
//		Records []struct{ Category, Price string } `json:"usage_records"`
//	}
//	err := client.Do(ctx, http.MethodGet, "/2010-04-01/Accounts/"+client.AccountSID()+"/Usage/Records.json", nil, &usage)
//
// Nothing is known of such an operation but its method. If it is a read that costs money, use
// [WithRepeat], which finds it under the name "twilio: Client.Do". In its path, and in that of an
// [Error], all that may be a value stands as a number in braces.
func (c *Client) Do(ctx context.Context, method, target string, body, result any, opts ...RequestOption) error {
	k := new(call)
	r, err := rawRequest(c, method, target, body)
	if err == nil {
		err = checkResult(result)
	}
	if err != nil {
		k.request = r
		return k.wrap(err)
	}
	k.init(c, r, opts)
	answer, err := k.send(ctx, k.target, result != nil)
	if err != nil || result == nil || method == http.MethodHead || k.saysNothing(&answer) {
		return k.wrap(err)
	}
	return k.wrap(k.unmarshal(&answer, result))
}

// Download reads what is at a URL or path of Twilio's, such as the MediaUrl0 of a webhook, as a
// [Stream]. The target is as in [Client.Do], under whose name the operation goes, too.
//
//	stream, err := client.Download(ctx, mediaURL)
//	if err != nil {
//		return err
//	}
//	defer stream.Close()
//	_, err = io.Copy(file, stream)
func (c *Client) Download(ctx context.Context, target string, opts ...RequestOption) (*Stream, error) {
	k := new(call)
	r, err := rawRequest(c, http.MethodGet, target, nil)
	if err != nil {
		k.request = r
		return nil, k.wrap(err)
	}
	r.Accept = "*/*"
	k.init(c, r, opts)
	return k.stream(ctx)
}

// checkResult refuses, before anything is sent, what no response could be decoded into.
func checkResult(result any) error {
	if v := reflect.ValueOf(result); result != nil && (v.Kind() != reflect.Pointer || v.IsNil()) {
		return &ParamError{"result", "must be nil or a pointer that is not nil"}
	}
	return nil
}

func (k *call) unmarshal(a *answer, result any) error {
	if raw, ok := result.(*[]byte); ok {
		*raw = a.body
		return nil
	}
	if err := json.Unmarshal(a.body, result); err != nil {
		return k.failure(&invalidResponse{&decodeError{err}}, carriedOut)
	}
	return nil
}

// decodeError is why encoding/json, or a type that decodes itself, cannot take a response. They
// quote what they do not like, which may be anything, so their text is not shown.
type decodeError struct{ cause error }

func (e *decodeError) Error() string {
	var syntax *json.SyntaxError
	var mismatch *json.UnmarshalTypeError
	switch {
	case errors.As(e.cause, &syntax):
		return syntax.Error()
	case errors.As(e.cause, &mismatch) && mismatch.Field != "":
		return fmt.Sprintf("the member %s does not fit a %v", mismatch.Field, mismatch.Type)
	case mismatch != nil:
		return fmt.Sprintf("the value does not fit a %v", mismatch.Type)
	}
	return "a value does not fit the result"
}

func (e *decodeError) Unwrap() error { return e.cause }

// rawRequest always returns a request, so that an error has an operation.
func rawRequest(c *Client, method, target string, body any) (*wire.Request, error) {
	const defaultServer = "https://api.twilio.com"
	r := wire.NewRequest("twilio: Client.Do", method, defaultServer, "")
	r.Private = "*"
	u, err := url.Parse(target)
	if err != nil || !strings.HasPrefix(u.Path, "/") || u.User != nil || u.Opaque != "" || u.Fragment != "" {
		return r, &ParamError{"target", "must be a URL of Twilio, or a path"}
	}
	path := u.EscapedPath()
	switch base := c.baseURL(); {
	case u.Host == "" && u.Scheme == "":
	case base != nil && sameOrigin(u, base):
		path = strings.TrimPrefix(path, strings.TrimSuffix(base.EscapedPath(), "/"))
	case isTwilio(u):
		r.Server = "https://" + u.Host
	default:
		return r, &ParamError{"target", "does not lead to Twilio"}
	}
	setPath(r, path)
	return r, setParams(r, u.RawQuery, body)
}

func (c *Client) baseURL() *url.URL {
	if c == nil || c.settings == nil {
		return nil
	}
	return c.settings().base
}

// isTwilio reports whether a URL leads to one of Twilio's products, in any region.
func isTwilio(u *url.URL) bool {
	product, edge, region, ok := splitHost(u.Hostname())
	return ok && u.Scheme == "https" && port(u) == "443" && !slices.Contains(noProducts, product) &&
		isHostLabel(product) && isHostLabel(edge) && isHostLabel(region)
}

// noProducts are the hosts below twilio.com that serve people, and are partly run by others.
var noProducts = []string{
	"ahoy", "blog", "community", "console", "customers", "docs", "help", "info", "investors", "login", "pages", "partners",
	"signal", "status", "support", "webinars", "www",
}

// setPath splits a path into what names the operation and what may be values: those are shown
// nowhere. What has the form of a name is a value, too, if it follows a name, as "Alice" does in
// "/Users/Alice".
func setPath(r *wire.Request, path string) {
	var template strings.Builder
	afterName := false
	for i, segment := range strings.Split(strings.TrimPrefix(path, "/"), "/") {
		template.WriteByte('/')
		value, suffix := strings.CutSuffix(segment, ".json")
		if isVersion(segment) || isResourceName(value) && (suffix || !afterName) {
			template.WriteString(segment)
			afterName = !isVersion(segment)
			continue
		}
		afterName = false
		name := strconv.Itoa(i + 1)
		if text, err := url.PathUnescape(value); err == nil {
			value = text
		}
		r.PathArg(name, value)
		template.WriteString("{" + name + "}")
		if suffix {
			template.WriteString(".json")
		}
	}
	r.Path = template.String()
}

func isVersion(segment string) bool {
	return segment == "2010-04-01" || len(segment) == 2 && segment[0] == 'v' && isDigits(segment[1:])
}

// isResourceName reports whether a segment of a path could be the name of a resource, as these are
// spelled at Twilio.
func isResourceName(name string) bool {
	isLetter := func(c rune) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
	return name != "" && 'A' <= name[0] && name[0] <= 'Z' && strings.TrimFunc(name, isLetter) == ""
}

// setParams adds the query of the target, and the body.
func setParams(r *wire.Request, query string, body any) error {
	for _, param := range strings.Split(query, "&") {
		name, value, _ := strings.Cut(param, "=")
		name, err := url.QueryUnescape(name)
		value, err2 := url.QueryUnescape(value)
		switch {
		case err != nil || err2 != nil:
			return &ParamError{"target", "has a query that cannot be read"}
		case name != "" || value != "":
			r.Query().Add(name, value)
		}
	}
	values, isForm := body.(url.Values)
	noBody := isRead(r.Method) || r.Method == http.MethodDelete
	switch {
	case body == nil:
	case isFile(body):
		return &ParamError{"body", "must be a url.Values or a value for JSON, not a reader or a file"}
	case isForm && noBody:
		addValues(r.Query(), values)
	case isForm:
		addValues(r.Form(), values)
	case isRead(r.Method):
		return &ParamError{"body", "cannot be sent with " + r.Method}
	default:
		r.JSON("", body)
	}
	return nil
}

// isFile reports whether a body is one of those that encoding/json would take for an empty object.
func isFile(body any) bool {
	switch body.(type) {
	case io.Reader, File, *File:
		return true
	}
	return false
}

func addValues(v *wire.Values, values url.Values) {
	for _, name := range slices.Sorted(maps.Keys(values)) {
		v.Strings(name, values[name])
	}
}
