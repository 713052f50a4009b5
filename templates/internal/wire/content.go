package wire

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"strings"
	"sync"
	"sync/atomic"
)

// File is content that is sent as it is. It has the fields of twilio.File, which explains them.
type File struct {
	Name        string
	ContentType string
	Content     io.Reader
}

// Content is a body that is read while it is sent. Each try of a call opens it anew.
type Content struct {
	Type string
	Size int64 // -1 if it is not known

	pieces []piece
	mu     sync.Mutex
	opened []*opening
}

// piece is a part of a Content: a text, or what a file has.
type piece struct {
	text string
	file source // nil for a text
}

func newContent(contentType string, pieces ...piece) *Content {
	c := &Content{Type: contentType, pieces: pieces}
	for _, p := range pieces {
		size := int64(len(p.text))
		if p.file != nil {
			size = p.file.size()
		}
		if size < 0 || c.Size < 0 {
			c.Size = -1
			continue
		}
		c.Size += size
	}
	return c
}

// Repeatable reports whether the content can be opened once more and be the same.
func (c *Content) Repeatable() bool {
	for _, p := range c.pieces {
		if p.file != nil && !p.file.repeatable() {
			return false
		}
	}
	return true
}

// Open begins at the start. Of a file that has but one position, what was opened before can no
// longer be read.
func (c *Content) Open() (io.ReadCloser, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	o := &opening{}
	readers := make([]io.Reader, len(c.pieces))
	for i, p := range c.pieces {
		if p.file == nil {
			readers[i] = strings.NewReader(p.text)
			continue
		}
		r, err := p.file.open()
		if err != nil {
			return nil, err
		}
		o.files = append(o.files, r)
		readers[i] = r
	}
	o.Reader = io.MultiReader(readers...)
	c.opened = append(c.opened, o)
	return o, nil
}

// Close ends all reading, so that the files are the caller's again. It does not wait for a file
// that is not repeatable, since that may never give anything.
func (c *Content) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, o := range c.opened {
		_ = o.Close()
	}
}

// opening reads a Content once.
type opening struct {
	io.Reader
	files []io.ReadCloser
}

// Close ends all reading of the files.
func (o *opening) Close() error {
	for _, f := range o.files {
		_ = f.Close()
	}
	return nil
}

// source is the content of a file.
type source interface {
	size() int64 // -1 if it is not known
	repeatable() bool
	open() (io.ReadCloser, error)
}

// newSource finds out how content can be read. Where it can, it is read without moving the caller's
// own position, so that several tries, and several calls, can read it.
func newSource(content io.Reader) source {
	if b, ok := content.(*bytes.Buffer); ok && b != nil {
		return &section{bytes.NewReader(b.Bytes()), 0, int64(b.Len())}
	}
	seeker, ok := content.(io.Seeker)
	if !ok || isSpecial(content) {
		return &passing{content: content}
	}
	start, length, err := span(seeker)
	if err != nil {
		return &passing{content: content}
	}
	if at, ok := content.(io.ReaderAt); ok {
		return &section{at, start, length}
	}
	return &rewound{content: content.(io.ReadSeeker), start: start, length: length}
}

// isSpecial reports whether content is a file that is none on a disk: its size says nothing.
func isSpecial(content io.Reader) bool {
	f, ok := content.(interface{ Stat() (fs.FileInfo, error) })
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err != nil || !info.Mode().IsRegular()
}

// span is what there is from the position of s on.
func span(s io.Seeker) (start, length int64, err error) {
	start, err = s.Seek(0, io.SeekCurrent)
	if err != nil {
		return 0, 0, err
	}
	end, err := s.Seek(0, io.SeekEnd)
	if err != nil {
		return 0, 0, err
	}
	_, err = s.Seek(start, io.SeekStart)
	return start, max(end-start, 0), err
}

// section is content that several readers can read at the same time.
type section struct {
	content       io.ReaderAt
	start, length int64
}

func (s *section) size() int64      { return s.length }
func (s *section) repeatable() bool { return true }
func (s *section) open() (io.ReadCloser, error) {
	return &guarded{r: io.NewSectionReader(s.content, s.start, s.length)}, nil
}

// rewound is content that one reader at a time can read.
type rewound struct {
	content       io.ReadSeeker
	start, length int64
	last          *guarded
}

func (s *rewound) size() int64      { return s.length }
func (s *rewound) repeatable() bool { return true }
func (s *rewound) open() (io.ReadCloser, error) {
	if s.last != nil {
		_ = s.last.Close()
	}
	if _, err := s.content.Seek(s.start, io.SeekStart); err != nil {
		return nil, err
	}
	s.last = &guarded{r: io.LimitReader(s.content, s.length)}
	return s.last, nil
}

var errClosed = errors.New("the content is no longer read")

// guarded ends reading when it is closed, even if somebody reads at that time.
type guarded struct {
	mu   sync.Mutex
	r    io.Reader
	shut bool
}

func (g *guarded) Read(p []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.shut {
		return 0, errClosed
	}
	return g.r.Read(p)
}

func (g *guarded) Close() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.shut = true
	return nil
}

// passing is content that can be read once. Until somebody has begun, it can be opened again.
type passing struct {
	content io.Reader
	begun   atomic.Bool
}

func (s *passing) size() int64      { return -1 }
func (s *passing) repeatable() bool { return !s.begun.Load() }
func (s *passing) open() (io.ReadCloser, error) {
	if s.begun.Load() {
		return nil, errors.New("the content can only be read once")
	}
	return &passage{of: s, shut: make(chan struct{}), got: make(chan reading, 1)}, nil
}

// passage reads passing content in a goroutine, so that whoever reads it need not wait for ever:
// net/http does not end a request before its body has been read.
type passage struct {
	of     *passing
	buffer []byte
	got    chan reading
	once   sync.Once
	shut   chan struct{}
}

// reading is what a Read has returned.
type reading struct {
	n   int
	err error
}

func (p *passage) Read(b []byte) (int, error) {
	select {
	case <-p.shut:
		return 0, errClosed
	default:
	}
	p.of.begun.Store(true)
	if p.buffer == nil {
		p.buffer = make([]byte, 32<<10)
	}
	to := p.buffer[:min(len(b), len(p.buffer))]
	go func() {
		n, err := p.of.content.Read(to)
		p.got <- reading{n, err}
	}()
	select {
	case r := <-p.got:
		return copy(b, to[:r.n]), r.err
	case <-p.shut:
		return 0, errClosed
	}
}

func (p *passage) Close() error {
	p.once.Do(func() { close(p.shut) })
	return nil
}
