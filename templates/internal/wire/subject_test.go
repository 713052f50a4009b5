package wire

import (
	"encoding/json"
	"testing"
)

// The answer to a call says something.
func TestAnswer(t *testing.T) {
	for doc, want := range map[string]string{
		`{"sid":"a"}`:                "",
		`{"sid":null}`:               "",
		`{"ttl":{"not":"a number"}}`: "",
		`{"extra":{}}`:               "",
		`{"new":1,"sid":"a","newer":{"sid":"b"}}`: "",
		`{"sid":"a","code":20404}`:                "",
		`{"sid":"a","message":"m"}`:               "",
		`{"sid":"a","code":null,"message":null}`:  "",
		`{"sid":"a","code":0,"message":"m"}`:      "",
		`{"sid":"a","code":1,"message":""}`:       "",
		`{"links":{"code":"1","message":"m"}}`:    "",
		``:                                        ErrEmpty.Error(),
		" \r\n\t":                                 ErrEmpty.Error(),
		`null`:                                    "json: expected an object, found null",
		`[]`:                                      "json: expected an object, found an array",
		`[{"sid":"a"}]`:                           "json: expected an object, found an array",
		`"sid"`:                                   "json: expected an object, found a string",
		`{}`:                                      ErrNothing.Error(),
		`{"new":1}`:                               ErrNothing.Error(),
		`{"new":{"sid":"a"},"newer":["sid"]}`:     ErrNothing.Error(),
		`{"SID":"a"}`:                             ErrNothing.Error(),
		`{"code":20404,"message":"not found"}`:    ErrFailure.Error(),
		`{"code":"20404","message":"not found"}`:  ErrFailure.Error(),
		`{"status":"x","message":"m","code":1e3}`: ErrFailure.Error(),
		`{"sid":"a","message":"m","code":1}`:      ErrFailure.Error(),
		`{"sid":"a"} {}`:                          `json: expected the end of the document at offset 12, found '{'`,
	} {
		v, err := Answer([]byte(doc), newSession)
		if want == "" && (err != nil || v == nil) || want != "" && (err == nil || err.Error() != want || v != nil) {
			t.Errorf("%s: %+v, %v, want %q", doc, v, err, want)
		}
	}
}

// An error that a schema knows is an answer.
func TestAnswerThatHasACode(t *testing.T) {
	type failure struct {
		Code    int
		Message string
	}
	got, err := Answer([]byte(`{"code":7,"message":"m"}`), func(d *Decoder) *failure {
		v := new(failure)
		for ok := d.Object(); ok && d.Next(); {
			switch string(d.Key()) {
			case "code":
				v.Code = d.Int()
			case "message":
				v.Message = d.String()
			default:
				d.Skip()
			}
		}
		return v
	})
	if err != nil || *got != (failure{7, "m"}) {
		t.Errorf("%+v, %v", got, err)
	}
}

// What has no declared members need not have any, but is of its kind.
func TestAnswerOfAnotherKind(t *testing.T) {
	raw := func(d *Decoder) any { return d.Raw() }
	texts := func(d *Decoder) any { return Map(d, (*Decoder).String) }
	list := func(d *Decoder) any { return Structs(d, newSession) }
	for _, tt := range []struct {
		doc    string
		decode func(*Decoder) any
		ok     bool
	}{
		{`{}`, raw, true},
		{`{"code":1,"message":"m"}`, raw, true},
		{`null`, raw, true},
		{``, raw, false},
		{`{}`, texts, true},
		{`{"code":"1","message":"m"}`, texts, true},
		{`null`, texts, false},
		{`[]`, texts, false},
		{`[]`, list, true},
		{`[{},{"sid":"a"}]`, list, true},
		{`null`, list, false},
		{`{}`, list, false},
	} {
		if _, err := Answer([]byte(tt.doc), tt.decode); (err == nil) != tt.ok {
			t.Errorf("%s: %v", tt.doc, err)
		}
	}
}

// What a program reads by itself may say nothing.
func TestUnmarshalTakesAnything(t *testing.T) {
	for _, doc := range []string{`{}`, `null`, `{"new":1}`, `{"code":1,"message":"m"}`} {
		if _, err := Unmarshal([]byte(doc), newSession); err != nil || !json.Valid([]byte(doc)) {
			t.Errorf("%s: %v", doc, err)
		}
	}
}
