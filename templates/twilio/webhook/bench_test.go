package webhook_test

import (
	"io"
	"strings"
	"testing"
)

func BenchmarkValidate(b *testing.B) {
	v := newValidator(b)
	for _, bm := range []struct{ name, url, contentType, body, signature string }{
		{"form", vectorURL, formType, vectorForm, vectorSignature},
		{"JSON", vectorBodyURL, jsonType, vectorBody, vectorBodySignature},
	} {
		b.Run(bm.name, func(b *testing.B) {
			r := newRequest("POST", bm.url, bm.contentType, bm.body, bm.signature)
			b.ReportAllocs()
			for b.Loop() {
				r.Body = io.NopCloser(strings.NewReader(bm.body))
				if err := v.Validate(r); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkValidateForm(b *testing.B) {
	v, params := newValidator(b), parseForm(b, vectorForm)
	b.ReportAllocs()
	for b.Loop() {
		if err := v.ValidateForm(vectorURL, params, vectorSignature); err != nil {
			b.Fatal(err)
		}
	}
}
