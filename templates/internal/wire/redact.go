package wire

// Redacted stands in logs for a value that is personal data.
const Redacted = "[redacted]"

// Redact returns what a log may show of s: that it is empty, or [Redacted].
func Redact(s string) string {
	if s == "" {
		return ""
	}
	return Redacted
}
