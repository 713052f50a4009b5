package twilio

import "errors"

// What became of a call that failed, for errors.Is. One of them is true of every error of a call,
// whatever the method and whatever else the error is; if the call made several tries, they count
// together. A call that is safe to make again after ErrNotSent or ErrRefused may cause something
// twice after ErrMayHaveHappened.
var (
	// ErrNotSent means that no request left: an argument was refused, there were no credentials, or
	// no connection could be made.
	ErrNotSent = errors.New("twilio: the request was not sent")

	// ErrRefused means that there was an answer, and that it turned the request away without
	// carrying it out, as every status from 400 to 499 does, except 408 and 499.
	ErrRefused = errors.New("twilio: the request was refused")

	// ErrMayHaveHappened means that what the call asked for may have been done, or was done. The
	// connection was lost, a try took too long, the server had an error, or the answer was a
	// success that could not be read.
	ErrMayHaveHappened = errors.New("twilio: the request may have been carried out")
)

// outcome is what became of a request or a call that failed. Of two outcomes, the later one in this
// list counts.
type outcome int

const (
	notSent    outcome = iota // it never left
	refused                   // it was turned away without being carried out
	uncertain                 // it may have been carried out
	carriedOut                // it was carried out, but the answer is no use
)

func (o outcome) sentinel() error {
	switch o {
	case notSent:
		return ErrNotSent
	case refused:
		return ErrRefused
	}
	return ErrMayHaveHappened
}

func isOutcome(err error) bool {
	return err == ErrNotSent || err == ErrRefused || err == ErrMayHaveHappened
}

// failure gives an error an outcome.
type failure struct {
	error
	outcome outcome
	warn    bool // the request must not be carried out twice
}

// Error warns whoever may be about to try again.
func (f *failure) Error() string {
	if f.warn && f.outcome == uncertain {
		return f.error.Error() + "; the request may have been carried out"
	}
	return f.error.Error()
}

func (f *failure) Unwrap() error { return f.error }

func (f *failure) Is(target error) bool { return target == f.outcome.sentinel() }
