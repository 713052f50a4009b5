package generator

import "fmt"

// UsageError says that the options make no sense, and what to do about it. Its
// text calls them by the names of the fields of [Options]; Text calls them by
// other names, for those who offer them as flags or settings.
type UsageError struct {
	Option string // the field of Options to look at first, such as "Package"

	format string
	args   []any // the names of options among them are of type option
}

// option is the name of a field of Options in the text of an error.
type option string

func usage(about option, format string, args ...any) error {
	return &UsageError{Option: string(about), format: format, args: args}
}

// Error is the text with options as "Options.Package".
func (e *UsageError) Error() string {
	return e.Text(func(option string) string { return "Options." + option })
}

// Text is the text with options as name calls them.
func (e *UsageError) Text(name func(option string) string) string {
	args := make([]any, len(e.args))
	for i, arg := range e.args {
		if o, ok := arg.(option); ok {
			arg = name(string(o))
		}
		args[i] = arg
	}
	return fmt.Sprintf(e.format, args...)
}
