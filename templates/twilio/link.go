package twilio

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

var errNoLink = errors.New("the link to the next page is neither a URL nor a path")

// withPage returns the path and query of the page that this value of the paging parameter
// chooses.
func (k *call) withPage(value string) string {
	key := k.request.PageParam
	if key == "" {
		key = "pageToken"
	}
	path, query, _ := strings.Cut(k.target, "?")
	kept := slices.DeleteFunc(strings.Split(query, "&"), func(param string) bool {
		return param == "" || strings.HasPrefix(param, key+"=")
	})
	return path + "?" + strings.Join(append(kept, key+"="+url.QueryEscape(value)), "&")
}

// followLink returns the path and query of a link to another page, which is requested from the host
// that the call began on. They are not encoded again: tokens must go back as they came.
func (k *call) followLink(link string) (target string, err error) {
	u, err := url.Parse(link)
	origin, originErr := url.Parse(k.origin)
	switch {
	case err != nil || originErr != nil || u.User != nil || !strings.HasPrefix(u.Path, "/") || strings.Contains(link, " "):
		return "", errNoLink
	case (u.Scheme != "" || u.Host != "") && !k.trusts(u, origin):
		return "", fmt.Errorf("the link to the next page leads elsewhere, to %q, and was not followed", u.Scheme+"://"+u.Host)
	}
	target, _, _ = strings.Cut(link, "#")
	if u.Host != "" {
		_, target, _ = strings.Cut(target, "//")
		target = target[strings.IndexByte(target, '/'):] // the path starts with it
	}
	// The path of a base URL goes before every path anyway.
	if rest, ok := strings.CutPrefix(target, strings.TrimSuffix(origin.EscapedPath(), "/")); ok && strings.HasPrefix(rest, "/") {
		target = rest
	}
	return target, nil
}

// trusts reports whether a link leads to where the call began, or to the operation's own host in
// any region.
func (k *call) trusts(link, origin *url.URL) bool {
	if sameOrigin(link, origin) {
		return true
	}
	server, err := url.Parse(k.request.Server)
	return err == nil && (sameOrigin(link, server) ||
		link.Scheme == server.Scheme && port(link) == port(server) && sameProduct(link.Hostname(), server.Hostname()))
}
