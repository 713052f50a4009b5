package twilio_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
	"github.com/twiliogen/twiliogen/templates/twilio"
)

// recording is what the streams of these tests have.
var recording = []byte("It was the best of times, it was the worst of times.")

const recordingETag = `"two-cities"`

// library is a transport that has a recording, and serves it as net/http's file server would. What
// happens to each answer is up to the test.
type library struct {
	content []byte
	etag    string
	change  func(n int, resp *http.Response) // of the nth answer, from 1

	mu    sync.Mutex
	asked []*http.Request
}

func newLibrary(change func(n int, resp *http.Response)) *library {
	return &library{content: recording, etag: recordingETag, change: change}
}

func (l *library) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	l.mu.Lock()
	l.asked = append(l.asked, r)
	n := len(l.asked)
	l.mu.Unlock()
	w := httptest.NewRecorder()
	w.Header().Set("Content-Type", "audio/mpeg")
	if l.etag != "" {
		w.Header().Set("ETag", l.etag)
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(l.content))
	resp := w.Result()
	resp.Request = r
	resp.Body = &cutBody{ctx: r.Context(), rest: w.Body.Bytes(), whole: true}
	if l.change != nil {
		l.change(n, resp)
	}
	return resp, nil
}

func (l *library) requests() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.asked)
}

// cutBody is a body that ends as a test wants: well, with an error, or never.
type cutBody struct {
	ctx    context.Context
	rest   []byte
	err    error // at the end; nil waits for the context unless the body is whole
	whole  bool
	closed atomic.Bool
}

func (b *cutBody) Read(p []byte) (int, error) {
	switch {
	case b.closed.Load():
		return 0, errors.New("read after close")
	case len(b.rest) > 0:
		n := copy(p, b.rest)
		b.rest = b.rest[n:]
		return n, nil
	case b.whole:
		return 0, io.EOF
	case b.err != nil:
		return 0, b.err
	}
	<-b.ctx.Done()
	return 0, b.ctx.Err()
}

func (b *cutBody) Close() error {
	b.closed.Store(true)
	return nil
}

// cutAt ends a body after some bytes.
func cutAt(resp *http.Response, at int, err error) {
	b := resp.Body.(*cutBody)
	b.rest, b.whole, b.err = b.rest[:min(at, len(b.rest))], false, err
}

func download(ctx context.Context, c *twilio.Client, opts ...twilio.RequestOption) (*twilio.Stream, error) {
	return stream(ctx, c, fetchRequest("T1"), opts...)
}

func stream(ctx context.Context, c *twilio.Client, r *wire.Request, opts ...twilio.RequestOption) (*twilio.Stream, error) {
	return twilio.Call(ctx, c, r, wire.Nothing, opts).Stream()
}

// readAll reads what a download gives, and closes it.
func readAll(t *testing.T, s *twilio.Stream, err error) ([]byte, error) {
	t.Helper()
	if err != nil {
		if s != nil {
			t.Error("there is a stream beside an error")
		}
		return nil, err
	}
	defer s.Close()
	return io.ReadAll(s)
}

// checkCut checks an error of a stream that did not get to its end.
func checkCut(t *testing.T, err error) {
	t.Helper()
	if err == nil || errors.Is(err, io.EOF) || !strings.HasPrefix(err.Error(), "proxyv1: Things.Fetch: ") {
		t.Errorf("error %v, want one that begins with the operation", err)
	}
}

