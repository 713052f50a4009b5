package webhook

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// WithTokens sets a function that returns the auth tokens of an account, for a server that receives
// the webhooks of several: each account's tokens are good for its own requests and no others. It takes
// the place of an auth token, so that of [NewValidator] must be "", and there must be no
// [WithAuthToken].
//
//	validator, err := webhook.NewValidator("", webhook.WithTokens(tokensOf))
//
// The account is the one that the request names as AccountSid (or account_sid), in the query, the form
// or the JSON object in the body, in each of an array of objects, and in the data of a CloudEvent. It
// has the form of an account's SID, but it is only a claim until the signature has proved it: f must
// do no more than look it up. A request that names several accounts is refused. For one that names
// none, as those of Proxy do, accountSID is "". Such a webhook can be given a URL that names the
// account: https://example.com/proxy?AccountSid=AC...
//
// While a token is being changed, f returns both. If it returns none, or only an empty one, the
// request is refused with [ErrSignature], and if it returns an error, with [ErrUnavailable]. It is called for every request
// that carries a signature, whoever made it, by many goroutines at once, and should therefore remember
// what it has looked up. The context is that of the request; for [Validator.ValidateForm] and
// [Validator.ValidateBody], which have none, it is [context.Background].
func WithTokens(f func(ctx context.Context, accountSID string) ([]string, error)) Option {
	return func(s *settings) {
		if f == nil {
			s.fail(errors.New("the function that returns auth tokens is nil"))
		}
		s.tokensOf = f
	}
}

// lookUp returns the auth tokens that may have signed a request.
func (s *settings) lookUp(ctx context.Context, rawURL string, params url.Values, body []byte) ([]string, error) {
	if s.tokensOf == nil {
		return s.tokens, nil
	}
	account, err := claimedAccount(rawURL, params, body)
	if err != nil {
		return nil, err
	}
	tokens, err := s.tokensOf(ctx, account)
	if err != nil {
		return nil, hideCause(fmt.Errorf("%w: the auth tokens could not be looked up", ErrUnavailable), err)
	}
	// Anybody could sign with an empty one.
	return slices.DeleteFunc(slices.Clone(tokens), func(token string) bool { return token == "" }), nil
}

// claimedAccount returns the account that a request names, or "".
func claimedAccount(rawURL string, params url.Values, body []byte) (string, error) {
	var c claim
	_, query, _ := strings.Cut(rawURL, "?")
	values, _ := url.ParseQuery(query) // contains what could be parsed
	c.addForm(values)
	c.addForm(params)
	if len(params) == 0 {
		c.addJSON(json.NewDecoder(bytes.NewReader(body)))
	}
	switch {
	case c.several:
		return "", fmt.Errorf("%w: it names more than one account", ErrMalformed)
	case c.account != "" && !isAccountSID(c.account):
		return "", fmt.Errorf("%w: what it names as its account is not the SID of one", ErrMalformed)
	}
	return c.account, nil
}

// claim is what a request says about its account. All that it says counts, since nobody knows what
// the handler will look at: whoever has the token of one account could name another beside it.
type claim struct {
	account string
	several bool
}

func (c *claim) add(account string) {
	switch {
	case account == "":
	case c.account == "":
		c.account = account
	case c.account != account:
		c.several = true
	}
}

func (c *claim) addForm(values url.Values) {
	for name, values := range values {
		if namesAccount(name) {
			for _, value := range values {
				c.add(value)
			}
		}
	}
}

// addJSON reads all values that follow each other, as far as they are valid.
func (c *claim) addJSON(d *json.Decoder) {
	for c.addValue(d, document) == nil {
	}
}

// Where in a body a value stands.
const (
	document = iota
	event    // an element of the document's array
	data     // what an event, or an only one in place of the array, is about
)

// addValue reads the next value. What lies deeper than an account can be named is skipped.
func (c *claim) addValue(d *json.Decoder, place int) error {
	opening, err := d.Token()
	switch opening {
	case json.Delim('['):
		for d.More() && err == nil {
			if place == document {
				err = c.addValue(d, event)
			} else {
				err = d.Decode(new(json.RawMessage))
			}
		}
	case json.Delim('{'):
		for d.More() && err == nil {
			err = c.addMember(d, place)
		}
	default:
		return err
	}
	if err == nil {
		_, err = d.Token() // the closing one
	}
	return err
}

func (c *claim) addMember(d *json.Decoder, place int) error {
	token, err := d.Token()
	if err != nil {
		return err
	}
	name, _ := token.(string)
	if place != data && strings.EqualFold(name, "data") {
		return c.addValue(d, data)
	}
	var value json.RawMessage
	if err := d.Decode(&value); err != nil || !namesAccount(name) {
		return err
	}
	var account string
	_ = json.Unmarshal(value, &account) // anything but a string names no account
	c.add(account)
	return nil
}

// namesAccount is true for AccountSid, account_sid and accountSid, as Twilio writes it, and for
// whatever encoding/json takes for one of them.
func namesAccount(name string) bool {
	return strings.EqualFold(strings.ReplaceAll(name, "_", ""), "AccountSid")
}

func isAccountSID(s string) bool {
	return len(s) == 34 && s[:2] == "AC" && strings.Trim(s[2:], "0123456789abcdefABCDEF") == ""
}
