package wire

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
	"reflect"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// maxDepth is how deeply values may be nested. It is the limit of encoding/json.
const maxDepth = 10_000

// Decoder reads one JSON document from front to back, without reflection. Make one with
// [NewDecoder]; the zero value reads an empty document, which is a syntax error.
//
// Callers ask for what they want and never check for errors along the way: after the first syntax
// error, every call returns its zero value, and every loop over members or elements ends. A value
// of another type than the one asked for is not an error. It is skipped and gives the zero value,
// as null does, so that one odd property never costs the rest of a response.
type Decoder struct {
	data  []byte
	pos   int
	first bool // right after an opening bracket, where no comma belongs
	depth int
	err   error

	key     []byte
	keyBuf  []byte // backs key if it had to be unescaped
	scratch []byte // backs text that had to be unescaped

	misfit error // the document, or a record of it, is not the kind of value that was asked for

	subject subject // what the document is about: the answer to a call, or a record of a page

	arena strings.Builder // strings are cut from it, many from one allocation
	used  int             // bytes cut from the arena for the record being read
	peak  int             // what the largest of the last records used; 0: none did
	hint  int             // what a record is likely to use; 0: unknown
	spent int             // bytes of values, as spend counts them
}

// NewDecoder returns a Decoder that reads data, which must not change while the Decoder is in use.
func NewDecoder(data []byte) *Decoder { return &Decoder{data: data} }

// Err returns the first syntax error, or nil.
func (d *Decoder) Err() error { return d.err }

// Object enters an object; Next then moves through its members until it returns false. If the value
// is null or anything else that is not an object, Object skips it and returns false.
//
// It is kept from being inlined, which the compiler would do in every decoder of a package.
//
//go:noinline
func (d *Decoder) Object() bool {
	if d.depth+1 == d.subject.depth {
		d.subject.promised = true
	}
	return d.enter('{')
}

// Array enters an array; More then goes before each element until it returns false. If the value is
// null or anything else that is not an array, Array skips it and returns false.
func (d *Decoder) Array() bool { return d.enter('[') }

func (d *Decoder) enter(bracket byte) bool {
	c := d.peek()
	if c != bracket {
		if d.depth == 0 && c != 'n' || d.depth+1 == d.subject.depth {
			d.misfit = fmt.Errorf("json: expected %s, found %s", kindName(bracket), kindName(c))
		}
		d.skip()
		return false
	}
	if d.depth++; d.depth > maxDepth {
		d.fail(fmt.Errorf("json: nested deeper than %d levels at offset %d", maxDepth, d.pos))
		return false
	}
	d.pos++
	d.first = true
	return true
}

// leave reports whether the next byte, c, is the closing bracket, and if so steps over it.
func (d *Decoder) leave(c, bracket byte) bool {
	if c != bracket {
		return false
	}
	d.pos++
	d.depth--
	d.first = false
	return true
}

// Next moves to the next member of the object. Its name is Key, and its value must be read or
// skipped before the next call. At the end of the object Next returns false.
func (d *Decoder) Next() bool {
	c := d.peek()
	if d.leave(c, '}') {
		return false
	}
	if !d.first {
		if c != ',' {
			d.unexpected("a comma or the end of the object")
			return false
		}
		d.pos++
		c = d.peek()
	}
	d.first = false
	if c != '"' {
		d.unexpected("a property name")
		return false
	}
	var escaped bool
	if d.key, escaped = d.text(); escaped {
		d.keyBuf = append(d.keyBuf[:0], d.key...)
		d.key = d.keyBuf
	}
	if d.peek() != ':' {
		d.unexpected("a colon")
		return false
	}
	d.pos++
	if d.depth == d.subject.depth {
		d.subject.members++
	}
	return true
}

// Key returns the name of the member that Next moved to. It is valid until the next call of Next.
func (d *Decoder) Key() []byte { return d.key }

// More reports whether the array has another element, which must be read or skipped before the next
// call.
func (d *Decoder) More() bool {
	c := d.peek()
	if d.leave(c, ']') {
		return false
	}
	if !d.first {
		if c != ',' {
			d.unexpected("a comma or the end of the array")
			return false
		}
		d.pos++
	}
	d.first = false
	return d.err == nil
}

// Skip skips one value of any type: that of a member which the caller does not know.
func (d *Decoder) Skip() {
	if d.depth == d.subject.depth {
		d.stray()
		return
	}
	d.skip()
}

func (d *Decoder) skip() {
	// The recursion is as deep as the document, and enter limits that.
	switch d.peek() {
	case '{':
		for ok := d.enter('{'); ok && d.Next(); {
			d.skip()
		}
	case '[':
		for ok := d.enter('['); ok && d.More(); {
			d.skip()
		}
	default:
		d.scalar()
	}
}

