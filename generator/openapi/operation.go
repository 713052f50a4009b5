package openapi

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/twiliogen/twiliogen/generator/model"
)

// operation converts one method of a path; nil after a problem that leaves
// nothing to convert, and where it cannot be expressed.
func (c *converter) operation(pointer, path, method string, item *openapi3.PathItem) *model.Operation {
	src := item.GetOperation(method)
	if src.OperationID == "" {
		c.report(pointer, fmt.Sprintf("operation %s %s has no operationId; twiliogen names methods after it, so give it one such as FetchSession", method, path))
		return nil
	}
	op := &model.Operation{
		Pointer:     pointer,
		ID:          src.OperationID,
		Method:      method,
		Path:        path,
		Server:      c.operationServer(item, src),
		Description: cmp.Or(src.Description, src.Summary),
		Deprecated:  src.Deprecated,
		Auth:        c.auth(src),
	}
	setNames(op, c.api.Revision)
	if c.nouns != nil {
		if noun := c.nouns(c.api, op); noun != "" {
			op.Noun, op.Known = noun, true
		}
	}
	fits := c.parameters(op, item, src)
	if fits = c.requestBody(op, src) && fits; !fits {
		return nil
	}
	c.response(op, src)
	c.paging(op)
	sortParams(op.Params)
	op.Conditional = conditional(op.Params, extension(src.Extensions).Conditional)
	return op
}

// conditional turns the groups of x-twilio.conditional, which has its own
// spelling of names ("media_url" for MediaUrl), into names of parameters. A
// group with one that is required or unknown asks for nothing.
func conditional(params []*model.Param, groups [][]string) [][]string {
	var out [][]string
	for _, group := range groups {
		var names []string
		for _, name := range group {
			i := slices.IndexFunc(params, func(p *model.Param) bool { return sameName(p.Name, name) })
			if i >= 0 && !params[i].Required {
				names = append(names, params[i].Name)
			}
		}
		if len(names) == len(group) {
			out = append(out, names)
		}
	}
	return out
}

func (c *converter) operationServer(item *openapi3.PathItem, op *openapi3.Operation) string {
	server := serverURL(item.Servers, c.api.Server)
	if op.Servers != nil {
		server = serverURL(*op.Servers, server)
	}
	return server
}

// parameters converts those of the operation and those of the path that it
// does not override. It reports whether all that the operation needs can be sent.
func (c *converter) parameters(op *model.Operation, item *openapi3.PathItem, src *openapi3.Operation) (fits bool) {
	byName := map[string]*model.Param{}
	fits = true
	add := func(ref *openapi3.ParameterRef, pointer string) {
		if saysNothing(ref.Value) {
			return
		}
		p := c.param(op, ref, pointer)
		switch {
		case p == nil:
			fits = fits && !ref.Value.Required
		case p.In == model.InPath || p.In == model.InAccount:
			byName[p.Name] = p
		default:
			op.Params = append(op.Params, p)
		}
	}
	for i, ref := range src.Parameters {
		add(ref, model.JoinPointer(op.Pointer, "parameters", strconv.Itoa(i)))
	}
	for i, ref := range item.Parameters {
		if src.Parameters.GetByInAndName(ref.Value.In, ref.Value.Name) == nil {
			add(ref, model.JoinPointer("", "paths", op.Path, "parameters", strconv.Itoa(i)))
		}
	}
	for _, name := range model.ParamNames(op.Path) {
		if p := byName[name]; p != nil {
			op.PathParams = append(op.PathParams, p)
		}
	}
	return fits
}

// saysNothing reports whether a parameter is one of the headers that OpenAPI says
// are to be ignored as parameters: what a body is, what is accepted, and who calls
// is said elsewhere.
func saysNothing(p *openapi3.Parameter) bool {
	switch http.CanonicalHeaderKey(p.Name) {
	case "Accept", "Authorization", "Content-Type":
		return p.In == openapi3.ParameterInHeader
	}
	return false
}

