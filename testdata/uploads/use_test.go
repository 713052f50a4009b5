package use

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"strings"
	"testing"
	"time"

	"example.com/golden/twilio"
	"example.com/golden/uploadsv1"
)

func file(name, text string) twilio.File {
	return twilio.File{Name: name, Content: strings.NewReader(text)}
}

// Every kind of property has its parts in a multipart form, in the order of the params.
func TestUploadsMultipart(t *testing.T) {
	f, client := newFake(t, `{"sid": "ME1"}`)
	media, err := uploadsv1.New(client).Media.Create(background(), &uploadsv1.CreateMediaParams{
		Author:   "Jane & Joe",
		Content:  file("a.txt", "the content"),
		Preview:  ptr(file("", "small")),
		Pages:    []twilio.File{{Name: "1.png", ContentType: "image/png", Content: strings.NewReader("one")}, file("2", "two")},
		Drawing:  ptr(file("d.svg", "<svg/>")),
		Tags:     []string{"x", "y"},
		Kind:     uploadsv1.MediaKindPicture,
		Length:   ptr(0),
		TakenAt:  ptr(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)),
		Place:    &uploadsv1.MediaPlace{City: ptr("Bonn")},
		Notes:    []uploadsv1.MediaNote{{Text: ptr("n1")}, {Text: ptr("n2")}},
		Extra:    map[string]any{"a": 1},
		Original: ptr(file("o", "orig")),
	})
	noError(t, err)
	equal(t, "the answer", media.SID, "ME1")
	want := `Author|||Jane & Joe
Content|a.txt|application/octet-stream|the content
Drawing|d.svg|image/svg+xml|<svg/>
Extra||application/json|{"a":1}
Kind|||picture
Length|||0
Notes||application/json|{"text":"n1"}
Notes||application/json|{"text":"n2"}
Original|o|application/octet-stream|orig
Pages|1.png|image/png|one
Pages|2|application/octet-stream|two
Place||application/json|{"city":"Bonn"}
Preview|Preview|image/png|small
Tags|||x
Tags|||y
TakenAt|||2026-01-02T03:04:05Z
`
	equal(t, "parts", parts(t, f.last()), want)
}

// parts are the parts of a form, a line each.
func parts(t *testing.T, r request) string {
	t.Helper()
	kind, params, err := mime.ParseMediaType(r.header.Get("Content-Type"))
	noError(t, err)
	equal(t, "type", kind, "multipart/form-data")
	var b strings.Builder
	form := multipart.NewReader(strings.NewReader(r.body), params["boundary"])
	for {
		p, err := form.NextPart()
		if err == io.EOF {
			return b.String()
		}
		noError(t, err)
		value, err := io.ReadAll(p)
		noError(t, err)
		fmt.Fprintf(&b, "%s|%s|%s|%s\n", p.FormName(), p.FileName(), p.Header.Get("Content-Type"), value)
	}
}

// What is not given is not sent, what is required is asked for, and an empty form is a form.
func TestUploadsOptional(t *testing.T) {
	f, client := newFake(t, `{"sid": "ME1"}`, "", `{"sid": "ME1"}`)
	api := uploadsv1.New(client)
	_, err := api.Media.Create(background(), &uploadsv1.CreateMediaParams{Author: "Jane", Content: file("a", "b")})
	noError(t, err)
	equal(t, "parts", parts(t, f.last()), "Author|||Jane\nContent|a|application/octet-stream|b\n")
	noError(t, api.Empties.Create(background()))
	equal(t, "parts of an empty form", parts(t, f.last()), "")
	sent := len(f.asked)
	var refused *twilio.ParamError
	_, err = api.Media.Create(background(), &uploadsv1.CreateMediaParams{Author: "Jane"})
	if !errors.As(err, &refused) || refused.Param != "Content" || len(f.asked) != sent {
		t.Errorf("without the required file: %v", err)
	}
	_, err = api.Media.Create(background(), &uploadsv1.CreateMediaParams{Author: "Jane", Content: file("a", "b"), Preview: &twilio.File{}})
	if !errors.As(err, &refused) || refused.Param != "Preview" || len(f.asked) != sent {
		t.Errorf("with a file without content: %v", err)
	}
}