// A stream is the content, and says what it knows of it.
func TestStream(t *testing.T) {
	for _, size := range []int{0, 1, 1000, 100_000} {
		l := newLibrary(nil)
		l.content = bytes.Repeat([]byte{7}, size)
		var resp twilio.Response
		s, err := download(t.Context(), stubClient(t, l.RoundTrip), twilio.WithResponse(&resp))
		if err != nil {
			t.Fatal(err)
		}
		if s.Size() != int64(size) || s.Offset() != 0 || s.ContentType() != "audio/mpeg" || s.ETag() != recordingETag || resp.StatusCode != 200 {
			t.Errorf("%v, type %q, ETag %q, status %d", s, s.ContentType(), s.ETag(), resp.StatusCode)
		}
		var got bytes.Buffer
		if n, err := io.Copy(&got, s); err != nil || n != int64(size) || !bytes.Equal(got.Bytes(), l.content) || s.Offset() != n {
			t.Errorf("%d of %d bytes, error %v", n, size, err)
		}
		for range 2 {
			if n, err := s.Read(make([]byte, 1)); n != 0 || err != io.EOF {
				t.Errorf("after the end: %d bytes, error %v", n, err)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}
	}
}

// Reading behaves as that of every reader does, however little is read at a time.
func TestStreamIsAReader(t *testing.T) {
	s, err := download(t.Context(), stubClient(t, newLibrary(nil).RoundTrip))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := iotest.TestReader(struct{ io.Reader }{s}, recording); err != nil {
		t.Error(err)
	}
}

// Wherever and however a connection is lost, the rest is asked for, and each byte comes once.
func TestStreamGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for at := range len(recording) + 1 {
			for _, how := range []error{errReset, io.ErrUnexpectedEOF, io.EOF} {
				if at == len(recording) && how == io.EOF {
					continue // is the end
				}
				var done []int64
				l := newLibrary(func(n int, resp *http.Response) {
					if n == 1 {
						cutAt(resp, at, how)
					}
				})
				s, err := download(t.Context(), stubClient(t, l.RoundTrip), twilio.WithProgress(func(n, total int64) {
					if total != int64(len(recording)) {
						t.Errorf("progress of %d bytes", total)
					}
					done = append(done, n)
				}))
				got, err := readAll(t, s, err)
				if err != nil || !bytes.Equal(got, recording) {
					t.Errorf("cut at %d by %v: %q, error %v", at, how, got, err)
				}
				if !slices.IsSorted(done) || done[len(done)-1] != int64(len(recording)) {
					t.Errorf("cut at %d: progress %v", at, done)
				}
				last := l.asked[len(l.asked)-1].Header
				if want := fmt.Sprintf("bytes=%d-", at); at > 0 && (last.Get("Range") != want || last.Get("If-Range") != recordingETag) {
					t.Errorf("asked for %q if %q, want %q", last.Get("Range"), last.Get("If-Range"), want)
				}
			}
		}
	})
}

// What cannot be recognized again, and what is no read, is not asked for again.
func TestStreamDoesNotGoOn(t *testing.T) {
	cases := map[string]struct {
		etag    string
		request *wire.Request
		opts    []twilio.RequestOption
	}{
		"no ETag":       {"", fetchRequest("T1"), nil},
		"a weak ETag":   {`W/"a"`, fetchRequest("T1"), nil},
		"a broken ETag": {`a`, fetchRequest("T1"), nil},
		"a POST":        {recordingETag, emptyPost(), nil},
		"no retries":    {recordingETag, fetchRequest("T1"), []twilio.RequestOption{twilio.WithMaxRetries(0)}},
		"a policy": {recordingETag, fetchRequest("T1"), []twilio.RequestOption{twilio.WithRepeat(func(twilio.Operation) twilio.Repeat {
			return twilio.RepeatUnprocessed
		})}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			l := newLibrary(func(_ int, resp *http.Response) { cutAt(resp, 10, io.EOF) })
			l.etag = c.etag
			if c.request.Method == "POST" {
				l.change = func(_ int, resp *http.Response) {
					resp.Body = &cutBody{rest: recording[:10], err: io.ErrUnexpectedEOF}
				}
			}
			s, err := stream(t.Context(), stubClient(t, l.RoundTrip), c.request, c.opts...)
			got, err := readAll(t, s, err)
			if l.requests() != 1 || !bytes.Equal(got, recording[:10]) || !errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
				t.Errorf("%d requests, %q, error %v", l.requests(), got, err)
			}
			if !errors.Is(err, twilio.ErrMayHaveHappened) || !strings.HasPrefix(err.Error(), c.request.Operation+": reading the response") {
				t.Errorf("error %v", err)
			}
		})
	}
}

