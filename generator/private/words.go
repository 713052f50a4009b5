package private

import "github.com/twiliogen/twiliogen/generator/model"

// formats are those of private text.
var formats = map[string]model.Privacy{
	"password":     model.Secret,
	"email":        model.Personal,
	"endpoint":     model.Personal, // a phone number, a client or a SIP address
	"phone-number": model.Personal,
}

// publicFormats are those of text that neither name nor place makes private.
var publicFormats = map[string]bool{"uri": true, "url": true}

// names are private as a whole, and not as the end of a longer name.
var names = map[string]model.Privacy{
	"binding": model.Secret, // of a factor of Verify: the secret that it shares
}

// parameters are names that are private as a whole, and only of what a caller
// sends.
var parameters = map[string]model.Privacy{
	"code": model.Secret, // what somebody has typed in, or what is exchanged for a token
}

// endings are the last words of private names. The longest that fits decides, so
// that a public one can be an exception to a shorter one.
var endings = map[string]model.Privacy{
	"auth payload":      model.Secret, // a one-time code
	"cert":              model.Secret, // PEM, and there may be a key in it
	"certificate":       model.Secret,
	"credential":        model.Secret,
	"credentials":       model.Secret,
	"passcode":          model.Secret,
	"passphrase":        model.Secret,
	"password":          model.Secret,
	"pin":               model.Secret,
	"secret":            model.Secret,
	"signature":         model.Secret,
	"token":             model.Secret,
	"access key":        model.Secret,
	"api key":           model.Secret,
	"encryption key":    model.Secret,
	"private key":       model.Secret,
	"secret key":        model.Secret,
	"signing key":       model.Secret,
	"write key":         model.Secret,
	"activation code":   model.Secret,
	"custom code":       model.Secret,
	"registration code": model.Secret,
	"security code":     model.Secret,
	"validation code":   model.Secret,
	"verification code": model.Secret,

	"continuation token":       model.Public,
	"discoverable credentials": model.Public, // whether a passkey has to be discoverable
	"next token":               model.Public,
	"page token":               model.Public,
	"previous token":           model.Public,

	"body":              model.Personal,
	"caller id":         model.Personal,
	"email":             model.Personal,
	"emails":            model.Personal,
	"email address":     model.Personal,
	"mobile number":     model.Personal,
	"phone":             model.Personal,
	"phone number":      model.Personal,
	"phone numbers":     model.Personal,
	"telephone number":  model.Personal,
	"request headers":   model.Personal, // of a webhook, whose variables are a message or a call
	"request variables": model.Personal,
	"response headers":  model.Personal,
}
