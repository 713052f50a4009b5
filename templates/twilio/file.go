package twilio

import (
	"fmt"
	"io"
	"log/slog"
)

// File is content that is sent as it is: a file of a form, or the whole body of a request.
type File struct {
	// Name is what the file is called in a form. Without one, it is called as the parameter is.
	Name string `twilio:"private"`

	// ContentType is the type of the content, such as "image/png". Without one, it is what Twilio's
	// document says, or else application/octet-stream.
	ContentType string

	// Content is what is sent, from where it stands. It is not closed.
	//
	// An *[os.File], a *[bytes.Reader], a *[bytes.Buffer], a *[strings.Reader] and whatever else is an
	// [io.Seeker] can be sent again, if a try did not leave or was refused; all of these but a plain
	// Seeker keep their position, so that several calls can send them, and are not read any more once
	// the call has returned. Anything else is read once, in chunks whose sum nobody knows before: a
	// call that has begun to read it is not tried again.
	Content io.Reader `twilio:"private"`
}

// String returns a text without the name and the content, which may be personal data.
func (f File) String() string { return fmt.Sprintf("twilio.File{ContentType: %q}", f.ContentType) }

// Format prints the same text as String for every verb.
func (f File) Format(s fmt.State, verb rune) { formatText(s, verb, f.String()) }

// LogValue returns the content type alone.
func (f File) LogValue() slog.Value { return slog.StringValue(f.String()) }
