# Everything that is done with Vouch, one line each. Needs Python 3.11 or newer and make, nothing else.
# Another Python: make demo PYTHON=python3.13. Another data home: make demo VOUCH_HOME=/somewhere/else.

PYTHON ?= python3
VOUCH_HOME ?= var
QUESTION ?= What is the process of spinal hematoma (spinal epidural hematoma) resorption?

BIN := .venv/bin
ENV := .venv/.installed
STARTER := $(VOUCH_HOME)/.starter
VOUCH := VOUCH_HOME=$(VOUCH_HOME) $(BIN)/vouch

.DEFAULT_GOAL := help
.PHONY: help env demo serve test check fix bench examples faults

help:  ## what there is to make
	@sed -n 's/^\([a-z]*\):.*## /  make \1: /p' Makefile

env: $(ENV)  ## the environment, in .venv

demo: $(STARTER)  ## environment, model, starter library, then the cited answer to the question this project began with
	@$(VOUCH) ask "$(QUESTION)"

serve: $(STARTER)  ## the API and the pages on http://127.0.0.1:8000, over the same library
	@$(VOUCH) serve

test: $(ENV)  ## environment, then the whole test suite, as CI runs it
	@$(BIN)/python -m pytest

check: $(ENV)  ## format, lint, types and tests; before every commit
	@$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy && $(BIN)/python -m pytest

fix: $(ENV)  ## mend what the formatter and the linter can mend
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

bench: $(STARTER)  ## how long commands take, from process start to last byte
	@VOUCH_HOME=$(VOUCH_HOME) $(BIN)/python tests/startup_bench.py

examples: $(STARTER)  ## the example articles in docs/examples, written anew from the starter library
	@VOUCH_HOME=$(VOUCH_HOME) PYTHONPATH=. $(BIN)/python docs/examples/write.py

faults: $(ENV)  ## the whole campaign of faults, which takes hours: every durable step, 1,000 kills, 10,000 damaged files
	@$(BIN)/python tests/faults/campaign.py

# torch comes first and alone, so that only it is looked for in its own index: where that index can't
# be reached, pip would try again and again for each of a hundred packages.
$(ENV): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Vouch needs Python 3.11 or newer, and %s is %s; name another with: make PYTHON=python3.13" % (sys.executable, sys.version.split()[0]))'
	@echo "making the environment in .venv; the first time takes some minutes" >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@grep -e '^--extra-index-url' -e '^torch==' requirements.txt | $(BIN)/python -m pip install --quiet --no-deps -r /dev/stdin
	@grep -v '^--extra-index-url' requirements.txt | $(BIN)/python -m pip install --quiet -r /dev/stdin
	@touch $@

$(STARTER): $(ENV) $(shell find corpus/starter -name '*.md' 2>/dev/null)
	@$(VOUCH) index --starter
	@touch $@
