# The commands of Tequio. `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PORT ?= 8000
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin

.PHONY: help install serve test test-long check format bench lock clean

help: ## what can be done here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Tequio needs Python 3.11 or newer.")'
	$(PYTHON) -m venv $(VENV) 2>/dev/null || { rm -rf $(VENV); \
	  [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null && $(PYTHON) -m venv $(VENV); } \
	  || { echo "Python cannot make a virtual environment. Run as root: apt-get update && apt-get install -y python3-venv"; exit 1; }

$(VENV)/.production: requirements/production.txt pyproject.toml | $(VENV)/bin/python
	$(RUN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/production.txt
	printf '#!/bin/sh\ncd "%s" && exec .venv/bin/python -m app "$$@"\n' "$(CURDIR)" > $(RUN)/tequio && chmod +x $(RUN)/tequio
	touch $@

$(VENV)/.development: requirements/development.txt $(VENV)/.production
	$(RUN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/development.txt
	touch $@

install: $(VENV)/.production ## installs what serving needs into .venv

serve: install ## installs, migrates, publishes the courses and serves on 127.0.0.1:$(PORT)
	@$(RUN)/python -m app start --port $(PORT)

test: $(VENV)/.development ## installs what the tests need and runs every test
	@$(RUN)/python -m tests.support.machine
	$(RUN)/python -m pytest tests -n 2 --dist loadfile

test-long: $(VENV)/.development ## the fault tests at full count
	@$(RUN)/python -m tests.support.machine
	TEQUIO_TEST_LONG=1 $(RUN)/python -m pytest tests -m long --timeout=3000

check: $(VENV)/.development ## format, lint, types, imports, templates, translations, migrations, content
	@$(RUN)/python -m tests.support.checks

format: $(VENV)/.development ## puts the code in order
	$(RUN)/ruff format . && $(RUN)/ruff check --fix .

bench: $(VENV)/.development ## measures, and prints ratios against a ceiling of the same run
	$(RUN)/python -m benchmarks

lock: $(VENV)/.development ## locks the newest versions of the dependencies, with hashes
	for kind in production development; do \
	  $(RUN)/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
	    $$([ $$kind = development ] && echo "--extra development -c requirements/production.txt") -o requirements/$$kind.txt pyproject.toml || exit 1; \
	done

clean: ## takes away what was built, not the data
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis *.egg-info
