//go:build go1.25

// What needs testing/synctest. All else in this module is built and tested with
// Go 1.23, too, the oldest that it promises to work with.

package gen_test

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/twiliogen/twiliogen/gen/twilio"
)

// A try takes no longer than 30 seconds, the timeout of the client, or that
// of the call, whichever is nearest to it. A POST is not tried again after it.
func TestTimeout(t *testing.T) {
	minute := []twilio.ClientOption{twilio.WithTimeout(time.Minute)}
	second := []twilio.RequestOption{twilio.WithTimeout(time.Second)}
	for _, tt := range []struct {
		name   string
		client []twilio.ClientOption
		call   []twilio.RequestOption
		want   time.Duration
	}{
		{"default", nil, nil, 30 * time.Second},
		{"client", minute, nil, time.Minute},
		{"call", nil, second, time.Second},
		{"call before client", minute, second, time.Second},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				proxy := stub(t, func(r *http.Request) (*http.Response, error) {
					<-r.Context().Done()
					return nil, r.Context().Err()
				}, tt.client...)
				start := time.Now()
				_, err := proxy.Sessions.Create(context.Background(), service, nil, tt.call...)
				if took := time.Since(start); !errors.Is(err, context.DeadlineExceeded) || took != tt.want {
					t.Errorf("%v after %v, want %v", err, took, tt.want)
				}
			})
		})
	}
}

// A loop that is left early leaves no goroutine behind: the bubble fails the
// test when there is one.
func TestBreakKeepsNoGoroutine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		proxy := stub(t, func(*http.Request) (*http.Response, error) {
			return response(200, nil, sessionPage(100, 0, "2")), nil
		})
		list := proxy.Sessions.List(context.Background(), service, nil)
		for range list {
			break
		}
		next, stop := iter.Pull2(list)
		if first, err, ok := next(); !ok || err != nil || first.SID != sessionSID(0) {
			t.Errorf("%v, %v, %t", first, err, ok)
		}
		stop()
	})
}
