package openapi

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/twiliogen/twiliogen/generator/bind/naming"
	"github.com/twiliogen/twiliogen/generator/model"
)

var everything = flag.Bool("everything", false, "leave out every resource of Twilio's documents, not a sample")

// sample is how many resources are not left out for one that is, unless all are.
const sample = 6

// Adding to a document renames nothing. Each resource of each of Twilio's
// documents is left out in turn, and each pair of paths of a resource that has
// several; what is left is named, and then the whole document over it. With the
// ledger of the first run no exported name, signature or field type may change;
// without one, those of at most one added resource in a hundred may.
func TestCorpusNamesNeverMove(t *testing.T) {
	files, err := filepath.Glob("../../../shared/specs/*.json")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skip("Twilio's documents are not beside the checkout (../shared/specs)")
	}
	var mu sync.Mutex
	resources, pairs := additions{what: "resources"}, additions{what: "pairs of paths to a resource"}
	t.Run("documents", func(t *testing.T) {
		for i, file := range files {
			if testing.Short() && i%4 != 0 {
				continue // loading them takes most of the time
			}
			t.Run(filepath.Base(file), func(t *testing.T) {
				t.Parallel()
				r, p := leaveOut(t, file)
				mu.Lock()
				defer mu.Unlock()
				resources.add(r)
				pairs.add(p)
			})
		}
	})
	t.Log(resources)
	t.Log(pairs)
	if *everything && 100*resources.renaming > resources.count {
		t.Error("without a ledger, more than one added resource in a hundred renames something")
	}
}

// additions counts what was added to a document, and how often that renamed
// something where there is no ledger.
type additions struct {
	what            string
	count, renaming int
}

func (a *additions) add(more additions) {
	a.count, a.renaming = a.count+more.count, a.renaming+more.renaming
}

func (a additions) String() string {
	return fmt.Sprintf("%d %s added; %d rename something where there is no ledger", a.count, a.what, a.renaming)
}

// leaveOut leaves out the resources of a document in turn, and the pairs of
// paths of those that have several.
func leaveOut(t *testing.T, file string) (resources, pairs additions) {
	doc := readDocument(t, file)
	whole := group(t, doc, file, nil)
	names, _ := naming.Decide(whole, "", nil)
	afresh := surface(whole, names)
	try := func(without []*model.Operation) (a additions) {
		before := group(t, leave(doc, without), file, nil)
		names, ledger := naming.Decide(before, "", nil)
		was := surface(before, names)
		again := group(t, doc, file, ledger)
		names, _ = naming.Decide(again, "", ledger)
		if lost := missing(was, surface(again, names)); len(lost) > 0 {
			t.Errorf("adding %s with a ledger changes:\n%s", without[0].ID, strings.Join(lost, "\n"))
		}
		if lost := missing(was, afresh); len(lost) > 0 {
			t.Logf("adding %s without a ledger changes:\n%s", without[0].ID, strings.Join(lost, "\n"))
			a.renaming = 1
		}
		a.count = 1
		return a
	}
	for i, r := range whole.Resources {
		if !*everything && i%sample != 0 {
			continue
		}
		resources.add(try(r.Operations))
		for _, pair := range parts(r) {
			pairs.add(try(pair))
		}
	}
	return resources, pairs
}

// What is added further in renames nothing either: a property that reads like one
// that is there, and an operation id that says something else.
func TestNamesOutliveChanges(t *testing.T) {
	const before = `{"openapi":"3.0.1","info":{"title":"T","version":"1"},"servers":[{"url":"https://t.twilio.com"}],"paths":{
		"/v1/Tools":{"get":{"operationId":"ListTool","responses":{"200":{"description":"","content":{"application/json":{"schema":
			{"type":"object","properties":{"meta":{"type":"object"},"tools":{"type":"array","items":{"$ref":"#/components/schemas/t.v1.tool"}}}}}}}}}},
		"/v1/Widgets/{Sid}":{"get":{"operationId":"FetchWidget","parameters":[{"name":"Sid","in":"path","required":true,"schema":{"type":"string"}}],
			"responses":{"200":{"description":"","content":{"application/json":{"schema":{"$ref":"#/components/schemas/t.v1.widget"}}}}}}}},
		"components":{"schemas":{
			"t.v1.tool":{"type":"object","properties":{"sid":{"type":"string"},"date_sent":{"type":"string"}}},
			"t.v1.widget":{"type":"object","properties":{"sid":{"type":"string"},"date_sent":{"type":"string"},"url":{"type":"string"}}}}}}`
	api := group(t, parse(t, before), "twilio_t_v1.json", nil)
	names, ledger := naming.Decide(api, "", nil)
	was := surface(api, names)
	for what, change := range map[string][2]string{
		"a property":      {`"date_sent":`, `"DateSent":{"type":"integer"},"date_sent":`},
		"an operation id": {`"FetchWidget"`, `"FetchToolByWidget"`},
		"a plural id":     {`"ListTool"`, `"ListTOOLS"`},
	} {
		after := group(t, parse(t, strings.ReplaceAll(before, change[0], change[1])), "twilio_t_v1.json", ledger)
		names, _ := naming.Decide(after, "", ledger)
		if lost := missing(was, surface(after, names)); len(lost) > 0 {
			t.Errorf("%s changes:\n%s", what, strings.Join(lost, "\n"))
		}
	}
}

