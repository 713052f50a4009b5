package twilio

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"
)

// WithLogger logs each try of a call: the operation, the method, the path with its placeholders,
// the status (0 without a response), the number of the try, its duration and Twilio's request ID.
// For a failure there is also Twilio's error code or what went wrong, and how long the call waits
// before the next try. Nothing logged contains a URL, a parameter or a credential. The context is
// that of the call.
//
// A success is logged at level Debug. A failure is logged at Warn if the call is tried again, and
// otherwise at Error, or at Info where it need not be anything to worry about: responses below 500
// other than 429, and calls that the context has ended.
//
// With nil, as without this option, nothing is logged.
func WithLogger(logger *slog.Logger) Option {
	return option{
		func(s *settings) { s.logger = logger },
		func(c *callOptions) { c.logger = &logger },
	}
}

// log logs a try, and the wait before the next one if there is one.
func (k *call) log(ctx context.Context, t *try, again bool, wait time.Duration) {
	logger := k.client.logger
	if k.options.logger != nil {
		logger = *k.options.logger
	}
	if logger == nil {
		return
	}
	attrs := []slog.Attr{
		slog.String("operation", k.request.Operation),
		slog.String("method", k.request.Method),
		slog.String("path", k.request.Path),
		slog.Int("status", t.status),
		slog.Int("try", t.number),
		slog.Duration("duration", t.took),
		slog.String("request_id", printable(t.requestID)),
	}
	var answer *Error
	switch {
	case errors.As(t.err, &answer):
		attrs = append(attrs, slog.Int("code", answer.Code))
	case t.err != nil:
		attrs = append(attrs, slog.String("error", t.err.Error()))
	}
	if again {
		attrs = append(attrs, slog.Duration("wait", wait))
	}
	logger.LogAttrs(ctx, t.level(ctx, again), "twilio request", attrs...)
}

func (t *try) level(ctx context.Context, again bool) slog.Level {
	switch {
	case t.err == nil:
		return slog.LevelDebug
	case again:
		return slog.LevelWarn
	case contextErr(ctx) != nil, t.status >= 300 && t.status < 500 && t.status != http.StatusTooManyRequests:
		return slog.LevelInfo
	}
	return slog.LevelError
}
