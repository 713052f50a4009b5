package wire

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"
)

// String reads a string. A number or a boolean gives its literal.
func (d *Decoder) String() string {
	s, _ := d.string()
	return s
}

// Int reads a whole number, or a string that contains one. A number that is not whole or does not
// fit gives 0.
func (d *Decoder) Int() int {
	n, _ := d.int()
	return n
}

// Int64 is like [Decoder.Int], for 64 bits.
func (d *Decoder) Int64() int64 {
	n, _ := d.int64()
	return n
}

// Float reads a number, or a string that contains one. A number that does not fit gives 0.
func (d *Decoder) Float() float64 {
	f, _ := d.float()
	return f
}

// Bool reads true or false, or a string that contains one of the two.
func (d *Decoder) Bool() bool {
	b, _ := d.bool()
	return b
}

// Time reads a string that contains a time: RFC 3339 with any fraction and offset; RFC 2822 with or
// without the day of the week; a date and time without an offset, which is taken to be UTC; or a
// date alone, which gives its first moment in UTC.
func (d *Decoder) Time() time.Time {
	kind, text := d.scalar()
	if kind != '"' {
		return time.Time{}
	}
	if t, ok := utcTime(text); ok {
		return t
	}
	return parseTime(string(text))
}

// Date is a day in the calendar. The zero value means that there is none. The package twilio has a
// public type with the same fields, and generated code converts a Date to that.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// Date reads a string that contains a date, or a time, of which it takes the day in the time's own
// zone. The first day of the calendar is a date like any other; the first moment of it, as a time in
// UTC, is the zero time and stands for no date.
func (d *Decoder) Date() (date Date) {
	kind, text := d.scalar()
	if kind != '"' {
		return date
	}
	t := parseTime(string(text))
	if !t.IsZero() || string(text) == firstDay {
		date.Year, date.Month, date.Day = t.Date()
	}
	return date
}

// firstDay is the date whose first moment is the zero time.
const firstDay = "0001-01-01"

// utcTime reads the form that nearly all times have, "2006-01-02T15:04:05Z", several times as fast
// as package time does.
func utcTime(b []byte) (t time.Time, ok bool) {
	const form = "0000-00-00T00:00:00Z"
	if len(b) != len(form) {
		return t, false
	}
	for i := range b {
		if form[i] == '0' && !isDigit(b[i]) || form[i] != '0' && b[i] != form[i] {
			return t, false
		}
	}
	two := func(i int) int { return int(b[i]-'0')*10 + int(b[i+1]-'0') }
	year, month, day := two(0)*100+two(2), time.Month(two(5)), two(8)
	hour, minute, second := two(11), two(14), two(17)
	t = time.Date(year, month, day, hour, minute, second, 0, time.UTC)
	// Date takes February 30 for March 2; it is left to package time to refuse such a time.
	ok = t.Month() == month && t.Day() == day && hour < 24 && minute < 60 && second < 60
	return t, ok
}

// StringPtr is like [Decoder.String], but returns nil for null and for anything that is not a
// string.
func (d *Decoder) StringPtr() *string { return pointer(d.string()) }

// IntPtr is like [Decoder.Int], but returns nil for null and for anything that is not such a
// number.
func (d *Decoder) IntPtr() *int { return pointer(d.int()) }

// Int64Ptr is like [Decoder.Int64], but returns nil for null and for anything that is not such a
// number.
func (d *Decoder) Int64Ptr() *int64 { return pointer(d.int64()) }

// FloatPtr is like [Decoder.Float], but returns nil for null and for anything that is not such a
// number.
func (d *Decoder) FloatPtr() *float64 { return pointer(d.float()) }

// BoolPtr is like [Decoder.Bool], but returns nil for null and for anything that is not a boolean.
func (d *Decoder) BoolPtr() *bool { return pointer(d.bool()) }

