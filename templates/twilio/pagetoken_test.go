package twilio_test

import (
	"context"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
	"github.com/twiliogen/twiliogen/templates/twilio"
)

// A list can be resumed at each of its pages, however it leads from one to the next, by another
// client.
func TestPageToken(t *testing.T) {
	for name, tt := range map[string]struct {
		by      wire.PageBy
		answers []string
		asked   []string // the queries
	}{
		"link": {wire.ByLink, []string{
			`{"things":[{"sid":"a"}],"meta":{"next_page_url":"` + server + `/v1/Things?To=%2B1&PageToken=PT.1%2c2"}}`,
			`{"things":[{"sid":"b"}],"meta":{"next_page_url":"` + server + `/v1/Things?To=%2B1&PageToken=PT+2"}}`,
			`{"things":[{"sid":"c"}],"meta":{"next_page_url":null}}`,
		}, []string{"To=%2B1", "To=%2B1&PageToken=PT.1%2c2", "To=%2B1&PageToken=PT+2"}},
		"path": {wire.ByLink, []string{
			`{"things":[{"sid":"a"}],"next_page_uri":"/v1/Things?Page=1"}`,
			`{"things":[{"sid":"b"}],"next_page_uri":"/v1/Things?Page=2"}`,
			`{"things":[{"sid":"c"}],"next_page_uri":""}`,
		}, []string{"To=%2B1", "Page=1", "Page=2"}},
		"token": {wire.ByLink, []string{
			`{"things":[{"sid":"a"}],"meta":{"nextToken":"t=1"}}`,
			`{"things":[{"sid":"b"}],"meta":{"nextToken":"t 2"}}`,
			`{"things":[{"sid":"c"}],"meta":{}}`,
		}, []string{"To=%2B1", "To=%2B1&P=t%3D1", "To=%2B1&P=t+2"}},
		"number": {wire.ByNumber, []string{
			`{"things":[{"sid":"a"}],"current_page":0,"has_next":true}`,
			`{"things":[{"sid":"b"}],"current_page":1,"has_next":true}`,
			`{"things":[{"sid":"c"}],"current_page":2,"has_next":false}`,
		}, []string{"To=%2B1", "To=%2B1&P=1", "To=%2B1&P=2"}},
		"index": {wire.ByIndex, []string{
			`{"things":[{"sid":"a"}],"totalResults":3}`,
			`{"things":[{"sid":"b"}],"totalResults":3}`,
			`{"things":[{"sid":"c"}],"totalResults":3}`,
		}, []string{"To=%2B1", "To=%2B1&P=2", "To=%2B1&P=3"}},
	} {
		t.Run(name, func(t *testing.T) {
			request := func() *wire.Request {
				r := listRequest()
				r.PageBy, r.PageParam = tt.by, "P"
				r.Query().Add("To", "+1")
				return r
			}
			var asked []string
			answer := func(r *http.Request) (*http.Response, error) {
				asked = append(asked, r.URL.RawQuery)
				return reply(200, tt.answers[slices.Index(tt.asked, r.URL.RawQuery)]), nil
			}
			var tokens []string
			page, err := firstPage(context.Background(), stubClient(t, answer), request(), nil)
			for ; err == nil; page, err = page.Next(context.Background()) {
				if n := len(tokens); n > 0 && tokens[n-1] != page.Token() {
					t.Errorf("the token of page %d is %q, and was %q", n, page.Token(), tokens[n-1])
				}
				if len(tokens) == 0 {
					tokens = append(tokens, page.Token())
				}
				tokens = append(tokens, page.NextToken())
				if page.HasNext() != (page.NextToken() != "") {
					t.Errorf("HasNext is %t, the token %q", page.HasNext(), page.NextToken())
				}
			}
			if err != io.EOF || len(tokens) != 4 || tokens[3] != "" || !slices.Equal(asked, tt.asked) {
				t.Fatalf("%v, tokens %q, asked %q", err, tokens, asked)
			}
			for i, token := range tokens[:3] {
				if url.QueryEscape(token) != token {
					t.Errorf("%q is not safe in a URL", token)
				}
				asked = nil
				r := request()
				r.Query().Add("Other", "filter")
				sids, errs := collect(list(context.Background(), stubClient(t, answer), r, []twilio.RequestOption{twilio.WithPageToken(token)}))
				if strings.Join(sids, "") != "abc"[i:] || len(errs) > 0 || !slices.Equal(asked, tt.asked[i:]) {
					t.Errorf("from page %d: %q, %v, asked %q", i, sids, errs, asked)
				}
			}
		})
	}
}

