"""The CuPy code of the programs in `programs/` on the fake device: the gradient of NumPy, or an open refusal.

An element of a device array is a view and a reduction a 0-d array that `+=` changes: what is right
with NumPy's immutable scalars may be silently wrong there.
"""
from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import adjoint
from adjoint.errors import UnsupportedError

from .checks import flatten
from .fake_device import DeviceError, install, to_device, to_host
from .test_programs import GRADIENTS, load

# Programs that ask for a number while they run, use NumPy's own arrays or scalars, or do not stand alone.
HOST = {"a32_exceptions": "float()", "k30_try_that_gives_nothing": "float()", "k31_try_of_expressions": "float()",
        "k38_handlers_that_leave": "float()", "u07_global_constants": "mixing",
        "a49_types_of_constants": "NumPy dispatch", "b04_numpy_scalars": "NumPy dispatch"}
INCOMPLETE = {"u09_closure": "the emitted text reads a closure's cell"}
WAITS = ("bool()", "use as an index")
# Not right yet: the emitted text lacks the defaults of the function's parameters.
KNOWN: set[str] = set()


def marked(name: str) -> Any:
    return pytest.param(name, marks=pytest.mark.xfail(strict=True)) if name in KNOWN else name


def run_on_device(source: str, args: tuple[Any, ...]) -> Any:
    space: dict[str, Any] = {}
    exec(compile(source, "<emitted>", "exec"), space)
    function = next(value for key, value in space.items() if key.endswith("_grad"))
    return to_host(function(*to_device(args)))


@pytest.mark.parametrize("name", [marked(name) for name in GRADIENTS if name not in INCOMPLETE])
def test_gradient_on_the_fake_device(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module = load(name)
    made = [adjoint.grad(module.f, module.ARGNUMS, backend=backend) for backend in ("numpy", "cupy")]
    for k in range(len(module.inputs())):
        want = made[0](*module.inputs()[k])
        try:
            source = made[1].specialize(*module.inputs()[k]).source
        except UnsupportedError:
            return
        install(monkeypatch)
        try:
            got = run_on_device(source, module.inputs()[k])
        except DeviceError as refusal:
            assert str(refusal).startswith((HOST.get(name, "bool()"), *WAITS)), refusal
            return
        monkeypatch.undo()
        for g, w in zip(flatten(got), flatten(want), strict=True):
            assert (g is None) == (w is None)
            if w is not None:
                np.testing.assert_allclose(g, w, rtol=1e-9, atol=1e-11)
