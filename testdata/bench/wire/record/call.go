package record

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// do makes the call on the client. A method that panics is a result like any other.
func (c Call) do(client any, transport *Transport) (result Result) {
	defer func() {
		if p := recover(); p != nil {
			result.Error = fmt.Sprint("panic: ", p)
		}
		result.Request = transport.take()
		if result.Request != nil {
			result.Error = ""
		}
	}()
	method, err := c.method(client)
	if err != nil {
		return Result{Error: err.Error()}
	}
	args, err := c.arguments(method.Type(), &result)
	if err != nil {
		result.Error = err.Error()
		return result
	}
	result.Error = finish(method.Call(args))
	return result
}

// method finds the method on the client itself, or on the field of it that has the wanted type.
func (c Call) method(client any) (reflect.Value, error) {
	v := reflect.ValueOf(client)
	if !v.IsValid() {
		return v, fmt.Errorf("no client of %s", c.Client)
	}
	if v.Elem().Type().Name() != c.Receiver {
		fields := v.Elem()
		v = reflect.Value{}
		for i := range fields.NumField() {
			if f := fields.Field(i); f.Kind() == reflect.Pointer && f.Type().Elem().Name() == c.Receiver {
				v = f
			}
		}
	}
	if !v.IsValid() {
		return v, fmt.Errorf("%s has no %s", c.Client, c.Receiver)
	}
	m := v.MethodByName(c.Method)
	if !m.IsValid() {
		return m, fmt.Errorf("%s.%s has no %s", c.Client, c.Receiver, c.Method)
	}
	return m, nil
}

var contextType = reflect.TypeFor[context.Context]()

// arguments gives a context and the params their places among the arguments for the path. What is left over is empty:
// the token and the number of a page, which twilio-go takes as strings after the params. Options are left out.
func (c Call) arguments(method reflect.Type, result *Result) ([]reflect.Value, error) {
	n := method.NumIn()
	if method.IsVariadic() {
		n--
	}
	path := c.Args
	args := make([]reflect.Value, n)
	for i := range args {
		t := method.In(i)
		args[i] = reflect.New(t).Elem()
		switch {
		case t == contextType:
			args[i].Set(reflect.ValueOf(context.Background()))
		case isParams(t):
			args[i].Set(reflect.New(t.Elem()))
			if err := c.fill(args[i].Elem(), result); err != nil {
				return nil, err
			}
		case len(path) > 0:
			if err := setText(args[i], path[0]); err != nil {
				return nil, err
			}
			path = path[1:]
		}
	}
	if len(path) > 0 {
		return nil, fmt.Errorf("%d arguments for the path too many", len(path))
	}
	if !slices.ContainsFunc(args, func(v reflect.Value) bool { return isParams(v.Type()) }) {
		result.Missing = c.names()
	}
	return args, nil
}

func isParams(t reflect.Type) bool {
	return t.Kind() == reflect.Pointer && t.Elem().Kind() == reflect.Struct
}

func setText(v reflect.Value, text string) error {
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Int, reflect.Int32, reflect.Int64:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return err
		}
		v.SetInt(n)
	default:
		return fmt.Errorf("an argument for the path is a %s", v.Type())
	}
	return nil
}

// finish takes the first step of an iterator, which is what makes it send its first request. It returns the text of the
// error, if there is one.
func finish(returned []reflect.Value) string {
	for _, v := range returned {
		if v.Kind() == reflect.Func {
			for _, second := range v.Seq2() {
				return finish([]reflect.Value{second})
			}
			return ""
		}
		if err, ok := v.Interface().(error); ok && err != nil {
			return err.Error()
		}
	}
	return ""
}

// fill sets every field of params. A field is told by the name that its tag gives it on the wire. The JSON body goes to
// the one field with another name; if there is none, its properties are fields themselves.
func (c Call) fill(params reflect.Value, result *Result) error {
	values := make(map[string]json.RawMessage, len(c.Params))
	for name, value := range c.Params {
		values[name] = value
	}
	properties := map[string]json.RawMessage{}
	_ = json.Unmarshal(c.Body, &properties) // a body that is no object has no properties

	var unnamed []reflect.StructField
	for _, f := range reflect.VisibleFields(params.Type()) {
		_, isParam := c.Params[wireName(f)]
		_, isProperty := properties[wireName(f)]
		if !isParam && !isProperty {
			unnamed = append(unnamed, f)
		}
	}
	unnamed = slices.DeleteFunc(unnamed, isOwn)
	if c.Body != nil && len(unnamed) == 1 {
		values[wireName(unnamed[0])] = c.Body
		unnamed = nil
	} else {
		for name, value := range properties {
			values[name] = value
		}
	}
	for _, f := range unnamed {
		result.Unset = append(result.Unset, f.Name)
	}

	for _, f := range reflect.VisibleFields(params.Type()) {
		name := wireName(f)
		value, ok := values[name]
		if !ok {
			continue
		}
		delete(values, name)
		if err := json.Unmarshal(value, params.FieldByIndex(f.Index).Addr().Interface()); err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	for name := range values {
		result.Missing = append(result.Missing, name)
	}
	slices.Sort(result.Missing)
	return nil
}

// isOwn tells whether a field serves its library, and has no parameter of the API behind it.
func isOwn(f reflect.StructField) bool {
	return f.Name == "Limit" || f.Name == "PathAccountSid"
}

// wireName returns "-" and the name of the field when its tag is "-".
func wireName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	if name == "-" {
		return "-" + f.Name
	}
	return name
}

// names returns the names of all parameters, and "(body)" if there is a body.
func (c Call) names() []string {
	var names []string
	for name := range c.Params {
		names = append(names, name)
	}
	slices.Sort(names)
	if c.Body != nil {
		names = append(names, "(body)")
	}
	return names
}
