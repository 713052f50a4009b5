package twilio

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"

	"github.com/twiliogen/twiliogen/templates/internal/wire"
)

// CredentialsProvider provides the credentials of a client when they are needed. It is for
// credentials that change while a program runs. [Credentials] are a provider whose credentials
// never change, and [OAuth] returns one that renews them. Many goroutines use a provider at the
// same time.
type CredentialsProvider interface {
	// AccountSID returns the account that calls are made on. It must return at once, and always the
	// same SID. If that is "", only WithAccount or WithAccountSID can make calls whose path names
	// an account. Where a path names none, Twilio takes the account of the Credentials; if they are
	// known to belong to another one than this, the call is an [AccountError].
	AccountSID() string

	// Credentials returns the credentials for a request. It is called before each request, so it
	// should keep what takes time to get.
	//
	// If Twilio responds with 401, it is called once more, and rejected is what it returned before;
	// otherwise rejected is the zero value. If the result then Equals rejected, or is an error, the
	// call ends with the 401. Calls that run at the same time may all report the same rejected
	// credentials, and should then be given the same new ones.
	//
	// An error is found in a [CredentialsError].
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

// checkOwner says why the credentials are not those of an account.
func checkOwner(p CredentialsProvider, account string) error {
	if err := validateProvider(p); err != nil {
		return err
	}
	if c, ok := p.(Credentials); ok && c.owner() != "" && c.owner() != account {
		return fmt.Errorf("the credentials given to WithAccount belong to the account %s", c.owner())
	}
	return nil
}

// credentials asks the provider.
func (s *settings) credentials(ctx context.Context, rejected Credentials) (Credentials, error) {
	c, err := s.provider.Credentials(ctx, rejected)
	if err == nil {
		err = c.validate()
	}
	if err != nil {
		return Credentials{}, &CredentialsError{endOf(ctx, err)}
	}
	return c, nil
}

// accepted tells the provider that Twilio took the credentials of a try.
func (k *call) accepted(t *try) {
	if p, ok := k.client.provider.(interface{ accepted(Credentials) }); ok && t.auth.proof != nil {
		p.accepted(t.auth)
	}
}

// CredentialsError is why a call has no credentials: what its [CredentialsProvider] returned, such
// as the answer of a server that was asked for an access token.
//
// errors.Is and errors.As look behind it, but find neither an [*Error] there nor what it is: a call
// of which errors.Is(err, ErrNotFound) is true has been answered by Twilio. Nor do they find what
// became of another call, such as that for a token. What is hidden can be found in the Cause.
type CredentialsError struct{ cause error }

// Cause returns what the provider returned.
func (e *CredentialsError) Cause() error { return e.cause }

// Error returns the text of the cause, with an introduction.
func (e *CredentialsError) Error() string { return "no credentials: " + printable(e.cause.Error()) }

// Is reports whether target is in the cause and says nothing about an answer of the API, what became
// of a call, or the end of a list.
func (e *CredentialsError) Is(target error) bool {
	var answer *Error
	if target == io.EOF || isOutcome(target) || errors.As(e.cause, &answer) && answer.Is(target) {
		return false
	}
	return errors.Is(e.cause, target)
}

// As finds in the cause what is not about another call, as an [*Error] or a [*ParamError] would be.
func (e *CredentialsError) As(target any) bool {
	switch target.(type) {
	case **Error, **ParamError, **AccountError, **failure:
		return false
	}
	return errors.As(e.cause, target)
}

// AccountError is a call that was refused before anything was sent, because it would have been made
// on another account than it is meant for. Its path does not name an account, so that Twilio takes
// the one that the credentials belong to. Give [Client.WithAccount] the credentials of the account.
type AccountError struct {
	AccountSID            string // what the call is meant for, by WithAccount, WithAccountSID or the provider
	CredentialsAccountSID string // what the credentials belong to
}

// Error returns a text that names both accounts and says what to do.
func (e *AccountError) Error() string {
	return fmt.Sprintf("the call is meant for the account %s, but its path does not name that, and the credentials belong to %s: give Client.WithAccount the credentials of the account",
		e.AccountSID, e.CredentialsAccountSID)
}

// checkLogin says why a request cannot be sent with these credentials.
func (k *call) checkLogin(auth Credentials) error {
	if k.request.Auth == wire.TokenAuth && !auth.isToken() {
		return errors.New("the operation requires an access token: give the client credentials from OAuth or AccessToken")
	}
	owner := auth.owner()
	if owner == "" || k.account == "" || owner == k.account || k.request.NamesAccount(k.account) || k.setsAuthorization() {
		return nil
	}
	return &AccountError{k.account, owner}
}

// setsAuthorization reports whether a header of the caller's takes the place of the credentials.
func (k *call) setsAuthorization() bool {
	return len(k.client.header["Authorization"]) > 0 || slices.ContainsFunc(k.options.header, func(h wire.Pair) bool {
		return http.CanonicalHeaderKey(h.Name) == "Authorization"
	})
}
