# Two commands matter: `make demo` and `make test`. Everything else serves them.
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

.PHONY: demo test test-lts bench lint format lock messages docs clean

## Start the demo: environment, Neo4j, seed data, the app. Ctrl-C stops everything.
demo: $(VENV)/.runtime
	@exec $(BIN)/graphcrm demo

## Run every test: unit, architecture, docs, graph on real Neo4j, pages, browser.
test: $(VENV)/.dev
	@scripts/ensure-browser
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/graphcrm db quick-start
	$(BIN)/python -m pytest $(PYTEST_ARGS)

## Run the graph tests on Neo4j 5.26 LTS with Java 17, which is fetched where the machine has none.
test-lts: $(VENV)/.dev
	$(BIN)/python tests/lts.py $(PYTEST_ARGS)

## Measure graphcrm beside its peers: make bench, make bench BENCH=import,layout, make bench MOST=10000 (people at most).
bench: $(VENV)/.bench
	@scripts/ensure-browser
	$(BIN)/graphcrm db quick-start
	$(BIN)/python -m bench $(BENCH) $(if $(MOST),--most $(MOST)) $(BENCH_ARGS)

lint: $(VENV)/.dev
	$(BIN)/ruff check .

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

## Pin the dependencies anew, with hashes and without addresses.
lock: $(VENV)/.dev
	$(BIN)/uv pip compile --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --upgrade \
		pyproject.toml --group build -o requirements.lock
	$(BIN)/uv pip compile --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --upgrade \
		-c requirements.lock pyproject.toml --group dev -o requirements-dev.lock
	$(BIN)/uv pip compile --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --upgrade \
		-c requirements-dev.lock --override bench/overrides.txt pyproject.toml --group bench -o requirements-bench.lock

## Make the generated pages of the reference anew.
docs: $(VENV)/.dev
	$(BIN)/python -m graphcrm.queries.reference > docs/reference/queries.md
	$(BIN)/python -m graphcrm.ingest.reference > docs/reference/import-files.md

## Read the texts out of the code into the catalogues of translations.
messages: $(VENV)/.dev
	$(BIN)/python tools/translations.py update

clean:
	rm -rf $(VENV) .pytest_cache .hypothesis .ruff_cache dist build

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "graphcrm needs Python 3.11 or later with its venv module (on Debian and Ubuntu: apt-get install python3-venv)." >&2; exit 1; }
	@echo "Making the environment in $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing graphcrm from requirements.lock ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@echo "Installing the test tools from requirements-dev.lock ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/.bench: requirements-bench.lock $(VENV)/.dev
	@echo "Installing the peers to be measured from requirements-bench.lock ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-bench.lock
	@touch $@