// A connection that is lost again and again is given up after as many retries as a call has.
func TestStreamGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLibrary(func(_ int, resp *http.Response) { cutAt(resp, 3, errReset) })
		s, err := download(t.Context(), stubClient(t, l.RoundTrip), twilio.WithMaxRetries(4))
		got, err := readAll(t, s, err)
		if l.requests() != 5 || !bytes.Equal(got, recording[:15]) || !errors.Is(err, errReset) {
			t.Errorf("%d requests, %q, error %v", l.requests(), got, err)
		}
		checkCut(t, err)
	})
}

// lies are answers to a request for the rest that are not the rest.
var lies = map[string]func(resp *http.Response){
	"an earlier part":   func(r *http.Response) { r.ContentLength = -1; r.Header.Set("Content-Range", "bytes 9-51/52") },
	"a later part":      func(r *http.Response) { r.ContentLength = -1; r.Header.Set("Content-Range", "bytes 11-51/52") },
	"no range":          func(r *http.Response) { r.Header.Del("Content-Range") },
	"another unit":      func(r *http.Response) { r.Header.Set("Content-Range", "lines 10-51/52") },
	"another size":      func(r *http.Response) { r.Header.Set("Content-Range", "bytes 10-51/53") },
	"a range backwards": func(r *http.Response) { r.Header.Set("Content-Range", "bytes 10-9/52") },
	"a range beyond":    func(r *http.Response) { r.Header.Set("Content-Range", "bytes 10-52/52") },
	"a huge range":      func(r *http.Response) { r.Header.Set("Content-Range", "bytes 10-99999999999999999999/*") },
	"a signed range":    func(r *http.Response) { r.Header.Set("Content-Range", "bytes +10-51/52") },
	"no numbers":        func(r *http.Response) { r.Header.Set("Content-Range", "bytes */*") },
	"another length":    func(r *http.Response) { r.ContentLength-- },
	"another ETag":      func(r *http.Response) { r.Header.Set("ETag", `"another"`) },
	"no ETag":           func(r *http.Response) { r.Header.Del("ETag") },
	"a weak ETag":       func(r *http.Response) { r.Header.Set("ETag", "W/"+recordingETag) },
	"unpacked":          func(r *http.Response) { r.Uncompressed = true },
	"other content":     func(r *http.Response) { r.StatusCode = 200; r.Header.Set("ETag", `"another"`) },
	"a shorter whole":   func(r *http.Response) { r.StatusCode = 200; r.ContentLength = 20 },
	"nothing there":     func(r *http.Response) { r.StatusCode = 404 },
	"not satisfiable":   func(r *http.Response) { r.StatusCode = 416; r.Header.Set("Content-Range", "bytes */9") },
	"a redirect":        func(r *http.Response) { r.StatusCode = 300 },
}

// Whatever a server says when it is asked for the rest, no byte of anything else is given.
func TestStreamBelievesNoLie(t *testing.T) {
	for name, lie := range lies {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLibrary(func(n int, resp *http.Response) {
					if n == 1 {
						cutAt(resp, 10, errReset)
					} else {
						lie(resp)
					}
				})
				s, err := download(t.Context(), stubClient(t, l.RoundTrip))
				got, err := readAll(t, s, err)
				if !bytes.Equal(got, recording[:10]) {
					t.Errorf("got %q", got)
				}
				checkCut(t, err)
				for _, r := range l.asked {
					if r.Context().Err() == nil {
						t.Error("a request goes on")
					}
				}
			})
		})
	}
}