// scalar reads one value. Of a string, kind is the quote and text is unescaped; of a number (kind
// '0') and of true, false and null (kinds 't', 'f' and 'n'), text is the literal. Objects and
// arrays are skipped and have no text. After an error, kind is 0. The text is valid until the next
// call.
func (d *Decoder) scalar() (kind byte, text []byte) {
	switch c := d.peek(); c {
	case '"':
		kind = c
		text, _ = d.text()
	case 't':
		kind, text = c, d.literal("true")
	case 'f':
		kind, text = c, d.literal("false")
	case 'n':
		kind, text = c, d.literal("null")
	case '{', '[':
		kind = c
		d.skip()
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		kind, text = '0', d.number()
	default:
		d.unexpected("a value")
	}
	if d.err != nil {
		return 0, nil
	}
	return kind, text
}

// peek skips white space and returns the byte that follows it, or 0 at the end.
func (d *Decoder) peek() byte {
	for d.pos < len(d.data) {
		switch c := d.data[d.pos]; c {
		case ' ', '\t', '\r', '\n':
			d.pos++
		default:
			return c
		}
	}
	return 0
}

func (d *Decoder) literal(want string) []byte {
	rest := d.data[d.pos:]
	if len(rest) < len(want) || string(rest[:len(want)]) != want {
		d.unexpected(want)
		return nil
	}
	d.pos += len(want)
	return rest[:len(want)]
}

func (d *Decoder) number() []byte {
	rest := d.data[d.pos:]
	n, ok := numberLen(rest)
	d.pos += n
	if !ok {
		d.unexpected("a digit")
		return nil
	}
	return rest[:n]
}

// numberLen returns the length of the JSON number at the start of b. If there is none, ok is false,
// and n is where a digit is missing.
func numberLen(b []byte) (n int, ok bool) {
	digits := func() bool {
		start := n
		for n < len(b) && isDigit(b[n]) {
			n++
		}
		return n > start
	}
	at := func(set string) bool { return n < len(b) && strings.IndexByte(set, b[n]) >= 0 }

	if at("-") {
		n++
	}
	if at("0") {
		n++ // a number has no leading zeros, so no digits may follow
	} else if !digits() {
		return n, false
	}
	if at(".") {
		if n++; !digits() {
			return n, false
		}
	}
	if at("eE") {
		if n++; at("+-") {
			n++
		}
		if !digits() {
			return n, false
		}
	}
	return n, true
}

// text reads a string. The result is part of the document or, if it had to be unescaped, of the
// scratch buffer.
func (d *Decoder) text() (text []byte, escaped bool) {
	d.pos++
	start := d.pos
	for d.plain() {
		switch c := d.data[d.pos]; {
		case c == '"':
			d.pos++
			return d.data[start : d.pos-1], false
		case c == '\\':
			return d.unescape(start), true
		case c < ' ':
			d.unexpected("a string without control characters")
			return nil, false
		default:
			r, size := utf8.DecodeRune(d.data[d.pos:])
			if r == utf8.RuneError && size == 1 {
				return d.unescape(start), true
			}
			d.pos += size
		}
	}
	d.unexpected("the end of the string")
	return nil, false
}

// unescape reads the rest of a string that began at start and is not plain from here on.
func (d *Decoder) unescape(start int) []byte {
	buf := append(d.scratch[:0], d.data[start:d.pos]...)
	defer func() { d.scratch = buf }()
	for start = d.pos; d.plain(); start = d.pos {
		buf = append(buf, d.data[start:d.pos]...)
		switch c := d.data[d.pos]; {
		case c == '"':
			d.pos++
			return buf
		case c == '\\':
			r, ok := d.escape()
			if !ok {
				return nil
			}
			buf = utf8.AppendRune(buf, r)
		case c < ' ':
			d.unexpected("a string without control characters")
			return nil
		default:
			// Each byte that is not valid UTF-8 becomes U+FFFD.
			r, size := utf8.DecodeRune(d.data[d.pos:])
			buf = utf8.AppendRune(buf, r)
			d.pos += size
		}
	}
	d.unexpected("the end of the string")
	return nil
}

// plain skips ASCII characters that stand for themselves in a string, eight bytes at a time, and
// reports whether another byte follows: a quote, a backslash, a control character or a byte that is
// not ASCII.
func (d *Decoder) plain() bool {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	i := d.pos
	for ; len(d.data)-i >= 8; i += 8 {
		word := binary.LittleEndian.Uint64(d.data[i:])
		// The subtraction sets the high bit of each byte that is smaller than the one subtracted
		// from it. It may also set that of the following byte, but only the first one counts.
		control := word - ones*' '
		quote := (word ^ ones*'"') - ones
		slash := (word ^ ones*'\\') - ones
		if special := (word | control | quote | slash) & highs; special != 0 {
			d.pos = i + bits.TrailingZeros64(special)/8
			return true
		}
	}
	for ; i < len(d.data); i++ {
		if c := d.data[i]; c < ' ' || c == '"' || c == '\\' || c >= utf8.RuneSelf {
			break
		}
	}
	d.pos = i
	return i < len(d.data)
}

