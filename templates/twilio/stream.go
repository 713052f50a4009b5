package twilio

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
)

// Stream is the content of an answer, such as a recording, which is read while it arrives. It must
// be closed, or read to its end. One goroutine at a time may read it; Close may be called by any.
//
// A connection that is lost or that stalls is replaced: the rest of the content is asked for, from
// the same operation, as often as [WithMaxRetries] allows for the call with all its tries. That
// happens only if the operation reads, and only if the content has a strong ETag, by which the rest
// can be recognized: no byte is missing, doubled, or of other content. Where it cannot be done, Read
// returns an error, for which errors.Is(err, io.ErrUnexpectedEOF) is true if the connection ended
// early; io.EOF always means that all is there. Only if the server does not say where the content
// ends, neither by its length nor by the protocol, is the end of the connection that of the content.
//
// The context of the call limits the stream as a whole. [WithTimeout], by default 30 seconds, limits
// how long the answer may take to begin, and then how long a Read waits for anything to arrive; a
// [http.Client.Timeout] is taken in the same way. Of the sizes, only a [WithMaxBody] of the call
// itself counts. [WithResponse] has no body.
//
// The content is as the server has it, without decompression: with a Content-Encoding in its Header
// it is still compressed.
//
// The zero value is an empty stream.
type Stream struct {
	ctx    context.Context
	end    context.CancelFunc
	call   *call
	tries  retries
	most   int64 // how many bytes may be read; 0 for any number
	header http.Header
	etag   string // "" if the rest cannot be recognized
	size   int64
	first  int64 // offset at which the stream began
	offset int64 // of the next byte to give
	place  int64 // of the next byte of the body: less than offset while it has to be skipped
	later  error // from body, to be seen to by the next Read
	err    error // what every Read returns from now on

	mu     sync.Mutex // guards what follows
	body   *openBody
	closed bool
}

// start is where a stream begins.
type start struct {
	offset int64
	etag   string
}

// ErrContentChanged means that the rest of a [Stream] cannot be had, since there is now other
// content in its place.
var ErrContentChanged = errors.New("twilio: the content has changed")

var errStreamClosed = errors.New("the stream is closed")

// WithOffset begins a [Stream] at a byte other than the first, to go on with what was read before.
// The etag is the [Stream.ETag] of the earlier stream: if there is other content by now, the call
// fails with [ErrContentChanged]. If it is empty, this is not checked. At the end of the content the
// stream is empty; beyond that, the call fails with the status 416.
//
// Only a read has an offset, and it makes no difference to operations that return no stream.
func WithOffset(offset int64, etag string) RequestOption {
	return requestOption(func(c *callOptions) { c.from = start{offset, etag} })
}

// WithProgress calls f after each Read of a [Stream] with the number of bytes that are done, from
// the start of the content, and the number that it has in all, or -1 if that is not known.
func WithProgress(f func(done, total int64)) RequestOption {
	return requestOption(func(c *callOptions) { c.progress = f })
}

// Stream makes the call and returns the answer as a stream. It is kept from being inlined into the
// wrapper that the compiler makes of it for each T.
//
//go:noinline
func (c *caller[T]) Stream() (*Stream, error) { return c.call.stream(c.ctx) }

func (k *call) stream(ctx context.Context) (*Stream, error) {
	if k.err == nil {
		k.err = k.checkStream()
	}
	if ctx == nil || k.err != nil {
		_, err := k.send(ctx, k.target, true) // sends nothing, and says why
		return nil, k.wrap(err)
	}
	from := k.options.from
	s := &Stream{
		call: k, tries: retries{call: k, left: k.maxRetries()}, most: k.options.maxBody,
		size: -1, first: from.offset, offset: from.offset, etag: from.etag,
	}
	s.ctx, s.end = context.WithCancel(ctx)
	resp, err := s.open()
	if err == nil {
		err = s.begin(resp)
	}
	if err != nil {
		s.Close()
		return nil, k.wrap(err)
	}
	return s, nil
}

// checkStream refuses options that a stream cannot have.
func (k *call) checkStream() error {
	from := k.options.from
	switch {
	case from.offset < 0:
		return &ParamError{"WithOffset", "must not be negative"}
	case from.offset > 0 && !isRead(k.request.Method):
		return &ParamError{"WithOffset", "is for operations that only read"}
	case strings.ContainsFunc(from.etag, func(c rune) bool { return c < ' ' || c > '~' }):
		return &ParamError{"WithOffset", "has an ETag that is none"}
	case k.client.header.Get("Range") != "":
		return errOwnRange
	}
	for _, h := range k.options.header {
		if http.CanonicalHeaderKey(h.Name) == "Range" {
			return errOwnRange
		}
	}
	return nil
}

