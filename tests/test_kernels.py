"""The kernels of PolyBench and NPBench, differentiated as they stand."""
from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

import adjoint

from .checks import check_form, check_gradient, check_owned, run_pure, same_bits

NAMES = sorted(path.stem for path in (Path(__file__).parent / "kernels").glob("[a-z]*.py"))


def load(name: str) -> ModuleType:
    return importlib.import_module(f"{__package__}.kernels.{name}")


def test_there_are_twelve() -> None:
    assert len(NAMES) == 12


@pytest.mark.parametrize("name", NAMES)
def test_every_float_argument_is_differentiated(name: str) -> None:
    module = load(name)
    args = module.example_args()
    nums = module.ARGNUMS if isinstance(module.ARGNUMS, tuple) else (module.ARGNUMS,)
    assert all(isinstance(args[k], (float, np.ndarray)) for k in nums)


@pytest.mark.parametrize("name", NAMES)
def test_value_and_gradient(name: str) -> None:
    module = load(name)
    args = module.example_args()
    value, gradient = run_pure(adjoint.value_and_grad(module.kernel, module.ARGNUMS), *args)
    assert same_bits(value, module.kernel(*module.example_args()))
    check_owned(gradient, args)
    nums, parts = (module.ARGNUMS, gradient) if isinstance(module.ARGNUMS, tuple) else ((module.ARGNUMS,), (gradient,))
    for k, part in zip(nums, parts, strict=True):
        check_form(part, args[k])
    check_gradient(module.kernel, module.example_args, module.ARGNUMS, gradient)


@pytest.mark.parametrize("name", NAMES)
def test_jvp_agrees_with_the_gradient(name: str) -> None:
    module = load(name)
    args, rng = module.example_args(), np.random.default_rng(0)
    nums = module.ARGNUMS if isinstance(module.ARGNUMS, tuple) else (module.ARGNUMS,)
    tangents = [type(args[k])(rng.normal()) if isinstance(args[k], float) else rng.normal(size=args[k].shape)
                for k in nums]
    _, slope = run_pure(adjoint.derivative(module.kernel, "jvp", nums), *args, *tangents)
    gradient = run_pure(adjoint.grad(module.kernel, nums), *args)
    wanted = sum(float(np.sum(g * t)) for g, t in zip(gradient, tangents, strict=True))
    assert slope == pytest.approx(wanted, rel=1e-9, abs=1e-9)
