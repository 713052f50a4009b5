package webhook_test

import (
	"errors"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/twiliogen/twiliogen/templates/twilio/webhook"
)

// Known signatures, made with the token 12345.
const (
	vectorURL       = "https://mycompany.com/myapp.php?foo=1&bar=2"
	vectorSignature = "vOEb5UThFn24KEfnOFLQY2AE5FY="

	vectorHTTP          = "http://mycompany.com/myapp.php?foo=1&bar=2"
	vectorHTTPSignature = "n2xBNyzSW7rfYStDtOFiFMv7qNo="

	vectorForm = "Digits=1234&CallSid=CA1234567890ABCDE&To=%2B18005551212&Caller=%2B14158675309&From=%2B14158675309" +
		"&ReasonConferenceEnded=test&Reason=Participant"

	vectorBody          = `{"property": "value", "boolean": true}`
	vectorBodyHash      = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620"
	vectorBodyURL       = vectorURL + "&bodySHA256=" + vectorBodyHash
	vectorBodySignature = "a9nBmqA0ju/hNViExpshrM61xv4="
)

func TestVectors(t *testing.T) {
	v, params := newValidator(t), parseForm(t, vectorForm)
	if got := webhook.Sign(token, vectorURL, params); got != vectorSignature {
		t.Errorf("https: %s", got)
	}
	if got := webhook.Sign(token, vectorBodyURL, nil); got != vectorBodySignature {
		t.Errorf("JSON: %s", got)
	}
	if got := webhook.BodySHA256([]byte(vectorBody)); got != vectorBodyHash {
		t.Errorf("hash: %s", got)
	}
	for name, err := range map[string]error{
		"https, form":           v.ValidateForm(vectorURL, params, vectorSignature),
		"http, form":            v.ValidateForm(vectorHTTP, params, vectorHTTPSignature),
		"JSON":                  v.ValidateBody(vectorBodyURL, []byte(vectorBody), vectorBodySignature),
		"https, form, request":  v.Validate(newRequest("POST", vectorURL, formType, vectorForm, vectorSignature)),
		"http, form, request":   v.Validate(newRequest("POST", vectorHTTP, formType, vectorForm, vectorHTTPSignature)),
		"JSON, request":         v.Validate(newRequest("POST", vectorBodyURL, jsonType, vectorBody, vectorBodySignature)),
		"https, standard port":  v.ValidateForm("https://mycompany.com:443/myapp.php?foo=1&bar=2", params, vectorSignature),
		"JSON, standard port":   v.ValidateBody("https://mycompany.com:443"+vectorBodyURL[len("https://mycompany.com"):], []byte(vectorBody), vectorBodySignature),
		"https, user, password": v.ValidateForm("https://user:pass@mycompany.com/myapp.php?foo=1&bar=2", params, vectorSignature),
	} {
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, err := range map[string]error{
		"form as JSON":        v.ValidateBody(vectorURL, []byte(vectorForm), vectorSignature),
		"JSON without a body": v.ValidateBody(vectorBodyURL, nil, vectorBodySignature),
		"http as https":       v.ValidateForm(vectorURL, params, vectorHTTPSignature),
	} {
		if !errors.Is(err, webhook.ErrSignature) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSignedText(t *testing.T) {
	const at = "https://example.com/sms"
	tests := []struct{ name, form, want string }{
		{"nothing", "", at},
		{"sorted by name, as bytes", "b=2&B=1&a=3&_=4&aa=5", at + "B1_4a3aa5b2"},
		{"empty value", "a=&b=1&c", at + "ab1c"},
		{"empty name", "=1&a=2", at + "1a2"},
		{"repeated values, sorted", "MediaUrl=z&MediaUrl=a&MediaUrl=m", at + "MediaUrlaMediaUrlmMediaUrlz"},
		{"the same value twice", "a=1&a=1&a=0&a=1", at + "a0a1"},
		{"an empty value among others", "a=1&a=&a=1", at + "aa1"},
		{"space as plus and percent", "Body=a+b%20c", at + "Bodya b c"},
		{"surrounding space is kept", "Body=%20+x%0D%0A", at + "Body  x\r\n"},
		{"reserved characters", "a=%2B%26%3D%25%3B%23'", at + "a+&=%;#'"},
		{"escaped name", "Media%5B0%5D=1", at + "Media[0]1"},
		{"unicode", "Body=%F0%9F%98%80+Z%C3%BCrich", at + "Body😀 Zürich"},
		{"not UTF-8", "Body=%ff", at + "Body\xff"},
		{"lower case escapes", "To=%2b1", at + "To+1"},
	}
	v := newValidator(t)
	for _, tt := range tests {
		params, want := parseForm(t, tt.form), hmacSHA1(tt.want)
		before := maps.Clone(params)
		for name, values := range before {
			before[name] = slices.Clone(values)
		}
		if got := webhook.Sign(token, at, params); got != want {
			t.Errorf("%s: Sign: %s, want %s", tt.name, got, want)
		}
		if err := v.ValidateForm(at, params, want); err != nil {
			t.Errorf("%s: ValidateForm: %v", tt.name, err)
		}
		if err := v.Validate(newRequest("POST", at, formType, tt.form, want)); err != nil {
			t.Errorf("%s: Validate: %v", tt.name, err)
		}
		if !maps.EqualFunc(params, before, slices.Equal) {
			t.Errorf("%s: the parameters were changed: %v", tt.name, params)
		}
	}
}

// Each URL is right with the signatures of these texts and of no others.
func TestURLVariants(t *testing.T) {
	texts := []string{
		"https://example.com/a?b=c", "https://example.com:443/a?b=c", "https://example.com:80/a?b=c", "https://example.com:8443/a?b=c", "https://example.com:/a?b=c",
		"http://example.com/a?b=c", "http://example.com:80/a?b=c", "http://example.com:443/a?b=c", "http://example.com:8080/a?b=c",
		"wss://example.com/a", "wss://example.com:443/a", "ws://example.com/a", "ws://example.com:80/a",
		"https://u:p@example.com/a?b=c", "https://u:p@example.com:443/a?b=c", "https://u:p@example.com:8443/a?b=c", "https://u@example.com/a?b=c",
		"https://u:p@q@example.com/a", "https://u:p@q@example.com:443/a", "https://example.com/a", "https://example.com:443/a",
		"https://[2001:db8::1]/a", "https://[2001:db8::1]:443/a", "https://[2001:db8::1]:8443/a", "https://[2001:db8:/a",
		"https://example.com", "https://example.com:443", "https://example.com/", "https://example.com?a=1@b:2", "https://example.com:443?a=1@b:2",
		"https://example.com/a:1@b", "https://example.com:443/a:1@b", "HTTPS://example.com/a", "HTTPS://example.com:443/a",
		"/a", "", "https://", "://", "https://:443", "gopher://example.com/a", "gopher://example.com:70/a", "https://example.com/a?b=%63",
	}
	right := map[string][]string{
		"https://example.com/a?b=c":          {"https://example.com/a?b=c", "https://example.com:443/a?b=c"},
		"https://example.com:443/a?b=c":      {"https://example.com/a?b=c", "https://example.com:443/a?b=c"},
		"https://example.com:8443/a?b=c":     {"https://example.com/a?b=c", "https://example.com:8443/a?b=c"},
		"https://example.com:/a?b=c":         {"https://example.com/a?b=c", "https://example.com:/a?b=c"},
		"http://example.com/a?b=c":           {"http://example.com/a?b=c", "http://example.com:80/a?b=c"},
		"http://example.com:443/a?b=c":       {"http://example.com/a?b=c", "http://example.com:443/a?b=c"},
		"wss://example.com/a":                {"wss://example.com/a", "wss://example.com:443/a"},
		"ws://example.com/a":                 {"ws://example.com/a", "ws://example.com:80/a"},
		"https://u:p@example.com/a?b=c":      {"https://u:p@example.com/a?b=c", "https://example.com/a?b=c", "https://u:p@example.com:443/a?b=c", "https://example.com:443/a?b=c"},
		"https://u:p@example.com:8443/a?b=c": {"https://u:p@example.com:8443/a?b=c", "https://example.com:8443/a?b=c", "https://u:p@example.com/a?b=c", "https://example.com/a?b=c"},
		"https://u:p@q@example.com/a":        {"https://u:p@q@example.com/a", "https://u:p@q@example.com:443/a", "https://example.com/a", "https://example.com:443/a"},
		"https://[2001:db8::1]/a":            {"https://[2001:db8::1]/a", "https://[2001:db8::1]:443/a"},
		"https://[2001:db8::1]:8443/a":       {"https://[2001:db8::1]/a", "https://[2001:db8::1]:8443/a"},
		"https://example.com":                {"https://example.com", "https://example.com:443"},
		"https://example.com?a=1@b:2":        {"https://example.com?a=1@b:2", "https://example.com:443?a=1@b:2"},
		"https://example.com/a:1@b":          {"https://example.com/a:1@b", "https://example.com:443/a:1@b"},
		"HTTPS://example.com/a":              {"HTTPS://example.com/a", "HTTPS://example.com:443/a"},
		"https://example.com/a?b=%63":        {"https://example.com/a?b=%63"},
		"gopher://example.com/a":             {"gopher://example.com/a"},
		"/a":                                 {"/a"},
		"":                                   {""},
		"://":                                {"://"},
		"https://":                           {"https://", "https://:443"},
	}
	v := newValidator(t)
	for checked, want := range right {
		var got []string
		for _, text := range texts {
			if v.ValidateForm(checked, nil, hmacSHA1(text)) == nil {
				got = append(got, text)
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%q: right under %q, want %q", checked, got, want)
		}
	}
}

func TestBodyHash(t *testing.T) {
	const at, body = "https://example.com/hook", `{"a":1}`
	hash := webhook.BodySHA256([]byte(body))
	other := webhook.BodySHA256([]byte("other"))
	tests := []struct {
		query, body string
		ok          bool
	}{
		{"?bodySHA256=" + hash, body, true},
		{"?bodySHA256=" + strings.ToUpper(hash), body, true},
		{"?a=b&bodySHA256=" + hash + "&c=d", body, true},
		{"?bodySHA256=" + hash + "&bodySHA256=" + hash, body, true},
		{"?bodySHA256=" + hash + "&%zz", body, true},
		{"?bodySHA256=" + hash + "&bodySHA256=" + other, body, false},
		{"?bodySHA256=" + other + "&bodySHA256=" + hash, body, false},
		{"?bodySHA256=" + other, body, false},
		{"?bodySHA256=" + hash[1:], body, false},
		{"?bodySHA256=" + hash + "0", body, false},
		{"?bodySHA256=", body, false},
		{"?bodySHA256", body, false},
		{"?bodysha256=" + hash, body, false},
		{"?bodySHA256=" + hash, body + " ", false},
		{"?bodySHA256=" + hash, "", false},
		{"?bodySHA256=" + webhook.BodySHA256(nil), "", true},
		{"?", body, false},
		{"", body, false},
		{"", "", true},
	}
	v := newValidator(t)
	for _, tt := range tests {
		signature := hmacSHA1(at + tt.query)
		check := func(how string, err error) {
			if ok := err == nil; ok != tt.ok || !ok && !errors.Is(err, webhook.ErrSignature) {
				t.Errorf("%s of %q with %q: %v, want ok %v", how, tt.query, tt.body, err, tt.ok)
			}
		}
		check("ValidateBody", v.ValidateBody(at+tt.query, []byte(tt.body), signature))
		check("Validate", v.Validate(newRequest("POST", at+tt.query, jsonType, tt.body, signature)))
		check("Validate, no type", v.Validate(newRequest("POST", at+tt.query, "", tt.body, signature)))
		if err := v.ValidateBody(at+tt.query, []byte(tt.body), hmacSHA1(at)+"x"); !errors.Is(err, webhook.ErrSignature) {
			t.Errorf("a wrong signature of %q: %v", tt.query, err)
		}
	}
}

// Nothing that is signed can be changed, not even one bit of it.
func TestTampering(t *testing.T) {
	v := newValidator(t)
	good := []string{vectorURL, vectorForm, vectorSignature, vectorBodyURL, vectorBody, vectorBodySignature}
	check := func(in []string) (form, body error) {
		params, err := url.ParseQuery(in[1])
		if err != nil {
			return webhook.ErrSignature, v.ValidateBody(in[3], []byte(in[4]), in[5])
		}
		return v.ValidateForm(in[0], params, in[2]), v.ValidateBody(in[3], []byte(in[4]), in[5])
	}
	if form, body := check(good); form != nil || body != nil {
		t.Fatal(form, body)
	}
	for part, text := range good {
		for i := range len(text) {
			for bit := range 8 {
				bad := slices.Clone(good)
				changed := []byte(text)
				changed[i] ^= 1 << bit
				bad[part] = string(changed)
				if part == 1 && sameForm(bad[1], good[1]) {
					continue // %2b for %2B
				}
				form, body := check(bad)
				if err := [...]error{form, form, form, body, body, body}[part]; !errors.Is(err, webhook.ErrSignature) {
					t.Errorf("%q is accepted for %q: %v", bad[part], text, err)
				}
			}
		}
	}
}

func sameForm(a, b string) bool {
	x, err := url.ParseQuery(a)
	y, _ := url.ParseQuery(b)
	return err == nil && x.Encode() == y.Encode()
}
