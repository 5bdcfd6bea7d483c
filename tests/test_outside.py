"""What a function reads from outside: variables stay live, their types and what was inlined are guarded."""
from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import adjoint
from adjoint.dispatch.compiling import Compiler
from adjoint.errors import AliasError, UnsupportedError

from . import compiles
from .compiles import specialisations


@pytest.fixture
def defined(tmp_path: Path) -> Callable[[str], Any]:
    """Makes functions from text."""
    return lambda text: compiles.defined(text, tmp_path / "functions_from_outside.py")


OUTSIDE = """
SCALE = 2.0


def scaled(x):
    return np.sum(x * SCALE)


def closure(scale):
    def inner(x):
        return np.sum(x * scale)

    def change(value):
        nonlocal scale
        scale = value
    return inner, change
"""


def test_a_global_is_live_and_its_type_is_guarded(defined: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    made = defined(OUTSIDE)
    space = made.scaled.__globals__
    monkeypatch.setitem(sys.modules, space["__name__"], made)
    x = np.ones(3)
    derivative = adjoint.grad(made.scaled)
    for value, want in ((2.0, [2.0] * 3), (3.0, [3.0] * 3), (np.array([1.0, 2.0, 3.0]), [1.0, 2.0, 3.0])):
        space["SCALE"] = made.SCALE = value
        np.testing.assert_array_equal(derivative(x), want)
    assert len(specialisations(derivative)) == 2


def test_a_closure_is_live_and_its_type_is_guarded(defined: Any) -> None:
    inner, change = defined(OUTSIDE).closure(2.0)
    x = np.ones(3)
    derivative = adjoint.grad(inner)
    for value, want in ((2.0, [2.0] * 3), (3.0, [3.0] * 3), (np.array([1.0, 2.0, 3.0]), [1.0, 2.0, 3.0])):
        change(value)
        np.testing.assert_array_equal(derivative(x), want)
    assert len(specialisations(derivative)) == 2


CALLEES = """
HOW = "sin"


def inner(x):
    return x * x


def outer(x):
    return np.sum(inner(x))


def chosen(x):
    if HOW is None:
        return np.sum(x)
    return np.sum(x * x)


def by_closure():
    def helper(x):
        return 2.0 * x

    def f(x):
        return np.sum(helper(x))

    def change(other):
        nonlocal helper
        helper = other
    return f, change
"""


def test_another_callee_compiles_again(defined: Any) -> None:
    """What was inlined is what stands in the module when the derivative is called."""
    made = defined(CALLEES)
    space, x = made.outer.__globals__, np.ones(3)
    derivative = adjoint.grad(made.outer)
    np.testing.assert_array_equal(derivative(x), 2.0 * x)
    first, space["inner"] = space["inner"], made.by_closure
    with pytest.raises(UnsupportedError):
        derivative(x)
    space["inner"] = np.sin
    np.testing.assert_array_equal(derivative(x), np.cos(x))
    space["inner"] = first
    np.testing.assert_array_equal(derivative(x), 2.0 * x)
    assert len(specialisations(derivative)) == 2


def test_a_global_that_becomes_none(defined: Any) -> None:
    made = defined(CALLEES)
    derivative, x = adjoint.grad(made.chosen), np.full(3, 2.0)
    np.testing.assert_array_equal(derivative(x), 2.0 * x)
    made.chosen.__globals__["HOW"] = None
    np.testing.assert_array_equal(derivative(x), np.ones(3))


def test_a_callee_in_a_closure(defined: Any) -> None:
    f, change = defined(CALLEES).by_closure()
    derivative, x = adjoint.grad(f), np.ones(3)
    np.testing.assert_array_equal(derivative(x), 2.0 * x)
    change(np.sin)
    np.testing.assert_array_equal(derivative(x), np.cos(x))


# ---- functions that are made in each call

def of_slope(k: Any) -> Any:
    return adjoint.grad(lambda x: np.sum(x * x * k))


def of_callee(g: Any) -> Any:
    return adjoint.grad(lambda x: np.sum(g(x)))


def of_default(k: Any) -> Any:
    return adjoint.grad(lambda x, k=k: np.sum(x * k))


@pytest.fixture
def compiles_counted(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Grows by one with each compile."""
    counted: list[object] = []
    compile_anew = Compiler.compile

    def counting(self: Any, *args: Any, **kwargs: Any) -> Any:
        counted.append(self)
        return compile_anew(self, *args, **kwargs)
    monkeypatch.setattr(Compiler, "compile", counting)
    return counted


def test_a_lambda_made_in_each_call_compiles_once(compiles_counted: list[object]) -> None:
    x = np.ones(3)
    for k in range(30):
        np.testing.assert_array_equal(of_slope(float(k))(x), 2.0 * k * x)
    assert len(compiles_counted) == 1
    np.testing.assert_array_equal(of_slope(np.arange(3.0))(x), 2.0 * np.arange(3.0))
    np.testing.assert_array_equal(of_slope(np.arange(3.0) + 1.0)(x), 2.0 * np.arange(3.0) + 2.0)
    assert len(compiles_counted) == 2
    np.testing.assert_array_equal(of_slope(3)(x), 6.0 * x)
    assert len(compiles_counted) == 3
    one, other = of_slope(2.0), of_slope(5.0)
    np.testing.assert_array_equal(one(x), 4.0 * x)
    np.testing.assert_array_equal(other(x), 10.0 * x)
    np.testing.assert_array_equal(one(x), 4.0 * x)
    np.testing.assert_array_equal(one(x[:, None]), 4.0 * x[:, None])


def test_what_a_lambda_calls_is_its_own(compiles_counted: list[object]) -> None:
    x = np.full(3, 0.5)
    for _ in range(2):
        np.testing.assert_array_equal(of_callee(np.sin)(x), np.cos(x))
        np.testing.assert_array_equal(of_callee(np.exp)(x), np.exp(x))
    assert len(compiles_counted) == 2


def test_defaults_of_a_lambda_are_its_own() -> None:
    x = np.ones(3)
    for k in (2.0, 3.0, 2.0):
        np.testing.assert_array_equal(of_default(k)(x), k * x)
        assert f"def lambda_grad(x, k={k}):" in of_default(k).specialize(x).source


def test_a_saved_lambda_has_its_own_constants(tmp_path: Path) -> None:
    for k in (2.0, 3.0):
        of_slope(k).save(tmp_path / "made.py", np.ones(3))
        assert f"k = {k}  # `k` of a closure" in (tmp_path / "made.py").read_text()


CONTAINERS = """
CONFIG = {"rate": 0.5, "w": np.arange(3.0), "name": "plain"}
PAIR = (2.0, 3)


def f(x):
    return np.sum(x * CONFIG["w"]) * CONFIG["rate"] * PAIR[1]


def writes(x):
    CONFIG["w"][0] = 2.0
    return np.sum(x * CONFIG["w"])


def written(x):
    x[0] = 2.0 * x[1]
    return np.sum(x * CONFIG["w"])
"""


def test_containers_are_live_and_guarded(defined: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    made = defined(CONTAINERS)
    space = made.f.__globals__
    monkeypatch.setitem(sys.modules, space["__name__"], made)
    gradient, x = adjoint.grad(made.f), np.ones(3)
    np.testing.assert_array_equal(gradient(x), 1.5 * np.arange(3.0))
    space["CONFIG"]["rate"] = 2.0
    np.testing.assert_array_equal(gradient(x), 6.0 * np.arange(3.0))
    assert len(specialisations(gradient)) == 1
    space["CONFIG"]["rate"] = np.float32(2.0)
    gradient(x)
    space["CONFIG"]["more"] = 1
    gradient(x)
    assert len(specialisations(gradient)) == 3


def test_containers_from_outside_are_not_written(defined: Any) -> None:
    made = defined(CONTAINERS)
    with pytest.raises(UnsupportedError):
        adjoint.grad(made.writes)(np.ones(3))
    with pytest.raises(AliasError):
        adjoint.grad(made.written)(made.CONFIG["w"])


# ---- names

NAMES = """
import math

G = np.ones(2)


def of_numpy(x, np):
    y = x * np
    return (y * y).sum()


def of_math(x, math):
    return G.sum() * exp(x) * math


def of_the_module(functions_from_outside, x):
    return np.sum(x * G) * functions_from_outside


def of_a_cell(k):
    def f(x, cell_k):
        return x * k * cell_k
    return f


exp = math.exp
"""


def test_parameters_named_like_what_the_text_needs(defined: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    made = defined(NAMES)
    monkeypatch.setitem(sys.modules, "functions_from_outside", made)
    x = np.ones((3, 2))
    x_bar, np_bar = adjoint.grad(made.of_numpy, (0, 1))(x, np.full(2, 2.0))
    np.testing.assert_array_equal(x_bar, 8.0 * x)
    np.testing.assert_array_equal(np_bar, [12.0, 12.0])
    assert adjoint.grad(made.of_math)(0.0, 3.0) == 6.0
    assert adjoint.grad(made.of_the_module)(3.0, np.ones(2)) == 2.0
    assert adjoint.grad(made.of_a_cell(3.0))(2.0, 5.0) == 15.0
