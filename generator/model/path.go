package model

import "regexp"

// PathVariables lists the names of a path's parameters, in order.
func PathVariables(path string) []string {
	var names []string
	for _, m := range pathVariable.FindAllStringSubmatch(path, -1) {
		names = append(names, m[1])
	}
	return names
}

var pathVariable = regexp.MustCompile(`\{([^{}]+)\}`)
