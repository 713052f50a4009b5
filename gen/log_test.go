package gen_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/twiliogen/twiliogen/gen/proxyv1"
)

// logged returns what log/slog writes about v, as text and as JSON.
func logged(v any) []string {
	var text, json bytes.Buffer
	slog.New(slog.NewTextHandler(&text, nil)).Info("test", "value", v)
	slog.New(slog.NewJSONHandler(&json, nil)).Info("test", "value", v)
	return []string{text.String(), json.String()}
}

// What the document marks as personal data does not get into a log; the rest
// of the record does. The record itself is left as it is.
func TestLogsShowNothingPersonal(t *testing.T) {
	interaction, message, participant := fullInteraction(), fullMessageInteraction(), fullParticipant()
	for _, tt := range []struct {
		value    any
		personal string
		sid      string
	}{
		{interaction, "4155550100", interaction.SID},
		{*interaction, "4155550100", interaction.SID},
		{message, "90210", message.SID},
		{*message, "90210", message.SID},
		{participant, "4155550100", participant.SID},
		{*participant, "4155550100", participant.SID},
		{slog.GroupValue(slog.Any("deep", participant)), "4155550100", participant.SID},
	} {
		t.Run(fmt.Sprintf("%T", tt.value), func(t *testing.T) {
			for _, line := range logged(tt.value) {
				if strings.Contains(line, tt.personal) {
					t.Errorf("%s shows %s", line, tt.personal)
				}
				if !strings.Contains(line, tt.sid) || !strings.Contains(line, "[redacted]") {
					t.Errorf("%s does not show the rest", line)
				}
			}
		})
	}
	if diff := difference([]any{fullInteraction(), fullMessageInteraction(), fullParticipant()}, []any{interaction, message, participant}); diff != "" {
		t.Errorf("logging changes the record (-before +after):\n%s", diff)
	}
}

// Personal data that is not there is shown as such.
func TestLogsShowWhatIsMissing(t *testing.T) {
	for _, line := range logged(&proxyv1.Participant{SID: participant}) {
		if strings.Contains(line, "[redacted]") {
			t.Errorf("%s redacts what is empty", line)
		}
	}
}

// A nil record, such as that beside an error, does not keep a line from being
// logged.
func TestLogNil(t *testing.T) {
	for _, value := range []any{(*proxyv1.Interaction)(nil), (*proxyv1.MessageInteraction)(nil), (*proxyv1.Participant)(nil)} {
		for _, line := range logged(slog.GroupValue(slog.Any("record", value), slog.String("behind", "it"))) {
			if !strings.Contains(line, "behind") || !strings.HasSuffix(line, "\n") {
				t.Errorf("%T: %s is all that is logged", value, line)
			}
		}
	}
}
