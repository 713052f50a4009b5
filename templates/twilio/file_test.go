package twilio_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
	"github.com/twiliogen/twiliogen/templates/twilio"
)

// uploadRequest is a multipart form with a file between two texts.
func uploadRequest(f twilio.File) *wire.Request {
	r := wire.NewRequest("proxyv1: Things.Create", "POST", server, "/v1/Things")
	form := r.Multipart()
	form.Add("Before", "a & b")
	form.File("Media", "image/png", (*wire.File)(&f))
	form.JSON("After", map[string]int{"n": 1})
	return r
}

// rawRequest is a file as the whole body.
func rawRequest(method string, f twilio.File) *wire.Request {
	r := wire.NewRequest("proxyv1: Things.Replace", method, server, "/v1/Things")
	r.Raw("text/plain", (*wire.File)(&f))
	return r
}

// partsOf reads a multipart form as a server does: each part as one text.
func partsOf(t *testing.T, r *http.Request) []string {
	t.Helper()
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/form-data" {
		t.Errorf("type %q, error %v", kind, err)
		return nil
	}
	var parts []string
	form := multipart.NewReader(r.Body, params["boundary"])
	for {
		p, err := form.NextPart()
		if err == io.EOF {
			return parts
		}
		if err != nil {
			t.Error(err)
			return parts
		}
		value, err := io.ReadAll(p)
		if err != nil {
			t.Error(err)
		}
		parts = append(parts, fmt.Sprintf("%s|%s|%s|%s", p.FormName(), p.FileName(), p.Header.Get("Content-Type"), value))
	}
}

// contents are the kinds of readers that a file may have, each with "content" left to read.
func contents(t *testing.T) map[string]func() io.Reader {
	name := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(name, []byte("..content"), 0o600); err != nil {
		t.Fatal(err)
	}
	skip := func(r io.Reader) io.Reader {
		_, _ = io.CopyN(io.Discard, r, 2)
		return r
	}
	return map[string]func() io.Reader{
		"bytes":   func() io.Reader { return skip(bytes.NewReader([]byte("..content"))) },
		"text":    func() io.Reader { return skip(strings.NewReader("..content")) },
		"buffer":  func() io.Reader { return skip(bytes.NewBufferString("..content")) },
		"section": func() io.Reader { return io.NewSectionReader(strings.NewReader("..content.."), 2, 7) },
		"a file": func() io.Reader {
			f, err := os.Open(name)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { f.Close() })
			return skip(f)
		},
		"a seeker": func() io.Reader {
			return skip(struct{ io.ReadSeeker }{strings.NewReader("..content")})
		},
		"a pipe": func() io.Reader {
			r, w, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { r.Close() })
			_, _ = w.WriteString("content")
			w.Close()
			return r
		},
		"a reader": func() io.Reader { return iotest.OneByteReader(strings.NewReader("content")) },
	}
}

// once are the kinds of content that can be read but once.
var once = []string{"a pipe", "a reader"}

// A form with files arrives as it was meant, whatever the files are read from, and so does a file
// that is the whole body.
func TestFiles(t *testing.T) {
	for name, open := range contents(t) {
		t.Run(name, func(t *testing.T) {
			client := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if known := r.ContentLength >= 0; known == slices.Contains(once, name) {
					t.Errorf("length %d", r.ContentLength)
				}
				if r.Method == http.MethodPut {
					body, _ := io.ReadAll(r.Body)
					if string(body) != "content" || r.Header.Get("Content-Type") != "text/plain" {
						t.Errorf("%q of type %q", body, r.Header.Get("Content-Type"))
					}
					return
				}
				want := []string{"Before|||a & b", "Media|Media|image/png|content", `After||application/json|{"n":1}`, "Extra|||1"}
				if got := partsOf(t, r); !slices.Equal(got, want) {
					t.Errorf("parts %q, want %q", got, want)
				}
			})
			if err := do(t.Context(), client, uploadRequest(twilio.File{Content: open()}), []twilio.RequestOption{twilio.WithForm("Extra", "1")}); err != nil {
				t.Error(err)
			}
			if err := do(t.Context(), client, rawRequest("PUT", twilio.File{Content: open()}), nil); err != nil {
				t.Error(err)
			}
		})
	}
}

