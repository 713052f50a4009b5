package use

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"example.com/golden/secretsv1"
	"example.com/golden/twilio"
)

const factor = `{"sid":"YF0123456789abcdef0123456789abcdef","auth_token":"canary","config":{"token":"canary"},"credential_sid":"CR1","format":"jwt",` +
	`"identity":"canary","servers":[{"credential":"canary","url":"https://example.com"}],"token_type":"bearer"}`

// A record that has a field called Format, with secrets at any depth, shows none.
func TestSecretsOfRecords(t *testing.T) {
	var f secretsv1.Factor
	noError(t, json.Unmarshal([]byte(factor), &f))
	checkNoCanary(t, f)
	checkNoCanary(t, &f)
	checkNoCanary(t, []*secretsv1.Factor{&f})
	checkNoCanary(t, map[string]any{"f": f})
	checkNoCanary(t, struct{ Factors []secretsv1.Factor }{[]secretsv1.Factor{f}})
	data, err := json.Marshal(f)
	noError(t, err)
	equal(t, "what encoding/json writes", string(data), factor)
	equal(t, "%v", fmt.Sprint(f), "{SID:YF0123456789abcdef0123456789abcdef AuthToken:[redacted] Config:[redacted] "+
		"CredentialSID:CR1 Format:jwt Identity:[redacted] Servers:[{Credential:[redacted] URL:https://example.com}] TokenType:bearer}")
}

// Parameters are printed as any struct is, but for what is private.
func TestSecretsOfParams(t *testing.T) {
	params := &secretsv1.CreateFactorParams{
		Password: "canary", Identity: ptr("canary"), Phone: ptr("canary"), ConfigNotificationToken: ptr("canary"),
		ConfigAppID: ptr("app"), PublicKey: ptr("key"), TTL: ptr(7),
	}
	checkNoCanary(t, params)
	checkNoCanary(t, *params)
	required := secretsv1.CreateFactorParams{Password: "canary"}
	equal(t, "%v", fmt.Sprintf("%v", required), "{[redacted] <nil> <nil> <nil> <nil> <nil> <nil>}")
	equal(t, "%#v", fmt.Sprintf("%#v", required), `secretsv1.CreateFactorParams{Password:"[redacted]", ConfigAppID:(*string)(nil), ConfigNotificationToken:(*string)(nil), `+
		`Identity:(*string)(nil), Phone:(*string)(nil), PublicKey:(*string)(nil), TTL:(*int)(nil)}`)
	equal(t, "nil", fmt.Sprint((*secretsv1.CreateFactorParams)(nil)), "<nil>")
}

func checkNoCanary(t *testing.T, v any) {
	t.Helper()
	var b bytes.Buffer
	fmt.Fprintf(&b, "%v %+v %#v %s %q %x", v, v, v, v, v, v)
	slog.New(slog.NewTextHandler(&b, nil)).Info("x", "v", v)
	slog.New(slog.NewJSONHandler(&b, &slog.HandlerOptions{ReplaceAttr: twilio.RedactAttr})).Info("x", "v", v)
	if shown := b.String(); strings.Contains(shown, "canary") || strings.Contains(shown, fmt.Sprintf("%x", "canary")) || !strings.Contains(shown, "[redacted]") {
		t.Errorf("%T is shown as %s", v, shown)
	}
}

// What a developer sees of a call has no secrets either.
func TestSecretsInDebug(t *testing.T) {
	_, client := newFake(t, factor)
	var b strings.Builder
	got, err := secretsv1.New(client).Factors.Create(background(), &secretsv1.CreateFactorParams{
		Password: "canary", Identity: ptr("canary"), Phone: ptr("canary"), ConfigNotificationToken: ptr("canary"),
		ConfigAppID: ptr("app"), PublicKey: ptr("key"), TTL: ptr(7),
	}, twilio.WithDebug(&b))
	noError(t, err)
	equal(t, "the record", got.AuthToken, "canary")
	const sent = "\n> Password=[redacted] Config.AppId=app Config.NotificationToken=[redacted] Identity=[redacted] Phone=[redacted] PublicKey=key Ttl=7\n"
	if shown := b.String(); strings.Contains(shown, "canary") || !strings.Contains(shown, sent) || !strings.Contains(shown, `"token_type":"bearer"`) {
		t.Errorf("it shows\n%s", shown)
	}
}