// A server that answers with all of the same content is read past what there is already.
func TestStreamSkips(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLibrary(nil)
		l.change = func(n int, resp *http.Response) {
			switch n {
			case 1:
				cutAt(resp, 10, errReset)
			case 2:
				resp.StatusCode, resp.ContentLength = 200, int64(len(recording))
				resp.Header.Del("Content-Range")
				resp.Body = &cutBody{rest: recording, whole: true}
			}
		}
		s, err := download(t.Context(), stubClient(t, l.RoundTrip))
		if got, err := readAll(t, s, err); err != nil || !bytes.Equal(got, recording) {
			t.Errorf("%q, error %v", got, err)
		}
	})
}

// Over many random faults, what is read is the beginning of the content, and all of it unless there
// is an error.
func TestStreamNeverMixes(t *testing.T) {
	names := slices.Sorted(func(yield func(string) bool) {
		for name := range lies {
			if !yield(name) {
				return
			}
		}
	})
	synctest.Test(t, func(t *testing.T) {
		whole := 0
		for seed := range uint64(2000) {
			random := rand.New(rand.NewPCG(seed, 1))
			l := newLibrary(func(n int, resp *http.Response) {
				switch {
				case n > 1 && random.IntN(4) == 0:
					lies[names[random.IntN(len(names))]](resp)
				case random.IntN(3) > 0:
					cutAt(resp, random.IntN(len(recording)), []error{errReset, io.EOF, nil}[random.IntN(3)])
				}
			})
			s, err := download(t.Context(), stubClient(t, l.RoundTrip), twilio.WithMaxRetries(5))
			got, err := readAll(t, s, err)
			if !bytes.HasPrefix(recording, got) || err == nil && len(got) != len(recording) {
				t.Fatalf("seed %d: %q, error %v", seed, got, err)
			}
			if err == nil {
				whole++
			} else {
				checkCut(t, err)
			}
		}
		if whole < 200 || whole > 1950 {
			t.Errorf("%d of 2000 are whole, so that the test shows little", whole)
		}
	})
}

// A download that another process has begun goes on where that stopped.
func TestStreamOffset(t *testing.T) {
	all := int64(len(recording))
	cases := map[string]struct {
		offset int64
		etag   string
		change func(int, *http.Response)
		want   string
		err    error
	}{
		"the middle":      {offset: 10, etag: recordingETag, want: string(recording[10:])},
		"without an ETag": {offset: 10, want: string(recording[10:])},
		"the start":       {offset: 0, etag: recordingETag, want: string(recording)},
		"the end":         {offset: all, etag: recordingETag},
		"beyond the end":  {offset: all + 1, err: &twilio.Error{StatusCode: 416}},
		"other content":   {offset: 10, etag: `"another"`, err: twilio.ErrContentChanged},
		"no ETag": {offset: 10, etag: recordingETag, err: twilio.ErrContentChanged, change: func(_ int, resp *http.Response) {
			resp.Header.Del("ETag")
		}},
		"other content, all": {offset: 0, etag: `"another"`, err: twilio.ErrContentChanged},
		"a server without ranges": {offset: 10, etag: recordingETag, want: string(recording[10:]), change: func(_ int, resp *http.Response) {
			resp.StatusCode, resp.ContentLength = 200, all
			resp.Body = &cutBody{rest: recording, whole: true}
		}},
		"a server without ranges, beyond": {offset: 10, err: twilio.ErrMayHaveHappened, change: func(_ int, resp *http.Response) {
			resp.StatusCode, resp.ContentLength = 200, 5
			resp.Body = &cutBody{rest: recording[:5], whole: true}
		}},
		"a negative offset": {offset: -1, err: twilio.ErrNotSent},
		"a broken ETag":     {offset: 1, etag: "\"a\r\n\"", err: twilio.ErrNotSent},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			l := newLibrary(c.change)
			s, err := download(t.Context(), stubClient(t, l.RoundTrip), twilio.WithOffset(c.offset, c.etag))
			if err == nil && (s.Offset() != c.offset || s.Size() != all) {
				t.Errorf("%v", s)
			}
			got, err := readAll(t, s, err)
			var answer, wanted *twilio.Error
			switch {
			case errors.As(c.err, &wanted):
				if !errors.As(err, &answer) || answer.StatusCode != wanted.StatusCode {
					t.Errorf("error %v, want status %d", err, wanted.StatusCode)
				}
			case !errors.Is(err, c.err) || string(got) != c.want:
				t.Errorf("%q, error %v; want %q, error %v", got, err, c.want, c.err)
			}
		})
	}
}

