package webhook_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/twiliogen/twiliogen/templates/twilio/webhook"
)

// What something in front of the validator may do to a request.
var upstreams = map[string]func(*http.Request){
	"nothing":      func(*http.Request) {},
	"ReadAll":      func(r *http.Request) { io.ReadAll(r.Body) },
	"part":         func(r *http.Request) { io.ReadFull(r.Body, make([]byte, 3)) },
	"Close":        func(r *http.Request) { r.Body.Close() },
	"read, closed": func(r *http.Request) { io.ReadAll(r.Body); r.Body.Close() },
	"read, NoBody": func(r *http.Request) { io.ReadAll(r.Body); r.Body = http.NoBody },
	"read, nil":    func(r *http.Request) { io.ReadAll(r.Body); r.Body = nil },
	"read, MaxBytesReader": func(r *http.Request) {
		r.Body = http.MaxBytesReader(nil, r.Body, 1000)
		io.ReadAll(r.Body)
	},
	"read, put back": func(r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
	},
	"ParseForm": func(r *http.Request) { r.ParseForm() },
	"FormValue": func(r *http.Request) { r.FormValue("a") },
	"ParseForm, another type": func(r *http.Request) {
		r.ParseForm()
		r.Header.Set("Content-Type", jsonType)
	},
	"ParseForm, another body": func(r *http.Request) {
		r.ParseForm()
		r.Body = io.NopCloser(strings.NewReader("a=2"))
	},
}

// sent is a body as a peer sends it.
type sent struct{ method, contentType, body, signed string }

// Under each kind of upstream, over each protocol, with a length or without: whatever was signed, a
// request is accepted only if all of it can be checked.
func TestConsumedBodies(t *testing.T) {
	form := sent{"POST", formType, "a=1", "/?q=1a1"}
	json := sent{"POST", jsonType, `{"a":1}`, "/?q=1"} // the hash is added
	get := sent{"GET", jsonType, `{"a":1}`, "/?q=1"}
	type outcome struct {
		whole    []string // upstreams that a rightly signed body passes, and no others
		sent     sent
		mustHash bool
	}
	for name, tt := range map[string]outcome{
		"form": {[]string{"nothing", "read, put back", "ParseForm", "FormValue"}, form, false},
		"JSON": {[]string{"nothing", "read, put back", "ParseForm", "FormValue", "ParseForm, another type"}, json, true},
		"GET":  {[]string{"nothing", "read, put back", "ParseForm", "FormValue", "ParseForm, another type"}, get, true},
	} {
		for upstream := range upstreams {
			want := http.StatusBadRequest
			for _, whole := range tt.whole {
				if whole == upstream {
					want = http.StatusOK
				}
			}
			good, empty, emptyHash := tt.sent, tt.sent, tt.sent
			target, emptyTarget := "/?q=1", "/?q=1&bodySHA256="+webhook.BodySHA256(nil)
			if tt.mustHash {
				target += "&bodySHA256=" + webhook.BodySHA256([]byte(tt.sent.body))
				good.signed = target
			}
			empty.signed, emptyHash.signed = "/?q=1", emptyTarget
			t.Run(name+", "+upstream, func(t *testing.T) {
				checkUpstream(t, upstreams[upstream], target, good, func(status int) bool {
					// A body that was replaced by another does not match its hash.
					return status == want || want != 200 && status == 403
				})
				refused := func(status int) bool { return status == 400 || status == 403 }
				checkUpstream(t, upstreams[upstream], "/?q=1", empty, refused)
				checkUpstream(t, upstreams[upstream], emptyTarget, emptyHash, refused)
			})
		}
	}
}

