"""Python's order of evaluation, and NumPy's views and copies: a program is right to the bit, or refused."""
from __future__ import annotations

import inspect
from collections.abc import Callable

import numpy as np
import pytest

import adjoint
from adjoint import UnsupportedError

from .checks import check_gradient, same_bits
from .evaluation import algorithms, arrays, flow, making, order, updates, views
from .evaluation.helpers import REFUSED

PROGRAMS = {name: program for module in (order, updates, views, flow, arrays, making, algorithms)
            for name, program in vars(module).items()
            if inspect.isfunction(program) and program.__module__ == module.__name__}


def start() -> tuple[np.ndarray]:
    return (np.array([1.1, 2.2, 3.3]),)


@pytest.mark.parametrize("name", PROGRAMS)
def test_value_and_gradient(name: str) -> None:
    program: Callable = PROGRAMS[name]
    made = adjoint.value_and_grad(program)
    if name in REFUSED:
        with pytest.raises(UnsupportedError):
            made(*start())
        return
    value, gradient = made(*start())
    assert same_bits(value, program(*start()))
    check_gradient(program, start, 0, gradient)


@pytest.mark.parametrize("name", [name for name in PROGRAMS if name not in REFUSED])
def test_modes_agree(name: str) -> None:
    """A cotangent may be a number of Python's; a tangent pairs with the gradient."""
    program = PROGRAMS[name]
    gradient, tangent = adjoint.grad(program)(*start()), np.array([0.3, -0.7, 0.45])
    _, scaled = adjoint.derivative(program, "vjp")(*start(), 0.5)
    _, along = adjoint.derivative(program, "jvp")(*start(), tangent)
    size = 1e-9 * (1.0 + np.max(np.abs(gradient)))
    assert np.max(np.abs(scaled - 0.5 * gradient)) <= size
    assert abs(along - gradient @ tangent) <= size
