# Every target sets up what it needs first: a Python >= 3.11 with venv, and make, is all there has to be.

PYTHON := python3
BIN := .venv/bin
READY := .venv/.ready
ARGS :=
SECONDS := 60
PORT := 3000
Q := SHOW TABLES

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run sql dev test test-slow test-ui lint format fuzz chaos bench bench-reading bench-inbox bench-names bench-copies lock clean clean-lake setup bench-crowds

ifneq ($(words $(CURDIR)),1)
$(error Wirehouse cannot live in a folder with a space in its path: "$(CURDIR)". Move it, then run make again)
endif

# A folder that was moved or copied is set up again: its .venv still belongs to the old place.
ifneq ($(shell cat $(READY) 2>/dev/null),$(CURDIR))
.PHONY: $(READY)
endif

export DAGSTER_HOME := $(CURDIR)
export DAGSTER_DISABLE_TELEMETRY := 1
export PYTHONUTF8 := 1
unexport VIRTUAL_ENV CONDA_PREFIX PYTHONHOME PYTHONPATH PYTHONSTARTUP PYTHONOPTIMIZE PYTHONWARNINGS

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

run: $(READY) ## take in everything under raw/ and bring the warehouse up to date (ARGS=...)
	@$(BIN)/wirehouse run $(ARGS)

sql: export WIREHOUSE_QUERY = $(value Q)
sql: $(READY) ## ask the warehouse: make sql Q="SELECT count(*) FROM articles" (ARGS="--format json")
	@$(BIN)/wirehouse sql "$$WIREHOUSE_QUERY" $(ARGS)

dev: $(READY) ## Dagster's pages on 127.0.0.1, port 3000, with schedules and sensors (PORT=3001)
	@$(BIN)/python -W 'ignore:Function `dev_command' -m dagster dev -h 127.0.0.1 -p $(PORT) $(ARGS)

test: lint ## format, lint, types, then the tests but for the slow ones (ARGS="-k name")
	@$(BIN)/pytest -q -n auto --dist loadscope -m "not slow and not ui" $(ARGS)

test-slow: $(READY) ## the slow tests, of many publications in a row: run them, too, before a change is done
	@$(BIN)/pytest -q -n auto --dist loadscope -m slow $(ARGS)

test-ui: $(READY) ## Dagster's pages in a browser: needs chromium (Debian: apt install chromium); fetches playwright once
	@cmp -s tests/ui/requirements.txt $(BIN)/../.ui-ready || { \
		if command -v uv >/dev/null; then uv pip install -q --python $(BIN)/python --require-hashes -r tests/ui/requirements.txt; \
		else $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r tests/ui/requirements.txt; fi \
		&& cp tests/ui/requirements.txt $(BIN)/../.ui-ready; }
	@$(BIN)/pytest -q -m ui tests/ui -p no:randomly $(ARGS)

lint: $(READY) ## format check, ruff and mypy
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

format: $(READY) ## put the code into shape
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

fuzz: $(READY) ## bytes against every reader, for SECONDS=60 (ARGS="--reader html --seed 2")
	@$(BIN)/python -m tests.fuzz.run --seconds $(SECONDS) $(ARGS)

chaos: $(READY) ## a hundred runs killed while readers read and drops come; half an hour (ARGS="--kills 10 --daemon-kills 1")
	@$(BIN)/python -m tests.chaos.run $(ARGS)

bench: $(READY) ## what the whole job costs, stage by stage (ARGS="--count 2000")
	@$(BIN)/python -m benchmarks.job $(ARGS)

bench-reading: $(READY) ## reading text, pages and encodings beside other libraries (ARGS="--day 100000")
	@$(BIN)/python -m benchmarks.reading $(ARGS)

bench-names: $(READY) ## what reading names costs, with the model and by rules (ARGS="--count 2000")
	@$(BIN)/python -m benchmarks.names $(ARGS)

bench-copies: $(READY) ## finding copies beside other libraries: right, quick, small (ARGS="--count 10000 --other")
	@$(BIN)/python -m benchmarks.copies $(ARGS)

bench-crowds: $(READY) ## a million equal, empty, tiny and giant texts through deduplication (ARGS="--count 100000")
	@$(BIN)/python -m benchmarks.crowds $(ARGS)

bench-inbox: $(READY) ## what 100,000 files cost that were seen before (ARGS=--profile)
	@$(BIN)/python -m benchmarks.inbox $(ARGS)

setup: $(READY) ## only the set-up

$(READY): requirements.txt pyproject.toml .ci/setup
	@command -v $(PYTHON) >/dev/null || { echo "set-up: no $(PYTHON) on the PATH. Install Python 3.11 or newer (Debian: apt install python3 python3-venv)" >&2; exit 1; }
	@$(PYTHON) .ci/setup

lock: ## recompile requirements.txt from pyproject.toml (needs uv; newer versions: ARGS=--upgrade)
	@command -v uv >/dev/null || { echo "make lock needs uv on the PATH; nothing else does" >&2; exit 1; }
	uv pip compile pyproject.toml --extra dev --generate-hashes --universal --python-version 3.11 -o requirements.txt $(ARGS)
	uv pip compile tests/ui/requirements.in -c requirements.txt --generate-hashes --universal --python-version 3.11 --no-header --no-annotate -o tests/ui/requirements.txt $(ARGS)

clean: ## remove .venv, caches and run history; keeps raw/ and the warehouse
	rm -rf .venv .dagster .mypy_cache .ruff_cache .pytest_cache .hypothesis benchmarks/out
	find pipelines assets warehouse benchmarks tests -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

clean-lake: ## remove the warehouse's data; the next make run rebuilds it from raw/
	rm -rf warehouse/lake
