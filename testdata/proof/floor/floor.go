// Package floor is the client that one would write by hand for the Sessions of Twilio's Proxy API, on net/http and
// encoding/json alone. It does what no client can do without, so that the costs of all others are held against its own.
package floor

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Server is where the API is.
const Server = "https://proxy.twilio.com"

// Client calls the API.
type Client struct {
	HTTP       http.Client
	Server     string
	AccountSID string
	AuthToken  string
}

// Session is the API's Session, with all of its fields.
type Session struct {
	SID                 string            `json:"sid"`
	AccountSID          string            `json:"account_sid"`
	ClosedReason        string            `json:"closed_reason"`
	DateCreated         time.Time         `json:"date_created"`
	DateEnded           time.Time         `json:"date_ended"`
	DateExpiry          time.Time         `json:"date_expiry"`
	DateLastInteraction time.Time         `json:"date_last_interaction"`
	DateStarted         time.Time         `json:"date_started"`
	DateUpdated         time.Time         `json:"date_updated"`
	Links               map[string]string `json:"links"`
	Mode                string            `json:"mode"`
	ServiceSID          string            `json:"service_sid"`
	Status              string            `json:"status"`
	TTL                 int               `json:"ttl"`
	UniqueName          string            `json:"unique_name"`
	URL                 string            `json:"url"`
}

// Page is a page of Sessions.
type Page struct {
	Sessions []*Session `json:"sessions"`
	Meta     struct {
		NextPageURL string `json:"next_page_url"`
	} `json:"meta"`
}

// Error is an answer that is none of success.
type Error struct {
	Status  int    `json:"-"`
	Code    int    `json:"code"`
	Message string `json:"message"`
}

func (e *Error) Error() string { return fmt.Sprintf("%d: %d %s", e.Status, e.Code, e.Message) }

// Create starts a Session.
func (c *Client) Create(ctx context.Context, service string, form url.Values) (*Session, error) {
	s := new(Session)
	return s, c.do(ctx, http.MethodPost, c.sessions(service), form, s)
}

// Fetch returns a Session.
func (c *Client) Fetch(ctx context.Context, service, sid string) (*Session, error) {
	s := new(Session)
	return s, c.do(ctx, http.MethodGet, c.sessions(service)+"/"+url.PathEscape(sid), nil, s)
}

// Page returns the first page of Sessions.
func (c *Client) Page(ctx context.Context, service string, size int) (*Page, error) {
	return c.page(ctx, c.sessions(service)+"?PageSize="+strconv.Itoa(size))
}

// List returns the Sessions of all pages.
func (c *Client) List(ctx context.Context, service string, size int) ([]*Session, error) {
	page, err := c.Page(ctx, service, size)
	if err != nil {
		return nil, err
	}
	all := page.Sessions
	for page.Meta.NextPageURL != "" {
		if page, err = c.page(ctx, page.Meta.NextPageURL); err != nil {
			return nil, err
		}
		all = append(all, page.Sessions...)
	}
	return all, nil
}

func (c *Client) sessions(service string) string {
	return c.Server + "/v1/Services/" + url.PathEscape(service) + "/Sessions"
}

func (c *Client) page(ctx context.Context, target string) (*Page, error) {
	p := new(Page)
	return p, c.do(ctx, http.MethodGet, target, nil, p)
}

func (c *Client) do(ctx context.Context, method, target string, form url.Values, v any) error {
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	req, err := http.NewRequestWithContext(ctx, method, target, body)
	if err != nil {
		return err
	}
	req.SetBasicAuth(c.AccountSID, c.AuthToken)
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	resp, err := c.HTTP.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if resp.StatusCode/100 != 2 {
		failure := &Error{Status: resp.StatusCode}
		_ = json.Unmarshal(data, failure) // the status is enough when the body is none of the API's
		return failure
	}
	return json.Unmarshal(data, v)
}
