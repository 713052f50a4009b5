package naming

import (
	"go/token"
	"testing"
)

func TestCamel(t *testing.T) {
	for name, want := range map[string]string{
		"sid":                    "SID",
		"ServiceSid":             "ServiceSID",
		"date_created":           "DateCreated",
		"Ttl":                    "TTL",
		"media_urls":             "MediaURLs",
		"MediaURLs":              "MediaURLs",
		"in-progress":            "InProgress",
		"DateCreated<":           "DateCreatedBefore",
		"DateCreated>":           "DateCreatedAfter",
		"URLPath":                "URLPath",
		"X-Twilio-Webhook":       "XTwilioWebhook",
		"proxy.v1.service":       "ProxyV1Service",
		"2fa":                    "X2fa",
		"":                       "X",
		"+1":                     "Plus1",
		"-1":                     "Minus1",
		"ÄrztE":                  "ÄrztE",
		"IN_PROGRESS":            "InProgress",
		"AddOns.whitepages_pro":  "AddOnsWhitepagesPro",
		"smsFallbackUrl":         "SMSFallbackURL",
		"OutgoingCallerIds":      "OutgoingCallerIDs",
		"A2pBrandRegistration":   "A2PBrandRegistration",
		"type":                   "Type",
		"OauthAppTwiml":          "OAuthAppTwiML",
		"日本":                     "X日本",
		"IpAccessControlListSid": "IPAccessControlListSID",
	} {
		if got := Camel(name); got != want {
			t.Errorf("Camel(%q) = %s, want %s", name, got, want)
		}
	}
}

// Any name at all gives an exported identifier, and an argument that may be
// declared.
func FuzzIdentifiers(f *testing.F) {
	for _, seed := range []string{"", "sid", "type", "url", "ctx", "+1", "9", "a b", "\xff", "日本", "<>", "_"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if got := Camel(name); !token.IsIdentifier(got) || !token.IsExported(got) {
			t.Errorf("Camel(%q) = %q is no exported identifier", name, got)
		}
		if got := argument(scope{}, name); !token.IsIdentifier(got) || predeclared[got] {
			t.Errorf("argument(%q) = %q is no identifier to use", name, got)
		}
		if got := constantWord(name); !token.IsIdentifier("X" + got) {
			t.Errorf("constantWord(%q) = %q cannot end an identifier", name, got)
		}
	})
}
