# make app    everything the app needs, then the app itself, in the browser
# make test   everything the tests need, then formatting, lint, types and all tests

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet

# What is compiled is kept, whatever the environment says: else each process would compile everything anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: app test format clean

app: $(VENV)/.app
	$(BIN)/vsaviz app

test: $(VENV)/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	PYTHON=$(BIN)/python sh tools/chromium.sh
	$(BIN)/python -m pytest -n 3 --dist worksteal

format: $(VENV)/.test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) build dist *.egg-info

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "vsaviz needs Python 3.11 or newer: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.app: $(VENV)/.python pyproject.toml constraints.txt
	$(PIP) install --no-compile --constraint constraints.txt --editable '.[app,umap]'
	@touch $@

$(VENV)/.test: $(VENV)/.python pyproject.toml constraints.txt
	$(PIP) install --no-compile --constraint constraints.txt --editable '.[app,collection,distributed,stream,umap,test]'
	@touch $@ $(VENV)/.app
