package contract

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/twiliogen/twiliogen/testdata/proof/document"
	"github.com/twiliogen/twiliogen/testdata/proof/record"
)

// control tells how many wrong variations of an accepted request prism refuses, as it should: that it accepts the right
// ones says something only then. It fails when prism accepts a wrong one.
func (o *operation) control(ctx context.Context, accepted record.Exchange) (refused int, err error) {
	if !o.Public {
		req, err := http.NewRequestWithContext(ctx, accepted.Method, accepted.URL, nil)
		if err != nil {
			return refused, err
		}
		if err := expect(req, http.StatusUnauthorized); err != nil {
			return refused, fmt.Errorf("without credentials: %w", err)
		}
		refused++
	}
	if o.needsForm() {
		req, err := http.NewRequestWithContext(ctx, accepted.Method, accepted.URL, strings.NewReader("Unknown=1"))
		if err != nil {
			return refused, err
		}
		req.SetBasicAuth(record.AccountSID, record.AuthToken)
		req.Header.Set("Content-Type", document.FormType)
		if err := expect(req, http.StatusUnprocessableEntity); err != nil {
			return refused, fmt.Errorf("without what the form needs: %w", err)
		}
		refused++
	}
	return refused, nil
}

// needsForm reports whether a parameter in the form is required.
func (o *operation) needsForm() bool {
	for _, p := range o.Params {
		if p.In == "form" && p.Required {
			return true
		}
	}
	return false
}

// expect sends a request and fails when the answer has another status.
func expect(req *http.Request, status int) error {
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		return err
	}
	if resp.StatusCode != status {
		return fmt.Errorf("the status is %d, want %d", resp.StatusCode, status)
	}
	return nil
}
