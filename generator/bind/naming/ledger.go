package naming

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"go/token"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/twiliogen/twiliogen/generator/model"
)

// Ledger is what is known of the names of a package: which identity on the wire
// has which Go name. What it knows keeps its name, whatever becomes of the
// document and of the rules. The zero value knows nothing.
//
// Its file has one line a name, sorted:
//
//	kind identity name [of=resource] [was=name@version]... [gone=version]
//
// A part that is empty or has a space, a quote or an unprintable character in it
// is quoted as in Go. Empty lines and lines that begin with "#" say nothing. The
// last parts are optional: "of" is the resource whose method it is, "was" a former
// name with the version that retired it, and "gone" the version of the document
// that no longer has the identity; should it come back, it gets its name again
// unless something else has it by then.
type Ledger struct {
	entries map[key]Entry
}

// Entry is one line of a ledger.
type Entry struct {
	Kind string   // "type"
	ID   string   // the identity on the wire, "component:proxy.v1.service.session"
	Name string   // the Go identifier, "Session"
	Of   string   // of a method or page: the resource, "Session"
	Was  []Former // former names
	Gone string   // the version of the document that no longer has it; "" for one that is there
}

// Former is a name that was given up.
type Former struct {
	Name  string
	Until string // the version that retired it
}

// The kinds of names.
const (
	kindClient     = "client"     // resource: the type with its methods
	kindField      = "field"      // resource: the field of Client
	kindMember     = "member"     // property or parameter: the field of a struct
	kindMethod     = "method"     // operation
	kindObjectName = "objectname" // resource: the constant with its object's name
	kindPage       = "page"       // list: the method that fetches one page
	kindParams     = "params"     // operation: the struct of its parameters
	kindSIDPrefix  = "sidprefix"  // resource: the constant with its SID's prefix
	kindType       = "type"       // component or inline schema
	kindValue      = "value"      // value of an enum: the constant
	kindValues     = "values"     // enum: the function that lists its values
)

var kinds = []string{kindClient, kindField, kindMember, kindMethod, kindObjectName, kindPage, kindParams, kindSIDPrefix, kindType, kindValue, kindValues}

// key is what a ledger is asked for.
type key struct{ kind, id string }

func (k key) compare(other key) int {
	return cmp.Or(cmp.Compare(k.kind, other.kind), cmp.Compare(k.id, other.id))
}

// note is how the file of a ledger begins.
const note = `# What stands here keeps its name; for another name, edit it and generate again.
# kind identity name [of=resource] [was=name@version]... [gone=version]
`

// LedgerError says that the file of a ledger cannot be read.
type LedgerError struct {
	Path         string
	Line, Column int // from 1, in bytes
	Message      string
}

func (e *LedgerError) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", e.Path, e.Line, e.Column, e.Message)
}

// Entries returns the lines of the ledger in their order.
func (l *Ledger) Entries() []Entry {
	var entries []Entry
	for _, k := range slices.SortedFunc(maps.Keys(l.entries), key.compare) {
		entries = append(entries, l.entries[k])
	}
	return entries
}

func (l *Ledger) has(k key) bool {
	_, ok := l.entries[k]
	return ok
}

// Noun returns the resource that an operation is known to belong to, whatever its
// id says now; "" when it is not known.
func (l *Ledger) Noun(op *model.Operation) string {
	if l == nil {
		return ""
	}
	return l.entries[key{kindMethod, operationID(op)}].Of
}

// Encode returns the file of the ledger.
func (l *Ledger) Encode() []byte {
	var b bytes.Buffer
	b.WriteString(note)
	for _, e := range l.Entries() {
		fmt.Fprintf(&b, "%s %s %s", e.Kind, quote(e.ID), e.Name)
		if e.Of != "" {
			b.WriteString(" of=" + quote(e.Of))
		}
		for _, w := range e.Was {
			b.WriteString(" was=" + quote(w.Name+"@"+w.Until))
		}
		if e.Gone != "" {
			b.WriteString(" gone=" + quote(e.Gone))
		}
		b.WriteByte('\n')
	}
	return b.Bytes()
}

// quote quotes what would not be read as one part.
func quote(s string) string {
	odd := func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) || r == '"' }
	if s == "" || s[0] == '#' || strings.ContainsFunc(s, odd) || !utf8.ValidString(s) {
		return strconv.Quote(s)
	}
	return s
}

