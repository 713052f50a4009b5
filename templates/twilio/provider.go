package twilio

import (
	"context"
	"errors"
	"fmt"
)

// CredentialsProvider gives the credentials of a client at the time when they are needed, for those that change while a
// program runs. [Credentials] are one whose credentials stay, [OAuth] returns one that renews them. A provider is used by
// many goroutines at once.
type CredentialsProvider interface {
	// AccountSID returns the account that calls are made on, at once and always the same. It may be "": then only
	// WithAccount or WithAccountSID can make calls whose path names an account.
	AccountSID() string

	// Credentials returns what a request is to be sent with. It is asked before each one, and has to keep what it can.
	//
	// When Twilio has answered 401, it is asked once more, and rejected is what it gave before; otherwise rejected is the
	// zero value. If the result then Equals rejected, or is an error, the call ends with the 401.
	Credentials(ctx context.Context, rejected Credentials) (Credentials, error)
}

// WithCredentials sets who calls.
func WithCredentials(p CredentialsProvider) ClientOption {
	return clientOption(func(s *settings) {
		s.provider = p
		s.fail(validateProvider(p))
	})
}

func validateProvider(p CredentialsProvider) error {
	if p == nil {
		return errors.New("the credentials are empty")
	}
	if v, ok := p.(interface{ validate() error }); ok {
		return v.validate()
	}
	return checkOptionalAccount(p.AccountSID())
}

// credentials asks the provider.
func (s *settings) credentials(ctx context.Context, rejected Credentials) (Credentials, error) {
	c, err := s.provider.Credentials(ctx, rejected)
	if err == nil {
		err = c.validate()
	}
	if err != nil {
		return Credentials{}, fmt.Errorf("no credentials: %w", endOf(ctx, err))
	}
	return c, nil
}
