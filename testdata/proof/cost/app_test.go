package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/twiliogen/twiliogen/testdata/proof/repository"
)

// call is a request as a server tells it from others.
type call struct {
	Method, Path, User, Password, ContentType string
	Query, Form                               url.Values
}

// TestAppsDoTheSame runs both programs against a server with two pages of
// Sessions: what they print and what they send has to be equal, or their costs
// could not be compared.
func TestAppsDoTheSame(t *testing.T) {
	boundPrinted, boundCalls := runApp(t, "bound")
	barePrinted, bareCalls := runApp(t, "bare")
	if diff := cmp.Diff(barePrinted, boundPrinted); diff != "" {
		t.Errorf("they print different things (-bare +bound):\n%s", diff)
	}
	if diff := cmp.Diff(bareCalls, boundCalls); diff != "" {
		t.Errorf("they send different things (-bare +bound):\n%s", diff)
	}
	if lines := strings.Count(boundPrinted, "\n"); lines != 2 || len(boundCalls) != 4 {
		t.Errorf("%d line ends and %d calls, want 2 and 4:\n%s", lines, len(boundCalls), boundPrinted)
	}
}

func runApp(t *testing.T, name string) (printed string, calls []call) {
	program := filepath.Join(t.TempDir(), name)
	if _, err := measure(exec.CommandContext(t.Context(), "go", "build", "-o", program, "./app/"+name)); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(nil)
	server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, password, _ := r.BasicAuth()
		if err := r.ParseForm(); err != nil {
			t.Error(err)
		}
		calls = append(calls, call{r.Method, r.URL.Path, user, password, r.Header.Get("Content-Type"), r.URL.Query(), r.PostForm})
		fmt.Fprint(w, answer(r, server.URL))
	})
	server.Start()
	cmd := exec.CommandContext(t.Context(), program, "KS00000000000000000000000000000001")
	cmd.Env = append(os.Environ(), "PROXY_BASE_URL="+server.URL,
		"TWILIO_ACCOUNT_SID=AC00000000000000000000000000000001", "TWILIO_AUTH_TOKEN=token",
		"TWILIO_API_KEY=", "TWILIO_API_SECRET=", "TWILIO_REGION=", "TWILIO_EDGE=")
	printed, err := repository.Output(cmd)
	server.Close() // after which nobody adds to the calls
	if err != nil {
		t.Fatal(err)
	}
	return printed, calls
}

// answer is a Session, or for the list one of two pages.
func answer(r *http.Request, server string) string {
	if r.Method != http.MethodGet || !strings.HasSuffix(r.URL.Path, "/Sessions") {
		return session(1)
	}
	if r.URL.Query().Get("Page") == "1" {
		return `{"meta": {"next_page_url": null, "key": "sessions"}, "sessions": [` + session(2) + `]}`
	}
	next := server + r.URL.Path + "?PageSize=100&Page=1&PageToken=PA1"
	return `{"meta": {"next_page_url": "` + next + `", "key": "sessions"}, "sessions": [` + session(1) + `]}`
}

func session(i int) string {
	return fmt.Sprintf(`{"sid": "KC%032d", "unique_name": "order-%[1]d", "status": "open", "date_created": "2026-01-02T03:04:05Z"}`, i)
}
