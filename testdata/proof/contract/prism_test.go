package contract

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/twiliogen/twiliogen/testdata/proof/document"
	"github.com/twiliogen/twiliogen/testdata/proof/record"
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
	form := []document.Param{{Name: "To", In: "form", Required: true}, {Name: "From", In: "form"}}
	query := []document.Param{{Name: "To", In: "query", Required: true}}
	for name, test := range map[string]struct {
		operation document.Operation
		server    http.Handler
		refused   int
		fails     bool
	}{
		"form":               {document.Operation{Params: form}, strict, 2, false},
		"public form":        {document.Operation{Public: true, Params: form}, strict, 1, false},
		"query":              {document.Operation{Params: query}, strict, 1, false},
		"public query":       {document.Operation{Public: true, Params: query}, strict, 0, false},
		"lax":                {document.Operation{Params: query}, lax, 0, true},
		"lax about the form": {document.Operation{Public: true, Params: form}, lax, 0, true},
	} {
		server := httptest.NewServer(test.server)
		accepted := record.Exchange{Method: http.MethodPost, URL: server.URL}
		o := &operation{Operation: &test.operation}
		refused, err := o.control(t.Context(), accepted)
		if refused != test.refused || (err != nil) != test.fails {
			t.Errorf("%s: %d refused, %v", name, refused, err)
		}
		server.Close()
	}
}
