// Package private decides which values logs must not show: secrets, and what is
// said of or by people. It is the one place that does, for every document.
//
// A value is private if
//
//   - the document marks it with x-twilio.pii;
//   - or its format says so, as "phone-number" does;
//   - or its name does, by its last words: "SipAuthPassword", "access_token"; "from"
//     and "to" only together;
//   - or it is the parameter that sets, or looks for, such a field of the record
//     that its operation is about: the To of CreateMessage is as private as the
//     "to" of a message;
//   - or it may be an object with such a field or something else, and so is JSON in
//     Go.
//
// The mark counts for any type. Format and name count for what holds text, alone,
// in lists and maps, or as free JSON, and not for the SID of something or for a
// URL. Numbers, times and enums are left, and so is what only speaks of a secret:
// its type, how long it lives, the token of a page.
package private

import (
	"strings"

	"github.com/twiliogen/twiliogen/generator/model"
	"github.com/twiliogen/twiliogen/generator/words"
)

// Mark sets the privacy of every field and parameter of an API.
func Mark(api *model.API) {
	for _, o := range api.Objects {
		mark(o.Fields)
	}
	for _, r := range api.Resources {
		for _, op := range r.Operations {
			for _, p := range op.Params {
				p.Privacy = byMark(&p.Field)
			}
			mark(named(op.Params))
			for _, f := range named(op.Params) {
				if holdsText(f.Type) {
					f.Privacy = max(f.Privacy, parameters[spelled(f.Name)])
				}
			}
		}
	}
	var found []relation
	for _, r := range api.Resources {
		for _, op := range r.Operations {
			found = append(found, related(op)...)
		}
	}
	for _, rel := range found { // only now, so that no relation leads to the next one
		if holdsText(rel.to.Type) {
			rel.to.Privacy = max(rel.to.Privacy, rel.privacy)
		}
	}
	markUnions(api)
}

// markUnions makes a field of several types as private as what its objects hold:
// in Go it is JSON, and has no fields that say themselves what they are.
func markUnions(api *model.API) {
	for _, o := range api.Objects {
		for _, f := range o.Fields {
			f.Privacy = max(f.Privacy, inUnions(f.Type))
		}
	}
	for _, r := range api.Resources {
		for _, op := range r.Operations {
			for _, p := range op.Params {
				p.Privacy = max(p.Privacy, inUnions(p.Type))
			}
		}
	}
}

// inUnions is the privacy of what the unions in a type hold.
func inUnions(t model.Type) model.Privacy {
	switch t := t.(type) {
	case *model.List:
		return inUnions(t.Item)
	case *model.Map:
		return inUnions(t.Value)
	case *model.Union:
		return held(t, map[*model.Object]bool{})
	case *model.Scalar, *model.Enum, *model.Object, *model.Free, *model.File:
	}
	return model.Public
}

// held is the privacy of what a type holds, at any depth.
func held(t model.Type, seen map[*model.Object]bool) (most model.Privacy) {
	switch t := t.(type) {
	case *model.List:
		return held(t.Item, seen)
	case *model.Map:
		return held(t.Value, seen)
	case *model.Union:
		for _, variant := range t.Variants {
			most = max(most, held(variant, seen))
		}
	case *model.Object:
		if seen[t] {
			return model.Public
		}
		seen[t] = true
		for _, f := range t.Fields {
			most = max(most, f.Privacy, held(f.Type, seen))
		}
	case *model.Scalar, *model.Enum, *model.Free, *model.File:
	}
	return most
}

// mark sets the privacy of fields that are in one place.
func mark(fields []*model.Field) {
	var ends []*model.Field // of a message or a call
	for _, f := range fields {
		f.Privacy = alone(f)
		if name := spelled(f.Name); name == "from" || name == "to" {
			ends = append(ends, f)
		}
	}
	for _, f := range ends {
		if len(ends) > 1 && holdsText(f.Type) {
			f.Privacy = max(f.Privacy, model.Personal)
		}
	}
}

// alone is what can be said of a field without its neighbours.
func alone(f *model.Field) model.Privacy {
	if !holdsText(f.Type) || isSID(f.Name) {
		return byMark(f)
	}
	return max(byMark(f), byFormat(f.Type), byName(f.Name))
}

// byMark is what the document says.
func byMark(f *model.Field) model.Privacy {
	if f.PII {
		return model.Personal
	}
	return model.Public
}

