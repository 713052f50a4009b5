package bind

import (
	"slices"
	"strings"

	"github.com/twiliogen/twiliogen/generator/english"
	"github.com/twiliogen/twiliogen/generator/model"
	"github.com/twiliogen/twiliogen/generator/prose"
)

// The types of the constants that identify resources. They are no types of their
// own, so that a constant is a string to whoever uses it.
const (
	sidPrefix  = "SIDPrefix"
	objectName = "ObjectName"
)

// client is the package's client.
func (b *binder) client() *Client {
	var prefix, name bool // whether there are constants of that kind
	c := &Client{Doc: b.clientDoc(), Server: b.api.Server, Resources: b.pkg.Resources}
	if b.api.TokenURL != "" {
		c.TokenURL = &Constant{Name: "TokenURL", Value: b.api.TokenURL, Doc: tokenURLDoc()}
	}
	for _, r := range b.pkg.Resources {
		prefix = prefix || len(r.SIDPrefixes) > 0
		name = name || r.ObjectName != nil
	}
	if prefix {
		c.Kinds = append(c.Kinds, &Alias{sidPrefix, says("%s is the first two letters of a SID, which tell what it identifies.", sidPrefix)})
	}
	if name {
		c.Kinds = append(c.Kinds, &Alias{objectName, says("%s is what Twilio's OpenAPI document calls the object of a resource.", objectName)})
	}
	return c
}

func (b *binder) resource(r *model.Resource) *Resource {
	n := b.names.Resource(r)
	out := &Resource{Name: n.Name, Client: n.Client, Field: n.Field}
	b.resources[r] = out
	if r.Object != nil && b.represented[r.Object] == r {
		out.Object = b.structs[r.Object]
	}
	one := english.Article(n.Name) + " " + b.typeName(r)
	for i, prefix := range r.SIDPrefixes {
		out.SIDPrefixes = append(out.SIDPrefixes, &Constant{n.SIDPrefixes[i], sidPrefix, prefix, prefixDoc(n.SIDPrefixes[i], one, prefix, r.SIDPrefixes)})
	}
	if r.ObjectName != "" {
		out.ObjectName = &Constant{n.ObjectName, objectName, r.ObjectName, says("%s is what Twilio's OpenAPI document calls %s.", n.ObjectName, one)}
	}
	for _, op := range r.Operations {
		out.Operations = append(out.Operations, b.operation(op))
	}
	out.ClientDoc, out.FieldDoc = b.resourceClientDoc(r, out), b.resourceFieldDoc(r, out)
	return out
}

// prefixDoc is the comment of the constant of one of the prefixes.
func prefixDoc(name, resource, prefix string, all []string) prose.Doc {
	others := slices.DeleteFunc(slices.Clone(all), func(p string) bool { return p == prefix })
	if len(others) == 0 {
		return says("%s is what the SID of %s begins with.", name, resource)
	}
	return says("%s is what the SID of %s begins with, unless it begins with %s.", name, resource, english.Either(others))
}

// methods are the methods of a resource's client in their order.
func (r *Resource) methods() []*Method {
	var all []*Method
	for _, op := range r.Operations {
		all = append(all, op.Methods...)
	}
	return all
}

func (b *binder) operation(op *model.Operation) *Operation {
	n := b.names.Operation(op)
	out := &Operation{Builder: n.Request, Request: b.request(op), Params: b.params(op)}
	args := n.Args
	for _, p := range op.PathParams {
		arg := &Arg{Wire: p.Name}
		if s, ok := p.Type.(*model.Scalar); ok {
			arg.SIDPrefixes = s.SIDPrefixes
		}
		if p.In != model.InAccount {
			arg.Name, args = args[0], args[1:]
		}
		out.Args = append(out.Args, arg)
	}
	out.Methods = b.methods(op)
	return out
}

func (b *binder) request(op *model.Operation) Request {
	r := Request{Method: op.Method, Path: op.Path, Auth: op.Auth, Body: op.Body, Empty: op.Response.Empty, BilledFor: b.billedFor(op)}
	if op.Server != b.api.Server {
		r.Server = op.Server
	}
	if op.Response.ContentType != "application/json" {
		r.Accept = op.Response.ContentType
	}
	if op.Paging != nil {
		r.PageKey, r.PageBy, r.PageParam = op.Paging.Records, op.Paging.By, op.Paging.Param
	}
	if b.api.Standards != "" && !strings.HasPrefix(b.api.Standards, "v0") {
		r.Headers = []Header{{"X-Twilio-ApiVersion", b.api.Standards}}
	}
	return r
}

