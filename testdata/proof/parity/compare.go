package parity

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/twiliogen/twiliogen/testdata/proof/document"
	"github.com/twiliogen/twiliogen/testdata/proof/record"
)

// comparison is an operation called by a method of ours and by one of twilio-go, with the same samples.
type comparison struct {
	*operation
	ours, theirs method

	differences []difference
	unknown     []string // the parameters that twilio-go's method does not have
}

// difference is one thing that the requests do not have in common.
type difference struct {
	aspect       string   // "path", "query PageSize", "body /emails/0/type"
	ours, theirs []string // the values; of a body each is a JSON text; empty where there is nothing
}

func (d difference) String() string {
	return fmt.Sprintf("%s: %q, twilio-go: %q", d.aspect, d.ours, d.theirs)
}

// compare finds the differences of the first requests, sorted by aspect. What a method makes of the empty answer is of no
// interest. What the document or one of the methods does not have is one too.
func (c *comparison) compare(ours, theirs record.Result) error {
	if len(ours.Exchanges) == 0 || len(theirs.Exchanges) == 0 {
		c.differences = []difference{{"request", []string{ours.Error}, []string{theirs.Error}}}
		return nil
	}
	us, err := aspects(ours.Exchanges[0])
	if err != nil {
		return fmt.Errorf("%s: %s: %w", c.operation, c.ours.Name, err)
	}
	them, err := aspects(theirs.Exchanges[0])
	if err != nil {
		return fmt.Errorf("%s: twilio-go: %w", c.operation, err)
	}
	// A request that has no body has no content type. twilio-go states one with every GET and DELETE.
	if c.Method == http.MethodGet || c.Method == http.MethodDelete {
		delete(them, "content type")
	}
	c.addLostParams(us, ours.Missing)
	if err := c.addLostBody(us); err != nil {
		return err
	}
	addNames(us, "no parameter ", ours.Missing)
	addNames(us, "undocumented parameter ", ours.Unset)
	addNames(them, "undocumented parameter of twilio-go ", theirs.Unset)
	c.unknown = theirs.Missing

	both := maps.Clone(us)
	maps.Copy(both, them)
	for _, aspect := range slices.Sorted(maps.Keys(both)) {
		if !slices.Equal(us[aspect], them[aspect]) {
			c.differences = append(c.differences, difference{aspect, us[aspect], them[aspect]})
		}
	}
	return nil
}

// addLostParams adds the texts among the samples that our request does not have as they are, which would go unseen if
// twilio-go lost them as well. Those that no parameter takes are missing already.
func (c *comparison) addLostParams(us map[string][]string, missing []string) {
	for name, value := range c.call(c.ours).Params {
		var text string
		if slices.Contains(missing, name) || json.Unmarshal(value, &text) != nil {
			continue
		}
		if m := pair.FindStringSubmatch(name); m != nil && isHalf(text, us["form "+m[1]+"*"]) {
			continue
		}
		if !isSent(text, us["query "+name], us["form "+name], us["header "+http.CanonicalHeaderKey(name)]) {
			us["lost parameter "+name] = []string{text}
		}
	}
}

// addLostBody adds what the sample of a JSON body has and our request has not.
func (c *comparison) addLostBody(us map[string][]string) error {
	if c.samples.Body == nil {
		return nil
	}
	var body any
	if err := json.Unmarshal(c.samples.Body, &body); err != nil {
		return err
	}
	sample := map[string][]string{}
	addJSON(sample, "body ", body)
	for aspect, value := range sample {
		if us[aspect] == nil {
			us["lost "+aspect] = value
		}
	}
	return nil
}

// isSent reports whether the text is what one of the parameters has; a time may be written in another zone.
func isSent(text string, params ...[]string) bool {
	at, err := time.Parse(time.RFC3339Nano, text)
	return slices.ContainsFunc(params, func(values []string) bool {
		if len(values) != 1 {
			return false
		}
		sent, err2 := time.Parse(time.RFC3339Nano, values[0])
		return values[0] == text || err == nil && err2 == nil && sent.Equal(at)
	})
}

