# The commands of ResetWatch. `make run` and `make test` need Python 3.11 or later with venv, nothing else.

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$python >/dev/null && $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' && echo $$python && break; \
	done)
IN_VENV = .venv/bin/python

.PHONY: run stop test check bench clean venv venv-dev

run: venv
	@exec $(IN_VENV) -m resetwatch.services run

stop: venv
	@exec $(IN_VENV) -m resetwatch.services stop

# ARGS goes to pytest: make test ARGS="tests/web -k search"
test: venv-dev
	@exec $(IN_VENV) -m resetwatch.services test $(ARGS)

check: venv-dev
	@exec $(IN_VENV) -m resetwatch.checks

bench: venv
	@exec $(IN_VENV) -m resetwatch.services bench $(ARGS)

# Removes what was installed and all data under var/.
clean:
	@if [ -x $(IN_VENV) ]; then $(IN_VENV) -m resetwatch.services clean; fi
	@rm -rf .venv .venv.lock .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

venv:
	@$(or $(PYTHON),$(error ResetWatch needs Python 3.11 or later; set PYTHON to one)) resetwatch/services/environment.py requirements.txt

venv-dev:
	@$(or $(PYTHON),$(error ResetWatch needs Python 3.11 or later; set PYTHON to one)) resetwatch/services/environment.py requirements-dev.txt