// A range that does not fit the stream is refused before anything is sent.
func TestStreamRefusesRanges(t *testing.T) {
	l := newLibrary(nil)
	client := stubClient(t, l.RoundTrip)
	_, ofHeader := download(t.Context(), client, twilio.WithHeader("range", "bytes=0-9"))
	_, ofClient := download(t.Context(), stubClient(t, l.RoundTrip, twilio.WithHeader("Range", "bytes=0-9")))
	_, ofPost := stream(t.Context(), client, emptyPost(), twilio.WithOffset(1, ""))
	for _, err := range []error{ofHeader, ofClient, ofPost} {
		if !errors.As(err, new(*twilio.ParamError)) || l.requests() > 0 {
			t.Errorf("error %v after %d requests", err, l.requests())
		}
	}
}

// An answer that is no success is the error that it is everywhere, and the same is tried again.
func TestStreamErrors(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, s := scripted(t, []roundTripper{status(503), status(429), newLibrary(nil).RoundTrip})
		stream, err := download(t.Context(), client)
		if got, err := readAll(t, stream, err); err != nil || !bytes.Equal(got, recording) || len(s.waits()) != 2 {
			t.Errorf("%q after %v, error %v", got, s.waits(), err)
		}
		client, _ = scripted(t, []roundTripper{status(404)})
		if _, err := download(t.Context(), client); !errors.Is(err, twilio.ErrNotFound) || !errors.Is(err, twilio.ErrRefused) {
			t.Errorf("error %v", err)
		}
		var none context.Context
		if _, err := download(none, client); !errors.Is(err, twilio.ErrNotSent) {
			t.Errorf("error %v", err)
		}
	})
}

// A piece that does not arrive in time is asked for again. The time in which nobody reads, and that
// of the whole, are not limited.
func TestStreamTimeout(t *testing.T) {
	limits := map[string][]twilio.ClientOption{
		"by default": nil, "of the client": {twilio.WithTimeout(time.Minute)},
		"of the HTTP client": {twilio.WithHTTPClient(&http.Client{Timeout: time.Minute})},
	}
	for name, opts := range limits {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				limit := 30 * time.Second
				if opts != nil {
					limit = time.Minute
				}
				l := newLibrary(func(n int, resp *http.Response) {
					if n == 1 {
						cutAt(resp, 10, nil) // and then nothing
					}
				})
				client := &http.Client{Transport: l}
				if name == "of the HTTP client" {
					client.Timeout = limit
				}
				s, err := download(t.Context(), newClient(t, append(opts, twilio.WithHTTPClient(client))...))
				if err != nil {
					t.Fatal(err)
				}
				time.Sleep(time.Hour)
				begin := time.Now()
				got, err := readAll(t, s, nil)
				if took := time.Since(begin); err != nil || !bytes.Equal(got, recording) || took < limit || took > limit+time.Second {
					t.Errorf("%q after %v, error %v", got, took, err)
				}
			})
		})
	}
}

