package twilio_test

import (
	"crypto/tls"
	"encoding/binary"
	"io"
	"math/rand/v2"
	"net"
	"strings"
	"sync"
	"testing"
	"time"
)

// meddler is a proxy in front of a proper server. It passes on what it gets, but now and then it
// delays, cuts, breaks off or lies: over HTTP/1.1 at any read, over HTTP/2 at any frame.
//
// It never makes a client read 429 where the server said something else, which no client could see
// through. So it neither repeats answers of HTTP/1.1, nor touches the headers of HTTP/2, which
// depend on each other, except by ending the connection.
type meddler struct {
	listener net.Listener
	backend  string // address
	http2    bool
	wg       sync.WaitGroup

	mu     sync.Mutex
	conns  map[net.Conn]bool // open ones; nil once it is closed
	done   map[string]int    // how often, by what
	chance *rand.Rand
}

// oneIn is how many reads or frames are passed on for each that is meddled with.
const oneIn = 60

// newMeddler starts a meddler. With a config it speaks HTTP/2 over TLS to its clients; to the server
// it never speaks TLS.
func newMeddler(t *testing.T, backend string, config *tls.Config) *meddler {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	m := &meddler{
		listener: listener, backend: backend, http2: config != nil,
		conns: map[net.Conn]bool{}, done: map[string]int{}, chance: rand.New(rand.NewPCG(8, 1)),
	}
	if m.http2 {
		config = config.Clone()
		config.NextProtos = []string{"h2"}
		m.listener = tls.NewListener(listener, config)
	}
	m.wg.Go(func() {
		for {
			client, err := m.listener.Accept()
			if err != nil {
				return
			}
			m.wg.Go(func() { m.serve(client) })
		}
	})
	return m
}

func (m *meddler) close() {
	m.listener.Close()
	m.mu.Lock()
	for c := range m.conns {
		c.Close()
	}
	m.conns = nil
	m.mu.Unlock()
	m.wg.Wait()
}

// keep makes close close c, and reports whether it is not too late.
func (m *meddler) keep(c net.Conn) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.conns == nil {
		return false
	}
	m.conns[c] = true
	return true
}

func (m *meddler) drop(c net.Conn) {
	c.Close()
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.conns, c)
}

// pick chooses one of some things to do, or most of the time "".
func (m *meddler) pick(things []string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.chance.IntN(oneIn) > 0 {
		return ""
	}
	thing := things[m.chance.IntN(len(things))]
	m.done[thing]++
	return thing
}

func (m *meddler) number(n int) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.chance.IntN(n)
}

