"""The examples run, say what they find, and draw it."""
from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# What each is asked, a line that it must print, the picture that it draws.
RUNS = {
    "tanh": (["--points", "41"], "derivative 4: largest", "tanh.png"),
    "linear_regression": (["--epochs", "20"], "least squares would reach", "linear_regression.png"),
    "breast_cancer": (["--steps", "100"], "step  100", "breast_cancer.png"),
    "newton": ([], "exactly 0.209986842", None),
    "own_exp": ([], "exp(-a", None),
    "rules": ([], "y_bar -= z_bar z / y", "rules.png")}
EXTRA = all(importlib.util.find_spec(module) for module in ("sklearn", "matplotlib"))


@pytest.mark.skipif(not EXTRA, reason="needs the extra `examples`")
@pytest.mark.parametrize("name", RUNS)
def test_example(name, tmp_path):
    options, line, drawn = RUNS[name]
    for file in (name, "common"):
        shutil.copy(ROOT / "examples" / f"{file}.py", tmp_path)
    done = subprocess.run([sys.executable, tmp_path / f"{name}.py", *options], capture_output=True, text=True,
                          cwd=ROOT, timeout=300, env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"})
    assert done.returncode == 0, done.stderr
    assert line in done.stdout
    if drawn:
        assert (tmp_path / "out" / drawn).read_bytes().startswith(b"\x89PNG")