// A server that never begins, and one that stalls each time, end with the limit of time.
func TestStreamTimesOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		_, err := download(t.Context(), stubClient(t, hang), twilio.WithTimeout(time.Second), twilio.WithMaxRetries(0))
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(begin) != time.Second {
			t.Errorf("error %v after %v", err, time.Since(begin))
		}
		l := newLibrary(func(_ int, resp *http.Response) { cutAt(resp, 1, nil) })
		s, err := download(t.Context(), stubClient(t, l.RoundTrip), twilio.WithTimeout(time.Second))
		if got, err := readAll(t, s, err); !errors.Is(err, context.DeadlineExceeded) || len(got) != 3 {
			t.Errorf("%q, error %v", got, err)
		}
		refused := stubClient(t, func(r *http.Request) (*http.Response, error) {
			resp := reply(416, "{}")
			resp.Body, resp.ContentLength = &stalledBody{r.Context()}, -1
			return resp, nil
		})
		begin = time.Now()
		_, err = download(t.Context(), refused, twilio.WithTimeout(time.Second), twilio.WithOffset(5, ""))
		var apiErr *twilio.Error
		if !errors.As(err, &apiErr) || apiErr.StatusCode != 416 || time.Since(begin) != time.Second {
			t.Errorf("error %v after %v", err, time.Since(begin))
		}
	})
}

// The end of the context ends a read, and a wait before the rest is asked for.
func TestStreamContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for what, how := range map[string]error{"a read": nil, "a wait": errReset} {
			ctx, cancel := context.WithCancel(t.Context())
			l := newLibrary(func(_ int, resp *http.Response) { cutAt(resp, 10, how) })
			s, err := download(ctx, stubClient(t, l.RoundTrip), twilio.WithMaxRetries(1000))
			time.AfterFunc(10*time.Millisecond, cancel)
			got, err := readAll(t, s, err)
			if !errors.Is(err, context.Canceled) || !bytes.HasPrefix(recording, got) {
				t.Errorf("%s: %q, error %v", what, got, err)
			}
			checkCut(t, err)
		}
	})
}

// Close ends a read that waits, and one that waits to go on.
func TestStreamCloseWhileReading(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for what, how := range map[string]error{"a read": nil, "a wait": errReset} {
			l := newLibrary(func(_ int, resp *http.Response) { cutAt(resp, 0, how) })
			s, err := download(t.Context(), stubClient(t, l.RoundTrip), twilio.WithMaxRetries(1000))
			if err != nil {
				t.Fatal(err)
			}
			time.AfterFunc(10*time.Millisecond, func() { s.Close() })
			if _, err := s.Read(make([]byte, 1)); err == nil || !strings.Contains(err.Error(), "the stream is closed") {
				t.Errorf("%s: error %v", what, err)
			}
			if n := l.requests(); n > 1 && what == "a read" {
				t.Errorf("%s: %d requests", what, n)
			}
		}
	})
}

// A limit of size counts only where the call has one.
func TestStreamMaxBody(t *testing.T) {
	l := newLibrary(nil)
	s, err := download(t.Context(), stubClient(t, l.RoundTrip, twilio.WithMaxBody(10)))
	if got, err := readAll(t, s, err); err != nil || !bytes.Equal(got, recording) {
		t.Errorf("limit of the client: %q, error %v", got, err)
	}
	s, err = download(t.Context(), stubClient(t, l.RoundTrip), twilio.WithMaxBody(10))
	if got, err := readAll(t, s, err); err == nil || len(got) > 0 {
		t.Errorf("limit of the call: %q, error %v", got, err)
	}
	l.change = func(_ int, resp *http.Response) { resp.ContentLength = -1 }
	s, err = download(t.Context(), stubClient(t, l.RoundTrip), twilio.WithMaxBody(10))
	if got, err := readAll(t, s, err); err == nil || !bytes.Equal(got, recording[:10]) {
		t.Errorf("limit of the call, without a length: %q, error %v", got, err)
	}
}

