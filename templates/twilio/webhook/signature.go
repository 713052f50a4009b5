package webhook

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"io"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// SignatureHeader is the header with the signature.
const SignatureHeader = "X-Twilio-Signature"

// hashParam is the query parameter with the hash of a body that is not a form.
const hashParam = "bodySHA256"

// Sign returns the signature that Twilio sends with a request to this URL, the value of
// [SignatureHeader]. It is for tests of your own handlers. The params are those of the form in the
// body, or nil if the body is not a form. In that case, unless the body is empty, the URL must have
// the parameter bodySHA256 with the value of [BodySHA256].
func Sign(authToken, rawURL string, params url.Values) string {
	return sign(authToken, rawURL, joinParams(params))
}

// BodySHA256 returns the hash of a body as Twilio puts it into the URL: 64 hex digits.
func BodySHA256(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

func sign(token, rawURL, suffix string) string {
	mac := hmac.New(sha1.New, []byte(token))
	io.WriteString(mac, rawURL) // a hash never returns an error
	io.WriteString(mac, suffix)
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// joinParams returns what the parameters add to the URL: each name and value, sorted, and repeated
// values only once.
func joinParams(params url.Values) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(params)) {
		values := slices.Sorted(slices.Values(params[name]))
		for _, value := range slices.Compact(values) {
			b.WriteString(name)
			b.WriteString(value)
		}
	}
	return b.String()
}

// variants returns the forms of a URL that Twilio may have signed. Only the host part differs:
// Twilio is not consistent about whether a standard port is part of the URL, or about the user and
// password.
func variants(rawURL string) []string {
	scheme, rest, ok := strings.Cut(rawURL, "://")
	if !ok {
		return []string{rawURL}
	}
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	authority, tail := rest[:end], rest[end:]
	at := strings.LastIndexByte(authority, '@') + 1
	user, host := authority[:at], authority[at:]

	hosts := []string{host}
	if colon := strings.LastIndexByte(host, ':'); colon > strings.LastIndexByte(host, ']') { // not of IPv6
		hosts = append(hosts, host[:colon])
	} else if port := standardPort(scheme); port != "" {
		hosts = append(hosts, host+":"+port)
	}
	var urls []string
	for _, host := range hosts {
		urls = append(urls, scheme+"://"+user+host+tail)
		if user != "" {
			urls = append(urls, scheme+"://"+host+tail)
		}
	}
	return urls
}

// standardPort returns "" for a scheme that no webhook has.
func standardPort(scheme string) string {
	switch strings.ToLower(scheme) {
	case "https", "wss":
		return "443"
	case "http", "ws":
		return "80"
	}
	return ""
}
