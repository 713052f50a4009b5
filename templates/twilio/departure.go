package twilio

import (
	"context"
	"net/http/httptrace"
	"sync/atomic"
)

// departure tells of a request whether it can have left. The zero value knows nothing.
type departure struct{ seen *sightings }

// sightings are made by net/http, in whichever goroutine a transport may use.
type sightings struct{ wanted, got atomic.Bool }

// watchDeparture returns a context for one request, whose departure is known afterwards if the transport is that of
// net/http or is built on it.
func watchDeparture(ctx context.Context) (context.Context, departure) {
	seen := new(sightings)
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { seen.wanted.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { seen.got.Store(true) },
	}), departure{seen}
}

// neverLeft is true only when a connection was asked for and there never was one. With a connection, parts of the request
// may be on their way at any time, whether net/http says that it has written them or not yet.
func (d departure) neverLeft() bool {
	return d.seen != nil && d.seen.wanted.Load() && !d.seen.got.Load()
}