// escape reads one escape sequence, or the two that make up a character outside the basic plane.
func (d *Decoder) escape() (r rune, ok bool) {
	const names, values = `"\/bfnrt`, "\"\\/\b\f\n\r\t"
	d.pos++
	if d.pos < len(d.data) && d.data[d.pos] == 'u' {
		return d.escapeHex()
	}
	if d.pos < len(d.data) {
		if i := strings.IndexByte(names, d.data[d.pos]); i >= 0 {
			d.pos++
			return rune(values[i]), true
		}
	}
	d.unexpected("an escape")
	return 0, false
}

func (d *Decoder) escapeHex() (r rune, ok bool) {
	r, ok = hex4(d.data[d.pos+1:])
	if !ok {
		d.pos++
		d.unexpected("four hex digits")
		return 0, false
	}
	d.pos += 5
	if !utf16.IsSurrogate(r) {
		return r, true
	}
	// Half a surrogate pair becomes U+FFFD, and what follows it is read on its own.
	if bytes.HasPrefix(d.data[d.pos:], []byte(`\u`)) {
		if low, ok := hex4(d.data[d.pos+2:]); ok {
			if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
				d.pos += 6
				return pair, true
			}
		}
	}
	return utf8.RuneError, true
}

func hex4(b []byte) (r rune, ok bool) {
	if len(b) < 4 {
		return 0, false
	}
	for _, c := range b[:4] {
		switch {
		case isDigit(c):
			c -= '0'
		case isHex(c):
			c = c | 0x20 - 'a' + 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	return r, true
}

// keep returns b as a string. The strings of one record share an allocation, except for long ones,
// which a program that keeps only the SIDs of many records would otherwise keep with them. URLs are
// short in this sense: a record may have many.
func (d *Decoder) keep(b []byte) string {
	const long = 256
	if len(b) > long {
		return string(b)
	}
	if d.arena.Cap()-d.arena.Len() < len(b) {
		// The old chunk belongs to the strings that were cut from it.
		d.arena.Reset()
		d.arena.Grow(max(len(b), d.chunk()))
	}
	start := d.arena.Len()
	d.arena.Write(b)
	d.used += len(b)
	return d.arena.String()[start:]
}

// chunk returns how much the arena grows by: no more than the rest of the document can fill.
func (d *Decoder) chunk() int {
	const most, least = 4096, 64
	switch {
	case d.hint == 0:
		return min(len(d.data)-d.pos, most)
	case d.used > 0: // the record needs more than the ones before it
		return min(max(d.used/2, least), most)
	}
	return min(d.hint, most)
}

// record starts a record. Its strings share no memory with those of the record before, since one
// record may be all that a program keeps of a long list. They are expected to need what the largest
// of the last records needed, and no more: a string of it keeps all of that.
func (d *Decoder) record() {
	const firstRecord = 512
	d.peak = max(d.used, d.peak-d.peak/16)
	d.hint = d.peak
	if d.peak == 0 {
		d.hint = firstRecord
	}
	d.used = 0
	d.arena.Reset()
}

// spend counts memory that is taken for the values of the document, apart from their texts. It is
// bounded by the length of the document, so that a short one with a great many values that hardly
// say anything cannot fill the memory: "{}" may stand for a struct of a thousand bytes.
func (d *Decoder) spend(bytes int) {
	const free, perByte = 1 << 20, 16
	d.spent += bytes
	if d.spent > free+perByte*len(d.data) {
		d.fail(errors.New("json: there are too many values for the length of the document"))
	}
}

// SizeOf is how many bytes a value takes, given a pointer to one.
func SizeOf(pointer any) int { return int(reflect.TypeOf(pointer).Elem().Size()) }

// finish checks that the document ends here, and returns the first error in it.
func (d *Decoder) finish() error {
	if c := d.peek(); d.err == nil && (c != 0 || d.pos < len(d.data)) {
		d.unexpected("the end of the document")
	}
	if d.err != nil {
		return d.err
	}
	return d.misfit
}

func kindName(c byte) string {
	switch c {
	case '{':
		return "an object"
	case '[':
		return "an array"
	case '"':
		return "a string"
	case 't', 'f':
		return "a boolean"
	case 'n':
		return "null"
	}
	return "a number"
}

// unexpected reports the byte at pos as a syntax error.
func (d *Decoder) unexpected(want string) {
	if d.pos >= len(d.data) {
		d.fail(errors.New("json: unexpected end of the document"))
		return
	}
	d.fail(fmt.Errorf("json: expected %s at offset %d, found %q", want, d.pos, rune(d.data[d.pos])))
}

// fail keeps the first error and moves to the end, where every read fails and every loop ends.
func (d *Decoder) fail(err error) {
	if d.err == nil {
		d.err = err
	}
	d.pos = len(d.data)
}
