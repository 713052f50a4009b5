package wire

import (
	"encoding/json"
	"net/url"
	"reflect"
	"slices"
	"testing"
	"time"
)

func TestValues(t *testing.T) {
	type color string
	type point struct {
		X int `json:"x"`
	}
	zone := time.FixedZone("", -2*60*60)
	ptr := func(f float64) *float64 { return &f }
	tests := []struct {
		name string
		add  func(*Values)
		want string
	}{
		{"nothing", func(*Values) {}, ""},
		{"empty is sent", func(v *Values) { v.Add("A", "") }, "A="},
		{"order of addition", func(v *Values) { v.Add("B", "1"); v.Add("A", "2"); v.Add("B", "3") }, "B=1&A=2&B=3"},
		{"escapes", func(v *Values) { v.Add("Date<", "a b&c=d+é/%") }, "Date%3C=a+b%26c%3Dd%2B%C3%A9%2F%25"},
		{"nil", func(v *Values) {
			v.String("A", nil)
			v.Int("A", nil)
			v.Int64("A", nil)
			v.Float("A", nil)
			v.Bool("A", nil)
			v.Time("A", nil)
			v.Strings("A", nil)
			v.JSONList("A", nil)
			v.Map("A", nil)
			v.JSON("A", nil)
			v.JSON("A", map[string]any(nil))
			v.JSON("A", []int(nil))
			v.JSON("A", (*point)(nil))
			v.JSON("A", json.RawMessage(nil))
			v.Text("A", "")
		}, ""},
		{"zero values", func(v *Values) {
			v.String("A", new(string))
			v.Int("B", new(int))
			v.Int64("C", new(int64))
			v.Float("D", new(float64))
			v.Bool("E", new(bool))
			v.JSON("F", []int{})
			v.Strings("G", []string{""})
		}, "A=&B=0&C=0&D=0&E=false&F=%5B%5D&G="},
		{"floats", func(v *Values) { v.Float("A", ptr(0.0075)); v.Float("A", ptr(1e21)); v.Float("A", ptr(-2)) }, "A=0.0075&A=1000000000000000000000&A=-2"},
		{"time", func(v *Values) {
			at := time.Date(2024, 2, 29, 22, 30, 0, 0, zone)
			v.Time("A", &at)
			at = at.Add(120 * time.Millisecond)
			v.Time("A", &at)
		}, "A=2024-03-01T00%3A30%3A00Z&A=2024-03-01T00%3A30%3A00.12Z"},
		{"enums", func(v *Values) { v.Text("A", "x"); v.Strings("B", Texts([]color{"red", "blue"})) }, "A=x&B=red&B=blue"},
		{"JSON", func(v *Values) { v.JSON("A", point{1}); v.JSON("B", "text"); v.JSON("C", json.RawMessage(`{"y": 2}`)) }, "A=%7B%22x%22%3A1%7D&B=%22text%22&C=%7B%22y%22%3A2%7D"},
		{"JSON list", func(v *Values) { v.JSONList("A", []any{"text", point{1}, 2, nil, true}) }, "A=text&A=%7B%22x%22%3A1%7D&A=2&A=null&A=true"},
		{"map", func(v *Values) { v.Map("AddOns", map[string]string{"b.c": "2", "a": "1", "": "0"}) }, "AddOns.=0&AddOns.a=1&AddOns.b.c=2"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := NewRequest("op", "POST", "", "/")
			tt.add(r.Form())
			if got := r.Form().Encode(); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
			if r.Err() != nil {
				t.Errorf("problem %+v", *r.Err())
			}
		})
	}
}

// Except for the order of the keys, the bytes are those of url.Values.
func TestEncodeIsThatOfURLValues(t *testing.T) {
	var v Values
	want := url.Values{}
	for c := range 256 {
		key, value := string([]byte{'k', byte(c)}), string(rune(c))+string([]byte{byte(c)})
		v.Add(key, value)
		want.Add(key, value)
	}
	got, err := url.ParseQuery(v.Encode())
	if err != nil || !reflect.DeepEqual(got, want) || got.Encode() != want.Encode() {
		t.Errorf("%v: %q", err, v.Encode())
	}
}

func TestTexts(t *testing.T) {
	if got := Texts([]string(nil)); got != nil {
		t.Errorf("%q", got)
	}
	list := []string{"a", "b"}
	got := Texts(list)
	got[0] = "changed"
	if !slices.Equal(list, []string{"a", "b"}) {
		t.Error("the caller's list was changed")
	}
}

func TestPageSize(t *testing.T) {
	tests := []struct {
		size, limit int
		want        string
	}{
		{0, 0, ""}, {20, 0, "PageSize=20"}, {20, 100, "PageSize=20"}, {100, 20, "PageSize=20"}, {0, 20, "PageSize=20"}, {0, 50, ""}, {0, 500, ""}, {20, -1, "PageSize=20"},
	}
	for _, tt := range tests {
		var v Values
		v.PageSize("PageSize", tt.size, tt.limit)
		if got := v.Encode(); got != tt.want {
			t.Errorf("size %d, limit %d: %q, want %q", tt.size, tt.limit, got, tt.want)
		}
	}
}