func parse(t *testing.T, document string) *openapi3.T {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData([]byte(document))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// parts are the operations of each pair of paths of a resource that has several.
func parts(r *model.Resource) [][]*model.Operation {
	if len(r.OtherPaths) == 0 {
		return nil
	}
	byPath := map[string][]*model.Operation{}
	for _, op := range r.Operations {
		path := op.Path
		if !slices.Contains(r.OtherPaths, path) {
			path = "" // the main pair
		}
		byPath[path] = append(byPath[path], op)
	}
	return slices.Collect(maps.Values(byPath))
}

func readDocument(t *testing.T, file string) *openapi3.T {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(data)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func group(t *testing.T, doc *openapi3.T, file string, ledger *naming.Ledger) *model.API {
	t.Helper()
	api, problems := convert(doc, file, func(_ *model.API, op *model.Operation) string { return ledger.Noun(op) })
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return api
}

// leave is the document without some operations.
func leave(doc *openapi3.T, without []*model.Operation) *openapi3.T {
	part := *doc
	part.Paths = openapi3.NewPaths()
	for path, item := range doc.Paths.Map() {
		left := *item
		for _, op := range without {
			if op.Path == path {
				left.SetOperation(op.Method, nil)
			}
		}
		part.Paths.Set(path, &left)
	}
	return &part
}

func missing(was, is map[string]bool) []string {
	var lost []string
	for _, line := range slices.Sorted(maps.Keys(was)) {
		if !is[line] {
			lost = append(lost, line)
		}
	}
	return lost
}

// surface is what a program may use of a package, a line each.
func surface(api *model.API, names *naming.Names) map[string]bool {
	lines := map[string]bool{}
	add := func(format string, args ...any) { lines[fmt.Sprintf(format, args...)] = true }
	for _, r := range api.Resources {
		n := names.Resource(r)
		add("Client.%s *%s", n.Field, n.Client)
		for i, name := range n.SIDPrefixes {
			add("const %s = %s", name, r.SIDPrefixes[i])
		}
		for _, op := range r.Operations {
			m := names.Operation(op)
			add("%s.%s(%d, %s) %s", n.Client, m.Method, len(m.Args), m.Params, goType(names, op.Response.Type))
			if op.Paging != nil {
				add("%s.%s(%d, %s) %s", n.Client, m.Page, len(m.Args), m.Params, goType(names, op.Paging.Item))
			}
			for i, p := range op.Params {
				add("%s.%s %s %v", m.Params, m.Fields[i], goType(names, p.Type), p.Required)
			}
		}
	}
	for _, o := range api.Objects {
		for i, f := range o.Fields {
			add("%s.%s %s %v", names.Type(o), names.Fields(o)[i], goType(names, f.Type), f.Nullable)
		}
	}
	for _, e := range api.Enums {
		for i, v := range e.Values {
			add("const %s %s = %q", names.Constants(e)[i], names.Type(e), v)
		}
	}
	return lines
}

func goType(names *naming.Names, t model.Type) string {
	switch t := t.(type) {
	case *model.Scalar:
		return fmt.Sprint("scalar ", t.Kind)
	case *model.Enum, *model.Object:
		return names.Type(t)
	case *model.List:
		return "[]" + goType(names, t.Item)
	case *model.Map:
		return "map[string]" + goType(names, t.Value)
	}
	return fmt.Sprintf("%T", t)
}
