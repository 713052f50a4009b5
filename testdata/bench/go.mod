module github.com/twiliogen/twiliogen/testdata/bench

go 1.25

require (
	github.com/google/go-cmp v0.7.0
	github.com/twilio/twilio-go v1.31.0
)

require (
	github.com/go-openapi/jsonpointer v0.22.5 // indirect
	github.com/go-openapi/swag/jsonname v0.25.5 // indirect
	github.com/oasdiff/yaml v0.1.1 // indirect
	github.com/oasdiff/yaml3 v0.0.14 // indirect
	github.com/rogpeppe/go-internal v1.16.0 // indirect
	github.com/santhosh-tekuri/jsonschema/v6 v6.0.3 // indirect
	golang.org/x/text v0.14.0 // indirect
)

require (
	github.com/getkin/kin-openapi v0.152.0
	github.com/golang/mock v1.6.0 // indirect
	github.com/pkg/errors v0.9.1 // indirect
	github.com/twiliogen/twiliogen v0.0.0-00010101000000-000000000000
)

replace github.com/twiliogen/twiliogen => ../..
