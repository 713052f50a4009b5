package bind

import (
	"encoding/json"
	"fmt"

	"github.com/twiliogen/twiliogen/generator/model"
	"github.com/twiliogen/twiliogen/generator/sample"
)

// examples are runnable examples for each resource: its list, and its first
// operation that is no list.
func (b *binder) examples() *Examples {
	out := &Examples{Package: b.pkg, Credentials: b.credentials()}
	for _, r := range b.api.Resources {
		for _, i := range exampleOperations(r) {
			out.List = append(out.List, b.example(r, i))
		}
	}
	return out
}

// exampleOperations are indexes into the operations of a resource.
func exampleOperations(r *model.Resource) []int {
	single, list := -1, -1
	for i, op := range r.Operations {
		switch {
		case op.Paging != nil && list < 0:
			list = i
		case op.Paging == nil && single < 0:
			single = i
		}
	}
	var out []int
	for _, i := range []int{single, list} {
		if i >= 0 {
			out = append(out, i)
		}
	}
	return out
}

// credentials is the function that makes credentials which all operations
// take.
func (b *binder) credentials() string {
	for _, r := range b.api.Resources {
		for _, op := range r.Operations {
			if op.Auth == model.TokenAuth {
				return "AccessToken"
			}
		}
	}
	return "AuthToken"
}

func (b *binder) example(r *model.Resource, i int) *Example {
	op, out := r.Operations[i], b.resources[r]
	e := &Example{Resource: out, Operation: out.Operations[i]}
	e.Method = e.Operation.Methods[0]
	e.Name = fmt.Sprintf("Example%s_%s", out.Client, e.Method.Name)
	for _, p := range op.PathParams {
		if p.In != model.InAccount {
			s, ok := p.Type.(*model.Scalar)
			if !ok {
				s = &model.Scalar{}
			}
			e.Args = append(e.Args, fmt.Sprint(sample.Text(&p.Field, s)))
		}
	}
	e.Values = exampleValues(op, e.Operation.Params)
	b.exampleAnswer(e, op)
	return e
}

// exampleValues are the parameters that a call cannot do without.
func exampleValues(op *model.Operation, params *Params) []FieldValue {
	if params == nil {
		return nil
	}
	var out []FieldValue
	needed := func(name string) bool {
		for _, group := range op.Conditional {
			if name == group[0] {
				return true
			}
		}
		return false
	}
	for i, p := range op.Params {
		if f := params.Fields[i]; f.Required || needed(p.Name) {
			out = append(out, FieldValue{&f.Field, sampleOf(&p.Field, p.Type)})
		}
	}
	return out
}

// exampleAnswer makes an answer with one field, and prints that.
func (b *binder) exampleAnswer(e *Example, op *model.Operation) {
	if e.Method.Kind == Does {
		e.Output = "done"
		return
	}
	if e.Method.Kind == Streams {
		e.Answer, e.Output = "content", "content"
		return
	}
	t := op.Response.Type
	if op.Paging != nil {
		t = op.Paging.Item
	}
	var answer any
	if o, ok := t.(*model.Object); ok {
		answer = b.exampleObject(e, o)
	} else {
		answer, e.Output = sampleOf(&model.Field{}, t), "true"
	}
	if op.Paging != nil {
		answer = []any{answer}
		if op.Paging.Records != "" {
			answer = map[string]any{op.Paging.Records: answer}
		}
	}
	e.Answer = compact(answer)
}

// exampleObject is an object with the field that the example shows: the SID, or
// else the first text. Where there is none, it has its first field, since an
// answer says something.
func (b *binder) exampleObject(e *Example, o *model.Object) map[string]any {
	for i, f := range o.Fields {
		if s, ok := f.Type.(*model.Scalar); ok && s.Kind == model.String {
			v := sample.Text(f, s)
			e.Print, e.Output = b.structs[o].Fields[i], fmt.Sprint(v)
			return map[string]any{f.Name: v}
		}
	}
	e.Output = "true"
	for _, f := range o.Fields {
		return map[string]any{f.Name: sampleOf(f, f.Type)}
	}
	return map[string]any{}
}

// sampleOf is a value of a type, as JSON decodes it.
func sampleOf(f *model.Field, t model.Type) any {
	switch t := t.(type) {
	case *model.Scalar:
		return scalarKinds[t.Kind].Sample(f, t)
	case *model.Enum:
		if len(t.Values) > 0 {
			return t.Values[0]
		}
		return "value"
	case *model.Object:
		return map[string]any{}
	case *model.List:
		return []any{sampleOf(f, t.Item)}
	case *model.Map:
		return map[string]any{"key": sampleOf(f, t.Value)}
	case *model.Free, *model.Union:
		return map[string]any{"key": "value"}
	case *model.File:
		return "content"
	}
	panic("bind: a kind of type that has no sample")
}

// compact writes JSON on one line, with a blank after each colon and comma.
func compact(v any) string {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v { // at most one
			name, _ := json.Marshal(key)
			return fmt.Sprintf("{%s: %s}", name, compact(value))
		}
		return "{}"
	case []any:
		text := ""
		for i, item := range v {
			if i > 0 {
				text += ", "
			}
			text += compact(item)
		}
		return "[" + text + "]"
	}
	text, _ := json.Marshal(v)
	return string(text)
}
