package wire

import (
	"fmt"
	"testing"
)

func TestNumbered(t *testing.T) {
	r := NewRequest("op", "POST", "https://example.com", "/")
	r.Form().Numbered("Parameter", map[string]string{"b": "2", "a": "1 &"}, 2)
	_, body := r.Body()
	if want := "Parameter1.Name=a&Parameter1.Value=1+%26&Parameter2.Name=b&Parameter2.Value=2"; body != want {
		t.Errorf("got  %s\nwant %s", body, want)
	}
	if r.Err() != nil {
		t.Errorf("%v", *r.Err())
	}
	many := map[string]string{}
	for i := range 3 {
		many[fmt.Sprint(i)] = ""
	}
	if r.Form().Numbered("Parameter", many, 2); r.Err() == nil {
		t.Error("more entries than there may be are sent")
	}
}
