# `make help` lists the targets. Needs make, git and Python 3.11 to 3.13, nothing else.
PYTHON ?= python3
BOARDS ?= sample
# Sample, live and recorded postings never share a folder.
DATA   ?= $(if $(filter sample,$(BOARDS)),data,$(if $(filter live,$(BOARDS)),data-live,data-recorded))
BIN    := .venv/bin

# Keep our byte code, as pip keeps the libraries': otherwise each of many processes compiles it again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test test-slow lint format new-board airflow env docs bench lock clean

help:
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

run: .venv/.runtime ## run the whole pipeline; BOARDS=sample (default), live, or a folder of recorded responses; DATA=… for another home
	@$(BIN)/jobmarket run --boards "$(BOARDS)" --home "$(DATA)"

test: .venv/.dev ## run every check and test, except the slow ones (make test-slow)
	@$(BIN)/python -m pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder -m "not slow" $(ARGS)

test-slow: .venv/.dev ## run the slow tests: stages that are killed, two runs at once, a restored disk
	@$(BIN)/python -m pytest -m slow $(ARGS)

lint: .venv/.dev ## run ruff, mypy, sqlfluff, the import contracts and the other conventions
	@$(BIN)/python -m pytest -q tests/conventions $(ARGS)

format: .venv/.dev ## format Python and SQL
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix . && $(BIN)/sqlfluff fix --quiet dbt_project/models jobmarket/publishing/questions

new-board: .venv/.dev ## write spider, recordings and failing test of a new board system: NAME=…
	@$(BIN)/python -m scrapers.new_board "$(NAME)"

airflow: .venv/.runtime env ## start Airflow on 127.0.0.1:8080 with the DAGs, pools and connections ready
	@set -a && . ./.env && set +a && export PATH="$(CURDIR)/$(BIN):$$PATH" \
	  && airflow db migrate && airflow pools import dags/pools.json && exec airflow standalone

env: .venv/.runtime ## write .env with generated secrets, or add what an existing one lacks
	@$(BIN)/python -m jobmarket.environment .env

docs: .venv/.dev ## build data dictionary, cookbook answers, site and dbt docs; PICTURES=1: also the README's pictures (needs Chromium)
	@$(BIN)/python -m jobmarket.publishing.dictionary docs/data_dictionary.md
	@$(BIN)/python -m jobmarket.publishing.cookbook docs/cookbook.md "$(DATA)/published/jobmarket.duckdb"
	@$(if $(PICTURES),$(BIN)/python -m docs.pictures "$(DATA)")
	@$(BIN)/mkdocs build --quiet --strict
	@JOBMARKET_HOME="$(DATA)" $(BIN)/dbt docs generate --project-dir dbt_project

bench: .venv/.bench ## measure the figures in benchmarks/speed.md
	@$(BIN)/python -m benchmarks $(ARGS)
	@$(BIN)/python -m benchmarks.extraction
	@$(BIN)/python -m benchmarks.parsing

lock: .venv/.dev ## resolve the dependencies again and write the lock files
	@$(BIN)/uv pip compile -q --universal --generate-hashes --extra postgres --extra alerts --extra lineage --group build pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile -q --universal --generate-hashes --extra postgres --extra alerts --extra lineage --group build --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	@$(BIN)/uv pip compile -q --universal --generate-hashes --group bench -c requirements-dev.lock -o requirements-bench.lock

clean: ## remove what was installed and built, but no data
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis dbt_project/target dbt_project/logs site *.egg-info

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info < (3, 14) else f"Python 3.11 to 3.13 is needed, this is {sys.version.split()[0]}; set PYTHON=…")'
	@$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/.runtime: requirements.lock pyproject.toml | .venv/bin/python
	@echo "Installing the locked dependencies into .venv, which takes a minute or two …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.runtime
	@echo "Installing the development tools into .venv …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

# Extractors that the benchmark compares ours with; nothing else needs them.
.venv/.bench: requirements-bench.lock .venv/.dev
	@echo "Installing the extractors to compare with into .venv …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-bench.lock
	@touch $@
