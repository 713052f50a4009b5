package wire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"
	"time"
)

// session has the fields and the decoder that the generator makes for a resource of usual size.
type session struct {
	SID                 string            `json:"sid"`
	ServiceSID          string            `json:"service_sid"`
	AccountSID          string            `json:"account_sid"`
	DateStarted         time.Time         `json:"date_started"`
	DateEnded           time.Time         `json:"date_ended"`
	DateLastInteraction time.Time         `json:"date_last_interaction"`
	DateExpiry          time.Time         `json:"date_expiry"`
	UniqueName          string            `json:"unique_name"`
	Status              string            `json:"status"`
	ClosedReason        string            `json:"closed_reason"`
	TTL                 *int              `json:"ttl"`
	Mode                string            `json:"mode"`
	DateCreated         time.Time         `json:"date_created"`
	DateUpdated         time.Time         `json:"date_updated"`
	URL                 string            `json:"url"`
	Links               map[string]string `json:"links"`
	Extra               json.RawMessage   `json:"extra"`
}

func newSession(d *Decoder) *session {
	v := new(session)
	for ok := d.Object(); ok && d.Next(); {
		switch string(d.Key()) {
		case "sid":
			v.SID = d.String()
		case "service_sid":
			v.ServiceSID = d.String()
		case "account_sid":
			v.AccountSID = d.String()
		case "date_started":
			v.DateStarted = d.Time()
		case "date_ended":
			v.DateEnded = d.Time()
		case "date_last_interaction":
			v.DateLastInteraction = d.Time()
		case "date_expiry":
			v.DateExpiry = d.Time()
		case "unique_name":
			v.UniqueName = d.String()
		case "status":
			v.Status = d.String()
		case "closed_reason":
			v.ClosedReason = d.String()
		case "ttl":
			v.TTL = d.IntPtr()
		case "mode":
			v.Mode = d.String()
		case "date_created":
			v.DateCreated = d.Time()
		case "date_updated":
			v.DateUpdated = d.Time()
		case "url":
			v.URL = d.String()
		case "links":
			v.Links = Map(d, (*Decoder).String)
		case "extra":
			v.Extra = d.Raw()
		default:
			d.Skip()
		}
	}
	return v
}

const sessionJSON = `{
  "service_sid": "KSaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
  "status": "in-progress",
  "unique_name": "Order #1234",
  "date_started": "2015-07-30T20:00:00Z",
  "date_ended": "2015-07-30T20:10:00Z",
  "date_last_interaction": "2015-07-30T20:09:00Z",
  "date_expiry": "2015-07-30T21:00:00Z",
  "ttl": 3600,
  "mode": "voice-and-message",
  "closed_reason": "",
  "sid": "KCaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
  "date_updated": "2015-07-30T20:00:00Z",
  "date_created": "2015-07-30T20:00:00Z",
  "account_sid": "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
  "url": "https://proxy.example.com/v1/Services/KSaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/Sessions/KCaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
  "links": {
    "interactions": "https://proxy.example.com/v1/Services/KSaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/Sessions/KCaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/Interactions",
    "participants": "https://proxy.example.com/v1/Services/KSaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/Sessions/KCaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/Participants"
  }
}`

// sessionPage returns a page with n records.
func sessionPage(n int) []byte {
	var page bytes.Buffer
	page.WriteString(`{"sessions":[`)
	for i := range n {
		if i > 0 {
			page.WriteByte(',')
		}
		page.WriteString(sessionJSON)
	}
	fmt.Fprintf(&page, `],"meta":{"page":0,"page_size":%d,"key":"sessions","next_page_url":"https://proxy.example.com/v1/Services?Page=1"}}`, n)
	return page.Bytes()
}

func BenchmarkDecodeSession(b *testing.B) {
	data := []byte(sessionJSON)
	b.Run("wire", func(b *testing.B) {
		b.ReportAllocs()
		for range b.N {
			if _, err := Decode(data, newSession); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("encoding/json", func(b *testing.B) {
		b.ReportAllocs()
		for range b.N {
			var s session
			if err := json.Unmarshal(data, &s); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkDecodePage1000(b *testing.B) {
	data := sessionPage(1000)
	b.Run("wire", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		b.ReportAllocs()
		for range b.N {
			if page, err := decodePage(data, "sessions", newSession); err != nil || len(page.Items) != 1000 {
				b.Fatal(err)
			}
		}
	})
	b.Run("encoding/json", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		b.ReportAllocs()
		for range b.N {
			var page struct{ Sessions []*session }
			if err := json.Unmarshal(data, &page); err != nil {
				b.Fatal(err)
			}
		}
	})
}
