// Command bare is the twin of command bound on net/http and encoding/json
// alone, as one would write it by hand for these three calls.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/url"
	"os"
	"time"

	"github.com/twiliogen/twiliogen/testdata/proof/floor"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: bare SERVICE")
	}
	if err := run(context.Background(), os.Args[1]); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, service string) error {
	c := floor.Client{
		HTTP:       http.Client{Timeout: 30 * time.Second},
		Server:     floor.Server,
		AccountSID: os.Getenv("TWILIO_ACCOUNT_SID"),
		AuthToken:  os.Getenv("TWILIO_AUTH_TOKEN"),
	}
	if c.AccountSID == "" || c.AuthToken == "" {
		return errors.New("TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are not set")
	}
	if base := os.Getenv("PROXY_BASE_URL"); base != "" {
		c.Server = base
	}
	created, err := c.Create(ctx, service, url.Values{
		"UniqueName": {"order-1234"},
		"Ttl":        {"3600"},
		"Mode":       {"voice-and-message"},
	})
	if err != nil {
		return err
	}
	fetched, err := c.Fetch(ctx, service, created.SID)
	if e := (*floor.Error)(nil); errors.As(err, &e) && e.Status == http.StatusNotFound {
		return fmt.Errorf("session %s is gone: %w", created.SID, err)
	}
	if err != nil {
		return err
	}
	fmt.Println("created", fetched.SID, fetched.Status, fetched.DateCreated)
	sessions, err := c.List(ctx, service, 100)
	if err != nil {
		return err
	}
	for _, s := range sessions {
		fmt.Println(s.SID, s.UniqueName, s.Status, s.DateCreated)
	}
	return nil
}
