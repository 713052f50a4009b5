package twilio_test

import (
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"path"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/twiliogen/twiliogen/templates/twilio"
)

// faultyServer is the server of the load test. The X-Plan header of a request says what becomes of
// it.
type faultyServer struct {
	plain, tls *httptest.Server
	meddler    *meddler         // in front of plain
	other      *httptest.Server // where redirects lead
	resetting  net.Listener     // closes every connection before it reads anything
	wg         sync.WaitGroup   // of resetting
	leaks      atomic.Int64     // requests to other with what is not meant for it

	mu       sync.Mutex
	requests map[string]int // by SID
	writes   map[string]int // by SID: POSTs that were not turned away, and may not be repeated
	hits     map[string]int // by fault
}

// newFaultyServer starts a server that speaks HTTP/1.1, or HTTP/2, through its meddler.
func newFaultyServer(t *testing.T, http2 bool) *faultyServer {
	t.Helper()
	s := &faultyServer{requests: map[string]int{}, writes: map[string]int{}, hits: map[string]int{}}
	start := func(handler http.HandlerFunc, start func(*httptest.Server)) *httptest.Server {
		server := httptest.NewUnstartedServer(handler)
		server.Config.ErrorLog = log.New(io.Discard, "", 0) // handshakes fail on purpose
		start(server)
		return server
	}
	s.plain = start(s.serve, func(server *httptest.Server) {
		if http2 {
			server.Config.Protocols = new(http.Protocols)
			server.Config.Protocols.SetUnencryptedHTTP2(true)
		}
		server.Start()
	})
	s.tls = start(s.serve, (*httptest.Server).StartTLS)
	var config *tls.Config
	if http2 {
		config = s.tls.TLS
	}
	s.meddler = newMeddler(t, s.plain.Listener.Addr().String(), config)
	s.other = start(s.serveOther, (*httptest.Server).Start)
	var err error
	if s.resetting, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	s.wg.Go(func() {
		for {
			c, err := s.resetting.Accept()
			if err != nil {
				return
			}
			abort(c)
		}
	})
	return s
}

// trust returns the configuration of a client that trusts the meddler, or nil if it has no
// certificate.
func (s *faultyServer) trust() *tls.Config {
	if !s.meddler.http2 {
		return nil
	}
	return s.tls.Client().Transport.(*http.Transport).TLSClientConfig.Clone()
}

func (s *faultyServer) close() {
	s.meddler.close()
	s.plain.Close()
	s.tls.Close()
	s.other.Close()
	s.resetting.Close()
	s.wg.Wait()
}

// clients returns one client that is served, and then others: one whose connections are reset at
// once, and three that never get a connection, since there is no TLS, or TLS that they do not trust,
// or no server. (If they trust the meddler, the TLS is trusted, too.)
func (s *faultyServer) clients(t *testing.T, transport *http.Transport) []*twilio.Client {
	t.Helper()
	nobody, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody.Close()
	scheme := "http://"
	if s.meddler.http2 {
		scheme = "https://"
	}
	var clients []*twilio.Client
	for _, base := range []string{
		scheme + s.meddler.listener.Addr().String(), "http://" + s.resetting.Addr().String(),
		strings.Replace(s.plain.URL, "http:", "https:", 1), s.tls.URL, "http://" + nobody.Addr().String(),
	} {
		clients = append(clients, newClient(t, twilio.WithBaseURL(base), twilio.WithMaxBody(1<<20), twilio.WithRetryBudget(0),
			twilio.WithHTTPClient(&http.Client{Transport: transport})))
	}
	return clients
}

func (s *faultyServer) serve(w http.ResponseWriter, r *http.Request) {
	sid, plan := path.Base(r.URL.Path), strings.Split(r.Header.Get("X-Plan"), ",")
	s.mu.Lock()
	fault := plan[min(s.requests[sid], len(plan)-1)]
	s.requests[sid]++
	s.hits[fault]++
	if r.Method == http.MethodPost && r.Header.Get("X-Unsafe") == "" && !strings.HasPrefix(fault, "429") {
		s.writes[sid]++
	}
	s.mu.Unlock()

	if fault != "reset before reading" {
		// Before that, net/http does not notice when the client has gone, which it may do before it
		// is read.
		_, _ = io.Copy(io.Discard, r.Body)
	}
	if do, ok := faults[fault]; ok {
		do(s, w, r)
		return
	}
	fmt.Fprintf(w, `{"sid":%q}`, sid)
}

func (s *faultyServer) serveOther(w http.ResponseWriter, r *http.Request) {
	for _, name := range []string{"Authorization", "X-Plan", "Referer"} {
		if r.Header.Get(name) != "" {
			s.leaks.Add(1)
		}
	}
	fmt.Fprintf(w, `{"sid":%q}`, path.Base(r.URL.Path))
}

