"""Planted faults: the checks that hold the house up are seen to fail where they must."""
from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import adjoint
from adjoint.emit.versions import VersionError
from adjoint.materialise.plan import Options

from .checks import assert_close, flatten
from .test_programs import GRADIENTS, load

UNSAFE = Options(cut=False, undo=False, unsafe_reference=True)
PROGRAMS = [name for name in GRADIENTS if Path(name).name[:3] in ("a05", "a06", "a07", "a10", "a11", "a20")]


def is_caught(name: str) -> bool:
    module = load(name)
    try:
        adjoint.derivative(module.f, "grad", module.ARGNUMS, plan=UNSAFE).specialize(*module.inputs()[0])
    except VersionError:
        return True
    return False


@pytest.mark.parametrize("rule", ["a05", "a06", "a07", "a10", "a11", "a20"])
def test_saving_everything_by_reference_is_caught(rule: str) -> None:
    """RULES C2: what is saved by reference and then overwritten must not reach the text."""
    assert any(is_caught(name) for name in PROGRAMS if name.startswith(rule))


def test_growing_in_place_what_is_borrowed_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """RULES O2: `+=` on an array that something else holds changes a gradient, or an argument."""
    class Everything(dict):  # type: ignore[type-arg]
        def get(self, key: object, default: object = None) -> object:
            return Anything()

    class Anything:
        def __contains__(self, item: object) -> bool:
            return True

    monkeypatch.setattr("adjoint.pipeline.owned_values", lambda program, facts: Everything())
    assert any(is_wrong(name) for name in GRADIENTS if name[0] in "uz")


def is_wrong(name: str) -> bool:
    """True where the gradient under the planted fault is not that of the slow plan."""
    module = load(name)
    planted = adjoint.derivative(module.f, "grad", module.ARGNUMS, plan=Options(chain=False))
    planted.__adjoint__.specialisations.clear()
    args = module.inputs()[0]
    for leaf in flatten(args):
        if isinstance(leaf, np.ndarray):
            leaf.flags.writeable = False
    try:
        assert_close(planted.specialize(*args).function(*args),
                     adjoint.derivative(module.f, "grad", module.ARGNUMS, in_place=False)(*module.inputs()[0]))
    except (AssertionError, ValueError):
        return True
    return False
