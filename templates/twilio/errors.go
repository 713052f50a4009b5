package twilio

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
)

// The kinds of [Error] by status, for errors.Is.
var (
	ErrUnauthorized = errors.New("twilio: unauthorized")      // 401
	ErrForbidden    = errors.New("twilio: forbidden")         // 403
	ErrNotFound     = errors.New("twilio: not found")         // 404
	ErrConflict     = errors.New("twilio: conflict")          // 409
	ErrRateLimited  = errors.New("twilio: too many requests") // 429
	ErrServer       = errors.New("twilio: server error")      // 5xx
)

// Error is a response that is not a success. Get it with errors.As, or check its kind with
// errors.Is and one of [ErrNotFound], [ErrUnauthorized], [ErrForbidden], [ErrConflict],
// [ErrRateLimited] and [ErrServer].
//
// However it is printed, logged or encoded, it leaves out what may be personal data: the body, the
// details, the values in the path, and phone numbers, e-mail addresses and URLs in the message. The
// fields have them.
type Error struct {
	StatusCode int             // the HTTP status
	Code       int             // Twilio's error code, such as CodeNotFound; 0 if there is none
	Message    string          // as Twilio wrote it; may contain personal data
	MoreInfo   string          // the URL of a page about the error, or ""
	Details    json.RawMessage // further details as JSON, or nil; may contain personal data
	RequestID  string          // what Twilio's support asks for
	RetryAfter time.Duration   // how long Twilio asks to wait; 0 if it does not
	Tries      int             // how many requests were sent, including this one
	Method     string          // of the request
	Path       string          // of the request, with placeholders: "/v1/Services/{Sid}"
	Body       []byte          // the first 4 KiB of the response; may contain personal data
}

// maxErrorBody is how much of a response an Error keeps.
const maxErrorBody = 4 << 10

func newError(r *wire.Request, resp *http.Response, body []byte, tries int) *Error {
	e := &Error{
		StatusCode: resp.StatusCode,
		RequestID:  requestID(resp.Header),
		RetryAfter: retryAfter(resp.Header),
		Tries:      tries,
		Method:     r.Method,
		Path:       r.Path,
		Body:       bytes.Clone(body[:min(len(body), maxErrorBody)]),
	}
	e.read(body)
	return e
}

func requestID(h http.Header) string {
	if id := h.Get("Twilio-Request-Id"); id != "" {
		return id
	}
	return h.Get("T-Request-Id")
}

// read takes what it can from any of the forms that errors have: Twilio's classic one, that of its
// API Standards v1.0, RFC 9457, and OAuth 2. If the body is none of them, or is cut off, the other
// fields stay empty.
func (e *Error) read(body []byte) {
	var title, detail, kind string
	d := wire.NewDecoder(body)
	for ok := d.Object(); ok && d.Next(); {
		switch string(d.Key()) {
		case "code":
			e.Code = d.Int()
		case "message":
			e.Message = d.String()
		case "more_info":
			e.MoreInfo = d.String()
		case "details", "params":
			e.Details = d.Raw()
		case "title", "error":
			title = d.String()
		case "detail", "error_description":
			detail = d.String()
		case "type":
			kind = d.String()
		default:
			d.Skip()
		}
	}
	if e.Message == "" {
		e.Message = detail
	}
	if e.Message == "" {
		e.Message = title
	}
	if e.MoreInfo == "" && strings.HasPrefix(kind, "https://") {
		e.MoreInfo = kind
	}
}

// Error returns one line: the status and, as far as they are known, Twilio's error code, the number
// of tries, the message and the request ID.
func (e Error) Error() string {
	text := "twilio: " + strconv.Itoa(e.StatusCode)
	if name := http.StatusText(e.StatusCode); name != "" {
		text += " " + name
	}
	if e.Code != 0 {
		text += fmt.Sprintf(" (code %d)", e.Code)
	}
	if e.Tries > 1 {
		text += fmt.Sprintf(" after %d tries", e.Tries)
	}
	if e.Message != "" {
		text += ": " + printable(e.Message)
	}
	if e.RequestID != "" {
		text += " [request " + printable(e.RequestID) + "]"
	}
	return text
}

