package wire

import (
	"testing"
	"time"
)

func TestStyles(t *testing.T) {
	r := NewRequest("test: Things.List", "GET", "https://example.com", "/things")
	q := r.Query()
	q.Joined("Fields", ",", []string{"a", "b c"})
	q.Joined("Numbers", "|", Formatted([]float64{1, 2.5}))
	q.Joined("None", ",", nil)
	q.DeepObject("filter", map[string]any{"b": 2, "a": "x", "c": []int{1}})
	q.DeepObject("nothing", nil)
	if got, want := r.EncodedQuery(), "Fields=a%2Cb+c&Numbers=1%7C2.5&filter%5Ba%5D=x&filter%5Bb%5D=2&filter%5Bc%5D=%5B1%5D"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if r.Err() != nil {
		t.Errorf("problem: %v", r.Err())
	}
	q.DeepObject("list", []int{1})
	if r.Err() == nil || r.Err().Param != "list" {
		t.Errorf("a list passed for an object: %v", r.Err())
	}
}

func TestPageSizeIsBoundedByTheLimit(t *testing.T) {
	for _, c := range []struct {
		size, limit int
		want        string
	}{
		{0, 0, ""}, {20, 0, "PageSize=20"}, {0, 10, "PageSize=10"}, {0, 500, ""}, {100, 30, "PageSize=30"}, {20, 30, "PageSize=20"},
	} {
		r := NewRequest("", "GET", "", "")
		r.Query().PageSize("PageSize", c.size, c.limit)
		if got := r.EncodedQuery(); got != c.want {
			t.Errorf("size %d, limit %d: %q, want %q", c.size, c.limit, got, c.want)
		}
	}
}

// The fast way to read a time agrees with package time on every text.
func FuzzUTCTime(f *testing.F) {
	for _, seed := range []string{
		"2026-01-02T15:04:05Z", "2024-02-29T23:59:59Z", "2023-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-00T00:00:00Z",
		"2026-01-02T24:00:00Z", "2026-01-02T15:60:00Z", "2026-01-02T15:04:60Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-01-02 15:04:05Z", "",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, ok := utcTime([]byte(text))
		want, err := time.Parse(time.RFC3339, text)
		if ok && (err != nil || got != want) {
			t.Errorf("%q is read as %v; package time: %v, %v", text, got, want, err)
		}
		if !ok && err == nil && len(text) == 20 && text[19] == 'Z' && text[10] == 'T' {
			t.Errorf("%q has the short form and is not read", text)
		}
	})
}
