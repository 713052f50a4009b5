package wire

// Redacted takes the place of a text that logs must not show.
const Redacted = "[redacted]"

// Redact returns [Redacted] in place of s. An empty s stays empty: that there is no text is not a
// secret.
//
//go:noinline
func Redact(s string) string {
	if s == "" {
		return ""
	}
	return Redacted
}

// RedactPtr is like [Redact], for a text that may be absent.
//
//go:noinline
func RedactPtr(p *string) *string {
	if p == nil {
		return nil
	}
	s := Redact(*p)
	return &s
}

// RedactAt redacts a copy of what p points to.
func RedactAt[T any](p *T, redacted func(T) T) *T {
	if p == nil {
		return nil
	}
	v := redacted(*p)
	return &v
}

// RedactList redacts a copy of a list.
func RedactList[T any](list []T, redacted func(T) T) []T {
	if list == nil {
		return nil
	}
	out := make([]T, len(list))
	for i, v := range list {
		out[i] = redacted(v)
	}
	return out
}

// RedactMap redacts a copy of a map.
func RedactMap[T any](m map[string]T, redacted func(T) T) map[string]T {
	if m == nil {
		return nil
	}
	out := make(map[string]T, len(m))
	for key, v := range m {
		out[key] = redacted(v)
	}
	return out
}
