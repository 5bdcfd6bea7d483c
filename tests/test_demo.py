"""The main job: a network trained on handwritten digits with the emitted gradient."""
from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def installed(*modules):
    return all(importlib.util.find_spec(module) for module in modules)


@pytest.mark.skipif(not installed("sklearn", "matplotlib"), reason="needs the extra `examples`")
def test_demo(tmp_path):
    script = tmp_path / "digits.py"
    script.write_text((ROOT / "examples" / "digits.py").read_text())
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, cwd=ROOT, timeout=300)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.split("\n")
    epochs = [line for line in lines if line.startswith("epoch ")]
    assert len(epochs) >= 10
    assert float(epochs[-1].split()[-1].rstrip("%")) >= 95.0
    assert "for W, b in reversed(params):" in done.stdout
    assert (tmp_path / "out" / "digits.png").read_bytes().startswith(b"\x89PNG")
