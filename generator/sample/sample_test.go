package sample

import (
	"regexp"
	"testing"
	"time"

	"github.com/twiliogen/twiliogen/generator/model"
)

// A text is what the field's format and name make a reader expect.
func TestText(t *testing.T) {
	for _, c := range []struct {
		name   string
		scalar model.Scalar
		want   string
	}{
		{"ServiceSid", model.Scalar{SIDPrefixes: []string{"KS"}}, `^KS[0-9a-f]{32}$`},
		{"StatusCallback", model.Scalar{Format: "uri"}, `^https://example\.com/`},
		{"sms_url", model.Scalar{}, `^https://example\.com/`},
		{"To", model.Scalar{Format: "phone-number"}, `^\+1415555\d{4}$`},
		{"phone_number", model.Scalar{}, `^\+1415555\d{4}$`},
		{"Method", model.Scalar{Format: "http-method"}, `^POST$`},
		{"Body", model.Scalar{}, `^Hello$`},
		{"FriendlyName", model.Scalar{}, `^example$`},
		{"Other", model.Scalar{}, `^value$`},
	} {
		got := Text(&model.Field{Name: c.name}, &c.scalar).(string)
		if !regexp.MustCompile(c.want).MatchString(got) {
			t.Errorf("%s: %q does not match %s", c.name, got, c.want)
		}
	}
}

// Times and dates are written as the API writes them.
func TestTimes(t *testing.T) {
	if _, err := time.Parse(time.RFC3339, Time(nil, nil).(string)); err != nil {
		t.Error(err)
	}
	if _, err := time.Parse(time.DateOnly, Date(nil, nil).(string)); err != nil {
		t.Error(err)
	}
}