func (m *meddler) serve(client net.Conn) {
	defer m.drop(client)
	server, err := net.Dial("tcp", m.backend)
	if err != nil {
		return
	}
	defer m.drop(server)
	if !m.keep(client) || !m.keep(server) {
		return
	}
	pass := m.passBytes
	if m.http2 {
		pass = m.passFrames
		preface := make([]byte, len("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))
		if _, err := io.ReadFull(client, preface); err != nil {
			return
		}
		if _, err := server.Write(preface); err != nil {
			return
		}
	}
	c, s := &frames{Conn: client}, &frames{Conn: server}
	var wg sync.WaitGroup
	for _, answers := range []bool{false, true} {
		wg.Go(func() {
			pass(c, s, answers)
			client.Close() // the other way ends, too
			server.Close()
		})
	}
	wg.Wait()
}

var (
	anyMischief    = []string{"delay", "cut before", "cut after", "hang up before", "hang up after", "break off"}
	answerMischief = append([]string{"garbage"}, anyMischief...)
)

// passBytes passes on one way of a connection, whatever is in it.
func (m *meddler) passBytes(client, server *frames, answers bool) {
	from, to, mischief := client, server, anyMischief
	if answers {
		from, to, mischief = server, client, answerMischief
	}
	buf := make([]byte, 1<<10) // a little at a time
	for {
		n, err := from.Conn.Read(buf)
		if err != nil {
			return
		}
		what := m.pick(mischief)
		if what == "garbage" {
			_, _ = to.Conn.Write([]byte("what?\r\n\r\n")) // it may have gone
			return
		}
		if !m.pass(what, client, func(part int) {
			_, _ = to.Conn.Write(buf[:n/part]) // it may have gone
		}) {
			return
		}
	}
}

// pass passes something on, or the first of so many parts of it, and reports whether the connection
// goes on.
func (m *meddler) pass(what string, client *frames, write func(part int)) bool {
	switch what {
	case "":
		write(1)
		return true
	case "delay":
		time.Sleep(time.Duration(m.number(20)) * time.Millisecond)
		write(1)
		return true
	case "cut after", "hang up after":
		write(1)
	case "break off":
		write(2)
	}
	if strings.HasPrefix(what, "cut") {
		client.cut()
	}
	return false
}

// frameLies are what the client of HTTP/2 is told beside what the server says. There is no window
// that is too large for one stream among them: that makes net/http wait for itself, for ever.
var frameLies = map[string]func(m *meddler, client *frames, stream uint32){
	"reset": func(m *meddler, client *frames, stream uint32) { client.reset(stream, byte(m.number(14))) },
	"reset and cut": func(m *meddler, client *frames, stream uint32) {
		client.reset(stream, codeProtocolError)
		client.cut()
	},
	"gone before":      func(_ *meddler, client *frames, _ uint32) { client.goAway(0) },
	"gone soon":        func(_ *meddler, client *frames, stream uint32) { client.goAway(stream) },
	"gone some time":   func(_ *meddler, client *frames, _ uint32) { client.goAway(1<<31 - 1) },
	"gone and cut":     func(_ *meddler, client *frames, _ uint32) { client.goAway(0); client.cut() },
	"fewer streams":    func(m *meddler, client *frames, _ uint32) { client.limit(byte(m.number(3))) },
	"more streams":     func(_ *meddler, client *frames, _ uint32) { client.limit(200) },
	"no window":        func(_ *meddler, client *frames, stream uint32) { client.write(frameWindow, 0, stream, 0, 0, 0, 0) },
	"no window at all": func(_ *meddler, client *frames, _ uint32) { client.write(frameWindow, 0, 0, 0, 0, 0, 0) },
	"hint":             func(_ *meddler, client *frames, stream uint32) { client.hint(stream) },
	"ping":             func(_ *meddler, client *frames, _ uint32) { client.write(framePing, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8) },
	"push": func(_ *meddler, client *frames, stream uint32) {
		client.write(framePush, flagEndHeaders, stream, 0, 0, 0, 2, 0x88)
	},
	"garbage": func(_ *meddler, client *frames, _ uint32) {
		_, _ = client.Conn.Write([]byte("HTTP/1.1 200 OK\r\n\r\n"))
	},
}

// frameMischief is what may become of a frame, and lies, before it and after it.
var frameMischief = func() []string {
	list := append([]string{"lose"}, anyMischief...)
	for lie := range frameLies {
		list = append(list, "before it "+lie, "after it "+lie)
	}
	return list
}()

// passFrames passes on one way of a connection of HTTP/2.
func (m *meddler) passFrames(client, server *frames, answers bool) {
	from, to := client, server
	if answers {
		from, to = server, client
	}
	for {
		kind, flags, stream, payload, err := from.read()
		if err != nil {
			return
		}
		what := ""
		if stream > 0 && client.settled.Load() {
			what = m.pick(frameMischief)
		}
		if what == "lose" {
			if kind == frameData {
				continue
			}
			what = ""
		}
		first, _ := strings.CutPrefix(what, "before it ")
		then, _ := strings.CutPrefix(what, "after it ")
		lie, later := frameLies[first], frameLies[then]
		if lie != nil {
			lie(m, client, stream)
		}
		if lie != nil || later != nil {
			what = ""
		}
		if !m.pass(what, client, func(part int) { to.writePart(part, kind, flags, stream, payload) }) {
			return
		}
		if later != nil {
			later(m, client, stream)
		}
	}
}

// writePart writes the first of so many parts of a frame.
func (f *frames) writePart(part int, kind, flags byte, stream uint32, payload []byte) {
	if part == 1 {
		f.write(kind, flags, stream, payload...)
		return
	}
	head := []byte{byte(len(payload) >> 16), byte(len(payload) >> 8), byte(len(payload)), kind, flags}
	whole := append(binary.BigEndian.AppendUint32(head, stream), payload...)
	f.mu.Lock()
	defer f.mu.Unlock()
	_, _ = f.Conn.Write(whole[:len(whole)/part]) // it may have gone
}
