package openapi

import (
	"maps"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/twiliogen/twiliogen/generator/model"
)

// auth tells which credentials an operation takes: none when its list of
// requirements is empty, a token when each of them asks for one.
func (c *converter) auth(op *openapi3.Operation) model.Auth {
	requirements := c.doc.Security
	if op.Security != nil {
		requirements = *op.Security
		if len(requirements) == 0 {
			return model.NoAuth
		}
	}
	if len(requirements) == 0 {
		return model.AnyAuth
	}
	for _, alternative := range requirements {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(alternative)), c.isTokenScheme) {
			return model.AnyAuth
		}
	}
	return model.TokenAuth
}

func (c *converter) isTokenScheme(name string) bool {
	s := c.securityScheme(name)
	return s != nil && (s.Type == "oauth2" || s.Type == "http" && s.Scheme == "bearer")
}

func (c *converter) securityScheme(name string) *openapi3.SecurityScheme {
	if c.doc.Components == nil || c.doc.Components.SecuritySchemes[name] == nil {
		return nil
	}
	return c.doc.Components.SecuritySchemes[name].Value
}

// tokenURL is where the document has OAuth tokens requested, "" when it does
// not say.
func (c *converter) tokenURL() string {
	if c.doc.Components == nil {
		return ""
	}
	for _, name := range slices.Sorted(maps.Keys(c.doc.Components.SecuritySchemes)) {
		s := c.securityScheme(name)
		if s != nil && s.Flows != nil && s.Flows.ClientCredentials != nil {
			return s.Flows.ClientCredentials.TokenURL
		}
	}
	return ""
}
