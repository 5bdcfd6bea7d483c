"""generated/ and the README are what the compiler writes now, and the files run without the compiler."""
from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = sorted(path.stem for path in (ROOT / "examples").glob("*.py") if "\nEXAMPLE = " in path.read_text())
# Programs whose module itself imports `adjoint`: what is generated imports it in turn.
IMPORTING = ("own_exp",)

# Runs a generated file where `adjoint` cannot be imported, and compares a directional derivative.
ALONE = """
import importlib.util, sys
sys.modules["adjoint"] = None
import numpy as np
name, examples, file = sys.argv[1:]
sys.path.insert(0, examples)
example = __import__(name)
spec = importlib.util.spec_from_file_location("emitted", file)
emitted = importlib.util.module_from_spec(spec)
spec.loader.exec_module(emitted)
function, argnums = example.EXAMPLE
gradient = getattr(emitted, function + "_grad")
wrt = argnums if isinstance(argnums, tuple) else (argnums,)
rng = np.random.default_rng(0)

def combine(f, *trees):
    if isinstance(trees[0], (tuple, list)):
        return type(trees[0])([combine(f, *items) for items in zip(*trees, strict=True)])
    return f(*trees)

def total(tree):
    return sum(map(total, tree)) if isinstance(tree, (tuple, list)) else float(np.sum(tree))

def primal(scale):
    args = list(example.example_args())
    for k in wrt:
        args[k] = combine(lambda x, d: x + scale * d, args[k], direction[k])
    return getattr(example, function)(*args)

args = example.example_args()
draw = lambda x: rng.standard_normal(np.shape(x)) if np.ndim(x) else rng.standard_normal()
direction = {k: combine(draw, args[k]) for k in wrt}
found = gradient(*args)
found = found if isinstance(argnums, tuple) else (found,)
for k, bar in zip(wrt, found, strict=True):
    combine(lambda x, b: np.shape(x) == np.shape(b) or sys.exit(f"shape {np.shape(b)} for {np.shape(x)}"), args[k], bar)
slope = sum(total(combine(lambda b, d: b * d, bar, direction[k])) for k, bar in zip(wrt, found))
# Central differences at two steps, extrapolated.
wide, narrow = ((primal(h) - primal(-h)) / (2.0 * h) for h in (2e-4, 1e-4))
want = (4.0 * narrow - wide) / 3.0
if not abs(slope - want) <= 1e-7 * (1.0 + abs(want)):
    sys.exit(f"the gradient gives {slope!r}, differences {want!r}")
"""


def run(*command):
    done = subprocess.run([sys.executable, *map(str, command)], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """A folder with generated/ and README.md as they are written now."""
    root = tmp_path_factory.mktemp("fresh")
    (root / "README.md").write_text((ROOT / "README.md").read_text())
    run(ROOT / "examples" / "generate.py", root)
    return root


def test_every_example_is_generated():
    examples = {path.stem for path in (ROOT / "examples").glob("*.py")} - {"generate", "common"}
    assert set(PROGRAMS) == examples
    for backend in ("numpy", "cupy"):
        assert set(PROGRAMS) <= {path.stem for path in (ROOT / "generated" / backend).glob("*.py")}


def test_generated_is_fresh(fresh):
    def texts(root):
        files = [path for path in (root / "generated").rglob("*") if path.suffix in (".py", ".md")]
        return {str(path.relative_to(root)): path.read_bytes() for path in files}
    got, want = texts(ROOT), texts(fresh)
    assert set(got) == set(want)
    stale = [name for name in want if got[name] != want[name]]
    assert not stale, "run `make generated`"


def test_readme_is_fresh(fresh):
    text = (ROOT / "README.md").read_text()
    assert text == (fresh / "README.md").read_text(), "run `make generated`"
    assert text.count("```python\ndef ") == 2


def test_metrics_name_every_program():
    table = (ROOT / "generated" / "METRICS.md").read_text()
    rows = re.findall(r"^\| (\w+) \| (\d+) \| (\d+) \| (\d+) \| (\d+)", table, re.MULTILINE)
    assert [row[0] for row in rows] == PROGRAMS
    assert all(int(row[3]) == 0 for row in rows), "a helper call in an example"


@pytest.mark.parametrize("name", [name for name in PROGRAMS if name not in IMPORTING])
def test_runs_without_the_compiler(name):
    run("-c", ALONE, name, ROOT / "examples", ROOT / "generated" / "numpy" / f"{name}.py")