// Content that can be read again is sent again, whole, where a call is tried again: after 429, and
// before anything left. Content that cannot is sent once.
func TestFilesAreSentAgain(t *testing.T) {
	for name, open := range contents(t) {
		synctest.Test(t, func(t *testing.T) {
			var tries, whole atomic.Int64
			handle := func(r *http.Request) (*http.Response, error) {
				n := tries.Add(1)
				if n == 2 {
					_, _ = io.CopyN(io.Discard, r.Body, 3) // and is refused before the end
					return reply(429, ""), nil
				}
				body, err := io.ReadAll(r.Body)
				if string(body) == "content" && err == nil {
					whole.Add(1)
				}
				if n == 1 {
					return reply(429, ""), nil
				}
				return reply(200, "{}"), nil
			}
			client := stubClient(t, handle)
			f := twilio.File{Content: open()}
			err := do(t.Context(), client, rawRequest("POST", f), nil)
			if slices.Contains(once, name) {
				if !errors.Is(err, twilio.ErrRateLimited) || tries.Load() != 1 {
					t.Errorf("%s: %d tries, error %v", name, tries.Load(), err)
				}
				return
			}
			if err != nil || tries.Load() != 3 || whole.Load() != 2 {
				t.Errorf("%s: %d tries, %d whole, error %v", name, tries.Load(), whole.Load(), err)
			}
			if name == "a seeker" {
				return
			}
			if err := do(t.Context(), client, rawRequest("POST", f), nil); err != nil || whole.Load() != 3 {
				t.Errorf("%s: another call: error %v", name, err)
			}
		})
	}
}

// Content that nobody has begun to read is sent by the try that gets through.
func TestFileThatDidNotLeave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sent := ""
		client, _ := scripted(t, []roundTripper{unreachable, func(r *http.Request) (*http.Response, error) {
			body, err := io.ReadAll(r.Body)
			sent = string(body)
			return reply(200, "{}"), err
		}})
		f := twilio.File{Content: iotest.OneByteReader(strings.NewReader("content"))}
		if err := do(t.Context(), client, rawRequest("POST", f), nil); err != nil || sent != "content" {
			t.Errorf("sent %q, error %v", sent, err)
		}
	})
}

// A middleware can send a file that can be read again more than once, and each time it is whole.
func TestFileThroughMiddleware(t *testing.T) {
	var whole atomic.Int64
	client := stubClient(t, func(r *http.Request) (*http.Response, error) {
		if body, err := io.ReadAll(r.Body); err == nil && string(body) == "content" {
			whole.Add(1)
		}
		return reply(429, ""), nil
	}, twilio.WithMaxRetries(0), twilio.WithMiddleware(func(r *http.Request, next twilio.Next) (*http.Response, error) {
		if resp, err := next(r); err == nil {
			resp.Body.Close()
		}
		return next(r)
	}))
	f := twilio.File{Content: strings.NewReader("content")}
	if err := do(t.Context(), client, rawRequest("POST", f), nil); !errors.Is(err, twilio.ErrRateLimited) || whole.Load() != 2 {
		t.Errorf("%d whole, error %v", whole.Load(), err)
	}
	f.Content = iotest.OneByteReader(strings.NewReader("content"))
	err := do(t.Context(), client, rawRequest("POST", f), nil)
	if err == nil || whole.Load() != 3 || !strings.Contains(err.Error(), "can only be read once") {
		t.Errorf("%d whole, error %v", whole.Load(), err)
	}
}

// What a call has been given is the caller's again when it has returned, even if the transport is
// still busy with it.
func TestFileIsNotReadAfterTheCall(t *testing.T) {
	var body io.ReadCloser
	client := stubClient(t, func(r *http.Request) (*http.Response, error) {
		body = r.Body
		_, err := io.CopyN(io.Discard, body, 2)
		return reply(200, "{}"), err
	})
	for name, open := range contents(t) {
		f := twilio.File{Content: open()}
		if err := do(t.Context(), client, rawRequest("POST", f), nil); err != nil {
			t.Fatal(err)
		}
		if n, err := body.Read(make([]byte, 9)); n > 0 || err == nil || err == io.EOF {
			t.Errorf("%s: %d bytes, error %v", name, n, err)
		}
	}
}

