# `make` lists what there is to do. PYTHON is any Python 3.11 to 3.13; everything is installed into .venv.
PYTHON ?= python3
PORT ?= 8080
TESTERS ?= 2
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
UV := $(BIN)/uv pip install --quiet --python $(BIN)/python

.DEFAULT_GOAL := help
.PHONY: help setup demo up cluster env test unit integration lint types docs docs-check format benchmarks screenshots fuzz notebook audit withdrawn lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/dev ## everything for development into .venv
	@echo "ready: $(BIN)/copydesk --help, make test"

demo: .venv/run ## three days of three invented publishers through a real Airflow, in minutes
	@$(BIN)/python -m localairflow demo

up: .venv/run ## the Airflow UI on http://127.0.0.1:8080 (PORT=8081 for another) until Ctrl-C
	@$(BIN)/python -m localairflow up --port $(PORT)

cluster: .venv/dev ## what docker-compose.yaml runs, as processes without root: PORT=8081, WORKERS=3
	@$(BIN)/python -m localairflow cluster --port $(PORT) --workers $(or $(WORKERS),2)

env: ## .env with fresh secrets, for docker-compose.yaml; never overwrites one
	@PYTHONPATH=include $(PYTHON) -m localairflow.env

notebook: .venv/notebook ## JupyterLab on include/notebooks, over the demo's lake, or the samples' where there was no demo
	$(if $(wildcard .demo/lake/articles),COPYDESK_LAKE=$(abspath .demo/lake)) $(BIN)/jupyter lab --notebook-dir include/notebooks

test: unit integration ## all tests: the quick ones first, then those that start Airflow

unit: .venv/dev ## the quick tests, in two processes side by side; TESTERS=0 for one
	$(BIN)/pytest -m "not integration" -n $(TESTERS)

integration: .venv/dev ## the tests that start Airflow, two side by side; TESTERS=0 for one
	$(BIN)/pytest -m integration -n $(TESTERS)

lint: .venv/dev ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: .venv/dev ## let ruff put right what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: .venv/dev ## mypy, strict
	$(BIN)/mypy

docs: .venv/dev ## write the reference pages again
	$(BIN)/python -m copydesk.reference

docs-check: .venv/dev ## fail if the reference pages are not what the code says
	$(BIN)/python -m copydesk.reference --check

benchmarks: .venv/peers ## docs/benchmarks.md: DATA=folder of gold sets, MODELS=folder of fold models
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m copydesk.benchmarks --data $(or $(DATA),$(error DATA=folder of gold sets is needed, see docs/benchmarks.md)) $(if $(MODELS),--models $(MODELS))

screenshots: .venv/dev ## the pictures of docs/page.md, from the tests of the Copydesk page; wants a Chromium
	SCREENSHOTS=docs/page $(BIN)/pytest tests/integration/ui

fuzz: .venv/fuzz ## feed every reader and extraction what nobody wrote: MINUTES=10 each, TARGETS=read-warc
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m copydesk.benchmarks.fuzz --minutes $(or $(MINUTES),10) $(TARGETS)

withdrawn: .venv/dev ## fail if PyPI has withdrawn a version that the lock names; needs the network, and no advisory database
	@$(BIN)/uv pip install --dry-run --no-deps --requirement requirements.txt --target $$(mktemp -d) --python $(BIN)/python > .venv/withdrawn 2>&1 \
	  || { cat .venv/withdrawn; exit 1; }
	@! grep 'is yanked' .venv/withdrawn
	@echo "$$(grep -c '^ + ' .venv/withdrawn) versions, none of them withdrawn"

audit: withdrawn ## ask PyPI for known vulnerabilities of what the lock names; needs the network
	$(BIN)/uv tool run pip-audit@2.10.1 --requirement requirements.txt --no-deps --disable-pip --strict $(AUDIT)

lock: .venv/dev ## resolve requirements*.txt from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --extra airflow --extra cluster \
	  --annotation-style line --no-header --quiet -o requirements.txt
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --extra airflow --extra cluster --extra train --extra dev \
	  -c requirements.txt --annotation-style line --no-header --quiet -o requirements-dev.txt

clean: ## remove .venv, the demo's lake, and caches
	rm -rf .venv .demo .airflow .cluster .mypy_cache .pytest_cache .ruff_cache .hypothesis include/*.egg-info

# Demo and tests share one environment: the demo installs what runs, the tests add what checks.
.venv/bin/python:
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; (3, 11) <= v < (3, 14) or sys.exit( \
	  "Copydesk needs Python 3.11, 3.12 or 3.13, and $(PYTHON) is %d.%d; try: make PYTHON=python3.12 $(MAKECMDGOALS)" % v)'
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "no venv module: on Debian and Ubuntu, apt-get install python3-venv"; exit 1; }

# uv takes a tenth of the time that pip takes. It does not read pip's configuration: who has an index there is served by pip, and who cannot have uv.
.venv/bin/uv: | .venv/bin/python
	@$(PIP) --constraint requirements-dev.txt uv || echo "without uv: pip takes some minutes"

.venv/run: requirements.txt pyproject.toml | .venv/bin/uv
	@echo "installing what runs into .venv (a minute or two)"
	@$(UV) --compile-bytecode -r requirements.txt || $(PIP) -r requirements.txt
	@$(PIP) --no-deps --editable .
	@touch $@

.venv/dev: requirements-dev.txt .venv/run
	@echo "installing what checks into .venv"
	@$(UV) --compile-bytecode -r requirements-dev.txt || $(PIP) -r requirements-dev.txt
	@touch $@

# An analyst needs none of what checks; the lock of what checks only keeps versions the same for both.
.venv/notebook: pyproject.toml .venv/run
	@echo "installing JupyterLab into .venv"
	@$(PIP) --constraint requirements-dev.txt --editable ".[notebook]"
	@touch $@

# Only for `make benchmarks`, and in no lock; what the locks name keeps its version.
.venv/peers: pyproject.toml .venv/dev
	@echo "installing what Copydesk is measured against into .venv"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python -c requirements-dev.txt --editable ".[peers]"
	@touch $@

.venv/fuzz: pyproject.toml .venv/dev
	@echo "installing the fuzzer into .venv"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python -c requirements-dev.txt --editable ".[fuzz]"
	@touch $@
