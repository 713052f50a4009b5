package twilio

import (
	"context"
	"errors"
	"fmt"
)

// CredentialsProvider provides the credentials of a client when they are needed. It is for
// credentials that change while a program runs. [Credentials] are a provider whose credentials
// never change, and [OAuth] returns one that renews them. Many goroutines use a provider at the
// same time.
type CredentialsProvider interface {
	// AccountSID returns the account that calls are made on. It must return at once, and always the
	// same SID. If that is "", only WithAccount or WithAccountSID can make calls whose path names
	// an account.
	AccountSID() string

	// Credentials returns the credentials for a request. It is called before each request, so it
	// should keep what takes time to get.
	//
	// If Twilio responds with 401, it is called once more, and rejected is what it returned before;
	// otherwise rejected is the zero value. If the result then Equals rejected, or is an error, the
	// call ends with the 401.
	Credentials(ctx context.Context, rejected Credentials) (Credentials, error)
}

// WithCredentials sets the credentials of the client.
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