// ParseLedger reads the file of a ledger, whose path is for errors. Its error is
// a *LedgerError.
func ParseLedger(path string, data []byte) (*Ledger, error) {
	l := &Ledger{entries: map[key]Entry{}}
	places := map[place]int{} // the line that has a name
	for i, line := range strings.Split(string(data), "\n") {
		line = strings.TrimRight(line, " \t\r")
		if line == "" || line[0] == '#' {
			continue
		}
		e, column, err := parseEntry(line)
		if err == nil {
			column, err = l.add(e, column, places, i+1)
		}
		if err != nil {
			return nil, &LedgerError{Path: path, Line: i + 1, Column: column, Message: err.Error()}
		}
	}
	return l, nil
}

// add takes an entry, unless there is one of its identity or one with its name.
// With an error comes the column that it is about.
func (l *Ledger) add(e Entry, at int, places map[place]int, number int) (column int, err error) {
	k := key{e.Kind, e.ID}
	if l.has(k) {
		return 1, fmt.Errorf("%s %s stands here twice; remove one of the lines", e.Kind, quote(e.ID))
	}
	l.entries[k] = e
	scope := ""
	switch {
	case e.Gone != "":
		return 0, nil
	case e.Kind == kindMember:
		scope = "fields of " + e.ID[:strings.LastIndexAny(e.ID, "/?")+1]
	case e.Kind == kindField:
		scope = clientFields
	case e.Kind == kindMethod || e.Kind == kindPage:
		scope = "methods of " + e.Of
	}
	name := place{scope, e.Name}
	if scope == "" && slices.Contains(packageNames, e.Name) || e.Kind == kindMember && slices.Contains(memberNames, e.Name) {
		return at, fmt.Errorf("the name %s is needed for something else; choose another", e.Name)
	}
	if other := places[name]; other > 0 {
		return at, fmt.Errorf("line %d has the name %s already; choose another", other, e.Name)
	}
	places[name] = number
	return 0, nil
}

// parseEntry reads one line. With an error comes the column that it is about.
func parseEntry(line string) (e Entry, column int, err error) {
	parts, column, err := split(line)
	if err != nil {
		return e, column, err
	}
	if !slices.Contains(kinds, parts[0].text) {
		return e, 1, fmt.Errorf("%q is not a kind of name; use one of %s", parts[0].text, strings.Join(kinds, ", "))
	}
	if len(parts) < 3 {
		return e, len(line) + 1, errors.New("a line has a kind, an identity and a name")
	}
	e.Kind, e.ID, e.Name = parts[0].text, parts[1].text, parts[2].text
	if !token.IsIdentifier(e.Name) || !token.IsExported(e.Name) {
		return e, parts[2].column, fmt.Errorf("%q is not an exported Go identifier", e.Name)
	}
	for _, p := range parts[3:] {
		if err := e.set(p.attribute, p.text); err != nil {
			return e, p.column, err
		}
	}
	if (e.Kind == kindMethod || e.Kind == kindPage) && e.Of == "" {
		return e, len(line) + 1, fmt.Errorf("a %s needs of= and its resource", e.Kind)
	}
	return e, parts[2].column, nil
}

// set takes an optional part of a line.
func (e *Entry) set(attribute, value string) error {
	switch attribute {
	case "of":
		e.Of = value
	case "gone":
		e.Gone = value
	case "was":
		name, until, ok := strings.Cut(value, "@")
		if !ok || !token.IsIdentifier(name) || until == "" {
			return fmt.Errorf("%q is no former name with its version: was=Name@1.2.0", value)
		}
		e.Was = append(e.Was, Former{name, until})
	default:
		return fmt.Errorf("after the name stand of=, was= and gone=, not %q", cmp.Or(attribute, value))
	}
	if value == "" {
		return fmt.Errorf("%s= has no value", attribute)
	}
	return nil
}

// part is one part of a line.
type part struct {
	column    int
	attribute string // what stands before "=", of the parts after the name
	text      string
}

// split splits a line at its spaces and unquotes its parts.
func split(line string) (parts []part, column int, err error) {
	for at := 0; at < len(line); {
		if line[at] == ' ' || line[at] == '\t' {
			at++
			continue
		}
		p := part{column: at + 1}
		if len(parts) > 2 {
			if i := strings.IndexAny(line[at:], "= \t\""); i >= 0 && line[at+i] == '=' {
				p.attribute = line[at : at+i]
				at += i + 1
			}
		}
		rest := line[at:]
		if strings.HasPrefix(rest, `"`) {
			quoted, err := strconv.QuotedPrefix(rest)
			if err != nil {
				return nil, at + 1, errors.New("a quoted part does not end")
			}
			p.text, _ = strconv.Unquote(quoted)
			rest = rest[:len(quoted)]
		} else {
			if i := strings.IndexAny(rest, " \t"); i >= 0 {
				rest = rest[:i]
			}
			p.text = rest
		}
		at += len(rest)
		parts = append(parts, p)
	}
	return parts, 0, nil
}
