package position

import "testing"

func TestOf(t *testing.T) {
	const text = "ab\n\ncd"
	for offset, want := range map[int][2]int{
		-1: {1, 1}, 0: {1, 1}, 1: {1, 2}, 2: {1, 3}, 3: {2, 1}, 4: {3, 1}, 5: {3, 2}, 6: {3, 3}, 99: {3, 3},
	} {
		if line, column := Of([]byte(text), offset); line != want[0] || column != want[1] {
			t.Errorf("offset %d: %d:%d, want %d:%d", offset, line, column, want[0], want[1])
		}
	}
	if line, column := Of(nil, 0); line != 1 || column != 1 {
		t.Errorf("no text: %d:%d", line, column)
	}
}
