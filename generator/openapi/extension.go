package openapi

// twilioExtension is what twiliogen uses of x-twilio. A document without it is
// read just the same.
type twilioExtension struct {
	APIStandards string     // of the document: "v0.1", "v1.0"
	PathType     string     // of a path: "list" or "instance"
	Conditional  [][]string // of an operation: of each group one parameter is needed
	PII          bool       // of a property or parameter: personal data
}

// extension reads x-twilio. It informs, so one of another shape counts for
// nothing instead of being an error.
func extension(extensions map[string]any) (x twilioExtension) {
	fields, _ := extensions["x-twilio"].(map[string]any)
	x.APIStandards, _ = fields["apiStandards"].(string)
	x.PathType, _ = fields["pathType"].(string)
	_, x.PII = fields["pii"]
	groups, _ := fields["conditional"].([]any)
	for _, group := range groups {
		names, _ := group.([]any)
		var g []string
		for _, name := range names {
			if s, ok := name.(string); ok {
				g = append(g, s)
			}
		}
		if len(g) > 0 {
			x.Conditional = append(x.Conditional, g)
		}
	}
	return x
}