func TestEmptyPageToken(t *testing.T) {
	sids, errs := collect(list(context.Background(), stubClient(t, threePages.answer), listRequest(), []twilio.RequestOption{twilio.WithPageToken("")}))
	if strings.Join(sids, "") != "abcde" || len(errs) > 0 {
		t.Errorf("%q, %v", sids, errs)
	}
}

// accountRequest lists what belongs to an account and a service.
func accountRequest(service string) *wire.Request {
	r := wire.NewRequest("api: Things.List", "GET", server, "/2010-04-01/Accounts/{AccountSid}/Services/{ServiceSid}/Things.json")
	r.PageKey = "things"
	r.PathAccount("AccountSid")
	r.PathArg("ServiceSid", service)
	return r
}

// A token that comes back leads to its own list or nowhere.
func TestForeignPageToken(t *testing.T) {
	requests := 0
	var last *url.URL
	client := stubClient(t, func(r *http.Request) (*http.Response, error) {
		requests++
		last = r.URL
		return reply(200, `{"things":[{"sid":"a"}],"next_page_uri":"/elsewhere?Page=1"}`), nil
	})
	page, err := firstPage(context.Background(), client, accountRequest(service), nil)
	if err != nil {
		t.Fatal(err)
	}
	token := page.NextToken()
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil {
		t.Fatal(err)
	}
	forged := func(query string) string {
		return base64.RawURLEncoding.EncodeToString(append(slices.Clone(raw[:8]), query...))
	}

	for name, tt := range map[string]struct {
		request *wire.Request
		token   string
		opts    []twilio.RequestOption
	}{
		"another list":     {listRequest(), token, nil},
		"another service":  {accountRequest("KSffffffffffffffffffffffffffffffff"), token, nil},
		"another account":  {accountRequest(service), token, []twilio.RequestOption{twilio.WithAccountSID(subaccount)}},
		"another method":   {createRequest(), token, nil},
		"one thing":        {fetchRequest("T1"), token, nil},
		"cut":              {accountRequest(service), token[:4], nil},
		"not base64":       {accountRequest(service), "https://evil.example/", nil},
		"a URL":            {accountRequest(service), base64.RawURLEncoding.EncodeToString([]byte("https://evil.example/")), nil},
		"a line break":     {accountRequest(service), forged("a\r\nHost: evil.example"), nil},
		"a space":          {accountRequest(service), forged("a HTTP/1.1"), nil},
		"a fragment":       {accountRequest(service), forged("a#b"), nil},
		"not ASCII":        {accountRequest(service), forged("\u00e9"), nil},
		"not even Unicode": {accountRequest(service), forged("\xff"), nil},
	} {
		requests = 0
		_, err := firstPage(context.Background(), client, tt.request, append(tt.opts, twilio.WithPageToken(tt.token)))
		var refused *twilio.ParamError
		if !errors.As(err, &refused) || requests != 0 {
			t.Errorf("%s: %v after %d requests", name, err, requests)
		}
	}
	// Whatever else is forged stays in the query.
	for _, query := range []string{"", "?", "/../../Accounts", "//evil.example", "@evil.example", "https://evil.example/?a", "%0d%0aHost:%20evil.example", "&&=", "%zz"} {
		_, err := firstPage(context.Background(), client, accountRequest(service), []twilio.RequestOption{twilio.WithPageToken(forged(query))})
		if err != nil || last.Scheme+"://"+last.Host != server || last.Path != "/2010-04-01/Accounts/"+account+"/Services/"+service+"/Things.json" || last.RawQuery != query {
			t.Errorf("%q: %v, %s", query, err, last)
		}
	}
}

// Code that takes pages can be tested with pages that come from nowhere.
func TestNewPage(t *testing.T) {
	failure := errors.New("no second page")
	fail := false
	page := twilio.NewPage([]string{"a"}, func(context.Context) (*twilio.Page[string], error) {
		if fail {
			return nil, failure
		}
		return twilio.NewPage([]string{"b"}, nil), nil
	})
	var got []string
	var err error
	for p := page; err == nil; p, err = p.Next(context.Background()) {
		got = append(got, p.Items...)
		if p.HasNext() != (p == page) || p.Token() != "" || p.NextToken() != "" {
			t.Errorf("HasNext is %t, the tokens %q and %q", p.HasNext(), p.Token(), p.NextToken())
		}
	}
	if err != io.EOF || strings.Join(got, "") != "ab" {
		t.Errorf("%q, %v", got, err)
	}
	fail = true
	if _, err := page.Next(context.Background()); err != failure {
		t.Error(err)
	}
}
