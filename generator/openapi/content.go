package openapi

import (
	"maps"
	"mime"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

const (
	formType      = "application/x-www-form-urlencoded"
	jsonType      = "application/json"
	multipartType = "multipart/form-data"
	bytesType     = "application/octet-stream"
)

// content is one of the forms that a body may have.
type content struct {
	key    string // as the document has it: "text/csv; charset=utf-8"
	media  string // without parameters and in lower case: "text/csv"
	schema *openapi3.SchemaRef
	parts  map[string]*openapi3.Encoding
}

// contents are the forms of a body, sorted.
func contents(all openapi3.Content) []content {
	var out []content
	for _, key := range slices.Sorted(maps.Keys(all)) {
		c := content{key: key, media: mediaType(key)}
		if m := all[key]; m != nil {
			c.schema, c.parts = m.Schema, m.Encoding
		}
		out = append(out, c)
	}
	return out
}

// mediaType is a content type without its parameters and in lower case.
func mediaType(contentType string) string {
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		media, _, _ = strings.Cut(strings.ToLower(contentType), ";")
	}
	return strings.TrimSpace(media)
}

// sentAs is what the body is called when it is sent: one that may have any type
// is JSON here.
func (c content) sentAs() string {
	if c.isRange() {
		return jsonType
	}
	return c.key
}

// isRange reports whether the type stands for many: "*/*", "image/*",
// "application/*+json".
func (c content) isRange() bool { return strings.Contains(c.media, "*") }

// isJSON reports whether the body is JSON: by its type, or by a schema that no
// other type has where the document leaves the type open. A body that consists of
// bytes is none, whatever its type says.
func (c content) isJSON() bool {
	switch {
	case isBinary(c.schema):
		return false
	case c.media == "*/*" || c.media == "application/*":
		return isStructure(c.schema)
	}
	return c.media == jsonType || strings.HasSuffix(c.media, "+json")
}

func (c content) isForm() bool { return c.media == formType }

func (c content) isMultipart() bool { return c.media == multipartType }

// isRaw reports whether the body is anything that is read and written as it is.
// Of the multipart types only that of forms can be written.
func (c content) isRaw() bool {
	return !c.isForm() && !c.isJSON() && !strings.HasPrefix(c.media, "multipart/")
}

// pick chooses the first content of a kind, the kinds in their order, and of JSON
// that which is called so.
func pick(all []content, kinds ...func(content) bool) (content, bool) {
	for _, kind := range kinds {
		best := -1
		for i, c := range all {
			if kind(c) && (best < 0 || c.media == jsonType && all[best].media != jsonType) {
				best = i
			}
		}
		if best >= 0 {
			return all[best], true
		}
	}
	return content{}, false
}

// isBinary reports whether a schema says that the value is no text of JSON but
// bytes.
func isBinary(ref *openapi3.SchemaRef) bool {
	s := aliased(ref)
	return s != nil && s.Type.Is(openapi3.TypeString) && s.Format == binary
}

// binary is the format of a string that consists of bytes.
const binary = "binary"

// isStructure reports whether a schema describes an object or a list.
func isStructure(ref *openapi3.SchemaRef) bool {
	s := aliased(ref)
	return s != nil && (isObject(s, 0) || s.Type.Is(openapi3.TypeObject) || s.Type.Is(openapi3.TypeArray))
}

// hasParts reports whether a form may have what the schema describes: one of no
// type says nothing of it.
func hasParts(ref *openapi3.SchemaRef) bool {
	s := aliased(ref)
	return s == nil || s.Type.IsEmpty() || s.Type.Is(openapi3.TypeObject)
}

// aliased is the schema that a reference stands for in the end; nil without one.
func aliased(ref *openapi3.SchemaRef) *openapi3.Schema {
	for range maxNesting {
		if ref == nil || ref.Value == nil {
			return nil
		}
		whole, _ := alias(ref.Value)
		if whole == nil {
			break
		}
		ref = whole
	}
	return ref.Value
}

// mayBeText reports whether one of several types is text or JSON; those of a part
// that none is given for are.
func mayBeText(types string) bool {
	return types == "" || slices.ContainsFunc(strings.Split(types, ","), func(t string) bool {
		c := content{media: mediaType(t)}
		return c.media == "text/plain" || c.isJSON()
	})
}

// oneType is the type that a part or a body has unless the sender says: "" where
// several are possible, or a range of them.
func oneType(types string) string {
	if strings.ContainsAny(types, "*,") {
		return ""
	}
	return strings.TrimSpace(types)
}
