package twilio

import (
	"net"
	"net/url"
	"slices"
	"strings"
)

// origin returns where the requests for a server of a document are sent: the scheme, the host and
// the path that goes before every path.
func (s *settings) origin(server string) string {
	if s.base != nil {
		return strings.TrimSuffix(s.base.String(), "/")
	}
	if s.region == "" && s.edge == "" {
		return server
	}
	u, err := url.Parse(server)
	if err != nil {
		return server // the request fails because of it
	}
	product, edge, region, ok := splitHost(u.Hostname())
	if !ok {
		return server
	}
	if s.edge != "" {
		edge = s.edge
	}
	if s.region != "" {
		region = s.region
	}
	u.Host = joinHost(product, edge, region)
	return strings.TrimSuffix(u.String(), "/")
}

const domain = ".twilio.com"

// splitHost splits a host name: product.twilio.com, product.region.twilio.com or
// product.edge.region.twilio.com.
func splitHost(host string) (product, edge, region string, ok bool) {
	labels, ok := strings.CutSuffix(strings.ToLower(host), domain)
	if !ok {
		return "", "", "", false
	}
	parts := strings.Split(labels, ".")
	switch {
	case slices.Contains(parts, ""):
		return "", "", "", false
	case len(parts) == 1:
		return parts[0], "", "", true
	case len(parts) == 2:
		return parts[0], "", parts[1], true
	case len(parts) == 3:
		return parts[0], parts[1], parts[2], true
	}
	return "", "", "", false
}

func joinHost(product, edge, region string) string {
	host := product
	if edge != "" {
		host += "." + edge
		if region == "" {
			region = "us1"
		}
	}
	if region != "" {
		host += "." + region
	}
	return host + domain
}

// sameProduct reports whether two hosts serve the same Twilio product, in whatever region.
func sameProduct(a, b string) bool {
	productA, _, _, okA := splitHost(a)
	productB, _, _, okB := splitHost(b)
	return okA && okB && productA == productB
}

// sameOrigin reports whether two URLs have the same scheme, host and port.
func sameOrigin(a, b *url.URL) bool {
	return strings.EqualFold(a.Scheme, b.Scheme) && strings.EqualFold(a.Hostname(), b.Hostname()) && port(a) == port(b)
}

func port(u *url.URL) string {
	switch p := u.Port(); {
	case p != "":
		return p
	case strings.EqualFold(u.Scheme, "http"):
		return "80"
	}
	return "443"
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// isHostLabel reports whether s is empty or may stand between the dots of a host name.
func isHostLabel(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool {
		return (r < 'a' || 'z' < r) && (r < 'A' || 'Z' < r) && (r < '0' || '9' < r) && r != '-'
	}) < 0
}
