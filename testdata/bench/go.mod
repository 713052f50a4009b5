module github.com/twiliogen/twiliogen/testdata/bench

go 1.25

require (
	github.com/google/go-cmp v0.7.0
	github.com/twilio/twilio-go v1.31.0
)

require (
	github.com/golang/mock v1.6.0 // indirect
	github.com/pkg/errors v0.9.1 // indirect
	github.com/twiliogen/twiliogen v0.0.0-00010101000000-000000000000
)

replace github.com/twiliogen/twiliogen => ../..
