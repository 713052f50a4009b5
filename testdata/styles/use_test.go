package use

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"example.com/golden/stylesv1"
	"example.com/golden/twilio"
)

// A query carries a list or an object in the style that the document asks for.
func TestStyles(t *testing.T) {
	required := []string{"x"}
	tests := map[string]*stylesv1.FetchSampleParams{
		"Plain=a&Plain=b,c":             {Plain: []string{"a", "b,c"}},
		"Exploded=a&Exploded=b":         {Exploded: []string{"a", "b"}},
		"Commas=a,b":                    {Commas: []string{"a", "b"}},
		"Kinds=big,small":               {Kinds: []stylesv1.SampleKind{stylesv1.SampleKindBig, stylesv1.SampleKindSmall}},
		"Numbers=1,2":                   {Numbers: []int{1, 2}},
		"Days=2026-01-02,2026-01-03":    {Days: []twilio.Date{{Year: 2026, Month: time.January, Day: 2}, {Year: 2026, Month: time.January, Day: 3}}},
		"Spaces=a b":                    {Spaces: []string{"a", "b"}},
		"Pipes=a|b":                     {Pipes: []string{"a", "b"}},
		"Deep[city]=Oslo&Deep[floor]=3": {Deep: &stylesv1.SampleDeep{City: ptr("Oslo"), Floor: ptr(3)}},
		"Free[a]=1&Free[b]=2":           {Free: map[string]string{"b": "2", "a": "1"}},
		"":                              {},
	}
	for want, params := range tests {
		f, client := newFake(t)
		params.Required = required
		_, err := stylesv1.New(client).Sample.Fetch(background(), params)
		noError(t, err)
		_, query, _ := strings.Cut(f.last().line, "?")
		got, err := url.QueryUnescape(strings.Trim(strings.Replace(query, "Required=x", "", 1), "&"))
		noError(t, err)
		equal(t, "the query", got, want)
	}
}

// A required list that is empty is refused in any style.
func TestStylesRequired(t *testing.T) {
	f, client := newFake(t)
	_, err := stylesv1.New(client).Sample.Fetch(background(), nil)
	equal(t, "the parameter that is missed", missing(t, err), "Required")
	f.nothing()
}
