# make demo | test | check | fuzz | foresight | bench: everything that they need is installed by themselves.
# The tests with a real blob service (Azurite) need npm, that with an old official client PyPI; they
# say so where they are skipped.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
AZURITE := .azurite/node_modules/azurite/package.json
CLIENT := .clients/requirements.txt

.PHONY: demo test check fuzz foresight format bench clean

$(STAMP): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@

$(AZURITE): tests/storage/package.json
	mkdir -p .azurite
	cp tests/storage/package.json .azurite/
	npm install --prefix .azurite --no-package-lock --no-audit --no-fund --silent || echo "no Azurite: its tests are skipped"

$(CLIENT): tests/clients/requirements.txt | $(STAMP)
	rm -rf .clients
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --target .clients -r tests/clients/requirements.txt && cp tests/clients/requirements.txt $@ || echo "no old client: its test is skipped"

demo: $(STAMP)
	$(BIN)/python tools/demo.py

test: $(STAMP) $(AZURITE) $(CLIENT)
	$(BIN)/python -m pytest

check: $(STAMP) $(AZURITE) $(CLIENT)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/vulture
	$(BIN)/python -m pytest

fuzz: export RECONCILER_FUZZ_EXAMPLES = 10000
fuzz: export RECONCILER_LAW_EXAMPLES = 500
fuzz: export RECONCILER_STATE_EXAMPLES = 2000
fuzz: export RECONCILER_REPLY_EXAMPLES = 2000
fuzz: $(STAMP)
	$(BIN)/python -m pytest tests/manifests/test_fuzz.py tests/faults/test_any.py \
		tests/faults/test_malformed_replies.py tests/faults/test_damaged_state.py \
		tests/faults/test_forged_state.py tests/planning/test_malformed.py \
		tests/laws/test_azure.py tests/laws/test_meaning.py

foresight: $(STAMP)
	$(BIN)/python -m tools.foresight

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(STAMP)
	$(BIN)/python -m bench

clean:
	rm -rf $(VENV) .azurite .clients .demo .mypy_cache .ruff_cache .pytest_cache .hypothesis
