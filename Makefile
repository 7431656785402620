PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

.PHONY: demo test lint interop clean

demo: $(INSTALLED)  ## capture the demo's story and its copies, and sum them up
	$(BIN)/wirecopy demo

test: $(INSTALLED)  ## every test
	$(BIN)/python -m pytest $(PYTEST_ARGS)

lint: $(INSTALLED)  ## rules, types, and who imports whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

$(INSTALLED): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "wirecopy needs Python 3.11 or newer; say which: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test,lint]'
	touch $@

clean:  ## the environments, never the archives
	rm -rf $(VENV) .venv-*
