# `make help` lists what there is. The first command in a fresh clone makes `.venv` from the locked, hashed requirements.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules
# The tests start hundreds of processes, and each would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
# The first Python of 3.11 or newer that can make a virtual environment; `make PYTHON=/path/to/python3 …` chooses another.
USABLE := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python /usr/bin/python3; do \
	if $$python -c '$(USABLE)' >/dev/null 2>&1; then echo $$python; break; fi; done)
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# The locked files are complete: with a resolver of its own, pip would look at releases newer than the lock and stumble over them.
LOCKED := --require-hashes --no-deps
JOBS ?= auto
PYTEST_ARGS ?=
# Neighbours stay together, so that what a file prepares is prepared once.
SPREAD := -n $(JOBS) --dist worksteal

# The tests that prove the parts that decide: measuring which branches they take would slow all others down.
DECIDING := tests/unit/mapping tests/unit/engine tests/unit/proof tests/unit/test_cookbook.py \
	tests/property/test_mapping_language.py tests/property/test_mapping_values.py

RUNTIME := .venv/.stamp-runtime
DEV := .venv/.stamp-dev
MUTATION := .venv/.stamp-mutation
PACKAGE := .venv/.stamp-package

.PHONY: help demo test check bench torture mutants record record-sandbox screenshots fix lock

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

demo: $(PACKAGE) ## the whole job offline: a voice platform and a HubSpot on this machine, and a page to look at
	@$(BIN)/connector demo

test: $(PACKAGE) $(DEV) ## every test, with branch coverage of the parts that decide
	$(BIN)/python -m pytest $(SPREAD) $(DECIDING) --cov --cov-report=term $(PYTEST_ARGS)
	$(BIN)/python -m pytest $(SPREAD) $(DECIDING:%=--ignore=%) $(PYTEST_ARGS)

