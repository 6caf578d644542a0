# Each target sets up .venv by itself when it is missing or older than the lock or the project file.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BENCH_VENV := .venv-bench
STAMP := $(VENV)/.stamp

.PHONY: help venv run test soak fuzz lint types bench formats growth golden calls pictures lock

help:
	@echo "make run    convert samples/ into output/"
	@echo "make test   run all tests, with coverage"
	@echo "make soak   run the long tests of crashes, full disks, many files and slow patterns"
	@echo "make fuzz   fuzz every reader and stage for a minute each"
	@echo "make lint   check style and layering"
	@echo "make types  check types"
	@echo "make bench  measure speed against the usual calls and other tools, in a venv of its own"
	@echo "make formats save the samples in every format, scans too, and compare what is read with their gold"
	@echo "make growth measure time and memory up to 10 million characters"
	@echo "make golden rewrite the expected tables of the samples after a change that is right"
	@echo "make pictures draw the pictures of docs/ anew (needs chromium)"
	@echo "make calls  record how many calls a document takes, after a change that is worth more"
	@echo "make lock   renew the locks after a change of dependencies"

venv: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	@echo "Setting up $(VENV): once, a few minutes, about 2 GB of disk."
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

run: venv
	@echo "taizhang run: samples/ and samples/followup/ into output/"
	@$(BIN)/taizhang run $(wildcard samples/s[0-9]*.*) $(wildcard samples/followup/f[0-9]*.*) -o output
	@echo "Look at output/ledger.csv first, then output/targets.csv; docs/tables.md says what each column means. .venv/bin/taizhang review output --open shows them beside the texts."

test: venv
	$(BIN)/python -m pytest -n auto --cov --cov-report=term

soak: venv
	TAIZHANG_SOAK=1 $(BIN)/python -m pytest -n 0 -s tests/test_soak.py tests/test_slow_texts.py tests/test_cluster.py tests/test_damage.py

fuzz: venv
	@for target in read_txt read_md read_html read_pdf read_ofd read_docx read_xlsx read_xls read_csv repair outline values whole; do \
		mkdir -p .fuzz/$$target && $(BIN)/python -m tests.fuzz.run $$target .fuzz/$$target -max_total_time=60 -artifact_prefix=.fuzz/$$target- || exit 1; done

lint: venv
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: venv
	$(BIN)/mypy

bench: $(BENCH_VENV)/.stamp
	$(BENCH_VENV)/bin/python -m tests.bench

# What is only measured against is installed beside, so that the usual set-up does without it.
$(BENCH_VENV)/.stamp: requirements-bench.lock pyproject.toml
	$(PYTHON) -m venv $(BENCH_VENV)
	$(BENCH_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-bench.lock
	@touch $@

golden: venv
	$(BIN)/python -m tests.goldens

pictures: venv
	$(BIN)/python -m tests.picture
	$(BIN)/python -m tests.screenshots

calls: venv
	$(BIN)/python -m tests.calls --write

formats: venv
	$(BIN)/python -m tests.by_format

growth: venv
	$(BIN)/python -m tests.growth

lock: venv
	$(BIN)/python -m piptools compile --quiet --strip-extras --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
		--extra dev --extra ocr --extra parquet --extra ray --output-file requirements.lock pyproject.toml
	$(BIN)/python -m piptools compile --quiet --strip-extras --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
		--extra bench --output-file requirements-bench.lock pyproject.toml
