package wire

import "testing"

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