// methods are those that call an operation.
func (b *binder) methods(op *model.Operation) []*Method {
	n := b.names.Operation(op)
	method := func(name string, kind MethodKind, result model.Type, doc prose.Doc) *Method {
		m := &Method{Name: name, FullName: b.pkg.Name + ": " + b.names.Resource(op.Resource).Field + "." + name, Kind: kind, Doc: doc}
		if result != nil {
			m.Result = b.typ(result, false)
		}
		return m
	}
	switch {
	case op.Paging != nil:
		return []*Method{
			method(n.Method, Lists, op.Paging.Item, b.listDoc(op)),
			method(n.Page, Pages, op.Paging.Item, b.pageDoc(op)),
		}
	case streams(op):
		return []*Method{method(n.Method, Streams, nil, b.methodDoc(op))}
	case op.Response.Type != nil:
		return []*Method{method(n.Method, Returns, op.Response.Type, b.methodDoc(op))}
	}
	return []*Method{method(n.Method, Does, nil, b.methodDoc(op))}
}

// streams reports whether the answer is read as it is.
func streams(op *model.Operation) bool {
	_, ok := op.Response.Type.(*model.File)
	return ok
}

// params is the struct of an operation's parameters, nil when it takes none.
func (b *binder) params(op *model.Operation) *Params {
	n := b.names.Operation(op)
	if n.Params == "" {
		return nil
	}
	out := &Params{Name: n.Params, Doc: b.paramsDoc(op)}
	names, owner := b.paramScope(op), phrase(b.names.Resource(op.Resource).Name)
	var fields []*model.Field
	for i, p := range op.Params {
		fields = append(fields, &p.Field)
		field := b.param(op, p, n.Fields[i])
		field.Doc = b.fieldDoc(&p.Field, names, owner, true)
		if field.PageSize {
			field.Doc = pageSizeDoc(field.Doc)
		}
		out.Fields = append(out.Fields, field)
		if holdsPrivately(&p.Field) && (p.In == model.InQuery || p.In == model.InForm) {
			out.Private = append(out.Private, p.Name)
		}
	}
	out.Redact = redacting(n.Fields, fields)
	if op.Paging != nil {
		out.Limit = limitField(out)
	}
	for _, group := range op.Conditional {
		var fields []*Param
		for _, p := range out.Fields {
			if slices.Contains(group, p.Wire) {
				fields = append(fields, p)
			}
		}
		out.OneOf = append(out.OneOf, fields)
	}
	return out
}

func (b *binder) param(op *model.Operation, p *model.Param, name string) *Param {
	out := &Param{Field: *b.field(name, &p.Field, true), In: p.In, Style: p.Style, PageSize: isPageSize(op, p)}
	out.Pointer = optional(&p.Field)
	if most := p.Limits.MaxItems; most != nil {
		out.MaxItems = int(*most)
	}
	if out.PageSize {
		out.Pointer, out.Type, out.Required = false, ScalarOf(model.Integer), false
	}
	out.Tag = paramTag(op, p, out.Required)
	return out
}

// isPageSize picks out the one parameter of a list that is a plain number: the
// first of this name, should there be PageSize and page_size.
func isPageSize(op *model.Operation, p *model.Param) bool {
	if op.Paging == nil {
		return false
	}
	i := slices.IndexFunc(op.Params, func(p *model.Param) bool { return p.In == model.InQuery && plainName(p.Name) == "pagesize" })
	return i >= 0 && op.Params[i] == p
}

// paramTag names a parameter as on the wire. Beside a JSON body, the struct's
// own JSON is that body, and what travels elsewhere stays out of it. Files have no
// JSON, and of parameters with one name in several places only the first does.
func paramTag(op *model.Operation, p *model.Param, required bool) string {
	besideJSON := op.Body != nil && op.Body.Encoding == model.JSON && p.In != model.InJSON
	switch {
	case besideJSON, isFile(p.Type), p.In != model.InJSON && isTwin(op, p):
		return "-"
	case required:
		return tag(&p.Field, "")
	}
	return tag(&p.Field, "omitempty")
}

// isTwin reports whether a parameter has the name of another, which stands before
// it and has that name in JSON.
func isTwin(op *model.Operation, p *model.Param) bool {
	for _, other := range op.Params {
		if other == p {
			break
		}
		if other.Name == p.Name && !isFile(other.Type) {
			return true
		}
	}
	return false
}

// isFile reports whether a parameter is a file, or a list of them.
func isFile(t model.Type) bool {
	if l, ok := t.(*model.List); ok {
		t = l.Item
	}
	_, ok := t.(*model.File)
	return ok
}

// limitField bounds an iteration. It never travels, and so has no name in JSON.
func limitField(params *Params) *Field {
	return &Field{Name: "Limit", Type: ScalarOf(model.Integer), Tag: "-", Doc: limitDoc(params)}
}
