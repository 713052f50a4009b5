package twilio

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"time"
)

// transportError is why there is no response. Its text may quote what came over the wire.
type transportError struct {
	cause error
	tries int
}

// newTransportError removes the URL, which may contain personal data, from an error of net/http,
// and keeps the cause.
func newTransportError(ctx context.Context, err error, tries int) error {
	for {
		u, ok := err.(*url.Error)
		if !ok {
			break
		}
		err = u.Err
	}
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF // a lost connection must not look like the end of a list
	}
	return &transportError{endOf(ctx, err), tries}
}

func (e *transportError) Error() string {
	text := printable(e.cause.Error())
	if e.tries > 1 {
		text += fmt.Sprintf(" (after %d tries)", e.tries)
	}
	return text
}

func (e *transportError) Unwrap() error { return e.cause }

// endOf makes an error say that the context has ended, if it has: on the way here the error may
// have been given another name.
func endOf(ctx context.Context, err error) error {
	end := contextErr(ctx)
	if end == nil || errors.Is(err, end) {
		return err
	}
	return fmt.Errorf("%w: %w", end, err)
}

// contextErr is like the Err method of ctx, but notices that the deadline has passed even if the
// context's timer is late: that of a connection may fire before it.
func contextErr(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if deadline, ok := ctx.Deadline(); ok && !time.Now().Before(deadline) {
		return context.DeadlineExceeded
	}
	return nil
}

// unreadable introduces an error in a response that is a success.
func unreadable(err error) error {
	return &failure{error: fmt.Errorf("reading the response: %w", err), outcome: carriedOut}
}
