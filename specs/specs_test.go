package specs_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"
	"github.com/oasdiff/yaml"

	"github.com/twiliogen/twiliogen/specs"
)

// TestProxyV1IsACopy protects the embedded document from its readers.
func TestProxyV1IsACopy(t *testing.T) {
	clear(specs.ProxyV1())
	if doc := specs.ProxyV1(); doc[0] == 0 {
		t.Error("ProxyV1 returns memory that an earlier caller has overwritten")
	}
}

func TestProxyV1NameIsTheEmbeddedFile(t *testing.T) {
	onDisk, err := os.ReadFile(specs.ProxyV1Name)
	if err != nil {
		t.Fatal(err)
	}
	if string(onDisk) != string(specs.ProxyV1()) {
		t.Errorf("ProxyV1 differs from %s", specs.ProxyV1Name)
	}
}

func TestProxyV1IsValid(t *testing.T) {
	err := load(t).Validate(t.Context(),
		openapi3.EnableExamplesValidation(), openapi3.EnableSchemaPatternValidation())
	if err != nil {
		t.Error(err)
	}
}

func TestProxyV1IsComplete(t *testing.T) {
	doc := load(t)
	operations, resources := 0, map[string]bool{}
	for _, path := range doc.Paths.Map() {
		for _, op := range path.Operations() {
			operations++
			resources[verb.ReplaceAllString(op.OperationID, "")] = true
		}
	}
	got := []int{doc.Paths.Len(), operations, len(resources)}
	if diff := cmp.Diff([]int{12, 25, 6}, got); diff != "" {
		t.Errorf("paths, operations, resources (-want +got):\n%s", diff)
	}
}

var verb = regexp.MustCompile(`^(List|Create|Fetch|Update|Delete)`)

// TestProxyV1IsDescribed asks for a description wherever the generator can
// turn one into a comment.
func TestProxyV1IsDescribed(t *testing.T) {
	doc := load(t)
	described := func(where, text string) {
		if strings.TrimSpace(text) == "" {
			t.Errorf("%s is not described", where)
		}
	}
	described("info", doc.Info.Description)
	for _, tag := range doc.Tags {
		described("tag "+tag.Name, tag.Description)
	}
	for name, path := range doc.Paths.Map() {
		described(name, path.Description)
		for _, op := range path.Operations() {
			described(op.OperationID, op.Description)
			described(op.OperationID+" in short", op.Summary)
			for _, param := range op.Parameters {
				described(op.OperationID+" "+param.Value.Name, param.Value.Description)
			}
			for status, response := range op.Responses.Map() {
				described(op.OperationID+" "+status, *response.Value.Description)
			}
		}
	}
	for name, body := range bodies(doc) {
		describedSchema(described, name, body.Schema)
		for key, example := range body.Examples {
			described(name+" "+key, example.Value.Summary)
		}
	}
	for name, scheme := range doc.Components.SecuritySchemes {
		described(name, scheme.Value.Description)
	}
	for name, schema := range doc.Components.Schemas {
		describedSchema(described, name, schema)
	}
}

func describedSchema(described func(where, text string), where string, schema *openapi3.SchemaRef) {
	if schema.Ref != "" {
		return // looked at under its own name
	}
	described(where, schema.Value.Description)
	for name, property := range schema.Value.Properties {
		describedSchema(described, where+"."+name, property)
	}
	for _, value := range schema.Value.Enum {
		if !strings.Contains(schema.Value.Description, fmt.Sprintf("- `%s`: ", value)) {
			described(fmt.Sprintf("%s %s", where, value), "")
		}
	}
}

