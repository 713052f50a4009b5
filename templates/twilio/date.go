package twilio

import (
	"errors"
	"fmt"
	"time"
)

// Date is a day in the calendar, without a time and a place. The zero value is no date.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// NewDate returns the date of a year, month and day, as they are.
func NewDate(year int, month time.Month, day int) Date { return Date{year, month, day} }

// DateOf returns the day on which t falls in t's own location; the zero Date for the zero time.
func DateOf(t time.Time) Date {
	if t.IsZero() {
		return Date{}
	}
	return NewDate(t.Date())
}

// ParseDate reads a date in the form "2006-01-02". The error does not quote s, which may be a day of birth.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, errors.New("twilio: a date has the form " + time.DateOnly)
	}
	return NewDate(t.Date()), nil
}

// IsZero tells whether d is no date.
func (d Date) IsZero() bool { return d == Date{} }

// String returns the date in the form "2006-01-02"; "" for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// Time returns the first moment of the date in a location, UTC if that is nil; the zero time for the zero Date.
func (d Date) Time(loc *time.Location) time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	if loc == nil {
		loc = time.UTC
	}
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, loc)
}

// MarshalText writes the date as String does.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes. On an error d is left as it is.
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