// param converts a parameter; nil where it cannot be sent.
func (c *converter) param(op *model.Operation, ref *openapi3.ParameterRef, pointer string) *model.Param {
	src := ref.Value
	if ref.Ref != "" {
		pointer = strings.TrimPrefix(ref.Ref, "#")
	}
	p := &model.Param{}
	switch src.In {
	case openapi3.ParameterInPath:
		p.In = model.InPath
		if src.Name == model.AccountParam(op.Path) {
			p.In = model.InAccount
		}
	case openapi3.ParameterInQuery:
		p.In = model.InQuery
	case openapi3.ParameterInHeader:
		p.In = model.InHeader
	case openapi3.ParameterInCookie:
		c.leaveOutParam(op, src, pointer, "is sent in a cookie, which twiliogen does not support")
		return nil
	default:
		return nil // the document is not valid, which is known
	}
	origin := model.Origin{Operation: op, Member: src.Name}
	if src.Schema != nil {
		p.Field = c.field(src.Name, src.Schema, place{model.JoinPointer(pointer, "schema"), origin, true})
	} else if !c.contentParam(p, op, src, pointer, origin) {
		return nil
	}
	p.Description = cmp.Or(src.Description, p.Description)
	p.Style = style(src)
	p.Required = src.Required
	p.Deprecated = p.Deprecated || src.Deprecated
	p.PII = p.PII || extension(src.Extensions).PII
	return p
}

// contentParam converts a parameter of the query whose value is JSON, as its
// content says. What is no object is any JSON in Go: its text is not what that of
// a parameter is elsewhere.
func (c *converter) contentParam(p *model.Param, op *model.Operation, src *openapi3.Parameter, pointer string, origin model.Origin) bool {
	chosen, ok := pick(contents(src.Content), content.isJSON)
	if !ok || chosen.schema == nil || p.In != model.InQuery {
		c.leaveOutParam(op, src, pointer, "has content instead of a schema, which twiliogen supports only for JSON in a query")
		return false
	}
	p.Field = c.field(src.Name, chosen.schema, place{model.JoinPointer(pointer, "content", chosen.key, "schema"), origin, true})
	switch p.Type.(type) {
	case *model.Object, *model.Map:
	case *model.Scalar, *model.Enum, *model.List, *model.Free, *model.Union, *model.File:
		p.Type = &model.Free{}
	}
	return true
}

// leaveOut says that an operation cannot be expressed, and why.
func (c *converter) leaveOut(op *model.Operation, pointer, reason string) {
	c.api.LeftOut = append(c.api.LeftOut, model.Omission{Pointer: pointer, What: op.ID, Reason: reason})
}

// leaveOutParam says that a parameter cannot be sent, since it "is" or "has"
// something; and with one that is required neither can its operation.
func (c *converter) leaveOutParam(op *model.Operation, p *openapi3.Parameter, pointer, since string) {
	o := model.Omission{Pointer: pointer, What: fmt.Sprintf("the parameter %q of %s", p.Name, op.ID), Reason: "it " + since}
	if p.Required {
		o.What, o.Reason = op.ID, fmt.Sprintf("its parameter %q is required and %s", p.Name, since)
	}
	c.api.LeftOut = append(c.api.LeftOut, o)
}

// style is how a parameter says that its list or object is written. Only a list
// that is not exploded differs from repeated keys.
func style(p *openapi3.Parameter) model.Style {
	exploded := p.Explode == nil && (p.Style == "" || p.Style == openapi3.SerializationForm) || p.Explode != nil && *p.Explode
	switch {
	case p.Style == openapi3.SerializationDeepObject:
		return model.Deep
	case p.In != openapi3.ParameterInQuery || exploded:
		return model.Plain
	case p.Style == openapi3.SerializationSpaceDelimited:
		return model.Spaces
	case p.Style == openapi3.SerializationPipeDelimited:
		return model.Pipes
	}
	return model.Commas
}

