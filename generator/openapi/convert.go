package openapi

import (
	"cmp"
	"maps"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/twiliogen/twiliogen/generator/model"
	"github.com/twiliogen/twiliogen/generator/openapi/check"
	"github.com/twiliogen/twiliogen/generator/private"
)

// converter builds the model of one document and gathers what it cannot
// express.
type converter struct {
	doc      *openapi3.T
	nouns    Nouns // nil: no operation is known
	api      *model.API
	types    map[typeKey]model.Type // objects, converted once
	enums    map[string]*model.Enum // by enumKey
	active   map[typeKey]bool       // references being followed
	prefixes map[string][]string    // of SIDs, by pattern
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
func convert(doc *openapi3.T, name string, nouns Nouns) (*model.API, []check.Problem) {
	c := &converter{doc: doc, nouns: nouns, types: map[typeKey]model.Type{}, enums: map[string]*model.Enum{}, active: map[typeKey]bool{}, prefixes: map[string][]string{}}
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
	var operations []*model.Operation
	for _, path := range slices.Sorted(maps.Keys(doc.Paths.Map())) {
		operations = append(operations, c.path(path, doc.Paths.Value(path))...)
	}
	c.api.Group(append(operations, c.beside(operations)...))
	private.Mark(c.api)
	return c.api, c.problems
}

// path converts the operations of one path.
func (c *converter) path(path string, item *openapi3.PathItem) (operations []*model.Operation) {
	pointer := model.JoinPointer("", "paths", path)
	at := &model.Place{Pointer: pointer, Description: item.Description, PathType: extension(item.Extensions).PathType}
	for _, method := range slices.Sorted(maps.Keys(item.Operations())) {
		if op := c.operation(model.JoinPointer(pointer, strings.ToLower(method)), path, method, item); op != nil {
			op.At = at
			operations = append(operations, op)
		}
	}
	return operations
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