func checkUpstream(t *testing.T, upstream func(*http.Request), target string, s sent, ok func(status int) bool) {
	t.Helper()
	const public = "https://example.com"
	next := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {})
	checked := newValidator(t, webhook.WithPublicURL(public)).Middleware(next)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		upstream(r)
		checked.ServeHTTP(w, r)
	}))
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	http1 := server.Client().Transport.(*http.Transport).Clone()
	http1.ForceAttemptHTTP2, http1.TLSClientConfig.NextProtos = false, []string{"http/1.1"}
	defer http1.CloseIdleConnections()

	for proto, transport := range map[string]http.RoundTripper{"HTTP/1.1": http1, "HTTP/2.0": server.Client().Transport} {
		for how, body := range map[string]io.Reader{
			"length":    strings.NewReader(s.body),
			"no length": struct{ io.Reader }{strings.NewReader(s.body)},
		} {
			r, err := http.NewRequest(s.method, server.URL+target, body)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", s.contentType)
			r.Header.Set(webhook.SignatureHeader, hmacSHA1(public+s.signed))
			response, err := transport.RoundTrip(r)
			if err != nil {
				t.Fatal(err)
			}
			response.Body.Close()
			if response.Proto != proto || !ok(response.StatusCode) {
				t.Errorf("%s, %s (%s), signed %q: %d", proto, how, response.Proto, s.signed, response.StatusCode)
			}
		}
	}
}

// Where an upstream says that the body it has read is empty, the headers may still know better.
func TestLengthSetToZero(t *testing.T) {
	for name, edit := range map[string]func(*http.Request){
		"chunked": func(r *http.Request) { r.TransferEncoding = []string{"chunked"} },
		"length":  func(r *http.Request) { r.Header.Set("Content-Length", "7") },
	} {
		r := newRequest("POST", vectorURL, jsonType, "", hmacSHA1(vectorURL))
		r.Body, r.ContentLength = http.NoBody, 0
		if err := newValidator(t).Validate(r); err != nil {
			t.Errorf("%s: an empty body: %v", name, err)
		}
		edit(r)
		if err := newValidator(t).Validate(r); !errors.Is(err, webhook.ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// serveRaw sends a request as it stands, and what else the upstream asks for, and returns the status.
func serveRaw(t *testing.T, request string, upstream func(r *http.Request, more func(string))) int {
	t.Helper()
	more := make(chan string)
	next := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {})
	checked := newValidator(t, webhook.WithPublicURL("https://example.com")).Middleware(next)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		upstream(r, func(text string) { more <- text })
		close(more)
		checked.ServeHTTP(w, r)
	}))
	defer server.Close()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	io.WriteString(conn, request)
	for text := range more {
		io.WriteString(conn, text)
	}
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	return response.StatusCode
}

func TestRawEmptyBodies(t *testing.T) {
	for head, want := range map[string]int{
		"POST / HTTP/1.1\r\nContent-Length: 0\r\n":          200,
		"POST / HTTP/1.1\r\n":                               200,
		"POST / HTTP/1.0\r\n":                               200,
		"GET / HTTP/1.1\r\n":                                200,
		"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n": 400,
		"GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n":  400,
	} {
		request := head + "Host: a\r\n" + webhook.SignatureHeader + ": " + hmacSHA1("https://example.com/") + "\r\n\r\n"
		if strings.Contains(head, "chunked") {
			request += "0\r\n\r\n"
		}
		if got := serveRaw(t, request, func(*http.Request, func(string)) {}); got != want {
			t.Errorf("%q: %d, want %d", head, got, want)
		}
	}
}

// A parser of multipart forms stops at the last boundary: what follows could be a body that was signed
// some other time, while the handler goes by the form.
func TestSignedBodyBehindAForm(t *testing.T) {
	const body = `{"a":1}`
	forged := "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nforged\r\n--b--\r\n"
	chunk := func(text string) string { return fmt.Sprintf("%x\r\n%s\r\n", len(text), text) }
	target := "/?bodySHA256=" + webhook.BodySHA256([]byte(body))
	request := "POST " + target + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n" +
		"Content-Type: multipart/form-data; boundary=b\r\n" +
		webhook.SignatureHeader + ": " + hmacSHA1("https://example.com"+target) + "\r\n\r\n"

	status := serveRaw(t, request+chunk(forged), func(r *http.Request, more func(string)) {
		if got := r.PostFormValue("a"); got != "forged" {
			t.Errorf("the form has %q", got)
		}
		more(chunk(body) + "0\r\n\r\n")
	})
	if status != 400 {
		t.Errorf("%d", status)
	}
}
