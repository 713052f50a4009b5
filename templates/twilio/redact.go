package twilio

import (
	"log/slog"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
)

// RedactAttr keeps secrets and personal data out of logs whose handler writes values as JSON. It is
// a ReplaceAttr function of [slog.HandlerOptions]:
//
//	handler := slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{ReplaceAttr: twilio.RedactAttr})
//
// A record that is logged by itself is redacted without it. RedactAttr also finds records and
// parameters in slices, maps, pointers and structs, those of the caller included, and redacts a
// copy of what has some. A field of the caller's own structs is redacted if it has the tag
// `twilio:"private"`. Of a field, an entry or an element whose type is any, RedactAttr also asks
// the method LogValue what to log, as handlers only do for a value that is logged by itself.
//
// It does not look into unexported fields, at keys of maps, nor deeper than 100 levels: what is
// further down is left out.
func RedactAttr(_ []string, a slog.Attr) slog.Attr {
	a.Value = a.Value.Resolve()
	switch a.Value.Kind() {
	case slog.KindAny:
		a.Value = slog.AnyValue(wire.Redact(a.Value.Any()))
	case slog.KindGroup:
		group := make([]slog.Attr, len(a.Value.Group()))
		for i, member := range a.Value.Group() {
			group[i] = RedactAttr(nil, member)
		}
		a.Value = slog.GroupValue(group...)
	}
	return a
}
