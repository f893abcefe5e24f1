# What can be done with Kanalregister from a command line. `make help` lists it.
#
# The environment in .venv is made on the first call and renewed when requirements.lock changes.

ifeq ($(origin PYTHON), undefined)
PYTHON := $(shell for python in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)
endif
START = @test -n "$(PYTHON)" || { echo "Kanalregister needs Python 3.11 or newer, and none was found. Install it \
	and start again, or name it: make run PYTHON=python3.12" >&2; exit 1; }; "$(PYTHON)" resources/setup/start.py
DO = $(START) do

.DEFAULT_GOAL := help
.PHONY: help run demo test check bench endurance messages migration lock clean

help:
	@echo "make run        open the program"
	@echo "make demo       open the demo city"
	@echo "make test       run the tests (ARGS=... for pytest)"
	@echo "make check      format, lint, types, translations"
	@echo "make bench      the benchmarks, as one table"
	@echo "make endurance  the long runs: kills, faults, mutations"
	@echo "make messages   bring the translations in line with the sources"
	@echo "make migration  write the next migration (NAME='Channels know their colour')"
	@echo "make lock       pin the dependencies of pyproject.toml anew (needs uv)"
	@echo "make clean      remove everything that was made"

run:
	$(START) run $(ARGS)

demo:
	$(START) demo $(ARGS)

test:
	$(START) test $(ARGS)

check:
	$(DO) -m ruff format --check .
	$(DO) -m ruff check .
	$(DO) -m mypy
	$(DO) resources/setup/messages.py --check

bench:
	$(DO) -m tests.benchmarks $(ARGS)

endurance:
	$(START) test tests/endurance tests/gui/accessibility tests/journeys/test_canaries.py \
		tests/journeys/test_handover_canaries.py tests/core/exchange/report/test_five_quarters.py \
		tests/core/governance/test_deriving_assets.py --endurance $(ARGS)

messages:
	$(DO) resources/setup/messages.py

migration:
	$(DO) -m resources.setup.migration "$(NAME)"

lock:
	@command -v uv >/dev/null || { echo "Please install uv first: python -m pip install uv" >&2; exit 1; }
	uv pip compile pyproject.toml --group dev --all-extras --universal --generate-hashes \
		--no-header --no-annotate --output-file requirements.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
	find core gui resources tests -name __pycache__ -type d -prune -exec rm -rf {} +
