package model

import (
	"regexp"
	"slices"
	"strings"
)

// This file has all that is known of paths such as
//
//	/v1/Services/{ServiceSid}/Sessions/{Sid}
//	/2010-04-01/Accounts/{AccountSid}/Calls.json
//
// A path is a list of segments: words and parameters. A slash or ".json" at its
// end means nothing.

// segments splits a path.
func segments(path string) []string {
	path = strings.Trim(strings.TrimSuffix(strings.TrimSuffix(path, "/"), ".json"), "/")
	if path == "" {
		return nil
	}
	return strings.Split(path, "/")
}

// joinSegments is the path of segments, "" without any.
func joinSegments(segments []string) string {
	if len(segments) == 0 {
		return ""
	}
	return "/" + strings.Join(segments, "/")
}

func isParam(segment string) bool {
	return strings.HasPrefix(segment, "{") && strings.HasSuffix(segment, "}")
}

// EndsInParam reports whether a path leads to one thing among many, as
// "/v1/Services/{Sid}" does.
func EndsInParam(path string) bool { return endsInParam(segments(path)) }

func endsInParam(s []string) bool { return len(s) > 0 && isParam(s[len(s)-1]) }

// Base is the path without the parameter at its end: a list and its instances
// have the same, "/v1/Services".
func Base(path string) string { return joinSegments(base(path)) }

func base(path string) []string {
	s := segments(path)
	if endsInParam(s) {
		s = s[:len(s)-1]
	}
	return s
}

// Container is the instance that a path lies in: its base as far as the last
// parameter, "" where there is none. That of "/v1/Services/{ServiceSid}/Sessions"
// is "/v1/Services/{ServiceSid}".
func Container(path string) string {
	s := base(path)
	for len(s) > 0 && !endsInParam(s) {
		s = s[:len(s)-1]
	}
	return joinSegments(s)
}

// Below reports whether path lies below the instance path root. Parameters are
// compared by their place, not their name: "/Services/{ServiceSid}/Sessions"
// lies below "/Services/{Sid}".
func Below(path, root string) bool {
	p, r := segments(path), segments(root)
	if len(r) == 0 || len(p) <= len(r) {
		return false
	}
	for i, s := range r {
		if s != p[i] && !(isParam(s) && isParam(p[i])) {
			return false
		}
	}
	return true
}

// SamePath reports whether two paths differ in the names of their parameters at
// most: "/Services/{ServiceSid}" is "/Services/{Sid}".
func SamePath(a, b string) bool {
	return param.ReplaceAllString(a, "{}") == param.ReplaceAllString(b, "{}")
}

// LastWord is the last segment of a path that is no parameter, "" where there is
// none.
func LastWord(path string) string {
	for _, s := range slices.Backward(segments(path)) {
		if !isParam(s) {
			return s
		}
	}
	return ""
}

// ParentWord is the word before the last parameter that something follows:
// "Sessions" of "/v1/Sessions/{SessionSid}/Messages"; "" when there is none.
func ParentWord(path string) string { return LastWord(Container(path)) }

// ParamNames lists the names of a path's parameters, in order.
func ParamNames(path string) []string {
	var names []string
	for _, m := range param.FindAllStringSubmatch(path, -1) {
		names = append(names, m[1])
	}
	return names
}

var param = regexp.MustCompile(`\{([^{}]+)\}`)

// PathRevision is the version of the API that a path begins with: "v1" of
// "/v1/Services", "v2010" of "/2010-04-01/Accounts.json", "" of "/Services".
func PathRevision(path string) string {
	if m := pathRevision.FindStringSubmatch(path); m != nil {
		return "v" + strings.TrimPrefix(m[1], "v")
	}
	return ""
}

var pathRevision = regexp.MustCompile(`^/(v\d+|\d{4})(?:-\d\d-\d\d)?/`)

// AccountParam is the parameter of a v2010 path that is the client's own
// account, "AccountSid" of "/2010-04-01/Accounts/{AccountSid}/Calls.json"; "" of
// other paths, and of an account itself.
func AccountParam(path string) string {
	if m := accountPath.FindStringSubmatch(path); m != nil {
		return m[1]
	}
	return ""
}

var accountPath = regexp.MustCompile(`^/\d{4}-\d\d-\d\d/Accounts/\{([^{}]+)\}/`)
