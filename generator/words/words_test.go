package words

import (
	"slices"
	"strings"
	"testing"
)

func TestSplit(t *testing.T) {
	for name, want := range map[string]string{
		"FetchPhoneNumber": "Fetch Phone Number", "URLPath": "URL Path", "MediaURLs": "Media URLs", "list_users": "list users",
		"CreateV3TypingIndicator": "Create V3 Typing Indicator", "": "", "-1": "minus 1",
	} {
		if got := strings.Join(Split(name), " "); got != want {
			t.Errorf("Split(%q) = %q, want %q", name, got, want)
		}
	}
}

// The singular of a plural is the word itself, and a singular has none.
func TestNumber(t *testing.T) {
	for one, many := range map[string]string{
		"Session": "Sessions", "Address": "Addresses", "Country": "Countries", "Key": "Keys", "Settings": "Settings",
		"Media": "Media", "Status": "Statuses", "Branch": "Branches", "Inbox": "Inboxes", "Case": "Cases", "Alias": "Aliases",
		"Knowledge": "Knowledge", "Prefix": "Prefixes", "SMS": "SMS", "ID": "IDs", "Analysis": "Analyses", "Cookie": "Cookies", "API": "APIs",
		"Use": "Uses", "Statistics": "Statistics", "ConversationWithParticipants": "ConversationsWithParticipants",
	} {
		if got := Join(Plural(Split(one))); got != many {
			t.Errorf("the plural of %s is %s, want %s", one, got, many)
		}
		if one == "Analysis" {
			continue // "analyses" might be of "analyse"
		}
		for _, w := range []string{one, many} {
			if got := Join(Singular(Split(w))); got != one {
				t.Errorf("the singular of %s is %s, want %s", w, got, one)
			}
		}
	}
}

// Split takes nothing away from an identifier, and never panics.
func FuzzSplit(f *testing.F) {
	for _, seed := range []string{"", "OAuthAppAccounts", "URLs", "A2pBrand", "\xff", "日本S", "sS"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		ws := Split(name)
		for _, w := range slices.Concat(ws, Singular(ws), Plural(ws)) {
			if w == "" {
				t.Errorf("%q has an empty word", name)
			}
		}
	})
}