// TestProxyV1ExamplesFit goes further than validation: formats are checked, a
// misspelled field is found although the schemas allow additional ones, and
// what a server returns is there in full.
func TestProxyV1ExamplesFit(t *testing.T) {
	for name, body := range bodies(load(t)) {
		if len(body.Examples) == 0 {
			t.Errorf("%s has no example", name)
		}
		for key, example := range body.Examples {
			name, schema, value := name+" "+key, body.Schema.Value, example.Value.Value
			if err := schema.VisitJSON(value, openapi3.MultiErrors(), openapi3.EnableFormatValidation()); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			isResponse := !strings.HasSuffix(name, "Request "+key)
			for _, problem := range misfits(schema, value, isResponse) {
				t.Errorf("%s: %s", name, problem)
			}
		}
	}
}

// misfits lists the fields of value that schema does not declare and, in a
// response, those that schema declares and value lacks.
func misfits(schema *openapi3.Schema, value any, isResponse bool) (problems []string) {
	switch value := value.(type) {
	case []any:
		for i, item := range value {
			for _, problem := range misfits(schema.Items.Value, item, isResponse) {
				problems = append(problems, fmt.Sprintf("%d: %s", i, problem))
			}
		}
	case map[string]any:
		if schema.Properties == nil {
			return nil // a map, whose keys are data
		}
		for field, v := range value {
			property, ok := schema.Properties[field]
			if !ok {
				problems = append(problems, field+" is not in the schema")
				continue
			}
			problems = append(problems, misfits(property.Value, v, isResponse)...)
		}
		for field := range schema.Properties {
			if _, ok := value[field]; !ok && isResponse && !isUnsaid(schema, field) {
				problems = append(problems, field+" is missing")
			}
		}
	}
	return problems
}

// isUnsaid reports whether an example has to leave field out: a
// MessageInteraction has no inbound leg, and the schema of its status has
// no null to say so.
func isUnsaid(schema *openapi3.Schema, field string) bool {
	return field == "inbound_resource_status" && schema.Properties["participant_sid"] != nil
}

func TestProxyV1ListsHaveRecords(t *testing.T) {
	lists := 0
	for name, body := range bodies(load(t)) {
		if !strings.HasPrefix(name, "List") {
			continue
		}
		lists++
		sizes := map[int]bool{}
		for _, example := range body.Examples {
			page := example.Value.Value.(map[string]any)
			key := page["meta"].(map[string]any)["key"].(string)
			sizes[min(len(page[key].([]any)), 1)] = true
		}
		if !sizes[0] || !sizes[1] {
			t.Errorf("%s needs an empty example and one with records", name)
		}
	}
	if lists != 6 {
		t.Errorf("%d list responses, want 6", lists)
	}
}

// TestProxyV1AgreesWithUpstream compares all that a program can depend on with
// the document that Twilio publishes.
func TestProxyV1AgreesWithUpstream(t *testing.T) {
	want := withoutProse(upstream(t))
	got := withoutProse(decodeYAML(t, specs.ProxyV1()))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the document has drifted (-upstream +ours):\n%s", diff)
	}
}

// TestProxyV1SharesNoSentence keeps the text of this project its own.
func TestProxyV1SharesNoSentence(t *testing.T) {
	theirs := sentences(upstream(t))
	for sentence, pointer := range sentences(decodeYAML(t, specs.ProxyV1())) {
		if _, ok := theirs[sentence]; ok {
			t.Errorf("%s: %q is Twilio's sentence", pointer, sentence)
		}
	}
}

