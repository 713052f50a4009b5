package private

import (
	"testing"

	"github.com/twiliogen/twiliogen/generator/model"
)

var (
	text   = &model.Scalar{Kind: model.String}
	number = &model.Scalar{Kind: model.Integer}
	free   = &model.Free{}
)

func formatted(format string) *model.Scalar {
	return &model.Scalar{Kind: model.String, Format: format}
}

// What a field is by its name and its type.
func TestAlone(t *testing.T) {
	tests := []struct {
		name string
		typ  model.Type
		want model.Privacy
	}{
		{"auth_token", text, model.Secret},
		{"AuthToken", text, model.Secret},
		{"secret", text, model.Secret},
		{"Binding.Secret", text, model.Secret},
		{"client_secret", text, model.Secret},
		{"SipAuthPassword", text, model.Secret},
		{"PrivateKey", text, model.Secret},
		{"api_key", text, model.Secret},
		{"TlsCert", text, model.Secret},
		{"verificationCode", text, model.Secret},
		{"credential", text, model.Secret},
		{"credentials", free, model.Secret},
		{"secrets_by_name", &model.Map{Value: text}, model.Public},
		{"password", &model.Map{Value: text}, model.Secret},
		{"password", &model.List{Item: text}, model.Secret},
		{"AuthTokens", &model.List{Item: text}, model.Secret},
		{"backup_passwords", &model.List{Item: text}, model.Secret},
		{"page_tokens", &model.List{Item: text}, model.Public},
		{"anything", formatted("password"), model.Secret},

		{"anything", formatted("phone-number"), model.Personal},
		{"anything", &model.List{Item: formatted("email")}, model.Personal},
		{"Body", text, model.Personal},
		{"business_contact_phone", text, model.Personal},
		{"ContactPhoneNumbers", &model.List{Item: text}, model.Personal},
		{"request_variables", text, model.Personal},

		{"page_token", text, model.Public},
		{"nextToken", text, model.Public},
		{"token_type", text, model.Public},
		{"AccessTokenTtl", number, model.Public},
		{"token", number, model.Public},
		{"token", &model.Scalar{Kind: model.DateTime}, model.Public},
		{"secret", &model.Scalar{Kind: model.Boolean}, model.Public},
		{"token", &model.Enum{}, model.Public},
		{"credential", &model.Object{}, model.Public},
		{"credential", &model.Scalar{Kind: model.String, SIDPrefixes: []string{"CR"}}, model.Public},
		{"token", formatted("uri"), model.Public},
		{"PublicKey", text, model.Public},
		{"IdempotencyKey", text, model.Public},
		{"AreaCode", text, model.Public},
		{"error_code", text, model.Public},
		{"code", text, model.Public},
		{"Passkeys.DiscoverableCredentials", text, model.Public},
		{"credential_sid", text, model.Public},
		{"phone_number_sid", formatted("phone-number"), model.Public},
		{"IncomingPhoneNumberSid", &model.List{Item: formatted("phone-number")}, model.Public},
	}
	for _, tt := range tests {
		f := &model.Field{Name: tt.name, Type: tt.typ}
		if mark([]*model.Field{f}); f.Privacy != tt.want {
			t.Errorf("%s (%T): %d, want %d", tt.name, tt.typ, f.Privacy, tt.want)
		}
		f.PII = true
		if mark([]*model.Field{f}); f.Privacy != max(tt.want, model.Personal) {
			t.Errorf("%s (%T) with the mark: %d", tt.name, tt.typ, f.Privacy)
		}
	}
}

// "from" and "to" are the ends of something only together.
func TestEnds(t *testing.T) {
	from, to, sid := &model.Field{Name: "From", Type: text}, &model.Field{Name: "To", Type: text}, &model.Field{Name: "to", Type: &model.Scalar{SIDPrefixes: []string{"CH"}}}
	if mark([]*model.Field{from}); from.Privacy != model.Public {
		t.Error("a from alone is the beginning of anything")
	}
	if mark([]*model.Field{from, to}); from.Privacy != model.Personal || to.Privacy != model.Personal {
		t.Error("from and to are not personal")
	}
	if mark([]*model.Field{from, sid}); from.Privacy != model.Personal || sid.Privacy != model.Public {
		t.Error("a SID at one end")
	}
}

// Parameters are as private as the fields of the record that they set, and free
// JSON as what parameters put into it.
func TestRelated(t *testing.T) {
	field := func(name string, typ model.Type, pii bool) *model.Field {
		return &model.Field{Name: name, Type: typ, PII: pii}
	}
	record := &model.Object{Fields: []*model.Field{
		field("identity", text, true), field("messaging_binding", free, true), field("auth_token", text, true), field("config", free, false),
		field("binding", free, false), field("date_created", text, false),
	}}
	param := func(name string, typ model.Type) *model.Param {
		return &model.Param{Field: model.Field{Name: name, Type: typ}}
	}
	op := &model.Operation{
		Resource: &model.Resource{Object: record},
		Params: []*model.Param{
			param("Identity", text), param("MessagingBinding.Address", text), param("MessagingBinding.Type", &model.Enum{}), param("Identity", number),
			param("Config.NotificationToken", text), param("Config.AppId", text), param("Binding.Alg", text), param("DateCreated", text),
			{Field: model.Field{Name: "Body", Type: free}, In: model.InBody}, param("Code", text),
		},
	}
	Mark(&model.API{Objects: []*model.Object{record}, Resources: []*model.Resource{{Operations: []*model.Operation{op}}}})
	want := []model.Privacy{
		model.Personal, model.Personal, model.Public, model.Public,
		model.Secret, model.Public, model.Public, model.Public,
		model.Public, model.Secret,
	}
	for i, p := range op.Params {
		if p.Privacy != want[i] {
			t.Errorf("parameter %s: %d, want %d", p.Name, p.Privacy, want[i])
		}
	}
	if config := record.Fields[3]; config.Privacy != model.Secret {
		t.Errorf("config, which has a token in it: %d", config.Privacy)
	}
}

// What may be an object or something else is as private as the fields of the object.
func TestUnions(t *testing.T) {
	holder := &model.Object{Fields: []*model.Field{{Name: "secret", Type: text}}}
	around := &model.Object{Fields: []*model.Field{{Name: "holders", Type: &model.List{Item: holder}}}}
	around.Fields = append(around.Fields, &model.Field{Name: "self", Type: around})
	union := &model.Union{Variants: []model.Type{text, around}}
	record := &model.Object{Fields: []*model.Field{
		{Name: "either", Type: &model.Map{Value: union}}, {Name: "around", Type: around}, {Name: "plain", Type: &model.Union{Variants: []model.Type{text, number}}},
	}}
	op := &model.Operation{Params: []*model.Param{{In: model.InBody, Field: model.Field{Name: "Body", Type: union}}}}
	Mark(&model.API{Objects: []*model.Object{holder, around, record}, Resources: []*model.Resource{{Operations: []*model.Operation{op}}}})
	for i, want := range []model.Privacy{model.Secret, model.Public, model.Public} {
		if got := record.Fields[i].Privacy; got != want {
			t.Errorf("%s: %d, want %d", record.Fields[i].Name, got, want)
		}
	}
	if got := op.Params[0].Privacy; got != model.Secret {
		t.Errorf("a body of several types: %d", got)
	}
}

func TestConsidered(t *testing.T) {
	for name, want := range map[string]bool{
		"area_code": true, "token_type": true, "PhoneNumberSid": true, "public_key": true, "date_created": false, "address": false, "request_id": false,
	} {
		if Considered(name) != want {
			t.Errorf("%s: %t", name, !want)
		}
	}
}