// A body that is neither form nor JSON is sent as it is.
func TestUploadsRaw(t *testing.T) {
	f, client := newFake(t, "", "", "", "")
	api := uploadsv1.New(client)
	body := bytes.NewBufferString("a\x00b")
	noError(t, api.Media.Replace(background(), "ME1", &uploadsv1.ReplaceMediaParams{Body: twilio.File{Content: body}}))
	f.expect("PUT https://uploads.twilio.com/v1/Media/ME1", "a\x00b")
	equal(t, "type", f.last().header.Get("Content-Type"), "application/octet-stream")
	noError(t, api.Media.Replace(background(), "ME1", &uploadsv1.ReplaceMediaParams{Body: twilio.File{ContentType: "image/gif", Content: body}}))
	f.expect("PUT https://uploads.twilio.com/v1/Media/ME1", "a\x00b") // the caller's buffer is as it was
	equal(t, "type", f.last().header.Get("Content-Type"), "image/gif")
	noError(t, api.Media.Update(background(), "ME1", &uploadsv1.UpdateMediaParams{Reason: ptr("why"), Body: ptr(file("", "<a/>"))}))
	f.expect("PATCH https://uploads.twilio.com/v1/Media/ME1?Reason=why", "<a/>")
	equal(t, "type", f.last().header.Get("Content-Type"), "application/xml")
	noError(t, api.Media.Update(background(), "ME1", nil))
	f.expect("PATCH https://uploads.twilio.com/v1/Media/ME1", "")
	equal(t, "type without a body", f.last().header.Get("Content-Type"), "")
}

// Where JSON is one of several possibilities, it is chosen.
func TestUploadsChoice(t *testing.T) {
	f, client := newFake(t, "", "", "")
	api := uploadsv1.New(client)
	noError(t, api.Choices.Create(background(), &uploadsv1.CreateChoiceParams{A: ptr("x")}))
	f.expect("POST https://uploads.twilio.com/v1/Choices", `{"A":"x"}`)
	noError(t, api.Choices.Replace(background(), &uploadsv1.ReplaceChoiceParams{A: ptr("x")}))
	f.expect("PUT https://uploads.twilio.com/v1/Choices", `{"A":"x"}`)
	equal(t, "type", f.last().header.Get("Content-Type"), "application/json")
	noError(t, api.Choices.Update(background(), &uploadsv1.UpdateChoiceParams{Body: ptr(file("", "x"))}))
	f.expect("PATCH https://uploads.twilio.com/v1/Choices", "x")
}

// A parameter of the query whose content is JSON is sent as JSON.
func TestUploadsQuery(t *testing.T) {
	f, client := newFake(t, "")
	noError(t, uploadsv1.New(client).Search.Fetch(background(), &uploadsv1.FetchSearchParams{
		Filter: &uploadsv1.SearchFilter{Since: ptr(twilio.NewDate(2026, 1, 2))}, IDs: []string{"a", "b"},
	}))
	f.expect("GET https://uploads.twilio.com/v1/Searches?Filter=%7B%22since%22%3A%222026-01-02%22%7D&Ids=%5B%22a%22%2C%22b%22%5D", "")
}

// Files are no part of the JSON of params, and are not printed.
func TestUploadsPrinted(t *testing.T) {
	p := uploadsv1.CreateMediaParams{Author: "Jane", Content: file("jane.txt", "secret"), Original: ptr(file("jane.txt", "secret"))}
	text, err := json.Marshal(p)
	noError(t, err)
	equal(t, "JSON", string(text), `{"Author":"Jane"}`)
	if printed := fmt.Sprintf("%v %+v %#v", p, p, p.Content); strings.Contains(printed, "jane.txt") {
		t.Errorf("printed as %s", printed)
	}
}
