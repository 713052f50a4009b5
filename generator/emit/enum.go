package emit

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dave/jennifer/jen"

	"github.com/twiliogen/twiliogen/generator/model"
)

// enum writes a string type, its constants, Values and IsKnown.
func (e *emitter) enum(g *jen.Group, t *model.Enum) {
	name := e.names.Type(t)
	lead, meanings := splitMeanings(t.Description)
	open := "Twilio may add values: one that is none of the constants is kept as it is."
	if !slices.Contains(t.Values, "") {
		open += " The zero value means none."
	}
	g.Add(e.doc(sentence(name+" is an enumeration of the API")+" "+lead, open))
	g.Type().Id(name).String()
	if len(t.Values) > 0 {
		g.Add(e.doc("The values of " + name + "."))
		g.Const().DefsFunc(func(g *jen.Group) {
			for i, constant := range e.names.Constants(t) {
				if meaning := meanings[t.Values[i]]; meaning != "" {
					g.Add(e.doc(meaning))
				}
				g.Id(constant).Id(name).Op("=").Lit(t.Values[i])
			}
		})
	}
	g.Add(e.doc("Values returns the known values, in the order of Twilio's documentation."))
	g.Func().Params(jen.Id(name)).Id("Values").Params().Index().Id(name).Block(
		jen.Return(jen.Index().Id(name).Custom(jen.Options{Open: "{", Close: "}", Separator: ",", Multi: true}, idents(e.names.Constants(t))...)),
	)
	g.Line()
	g.Add(e.doc("IsKnown reports whether v is one of the constants of this type."))
	g.Func().Params(jen.Id("v").Id(name)).Id("IsKnown").Params().Bool().BlockFunc(func(g *jen.Group) {
		if len(t.Values) > 0 {
			g.Switch(jen.Id("v")).Block(jen.Case(idents(e.names.Constants(t))...).Block(jen.Return(jen.True())))
		}
		g.Return(jen.False())
	})
	g.Line()
}

func idents(names []string) []jen.Code {
	var out []jen.Code
	for _, n := range names {
		out = append(out, jen.Id(n))
	}
	return out
}

var meaning = regexp.MustCompile("^[-*+] `([^`]*)`(?:: | [-–—] )(.*)$")

// splitMeanings takes the list of what each value means, "- `open`: it ...", out
// of an enum's description: those sentences belong to the constants.
func splitMeanings(description string) (lead string, meanings map[string]string) {
	meanings = map[string]string{}
	var rest []string
	current := ""
	for _, line := range strings.Split(description, "\n") {
		trimmed := strings.TrimSpace(line)
		switch m := meaning.FindStringSubmatch(trimmed); {
		case m != nil:
			current = m[1]
			meanings[current] = upperFirst(m[2])
		case current != "" && trimmed != "" && strings.HasPrefix(line, " "):
			meanings[current] += " " + trimmed
		default:
			current = ""
			rest = append(rest, line)
		}
	}
	return strings.Join(rest, "\n"), meanings
}

func upperFirst(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + s[size:]
}
