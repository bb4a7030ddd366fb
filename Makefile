# Set up, run, test. Needs nothing but Python 3.11 and make.
PYTHON ?= python3.11
BIN := .venv/bin

.PHONY: run demo test check lint docs lock bench-text bench-read bench-facts bench-site bench-crawl accuracy relevance weights clean

## make run: one daily cycle with the default settings; some sources failing (exit code 3) counts as done
run: .venv/runtime
	@$(BIN)/dailies run || [ $$? -eq 3 ]

## make demo: the same cycle against the bundled sample web on loopback; no network
demo: .venv/runtime
	@$(BIN)/dailies demo

## make test: the fast tests, with lint and types
test: .venv/dev lint
	@$(BIN)/pytest -n 2 -m "not check"

## make check: kills, scale, browsers
check: .venv/dev
	@$(BIN)/pytest -m check

lint: .venv/dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

## make bench-text: main text and metadata against trafilatura on ../shared/corpus/pages: F1 and CPU
##   needs ../shared, the folder of labelled pages and articles, which is no part of this repository
bench-text: .venv/dev
	@$(BIN)/python -m tests.bench_text

## make bench-facts: a day's claims, one more claim, memory, the company table, reports and bulk writes, both databases
bench-facts: .venv/dev
	@$(BIN)/python -m tests.bench_facts --sizes $(or $(SIZES),10000,100000)

## make bench-site: what a day's rebuild of the site costs, in CPU and bytes, from a small database to a large one;
## a million claims take half an hour to load and to build: make bench-site SIZES=10000,1000000
bench-site: .venv/dev
	@$(BIN)/python -m tests.bench_site --sizes $(or $(SIZES),10000,100000)

## make bench-crawl: pages a second from a fast local site, into the archive and to claims, against bare Scrapy
bench-crawl: .venv/dev
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m tests.bench_crawl

## make docs: write the documentation that is made from the code: docs/data-dictionary.md
docs: .venv/dev
	@$(BIN)/python -m db.schema.data_dictionary > docs/data-dictionary.md

## make accuracy: docs/accuracy.md from the labelled sets in ../shared/eval
##   needs ../shared, as bench-text does
accuracy: .venv/dev
	@$(BIN)/python -m tests.accuracy

## make relevance: weights for pipeline/lexicon/relevance.yml from the labelled texts, and what they miss and let in
relevance: .venv/dev
	@$(BIN)/python -m tests.fit_relevance

## make weights: which names are companies, and what Chinese sums are, learned from the labelled articles:
##   pipeline/learned/*.tsv
weights: .venv/dev
	@$(BIN)/python -m tests.fit_english_names
	@$(BIN)/python -m tests.fit_chinese_names
	@$(BIN)/python -m tests.fit_sums

## make bench-read: claims from text: articles a second, cost as a text grows, CPU against trafilatura on two sets of pages
bench-read: .venv/dev
	@$(BIN)/python -m tests.bench_read

## make lock: pin every dependency again (plain names and versions, no addresses)
lock: .venv/dev
	@$(BIN)/uv pip compile -q --universal --upgrade --no-emit-index-url --no-emit-find-links --no-annotate --no-header pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile -q --universal --upgrade --no-emit-index-url --no-emit-find-links --no-annotate --no-header --all-extras -c requirements.lock pyproject.toml -o requirements-dev.lock

.venv/bin/python:
	@$(PYTHON) -m venv .venv

.venv/runtime: requirements.lock pyproject.toml | .venv/bin/python
	@echo "Setting up .venv from requirements.lock (once; about a minute) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

.venv/dev: requirements-dev.lock .venv/runtime
	@echo "Adding the development tools from requirements-dev.lock (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	@touch $@

clean:
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache
