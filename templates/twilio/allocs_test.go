package twilio_test

import (
	"context"
	"io"
	"net/http"
	"testing"
	"time"
)

// A fetch costs little more than net/http alone: retries, hooks and the log cost nothing if they
// are not used. The measure is what net/http needs for the same request, since that differs between
// versions of Go.
func TestFetchAllocations(t *testing.T) {
	const runs = 200
	const allowed = 5 // the path, the call, its request, the record and its strings; the reading is cheaper than io.ReadAll
	answer := roundTripper(func(*http.Request) (*http.Response, error) { return reply(200, `{"sid":"T1","size":3}`), nil })
	client, bare := stubClient(t, answer), &http.Client{Transport: answer}
	ctx := context.Background()

	floor := testing.AllocsPerRun(runs, func() {
		if err := fetchBare(ctx, bare); err != nil {
			t.Fatal(err)
		}
	})
	got := testing.AllocsPerRun(runs, func() {
		if _, err := fetch(ctx, client, fetchRequest("T1"), nil); err != nil {
			t.Fatal(err)
		}
	})
	if got > floor+allowed {
		t.Errorf("%v allocations, %v with net/http alone", got, floor)
	}
}

// fetchBare is what net/http takes for the request of a fetch, without reading the record.
func fetchBare(ctx context.Context, client *http.Client) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, server+"/v1/Things/T1", nil)
	if err != nil {
		return err
	}
	req.SetBasicAuth(account, secret)
	req.Header.Set("Accept", "application/json")
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.ReadAll(resp.Body)
	return err
}
