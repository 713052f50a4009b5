package wire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime"
	"net/url"
	"slices"
	"strings"

	"github.com/twiliogen/twiliogen/testdata/bench/wire/record"
)

const (
	formType = "application/x-www-form-urlencoded"
	jsonType = "application/json"
)

// difference is one thing that two requests for the same operation do not have in common.
type difference struct {
	aspect       string // "query PageSize", "content type"
	ours, theirs string // the JSON text of a list of values; "" where it is not there
}

func (d difference) String() string {
	show := func(s string) string {
		if s == "" {
			return "nothing"
		}
		return s
	}
	return fmt.Sprintf("%s: %s, twilio-go: %s", d.aspect, show(d.ours), show(d.theirs))
}

// compare returns the differences of two results, sorted by aspect. What no parameter of a method takes is one too.
func compare(ours, theirs record.Result) ([]difference, error) {
	us, err := aspects(ours)
	if err != nil {
		return nil, fmt.Errorf("ours: %w", err)
	}
	them, err := aspects(theirs)
	if err != nil {
		return nil, fmt.Errorf("twilio-go: %w", err)
	}
	var found []difference
	for _, aspect := range sortedKeys(merge(us, them)) {
		if us[aspect] != them[aspect] {
			found = append(found, difference{aspect, us[aspect], them[aspect]})
		}
	}
	return found, nil
}

func merge(a, b map[string]string) map[string]string {
	all := make(map[string]string, len(a)+len(b))
	for _, m := range []map[string]string{a, b} {
		for k, v := range m {
			all[k] = v
		}
	}
	return all
}

// aspects takes a result apart, in such a way that two of them are equal exactly if the aspects are.
func aspects(r record.Result) (map[string]string, error) {
	all := map[string]string{}
	for _, name := range r.Missing {
		all["no parameter "+name] = "true"
	}
	for _, name := range r.Unset {
		all["undocumented parameter "+name] = "true"
	}
	if r.Request == nil {
		all["request"] = r.Error
		return all, nil
	}
	u, err := url.Parse(r.Request.URL)
	if err != nil {
		return nil, err
	}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return nil, err
	}
	all["method"] = r.Request.Method
	all["host"] = u.Scheme + "://" + u.Host
	all["path"] = u.EscapedPath()
	addValues(all, "query ", query)
	for name, values := range r.Request.Header {
		switch name {
		case "User-Agent", "Accept", "Content-Type":
		default:
			addValues(all, "header ", url.Values{name: values})
		}
	}
	return all, addBody(all, r.Request)
}

// addBody compares a body by its content as the content type has it.
func addBody(all map[string]string, r *record.Request) error {
	contentType, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if contentType != "" {
		all["content type"] = contentType
	}
	switch {
	case r.Body == "":
	case contentType == formType:
		form, err := url.ParseQuery(r.Body)
		if err != nil {
			return err
		}
		addValues(all, "form ", form)
	default:
		var body any
		if err := json.Unmarshal([]byte(r.Body), &body); err != nil {
			return err
		}
		addJSON(all, "body ", body)
	}
	return nil
}

// addValues keeps the order of the values of a name, and rewrites those that are the text of a JSON object or list.
func addValues(all map[string]string, kind string, values url.Values) {
	for name, list := range values {
		list = slices.Clone(list)
		for i, text := range list {
			var value any
			if strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") {
				if json.Unmarshal([]byte(text), &value) == nil {
					list[i] = text2(value)
				}
			}
		}
		all[kind+name] = text2(list)
	}
}

// addJSON adds each value that has no parts, under its JSON pointer.
func addJSON(all map[string]string, pointer string, value any) {
	switch value := value.(type) {
	case map[string]any:
		for name, v := range value {
			addJSON(all, pointer+"/"+name, v)
		}
		if len(value) > 0 {
			return
		}
	case []any:
		for i, v := range value {
			addJSON(all, fmt.Sprint(pointer, "/", i), v)
		}
		if len(value) > 0 {
			return
		}
	}
	all[pointer] = text2(value)
}

// text2 returns the JSON text of a value that encoding/json has read, with sorted names.
func text2(value any) string {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		panic(err) // the value comes from encoding/json, or is made of strings
	}
	return strings.TrimSuffix(text.String(), "\n")
}
