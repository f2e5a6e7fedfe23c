# make run and make test are all that is needed; make help lists the rest.

.DEFAULT_GOAL := help
SHELL := bash
export CGO_ENABLED := 0
BIN := bin/cityrights

.PHONY: help run build generate test test-go lint bench fuzz clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## a node with an invented city at http://127.0.0.1:8080, or elsewhere: make run LISTEN=127.0.0.1:8081
	$(BIN) serve --demo --data data/demo $(if $(LISTEN),--listen $(LISTEN))

build: ## the program, as bin/cityrights
	go build -trimpath -ldflags=-s -o $(BIN) ./cmd/cityrights

generate: ## the Go code of the pages' templates (internal/web/*.templ), after one was changed
	go tool -modfile=tools/go.mod templ fmt internal/web
	go tool -modfile=tools/go.mod templ generate -path internal/web

test: ## everything, on both databases and in a browser; installs what it needs where it may
	scripts/install-tools
	scripts/test

test-go: ## only what needs nothing but Go
	go test ./...

lint: ## formatting, templates that were not compiled, vet, golangci-lint, shell syntax, known vulnerabilities
	scripts/lint

bench: ## speed and size, side by side with what they are compared to
	scripts/bench

fuzz: ## each fuzz target for FUZZTIME (10s)
	scripts/fuzz

clean: ## remove what was built and the browser tests' packages
	rm -rf bin test/browser/node_modules
