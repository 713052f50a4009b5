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

// requestBody converts the body's properties to parameters, or a body without
// properties to a parameter of its own. It reports whether the body can be
// written.
func (c *converter) requestBody(op *model.Operation, src *openapi3.Operation) bool {
	if src.RequestBody == nil || len(src.RequestBody.Value.Content) == 0 {
		return true
	}
	body, pointer := src.RequestBody.Value, model.JoinPointer(op.Pointer, "requestBody")
	if ref := src.RequestBody.Ref; ref != "" {
		pointer = strings.TrimPrefix(ref, "#")
	}
	all := contents(body.Content)
	chosen, ok := pick(all, content.isForm, content.isJSON, content.isMultipart, content.isRaw)
	if !ok {
		c.leaveOut(op, model.JoinPointer(pointer, "content"),
			fmt.Sprintf("its body is %s, and of multipart bodies twiliogen can only write multipart/form-data", listed(all)))
		return false
	}
	if (chosen.isForm() || chosen.isMultipart()) && !hasParts(chosen.schema) {
		c.leaveOut(op, model.JoinPointer(pointer, "content", chosen.key, "schema"), "its body is a form, but its schema is no object, which could say what the form has")
		return false
	}
	at := place{model.JoinPointer(pointer, "content", chosen.key, "schema"), model.Origin{Operation: op, Member: "body"}, true}
	switch {
	case chosen.isForm():
		op.Body = &model.Body{ContentType: chosen.key, Encoding: model.Form}
		op.Params = append(op.Params, foldNumbered(c.formParams(chosen, at))...)
	case chosen.isMultipart():
		op.Body = &model.Body{ContentType: multipartType, Encoding: model.Multipart}
		op.Params = append(op.Params, foldNumbered(c.formParams(chosen, at))...)
	case chosen.isJSON():
		op.Body = &model.Body{ContentType: chosen.sentAs(), Encoding: model.JSON}
		op.Params = append(op.Params, c.jsonParams(chosen, at, body.Required)...)
	default:
		raw := slices.DeleteFunc(all, func(other content) bool { return !other.isRaw() })
		op.Body = &model.Body{ContentType: rawType(raw), Encoding: model.Raw}
		op.Params = append(op.Params, rawParam(op.Body, raw, body, at))
	}
	return true
}

// listed names the types of contents.
func listed(all []content) string {
	var keys []string
	for _, c := range all {
		keys = append(keys, c.key)
	}
	return strings.Join(keys, ", ")
}

// formParams are the properties of a form. In a multipart form, those that
// consist of bytes are files.
func (c *converter) formParams(form content, at place) []*model.Param {
	if form.schema == nil {
		return nil
	}
	var params []*model.Param
	for _, f := range c.properties(form.schema, at) {
		if form.isMultipart() {
			f.Type = fileIn(f.Type, form.parts[f.Name])
		}
		params = append(params, &model.Param{Field: *f, In: model.InForm})
	}
	return params
}

// fileIn is the type of a part of a multipart form: a file where it consists of
// bytes, or where the document says that it is neither text nor JSON; else what
// it is anywhere.
func fileIn(t model.Type, encoding *openapi3.Encoding) model.Type {
	if list, ok := t.(*model.List); ok {
		if file, ok := fileIn(list.Item, encoding).(*model.File); ok {
			return &model.List{Item: file}
		}
		return t
	}
	contentType := ""
	if encoding != nil {
		contentType = encoding.ContentType
	}
	scalar, isScalar := t.(*model.Scalar)
	if isScalar && scalar.Format == binary || !mayBeText(contentType) {
		return &model.File{ContentType: oneType(contentType)}
	}
	return t
}

// jsonParams are the properties of a JSON body, or the body as a whole where it
// has none.
func (c *converter) jsonParams(body content, at place, required bool) []*model.Param {
	if body.schema == nil {
		return nil
	}
	var params []*model.Param
	for _, f := range c.properties(body.schema, at) {
		params = append(params, &model.Param{Field: *f, In: model.InJSON})
	}
	if len(params) == 0 {
		f := c.field("Body", body.schema, at)
		f.Required = required
		params = append(params, &model.Param{Field: f, In: model.InBody})
	}
	return params
}

