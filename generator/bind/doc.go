package bind

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/twiliogen/twiliogen/generator/english"
	"github.com/twiliogen/twiliogen/generator/model"
	"github.com/twiliogen/twiliogen/generator/prose"
	"github.com/twiliogen/twiliogen/generator/words"
)

func says(format string, args ...any) prose.Doc { return prose.Says(fmt.Sprintf(format, args...)) }

// apiName is how comments call the API: "Proxy API (v1)".
func (b *binder) apiName() string {
	name := strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(b.api.Title, "Twilio"), " -"))
	if name == "" {
		name = b.api.Product
	}
	name = strings.ReplaceAll(name, "_", " ")
	switch lower := strings.ToLower(name); {
	case lower == "api":
		name = "API"
	case !strings.HasSuffix(lower, " api"):
		name += " API"
	}
	if b.api.Revision != "" {
		name += " (" + b.api.Revision + ")"
	}
	return name
}

// saysNothing is a description that most documents have.
var saysNothing = regexp.MustCompile(`^This is the public Twilio REST API\.?$`)

// packageDoc introduces the package: what it is, how to begin, and what there
// is.
func (b *binder) packageDoc() prose.Doc {
	intro := says("Package %s is a client for Twilio's %s, version %s of its document.", b.pkg.Name, b.apiName(), b.api.Version)
	var about prose.Doc
	if !saysNothing.MatchString(b.api.Description) {
		about = b.describe(b.api.Description, scope{}).Comment(nil)
	}
	if len(b.pkg.Resources) == 0 {
		return prose.Join(intro, about, says("%s, so this package has no client.", b.whyEmpty()), b.leftOut())
	}
	var resources prose.List
	for _, r := range b.pkg.Resources {
		resources = append(resources, prose.Item{Text: prose.Paragraph{
			prose.Text(r.Field + " ("), prose.Ref(r.Client), prose.Text("): " + methodNames(r)),
		}})
	}
	return prose.Join(intro, about,
		says("Begin with a [twilio.Client] and ask it for this API:"),
		prose.Doc{b.usage()},
		says("The resources, each a field of [Client]:"),
		prose.Doc{resources},
		says("Every method takes a context first, then the parts of the path, then its parameters "+
			"(nil is fine where none is required), and then any number of [twilio.RequestOption]. When Twilio answers that a call failed, "+
			"the error wraps a [twilio.Error]; when an argument is refused before anything is sent, it wraps a [twilio.ParamError]."),
		b.leftOut())
}

// whyEmpty is why a package has no client.
func (b *binder) whyEmpty() string {
	if len(b.api.LeftOut) > 0 {
		return "None of the operations of the document can be called from Go"
	}
	return "The document has no operations"
}

// leftOut tells what of the document the package lacks.
func (b *binder) leftOut() prose.Doc {
	if len(b.api.LeftOut) == 0 {
		return nil
	}
	var list prose.List
	for _, o := range b.api.LeftOut {
		list = append(list, prose.Item{Text: prose.Paragraph{prose.Text(words.UpperFirst(o.What) + ": " + o.Reason + ".")}})
	}
	return prose.Join(says("The document has more, which is left out:"), prose.Doc{list})
}

func (b *binder) clientDoc() prose.Doc {
	return says("Client calls the %s. Its fields are the resources. It is safe for concurrent use.", b.apiName())
}

func tokenURLDoc() prose.Doc {
	return says("TokenURL is where OAuth access tokens for this API are requested. Credentials that do so are twilio.OAuth(accountSID, id, secret, twilio.WithTokenURL(TokenURL)).")
}

func methodNames(r *Resource) string {
	var names []string
	for _, m := range r.methods() {
		names = append(names, m.Name)
	}
	return strings.Join(names, ", ")
}

func (b *binder) resourceFieldDoc(r *model.Resource, out *Resource) prose.Doc {
	doc := says("%s: %s, at %s.", out.Field, methodNames(out), r.Path())
	return prose.Description{Doc: doc, Deprecated: b.deprecated(r)}.Comment(nil)
}

// deprecated says why a resource should not be used any more, as its object or its
// path has it; nil: it may be used.
func (b *binder) deprecated(r *model.Resource) prose.Paragraph {
	reason := b.read(r.Description).Deprecated
	if r.Object != nil && len(reason) == 0 {
		reason = b.read(r.Object.Description).Deprecated
	}
	return reason
}