// Raw reads a value of any type and returns a copy of its text, or nil for null.
func (d *Decoder) Raw() json.RawMessage {
	null := d.peek() == 'n'
	start := d.pos
	d.skip()
	if null || d.err != nil {
		return nil
	}
	return bytes.Clone(d.data[start:d.pos])
}

func pointer[T any](v T, ok bool) *T {
	if !ok {
		return nil
	}
	return &v
}

func (d *Decoder) string() (s string, ok bool) {
	switch kind, text := d.scalar(); kind {
	case '"', '0', 't', 'f':
		return d.keep(text), true
	}
	return "", false
}

func (d *Decoder) int() (n int, ok bool) {
	wide, ok := d.int64()
	if n = int(wide); int64(n) != wide {
		return 0, false
	}
	return n, ok
}

func (d *Decoder) int64() (n int64, ok bool) { return parseInt(d.numeral()) }

func (d *Decoder) float() (f float64, ok bool) {
	f, err := strconv.ParseFloat(string(d.numeral()), 64)
	if err != nil {
		return 0, false
	}
	return f, true
}

func (d *Decoder) bool() (b, ok bool) {
	switch kind, text := d.scalar(); {
	case kind == '0':
		return false, false
	case string(text) == "true":
		return true, true
	default:
		return false, string(text) == "false"
	}
}

// numeral reads a number, or a string that contains one, and returns its literal. It returns nil if
// there is none.
func (d *Decoder) numeral() []byte {
	kind, text := d.scalar()
	if kind == '"' {
		if n, ok := numberLen(text); !ok || n < len(text) {
			return nil
		}
	} else if kind != '0' {
		return nil
	}
	return text
}

// parseInt returns the value of a JSON number that is whole, however it is written: 3000, 3e3 or
// 3000.0.
func parseInt(literal []byte) (n int64, ok bool) {
	if n, err := strconv.ParseInt(string(literal), 10, 64); err == nil {
		return n, true
	}
	mantissa, exponent, ok := decimal(string(literal))
	if !ok || exponent < 0 || exponent > 19 {
		return 0, false
	}
	n, err := strconv.ParseInt(mantissa+strings.Repeat("0", exponent), 10, 64)
	if err != nil {
		return 0, false
	}
	return n, true
}

// decimal splits a JSON number into a whole number without trailing zeros and a power of ten. The
// number 0 has the exponent 0.
func decimal(literal string) (mantissa string, exponent int, ok bool) {
	mantissa = literal
	if i := strings.IndexAny(literal, "eE"); i >= 0 {
		power, err := strconv.Atoi(literal[i+1:])
		if err != nil || power > math.MaxInt16 || power < math.MinInt16 {
			power = math.MaxInt16 // too large for any mantissa but zero
		}
		mantissa, exponent = literal[:i], power
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits := whole + fraction
	exponent -= len(fraction)
	mantissa = strings.TrimRight(digits, "0")
	if mantissa == "" || mantissa == "-" {
		return "0", 0, digits != ""
	}
	return mantissa, exponent + len(digits) - len(mantissa), true
}

// parseTime returns the zero time for a text that is not a time.
func parseTime(s string) time.Time {
	layouts := []string{"Mon, _2 Jan 2006 15:04:05 -0700", "_2 Jan 2006 15:04:05 -0700", "Mon, _2 Jan 2006 15:04:05 GMT"}
	switch {
	case len(s) == len(time.DateOnly):
		layouts = []string{time.DateOnly}
	case len(s) > len(time.DateOnly) && s[len(time.DateOnly)] == 'T':
		layouts = []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04:05Z0700"}
	}
	for _, layout := range layouts {
		// With UTC as the default, the result does not depend on where the program runs.
		t, err := time.ParseInLocation(layout, s, time.UTC)
		if err == nil && writable(t) {
			return t
		}
	}
	return time.Time{}
}

// writable reports whether encoding/json can write a time. Package time reads an offset of 24 hours,
// but a record with such a time could not be written at all.
func writable(t time.Time) bool {
	_, err := t.MarshalText()
	return err == nil
}