var errOwnRange = &ParamError{"Range", "is set by WithOffset"}

// open asks for the content from the offset on.
func (s *Stream) open() (*http.Response, error) {
	k := *s.call
	k.opening = &opening{tries: &s.tries, isPart: s.offset > 0}
	s.tries.call = &k
	k.options.header = append([]wire.Pair{{Name: "Accept-Encoding", Value: "identity"}}, k.options.header...)
	if s.offset > 0 {
		k.options.header = append(k.options.header, wire.Pair{Name: "Range", Value: fmt.Sprintf("bytes=%d-", s.offset)})
		if isStrong(s.etag) {
			k.options.header = append(k.options.header, wire.Pair{Name: "If-Range", Value: s.etag})
		}
	}
	if _, err := k.send(s.ctx, k.target, true); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.body = k.opening.body
	if s.closed {
		s.body.stop()
		return nil, errStreamClosed
	}
	return k.opening.response, nil
}

// isStrong reports whether an ETag stands for the same bytes.
func isStrong(etag string) bool { return len(etag) > 2 && etag[0] == '"' }

// begin takes what the first answer says of the content.
func (s *Stream) begin(resp *http.Response) error {
	part, err := s.partOf(resp)
	if err != nil {
		return err
	}
	etag := resp.Header.Get("ETag")
	if s.etag != "" && s.etag != etag && s.err == nil { // an answer that there is no more need not have one
		return s.unusable(ErrContentChanged)
	}
	s.header, s.size, s.place, s.etag = resp.Header, part.size, part.from, etag
	if !isStrong(etag) || resp.Uncompressed {
		s.etag = ""
	}
	if s.size >= 0 && s.offset > s.size {
		return s.unusable(errors.New("the content ends before the offset"))
	}
	if s.most > 0 && s.size-s.offset > s.most {
		return s.unusable(fmt.Errorf("%w: more than %d bytes", errTooLong, s.most))
	}
	return nil
}

// goOn takes an answer with the rest.
func (s *Stream) goOn(resp *http.Response) error {
	part, err := s.partOf(resp)
	if err != nil {
		return err
	}
	if resp.Header.Get("ETag") != s.etag || part.size >= 0 && s.size >= 0 && part.size != s.size || resp.Uncompressed {
		return s.unusable(ErrContentChanged)
	}
	s.place = part.from
	return nil
}

func (s *Stream) unusable(err error) error { return s.call.failure(unreadable(err), carriedOut) }

// part is what an answer has of the content.
type part struct{ from, size int64 } // size is that of all, -1 if it is not known

// partOf finds out which part of the content an answer has, and makes an error of one that it cannot
// be read from.
func (s *Stream) partOf(resp *http.Response) (part, error) {
	switch {
	case resp.StatusCode == http.StatusRequestedRangeNotSatisfiable:
		if resp.Header.Get("Content-Range") == fmt.Sprintf("bytes */%d", s.offset) {
			s.err = io.EOF // the content ends where this part would begin
			return part{s.offset, s.offset}, nil
		}
		// By the body that has a limit of time. The status says more than what is wrong with it.
		body, _ := readBody(s.current(), resp.ContentLength, maxErrorBody)
		return part{}, s.call.failure(newError(s.call.request, resp, body, s.tries.last.number), refused)
	case resp.StatusCode != http.StatusPartialContent:
		size := resp.ContentLength
		if resp.Uncompressed || size == 0 && resp.Header.Get("Content-Length") == "" {
			size = -1 // a transport that is not net/http's may not know better than to say 0
		}
		return part{0, size}, nil
	}
	from, to, size, ok := parseContentRange(resp.Header.Get("Content-Range"))
	if !ok || from != s.offset || resp.ContentLength >= 0 && resp.ContentLength != to-from+1 || resp.Uncompressed {
		return part{}, s.unusable(errors.New("the answer has another part of the content than was asked for"))
	}
	return part{from, size}, nil
}

// parseContentRange reads "bytes 0-99/200", where the size may be "*".
func parseContentRange(value string) (from, to, size int64, ok bool) {
	unit, rest, _ := strings.Cut(value, " ")
	span, total, _ := strings.Cut(rest, "/")
	first, last, _ := strings.Cut(span, "-")
	size = -1
	var errs [3]error
	from, errs[0] = parseDigits(first)
	to, errs[1] = parseDigits(last)
	if total != "*" {
		size, errs[2] = parseDigits(total)
	}
	ok = strings.EqualFold(unit, "bytes") && errors.Join(errs[:]...) == nil && from <= to && (size < 0 || to < size)
	return from, to, size, ok
}

