package twilio

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
)

// WithDebug writes to w what each try of a call sends and gets, for the eyes of a developer: do not
// parse it. Parameters are shown by their names on the wire and records as JSON, both without
// secrets and personal data. Of what has no type, such as the body of an error or the response to
// [Client.Do], only the names of the members are shown, and of headers that are not known to be
// harmless only that they are there. A request is shown before the middleware sees it. Each text is
// written at once, and never two at a time. With nil, nothing is written.
func WithDebug(w io.Writer) Option {
	var d *debugger
	if w != nil {
		d = &debugger{w: w}
	}
	return option{
		func(s *settings) { s.debug = d },
		func(c *callOptions) { c.debug = &d },
	}
}

// debugger writes what WithDebug describes. A nil one writes nothing.
type debugger struct {
	mu sync.Mutex
	w  io.Writer
}

func (k *call) debugger() *debugger {
	if k.options.debug != nil {
		return *k.options.debug
	}
	return k.client.debug
}

// request shows a request before the middleware sees it.
func (d *debugger) request(k *call, req *http.Request, number int) {
	if d == nil {
		return
	}
	var b strings.Builder
	fmt.Fprintf(&b, "> %s, try %d\n> %s %s\n> Host: %s\n", k.request.Operation, number, k.request.Method, k.request.Path, req.URL.Host)
	debugHeader(&b, "> ", req.Header)
	query, form, body := k.request.Shown()
	for _, params := range []string{query, form} {
		if params != "" {
			fmt.Fprintf(&b, "> %s\n", oneLine(params))
		}
	}
	if body != nil {
		fmt.Fprintf(&b, "> %s\n", debugJSON(body))
	}
	if names := k.options.extra.Names(); len(names) > 0 {
		fmt.Fprintf(&b, "> WithForm: %s\n", strings.Join(names, ", "))
	}
	d.write(b.String())
}

// response shows how a try ended.
func (d *debugger) response(k *call, t *try) {
	if d == nil {
		return
	}
	var b strings.Builder
	fmt.Fprintf(&b, "< %s, try %d, %d ms\n", k.request.Operation, t.number, t.took.Milliseconds())
	if t.status != 0 {
		fmt.Fprintf(&b, "< %d %s\n", t.status, http.StatusText(t.status))
		debugHeader(&b, "< ", t.header)
		fmt.Fprintf(&b, "< %d bytes%s\n", len(t.read), memberNames(t.read))
	}
	if t.err != nil {
		fmt.Fprintf(&b, "< error: %v\n", t.err)
	}
	d.write(b.String())
}

// value shows what a response was decoded into.
func (d *debugger) value(k *call, v any) {
	if d != nil {
		d.write(fmt.Sprintf("= %s: %s\n", k.request.Operation, debugJSON(wire.Redact(v))))
	}
}

// debugJSON shows a value, from which what is private has been removed, as JSON: unlike what fmt
// prints, that follows pointers.
func debugJSON(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		return "a value that cannot be shown"
	}
	return string(data)
}

func (d *debugger) write(text string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, _ = io.WriteString(d.w, text) // a call does not fail because nobody can watch it
}

// harmless are the headers whose values show nothing about anybody.
var harmless = []string{
	"Accept", "Accept-Encoding", "Cache-Control", "Content-Encoding", "Content-Length", "Content-Type", "Date", "Retry-After",
	"Server", "T-Request-Id", "Transfer-Encoding", "Twilio-Concurrent-Requests", "Twilio-Request-Duration", "Twilio-Request-Id",
	"User-Agent", "Vary", "X-Twilio-Apiversion",
}

func debugHeader(b *strings.Builder, prefix string, h http.Header) {
	names := make([]string, 0, len(h))
	for name := range h {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		value := wire.Redacted
		if slices.Contains(harmless, http.CanonicalHeaderKey(name)) {
			value = oneLine(strings.Join(h[name], ", "))
		}
		fmt.Fprintf(b, "%s%s: %s\n", prefix, name, value)
	}
}

// memberNames lists the members of a JSON object.
func memberNames(body []byte) string {
	const most = 100
	if !bytes.HasPrefix(bytes.TrimSpace(body), []byte("{")) {
		return ""
	}
	var names []string
	d := wire.NewDecoder(body)
	for ok := d.Object(); ok && d.Next() && len(names) < most; d.Skip() {
		names = append(names, printable(string(d.Key())))
	}
	return ": " + strings.Join(names, ", ")
}
