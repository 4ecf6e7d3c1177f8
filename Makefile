# The commands of the kit and of its authors. Bare `make` lists them.
# Nothing here is needed to use the kit: `go run .` and `go test ./...` are enough.

GO    ?= go
CLASS ?= grader/testdata/class

.DEFAULT_GOAL := help
.PHONY: help run test race check grade selftest

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## start the course
	$(GO) run .

test: ## run all tests
	$(GO) test ./...

race: ## run all tests under the race detector (needs a C compiler)
	CGO_ENABLED=1 $(GO) test -race ./...

check: ## format, vet, and build for the other systems: what CI runs after the tests
	GO=$(GO) .ci/run check

grade: ## grade a class: make grade CLASS=folder of submissions
	$(GO) run . grade $(CLASS)

selftest: ## check the course itself: stubs fail, solutions pass, hints and notebooks are true
	$(GO) run . selftest
