package wire

import (
	"encoding/json"
	"math"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Values collects form or query parameters. They are sent in the order in which they are added, so
// that the same calls give the same bytes. The zero value is empty and ready to use.
//
// Its methods are kept from being inlined: generated code calls them thousands of times, once for
// each parameter of each operation, and the copies made up a fifth of the compiler's work.
type Values struct {
	pairs    []Pair
	attached []attachment // of a multipart form, in the order of the pairs
	owner    *Request     // is told of values that cannot be sent; nil for a Values on its own
}

// Add adds a parameter, which is sent even if it is empty.
//
//go:noinline
func (v *Values) Add(name, value string) {
	v.pairs = append(v.pairs, Pair{name, value})
}

// String adds a parameter, unless p is nil.
//
//go:noinline
func (v *Values) String(name string, p *string) {
	if p != nil {
		v.Add(name, *p)
	}
}

// Int adds a parameter, unless p is nil.
//
//go:noinline
func (v *Values) Int(name string, p *int) {
	if p != nil {
		v.Add(name, strconv.Itoa(*p))
	}
}

// Int64 adds a parameter, unless p is nil.
//
//go:noinline
func (v *Values) Int64(name string, p *int64) {
	if p != nil {
		v.Add(name, strconv.FormatInt(*p, 10))
	}
}

// Float adds a parameter, unless p is nil. Infinities and NaN are a problem.
//
//go:noinline
func (v *Values) Float(name string, p *float64) {
	if p == nil {
		return
	}
	if math.IsNaN(*p) || math.IsInf(*p, 0) {
		v.fail(name, "must be a finite number")
	}
	v.Add(name, FormatFloat(*p))
}

// Bool adds a parameter, unless p is nil.
//
//go:noinline
func (v *Values) Bool(name string, p *bool) {
	if p != nil {
		v.Add(name, strconv.FormatBool(*p))
	}
}

// Time adds a parameter as [FormatTime] writes it, unless p is nil.
//
//go:noinline
func (v *Values) Time(name string, p *time.Time) {
	if p != nil {
		v.Add(name, FormatTime(*p))
	}
}

// Text adds a parameter, unless it is empty.
//
//go:noinline
func (v *Values) Text(name, value string) {
	if value != "" {
		v.Add(name, value)
	}
}

// Strings adds one parameter with this name for each item.
//
//go:noinline
func (v *Values) Strings(name string, list []string) {
	for _, item := range list {
		v.Add(name, item)
	}
}

// JSON adds the JSON encoding of value, unless that is null. A value that cannot be encoded is a
// problem.
func (v *Values) JSON(name string, value any) {
	if value == nil {
		return
	}
	if text, ok := v.marshal(name, value); ok && text != "null" {
		v.addJSON(name, text)
	}
}

// JSONList adds one parameter with this name for each item: a string as it is, anything else as its
// JSON encoding.
func (v *Values) JSONList(name string, list []any) {
	for _, item := range list {
		if text, ok := item.(string); ok {
			v.Add(name, text)
		} else if text, ok := v.marshal(name, item); ok {
			v.addJSON(name, text)
		}
	}
}

// addJSON adds a parameter that is JSON, which a multipart form says of it.
func (v *Values) addJSON(name, text string) {
	if v.owner != nil && v == v.owner.form && v.owner.multipart {
		v.attached = append(v.attached, attachment{index: len(v.pairs), contentType: "application/json"})
	}
	v.Add(name, text)
}

// Map adds one parameter for each entry, sorted by key. Its name is the prefix, a dot and the key.
func (v *Values) Map(prefix string, m map[string]string) {
	for _, key := range sortedKeys(m) {
		v.Add(prefix+"."+key, m[key])
	}
}

// Names returns the names of the parameters, in the order in which they were added.
func (v *Values) Names() []string {
	var names []string
	for _, p := range v.pairs {
		names = append(names, p.Name)
	}
	return names
}

// Encode returns the parameters in the encoding of HTML forms and URL queries, or "" if there are
// none.
func (v *Values) Encode() string {
	size := 0
	for _, p := range v.pairs {
		size += len(p.Name) + len(p.Value) + 2
	}
	var text strings.Builder
	text.Grow(size)
	for i, p := range v.pairs {
		if i > 0 {
			text.WriteByte('&')
		}
		text.WriteString(url.QueryEscape(p.Name))
		text.WriteByte('=')
		text.WriteString(url.QueryEscape(p.Value))
	}
	return text.String()
}

func (v *Values) marshal(name string, value any) (text string, ok bool) {
	data, err := json.Marshal(value)
	if err != nil {
		v.fail(name, "cannot be encoded as JSON")
	}
	return string(data), err == nil
}

func (v *Values) fail(name, reason string) {
	if v.owner != nil {
		v.owner.fail(name, reason)
	}
}

// FormatTime formats a time as RFC 3339 in UTC, with as many fractional digits as it has.
func FormatTime(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

// FormatFloat formats a number without an exponent and without digits that it does not need.
func FormatFloat(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// Texts converts a list of enum values to strings. An empty list gives nil.
func Texts[T ~string](list []T) []string {
	var texts []string
	for _, item := range list {
		texts = append(texts, string(item))
	}
	return texts
}

// defaultPageSize is Twilio's page size if none is asked for.
const defaultPageSize = 50

// PageSize adds the size of a list's pages, unless it is 0. A limit that is not 0 bounds the size,
// since a part of a larger page would be fetched for nothing.
func (v *Values) PageSize(name string, size, limit int) {
	if limit > 0 && limit < size || size == 0 && 0 < limit && limit < defaultPageSize {
		size = limit
	}
	if size != 0 {
		v.Add(name, strconv.Itoa(size))
	}
}