// parseDigits is stricter than ParseInt, and leaves room to add one.
func parseDigits(s string) (int64, error) {
	if !isDigits(s) {
		return 0, strconv.ErrSyntax
	}
	n, err := strconv.ParseInt(s, 10, 63)
	return n, err
}

// Header returns the headers of the first answer, which must not be changed.
func (s *Stream) Header() http.Header { return s.header }

// ContentType returns the type of the content, such as "audio/mpeg", or "" if it is not known.
func (s *Stream) ContentType() string { return s.header.Get("Content-Type") }

// ETag returns what identifies the content, for [WithOffset], or "" if nothing does.
func (s *Stream) ETag() string { return s.etag }

// Size returns how many bytes the content has, from its start on, or -1 if that is not known.
func (s *Stream) Size() int64 { return s.size }

// Offset returns the position of the next byte in the content.
func (s *Stream) Offset() int64 { return s.offset }

// String returns a text without the content.
func (s *Stream) String() string { return fmt.Sprintf("twilio.Stream(%d of %d)", s.offset, s.size) }

// GoString returns the same text as String.
func (s *Stream) GoString() string { return s.String() }

// Read reads the next bytes. Its errors begin with the operation, apart from io.EOF.
func (s *Stream) Read(p []byte) (int, error) {
	if s.call == nil {
		return 0, io.EOF
	}
	for len(p) > 0 && s.err == nil {
		if s.later != nil {
			s.mend(s.later)
			continue
		}
		var n int
		n, s.later = s.current().Read(p)
		if n = s.keep(p[:n]); n > 0 {
			return n, nil
		}
	}
	if len(p) == 0 && s.err == nil {
		return 0, nil
	}
	return 0, s.err
}

// current returns the body that is read now.
func (s *Stream) current() io.Reader {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return failing{errStreamClosed}
	}
	return s.body
}

type failing struct{ error }

func (f failing) Read([]byte) (int, error) { return 0, f.error }

// keep takes what was read from the body, drops what has been given already, and returns how much is
// left in p.
func (s *Stream) keep(p []byte) int {
	drop := min(s.offset-s.place, int64(len(p)))
	s.place += int64(len(p))
	n := copy(p, p[drop:])
	if s.size >= 0 && s.place > s.size {
		n -= int(min(s.place-s.size, int64(n)))
		s.fail(s.unusable(errors.New("the answer has more than the content")))
	}
	if s.most > 0 && s.offset+int64(n)-s.first > s.most {
		n = int(s.most - (s.offset - s.first))
		s.fail(s.unusable(fmt.Errorf("%w: more than %d bytes", errTooLong, s.most)))
	}
	s.offset += int64(n)
	if n > 0 && s.call.options.progress != nil {
		s.call.options.progress(s.offset, s.size)
	}
	return n
}

// mend sees to an error of the body: the end, or a reason to ask for the rest.
func (s *Stream) mend(err error) {
	s.later = nil
	if err == io.EOF {
		if s.place >= s.offset && (s.size < 0 || s.place == s.size) {
			s.err = io.EOF
			s.Close()
			return
		}
		err = io.ErrUnexpectedEOF
	}
	if s.isClosed() {
		s.fail(errStreamClosed)
		return
	}
	k := s.call
	t := &try{number: s.tries.last.number, err: unreadable(newTransportError(s.ctx, err, s.tries.last.number)), outcome: carriedOut, final: s.etag == ""}
	wait, again := s.tries.next(s.ctx, t)
	k.log(s.ctx, t, again, wait)
	if !again {
		s.fail(k.failure(t.err, carriedOut))
		return
	}
	s.body.stop()
	if err := sleep(s.ctx, wait); err != nil {
		s.fail(k.failure(fmt.Errorf("%w while waiting to go on after: %w", err, t.err), carriedOut))
		return
	}
	resp, err := s.open()
	if err == nil {
		err = s.goOn(resp)
	}
	if err != nil {
		s.fail(err)
	}
}

// fail ends the stream with an error.
func (s *Stream) fail(err error) {
	if s.isClosed() {
		err = s.call.failure(errStreamClosed, carriedOut)
	}
	if s.err == nil {
		s.err = s.call.wrap(err)
	}
	s.Close()
}

func (s *Stream) isClosed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.closed
}

// WriteTo writes what is left to w, as [io.Copy] does.
func (s *Stream) WriteTo(w io.Writer) (int64, error) {
	return io.Copy(w, struct{ io.Reader }{s})
}

// Close ends the stream and gives up its connection. It returns nil, however often it is called, and
// does nothing to a nil Stream.
func (s *Stream) Close() error {
	if s == nil || s.call == nil {
		return nil
	}
	s.end()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	if s.body != nil {
		s.body.stop()
	}
	return nil
}
