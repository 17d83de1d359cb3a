# Every target sets itself up: a virtual environment in .venv with the pinned dependencies of pyproject.toml.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
FUZZ_SECONDS ?= 60
N ?= 2000
SEED ?= 1
SAMPLES := samples/kozhevnikovo-504

.PHONY: demo test check lint golden samples bench archive trust fuzz clean

demo: $(READY)
	@$(BIN)/popravka diff $(SAMPLES)/2022-192/source.docx $(SAMPLES)/2023-160/source.docx
	@mkdir -p out
	@$(BIN)/popravka diff $(SAMPLES)/2022-192/source.docx $(SAMPLES)/2023-160/source.docx --format html -o out/changes.html
	@echo
	@echo "Страница для аудитора: $(CURDIR)/out/changes.html"

test: $(READY)
	@tests/programs.sh
	$(BIN)/python -m pytest

check: lint test

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

golden: $(READY)
	$(BIN)/python -m tests.golden

samples: $(READY)
	$(BIN)/python samples/build.py

bench: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	$(BIN)/python -m tests.bench.bench

archive: $(READY)
	$(BIN)/python -m tests.archive out/archive $(N) $(SEED)
	@echo "Построенный архив: $(CURDIR)/out/archive"

trust: $(READY)
	$(BIN)/python -m tests.bench.injection

fuzz: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[fuzz]'
	$(BIN)/python -m tests.fuzz $(FUZZ_SECONDS)

clean:
	rm -rf .venv out build *.egg-info

$(READY): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "popravka needs Python 3.11 or newer")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@
