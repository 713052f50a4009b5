package twilio_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
	"github.com/twiliogen/twiliogen/templates/twilio"
)

// message is a record with something private, as the generator writes one.
type message struct {
	SID  string  `json:"sid"`
	Body string  `json:"body" twilio:"private"`
	To   *string `json:"to" twilio:"private"`
}

func (v message) Format(f fmt.State, verb rune) { wire.Format(f, verb, v) }
func (v message) LogValue() slog.Value          { return wire.LogValue(v) }

// chat is a caller's own type.
type chat struct {
	Name     string                `json:"name"`
	Messages []*message            `json:"messages"`
	Last     map[string]message    `json:"last"`
	Note     string                `json:"note" twilio:"private"`
	Any      any                   `json:"any"`
	Err      error                 `json:"err"`
	Page     *twilio.Page[message] `json:"page"`
	hidden   *message
}

// logJSON is what the JSON handler writes with RedactAttr.
func logJSON(v any) string {
	var b bytes.Buffer
	slog.New(slog.NewJSONHandler(&b, &slog.HandlerOptions{AddSource: true, ReplaceAttr: twilio.RedactAttr})).Info("m", "v", v)
	_, value, _ := strings.Cut(b.String(), `"v":`)
	return strings.TrimSuffix(value, "}\n")
}

func TestRedactAttr(t *testing.T) {
	to := secret
	m := message{"SM1", secret, &to}
	const redacted = `{"sid":"SM1","body":"[redacted]","to":"[redacted]"}`
	c := chat{
		Name: "a", Messages: []*message{&m}, Last: map[string]message{"x": m}, Note: secret, Any: []any{m, &m},
		Page: &twilio.Page[message]{Items: []message{m}}, hidden: &m,
	}
	chatJSON := `{"name":"a","messages":[` + redacted + `],"last":{"x":` + redacted + `},"note":"[redacted]","any":[` + redacted + `,` + redacted + `],"err":null,` +
		`"page":{"Items":[` + redacted + `]}}`
	for _, tt := range []struct {
		v    any
		want string
	}{
		{m, redacted},
		{[]twilio.Response{{StatusCode: 200, Header: http.Header{"A": {secret}}, Body: []byte(secret)}}, `[{"StatusCode":200,"Header":{"[redacted]":["[redacted]"]},"Body":"IltyZWRhY3RlZF0i"}]`},
		{&m, redacted},
		{[]message{m}, "[" + redacted + "]"},
		{map[string]*message{"a": &m}, `{"a":` + redacted + `}`},
		{c, chatJSON},
		{[]*chat{&c}, "[" + chatJSON + "]"},
		{slog.GroupValue(slog.Any("m", []message{m}), slog.Int("n", 1)), `{"m":[` + redacted + `],"n":1}`},
		{map[string]any{"page": &twilio.Page[*message]{Items: []*message{&m}}}, `{"page":{"Items":[` + redacted + `]}}`},
		{errors.New("failed"), `"failed"`},
		{"text", `"text"`},
		{nil, "null"},
		{7, "7"},
	} {
		if got := logJSON(tt.v); got != tt.want {
			t.Errorf("%T is logged as\n%s, want\n%s", tt.v, got, tt.want)
		}
	}
	if c.Note != secret || m.Body != secret || to != secret || *c.Messages[0].To != secret {
		t.Error("a value was changed")
	}
	if data, err := json.Marshal(m); err != nil || !strings.Contains(string(data), secret) {
		t.Errorf("encoding/json writes %s, %v", data, err)
	}
}

// RedactAttr takes groups and values that are still to be resolved, too, as from
// another function of its kind.
func TestRedactAttrOfGroup(t *testing.T) {
	m := message{Body: secret}
	a := twilio.RedactAttr(nil, slog.Group("g", "list", []message{m}, slog.Group("h", "m", m)))
	if got := fmt.Sprintf("%+v", a); strings.Contains(got, secret) || strings.Count(got, "[redacted]") != 2 {
		t.Errorf("%s", got)
	}
}
