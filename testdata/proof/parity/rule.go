package parity

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/twiliogen/twiliogen/testdata/proof/document"
	"github.com/twiliogen/twiliogen/testdata/proof/record"
)

// rule describes a class of differences, so precisely that nothing else passes for one. The reason why our side is
// right stands in the file of excuses, by the name of the rule.
type rule struct {
	name  string
	holds func(*comparison, difference) bool
}

var rules = []rule{
	{"content-type-of-nothing", contentTypeOfNothing},
	{"public-operation", publicOperation},
	{"token-operation", tokenOperation},
	{"undocumented-parameter", undocumentedParameter},
	{"unknown-parameter", unknownParameter},
	{"escaped-name", escapedName},
	{"raw-path", rawPath},
	{"cut-second", cutSecond},
	{"cut-digits", cutDigits},
	{"dropped-false", droppedFalse},
	{"packed-stream", packedStream},
}

// excuses returns what excuses a difference: its own name, and the rules that hold.
func (c *comparison) excuses(d difference) []string {
	all := []string{c.operation.String() + " " + d.aspect}
	for _, r := range rules {
		if r.holds(c, d) {
			all = append(all, r.name)
		}
	}
	return all
}

// contentTypeOfNothing: twilio-go calls the empty body of a POST a form.
func contentTypeOfNothing(c *comparison, d difference) bool {
	return d.aspect == "content type" && c.Method == http.MethodPost && len(c.samples.Params) == 0 && c.samples.Body == nil &&
		len(d.ours) == 0 && slices.Equal(d.theirs, []string{document.FormType})
}

// publicOperation: twilio-go sends credentials where the document wants none.
func publicOperation(c *comparison, d difference) bool {
	return d.aspect == "header Authorization" && c.Public && len(d.ours) == 0
}

// tokenOperation: twilio-go sends whatever credentials it has where the document wants an access token.
func tokenOperation(c *comparison, d difference) bool {
	return d.aspect == "header Authorization" && c.Token && slices.Equal(d.ours, []string{"Bearer " + record.AuthToken})
}

// undocumentedParameter: twilio-go has a parameter that the document has not.
func undocumentedParameter(_ *comparison, d difference) bool {
	return strings.HasPrefix(d.aspect, "undocumented parameter of twilio-go ")
}

// unknownParameter: the document has a parameter that twilio-go has not.
func unknownParameter(c *comparison, d difference) bool {
	_, name, _ := strings.Cut(d.aspect, " ")
	return len(d.theirs) == 0 && c.samples.Params[name] != nil && slices.Contains(c.unknown, name)
}

// escapedName: twilio-go puts a backslash before a dot in the name of a query parameter. Each of the two names is a
// difference.
func escapedName(c *comparison, d difference) bool {
	plain := strings.ReplaceAll(d.aspect, `\.`, ".")
	escaped := strings.ReplaceAll(plain, ".", `\.`)
	ours, theirs := c.find(plain), c.find(escaped)
	return strings.HasPrefix(plain, "query ") && plain != escaped &&
		len(ours.ours) > 0 && len(ours.theirs) == 0 && len(theirs.ours) == 0 &&
		slices.EqualFunc(ours.ours, theirs.theirs, isCut)
}

// find returns the difference in an aspect; zero if there is none.
func (c *comparison) find(aspect string) difference {
	for _, d := range c.differences {
		if d.aspect == aspect {
			return d
		}
	}
	return difference{}
}

// rawPath: twilio-go does not escape the arguments for the path.
func rawPath(c *comparison, d difference) bool {
	raw, err := url.Parse(c.filledPath(func(arg string) string { return arg }))
	return err == nil && d.aspect == "path" &&
		slices.Equal(d.ours, []string{c.filledPath(url.PathEscape)}) &&
		slices.Equal(d.theirs, []string{raw.EscapedPath()})
}

// filledPath returns the path with its arguments, and the client's account where our method takes no argument for it.
func (c *comparison) filledPath(escape func(string) string) string {
	path := c.Path
	for i, name := range document.Placeholders(path) {
		arg := record.AccountSID
		if slices.Contains(c.ours.Args, i) {
			arg = escape(c.samples.Args[i])
		}
		path = strings.Replace(path, "{"+name+"}", arg, 1)
	}
	return path
}

// cutSecond: twilio-go sends a time without the fraction of the second, and in the zone of the caller.
func cutSecond(_ *comparison, d difference) bool {
	return len(d.ours) > 0 && slices.EqualFunc(d.ours, d.theirs, func(ours, theirs string) bool {
		us, err1 := time.Parse(time.RFC3339Nano, ours)
		them, err2 := time.Parse(time.RFC3339, theirs)
		return err1 == nil && err2 == nil && us.Location() == time.UTC && us.Nanosecond() != 0 &&
			them.Equal(us.Truncate(time.Second))
	})
}

// cutDigits: twilio-go cuts every dot with digits after it out of a query.
func cutDigits(_ *comparison, d difference) bool {
	return strings.HasPrefix(d.aspect, "query ") && slices.EqualFunc(d.ours, d.theirs, isCut)
}

var dotDigits = regexp.MustCompile(`\.\d+`)

func isCut(ours, theirs string) bool { return dotDigits.ReplaceAllString(ours, "") == theirs }

// droppedFalse: twilio-go does not send a false in a JSON body.
func droppedFalse(_ *comparison, d difference) bool {
	return strings.HasPrefix(d.aspect, "body ") && slices.Equal(d.ours, []string{"false"}) && len(d.theirs) == 0
}

// packedStream: twilio-go lets net/http unpack what it asks for packed, in which a stream could not go on.
func packedStream(_ *comparison, d difference) bool {
	return d.aspect == "header Accept-Encoding" && slices.Equal(d.ours, []string{"identity"}) && len(d.theirs) == 0
}
