package twilio

import (
	"context"
	"errors"
	"log/slog"
	"time"
)

// WithLogger logs each try of a call: operation, method, path (with its placeholders), status (0 without an answer), number
// of the try, duration and Twilio's request id; of a failure also Twilio's error code or what went wrong, and how long the
// call waits before the next try. There are no URLs, parameters or credentials in it. The context is that of the call.
//
// A success is logged at the level Debug; a failure at Warn if the call is tried again, and otherwise at Error. At Info are
// the failures that are no trouble in themselves: answers below 500, except 429, and what the context has ended.
//
// Nil, as without this option, logs nothing.
func WithLogger(logger *slog.Logger) Option {
	return option{
		func(s *settings) { s.logger = logger },
		func(c *callOptions) { c.logger = &logger },
	}
}

// log records a try. If there is another one, then after a wait.
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
	case contextErr(ctx) != nil, t.fate == settled && t.status != 0:
		return slog.LevelInfo
	}
	return slog.LevelError
}
