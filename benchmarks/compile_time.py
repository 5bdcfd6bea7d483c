"""Prints how long the gradient of a 30-line function takes to compile: the median of several runs, in ms.

It is processor time, which other work on the machine does not change: a compile does nothing but compute.
Each run reads the function from a file of its own, so nothing of the run before is found again.  The templates are
read before; reading them is done once per process.
"""
import importlib.util
import statistics
import sys
import tempfile
import time
from pathlib import Path

import adjoint

TARGET = 60.0
RUNS = 15
ARGNUMS = (0, 1, 2, 3, 4, 5)
PROGRAM = Path(__file__).parent / "program.py"


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def compile_once(text, folder, run):
    """Milliseconds of processor time from a function object to its gradient's source and function."""
    path = Path(folder) / f"program_{run}.py"
    path.write_text("\n" * run + text)
    module = load(path)
    args = module.arguments()
    started = time.process_time()
    made = adjoint.grad(module.simulate, argnums=ARGNUMS).specialize(*args)
    seconds = time.process_time() - started
    assert made.source
    return 1e3 * seconds


def main():
    text = PROGRAM.read_text()
    lines = text[text.index("def simulate"):text.index("def arguments")].strip().count("\n") + 1
    with tempfile.TemporaryDirectory() as folder:
        times = [compile_once(text, folder, run) for run in range(RUNS + 1)]
    first, times = times[0], times[1:]
    median = statistics.median(times)
    print(f"compile of a function of {lines} lines: {median:.1f} ms "
          f"(median of {RUNS}; {min(times):.1f} to {max(times):.1f}; the first in a process {first:.1f}); "
          f"target <= {TARGET:.0f} ms: {'met' if median <= TARGET else 'NOT met'}")


if __name__ == "__main__":
    main()