// isSID reports whether a name is that of a SID, whose format is at times said to
// be that of what it stands for.
func isSID(name string) bool {
	name = spelled(name)
	last := name[strings.LastIndexByte(name, ' ')+1:]
	return last == "sid" || last == "sids"
}

// relation says that one field is as private as another.
type relation struct {
	to      *model.Field
	privacy model.Privacy
}

// related finds what an operation's parameters and the records that it is about
// say of each other: a parameter and the field with its name, and one such as
// Config.NotificationToken, which stands for a part of "config", where that is free
// JSON.
func related(op *model.Operation) (found []relation) {
	wholes, parts := map[string][]*model.Field{}, map[string][]*model.Field{}
	for _, p := range op.Params {
		name := spelled(p.Name)
		wholes[name] = append(wholes[name], &p.Field)
		if whole, _, dotted := strings.Cut(p.Name, "."); dotted {
			parts[spelled(whole)] = append(parts[spelled(whole)], &p.Field)
		}
	}
	for _, o := range records(op) {
		for _, field := range o.Fields {
			name := spelled(field.Name)
			for _, param := range wholes[name] {
				found = append(found, relation{param, field.Privacy})
			}
			if _, isFree := field.Type.(*model.Free); !isFree {
				continue
			}
			for _, param := range parts[name] {
				found = append(found, relation{field, param.Privacy})
				if field.Privacy == model.Personal { // of what holds a secret, not all is one
					found = append(found, relation{param, model.Personal})
				}
			}
		}
	}
	return found
}

// records are the objects that an operation is about.
func records(op *model.Operation) (objects []*model.Object) {
	if op.Resource != nil && op.Resource.Object != nil {
		objects = append(objects, op.Resource.Object)
	}
	if o := op.Returned(); o != nil && (len(objects) == 0 || objects[0] != o) {
		objects = append(objects, o)
	}
	return objects
}

// spelled is a name as lower-case words.
func spelled(name string) string {
	return strings.ToLower(strings.Join(words.Split(name), " "))
}

// holdsText reports whether a value is text, or holds some, that is no SID and no
// URL. Free JSON may hold anything.
func holdsText(t model.Type) bool {
	switch t := t.(type) {
	case *model.Scalar:
		return t.Kind == model.String && len(t.SIDPrefixes) == 0 && !publicFormats[t.Format] && !strings.HasSuffix(t.Format, "Sid")
	case *model.List:
		return holdsText(t.Item)
	case *model.Map:
		return holdsText(t.Value)
	case *model.Free, *model.Union:
		return true
	case *model.Enum, *model.Object:
		// Values that are known, and fields that say themselves what they are.
	}
	return false
}

// byFormat is what the format of a text, or of those in a list, says.
func byFormat(t model.Type) model.Privacy {
	switch t := t.(type) {
	case *model.Scalar:
		return formats[t.Format]
	case *model.List:
		return byFormat(t.Item)
	case *model.Map:
		return byFormat(t.Value)
	case *model.Enum, *model.Object, *model.Free, *model.Union:
	}
	return model.Public
}

// byName is what the last words of a name say.
func byName(name string) model.Privacy {
	name = spelled(name)
	if p, ok := names[name]; ok {
		return p
	}
	for {
		for _, ending := range []string{name, singular(name)} {
			if p, ok := endings[ending]; ok {
				return p
			}
		}
		_, rest, more := strings.Cut(name, " ")
		if !more {
			return model.Public
		}
		name = rest
	}
}

// singular is a name with its last word in the singular: several secrets are no
// less secret.
func singular(name string) string {
	return strings.Join(words.Singular(strings.Fields(name)), " ")
}

// Considered reports whether a name looks like a private one: whether it has the
// last word of a secret's, or the words of what is personal, whatever the rule then
// makes of it.
func Considered(name string) bool {
	name = " " + spelled(name) + " "
	for _, table := range []map[string]model.Privacy{names, endings} {
		for phrase, privacy := range table {
			if privacy != model.Personal {
				phrase = phrase[strings.LastIndexByte(phrase, ' ')+1:]
			}
			if strings.Contains(name, " "+phrase+" ") {
				return true
			}
		}
	}
	return false
}

// named are parameters as fields, without the one that is a whole body: its name
// is not the document's.
func named(params []*model.Param) []*model.Field {
	var fields []*model.Field
	for _, p := range params {
		if p.In != model.InBody {
			fields = append(fields, &p.Field)
		}
	}
	return fields
}
