// Package sample makes values of a type for examples and for tests, as JSON
// decodes them: text, float64, bool. A value follows the field's format and
// name; it is plainly nobody's.
package sample

import (
	"strings"

	"github.com/twiliogen/twiliogen/generator/model"
)

// Text is a text as the field's format and name suggest.
func Text(f *model.Field, s *model.Scalar) any {
	name := strings.ToLower(strings.ReplaceAll(f.Name, "_", ""))
	switch {
	case len(s.SIDPrefixes) > 0:
		return SID(s.SIDPrefixes[0])
	case s.Format == "uri", strings.HasSuffix(name, "url"):
		return "https://example.com/hook"
	case s.Format == "phone-number", name == "to", name == "from", name == "identifier", strings.HasSuffix(name, "phonenumber"):
		return "+14155550100"
	case s.Format == "http-method":
		return "POST"
	case strings.HasSuffix(name, "body"):
		return "Hello"
	case strings.HasSuffix(name, "name"):
		return "example"
	}
	return "value"
}

// Number is a number.
func Number(*model.Field, *model.Scalar) any { return 1.0 }

// Bool is a boolean.
func Bool(*model.Field, *model.Scalar) any { return true }

// Time is a point in time.
func Time(*model.Field, *model.Scalar) any { return "2026-01-02T15:04:05Z" }

// Date is a day.
func Date(*model.Field, *model.Scalar) any { return "2026-01-02" }

// SID is a SID with a prefix.
func SID(prefix string) string { return prefix + strings.Repeat("0", 31) + "1" }
