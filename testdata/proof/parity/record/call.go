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
)

// do makes the call on the client. A method that panics is a result like any other.
func (c Call) do(client any, transport *Transport) (result Result) {
	defer func() {
		if p := recover(); p != nil {
			result.Error = fmt.Sprint("panic: ", p)
		}
		// What a method makes of the empty answer is of no interest.
		if result.Request = transport.take(); result.Request != nil {
			result.Error = ""
		}
	}()
	method, err := c.method(client)
	if err != nil {
		return Result{Error: err.Error()}
	}
	args, err := c.arguments(method.Type(), &result)
	if err == nil {
		err = finish(method.Call(args))
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

// arguments puts a context and the params in their places, and the arguments for the path in the others, in order. A
// place that is left over stays empty: twilio-go takes the token and the number of a page after the params. Options are
// left out.
func (c Call) arguments(method reflect.Type, result *Result) ([]reflect.Value, error) {
	n := method.NumIn()
	if method.IsVariadic() {
		n--
	}
	path := c.Args
	result.Missing = c.names()
	args := make([]reflect.Value, n)
	for i := range args {
		args[i] = reflect.New(method.In(i)).Elem()
		var err error
		switch t := method.In(i); {
		case t == contextType:
			args[i].Set(reflect.ValueOf(context.Background()))
		case t.Kind() == reflect.Pointer && t.Elem().Kind() == reflect.Struct:
			args[i].Set(reflect.New(t.Elem()))
			result.Unset, result.Missing, err = c.fill(args[i].Elem())
		case len(path) > 0:
			err = setText(args[i], path[0])
			path = path[1:]
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

// finish returns the error among the results of a method. It takes the first step of an iterator, which is what makes
// that send its first request.
func finish(returned []reflect.Value) error {
	for _, v := range returned {
		if v.Kind() == reflect.Func {
			for first, err := range v.Seq2() {
				return finish([]reflect.Value{first, err})
			}
		}
		if err, ok := v.Interface().(error); ok {
			return err
		}
	}
	return nil
}

// bodyName stands for the JSON body among the names of parameters.
const bodyName = "(body)"

// fill sets the fields of params to the values that have their names. It returns the names of the fields without a value
// and of the values without a field.
func (c Call) fill(params reflect.Value) (unset, missing []string, err error) {
	fields := map[string]reflect.Value{}
	for i := range params.NumField() {
		name := fieldName(params.Type().Field(i))
		if _, twice := fields[name]; twice {
			return nil, nil, fmt.Errorf("two fields of %s are named like %s", params.Type(), name)
		}
		fields[name] = params.Field(i)
	}
	values := c.values(fields)
	for _, name := range slices.Sorted(maps.Keys(values)) {
		field, ok := fields[fold(name)]
		if !ok {
			missing = append(missing, name)
			continue
		}
		delete(fields, fold(name))
		if err := json.Unmarshal(values[name], field.Addr().Interface()); err != nil {
			return nil, nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	deleteOwn(fields)
	return slices.Sorted(maps.Keys(fields)), missing, nil
}

// deleteOwn deletes the fields that have no parameter of the API behind them: the limit of a list, which is never sent,
// and twilio-go's way to name an account that is not the client's.
func deleteOwn(fields map[string]reflect.Value) {
	delete(fields, "limit")
	delete(fields, "pathaccountsid")
}

// values returns the values for the fields by name. The JSON body is the value of the one field that is no parameter and
// no property of it; if there is no such field, each property has a field of its own.
func (c Call) values(fields map[string]reflect.Value) map[string]json.RawMessage {
	values := maps.Clone(c.Params)
	if c.Body == nil {
		return values
	}
	properties := map[string]json.RawMessage{}
	_ = json.Unmarshal(c.Body, &properties) // a body that is no object has no properties

	others := maps.Clone(fields)
	for _, named := range []map[string]json.RawMessage{c.Params, properties} {
		for name := range named {
			delete(others, fold(name))
		}
	}
	deleteOwn(others)
	if len(others) == 1 {
		for name := range others {
			values[name] = c.Body
		}
		return values
	}
	maps.Copy(values, properties)
	return values
}
