package twilio

import (
	"context"
	"io"
	"net/http"
	"sync/atomic"
	"time"
)

// opening is a call whose answer is not read but left open, as the body of a [Stream]. A nil
// opening is a call of the ordinary kind.
type opening struct {
	tries    *retries // shared by all openings of a stream
	isPart   bool     // it asks for a part of the content
	body     *openBody
	response *http.Response // once there is one to be left open
}

func (o *opening) retries() *retries {
	if o == nil {
		return nil
	}
	return o.tries
}

// start begins a try, which is limited until it has an answer.
func (o *opening) start(ctx context.Context, limit, ofClient time.Duration) (context.Context, context.CancelFunc) {
	if limit <= 0 {
		limit = ofClient
	}
	ctx, cancel := context.WithCancel(ctx)
	o.body = &openBody{limit: limit, cancel: cancel}
	o.body.await()
	return ctx, o.body.stop
}

// explain names the limit of time if that is why a try failed.
func (o *opening) explain(err error) error {
	if o == nil {
		return err
	}
	return o.body.explain(err)
}

// take reports whether the response is to be left open: a success, or an answer that says that the
// part that was asked for does not exist, since the content may just have been read to its end.
func (o *opening) take(resp *http.Response) bool {
	if o == nil || resp.StatusCode/100 != 2 && (resp.StatusCode != http.StatusRequestedRangeNotSatisfiable || !o.isPart) {
		return false
	}
	o.body.rest()
	o.body.body, o.response = resp.Body, resp
	return true
}

// httpClient is what sends the requests. The time that a stream may take is limited in another way.
func (k *call) httpClient() *http.Client {
	if k.opening == nil || k.client.http.Timeout == 0 {
		return &k.client.http
	}
	client := k.client.http
	client.Timeout = 0
	return &client
}

// openBody is the body of a response, of which each piece has to arrive in time. The time in which
// nobody reads does not count.
type openBody struct {
	body   io.ReadCloser // nil until there is a response
	limit  time.Duration // 0 or less for none
	cancel context.CancelFunc
	timer  *time.Timer
	late   atomic.Bool
}

// await begins a wait, and rest ends it.
func (b *openBody) await() {
	switch {
	case b.limit <= 0:
	case b.timer == nil:
		b.timer = time.AfterFunc(b.limit, func() {
			b.late.Store(true)
			b.cancel()
		})
	default:
		b.timer.Reset(b.limit)
	}
}

func (b *openBody) rest() {
	if b.timer != nil {
		b.timer.Stop()
	}
}

func (b *openBody) Read(p []byte) (int, error) {
	b.await()
	n, err := b.body.Read(p)
	b.rest()
	return n, b.explain(err)
}

func (b *openBody) explain(err error) error {
	if err != nil && b.late.Load() {
		return context.DeadlineExceeded
	}
	return err
}

// stop ends everything, also a read that is going on.
func (b *openBody) stop() {
	b.rest()
	b.cancel()
	if b.body != nil {
		_ = b.body.Close()
	}
}
