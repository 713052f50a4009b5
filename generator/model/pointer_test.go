package model

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPointer(t *testing.T) {
	for pointer, tokens := range map[string][]string{
		"":                           nil,
		"/info":                      {"info"},
		"/paths/~1v1~1Services/get":  {"paths", "/v1/Services", "get"},
		"/components/schemas/a~01~1": {"components", "schemas", "a~1/"},
	} {
		if got := JoinPointer("", tokens...); got != pointer {
			t.Errorf("JoinPointer of %q is %q, want %q", tokens, got, pointer)
		}
		if diff := cmp.Diff(tokens, PointerTokens(pointer)); diff != "" {
			t.Errorf("PointerTokens(%q): %s", pointer, diff)
		}
	}
	if got := JoinPointer("/paths", "/v1", "get"); got != "/paths/~1v1/get" {
		t.Error(got)
	}
}