// What a server compresses of its own accord stays as it is.
func TestStreamIsNotUnpacked(t *testing.T) {
	packed := "\x1f\x8b no matter what"
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if got := r.Header.Get("Accept-Encoding"); got != "identity" {
			t.Errorf("asked for %q", got)
		}
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = io.WriteString(w, packed)
	})
	s, err := download(t.Context(), client)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := readAll(t, s, nil); err != nil || string(got) != packed || s.Header().Get("Content-Encoding") != "gzip" {
		t.Errorf("%q, error %v", got, err)
	}
}

// A redirect to another host is followed without credentials, and to go on, the API is asked again:
// the place that it names may be valid only once.
func TestStreamRedirect(t *testing.T) {
	var valid atomic.Int64
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := valid.Load()
		if r.URL.Query().Get("n") != fmt.Sprint(n) || r.Header.Get("Authorization") != "" || r.Header.Get("Accept-Encoding") != "identity" {
			t.Errorf("asked for %v with %v", r.URL, r.Header)
		}
		w.Header().Set("ETag", recordingETag)
		if n == 1 {
			w.Header().Set("Content-Length", fmt.Sprint(len(recording)))
			_, _ = w.Write(recording[:20])
			return // net/http cuts the connection
		}
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(recording))
	}))
	t.Cleanup(elsewhere.Close)
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if user, _, _ := r.BasicAuth(); user != account {
			t.Errorf("the API was asked as %q", user)
		}
		http.Redirect(w, r, fmt.Sprintf("%s/signed?n=%d", strings.Replace(elsewhere.URL, "127.0.0.1", "localhost", 1), valid.Add(1)), http.StatusTemporaryRedirect)
	})
	s, err := download(t.Context(), client)
	if got, err := readAll(t, s, err); err != nil || !bytes.Equal(got, recording) || valid.Load() != 2 {
		t.Errorf("%q, %d places, error %v", got, valid.Load(), err)
	}
}

// Over a raw connection that ends after any byte of the answer, header or content, the content comes
// whole, or there is an error.
func TestStreamCutAnywhere(t *testing.T) {
	for _, form := range []string{"length", "chunks"} {
		header := "HTTP/1.1 200 OK\r\nETag: " + recordingETag + "\r\n"
		text := header + fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(recording), recording)
		if form == "chunks" {
			text = header + fmt.Sprintf("Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n", len(recording), recording)
		}
		var wg sync.WaitGroup
		for at := range len(text) + 1 {
			wg.Go(func() {
				client := newClient(t, twilio.WithBaseURL(rawServer(t, text, at)))
				s, err := download(t.Context(), client)
				got, err := readAll(t, s, err)
				if err != nil || !bytes.Equal(got, recording) {
					t.Errorf("%s cut at %d: %q, error %v", form, at, got, err)
				}
			})
		}
		wg.Wait()
	}
}

// rawServer answers its first request with the beginning of a text, and others well.
func rawServer(t *testing.T, text string, at int) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var n atomic.Int32
	s := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if n.Add(1) == 1 {
			c := hijack(w)
			_, _ = io.WriteString(c, text[:at])
			c.Close()
			return
		}
		w.Header().Set("ETag", recordingETag)
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(recording))
	})}
	go s.Serve(listener)
	t.Cleanup(func() { s.Close() })
	return "http://" + listener.Addr().String()
}

// Over HTTP/2, a stream that is reset goes on as well.
func TestStreamOverHTTP2(t *testing.T) {
	var n atomic.Int32
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ProtoMajor != 2 {
			t.Errorf("asked over %s", r.Proto)
		}
		w.Header().Set("ETag", recordingETag)
		if n.Add(1) == 1 {
			_, _ = w.Write(recording[:20])
			_ = http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		}
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(recording))
	}))
	s.EnableHTTP2 = true
	s.StartTLS()
	t.Cleanup(s.Close)
	stream, err := download(t.Context(), newClient(t, twilio.WithBaseURL(s.URL), twilio.WithHTTPClient(s.Client())))
	if got, err := readAll(t, stream, err); err != nil || !bytes.Equal(got, recording) || n.Load() != 2 {
		t.Errorf("%q after %d requests, error %v", got, n.Load(), err)
	}
}

