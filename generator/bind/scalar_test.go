package bind

import (
	"testing"

	"github.com/twiliogen/twiliogen/generator/model"
)

// Everything is known of every kind of scalar.
func TestScalarKinds(t *testing.T) {
	for k, row := range scalarKinds {
		switch {
		case row.Go.Name == "":
			t.Errorf("kind %d has no Go type", k)
		case row.Zero == 0:
			t.Errorf("kind %d has no zero value", k)
		case row.Decode.Method == "":
			t.Errorf("kind %d cannot be decoded", k)
		case row.Encode.Method == "":
			t.Errorf("kind %d cannot be encoded", k)
		case row.Header.Name == "" && row.Go.Name != "string":
			t.Errorf("kind %d has no text for a header", k)
		case row.Sample == nil || row.Sample(&model.Field{}, &model.Scalar{}) == nil:
			t.Errorf("kind %d has no sample", k)
		}
	}
}
