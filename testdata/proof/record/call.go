package record

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// do makes the call on the client. A method that panics is a result like any other.
func (c Call) do(client any) (result Result) {
	defer func() {
		if p := recover(); p != nil {
			result.Error = fmt.Sprint("panic: ", p)
		}
	}()
	method, err := c.method(client)
	if err != nil {
		return Result{Error: err.Error()}
	}
	args, err := c.arguments(method.Type(), &result)
	if err == nil {
		result.Value, err = finish(method.Call(args))
	}
	if err != nil {
		result.Error = err.Error()
	}
	return result
}

// method finds the method on the client itself, or on the field of it that has the wanted type.
func (c Call) method(client any) (reflect.Value, error) {
	v := reflect.ValueOf(client)
	if v.Kind() != reflect.Pointer || v.Elem().Kind() != reflect.Struct {
		return reflect.Value{}, fmt.Errorf("no client of %s", c.Client)
	}
	receiver := v
	for i := range v.Elem().NumField() {
		if f := v.Elem().Field(i); f.Kind() == reflect.Pointer && f.Type().Elem().Name() == c.Receiver {
			receiver = f
		}
	}
	if receiver.Type().Elem().Name() != c.Receiver {
		return reflect.Value{}, fmt.Errorf("the client of %s has no %s", c.Client, c.Receiver)
	}
	m := receiver.MethodByName(c.Method)
	if !m.IsValid() {
		return reflect.Value{}, fmt.Errorf("%s of %s has no %s", c.Receiver, c.Client, c.Method)
	}
	return m, nil
}

var contextType = reflect.TypeFor[context.Context]()

// arguments puts a context and the params in their places, and the arguments for the path in the others, in order. What
// comes after the params may stay empty: twilio-go takes the token and the number of a page there. Options are left out.
func (c Call) arguments(method reflect.Type, result *Result) ([]reflect.Value, error) {
	n := method.NumIn()
	if method.IsVariadic() {
		n--
	}
	path, afterParams := c.Args, false
	result.Missing = c.names()
	args := make([]reflect.Value, n)
	for i := range args {
		args[i] = reflect.New(method.In(i)).Elem()
		var err error
		switch t := method.In(i); {
		case t == contextType:
			args[i].Set(reflect.ValueOf(context.Background()))
		case t.Kind() == reflect.Pointer && t.Elem().Kind() == reflect.Struct:
			afterParams = true
			args[i].Set(reflect.New(t.Elem()))
			result.Unset, result.Missing, err = c.fill(args[i].Elem())
		case len(path) > 0:
			err = setText(args[i], path[0])
			path = path[1:]
		case !afterParams:
			err = errors.New("fewer arguments for the path than the method takes")
		}
		if err != nil {
			return nil, err
		}
	}
	if len(path) > 0 {
		return nil, errors.New("more arguments for the path than the method takes")
	}
	return args, nil
}

// names returns the names of all parameters, and the one that stands for the body.
func (c Call) names() []string {
	names := slices.Sorted(maps.Keys(c.Params))
	if c.Body != nil {
		names = append(names, bodyName)
	}
	return names
}

func setText(v reflect.Value, text string) error {
	switch {
	case v.Kind() == reflect.String:
		v.SetString(text)
	case v.CanInt():
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

// finish returns what a method returned, as JSON, and its error.
func finish(returned []reflect.Value) (json.RawMessage, error) {
	if len(returned) == 1 && returned[0].Kind() == reflect.Func {
		return iterate(returned[0])
	}
	if err, ok := returned[len(returned)-1].Interface().(error); ok || len(returned) == 1 {
		return nil, err
	}
	value := returned[0]
	if isPage(value.Type()) {
		value = value.Elem().FieldByName("Items")
	}
	return json.Marshal(value.Interface())
}

func isPage(t reflect.Type) bool {
	return t.Kind() == reflect.Pointer && strings.HasPrefix(t.Elem().Name(), "Page[")
}

// maxRecords ends an iteration that does not end by itself.
const maxRecords = 10_000

func iterate(records reflect.Value) (json.RawMessage, error) {
	all := []any{}
	for record, last := range records.Seq2() {
		if err, ok := last.Interface().(error); ok {
			return nil, err
		}
		if all = append(all, record.Interface()); len(all) > maxRecords {
			return nil, fmt.Errorf("the iteration goes on after %d records", maxRecords)
		}
	}
	return json.Marshal(all)
}
