package twilio

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestPrintable(t *testing.T) {
	const sid = "KS0123456789abcdef0123456789012345"
	tests := map[string]string{
		"plain text":                     "plain text",
		"":                               "",
		"a\r\nb\tc\x00d":                 "a  b c d",
		"naïve 世界 😀":                     "naïve 世界 😀",
		"right\u202eleft":                "right left",
		"\xff\xfe":                       "��",
		"+14155551234":                   "[redacted]",
		"to +1 (415) 555-1234 now":       "to [redacted] now",
		"415-555-1234":                   "[redacted]",
		"(415) 555-1234.":                "[redacted].",
		"415.555.1234,5":                 "[redacted],5",
		"4155551234":                     "[redacted]",
		"555123":                         "555123",
		"+44 20 7946 0958":               "[redacted]",
		"+1\u00a0555\u202f123\u00a04567": "[redacted]",
		"tel:+14155551234;x":             "tel:[redacted];x",
		"whatsapp:+14155551234":          "whatsapp:[redacted]",
		"user14155551234":                "user[redacted]",
		"/v1/" + sid + "/x":              "/v1/" + sid + "/x",
		"/Lookups/+14155551234/x":        "/Lookups/[redacted]/x",
		"2024-02-29":                     "2024-02-29",
		"2024-02-29T10:20:30Z":           "2024-02-29T10:20:30Z",
		"/2010-04-01/Accounts":           "/2010-04-01/Accounts",
		"codes 20404 30001":              "codes 20404 30001",
		"127.0.0.1:45678":                "127.0.0.1:45678",
		"between 1 and 1000":             "between 1 and 1000",
		"ann@example.com":                "[redacted]",
		"to <ann.b+c@example.com>!":      "to <[redacted]>!",
		"größe@example.com":              "[redacted]",
		"a@b, c@d":                       "[redacted], [redacted]",
		"@name and a@":                   "@name and a@",
		"sip:ann@example.com:5060":       "sip:[redacted]:5060",
		"世ann@example.com世":              "[redacted]",
		"“ann@example.com”":              "“[redacted]”",

		`Get "https://api.twilio.com/v1/x?To=%2B1415": EOF`: `Get "https://api.twilio.com/[redacted]": EOF`,
		"https://api.twilio.com":                            "https://api.twilio.com",
		"https://api.twilio.com/: gone":                     "https://api.twilio.com/: gone",
		"https://user:pass@host:8080/a":                     "https://host:8080/[redacted]",
		`proxy "http://user:hunter2,x@host:80": refused`:    `proxy "http://[redacted],[redacted]:80": refused`,
		"http://user:hunter2/x@host":                        "http://[redacted]",
		"http://[::1]:8080/x":                               "http://[::1]:8080/[redacted]",
		"http://[::1]: refused":                             "http://[::1]: refused",
		"(see https://host/a/b?c=d).":                       "(see https://host/[redacted]).",
		"/v1/x?client_secret=hunter2&a=b: refused":          "/v1/x?[redacted]: refused",
		"grant_type=x&client_secret=hunter2":                "grant_type=[redacted]",
		"s3://bucket?X-Amz-Signature=abc":                   "s3://bucket/[redacted]",
		`https://host\abc`:                                  "https://host/[redacted]",
		"why? because":                                      "why? because",
		"a ? b : c":                                         "a ? b : c",
		"read tcp 127.0.0.1:1->127.0.0.1:2: broken pipe":    "read tcp 127.0.0.1:1->127.0.0.1:2: broken pipe",
	}
	for s, want := range tests {
		if got := printable(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func TestPrintableIsBounded(t *testing.T) {
	for _, unit := range []string{"x", "é", "世", "😀", "1 ", "@", "+1", "a@b "} {
		got := printable(strings.Repeat(unit, 100_000))
		if len(got) > maxPrinted+len("...") || !utf8.ValidString(got) {
			t.Errorf("%q: %d bytes", unit, len(got))
		}
	}
	if got := printable(strings.Repeat("x", maxPrinted-5) + " 4155551234"); strings.Contains(got, "41") {
		t.Errorf("half a number is left: %q", got[maxPrinted-10:])
	}
}
