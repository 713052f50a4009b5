package english

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/twiliogen/twiliogen/generator/words"
)

func TestFirstLetters(t *testing.T) {
	for _, c := range []struct{ s, upper, lower string }{
		{"", "", ""},
		{"session", "Session", "session"},
		{"Session of a Service", "Session of a Service", "session of a Service"},
		{"élire", "Élire", "élire"},
		{"SID of it", "SID of it", "SID of it"},
		{"A2P brand", "A2P brand", "A2P brand"},
		{"TwiML", "TwiML", "TwiML"},
		{"A Session", "A Session", "a Session"},
		{"3 of them", "3 of them", "3 of them"},
	} {
		if got := words.UpperFirst(c.s); got != c.upper {
			t.Errorf("UpperFirst(%q) = %q", c.s, got)
		}
		if got := LowerFirst(c.s); got != c.lower {
			t.Errorf("LowerFirst(%q) = %q", c.s, got)
		}
	}
}

func TestEnumerate(t *testing.T) {
	for want, names := range map[string][]string{
		"": nil, "A": {"A"}, "A and B": {"A", "B"}, "A, B and C": {"A", "B", "C"},
	} {
		if got := Enumerate(names); got != want {
			t.Errorf("Enumerate(%q) = %q", names, got)
		}
		if got := Either(names); got != strings.ReplaceAll(want, "and", "or") {
			t.Errorf("Either(%q) = %q", names, got)
		}
	}
}

// What is one and what is many. The singular of a singular is itself, and so is
// the plural of a plural.
func TestNumber(t *testing.T) {
	for singular, plural := range map[string]string{
		"Session": "Sessions", "Address": "Addresses", "Country": "Countries", "Key": "Keys", "Settings": "Settings",
		"Media": "Media", "Data": "Data", "Status": "Statuses", "Branch": "Branches", "Inbox": "Inboxes", "Prefix": "Prefixes",
		"Policy": "Policies", "Business": "Businesses", "Process": "Processes", "Addon": "Addons", "Chunk": "Chunks", "AddOn": "AddOns",
		"Sms": "Sms", "OptOutSMS": "OptOutSMS", "Mechanism": "Mechanisms", "Usage": "Usages", "Use": "Uses", "UserUse": "UserUses",
		"Usecase": "Usecases", "Cache": "Caches", "Cookie": "Cookies", "Pause": "Pauses", "Response": "Responses", "License": "Licenses",
		"SID": "SIDs", "ID": "IDs", "API": "APIs", "Series": "Series", "TaskQueueStatistics": "TaskQueueStatistics", "Bus": "Buses",
		"Reply": "Replies", "Survey": "Surveys", "Tie": "Ties", "Match": "Matches", "Hash": "Hashes", "": "",
	} {
		if singular == "" {
			continue // has no plural
		}
		if got := Singular(plural); got != singular {
			t.Errorf("Singular(%q) = %q, want %q", plural, got, singular)
		}
		if got := Singular(singular); got != singular {
			t.Errorf("Singular(%q) = %q", singular, got)
		}
		if got := Plural(singular); got != plural {
			t.Errorf("Plural(%q) = %q, want %q", singular, got, plural)
		}
	}
	for _, noun := range []string{"", "s", "S", "Analysis", "Statistics", "es", "ies"} {
		Singular(noun)
		Plural(noun)
	}
}

var operationID = regexp.MustCompile(`"operationId":\s*"([A-Za-z][a-z]*)(\w+)"`)

// Of all nouns in Twilio's operation ids, the singular is the same whether the
// noun is made a plural before or not.
func TestNumberOfTwiliosNouns(t *testing.T) {
	files, err := filepath.Glob("../../../shared/specs/*.json")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skip("Twilio's documents are not beside the checkout (../shared/specs)")
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range operationID.FindAllSubmatch(data, -1) {
			noun := string(m[2])
			one := Singular(noun)
			if got := Singular(Plural(noun)); got != one {
				t.Errorf("%s: Singular(%q) is %q, but Singular(%q) is %q", filepath.Base(file), noun, one, Plural(noun), got)
			}
			if Singular(one) != one {
				t.Errorf("%s: Singular(%q) is %q", filepath.Base(file), one, Singular(one))
			}
		}
	}
}

func TestArticle(t *testing.T) {
	an := `SMS SMSMessage MMS API APIs HTTP HTTPMethod https hour honest heir Account A2P E.164 e-mail X X-axis 8 8-digit 11 18 800
		11000 MSISDN FCM RCS MFA HTML LRN IP ISO OTP Address IncomingNumber unknown unidentified uninstalled AI S3 XMLHttpRequest
		ID M2M Error, onboarding utterance usher`
	a := `URL url Url URI UUID User user Unit unique UniqueName universal European one one-time once US UTC Use Usage utility Session TTL
		PIN SIM SIMs SIP SipTrunk SIPTrunk SAML SCIM MESSAGE REQUIRED JSON 1 10 110 180 3DS U 'user' (URL) Hook hotel TwiML B2B 1,100`
	for want, list := range map[string]string{"an": an, "a": a} {
		for _, word := range strings.Fields(list) {
			if got := Article(word + " of it"); got != want {
				t.Errorf("%s %s", got, word)
			}
		}
	}
	for _, text := range []string{"", "?", "日本", "Élire"} {
		Article(text)
	}
}

func TestVerbs(t *testing.T) {
	for verb, want := range map[string]string{
		"fetch": "fetches", "list": "lists", "modify": "modifies", "play": "plays", "search": "searches", "access": "accesses",
		"fix": "fixes", "do": "does", "be": "is", "have": "has", "wish": "wishes",
	} {
		if got := ThirdPerson(verb); got != want {
			t.Errorf("ThirdPerson(%q) = %q", verb, got)
		}
	}
	if !IsVerb("fetch") || IsVerb("fetches") || IsVerb("session") {
		t.Error("IsVerb is wrong")
	}
	if !IsThirdPerson("fetches") || !IsThirdPerson("modifies") || IsThirdPerson("fetch") || IsThirdPerson("sessions") {
		t.Error("IsThirdPerson is wrong")
	}
}
