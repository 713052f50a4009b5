// Command bound is a small program on the generated bindings. Package cost
// compares what it costs to build with its twin on net/http alone.
//
// It starts a Session in the Service that its argument names, fetches it
// again, and lists what Sessions there are.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"

	"github.com/twiliogen/twiliogen/gen/proxyv1"
	"github.com/twiliogen/twiliogen/gen/twilio"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: bound SERVICE")
	}
	if err := run(context.Background(), os.Args[1]); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, service string) error {
	opts := []twilio.ClientOption{twilio.FromEnv()}
	if base := os.Getenv("PROXY_BASE_URL"); base != "" {
		opts = append(opts, twilio.WithBaseURL(base))
	}
	client, err := twilio.NewClient(opts...)
	if err != nil {
		return err
	}
	sessions := proxyv1.New(client).Sessions

	created, err := sessions.Create(ctx, service, &proxyv1.CreateSessionParams{
		UniqueName: twilio.Ptr("order-1234"),
		TTL:        twilio.Ptr(3600),
		Mode:       proxyv1.SessionModeVoiceAndMessage,
	})
	if err != nil {
		return err
	}
	fetched, err := sessions.Fetch(ctx, service, created.SID)
	if errors.Is(err, twilio.ErrNotFound) {
		return fmt.Errorf("session %s is gone: %w", created.SID, err)
	}
	if err != nil {
		return err
	}
	fmt.Println("created", fetched.SID, fetched.Status, fetched.DateCreated)
	for s, err := range sessions.List(ctx, service, &proxyv1.ListSessionsParams{PageSize: 100}) {
		if err != nil {
			return err
		}
		fmt.Println(s.SID, s.UniqueName, s.Status, s.DateCreated)
	}
	return nil
}