// A stream that is closed early, read to its end, or fails gives up its connection and all that
// belongs to it.
func TestStreamLeaksNothing(t *testing.T) {
	var open atomic.Int64
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "1000000")
		_, _ = w.Write(make([]byte, 100_000))
		if r.URL.Query().Has("cut") {
			return
		}
		for range 900 {
			if _, err := w.Write(make([]byte, 1000)); err != nil {
				return
			}
		}
	}))
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		switch state {
		case http.StateNew:
			open.Add(1)
		case http.StateClosed, http.StateHijacked:
			open.Add(-1)
		}
	}
	s.Start()
	defer s.Close()
	before := runtime.NumGoroutine()
	transport := &http.Transport{}
	client := newClient(t, twilio.WithBaseURL(s.URL), twilio.WithHTTPClient(&http.Client{Transport: transport}))
	for i := range 60 {
		var opts []twilio.RequestOption
		if i%3 == 1 {
			opts = append(opts, twilio.WithForm("cut", "1"))
		}
		stream, err := download(t.Context(), client, opts...)
		if err != nil {
			t.Fatal(err)
		}
		if i%3 == 0 {
			stream.Close()
			continue
		}
		if _, err := io.Copy(io.Discard, stream); (err == nil) != (i%3 == 2) { // and is not closed
			t.Errorf("error %v", err)
		}
	}
	transport.CloseIdleConnections()
	for range 500 {
		if open.Load() == 0 && runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d connections are open, and there are %d goroutines more", open.Load(), runtime.NumGoroutine()-before)
}

// A transport that says nothing of the length is believed in that.
func TestStreamWithoutLength(t *testing.T) {
	s, err := download(t.Context(), stubClient(t, func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 200, Body: io.NopCloser(bytes.NewReader(recording))}, nil
	}))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := readAll(t, s, nil); err != nil || !bytes.Equal(got, recording) || s.Size() != -1 {
		t.Errorf("%v: %q, error %v", s, got, err)
	}
}

// endless is a body that is made while it is read.
type endless struct{ left int64 }

func (e *endless) Read(p []byte) (int, error) {
	if e.left == 0 {
		return 0, io.EOF
	}
	n := min(int64(len(p)), e.left)
	e.left -= n
	return int(n), nil
}

func (e *endless) Close() error { return nil }

// A gigabyte takes no more memory than a little.
func TestStreamMemory(t *testing.T) {
	const size = 1 << 30
	client := stubClient(t, func(r *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 200, Header: http.Header{}, ContentLength: size, Body: &endless{size}, Request: r}, nil
	})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	s, err := download(t.Context(), client)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	n, err := io.Copy(struct{ io.Writer }{io.Discard}, s)
	runtime.ReadMemStats(&after)
	if allocated := after.TotalAlloc - before.TotalAlloc; err != nil || n != size || allocated > 1<<20 {
		t.Errorf("%d bytes took %d of memory, error %v", n, allocated, err)
	}
}

// A stream shows nothing of what it has, or how it got it.
func TestStreamIsPrintedWithoutSecrets(t *testing.T) {
	s, err := download(t.Context(), stubClient(t, newLibrary(nil).RoundTrip))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if got := fmt.Sprintf("%v %+v %#v %s", s, s, s, s); strings.Contains(got, secret) || strings.Count(got, "twilio.Stream(0 of 52)") != 4 {
		t.Errorf("printed as %s", got)
	}
}

// A stream that comes from no call, and one that a failed call has not returned.
func TestZeroStream(t *testing.T) {
	s := &twilio.Stream{}
	if got, err := io.ReadAll(s); len(got) != 0 || err != nil || s.ContentType() != "" || s.ETag() != "" {
		t.Errorf("%q, %v", got, err)
	}
	for _, s := range []*twilio.Stream{s, nil} {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}
