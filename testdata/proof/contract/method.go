package contract

import (
	"os"
	"path/filepath"
	"regexp"
)

// method is a method of a client that calls an operation.
type method struct {
	receiver string // the type that has the method: "SessionClient"
	name     string
}

// comment is the end of the comment of a method, which names the method and the path of its operation, and its first line.
var comment = regexp.MustCompile(`(?m)^// ([A-Z]+)(?: |\n// )(/\S*)\nfunc \(c \*(\w+)\) (\w+)\(ctx `)

// readMethods finds the methods of the clients in a generated package, by operation.
func readMethods(folder string) (map[string][]method, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		return nil, err
	}
	found := map[string][]method{}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		for _, m := range comment.FindAllSubmatch(source, -1) {
			operation := string(m[1]) + " " + string(m[2])
			found[operation] = append(found[operation], method{string(m[3]), string(m[4])})
		}
	}
	return found, nil
}