func (b *binder) resourceClientDoc(r *model.Resource, out *Resource) prose.Doc {
	about := says("%s holds the operations of the %s resource: the field %s of [Client].", out.Client, out.Name, out.Field)
	if out.Object != nil {
		return prose.Description{Doc: about, Deprecated: b.deprecated(r)}.Comment(nil)
	}
	// There is no type that describes the resource.
	d := b.describe(r.Description, scope{})
	d.Doc = prose.Join(about, d.Doc)
	return d.Comment(nil).Insert(b.identity(r), b.places(r))
}

// resourceDoc is what a reference page says at its top.
func (b *binder) resourceDoc(r *model.Resource) prose.Doc {
	n := b.names.Resource(r)
	about := b.describe(cmp.Or(r.Object.Description, r.Description), b.objectScope(r.Object))
	about.Doc = prose.Define(n.Name, !r.Singleton, about.Doc, b.resourcePurpose(r))
	about.Deprecated = b.deprecated(r)
	return about.Comment(nil).Insert(
		b.identity(r),
		b.places(r),
		says("Its operations are the methods of [%s].", n.Client),
	)
}

// identity tells the SID and the parent.
func (b *binder) identity(r *model.Resource) prose.Doc {
	var facts prose.Doc
	if len(r.SIDPrefixes) > 0 {
		var either []string
		for i, name := range b.names.Resource(r).SIDPrefixes {
			either = append(either, fmt.Sprintf("%s ([%s])", r.SIDPrefixes[i], name))
		}
		facts = facts.Then(says("Its SID begins with %s.", english.Either(either)))
	}
	if r.Parent != nil {
		facts = facts.Then(prose.Doc{prose.Paragraph{prose.Text("Its parent is "), b.typeLink(r.Parent), prose.Text(", at " + parentPath(r) + ".")}})
	}
	return facts
}

// parentPath is where the parent of a resource is.
func parentPath(r *model.Resource) string {
	return cmp.Or(r.Parent.InstancePath, r.Parent.ListPath)
}

// places lists the paths of the resource and of those below it.
func (b *binder) places(r *model.Resource) prose.Doc {
	var paths, children prose.List
	for _, path := range append([]string{r.ListPath, r.InstancePath}, r.OtherPaths...) {
		if path != "" {
			paths = append(paths, prose.Item{Text: prose.Paragraph{prose.Text(path)}})
		}
	}
	for _, c := range r.Children {
		children = append(children, prose.Item{Text: prose.Paragraph{b.typeLink(c), prose.Text(": " + c.Path())}})
	}
	doc := prose.Join(says("Paths:"), prose.Doc{paths})
	if len(children) > 0 {
		doc = prose.Join(doc, says("Sub-resources:"), prose.Doc{children})
	}
	return doc
}

// typeLink refers to the type of a resource, or to its client when it has no
// type. A resource that is not selected has only its name.
func (b *binder) typeLink(r *model.Resource) prose.Span {
	n := b.names.Resource(r)
	for _, name := range []string{n.Name, n.Client} {
		if b.linked[name] {
			return prose.Ref(name)
		}
	}
	return prose.Text(n.Name)
}

// objectDoc says what an object that stands for no resource is.
func (b *binder) objectDoc(o *model.Object) prose.Doc {
	name := b.names.Type(o)
	about := b.describe(o.Description, b.objectScope(o))
	about.Doc = prose.Define(name, b.uses[o].many, about.Doc, b.purpose(name, o))
	return about.Comment(nil)
}

func (b *binder) enumDoc(e *model.Enum) prose.Doc {
	name := b.names.Type(e)
	lead, _ := prose.SplitMeanings(e.Description)
	about := b.describe(lead, scope{enum: e})
	about.Doc = about.Doc.Filter(func(s prose.Paragraph) bool {
		return !listsValues(s, b.names.Constants(e)) && !saysRequired.MatchString(s.Plain())
	})
	about.Doc = prose.Define(name, false, about.Doc, b.purpose(name, e))
	open := "Twilio may add values, and a value without a constant is kept."
	if !slices.Contains(e.Values, "") {
		open += " The zero value means that there is none."
	}
	return about.Comment(nil).Insert(says("%s", open))
}

// meanings are what a description says of each value, as comments of the
// constants.
func (b *binder) meanings(e *model.Enum) map[string]prose.Doc {
	docs := map[string]prose.Doc{}
	_, meanings := prose.SplitMeanings(e.Description)
	for i, value := range e.Values {
		if text, ok := meanings[value]; ok {
			name := b.names.Constants(e)[i]
			docs[value] = b.describe(name+": "+english.LowerFirst(text), scope{enum: e}).Comment(nil)
		}
	}
	return docs
}
