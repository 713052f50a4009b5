package openapi

import (
	"cmp"
	"maps"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/twiliogen/twiliogen/generator/english"
	"github.com/twiliogen/twiliogen/generator/model"
	"github.com/twiliogen/twiliogen/generator/openapi/check"
)

// converter builds the model of one document and gathers what it cannot
// express.
type converter struct {
	doc      *openapi3.T
	api      *model.API
	types    map[typeKey]model.Type // objects, converted once
	enums    map[string]*model.Enum // by enumKey
	active   map[typeKey]bool       // references being followed
	problems []check.Problem
}

// typeKey identifies a converted schema: the same schema is another type when
// it is sent than when it is received.
type typeKey struct {
	pointer string
	sent    bool
}

func (c *converter) report(pointer, message string) {
	c.problems = append(c.problems, check.Problem{Pointer: pointer, Message: message})
}

// convert turns a valid document into a model.
func convert(doc *openapi3.T, name string) (*model.API, []check.Problem) {
	c := &converter{doc: doc, types: map[typeKey]model.Type{}, enums: map[string]*model.Enum{}, active: map[typeKey]bool{}}
	c.api = &model.API{
		Title:       doc.Info.Title,
		Description: doc.Info.Description,
		Version:     doc.Info.Version,
		Server:      serverURL(doc.Servers, ""),
		Standards:   standards.FindString(extension(doc.Info.Extensions).APIStandards),
	}
	c.api.TokenURL = c.tokenURL()
	c.api.Product, c.api.Revision = productRevision(name, c.api.Server, doc.Paths)
	if c.api.Server == "" {
		c.api.Server = "https://" + strings.ReplaceAll(c.api.Product, "_", "-") + ".twilio.com"
	}
	for _, path := range slices.Sorted(maps.Keys(doc.Paths.Map())) {
		c.path(path, doc.Paths.Value(path))
	}
	for _, r := range c.api.Resources {
		finish(r)
	}
	c.api.Link()
	return c.api, c.problems
}

// path adds the operations of one path to their resources.
func (c *converter) path(path string, item *openapi3.PathItem) {
	pointer := model.JoinPointer("", "paths", path)
	x := extension(item.Extensions)
	for _, method := range slices.Sorted(maps.Keys(item.Operations())) {
		op := c.operation(model.JoinPointer(pointer, strings.ToLower(method)), path, method, item)
		if op == nil {
			continue
		}
		r := c.resource(pointer, op)
		r.Operations = append(r.Operations, op)
		op.Resource = r
		// Some documents call a path without a parameter an instance.
		switch instance := model.EndsInParam(path) || x.PathType == "instance"; {
		case instance && r.InstancePath == "":
			r.InstancePath = path
		case !instance && r.ListPath == "":
			r.ListPath = path
		}
		if r.Description == "" {
			r.Description = item.Description
		}
	}
}

// resource finds or makes the resource of an operation: the one with its noun
// whose paths have the same base ("/v1/Services" and "/v1/Services/{Sid}"), or
// lie in the same place and lack its verb. Some documents have the noun of a list
// in the plural ("ListAssistants").
func (c *converter) resource(pointer string, op *model.Operation) *model.Resource {
	noun := c.noun(op)
	for _, r := range c.api.Resources {
		switch {
		case model.Base(r.Path()) == model.Base(op.Path) && (english.IsPlural(noun, r.Name) || english.IsPlural(r.Name, noun)) && !hasVerb(r, op.Verb):
			if english.IsPlural(r.Name, noun) {
				r.Name = noun
			}
			return r
		case r.Name != noun:
		case model.Base(r.Path()) == model.Base(op.Path), model.Near(op.Path, r.Path()) && !hasVerb(r, op.Verb):
			return r
		}
	}
	r := &model.Resource{Pointer: pointer, Name: noun}
	c.api.Resources = append(c.api.Resources, r)
	return r
}

func hasVerb(r *model.Resource, verb string) bool {
	return slices.ContainsFunc(r.Operations, func(op *model.Operation) bool { return op.Verb == verb })
}

// verbs is the order in which a resource lists its operations; other verbs
// follow by name.
var verbs = []string{"Create", "Fetch", "Update", "Delete", "List"}

func verbRank(verb string) int {
	if i := slices.Index(verbs, verb); i >= 0 {
		return i
	}
	return len(verbs)
}

