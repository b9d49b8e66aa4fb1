# Everything that is done with Vouch, one line each. Needs Python 3.11 or newer and make, nothing else.
# Another Python: make demo PYTHON=python3.13. Another data home: make demo VOUCH_HOME=/somewhere/else.

PYTHON ?= python3
VOUCH_HOME ?= var
export VOUCH_HOME

BIN := .venv/bin
ENV := .venv/.installed
STARTER := $(VOUCH_HOME)/.starter
QUESTION ?= What is the process of spinal hematoma (spinal epidural hematoma) resorption?

.DEFAULT_GOAL := help
.PHONY: help env demo test serve check fix bench

help:  ## what there is to make
	@sed -n 's/^\([a-z]*\):.*## /  make \1: /p' $(MAKEFILE_LIST)

env: $(ENV)  ## the environment in .venv

demo: $(STARTER)  ## environment, model, starter library, then the cited answer to the question it all began with
	@$(BIN)/vouch ask "$(QUESTION)"

test: $(ENV)  ## environment, then the whole test suite, as CI runs it
	@$(BIN)/python -m pytest

serve: $(STARTER)  ## the API and the web page over the starter library
	@$(BIN)/vouch serve

check: $(ENV)  ## format, lint, types and tests: run it before every commit
	@$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy && $(BIN)/python -m pytest

fix: $(ENV)  ## mend what the formatter and the linter can mend
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

bench: $(STARTER)  ## how long a cold answer takes
	@$(BIN)/python -m tests.bench "$(QUESTION)"

# torch comes first and alone, so that its own index is asked for it only: where that index can't be
# reached, pip would retry it for each of a hundred packages.
$(ENV): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and f"Vouch needs Python 3.11 or newer, {sys.executable} is {sys.version.split()[0]}; name another with: make PYTHON=python3.13")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@grep -e '^--extra-index-url' -e '^torch==' requirements.txt | $(BIN)/python -m pip install --quiet --no-deps -r /dev/stdin
	@grep -v '^--extra-index-url' requirements.txt | $(BIN)/python -m pip install --quiet -r /dev/stdin
	@touch $@

$(STARTER): $(ENV) $(shell find corpus/starter -name '*.md' 2>/dev/null | sed 's/ /\\ /g')
	@$(BIN)/vouch index corpus/starter --recursive
	@touch $@