// rawParam is the parameter for a body that is sent as it is.
func rawParam(as *model.Body, raw []content, body *openapi3.RequestBody, at place) *model.Param {
	p := &model.Param{In: model.InBody, Field: model.Field{
		Pointer: at.pointer, Name: "Body", Type: &model.File{ContentType: as.ContentType}, Required: body.Required, Description: body.Description,
	}}
	for _, c := range raw {
		if c.schema != nil {
			p.Description = cmp.Or(p.Description, c.schema.Value.Description)
			p.PII = p.PII || isPersonal(c.schema, nil)
		}
	}
	p.Description = cmp.Or(p.Description, "The body of the request.")
	if len(raw) > 1 {
		p.Description += "\n\nIts content type is one of " + listed(raw) + "."
	}
	return p
}

// rawType is what a raw body is sent as unless the sender says: plain bytes where
// the document has them, else the first type that stands for itself.
func rawType(raw []content) string {
	if slices.ContainsFunc(raw, func(c content) bool { return c.media == bytesType }) {
		return bytesType
	}
	for _, c := range raw {
		if !c.isRange() {
			return c.key
		}
	}
	return ""
}

// response converts the first successful answer that has a body: JSON becomes a
// value, anything else is content that is read as it is.
func (c *converter) response(op *model.Operation, src *openapi3.Operation) {
	if op.Method == "HEAD" {
		return
	}
	for _, status := range sortedStatuses(src, "2") {
		ref := src.Responses.Value(status)
		pointer := model.JoinPointer(op.Pointer, "responses", status)
		if ref.Ref != "" {
			pointer = strings.TrimPrefix(ref.Ref, "#")
		}
		all := contents(ref.Value.Content)
		chosen, isJSON := pick(all, content.isJSON)
		switch {
		case isJSON && chosen.schema != nil:
			at := place{model.JoinPointer(pointer, "content", chosen.key, "schema"), model.Origin{Operation: op}, false}
			op.Response = model.Response{ContentType: chosen.sentAs(), Type: c.typ(chosen.schema, at), Empty: emptyStatuses(src)}
			return
		case !isJSON && len(all) > 0 && status != "204" && status != "205":
			op.Response = model.Response{ContentType: listed(all), Type: &model.File{}}
			return
		}
	}
	if redirects(op, src) {
		op.Response = model.Response{ContentType: "*/*", Type: &model.File{}}
	}
}

// emptyStatuses are those of a success that the document gives no content, where
// the status alone does not say so.
func emptyStatuses(src *openapi3.Operation) []int {
	var empty []int
	for _, status := range sortedStatuses(src, "2") {
		n, err := strconv.Atoi(strings.TrimSuffix(strings.ToUpper(status), "XX"))
		isSuccess := err == nil && n != http.StatusNoContent && n != http.StatusResetContent
		if isSuccess && len(src.Responses.Value(status).Value.Content) == 0 {
			empty = append(empty, n)
		}
	}
	return empty
}

// sortedStatuses are the documented statuses that begin with a digit.
func sortedStatuses(src *openapi3.Operation, digit string) []string {
	var out []string
	for status := range src.Responses.Map() {
		if strings.HasPrefix(status, digit) {
			out = append(out, status)
		}
	}
	slices.Sort(out)
	return out
}

// redirects reports whether all that an operation does when it succeeds is to say
// where something is for the moment: what it gives is then what is there.
func redirects(op *model.Operation, src *openapi3.Operation) bool {
	temporary := func(status string) bool { return status == "307" || status == "308" }
	return op.Method == "GET" && len(sortedStatuses(src, "2")) == 0 && slices.ContainsFunc(sortedStatuses(src, "3"), temporary)
}