// finish sorts a resource's operations and finds out what it is from what they
// return.
func finish(r *model.Resource) {
	slices.SortFunc(r.Operations, func(a, b *model.Operation) int {
		return cmp.Or(cmp.Compare(verbRank(a.Verb), verbRank(b.Verb)), cmp.Compare(a.ID, b.ID))
	})
	r.Object = nil
	for _, verb := range []string{"Fetch", "Create", "Update", "List"} {
		for _, op := range r.Operations {
			if op.Verb == verb && r.Object == nil {
				r.Object = representation(op)
			}
		}
	}
	if r.Object == nil {
		return
	}
	r.ObjectName = r.Object.Origin.Component
	for _, f := range r.Object.Fields {
		if s, ok := f.Type.(*model.Scalar); ok && f.Name == "sid" {
			r.SIDPrefix = s.SIDPrefix
		}
	}
	for _, op := range r.Operations {
		tellPrefix(op, r.SIDPrefix)
	}
}

// tellPrefix gives the resource's prefix to the path parameter that is its SID,
// where the document leaves its form open because something else does as well,
// such as a unique name.
func tellPrefix(op *model.Operation, prefix string) {
	if len(op.PathParams) == 0 {
		return
	}
	last := op.PathParams[len(op.PathParams)-1]
	if s, ok := last.Type.(*model.Scalar); ok && last.Name == "Sid" && s.Kind == model.String && s.Format == "" && last.Limits.Pattern == "" {
		s.SIDPrefix = prefix
	}
}

// representation is the object that an operation answers with, one or many.
func representation(op *model.Operation) *model.Object {
	t := op.Response.Type
	if op.Paging != nil {
		t = op.Paging.Item
	}
	object, _ := t.(*model.Object)
	return object
}

// splitID splits an operation id into its verb, the first word, and its noun,
// the rest: "FetchPhoneNumber" is "Fetch" and "PhoneNumber".
func splitID(id string) (verb, noun string) {
	end := len(id)
	for i, c := range id {
		if i > 0 && !unicode.IsLower(c) && !unicode.IsDigit(c) {
			end = i
			break
		}
	}
	return english.UpperFirst(id[:end]), english.UpperFirst(strings.TrimLeft(id[end:], "_-./ "))
}

// noun is the operation's noun, without the version of the API that some ids
// have in it ("CreateV3TypingIndicator"), or the last word of its path when its
// id is a bare verb.
func (c *converter) noun(op *model.Operation) string {
	if _, noun := splitID(op.ID); noun != "" {
		rest, ok := strings.CutPrefix(noun, english.UpperFirst(c.api.Revision))
		if ok && rest != "" && rest[0] == english.UpperFirst(rest)[0] && (rest[0] < '0' || rest[0] > '9') {
			return rest
		}
		return noun
	}
	if word := model.LastWord(op.Path); word != "" {
		return english.UpperFirst(word)
	}
	return op.ID
}

// serverURL is the first server's URL with its variables filled in and no slash
// at the end. A server without a host is as good as none.
func serverURL(servers openapi3.Servers, otherwise string) string {
	if len(servers) == 0 || !strings.Contains(servers[0].URL, "://") {
		return otherwise
	}
	u := servers[0].URL
	for _, name := range slices.Sorted(maps.Keys(servers[0].Variables)) {
		u = strings.ReplaceAll(u, "{"+name+"}", servers[0].Variables[name].Default)
	}
	return strings.TrimSuffix(u, "/")
}

// standards is the form of a version of Twilio's API standards; some documents
// have a placeholder in its place.
var standards = regexp.MustCompile(`^v\d+\.\d+$`)

var fileForm = regexp.MustCompile(`^twilio_([a-z0-9_]+?)(?:_(v\d+))?$`)

// productRevision names the API: from the file where its name has Twilio's form
// (twilio_<product>_<version>), else from the server and the paths.
func productRevision(name, server string, paths *openapi3.Paths) (product, revision string) {
	file := strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
	if m := fileForm.FindStringSubmatch(file); m != nil {
		return m[1], m[2]
	}
	if u, err := url.Parse(server); err == nil {
		product, _, _ = strings.Cut(u.Hostname(), ".")
	}
	for path := range paths.Map() {
		found := model.PathRevision(path)
		if found != "" && (revision == "" || found < revision) {
			revision = found
		}
	}
	return cmp.Or(product, file), revision
}