// A call whose content never comes ends with its context.
func TestFileThatNeverComes(t *testing.T) {
	client := serve(t, func(w http.ResponseWriter, r *http.Request) { _, _ = io.Copy(io.Discard, r.Body) })
	r, w := io.Pipe()
	defer w.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := do(ctx, client, rawRequest("POST", twilio.File{Content: r}), nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v", err)
	}
}

// An error of the content is that of the call.
func TestFileThatFails(t *testing.T) {
	client := serve(t, func(w http.ResponseWriter, r *http.Request) { _, _ = io.Copy(io.Discard, r.Body) })
	broken := errors.New("the disk is broken")
	for _, content := range []io.Reader{iotest.ErrReader(broken), io.MultiReader(strings.NewReader("a"), iotest.ErrReader(broken))} {
		if err := do(t.Context(), client, rawRequest("POST", twilio.File{Content: content}), nil); !errors.Is(err, broken) {
			t.Errorf("error %v", err)
		}
	}
}

// Names and types cannot write parts of their own, and what cannot be sent is refused before
// anything is.
func TestFilesCannotInject(t *testing.T) {
	var got []string
	client := serve(t, func(w http.ResponseWriter, r *http.Request) { got = partsOf(t, r) })
	odd := "a\"b\\c\r\nContent-Type: evil\r\n\r\nx"
	f := twilio.File{Name: odd, Content: strings.NewReader("content")}
	if err := do(t.Context(), client, uploadRequest(f), []twilio.RequestOption{twilio.WithForm(odd, "1")}); err != nil {
		t.Fatal(err)
	}
	escaped := strings.NewReplacer("\r", "%0D", "\n", "%0A").Replace(odd)
	if len(got) != 4 || got[1] != "Media|"+escaped+"|image/png|content" || got[3] != escaped+"|||1" {
		t.Errorf("parts %q", got)
	}
	got = nil
	for _, f := range []twilio.File{{}, {ContentType: "a/b\r\nX: 1", Content: strings.NewReader("")}} {
		for _, r := range []*wire.Request{uploadRequest(f), rawRequest("POST", f)} {
			if err := do(t.Context(), client, r, nil); !errors.As(err, new(*twilio.ParamError)) || got != nil {
				t.Errorf("error %v", err)
			}
		}
	}
	f = twilio.File{Content: strings.NewReader("content")}
	err := do(t.Context(), client, rawRequest("POST", f), []twilio.RequestOption{twilio.WithForm("A", "1")})
	if !errors.As(err, new(*twilio.ParamError)) {
		t.Errorf("WithForm on a raw body: error %v", err)
	}
}

// Neither name nor content of a file is printed.
func TestFilesArePrintedWithoutContent(t *testing.T) {
	f := twilio.File{Name: "jane-doe.png", ContentType: "image/png", Content: strings.NewReader("content")}
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("", "file", f, "in", struct{ F *twilio.File }{&f})
	fmt.Fprintf(&log, "%v %+v %#v %d %s", f, &f, f, f, struct{ F twilio.File }{f})
	log.WriteString(logJSON([]any{f, struct{ F *twilio.File }{&f}, []twilio.File{f}}))
	if text := log.String(); strings.Contains(text, "jane") || strings.Contains(text, "content") || strings.Count(text, "image/png") < 9 {
		t.Errorf("printed as %s", text)
	}
}

// A File without content is refused before anything is sent, also one whose reader is a nil pointer.
func TestFileWithoutContent(t *testing.T) {
	client := stubClient(t, func(*http.Request) (*http.Response, error) {
		t.Error("something was sent")
		return reply(200, "{}"), nil
	})
	for _, content := range []io.Reader{nil, (*bytes.Buffer)(nil), (*bytes.Reader)(nil), (*strings.Reader)(nil), (*os.File)(nil)} {
		file := twilio.File{Content: content}
		for _, r := range []*wire.Request{uploadRequest(file), rawRequest("POST", file)} {
			err := do(t.Context(), client, r, nil)
			if checkOutcome(t, err, twilio.ErrNotSent); err == nil || !strings.HasSuffix(err.Error(), "has no content") {
				t.Errorf("%T: %v", content, err)
			}
		}
	}
}
