// Package invoke makes calls on generated clients by reflection and tells what went over the wire and what they returned.
// It knows neither the clients nor the operations: a generated program hands it the clients, and its standard input the
// calls.
package invoke

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// The credentials that every client is made with.
const (
	AccountSID = "AC0123456789abcdef0123456789abcdef"
	AuthToken  = "fedcba9876543210fedcba9876543210"
)

// Call asks for one call of one method.
type Call struct {
	Receiver string                     // the type that has the method, that of a field of the client
	Method   string                     // the name of the method
	Args     []string                   // what the placeholders of the path stand for; those at the front that are no arguments of the method are left to the client
	Params   map[string]json.RawMessage // the other parameters, by their names on the wire
	Prefer   string                     // the header Prefer of the requests; "": none
}

// Result is what came of a [Call].
type Result struct {
	Exchanges []Exchange      // in the order of the requests
	Value     json.RawMessage `json:",omitempty"` // what the method returned besides an error; of an iterator or a page, its records in a list; nil: nothing
	Error     string          // what the method returned or panicked with; "": nothing
	Missing   []string        // the parameters of the call that the method's params have no field for
}

// Exchange is a request with its answer.
type Exchange struct {
	Method     string
	URL        string
	Status     int
	Violations string // the header Sl-Violations: what prism holds against the exchange, as JSON
	Body       string // of the answer
}

// Refused tells whether the status is none of those of success.
func (e Exchange) Refused() bool { return e.Status < 200 || e.Status >= 300 }

// Clients makes all clients, by package, whose requests go to the base URL over the transport.
type Clients func(base string, transport http.RoundTripper) (map[string]any, error)

// Main makes calls on one client. The arguments of the program are the package of the client and the base URL; it reads
// a JSON array of [Call] from standard input and writes an array with the [Result] of each to standard output. When
// something other than a call fails, it ends the program.
func Main(clients Clients) {
	if err := run(clients, os.Args[1:], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(clients Clients, args []string, in io.Reader, out io.Writer) error {
	if len(args) != 2 {
		return errors.New("want two arguments, the package of the client and the base URL")
	}
	var calls []Call
	if err := json.NewDecoder(in).Decode(&calls); err != nil {
		return fmt.Errorf("reading the calls: %w", err)
	}
	wire := &recorder{to: http.DefaultTransport}
	byPackage, err := clients(args[1], wire)
	if err != nil {
		return fmt.Errorf("making the clients: %w", err)
	}
	results := make([]Result, len(calls))
	for i, call := range calls {
		wire.prefer, wire.exchanges = call.Prefer, nil
		results[i] = call.do(byPackage[args[0]])
		results[i].Exchanges = wire.exchanges
	}
	return json.NewEncoder(out).Encode(results)
}

// recorder is a transport that keeps what goes over it.
type recorder struct {
	to        http.RoundTripper
	prefer    string
	exchanges []Exchange
}

func (t *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	if t.prefer != "" {
		req = req.Clone(req.Context())
		req.Header.Set("Prefer", t.prefer)
	}
	resp, err := t.to.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(resp.Body)
	if err := errors.Join(err, resp.Body.Close()); err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	violations := resp.Header.Get("Sl-Violations")
	t.exchanges = append(t.exchanges, Exchange{req.Method, req.URL.String(), resp.StatusCode, violations, string(body)})
	return resp, nil
}

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
	args, missing, err := c.arguments(method.Type())
	if err != nil {
		return Result{Error: err.Error()}
	}
	value, err := finish(method.Call(args))
	result = Result{Value: value, Missing: missing}
	if err != nil {
		result.Error = err.Error()
	}
	return result
}

// method finds the method on the field of the client that has the wanted type.
func (c Call) method(client any) (reflect.Value, error) {
	v := reflect.ValueOf(client)
	if v.Kind() != reflect.Pointer || v.Elem().Kind() != reflect.Struct {
		return reflect.Value{}, errors.New("there is no such client")
	}
	for i := range v.Elem().NumField() {
		field := v.Elem().Field(i)
		if field.Kind() != reflect.Pointer || field.Type().Elem().Name() != c.Receiver {
			continue
		}
		if m := field.MethodByName(c.Method); m.IsValid() {
			return m, nil
		}
	}
	return reflect.Value{}, fmt.Errorf("the client has no method %s of %s", c.Method, c.Receiver)
}

// arguments returns a context, the arguments for the path and the params, in that order, and the names of parameters
// without a field. Options are left out.
func (c Call) arguments(method reflect.Type) (args []reflect.Value, missing []string, err error) {
	var in []reflect.Type // between the context and the options
	for i := 1; i < method.NumIn(); i++ {
		in = append(in, method.In(i))
	}
	if method.IsVariadic() {
		in = in[:len(in)-1]
	}
	args = append(args, reflect.ValueOf(context.Background()))
	missing = slices.Sorted(maps.Keys(c.Params))
	var params reflect.Value
	if n := len(in); n > 0 && in[n-1].Kind() == reflect.Pointer {
		params = reflect.New(in[n-1].Elem())
		if missing, err = c.fill(params.Elem()); err != nil {
			return nil, nil, err
		}
		in = in[:n-1]
	}
	if len(c.Args) < len(in) {
		return nil, nil, fmt.Errorf("the method takes %d arguments for a path with %d placeholders", len(in), len(c.Args))
	}
	for i, text := range c.Args[len(c.Args)-len(in):] {
		arg := reflect.New(in[i]).Elem()
		if err := setText(arg, text); err != nil {
			return nil, nil, err
		}
		args = append(args, arg)
	}
	if params.IsValid() {
		args = append(args, params)
	}
	return args, missing, nil
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

// fill sets the fields of params to the values that have their names, and returns the names without a field.
func (c Call) fill(params reflect.Value) (missing []string, err error) {
	fields := map[string]reflect.Value{}
	for i := range params.NumField() {
		name, _, _ := strings.Cut(params.Type().Field(i).Tag.Get("json"), ",")
		fields[name] = params.Field(i)
	}
	for _, name := range slices.Sorted(maps.Keys(c.Params)) {
		field, ok := fields[name]
		if !ok {
			missing = append(missing, name)
			continue
		}
		if err := json.Unmarshal(c.Params[name], field.Addr().Interface()); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return missing, nil
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
