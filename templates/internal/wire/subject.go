package wire

import (
	"bytes"
	"errors"
)

// The errors of a document that can be read, but is not the answer to the question.
var (
	ErrEmpty   = errors.New("json: the document is empty")
	ErrNothing = errors.New("json: none of the expected members is there")
	ErrFailure = errors.New("json: an error is there in place of what was expected")
)

// subject is the value that a document is about: what it says of it decides whether it is an answer.
// The value must be of the kind that is asked for, and an object that has declared members must have
// one of them.
//
// Decoders need not know of this. They step over each member with Next, and skip those that are not
// declared, with Skip; what is left are the declared ones.
type subject struct {
	depth    int  // of the members of the value; 0 if nothing is expected of the document
	promised bool // the value is an object with declared members
	members  int  // how many members there are, without those that are not declared
	code     bool // one that is not declared is a code, as errors have
	message  bool // one that is not declared is a message, as errors have
}

// expect makes the value that comes next the subject of the document.
func (d *Decoder) expect() { d.subject = subject{depth: d.depth + 1} }

// stray steps over a member of the subject that is not declared.
func (d *Decoder) stray() {
	s := &d.subject
	s.members--
	switch string(d.key) {
	case "code":
		n, _ := d.int()
		s.code = s.code || n != 0
	case "message":
		kind, text := d.scalar()
		s.message = s.message || kind == '"' && len(text) > 0
	default:
		d.skip()
	}
}

// failure reports whether the subject is an error, which has a code and a message, in place of
// something that has not.
func (s *subject) failure() bool { return s.code && s.message }

// says returns an error if nothing declared has been found in the subject.
func (s *subject) says() error {
	if s.promised && s.members <= 0 {
		return ErrNothing
	}
	return nil
}

// answered is like finish, for a document that must say something about its subject.
func (d *Decoder) answered() error {
	err := d.finish()
	switch {
	case len(bytes.TrimSpace(d.data)) == 0:
		return ErrEmpty
	case err != nil:
		return err
	case d.subject.failure():
		return ErrFailure
	}
	return d.subject.says()
}