// TestWithoutProseKeepsNames checks the helper the comparison rests on: a
// property may well be called "description", and data may hold any key.
func TestWithoutProseKeepsNames(t *testing.T) {
	got := withoutProse(decodeYAML(t, []byte(`
description: gone
headers: {A: {}}
x-twilio: {description: kept}
default: {summary: kept}
properties:
  description: {type: string, description: gone, example: gone}
  properties: {properties: {summary: {type: string, summary: gone}}}
parameters:
  - {name: example, description: gone}
`)))
	want := decodeYAML(t, []byte(`
x-twilio: {description: kept}
default: {summary: kept}
properties:
  description: {type: string}
  properties: {properties: {summary: {type: string}}}
parameters:
  - {name: example}
`))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func load(t *testing.T) *openapi3.T {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(specs.ProxyV1())
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// bodies returns every request and response body: "CreateSession Request",
// "CreateSession 201".
func bodies(doc *openapi3.T) map[string]*openapi3.MediaType {
	found := map[string]*openapi3.MediaType{}
	for _, path := range doc.Paths.Map() {
		for _, op := range path.Operations() {
			if op.RequestBody != nil {
				for _, media := range op.RequestBody.Value.Content {
					found[op.OperationID+" Request"] = media
				}
			}
			for status, response := range op.Responses.Map() {
				for _, media := range response.Value.Content {
					found[op.OperationID+" "+status] = media
				}
			}
		}
	}
	return found
}

// upstream returns Twilio's own document, or skips the test: it is not part
// of the repository.
func upstream(t *testing.T) any {
	t.Helper()
	file := filepath.Join("..", "..", "shared", "specs", "twilio_proxy_v1.json")
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("there is no copy of Twilio's document to compare with: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return decodeJSON(t, data)
}

func decodeYAML(t *testing.T, data []byte) any {
	t.Helper()
	data, err := yaml.YAMLToJSON(data)
	if err != nil {
		t.Fatal(err)
	}
	return decodeJSON(t, data)
}

func decodeJSON(t *testing.T, data []byte) (tree any) {
	t.Helper()
	if err := json.Unmarshal(data, &tree); err != nil {
		t.Fatal(err)
	}
	return tree
}

// objects returns every object of an OpenAPI document whose keys are keywords,
// by JSON pointer (unescaped, which is all a message needs). Maps from names,
// such as the value of "properties", are passed through, and data, such as an
// example or an extension, is left alone.
func objects(tree any) map[string]map[string]any {
	found := map[string]map[string]any{}
	var walk func(node any, pointer string)
	walk = func(node any, pointer string) {
		switch node := node.(type) {
		case []any:
			for i, item := range node {
				walk(item, fmt.Sprintf("%s/%d", pointer, i))
			}
		case map[string]any:
			found[pointer] = node
			for keyword, value := range node {
				at := pointer + "/" + keyword
				names, isMap := value.(map[string]any)
				switch {
				case isData(keyword):
				case isMap && isNameMap(keyword):
					for name, child := range names {
						walk(child, at+"/"+name)
					}
				default:
					walk(value, at)
				}
			}
		}
	}
	walk(tree, "")
	return found
}

func isData(keyword string) bool {
	return strings.HasPrefix(keyword, "x-") ||
		slices.Contains([]string{"default", "enum", "example", "security", "value"}, keyword)
}

func isNameMap(keyword string) bool {
	return slices.Contains([]string{"content", "examples", "headers", "paths", "properties",
		"responses", "schemas", "securitySchemes"}, keyword)
}

// withoutProse removes from tree, in place, what this project writes anew or
// leaves out.
func withoutProse(tree any) any {
	for _, object := range objects(tree) {
		maps.DeleteFunc(object, func(keyword string, _ any) bool {
			return slices.Contains([]string{"description", "summary", "example", "examples", "headers"}, keyword)
		})
	}
	return tree
}

// sentences returns the sentences of four and more words in the descriptions
// and summaries of tree, without regard to links, emphasis and case, and
// where each stands.
func sentences(tree any) map[string]string {
	found := map[string]string{}
	for pointer, object := range objects(tree) {
		for _, keyword := range []string{"description", "summary"} {
			text, _ := object[keyword].(string)
			text = strings.ToLower(link.ReplaceAllString(text, "$1"))
			for _, sentence := range sentenceEnd.Split(text, -1) {
				words := strings.Fields(strings.Map(keepLetters, sentence))
				if len(words) >= 4 {
					found[strings.Join(words, " ")] = pointer
				}
			}
		}
	}
	return found
}

var (
	link        = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`)
	sentenceEnd = regexp.MustCompile(`[.;:](\s|$)|\n\n|\n- `)
)

func keepLetters(r rune) rune {
	if strings.ContainsRune("*`,.()", r) {
		return -1
	}
	return r
}
