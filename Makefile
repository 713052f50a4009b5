# Development tasks of twiliogen. `make` lists them. CI runs .ci/run, which is made of the same targets.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

# How long each fuzz target runs, and how long the tests of one package may take.
FUZZTIME ?= 30s
TESTTIME ?= 10m

# The oldest Go that generated code works with, which the go command fetches; where it cannot, GO123=local makes do with
# the Go that is there.
GO123 ?= go1.23.12

TOOL := go tool -modfile="$(CURDIR)/.ci/tools.mod"

# The race detector needs a C compiler; without one, go env says CGO_ENABLED=0.
RACE = $(if $(filter 1,$(shell go env CGO_ENABLED)),-race)

.PHONY: help
help: ## List the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | while IFS=$$'\t' read -r target text; do \
		printf '%-10s %s\n' "$$target" "$$text"; \
	done

.PHONY: generate
generate: ## Write gen/ anew from the embedded document
	cd gen && go generate

.PHONY: check
check: ## Fail if gen/ is not what generate would write
	go run ./cmd/twiliogen generate --check

# Where Twilio's documents are beside the checkout, in ../shared/specs, all of them are generated, built and compared;
# elsewhere those tests say that they were skipped.
.PHONY: test
test: ## Run all tests, under the race detector where a C compiler is at hand
	go test $(RACE) -timeout $(TESTTIME) ./...
	$(if $(RACE),go test -timeout $(TESTTIME) -run '^TestCorpus(Canary|Comments|Private)$$' ./generator)
	cd gen && go test $(RACE) -timeout $(TESTTIME) ./...
	cd testdata/proof && go test -count=1 -timeout $(TESTTIME) ./...
	@$(MAKE) oldest

# To a newer Go, go 1.23 in go.mod is the version of a language: compiler, vet and standard library remain its own.
.PHONY: oldest
oldest: ## Build, vet and test gen/ and the golden cases with the oldest Go they promise (GO123)
	cd gen && export GOTOOLCHAIN=$(GO123) && go build ./... && go vet ./... && go test -timeout $(TESTTIME) ./...
	go test $(RACE) -timeout $(TESTTIME) -run '^TestGoldenModule$$' ./generator -toolchain $(GO123)

.PHONY: corpus
corpus: ## Generate, build, lint and compare all of Twilio's documents (in ../shared/specs), and print what that costs
	go test -count=1 -v -run '^Test(Published|Corpus)' ./generator
	go test -count=1 -v -run '^TestCorpus' ./generator/openapi -everything
	go test -count=1 -v -run '^TestStaticcheck' ./generator -staticcheck
	cd testdata/proof && go test -count=1 -v ./parity ./answers
	cd testdata/proof && go run ./cost

.PHONY: contract
contract: ## Call a mock server (prism, from npm) made from Twilio's documents
	cd testdata/proof && go test -tags contract -count=1 -v -timeout 20m -run TestContract ./contract

.PHONY: lint
lint: ## Check formatting, go.mod, go vet and staticcheck
	@unformatted=$$(git ls-files -z "*.go" | xargs -0 gofmt -l) || exit 1; if [ -n "$$unformatted" ]; then \
		printf 'not formatted, run gofmt -w on:\n%s\n' "$$unformatted" >&2; exit 1; \
	fi
	go mod tidy -diff && go vet ./... && $(TOOL) staticcheck ./...
	cd gen && go mod tidy -diff && go vet ./... && $(TOOL) staticcheck ./...
	cd testdata/proof && go mod tidy -diff && go vet -tags contract ./...

.PHONY: bench
bench: ## Measure the generator and the client beside others and beside their floors
	go test -run '^$$' -bench . -benchmem ./generator ./templates/...
	cd gen && go test -run '^$$' -bench . -benchmem ./...
	cd testdata/proof && go test -run '^$$' -bench . -benchmem ./client
	cd testdata/proof && go run ./cost

# How many calls each load test makes: far more than those of make test.
LOAD ?= 20000

.PHONY: load
load: ## Make LOAD (20000) calls over each protocol to a server and a proxy that fail in every way
	go test $(RACE) -count=1 -v -timeout 30m -run '^TestLoad$$' ./templates/twilio -load $(LOAD)

# The last target goes over the types of all of Twilio's documents, and is generated with them.
.PHONY: fuzz
fuzz: ## Run every fuzz target for FUZZTIME (30s)
	@grep -rE '^func Fuzz[A-Za-z0-9_]*\(' --include='*_test.go' --exclude-dir=testdata . | sort | \
	sed -E 's|^(.*)/[^/]*:func (Fuzz[A-Za-z0-9_]*).*|\1 \2|' | while read -r folder target; do \
		(set -x; go test -C "$$folder" -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) . </dev/null) || exit 1; \
	done
	cd testdata/proof && go test -count=1 -v -timeout 0 -run '^TestDecoders$$' ./answers -decoders $(FUZZTIME)
