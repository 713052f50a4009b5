package openapi

import (
	"fmt"
	"strings"
	"testing"

	"github.com/twiliogen/twiliogen/generator/model"
)

// contentDocument has an operation whose body and answer have this content.
func contentDocument(t *testing.T, content string) *model.Operation {
	t.Helper()
	doc := fmt.Sprintf(`{"openapi":"3.0.1","info":{"title":"T","version":"1"},"servers":[{"url":"https://t.twilio.com"}],"paths":{
		"/v1/Things":{"post":{"operationId":"CreateThing","requestBody":{"content":{%[1]s}},"responses":{"200":{"description":"","content":{%[1]s}}}}}}}`, content)
	api := group(t, parse(t, doc), "twilio_t_v1.json", nil)
	if len(api.Resources) == 0 {
		return nil
	}
	return api.Resources[0].Operations[0]
}

// The type of a body, and where that leaves it open its schema, decide what becomes of it.
func TestContents(t *testing.T) {
	const object = `{"schema":{"type":"object","properties":{"a":{"type":"string"}}}}`
	const bytes = `{"schema":{"type":"string","format":"binary"}}`
	cases := []struct {
		content string
		body    *model.Body // nil: the operation is left out
		answer  string      // "JSON", or the types of a stream
	}{
		{`"application/json":` + object, &model.Body{ContentType: "application/json", Encoding: model.JSON}, "JSON"},
		{`"Application/JSON; charset=utf-8":` + object, &model.Body{ContentType: "Application/JSON; charset=utf-8", Encoding: model.JSON}, "JSON"},
		{`"application/vnd.t+json":` + object + `,"application/json":` + object, &model.Body{ContentType: "application/json", Encoding: model.JSON}, "JSON"},
		{`"application/vnd.t+json":` + object, &model.Body{ContentType: "application/vnd.t+json", Encoding: model.JSON}, "JSON"},
		{`"application/json":` + bytes, &model.Body{ContentType: "application/json", Encoding: model.Raw}, "application/json"},
		{`"application/x-ndjson":` + object, &model.Body{ContentType: "application/x-ndjson", Encoding: model.Raw}, "application/x-ndjson"},
		{`"application/*+json":` + object, &model.Body{ContentType: "application/json", Encoding: model.JSON}, "JSON"},
		{`"*/*":` + object, &model.Body{ContentType: "application/json", Encoding: model.JSON}, "JSON"},
		{`"*/*":` + bytes, &model.Body{Encoding: model.Raw}, "*/*"},
		{`"*/*":{}`, &model.Body{Encoding: model.Raw}, "*/*"},
		{`"image/*":` + object, &model.Body{Encoding: model.Raw}, "image/*"},
		{`"text/csv":{},"application/octet-stream":{}`, &model.Body{ContentType: "application/octet-stream", Encoding: model.Raw}, "application/octet-stream, text/csv"},
		{`"text/csv":{},"image/*":{}`, &model.Body{ContentType: "text/csv", Encoding: model.Raw}, "image/*, text/csv"},
		{`"not a type":{}`, &model.Body{ContentType: "not a type", Encoding: model.Raw}, "not a type"},
		{`"multipart/form-data; boundary=x":` + object, &model.Body{ContentType: "multipart/form-data", Encoding: model.Multipart}, "multipart/form-data; boundary=x"},
		{`"multipart/mixed":` + object, nil, ""},
		{`"multipart/form-data":` + bytes, nil, ""},
		{`"application/x-www-form-urlencoded":{"schema":{"type":"array","items":{"type":"string"}}}`, nil, ""},
		{`"multipart/form-data":{}`, &model.Body{ContentType: "multipart/form-data", Encoding: model.Multipart}, "multipart/form-data"},
		{`"multipart/mixed":{},"text/csv":{}`, &model.Body{ContentType: "text/csv", Encoding: model.Raw}, "multipart/mixed, text/csv"},
		{`"application/x-www-form-urlencoded":` + object + `,"multipart/form-data":` + object, &model.Body{ContentType: formType, Encoding: model.Form}, "application/x-www-form-urlencoded, multipart/form-data"},
	}
	for _, c := range cases {
		op := contentDocument(t, c.content)
		switch {
		case op == nil || c.body == nil:
			if (op == nil) != (c.body == nil) {
				t.Errorf("%s: left out: %v", c.content, op == nil)
			}
			continue
		case *op.Body != *c.body:
			t.Errorf("%s: body %+v, want %+v", c.content, *op.Body, *c.body)
		}
		got := "JSON"
		if _, isFile := op.Response.Type.(*model.File); isFile {
			got = op.Response.ContentType
		}
		if got != c.answer {
			t.Errorf("%s: answer %q, want %q", c.content, got, c.answer)
		}
	}
}

// A part of a form is a file where the document says that it is neither text nor JSON.
func TestMayBeText(t *testing.T) {
	for types, want := range map[string]bool{
		"":                                  true,
		"Text/Plain; charset=utf-8":         true,
		"application/json; charset=utf-8":   true,
		"application/xml, application/json": true,
		"application/scim+json":             true,
		"image/png, image/jpeg":             false,
		"text/csv":                          false,
		"*/*":                               false,
	} {
		if got := mayBeText(types); got != want {
			t.Errorf("%q: %v", types, got)
		}
	}
}

// An operation whose success is to say where something is gives what is there; one that sends people
// to a page does not.
func TestRedirectsAreStreams(t *testing.T) {
	for responses, isStream := range map[string]bool{
		`"307":{"description":""}`:                                                      true,
		`"302":{"description":""},"308":{"description":""}`:                             true,
		`"302":{"description":""}`:                                                      false,
		`"307":{"description":""},"204":{"description":""}`:                             false,
		`"307":{"description":""},"default":{"description":""}`:                         true,
		`"404":{"description":"","content":{"text/plain":{}}}`:                          false,
		`"204":{"description":"","content":{"text/plain":{}}}`:                          false,
		`"204":{"description":""},"200":{"description":"","content":{"text/plain":{}}}`: true,
	} {
		doc := strings.Replace(`{"openapi":"3.0.1","info":{"title":"T","version":"1"},"servers":[{"url":"https://t.twilio.com"}],"paths":{
			"/v1/Things":{"get":{"operationId":"FetchThing","responses":{RESPONSES}}}}}`, "RESPONSES", responses, 1)
		op := group(t, parse(t, doc), "twilio_t_v1.json", nil).Resources[0].Operations[0]
		if _, is := op.Response.Type.(*model.File); is != isStream {
			t.Errorf("%s: a stream: %v", responses, is)
		}
	}
}
