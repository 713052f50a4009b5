package contract

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/twiliogen/twiliogen/testdata/proof/contract/invoke"
)

func TestAwait(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	p := &prism{done: make(chan struct{})}
	if err := p.await(t.Context(), address); err != nil {
		t.Errorf("while something listens: %s", err)
	}
	l.Close()
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := p.await(ended, address); !errors.Is(err, context.Canceled) {
		t.Errorf("after the deadline: %v", err)
	}
	close(p.done)
	if err := p.await(t.Context(), address); err == nil {
		t.Error("no error after the process has ended")
	}
}

func TestControl(t *testing.T) {
	strict := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, _, ok := r.BasicAuth(); !ok {
			w.WriteHeader(http.StatusUnauthorized)
		} else if r.FormValue("To") == "" {
			w.WriteHeader(http.StatusUnprocessableEntity)
		}
	})
	lax := http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})
	form := map[string]param{"To": {required: true, inBody: true}, "From": {inBody: true}}
	query := map[string]param{"To": {required: true}}
	for name, test := range map[string]struct {
		operation operation
		server    http.Handler
		refused   int
		fails     bool
	}{
		"form":               {operation{form: true, params: form}, strict, 2, false},
		"public form":        {operation{form: true, public: true, params: form}, strict, 1, false},
		"query":              {operation{params: query}, strict, 1, false},
		"public query":       {operation{params: query, public: true}, strict, 0, false},
		"lax":                {operation{params: query}, lax, 0, true},
		"lax about the form": {operation{form: true, public: true, params: form}, lax, 0, true},
	} {
		server := httptest.NewServer(test.server)
		accepted := invoke.Exchange{Method: http.MethodPost, URL: server.URL}
		refused, err := test.operation.control(t.Context(), accepted)
		if refused != test.refused || (err != nil) != test.fails {
			t.Errorf("%s: %d refused, %v", name, refused, err)
		}
		server.Close()
	}
}
