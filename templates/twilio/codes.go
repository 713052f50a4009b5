package twilio

// Codes of errors that any call can have, to be compared with [Error.Code]. These groups hold what
// programs act on most; there are many more codes, and [Error.MoreInfo] leads to the page about
// each. [Error.Temporary] reports which errors are worth a retry.
const (
	// CodeInvalidRequest means that the request was refused as a whole, or because of a parameter
	// that the message names.
	CodeInvalidRequest = 20001
	// CodeAuthentication means that the credentials are wrong, revoked, of another region or of
	// another account, or that the account is closed.
	CodeAuthentication = 20003
	// CodeMethodNotAllowed means that the resource exists and does not support this HTTP method.
	CodeMethodNotAllowed = 20004
	// CodeForbidden means that the account may not use the API, most likely because it is suspended
	// or closed.
	CodeForbidden = 20403
	// CodeNotFound means that there is nothing under this SID or path: it never was there, it was
	// deleted, or, in Verify, the verification has been approved or has expired.
	CodeNotFound = 20404
	// CodeTooManyRequests means that the account has more requests under way than it may have; the
	// call is worth a retry, with fewer beside it.
	CodeTooManyRequests = 20429
	// CodeNotAuthorized means that the credentials do not reach this far, such as a restricted API
	// key without the permission or an OAuth app without the scope.
	CodeNotAuthorized = 70051
)

// Codes of calls that could not be made or changed.
const (
	// CodeInvalidCallURL means that the URL of a call's instructions is not an absolute URL, or
	// that the application that was named has none.
	CodeInvalidCallURL = 21205
	// CodeUnverifiedFrom means that the caller ID is neither a number of the account nor one that
	// was verified for it.
	CodeUnverifiedFrom = 21210
	// CodeCallRegionDisabled means that the account's permissions for voice exclude the region that
	// is called; they are set in the Console.
	CodeCallRegionDisabled = 21215
	// CodeCallNotInProgress means that only a call in progress can be changed in this way, and that
	// this one has not begun or is over.
	CodeCallNotInProgress = 21220
)

// Codes of messages that were refused. For those of messages that were accepted and did not arrive,
// see the group of [CodeMessageLoop].
const (
	// CodeInvalidTo means that To is not a phone number that could exist; it should begin with a
	// plus sign and the country code.
	CodeInvalidTo = 21211
	// CodeMessageRegionDisabled means that the account's permissions for messaging exclude the
	// region of To; they are set in the Console.
	CodeMessageRegionDisabled = 21408
	// CodeMissingFrom means that neither From nor MessagingServiceSid was given.
	CodeMissingFrom = 21603
	// CodeMissingTo means that To was not given.
	CodeMissingTo = 21604
	// CodeInvalidFrom means that this account cannot send messages from From to this destination.
	CodeInvalidFrom = 21606
	// CodeUnverifiedTo means that the account is on trial, or not yet approved, and that To is not
	// among the numbers that were verified for it.
	CodeUnverifiedTo = 21608
	// CodeUnsubscribed means that the recipient has replied STOP, or the like, to this sender; take
	// the number off the list, until the recipient replies START.
	CodeUnsubscribed = 21610
	// CodeQueueFull means that From already has as many messages waiting as it can send in the time
	// they may wait; the call is worth a retry, but sending more slowly or from more numbers helps
	// more.
	CodeQueueFull = 21611
	// CodeNoRoute means that no message can be sent from this From to this To, which another sender
	// may reach.
	CodeNoRoute = 21612
	// CodeNotMobile means that To cannot receive text messages, and most likely is a landline.
	CodeNotMobile = 21614
	// CodeBodyTooLong means that the text of the message has more than 1,600 characters.
	CodeBodyTooLong = 21617
	// CodeMissingContent means that the message has neither Body nor MediaUrl nor ContentSid.
	CodeMissingContent = 21619
	// CodeUnknownChannel means that From is not a sender of this account on the channel, such as
	// WhatsApp, or is not approved yet.
	CodeUnknownChannel = 63007
	// CodeDailyLimit means that the account has sent all the messages it may send in 24 hours; wait
	// until fewer of them are that recent, or have the limit raised.
	CodeDailyLimit = 63038
)

