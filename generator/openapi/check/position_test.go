package check

import "testing"

func TestPositions(t *testing.T) {
	yaml := newPositions([]byte("a:\n  b/c:\n    - x\n    - y: 1\n"))
	json := newPositions([]byte("{\"a\":\n {\"b/c\": [\"x\",\n  {\"y\": 1}]}}"))
	for _, c := range []struct {
		pointer                            string
		line, column, jsonLine, jsonColumn int
	}{
		{"", 1, 1, 1, 1},
		{"/a", 1, 1, 1, 2},
		{"/a/b~1c", 2, 3, 2, 3},
		{"/a/b~1c/1/y", 4, 7, 3, 4},
		{"/a/missing/deeper", 1, 1, 1, 2},
	} {
		if line, column := yaml.find(c.pointer); line != c.line || column != c.column {
			t.Errorf("YAML %q: %d:%d, want %d:%d", c.pointer, line, column, c.line, c.column)
		}
		if line, column := json.find(c.pointer); line != c.jsonLine || column != c.jsonColumn {
			t.Errorf("JSON %q: %d:%d, want %d:%d", c.pointer, line, column, c.jsonLine, c.jsonColumn)
		}
	}
}
