SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
COMPILE := $(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --python-version 3.11 --custom-compile-command "make lock"

# Each promise has a process and a database of its own, and each file of those that change what a process is:
# what one test writes or sets, no other counts. Two run at a time. Those who use the kept realm of the real Keycloak
# take turns (tests/keycloak_running.py): they stand far apart, so that they seldom wait.
ALONE := tests/login/% tests/operations/%
TESTS := $(wildcard tests/*/test_*.py tests/*/*/test_*.py)
EACH := $(sort $(dir $(filter-out $(ALONE),$(TESTS))) $(filter $(ALONE),$(TESTS)))
LAST := tests/login/test_realm.py tests/login/test_real_sign_in.py
PROMISES := tests/journeys/ $(filter-out tests/journeys/ $(LAST),$(EACH)) $(LAST)

.PHONY: help env guard assets up demo status down check fix figures bench chart lock

help: ## lists what make can do
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

guard: ## refuses an __init__.py that would shadow platform or graphql-core
	@if find platform tenants graphql identity -maxdepth 1 -name __init__.py | grep .; then echo "delete it: it shadows platform or graphql-core"; exit 1; fi

env: .venv/ready ## the Python environment, exactly as locked

.venv/ready: infra/lock/bootstrap.txt infra/lock/dev.txt pyproject.toml
	@echo "environment: installing what infra/lock/dev.txt names"
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed" if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --require-hashes -r infra/lock/bootstrap.txt
	$(BIN)/uv pip sync -q --python $(BIN)/python --require-hashes infra/lock/dev.txt
	$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	touch $@

assets: env ## CSS and JavaScript of the pages, from the locked packages
	@$(BIN)/python infra/local/assets.py

up: guard env ## starts the whole platform and prints where it is
	@$(BIN)/python infra/local up

demo: env ## invented people and five years of cases into the running stack
	@$(BIN)/hlt demo accounts
	$(BIN)/hlt demo region

status: env ## what runs, where, and how much memory it takes
	@$(BIN)/python infra/local status

down: env ## stops everything; data stays
	@$(BIN)/python infra/local down

check: guard assets ## everything that must hold before a change lands
	@stage() { local start=$$SECONDS; echo "── $$1"; shift; "$$@"; echo "   $$((SECONDS - start)) s"; }
	stage "style" $(BIN)/ruff check .
	stage "format" $(BIN)/ruff format --check -q .
	stage "types" $(BIN)/mypy
	stage "imports" $(BIN)/lint-imports --no-cache
	$(MAKE) --silent --jobs=2 --keep-going --output-sync=target $(PROMISES)

.PHONY: $(PROMISES)
$(PROMISES): | env
	@start=$$SECONDS
	echo "── $@"
	$(BIN)/python -m pytest -q "$@"
	echo "   $$((SECONDS - start)) s"

fix: env ## formats, sorts imports, writes generated pages
	@$(BIN)/ruff check -q --fix .
	$(BIN)/ruff format -q .
	$(BIN)/python infra/chart/chart.py table
	$(BIN)/hlt handbook

figures: env ## prints how long our files and functions are, beside those of other projects
	@$(BIN)/python infra/bench/figures.py

bench: env ## measures what the borders cost, as ratios in one run
	@$(BIN)/python -W ignore infra/bench/bench.py
	$(BIN)/python infra/bench/release.py

chart: env ## prints what the chart renders to, with every part by its operator
	@$(BIN)/python infra/chart/chart.py render

lock: env ## resolves the hash locks anew
	@$(COMPILE) pyproject.toml --group dev --extra disclosure -o infra/lock/dev.txt
	$(COMPILE) pyproject.toml --extra disclosure --constraint infra/lock/dev.txt -o infra/lock/run.txt
