package twilio

import (
	"errors"
	"fmt"
	"time"
)

// Date is a day in the calendar, without a time or a time zone. The zero value means that there is
// no date. January 1 of the year 1 is not the zero value but a date, which IsZero can tell, although
// its first moment in UTC is the zero time.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// NewDate returns the date with this year, month and day, which it does not check.
func NewDate(year int, month time.Month, day int) Date { return Date{year, month, day} }

// DateOf returns the day on which t falls in t's own location. For the zero time, which means that
// there is none, it returns the zero Date.
func DateOf(t time.Time) Date {
	if t.IsZero() {
		return Date{}
	}
	return NewDate(t.Date())
}

// ParseDate parses a date in the form "2006-01-02". The error does not quote s, which may be a date
// of birth.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, errors.New("twilio: a date must have the form " + time.DateOnly)
	}
	return NewDate(t.Date()), nil
}

// IsZero reports whether d is the zero Date.
func (d Date) IsZero() bool { return d == Date{} }

// String returns the date in the form "2006-01-02", or "" for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// Time returns the first moment of the date in loc, or in UTC if loc is nil. For the zero Date it
// returns the zero time.
func (d Date) Time(loc *time.Location) time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	if loc == nil {
		loc = time.UTC
	}
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, loc)
}

// MarshalText returns the same text as String.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText parses what MarshalText returns. If it fails, d is unchanged.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(text))
	if err == nil {
		*d = parsed
	}
	return err
}
