"""Planted faults: the checks that hold the house up are seen to fail where they must."""
from __future__ import annotations

from pathlib import Path

import pytest

import adjoint
from adjoint.emit.versions import VersionError
from adjoint.materialise.plan import Options

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
