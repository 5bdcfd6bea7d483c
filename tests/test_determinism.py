"""The same source gives the same bytes: under any hash seed, in any process, in any order of compiling."""
from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

import adjoint
from adjoint.emit import writer
from adjoint.materialise.plan import BASE, Options

from .showcase.gallery import CASES
from .showcase.texts import all_texts, module_anew
from .test_programs import GRADIENTS

ROOT = Path(__file__).parent.parent
SEEDS = ("0", "1", "2", "3", "0")


def hashes(seed: str) -> list[str]:
    """A line for each text of the showcase, made in a process of its own."""
    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    done = subprocess.run([sys.executable, "-m", f"{__package__}.showcase.texts"], cwd=ROOT, env=environment,
                          capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_same_bytes_in_every_process() -> None:
    runs = [hashes(seed) for seed in SEEDS]
    assert len(runs[0]) == len(CASES)
    for seed, run in zip(SEEDS, runs):
        assert run == runs[0], f"PYTHONHASHSEED={seed} changes a text"
    here = [f"{ideal} {hashlib.sha256(text.encode()).hexdigest()}" for ideal, text in all_texts()]
    assert here == runs[0], "a text differs in a process that has compiled other things"


def test_order_of_compiling_does_not_matter() -> None:
    assert dict(all_texts(reversed(CASES))) == dict(all_texts())


def test_no_fallback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every line that is emitted is what astor wrote: the printer of the standard library is never needed."""
    monkeypatch.setattr(writer, "fallbacks", 0)
    assert len(all_texts()) == len(CASES)
    for name in GRADIENTS:
        module = module_anew(f"{__package__}.programs.{name}")
        for plan in (Options(), BASE):
            derivative = adjoint.derivative(module.f, "value_and_grad", module.ARGNUMS, plan=plan)
            for args in module.inputs():
                assert derivative.specialize(*args).source
    assert writer.fallbacks == 0