// Codes of Verify, Lookup and Proxy.
const (
	// CodeInvalidVerifyParameter means that Verify refused a parameter, which the message names.
	CodeInvalidVerifyParameter = 60200
	// CodeTooManyChecks means that five codes have been checked for one verification; start another
	// one when it has expired, ten minutes after it began unless the service says otherwise.
	CodeTooManyChecks = 60202
	// CodeTooManySends means that the code of one verification has been sent five times; check or
	// cancel it, or wait until it expires, ten minutes after it began unless the service says
	// otherwise.
	CodeTooManySends = 60203
	// CodeTooManyVerifications means that verifications of one phone number are started too fast;
	// the call is worth a retry, unless somebody is abusing the application.
	CodeTooManyVerifications = 60212
	// CodeTooManyChallengeTries means that too many wrong codes were given for a challenge; create
	// another challenge.
	CodeTooManyChallengeTries = 60308
	// CodeTooManyFactorTries means that too many wrong codes were given to verify a factor; create
	// another factor.
	CodeTooManyFactorTries = 60310
	// CodeFraudSuspected means that Verify takes messages to numbers like this one for fraud and
	// blocks them for twelve hours at a time.
	CodeFraudSuspected = 60410
	// CodeVerifyRegionDisabled means that the permissions of Verify exclude the number's region.
	CodeVerifyRegionDisabled = 60605
	// CodeTooManyLookups means that numbers are looked up faster than one of the data packages
	// allows; the call is worth a retry, at a slower pace.
	CodeTooManyLookups = 60616
	// CodeProxyIdentifierInUse means that the participant already has this number of the pool in
	// another open session of Proxy; close that one, or add numbers.
	CodeProxyIdentifierInUse = 80604
	// CodeDuplicateParticipant means that another request is just adding the same participant to a
	// session of Proxy; the call is worth a retry, once that request is done.
	CodeDuplicateParticipant = 80623
)

// Codes of messages that were accepted and then not delivered. They are found in the ErrorCode of a
// message and of its status callbacks, not in an [Error]. To send such a message again is to send a
// new one, which has its price.
const (
	// CodeMessageLoop means that two numbers have answered each other so fast that they look like
	// two programs; the pause that ends this lasts 30 seconds.
	CodeMessageLoop = 14107
	// CodeQueueOverflow means that messages were accepted faster than they could be sent; send it
	// again later, more slowly or from more numbers.
	CodeQueueOverflow = 30001
	// CodeUnreachable means that the phone is switched off, without a signal, or cannot receive
	// text messages; sending it again later may help.
	CodeUnreachable = 30003
	// CodeUnknownHandset means that there is no such phone, as far as the carrier knows; check the
	// number.
	CodeUnknownHandset = 30005
	// CodeLandline means that the number is a landline, or that its carrier cannot be reached from
	// this kind of sender.
	CodeLandline = 30006
	// CodeFiltered means that Twilio or the carrier took the message for an unwanted one; change
	// what is sent instead of sending it again.
	CodeFiltered = 30007
	// CodeDeliveryFailed means that the carrier gave no reason; sending it again later may help.
	CodeDeliveryFailed = 30008
	// CodeTollFreeUnverified means that a toll-free number must be verified before it sends to the
	// United States and Canada.
	CodeTollFreeUnverified = 30032
	// CodeUnregisteredNumber means that a number that sends to the United States belongs to no
	// registered A2P 10DLC campaign.
	CodeUnregisteredNumber = 30034
	// CodeOutsideWindow means that a message of free text came too long after the recipient's last
	// one, and that, on WhatsApp, only a template may be sent.
	CodeOutsideWindow = 63016
	// CodeTooManyChannelMessages means that more messages, or more conversations, were begun on a
	// channel such as WhatsApp than the sender may begin; wait a day.
	CodeTooManyChannelMessages = 63018
)

// isPassing reports whether the code stands for an obstacle that is gone soon, whatever the status:
// the request was refused, and the same one may be accepted after a short wait.
func isPassing(code int) bool {
	switch code {
	case CodeTooManyRequests, CodeQueueFull, CodeTooManyVerifications, CodeTooManyLookups,
		CodeDuplicateParticipant:
		return true
	}
	return false
}

// isLongLimit reports whether the code stands for a limit that outlasts any wait between two tries.
// Twilio answers these with 429, too, although only minutes, a day or something new can help.
func isLongLimit(code int) bool {
	switch code {
	case CodeTooManyChecks, CodeTooManySends, // as a rule, ten minutes
		CodeTooManyChallengeTries, CodeTooManyFactorTries, // until there is another one
		CodeDailyLimit: // up to a day
		return true
	}
	return false
}