// Format prints the text of Error for every verb, so that none of them shows more.
func (e Error) Format(f fmt.State, verb rune) { formatText(f, verb, e.Error()) }

// MarshalJSON encodes what [Error.LogValue] shows, and nothing else.
func (e Error) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]any{
		"status": e.StatusCode, "code": e.Code, "message": printable(e.Message), "request_id": printable(e.RequestID),
		"tries": e.Tries, "method": e.Method, "path": e.Path,
	})
}

// formatText prints a text in place of a value.
func formatText(f fmt.State, verb rune, text string) {
	switch verb {
	case 's', 'q', 'x', 'X':
		fmt.Fprintf(f, fmt.FormatString(f, verb), text)
	default:
		fmt.Fprint(f, text)
	}
}

// LogValue returns the fields that are not personal data, with the message as it is in Error.
func (e Error) LogValue() slog.Value {
	return slog.GroupValue(
		slog.Int("status", e.StatusCode),
		slog.Int("code", e.Code),
		slog.String("message", printable(e.Message)),
		slog.String("request_id", printable(e.RequestID)),
		slog.Int("tries", e.Tries),
		slog.String("method", e.Method),
		slog.String("path", e.Path),
	)
}

// Is reports whether target is the kind of error that the status stands for.
func (e Error) Is(target error) bool {
	switch target {
	case ErrUnauthorized:
		return e.StatusCode == http.StatusUnauthorized
	case ErrForbidden:
		return e.StatusCode == http.StatusForbidden
	case ErrNotFound:
		return e.StatusCode == http.StatusNotFound
	case ErrConflict:
		return e.StatusCode == http.StatusConflict
	case ErrRateLimited:
		return e.StatusCode == http.StatusTooManyRequests
	case ErrServer:
		return e.StatusCode/100 == 5
	}
	return false
}

// Temporary reports whether a retry is worth the wait, since the same call may succeed in a moment.
// It may after a 5xx, after a 429, except one whose limit lasts minutes or longer, such as
// [CodeTooManySends], and after [CodeDuplicateParticipant] and [CodeTooManyLookups].
//
// This says nothing about whether the call has had an effect: after a 5xx it may have, after the
// others it has not.
func (e Error) Temporary() bool {
	switch {
	case isLongLimit(e.Code):
		return false
	case isPassing(e.Code):
		return true
	}
	return e.StatusCode == http.StatusTooManyRequests || e.StatusCode/100 == 5
}

// retryAfter reads the Retry-After header, which is a number of seconds or a time. A time is taken
// by the clock of the server, which the Date header shows, since the one here may be wrong.
func retryAfter(h http.Header) time.Duration {
	const most = 24 * time.Hour // anything longer is not meant seriously
	value := h.Get("Retry-After")
	if isDigits(value) {
		seconds, err := strconv.ParseUint(value, 10, 63)
		if err != nil || seconds > uint64(most/time.Second) {
			return most
		}
		return time.Duration(seconds) * time.Second
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	now, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		now = time.Now()
	}
	return min(max(at.Sub(now), 0), most)
}

func isDigits(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return r < '0' || '9' < r }) < 0
}

// ParamError is an argument that was refused before anything was sent. It does not contain the
// argument's value.
type ParamError struct {
	Param  string // the API's name for the parameter: "ServiceSid"
	Reason string // continues the sentence that starts with Param: "is required"
}

// Is reports whether target is [ErrNotSent].
func (e *ParamError) Is(target error) bool { return target == ErrNotSent }

// Error returns a text that names the parameter and the reason.
func (e *ParamError) Error() string { return "parameter " + e.Param + " " + e.Reason }
