package wire

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/textproto"
	"reflect"
	"slices"
	"strings"
)

// attachment makes more of a parameter of a multipart form than a text.
type attachment struct {
	index       int    // of the parameter
	contentType string // of the part
	file        *File  // nil: the parameter's value
}

// Multipart is like [Request.Form], for a form that can have files.
func (r *Request) Multipart() *Values {
	r.multipart = true
	return r.Form()
}

// IsMultipart reports whether the body is a multipart form.
func (r *Request) IsMultipart() bool { return r.multipart }

// Raw sets the body to the content of a file, unless that is nil. The content type is that of the
// file, or else the one given.
func (r *Request) Raw(contentType string, file *File) {
	if file == nil {
		return
	}
	contentType = r.fileType("body", contentType, file)
	if r.problem == nil {
		r.content = newContent(contentType, piece{file: newSource(file.Content)})
	}
}

// File adds a file to a multipart form, unless it is nil. The content type is that of the file, or
// else the one given.
func (v *Values) File(name, contentType string, file *File) {
	if file == nil {
		return
	}
	contentType = v.owner.fileType(name, contentType, file)
	v.attached = append(v.attached, attachment{len(v.pairs), contentType, file})
	v.Add(name, "")
}

// isNil reports whether there is no reader, or a nil pointer to one: that would panic when it is
// read, perhaps in a goroutine of which the caller knows nothing.
func isNil(r io.Reader) bool {
	v := reflect.ValueOf(r)
	return r == nil || v.Kind() == reflect.Pointer && v.IsNil()
}

// fileType checks a file and returns its content type.
func (r *Request) fileType(name, usual string, file *File) string {
	if isNil(file.Content) {
		r.fail(name, "has no content")
	}
	contentType := file.ContentType
	if contentType == "" {
		contentType = usual
	}
	if contentType == "" {
		contentType = "application/octet-stream"
	}
	if strings.IndexFunc(contentType, func(c rune) bool { return c < ' ' || c > '~' }) >= 0 {
		r.fail(name, "has a content type that is none")
	}
	return contentType
}

// Content returns the body of a request that sends files, or else nil. The parameters in extra are
// added to its form. It can be called once the request is known to have no problem.
func (r *Request) Content(extra *Values) *Content {
	if r.multipart {
		return r.form.multipart(extra)
	}
	return r.content
}

// multipart is the form as a body, with the parameters in extra after its own.
func (v *Values) multipart(extra *Values) *Content {
	var text bytes.Buffer
	w := multipart.NewWriter(&text) // a bytes.Buffer does not fail
	var pieces []piece
	attached := v.attached
	for i, p := range append(slices.Clip(v.pairs), extra.pairs...) {
		header := textproto.MIMEHeader{}
		disposition := `form-data; name="` + quoted.Replace(p.Name) + `"`
		var file *File
		if len(attached) > 0 && attached[0].index == i {
			header.Set("Content-Type", attached[0].contentType)
			if file = attached[0].file; file != nil {
				disposition += `; filename="` + quoted.Replace(fileName(p.Name, file)) + `"`
			}
			attached = attached[1:]
		}
		header.Set("Content-Disposition", disposition)
		_, _ = w.CreatePart(header)
		text.WriteString(p.Value)
		if file != nil {
			pieces = append(pieces, piece{text: text.String()}, piece{file: newSource(file.Content)})
			text.Reset()
		}
	}
	_ = w.Close()
	return newContent(w.FormDataContentType(), append(pieces, piece{text: text.String()})...)
}

// quoted escapes names as browsers and package mime/multipart do.
var quoted = strings.NewReplacer("\\", "\\\\", `"`, `\"`, "\r", "%0D", "\n", "%0A")

// fileName is what the server sees as the name of a file: many take a part without one for a text.
func fileName(param string, file *File) string {
	if file.Name != "" {
		return file.Name
	}
	return param
}