// isHalf reports whether the text is one half of a pair.
func isHalf(text string, pairs []string) bool {
	return slices.ContainsFunc(pairs, func(p string) bool {
		return strings.HasPrefix(p, text+"=") || strings.HasSuffix(p, "="+text)
	})
}

func addNames(all map[string][]string, kind string, names []string) {
	for _, name := range names {
		all[kind+name] = []string{""}
	}
}

// aspects takes a request apart: two of them are the same exactly if all aspects are.
func aspects(r record.Exchange) (map[string][]string, error) {
	u, err := url.Parse(r.URL)
	if err != nil {
		return nil, err
	}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return nil, err
	}
	all := map[string][]string{
		"method": {r.Method},
		"host":   {u.Scheme + "://" + u.Host},
		"path":   {u.EscapedPath()},
	}
	addValues(all, "query ", query)
	addValues(all, "header ", withoutNames(r.Header, "User-Agent", "Accept", "Content-Type"))
	return all, addBody(all, r)
}

func withoutNames(values map[string][]string, names ...string) map[string][]string {
	values = maps.Clone(values)
	for _, name := range names {
		delete(values, name)
	}
	return values
}

// addBody reads the body as its content type says.
func addBody(all map[string][]string, r record.Exchange) error {
	contentType := r.Header.Get("Content-Type")
	if contentType != "" {
		all["content type"] = []string{contentType}
	}
	mediaType, _, _ := mime.ParseMediaType(contentType)
	switch {
	case r.Body == "":
		return nil
	case mediaType == document.FormType:
		form, err := url.ParseQuery(r.Body)
		foldPairs(form)
		addValues(all, "form ", form)
		return err
	}
	var body any
	if err := json.Unmarshal([]byte(r.Body), &body); err != nil {
		return fmt.Errorf("a body of %s: %w", contentType, err)
	}
	addJSON(all, "body ", body)
	return nil
}

// pair is the name of one half of a numbered pair: Parameter12.Value.
var pair = regexp.MustCompile(`^(.*\D)(\d+)\.(Name|Value)$`)

// foldPairs gathers numbered pairs under one name: the numbers mean nothing, and ours gives them in another order.
func foldPairs(form url.Values) {
	for name, values := range form {
		m := pair.FindStringSubmatch(name)
		if m == nil || m[3] != "Name" {
			continue
		}
		other := m[1] + m[2] + ".Value"
		form[m[1]+"*"] = append(form[m[1]+"*"], values[0]+"="+form.Get(other))
		delete(form, name)
		delete(form, other)
	}
	for name, values := range form {
		if strings.HasSuffix(name, "*") {
			slices.Sort(values)
		}
	}
}

// addValues keeps the order of the values of a name. The text of a JSON object or list is rewritten with sorted names.
func addValues(all map[string][]string, kind string, values map[string][]string) {
	for name, texts := range values {
		texts = slices.Clone(texts)
		for i, text := range texts {
			var value any
			if strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") {
				if json.Unmarshal([]byte(text), &value) == nil {
					texts[i] = jsonText(value)
				}
			}
		}
		all[kind+name] = texts
	}
}

// addJSON adds every value that has no parts, by its JSON pointer.
func addJSON(all map[string][]string, pointer string, value any) {
	switch parts := value.(type) {
	case map[string]any:
		for name, part := range parts {
			addJSON(all, pointer+"/"+name, part)
		}
		if len(parts) > 0 {
			return
		}
	case []any:
		for i, part := range parts {
			addJSON(all, fmt.Sprint(pointer, "/", i), part)
		}
		if len(parts) > 0 {
			return
		}
	}
	all[pointer] = []string{jsonText(value)}
}

// jsonText returns the text of a value that encoding/json has read.
func jsonText(value any) string {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		panic(err) // what encoding/json has read it can write
	}
	return strings.TrimSuffix(text.String(), "\n")
}
