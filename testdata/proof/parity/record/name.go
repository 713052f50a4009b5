package record

import (
	"reflect"
	"strings"
	"unicode"
)

// fieldName returns the folded name that the tag of a field gives it on the wire. A field whose tag only says that it is
// no part of a JSON body is told by its own name.
func fieldName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	if name == "" || name == "-" {
		name = f.Name
	}
	return fold(name)
}

// fold makes names equal that differ only in what no Go identifier can hold, or in case: "If-Match" is "IfMatch", and
// "DateCreated<", which twilio-go escapes in its tags, is "DateCreatedBefore".
func fold(name string) string {
	name = strings.NewReplacer("<", "before", "&lt;", "before", ">", "after", "&gt;", "after").Replace(name)
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}
