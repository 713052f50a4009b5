package twilio

import (
	"context"
	"net/http/httptrace"
	"sync/atomic"
)

// departure knows whether a request can have left. The zero value knows nothing.
type departure struct{ seen *sightings }

// sightings are reported by net/http, in whichever goroutine a transport uses.
type sightings struct{ wanted, got atomic.Bool }

// watchDeparture returns a context for one request, with its departure. The departure is known
// afterwards if the transport is that of net/http or is built on it.
func watchDeparture(ctx context.Context) (context.Context, departure) {
	seen := new(sightings)
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { seen.wanted.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { seen.got.Store(true) },
	}), departure{seen}
}

// neverLeft reports whether a connection was asked for and there never was one. Once there is a
// connection, parts of the request may be on their way at any time, whether or not net/http has
// said that it has written them.
func (d departure) neverLeft() bool {
	return d.seen != nil && d.seen.wanted.Load() && !d.seen.got.Load()
}
