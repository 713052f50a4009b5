// Package twilio is the runtime under the generated bindings: a [Client] with its credentials, the options of a call,
// pages and errors. The packages of the products are called with it.
//
// # Retries
//
// A call that fails is tried again, twice unless [WithMaxRetries] says otherwise, as long as nothing can be done or paid
// for twice by it:
//
//   - After 429, Too Many Requests: always, since Twilio does not process such a request.
//   - When the request never left, because no connection could be made: always.
//   - After a 5xx, a lost connection, or a try that took too long: GET, HEAD and DELETE. A POST or PUT that may have
//     arrived, such as one that sends a message or places a call, fails instead; only [WithRetryUnsafe] repeats it.
//
// Before the next try, the call waits as long as Retry-After asks for, but at most 30 seconds. Without that header it is a
// random time of up to half a second, one second the next time, and so on up to eight. The wait ends with the context, and
// is not begun if the context would end first. [Error.Tries] counts the tries.
//
// A DELETE that finds nothing any more, after a try that was lost on the way or answered with a 5xx, has succeeded: most
// likely that first try did what was asked, and what was to be gone is gone.
//
// # Time and size
//
// The context limits the whole call, with its tries and waits. [WithTimeout] limits one try, by default to 30 seconds
// unless the context has a deadline or the [http.Client] a timeout. [WithMaxBody] limits what an answer may hold.
//
// # Errors
//
// An answer that is no success is an [*Error], whatever its body holds; an argument that cannot be sent is a
// [*ParamError]. When the context ends a call, the error is that of the context: errors.Is(err, context.Canceled) and
// errors.Is(err, context.DeadlineExceeded) hold. All of them begin with the operation and are found by errors.As. None
// shows a credential, a URL or, as far as it can be told, personal data.
//
// # Watching calls
//
// [WithLogger] logs each try, [WithMiddleware] runs code around it, and [OperationFromContext] tells a transport that
// traces which operation it sends.
package twilio
