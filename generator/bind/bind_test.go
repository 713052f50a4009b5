package bind

import (
	"slices"
	"testing"

	"github.com/twiliogen/twiliogen/generator/model"
)

// A method that keeps what is private from logs has a name that no field has.
func TestRedacting(t *testing.T) {
	secret := &model.Field{Type: &model.Scalar{}, Privacy: model.Secret}
	public := &model.Field{Type: &model.Scalar{}}
	inside := &model.Field{Type: &model.List{Item: &model.Object{Fields: []*model.Field{secret}}}}
	for _, tt := range []struct {
		names  []string
		fields []*model.Field
		want   []string
	}{
		{[]string{"A", "Format"}, []*model.Field{public}, nil},
		{[]string{"A"}, []*model.Field{public, secret}, []string{"Format", "LogValue"}},
		{[]string{"A", "String"}, []*model.Field{inside}, []string{"Format", "LogValue"}},
		{[]string{"A", "Format"}, []*model.Field{inside}, []string{"String", "GoString", "LogValue"}},
		{[]string{"Format", "String"}, []*model.Field{secret}, []string{"GoString", "LogValue"}},
	} {
		if got := redacting(tt.names, tt.fields); !slices.Equal(got, tt.want) {
			t.Errorf("%q: %q, want %q", tt.names, got, tt.want)
		}
	}
}
