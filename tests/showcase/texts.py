"""Compiles the showcase anew; `python -m tests.showcase.texts` prints a hash of each text."""
from __future__ import annotations

import hashlib
import importlib.util
import sys
import types
from collections.abc import Iterable

import adjoint

from .gallery import CASES, Case


def module_anew(name: str) -> types.ModuleType:
    """A module loaded again, and not registered: nothing is compiled for its functions yet."""
    spec = importlib.util.find_spec(name)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def anew(case: Case) -> types.FunctionType:
    """The user's function, not compiled yet."""
    return getattr(module_anew(f"{__package__}.{case.program}"), case.name)


def text_of(case: Case) -> str:
    """What the compiler writes for the first input."""
    f = anew(case)
    if case.mode == "grad_grad":
        return adjoint.grad(adjoint.grad(f)).specialize(*case.fresh(0)).source
    return adjoint.grad(f, argnums=case.wrt, backend=case.backend).specialize(*case.fresh(0)).source


def all_texts(cases: Iterable[Case] = CASES) -> list[tuple[str, str]]:
    """(ideal, text) for each case; where there is no CuPy, an empty module has its name meanwhile."""
    absent = "cupy" not in sys.modules and importlib.util.find_spec("cupy") is None
    if absent:
        sys.modules["cupy"] = types.ModuleType("cupy")
    try:
        return [(case.ideal, text_of(case)) for case in cases]
    finally:
        if absent:
            del sys.modules["cupy"]


if __name__ == "__main__":
    for ideal, text in all_texts():
        print(ideal, hashlib.sha256(text.encode()).hexdigest())
