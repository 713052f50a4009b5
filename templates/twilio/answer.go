package twilio

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
)

// ErrInvalidResponse is the kind of error, for errors.Is, of a call that has succeeded by its status
// while the response is not what the operation promises: it has no body, cannot be read, says
// nothing that the bindings know, or is an error in disguise, which errors.As then finds as an
// [*Error] with the status of a success. The request has been carried out as far as its status
// tells, so it is an [ErrMayHaveHappened], too, and a POST should not be sent again without a look at
// what it has done. [WithResponse] has the response.
var ErrInvalidResponse = errors.New("twilio: the response is not what the operation promises")

// invalidResponse is why a response that is a success cannot be used. Its text shows nothing of the
// body.
type invalidResponse struct{ cause error }

func (e *invalidResponse) Error() string { return "reading the response: " + e.cause.Error() }

func (e *invalidResponse) Unwrap() error { return e.cause }

func (e *invalidResponse) Is(target error) bool { return target == ErrInvalidResponse }

// answer is the response that settled a call.
type answer struct {
	status    int
	requestID string
	tries     int
	body      []byte // nil if it is not wanted
}

// saysNothing reports whether there is nothing to decode, and should not be: the status or the
// document says so, or a DELETE found nothing because an earlier try had deleted it.
func (k *call) saysNothing(a *answer) bool {
	switch {
	case a.status == http.StatusNoContent || a.status == http.StatusResetContent || a.status/100 != 2:
		return true
	case slices.Contains(k.request.Empty, a.status) || slices.Contains(k.request.Empty, a.status/100):
		return len(bytes.TrimSpace(a.body)) == 0
	}
	return false
}

// nothing is decoded where there is no body, and gives an empty object.
var nothing = []byte("null")

// invalid returns the error of a response that could not be decoded because of err.
func (k *call) invalid(a *answer, err error) error {
	if errors.Is(err, wire.ErrFailure) {
		e := &Error{
			StatusCode: a.status,
			RequestID:  a.requestID,
			Tries:      a.tries,
			Method:     k.request.Method,
			Path:       k.request.Path,
			Body:       bytes.Clone(a.body[:min(len(a.body), maxErrorBody)]),
		}
		e.read(a.body)
		err = fmt.Errorf("it is an error with the status of a success: %w", e)
	}
	return k.failure(&invalidResponse{err}, carriedOut)
}
