package generator_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/twiliogen/twiliogen/generator"
)

// Errors about options name a field of Options, and never a flag: whoever calls
// Generate has none.
func TestUsageErrors(t *testing.T) {
	twice := []string{"../testdata/v2010/spec.yaml", "../testdata/v2010/spec.yaml"}
	empty := t.TempDir()
	for name, test := range map[string]struct {
		opts         generator.Options
		option, want string
	}{
		"no such package name":       {generator.Options{Package: "My-API"}, "Package", `"My-API"`},
		"one package, two documents": {generator.Options{Package: "lamps", Specs: twice}, "Package", "Options.Package names one package, but there are 2 documents"},
		"two documents, one package": {generator.Options{Specs: twice}, "Package", "or name one with Options.Package"},
		"no import path":             {generator.Options{ImportPath: "a b"}, "ImportPath", "Options.ImportPath: "},
		"no module":                  {generator.Options{Out: empty}, "ImportPath", "or set Options.ImportPath"},
		"no standard input":          {generator.Options{Specs: []string{"-"}}, "Specs", "there is no standard input to read"},
		"no documents":               {generator.Options{Specs: []string{empty}}, "Specs", "holds no document"},
		"no such resource":           {generator.Options{Resources: []string{"Sesion"}}, "Resources", "did you mean Session"},
	} {
		t.Run(name, func(t *testing.T) {
			test.opts.Mode = generator.Preview
			_, err := generator.Generate(t.Context(), test.opts)
			var usage *generator.UsageError
			if !errors.As(err, &usage) {
				t.Fatalf("error %v, want a *UsageError", err)
			}
			if usage.Option != test.option || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "--") {
				t.Errorf("option %s, text %q; want %s and %q", usage.Option, err, test.option, test.want)
			}
			if _, ok := reflect.TypeFor[generator.Options]().FieldByName(usage.Option); !ok {
				t.Errorf("Options has no field %s", usage.Option)
			}
		})
	}
}
