package client_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"github.com/twiliogen/twiliogen/testdata/proof/floor"
)

// fake is a transport that gives every request the same answer, without a
// network. It reads the request's body, as a server would.
type fake struct {
	answer []byte
	header http.Header
	seen   func(r *http.Request, body []byte) // nil: nobody wants to know
}

func newFake(answer []byte) *fake {
	return &fake{answer: answer, header: http.Header{"Content-Type": {"application/json"}}}
}

func (f *fake) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := f.read(r); err != nil {
		return nil, err
	}
	return &http.Response{
		Status:        "200 OK",
		StatusCode:    http.StatusOK,
		Proto:         "HTTP/1.1",
		ProtoMajor:    1,
		ProtoMinor:    1,
		Header:        f.header,
		Body:          io.NopCloser(bytes.NewReader(f.answer)),
		ContentLength: int64(len(f.answer)),
		Request:       r,
	}, nil
}

func (f *fake) read(r *http.Request) error {
	if r.Body == nil {
		if f.seen != nil {
			f.seen(r, nil)
		}
		return nil
	}
	defer r.Body.Close()
	if f.seen == nil {
		_, err := io.Copy(io.Discard, r.Body)
		return err
	}
	body, err := io.ReadAll(r.Body)
	f.seen(r, body)
	return err
}

const sessionsURL = floor.Server + "/v1/Services/" + serviceSID + "/Sessions"

// sessionJSON is a Session as the API answers it, with every field set. Each number gives a different
// one.
func sessionJSON(i int) json.RawMessage {
	sid := fmt.Sprintf("KC%032x", i)
	target := sessionsURL + "/" + sid
	return fmt.Appendf(nil, `{"sid":%q,"service_sid":%q,"account_sid":%q,`+
		`"date_started":"2015-07-30T20:00:00Z","date_ended":"2015-07-30T20:10:00Z","date_last_interaction":"2015-07-30T20:09:00Z",`+
		`"date_expiry":"2015-07-30T21:00:00Z","unique_name":"order-%d","status":"closed","closed_reason":"api",`+
		`"ttl":3600,"mode":"voice-and-message","date_created":"2015-07-30T20:00:00Z","date_updated":"2015-07-30T20:00:00Z",`+
		`"url":%q,"links":{"interactions":%q,"participants":%q}}`,
		sid, serviceSID, accountSID, i, target, target+"/Interactions", target+"/Participants")
}

// pageJSON is a page of n Sessions, and the last one, as the API answers it.
func pageJSON(n int) []byte {
	var page bytes.Buffer
	fmt.Fprintf(&page, `{"meta":{"page":0,"page_size":%d,"first_page_url":"%[2]s?PageSize=%[1]d&Page=0","previous_page_url":null,`+
		`"url":"%[2]s?PageSize=%[1]d&Page=0","next_page_url":null,"key":"sessions"},"sessions":[`,
		n, sessionsURL)
	for i := range n {
		if i > 0 {
			page.WriteByte(',')
		}
		page.Write(sessionJSON(i))
	}
	page.WriteString("]}")
	return page.Bytes()
}
