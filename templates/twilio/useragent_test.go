package twilio

import (
	"regexp"
	"runtime"
	"testing"
)

func TestUserAgent(t *testing.T) {
	want := regexp.MustCompile(`^twiliogen-go/` + regexp.QuoteMeta(Version) + ` \(` + runtime.GOOS + ` ` + runtime.GOARCH + `\) go/[0-9][^ ]*$`)
	if got := userAgent(); !want.MatchString(got) || !isHeaderValue(got) {
		t.Errorf("%q is not %s", got, want)
	}
	if got := newSettings().userAgent; got != userAgent() {
		t.Errorf("a client sends %q", got)
	}
}

func TestGoVersion(t *testing.T) {
	for s, want := range map[string]string{
		"go1.23":              "1.23",
		"go1.26.1 X:nodwarf5": "1.26.1",
		"devel go1.27-3901409b5d Mon Jan 5 10:00:00 2026 +0000": "1.27-3901409b5d",
		"weekly": "unknown",
	} {
		if got := goVersion(s); got != want {
			t.Errorf("%q: %s, want %s", s, got, want)
		}
	}
}