// paging recognises a list: an object with one array of records beside what
// pages need, or an array as a whole. The parameters that choose a page are then
// the iterator's business.
func (c *converter) paging(op *model.Operation) {
	if op.Method != "GET" || op.Verb == "Fetch" || model.EndsInParam(op.Path) {
		return
	}
	switch t := op.Response.Type.(type) {
	case *model.List:
		if op.Verb == "List" {
			op.Paging = &model.Paging{Item: t.Item}
		}
	case *model.Object:
		op.Paging = pages(op, t)
	}
	if op.Paging == nil {
		return
	}
	op.Response.Type, op.Response.Empty = nil, nil
	op.Params = slices.DeleteFunc(op.Params, func(p *model.Param) bool {
		chooses := sameName(p.Name, "Page") || sameName(p.Name, "PageToken") || p.Name == op.Paging.Param
		return p.In == model.InQuery && !p.Required && chooses
	})
}

// pages describes the pages of a list whose answer is an object; nil when it is
// no list.
func pages(op *model.Operation, o *model.Object) *model.Paging {
	var arrays []*model.Field
	link := op.Verb == "List" && queryParam(op, "PageToken") != ""
	for _, f := range o.Fields {
		if _, isList := f.Type.(*model.List); isList {
			arrays = append(arrays, f)
		}
		link = link || f.Name == "meta" || f.Name == "next_page_uri"
	}
	paging := &model.Paging{}
	records := func(f *model.Field) *model.Paging {
		paging.Records, paging.Item = f.Name, f.Type.(*model.List).Item
		return paging
	}
	switch resources := fieldNamed(o, "Resources"); {
	case len(arrays) == 1 && link:
		paging.Param = tokenParam(op, o)
		return records(arrays[0])
	case len(arrays) == 1 && op.Verb == "List" && fieldNamed(o, "has_next") != nil && queryParam(op, "Page") != "":
		paging.By, paging.Param = model.ByNumber, queryParam(op, "Page")
		return records(arrays[0])
	case op.Verb == "List" && slices.Contains(arrays, resources) && fieldNamed(o, "totalResults") != nil: // SCIM, RFC 7644
		paging.By, paging.Param = model.ByIndex, cmp.Or(queryParam(op, "startIndex"), "startIndex")
		return records(resources)
	}
	return nil
}

// queryParam is the parameter of the query with a name, as it is written; ""
// when there is none.
func queryParam(op *model.Operation, name string) string {
	for _, p := range op.Params {
		if p.In == model.InQuery && sameName(p.Name, name) {
			return p.Name
		}
	}
	return ""
}

// tokenParam is the parameter that takes the token of the next page, for a list
// whose meta has one.
func tokenParam(op *model.Operation, page *model.Object) string {
	meta := fieldNamed(page, "meta")
	if meta == nil {
		return ""
	}
	if o, ok := meta.Type.(*model.Object); !ok || fieldNamed(o, "nextToken") == nil {
		return ""
	}
	return cmp.Or(queryParam(op, "PageToken"), queryParam(op, "Token"))
}

func fieldNamed(o *model.Object, name string) *model.Field {
	for _, f := range o.Fields {
		if sameName(f.Name, name) {
			return f
		}
	}
	return nil
}

// sameName compares names as people read them: PageToken is page_token.
func sameName(a, b string) bool {
	return strings.EqualFold(unseparated.Replace(a), unseparated.Replace(b))
}

var unseparated = strings.NewReplacer("_", "", "-", "")

func sortParams(params []*model.Param) {
	slices.SortFunc(params, func(a, b *model.Param) int {
		if a.Required != b.Required {
			return cmp.Compare(rank(b.Required), rank(a.Required))
		}
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.In, b.In))
	})
}

func rank(b bool) int {
	if b {
		return 1
	}
	return 0
}
