// Command bare is the twin of command bound on net/http and encoding/json
// alone, as one would write it by hand for these three calls.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
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

type session struct {
	SID         string    `json:"sid"`
	UniqueName  string    `json:"unique_name"`
	Status      string    `json:"status"`
	DateCreated time.Time `json:"date_created"`
}

type page struct {
	Sessions []session `json:"sessions"`
	Meta     struct {
		NextPageURL string `json:"next_page_url"`
	} `json:"meta"`
}

func run(ctx context.Context, service string) error {
	c := client{
		http:  http.Client{Timeout: 30 * time.Second},
		user:  os.Getenv("TWILIO_ACCOUNT_SID"),
		token: os.Getenv("TWILIO_AUTH_TOKEN"),
	}
	if c.user == "" || c.token == "" {
		return errors.New("TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are not set")
	}
	base := "https://proxy.twilio.com"
	if b := os.Getenv("PROXY_BASE_URL"); b != "" {
		base = b
	}
	sessions := base + "/v1/Services/" + url.PathEscape(service) + "/Sessions"

	var created, fetched session
	form := url.Values{"UniqueName": {"order-1234"}, "Ttl": {"3600"}, "Mode": {"voice-and-message"}}
	if err := c.do(ctx, http.MethodPost, sessions, form, &created); err != nil {
		return err
	}
	if err := c.do(ctx, http.MethodGet, sessions+"/"+url.PathEscape(created.SID), nil, &fetched); err != nil {
		if e := (*apiError)(nil); errors.As(err, &e) && e.status == http.StatusNotFound {
			return fmt.Errorf("session %s is gone: %w", created.SID, err)
		}
		return err
	}
	fmt.Println("created", fetched.SID, fetched.Status, fetched.DateCreated)
	for next := sessions + "?PageSize=100"; next != ""; {
		var p page
		if err := c.do(ctx, http.MethodGet, next, nil, &p); err != nil {
			return err
		}
		for _, s := range p.Sessions {
			fmt.Println(s.SID, s.UniqueName, s.Status, s.DateCreated)
		}
		next = p.Meta.NextPageURL
	}
	return nil
}

type client struct {
	http        http.Client
	user, token string
}

type apiError struct {
	status  int
	Code    int    `json:"code"`
	Message string `json:"message"`
}

func (e *apiError) Error() string { return fmt.Sprintf("%d: %d %s", e.status, e.Code, e.Message) }

func (c *client) do(ctx context.Context, method, target string, form url.Values, v any) error {
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	req, err := http.NewRequestWithContext(ctx, method, target, body)
	if err != nil {
		return err
	}
	req.SetBasicAuth(c.user, c.token)
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if resp.StatusCode/100 != 2 {
		failure := &apiError{status: resp.StatusCode}
		_ = json.Unmarshal(data, failure) // the status is enough when the body is none of the API's
		return failure
	}
	return json.Unmarshal(data, v)
}
