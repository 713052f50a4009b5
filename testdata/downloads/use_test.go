package use

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"example.com/golden/downloadsv1"
	"example.com/golden/twilio"
)

const tape = "RE00000000000000000000000000000001"

// content reads a stream to its end.
func content(t *testing.T, s *twilio.Stream, err error) string {
	t.Helper()
	noError(t, err)
	defer s.Close()
	text, err := io.ReadAll(s)
	noError(t, err)
	return string(text)
}

// What is no JSON is a stream, which is asked for by its types.
func TestDownloadsStream(t *testing.T) {
	f, client := newFake(t, "sound", "a,b\n", "pdf", "bytes")
	api := downloadsv1.New(client)
	s, err := api.Audio.Fetch(background(), tape, &downloadsv1.FetchAudioParams{RequestedChannels: ptr(2)})
	equal(t, "the sound", content(t, s, err), "sound")
	f.expect("GET https://downloads.twilio.com/v1/Recordings/"+tape+"/Audio?RequestedChannels=2", "")
	equal(t, "Accept", f.last().header.Get("Accept"), "audio/mpeg, audio/wav")
	s, err = api.Reports.List(background())
	equal(t, "the list", content(t, s, err), "a,b\n")
	s, err = api.Reports.Create(background(), &downloadsv1.CreateReportParams{Kind: downloadsv1.ReportKindCalls})
	equal(t, "the answer to a POST", content(t, s, err), "pdf")
	f.expect("POST https://downloads.twilio.com/v1/Reports", "Kind=calls")
	s, err = api.Anything.Replace(background())
	equal(t, "bytes called JSON", content(t, s, err), "bytes")
}

// What can be JSON is JSON, and what has no body has no stream.
func TestDownloadsOthers(t *testing.T) {
	_, client := newFake(t, `{"day": "2026-01-02"}`, `{"sid": "`+tape+`"}`, "", "")
	api := downloadsv1.New(client)
	report, err := api.Reports.Fetch(background(), "2026-01-02")
	noError(t, err)
	equal(t, "the day", report.Day.String(), "2026-01-02")
	anything, err := api.Anything.Fetch(background())
	noError(t, err)
	equal(t, "an object of any type", anything.SID, tape)
	noError(t, api.Recordings.Delete(background(), tape))
	noError(t, api.Recordings.Check(background(), tape))
}

// An operation that only says where something is gives what is there, and the credentials stay with
// Twilio.
func TestDownloadsRedirect(t *testing.T) {
	var hosts []string
	transport := roundTrip(func(r *http.Request) (*http.Response, error) {
		hosts = append(hosts, r.URL.Host)
		resp := &http.Response{StatusCode: http.StatusTemporaryRedirect, Header: http.Header{}, Request: r, Body: http.NoBody}
		resp.Header.Set("Location", "https://files.example.com/day?signature=secret")
		if r.URL.Host != "downloads.twilio.com" {
			equal(t, "credentials", r.Header.Get("Authorization"), "")
			resp.StatusCode, resp.Body = http.StatusOK, io.NopCloser(strings.NewReader("a day"))
		}
		return resp, nil
	})
	client, err := twilio.NewClient(
		twilio.WithCredentials(twilio.AuthToken(account, "token")), twilio.WithHTTPClient(&http.Client{Transport: transport}))
	noError(t, err)
	s, err := downloadsv1.New(client).Exports.Fetch(background(), "2026-01-02")
	equal(t, "the file", content(t, s, err), "a day")
	equal(t, "hosts", strings.Join(hosts, " "), "downloads.twilio.com files.example.com")
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// An answer that is no success is an error, and no stream.
func TestDownloadsError(t *testing.T) {
	transport := roundTrip(func(r *http.Request) (*http.Response, error) {
		body := io.NopCloser(strings.NewReader(`{"code": 20404, "message": "gone"}`))
		return &http.Response{StatusCode: http.StatusNotFound, Header: http.Header{}, Request: r, Body: body}, nil
	})
	client, err := twilio.NewClient(
		twilio.WithCredentials(twilio.AuthToken(account, "token")), twilio.WithHTTPClient(&http.Client{Transport: transport}))
	noError(t, err)
	s, err := downloadsv1.New(client).Audio.Fetch(background(), tape, nil)
	var apiErr *twilio.Error
	if s != nil || !errors.As(err, &apiErr) || apiErr.Code != 20404 {
		t.Errorf("stream %v, error %v", s, err)
	}
}
