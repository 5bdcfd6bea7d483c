# Everything runs in .venv, which the first target that needs it makes from any Python >= 3.11.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)
VENV ?= .venv
RUN := $(VENV)/bin/python

# Small matrices: threads of the linear algebra only get in each other's way.
export OPENBLAS_NUM_THREADS := 1
export OMP_NUM_THREADS := 1
export MKL_NUM_THREADS := 1

.PHONY: demo test fuzz fuzz-faults check generated bench clean

demo: $(VENV)/.examples ## train a network on handwritten digits
	$(RUN) examples/digits.py

test: $(VENV)/.test ## all tests
	$(RUN) -m pytest -q -n 2

N ?= 1000
SEED ?= 0
fuzz: $(VENV)/.test ## random programs: make fuzz N=1000 SEED=0
	$(RUN) -m tests.fuzz --count $(N) --seed $(SEED)

fuzz-faults: $(VENV)/.test ## five faults planted in the compiler: programs that notice each
	$(RUN) -m tests.fuzz.faults

check: $(VENV)/.dev ## lint and types
	$(RUN) -m ruff check .
	$(RUN) -m mypy

generated: $(VENV)/.examples ## write generated/ and the README's example again
	$(RUN) examples/generate.py

bench: $(VENV)/.examples ## time to compile, cost of a call
	$(RUN) benchmarks/compile_time.py
	$(RUN) benchmarks/call_overhead.py

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .mypy_cache dist build

$(RUN):
	@test -n "$(PYTHON)" || { echo "adjoint needs Python 3.11 or later; set PYTHON=/path/to/it" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.examples: pyproject.toml | $(RUN)
	$(RUN) -m pip install --quiet --editable '.[examples]'
	@touch $@

$(VENV)/.test: pyproject.toml | $(RUN)
	$(RUN) -m pip install --quiet --editable '.[test,examples]'
	@touch $@

$(VENV)/.dev: pyproject.toml | $(RUN)
	$(RUN) -m pip install --quiet --editable '.[dev]'
	@touch $@
