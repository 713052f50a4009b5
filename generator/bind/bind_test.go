package bind

import (
	"slices"
	"testing"

	"github.com/twiliogen/twiliogen/generator/model"
)

// Examples call the client what the product is called, where they can.
func TestVariable(t *testing.T) {
	for pkg, want := range map[string]string{
		"proxyv1": "proxy", "v1": "api", "mine": "api", // named by the user
		"streamv1": "api", "iov1": "api", "errv1": "api", "rangev1": "api", "stringv1": "api", "clientv1": "api",
	} {
		if got := variable(pkg, "v1"); got != want {
			t.Errorf("%s: %q, want %q", pkg, got, want)
		}
	}
}

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
