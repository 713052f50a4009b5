package webhook

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
)

// IdempotencyHeader is the header with the token that Twilio repeats when it sends a request again,
// for instance since the response took too long. Most requests have one.
const IdempotencyHeader = "I-Twilio-Idempotency-Token"

// IdempotencyToken returns the value of the [IdempotencyHeader], or "" if there is none. The signature
// does not cover it.
func IdempotencyToken(r *http.Request) string { return r.Header.Get(IdempotencyHeader) }

// maxAnswer is what Twilio takes: longer TwiML is an error there.
const maxAnswer = 64 << 10

// Store remembers answers, for [WithoutRepeats]. [NewMemory] makes one for a server that runs alone.
// Servers that share their work need one of their own, in a database that they share.
type Store interface {
	// Do returns the answer that it remembers under this key. If there is none, it calls run and
	// remembers the answer that run returns, for as long as a repeat may come: most come within 15
	// seconds, the time that Twilio has for all tries. What run returns with an error is not
	// remembered, nor is anything if run panics: the next call of Do runs it again. While one call
	// is inside run, others with the same key wait, as long as their context lasts, and then return
	// its answer.
	//
	// An error of Do that has not called run, since the database cannot be reached for example,
	// refuses the request with [ErrUnavailable]. After run, it is too late to return one.
	//
	// A key is 64 hex digits and comes from a request that Twilio has signed. An answer holds what
	// the handler responded, which may be personal data.
	Do(ctx context.Context, key string, run func() (answer []byte, err error)) ([]byte, error)
}

// WithoutRepeats makes the handlers of [Validator.Middleware] run once for each request, even if
// Twilio sends it again: a request with the same [IdempotencyToken] and the same signature, which
// is to say the same URL and content, gets the response that the first one got. If the first is
// still running, the second waits for it. Requests without a token always run, and so do calls of a
// fallback URL and handshakes of WebSockets, whose handlers run for as long as the connection lasts.
//
// Twilio gives up waiting before it sends a request again. So that the first one nevertheless comes to
// its end, the context of its request does not end when the client is gone, only at the deadline
// that it may have, and writing a response that nobody reads is no error.
//
// Where the first one failed, so that the handler has panicked or has responded with a status of 400
// or above, the second one runs. So it does if the response cannot be given again: if it is longer
// than 64 KiB, or the connection was taken over.
//
// Only requests that Twilio has signed are remembered. The token is not part of what is signed: who
// has seen a request can still send it again with another token.
func WithoutRepeats(store Store) Option {
	return func(s *settings) { s.store = store }
}

// serve lets next respond, unless it has already responded to the same request.
func (s *settings) serve(w http.ResponseWriter, r *http.Request, next http.Handler) {
	token := IdempotencyToken(r)
	if s.store == nil || token == "" || r.Header.Get("Upgrade") != "" {
		next.ServeHTTP(w, r)
		return
	}
	ran := false
	kept, err := s.store.Do(r.Context(), repeatKey(token, r.Header.Get(SignatureHeader)), func() ([]byte, error) {
		ran = true
		ctx, cancel := withoutClient(r.Context())
		defer cancel()
		rec := &recorder{ResponseWriter: w, before: w.Header().Clone()}
		next.ServeHTTP(rec, r.WithContext(ctx))
		return rec.encode()
	})
	if ran {
		return
	}
	var a answer
	if err == nil {
		err = a.decode(kept)
	}
	if err != nil {
		s.refuse(w, r, hideCause(fmt.Errorf("%w: whether it is a repeat could not be found out", ErrUnavailable), err))
		return
	}
	a.writeTo(w)
}

// withoutClient returns a context that ends at the same deadline, but not with the connection.
func withoutClient(ctx context.Context) (context.Context, context.CancelFunc) {
	detached := context.WithoutCancel(ctx)
	if deadline, ok := ctx.Deadline(); ok {
		return context.WithDeadline(detached, deadline)
	}
	return detached, func() {}
}

func repeatKey(token, signature string) string {
	sum := sha256.Sum256([]byte(token + "\n" + signature))
	return hex.EncodeToString(sum[:])
}

// answer is a response as a [Store] keeps it.
type answer struct {
	Status int         `json:"status"`
	Header http.Header `json:"header"`
	Body   []byte      `json:"body"`
}

func (a *answer) decode(kept []byte) error {
	if err := json.Unmarshal(kept, a); err != nil {
		return err
	}
	if a.Status < 200 || a.Status >= http.StatusBadRequest {
		return errors.New("webhook: what the store returned is not what was kept")
	}
	return nil
}

func (a *answer) writeTo(w http.ResponseWriter) {
	for name, values := range a.Header {
		w.Header()[name] = values
	}
	w.WriteHeader(a.Status)
	_, _ = w.Write(a.Body) // who is gone does not need it
}

// recorder passes a response on and keeps it.
type recorder struct {
	http.ResponseWriter
	before http.Header // set by others, who will set it again
	answer answer
	lost   bool // too long, or no longer a response
}

// begin notes the status and the header, as they are when the first byte is sent.
func (rec *recorder) begin(status int) {
	if rec.answer.Status != 0 {
		return
	}
	rec.answer = answer{Status: status, Header: rec.Header().Clone()}
	for name, values := range rec.before {
		if slices.Equal(rec.answer.Header[name], values) {
			delete(rec.answer.Header, name)
		}
	}
}

func (rec *recorder) WriteHeader(status int) {
	if status >= 200 { // others come before the response
		rec.begin(status)
	}
	rec.ResponseWriter.WriteHeader(status)
}

// Write returns no error as long as the response is kept, so that it will be complete when Twilio,
// which may be gone, asks for it again.
func (rec *recorder) Write(p []byte) (int, error) {
	rec.begin(http.StatusOK)
	n, err := rec.ResponseWriter.Write(p)
	if rec.lost || len(rec.answer.Body)+len(p) > maxAnswer {
		rec.lost, rec.answer.Body = true, nil
		return n, err
	}
	rec.answer.Body = append(rec.answer.Body, p...)
	return len(p), nil
}

// Flush is for handlers that ask for an [http.Flusher].
func (rec *recorder) Flush() {
	rec.begin(http.StatusOK)
	_ = http.NewResponseController(rec.ResponseWriter).Flush()
}

// Hijack is for handlers that ask for an [http.Hijacker].
func (rec *recorder) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	rec.lost = true
	return http.NewResponseController(rec.ResponseWriter).Hijack()
}

// Unwrap is for [http.ResponseController].
func (rec *recorder) Unwrap() http.ResponseWriter { return rec.ResponseWriter }

var errNotKept = errors.New("webhook: the response is not kept")

// encode returns an error for what a repeat must not get.
func (rec *recorder) encode() ([]byte, error) {
	rec.begin(http.StatusOK)
	if rec.lost || rec.answer.Status >= http.StatusBadRequest {
		return nil, errNotKept
	}
	return json.Marshal(rec.answer)
}
