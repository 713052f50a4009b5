// Package twilio is the runtime of the generated bindings: the [Client] with its credentials, the
// options of a call, pages and errors. The packages of the products are used with it.
//
// # Retries
//
// A call that fails is tried again, up to twice unless [WithMaxRetries] says otherwise, as long as
// this cannot do anything twice or cost anything twice:
//
//   - After 429, Too Many Requests: always, since Twilio does not process such a request, unless
//     only time can help.
//   - If the request never left, because no connection could be made: always, unless the
//     certificate of the server is not trusted.
//   - After a 5xx, a lost connection, or a try that took too long: only GET, HEAD and DELETE. A
//     POST or PUT that may have arrived, such as one that sends a message or places a call, fails
//     instead, and so does a GET that costs money, such as a lookup. [WithRepeat] can decide
//     otherwise for each operation.
//
// That a request is sent only once does not depend on the transport, the protocol, a redirect or a
// middleware: net/http is kept from repeating it on its own, and what cannot be told counts as
// sent. The error of a call says what became of it: [ErrNotSent], [ErrRefused] or
// [ErrMayHaveHappened].
//
// Before the next try, the call waits as long as Retry-After asks for, but at most 30 seconds.
// Without that header it waits for a random time of up to half a second, then of up to one second,
// and so on up to eight. The wait ends with the context, and does not begin if the context would
// end first. [Error.Tries] is the number of tries. The calls of a client share a budget of retries,
// see [WithRetryBudget].
//
// A DELETE that finds nothing has succeeded if an earlier try was lost on the way or got a 5xx in
// response: most likely that try did what was asked, and what was to be deleted is gone.
//
// # Time, size and load
//
// The context limits the whole call, with its tries and waits. [WithTimeout] limits one try, by
// default to 30 seconds unless the [http.Client] has a timeout. [WithMaxBody] limits the size of a
// response. [WithConcurrency] limits how many requests a client has at a time, and
// [WithRetryBudget] how many retries its calls have together.
//
// # Streams
//
// An answer that is not JSON, such as a recording, is a [Stream]. For it, the time is that until the
// answer begins and then that for each piece to arrive, and only a [WithMaxBody] of the call limits
// its size. A connection that is lost or stalls is replaced, within [WithMaxRetries], if the content
// has a strong ETag: what is read is always the content from its beginning or its offset on, byte
// for byte, and io.EOF its end. [WithCallHook] runs around each request for the rest, too, and a
// place of [WithConcurrency] is held only until the answer begins.
//
// A [File] is sent from where it stands, and again if a try did not leave or was refused with 429,
// provided that its content can be read again.
//
// # Errors
//
// A response that is not a success is an [*Error], whatever its body contains. An argument that
// cannot be sent is a [*ParamError], and a call that would be made on the wrong account an
// [*AccountError]. Why there are no credentials is a [*CredentialsError], which is none of these,
// even if it was a response of the token endpoint. If the context ends a call,
// errors.Is(err, context.Canceled) or errors.Is(err, context.DeadlineExceeded) is true. All errors
// begin with the operation and can be found with errors.As. None shows a credential, a URL or, as
// far as that can be recognized, personal data.
//
// # Secrets and personal data
//
// Some fields of records and parameters are secrets, such as passwords, tokens and private keys, or
// personal data, such as phone numbers and what messages say. Their comments say so, and they have
// the tag `twilio:"private"`. Twilio's documents mark some of them; others are known by their name
// or format. Free JSON is private as a whole or not at all.
//
// The verbs of fmt and log/slog show [redacted] in place of a private text, and zero in place of
// anything else that is private: of a value or a pointer, and inside of slices, maps, structs and
// pages. The value stays in its field, and encoding/json writes it.
//
// A handler that writes JSON redacts only a record that is logged by itself; with [RedactAttr] it
// finds those in slices, maps and structs.
//
// Neither covers what is in an unexported field of a struct of yours, since fmt does not call
// methods there, nor the verbs %p, which shows an address, and %w, which is for errors. Some verbs
// make no sense for a pointer, such as %s and %t; of a pointer to a struct of yours that is inside
// of another value, fmt then shows all there is in that struct, without calling methods. A type
// with a field named Format is redacted by %v, %+v, %#v, %s, %q, %x and %X, but not by other verbs.
// A type that you derive (type T apiv2010.Message) has no methods; [RedactAttr] knows it by its
// tags.
//
// # Watching calls
//
// [WithCallHook] runs code around a whole call, [WithMiddleware] around each try. By their contexts,
// [OperationFromContext] and [TryFromContext] tell what a request is for. [WithLogger] logs each
// try. [WithDebug] shows a developer what goes over the wire, without secrets.
//
// # Ways out
//
// [Client.Do] makes calls that the bindings do not have, [WithForm] and [WithHeader] add what they
// lack to a call, and [WithResponse] keeps the response as it came.
//
// # What holds these promises
//
// Each of them is held by tests, beside the source of this package in the repository of twiliogen.
//
//   - Nothing that may have been carried out is sent again: TestWhatIsRetried, TestWithRepeat,
//     TestHTTP1DoesNotRepeat, TestHTTP2DoesNotRepeat, TestHTTP2AtOnce,
//     TestIdempotencyKeyRepeatsNothing, TestTransportThatRepeats, TestTransportThatFailsOver,
//     TestTransportThatIsNotWhatItSeems, TestMiddlewareThatSendsTwice,
//     TestMiddlewareThatSendsLate, TestMiddlewareThatReplacesTheContext,
//     TestHTTP1RedirectsAreNotRepeats, TestRedirectsThatAreNotFollowed, TestLoad.
//   - What has not left does not fail for it: TestStaleConnections, TestHTTP2OneAtATime.
//   - Every error says what became of the request: TestOutcomes, TestOutcomeOfTheTransport,
//     TestTunnelThatFails, TestConnectionsThatBecomeStale.
//   - What only time can heal is not tried again: TestWhatOnlyTimeCanHeal, TestWhatIsNotRetried.
//   - Waits are those that are asked for, and end with the context: TestRetryAfterIsHonoured,
//     TestBackoff, TestNoWaitBeyondTheDeadline, TestCancelledWhileWaiting, TestContextEndsTheTries.
//   - A DELETE that an earlier try has carried out succeeds: TestDeleteThatFindsNothing.
//   - Calls share a budget of retries, places and connections: TestRetryBudget, TestWithConcurrency,
//     TestDefaultTransportKeepsConnections.
//   - Nothing is waited for that is not needed, and a try has its limit: TestNothingIsWaitedFor,
//     TestTimeouts, TestTimeoutOfATry, TestStuckRequestForAToken.
//   - A response that says nothing is no success, and ends no list: TestInvalidResponse,
//     TestErrorWithTheStatusOfASuccess, TestBrokenPage, TestNextOfNilIsNotTheEnd, TestEmptyPages,
//     TestPagesWithoutRecordsEnd.
//   - A response takes no more memory than its length allows: TestBodyIsBounded,
//     TestPromisedLengthIsNotTrusted, TestMemoryIsBoundedByTheDocument,
//     TestSIDDoesNotKeepItsMessage.
//   - No call is made on another account than it says: TestWithAccount, TestWrongAccount,
//     TestWithAccountAndCredentials, TestNamesAccount.
//   - Why there are no credentials is not an answer of the API: TestNoToken, TestErrorsOfAProvider.
//   - Tokens are requested once for all, and a stranger's 401 renews none: TestTokenIsRequestedOnce,
//     TestEveryTokenIsRejected, TestStrangerRejectsTheToken.
//   - Credentials are printed by nothing, and go to no other host: TestNoSecretIsPrinted,
//     TestOAuthShowsNoSecret, TestRedirectToAnotherHostCarriesNoSecret, TestNextPageHost,
//     TestDoRefuses.
//   - Errors, logs and dumps show no URL and nothing personal: TestErrorsShowNoURL,
//     TestErrorIsPrintedWithoutPersonalData, TestErrorTextHasNoPersonalData,
//     TestLogShowsNothingPersonal, TestWithDebug.
//   - Records and parameters redact themselves: TestNothingPrivateIsShown, TestRedactAttr, and
//     TestCanary and TestCorpusCanary of package generator.
//   - A stream is the content, whole and in order, or an error: TestStreamGoesOn,
//     TestStreamBelievesNoLie, TestStreamNeverMixes, TestStreamCutAnywhere, TestStreamOverHTTP2,
//     TestStreamOffset, TestStreamDoesNotGoOn, TestStreamGivesUp.
//   - A stream has limits of time, and of memory, that do not depend on its length:
//     TestStreamTimeout, TestStreamTimesOut, TestStreamContext, TestStreamMemory, TestStreamMaxBody.
//   - A stream is followed to where it is stored without credentials: TestStreamRedirect.
//   - A file is sent whole each time, and not read after the call: TestFiles, TestFilesAreSentAgain,
//     TestFileThroughMiddleware, TestFileIsNotReadAfterTheCall, TestFilesCannotInject.
//   - Nothing is left behind: TestNothingIsLeftOpen, TestAbandonedListLeaksNothing,
//     TestStreamLeaksNothing, TestStreamCloseWhileReading, TestFileThatNeverComes, TestLoad.
package twilio