check: $(PACKAGE) $(DEV) ## lint, format, types, layers, shipped mappings, generated files
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	for source in $$(ls mappings/*.yaml | xargs -n 1 basename | cut -d . -f 1 | sort -u); do \
	  CONNECTOR_SOURCE=$$source $(BIN)/connector check mappings/$$source.*yaml || exit 1; done
	cd docs && env -u CONNECTOR_HUBSPOT_TOKEN ../$(BIN)/connector check cookbook   # in a folder without .env: no portal has what they invent
	$(BIN)/connector schema | diff -u mappings/mapping.schema.json - || { echo "mappings/mapping.schema.json is stale: make fix"; exit 1; }
	$(BIN)/python -m connector.mapping.reference | diff -u docs/mapping-reference.md - || { echo "docs/mapping-reference.md is stale: make fix"; exit 1; }
	$(BIN)/python -m connector.codes.reference | diff -u docs/codes.md - || { echo "docs/codes.md is stale: make fix"; exit 1; }
	$(BIN)/python -m tests.mutation.page | diff -u docs/mutation.md - || { echo "docs/mutation.md is stale: make fix"; exit 1; }
	$(BIN)/python -m tests.badinput.page | diff -u docs/bad-input.md - || { echo "docs/bad-input.md is stale: make fix"; exit 1; }
	$(BIN)/python -m tests.faults.page --kept | diff -u docs/faults.md - || { echo "docs/faults.md is stale: make fix"; exit 1; }

fix: $(PACKAGE) $(DEV) ## mend what a machine can mend, and write the generated files again
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(BIN)/connector schema > mappings/mapping.schema.json
	$(BIN)/python -m connector.mapping.reference > docs/mapping-reference.md
	$(BIN)/python -m tests.badinput.page > docs/bad-input.md
	$(BIN)/python -m tests.faults.page > docs/faults.md.new && mv docs/faults.md.new docs/faults.md
	$(BIN)/python -m connector.codes.reference > docs/codes.md
	$(BIN)/python -m tests.mutation.page > docs/mutation.md

bench: $(PACKAGE) $(DEV) ## measure; never part of `make test`
	@for script in tests/bench/bench_*.py; do echo "$$script"; $(BIN)/python -m $$(tr / . <<< $${script%.py}); done

# On PostgreSQL, too: .ci/postgresql make test, .ci/postgresql make torture
torture: $(PACKAGE) $(DEV) ## thousands of new examples for each property, a death at every single point of many runs, long backfills interrupted and killed, two thousand storms of faults, thirty thousand deliveries
	CRASH_STRIDE=1 STORIES=$${STORIES:-40} STORY_STEPS=$${STORY_STEPS:-unique,plain,external} STORY_STRIDE=1 STORY_PAIRS=$${STORY_PAIRS:-10} STORY_WEATHERS=$${STORY_WEATHERS:-10} STORY_DETOURS=$${STORY_DETOURS:-10} \
	  STORMY_STORIES=$${STORMY_STORIES:-1000} \
	  MACHINE_EXAMPLES=$${MACHINE_EXAMPLES:-1000} INTERRUPTED_CALLS=20000 INTERRUPTIONS=20 TRAPPED_CALLS=2000 STORMS=$${STORMS:-2000} \
	  KILLED_CALLS=$${KILLED_CALLS:-5000} KILL_EVERY=$${KILL_EVERY:-2} KILLS_MAX=$${KILLS_MAX:-0} UNIQUE_CALLS=$${UNIQUE_CALLS:-on,off} \
	  DELIVERIES=$${DELIVERIES:-10000} POISON_EVERYWHERE=1 HOSTILE_HTTP=all HOSTILE_CALLS=$${HOSTILE_CALLS:-200} CUT_STRIDE=1 SERVER_CRASHES=5 MIGRATED_ROWS=100000 STOPS=10 \
	  $(BIN)/python -m pytest tests/property tests/unit/ledger/test_ledger_cut.py tests/unit/ledger/test_ledger_migrations.py \
	  tests/e2e/test_postgresql.py tests/e2e/test_several_*.py tests/e2e/test_crash_*.py tests/e2e/test_stories.py tests/e2e/test_stormy_stories.py tests/e2e/test_interruptions.py \
	  tests/e2e/test_kills.py tests/e2e/test_trapped_*.py tests/e2e/test_deliveries.py tests/e2e/test_hostile_http.py tests/e2e/test_storm.py -n $(JOBS) --hypothesis-profile=torture $(PYTEST_ARGS)
	$(BIN)/python -m pytest tests/mutants -n $(JOBS) $(PYTEST_ARGS)

mutants: $(PACKAGE) $(DEV) $(MUTATION) ## change the code that decides and see what its tests notice; MODULES="pacing ledger" for some
	.ci/postgresql $(BIN)/python -m tests.mutation $(MODULES)
	$(BIN)/python -m tests.mutation.page > docs/mutation.md

record: $(PACKAGE) $(DEV) ## cassettes from the live APIs, scrubbed; needs keys and a HubSpot test portal (tests/cassettes/README.md)
	$(BIN)/python -m tests.record

record-sandbox: $(PACKAGE) $(DEV) ## cassettes from the sandbox, when the connector's requests were meant to change
	$(BIN)/python -m tests.record --sandbox

screenshots: $(PACKAGE) ## take the pictures in docs/ anew (needs Chromium)
	$(BIN)/python docs/screenshots.py

lock: ## resolve the requirements again: requirements/*.txt
	$(CHECK_PYTHON)
	@test -x .venv-lock/bin/python || $(PYTHON) -m venv .venv-lock
	@.venv-lock/bin/python -m pip install --quiet --disable-pip-version-check $(LOCKED) -r requirements/lock.txt
	requirements/lock.sh .venv-lock/bin/uv

define CHECK_PYTHON
@test -n "$(PYTHON)" || { echo "Python 3.11 or newer with its venv module is needed, and none was found on PATH." >&2; \
  echo "Install it (Debian and Ubuntu: apt install python3 python3-venv), or name one: make PYTHON=/path/to/python3 $(MAKECMDGOALS)" >&2; exit 1; }
@$(PYTHON) -c '$(USABLE)' || { echo "$(PYTHON) is older than 3.11 or lacks the venv module: make PYTHON=/path/to/python3 $(MAKECMDGOALS)" >&2; exit 1; }
endef

$(BIN)/python:
	$(CHECK_PYTHON)
	@echo "making .venv with $$($(PYTHON) --version), once" >&2
	@$(PYTHON) -m venv .venv

$(RUNTIME): requirements/runtime.txt requirements/build.txt | $(BIN)/python
	@echo "installing what it needs, as locked" >&2
	@$(PIP_INSTALL) $(LOCKED) -r requirements/runtime.txt -r requirements/build.txt
	@touch $@

$(DEV): requirements/dev.txt $(RUNTIME)
	@$(PIP_INSTALL) $(LOCKED) -r requirements/dev.txt
	@touch $@

$(MUTATION): requirements/mutation.txt $(DEV)
	@$(PIP_INSTALL) $(LOCKED) -r requirements/mutation.txt
	@touch $@

$(PACKAGE): pyproject.toml $(RUNTIME)
	@$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@