func (s *faultyServer) requestsOf(sid string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.requests[sid]
}

// check checks what the server has seen in the end.
func (s *faultyServer) check(t *testing.T) {
	t.Helper()
	for sid, n := range s.writes {
		if n > 1 {
			t.Errorf("the POST of %s reached the server %d times", sid, n)
		}
	}
	if n := s.leaks.Load(); n > 0 {
		t.Errorf("%d headers went to another host", n)
	}
	for fault := range faults {
		if s.hits[fault] == 0 {
			t.Errorf("the fault %q was not tried", fault)
		}
	}
	if len(s.meddler.done) == 0 {
		t.Error("nothing was meddled with")
	}
}

// faults are what can become of a request, besides a good response.
var faults = map[string]func(*faultyServer, http.ResponseWriter, *http.Request){
	"reset before reading":     func(_ *faultyServer, w http.ResponseWriter, _ *http.Request) { abort(hijack(w)) },
	"reset after reading":      func(_ *faultyServer, w http.ResponseWriter, _ *http.Request) { abort(hijack(w)) },
	"closed without an answer": raw(""),
	"closed while answering":   raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"sid\":"),
	"garbage":                  raw("what?\r\n\r\n"),
	"longer than it says":      raw("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\n{\"sid\":\"T1\"}"),
	"chunks that break off":    raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n{\"sid\":\r\n9"),
	"slow":                     slowly,
	"stalled": func(_ *faultyServer, w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, `{"sid":`)
		_ = http.NewResponseController(w).Flush() // the client may have gone
		<-r.Context().Done()
	},
	"silent": func(_ *faultyServer, _ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
	"endless": func(_ *faultyServer, w http.ResponseWriter, _ *http.Request) {
		zeros := make([]byte, 32<<10)
		for err := error(nil); err == nil; {
			_, err = w.Write(zeros)
		}
	},
	"429":               answer(429, "", `{"code":20429}`),
	"429 with seconds":  answer(429, "1", `{"code":20429}`),
	"429 with nothing":  answer(429, "0", ""),
	"429 with nonsense": answer(429, "soon", "<html>"),
	"429 for a day":     answer(429, "86400", "{}"),
	"429 until yore":    answer(429, "Wed, 21 Oct 2015 07:28:00 GMT", ""),
	"429 with a date": func(s *faultyServer, w http.ResponseWriter, r *http.Request) {
		answer(429, time.Now().Add(time.Second).UTC().Format(http.TimeFormat), "")(s, w, r)
	},
	"500":        answer(500, "", "{}"),
	"502":        answer(502, "", ""),
	"503":        answer(503, "1", "<html>busy</html>"),
	"400":        answer(400, "", `{"code":20001,"message":"Invalid"}`),
	"401":        answer(401, "", `{"code":20003}`),
	"404":        answer(404, "", `{"code":20404}`),
	"HTML":       answer(200, "", "<html>hello</html>"),
	"no content": answer(204, "", ""),
	"redirect": func(s *faultyServer, w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, s.other.URL+"/"+path.Base(r.URL.Path), http.StatusTemporaryRedirect)
	},
	"redirect in a circle": func(_ *faultyServer, w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, r.URL.String(), http.StatusTemporaryRedirect)
	},
}

// answer sends a whole response, with a Retry-After unless that is empty.
func answer(status int, retryAfter, body string) func(*faultyServer, http.ResponseWriter, *http.Request) {
	return func(_ *faultyServer, w http.ResponseWriter, _ *http.Request) {
		if retryAfter != "" {
			w.Header().Set("Retry-After", retryAfter)
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body) // the client may have gone
	}
}

// raw writes something that is not proper HTTP, and closes the connection.
func raw(text string) func(*faultyServer, http.ResponseWriter, *http.Request) {
	return func(_ *faultyServer, w http.ResponseWriter, _ *http.Request) {
		c := hijack(w)
		_, _ = io.WriteString(c, text) // the client may have gone
		c.Close()
	}
}

// slowly sends a good response byte by byte.
func slowly(_ *faultyServer, w http.ResponseWriter, r *http.Request) {
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for _, c := range fmt.Sprintf(`{"sid":%q}`, path.Base(r.URL.Path)) {
		select {
		case <-tick.C:
		case <-r.Context().Done():
			return
		}
		fmt.Fprintf(w, "%c", c)
		_ = http.NewResponseController(w).Flush() // the client may have gone
	}
}

func hijack(w http.ResponseWriter) net.Conn {
	c, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler) // the connection is gone already
	}
	return c
}

// abort closes a connection with a reset, so that what is on its way is lost.
func abort(c net.Conn) {
	if tcp, ok := c.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // it is closed either way
	}
	c.Close()
}
