"""Programs as scientists write them, by domain: their gradients, values, tangents and texts.

A file of `realistic/` ends in `cases()`: for each program the positions that are differentiated, and arguments.
"""
from __future__ import annotations

import copy
import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import adjoint

from .checks import (
    assert_close,
    check_form,
    check_gradient,
    check_owned,
    flatten,
    is_inexact,
    moved,
    pairing,
    run_pure,
    same_bits,
    tangent_of,
)
from .test_programs import with_defaults

FOLDER = Path(__file__).parent / "realistic"
# What is not right yet, each with what is wrong.
WRONG: dict[str, str] = {
    "algorithms.subspace_iteration": "a view that a loop binds to an array that it writes",
    "dynamics.seir_compartments": "dicts with computed keys",
    "finance.trinomial_list": "a list that becomes shorter in each trip",
    "finite_differences.multigrid_energy": "a recursive function that gives back what it writes to",
    "optimisation.hungarian_relaxed": "an axis that is computed",
    "signals.de_boor": "an item of a list of any length that is replaced",
    "statistics.gp_predict": "a list of arrays that are written",
    "trees.expression_loss": "strings in what a recursive function is given",
    "trees.richardson": "a list of lists",
}
Case = tuple[Callable[..., Any], tuple[int, ...], tuple[Any, ...]]


def cases() -> dict[str, Case]:
    """Every program: the function, its argnums, its arguments."""
    found: dict[str, Case] = {}
    for path in sorted(FOLDER.glob("[a-z]*.py")):
        module = importlib.import_module(f"{__package__}.realistic.{path.stem}")
        for function, argnums, args in module.cases():
            name = f"{path.stem}.{function.__name__}"
            twins = sum(other.split("-")[0] == name for other in found)
            found[f"{name}-{twins + 1}" if twins else name] = function, argnums, args
    return found


CASES = cases()
MARKED = [pytest.param(name, marks=pytest.mark.xfail(reason=WRONG[name], strict=True)) if name in WRONG else name
          for name in CASES]


def check(function: Callable[..., Any], argnums: tuple[int, ...], args: tuple[Any, ...]) -> None:
    """Value, gradient, form, ownership, tangent and text of one program."""
    def fresh() -> tuple[Any, ...]:
        return copy.deepcopy(args)

    derivative = adjoint.value_and_grad(function, argnums)
    value, gradient = run_pure(derivative, *fresh())
    assert same_bits(value, function(*fresh()))
    given = fresh()
    for part, k in zip(gradient, argnums, strict=True):
        check_form(part, given[k])
    check_owned(gradient, given)
    check_gradient(function, fresh, argnums, gradient)
    check_tangent(function, argnums, fresh, gradient)
    again = adjoint.value_and_grad(function, argnums)
    assert again.specialize(*fresh()).source == derivative.specialize(*fresh()).source


def check_tangent(function: Callable[..., Any], argnums: tuple[int, ...], fresh: Callable[[], tuple[Any, ...]],
                  gradient: Any) -> None:
    """The slope along a random direction is the gradient times it."""
    args = with_defaults(function, fresh())
    along = [tangent_of(args[k], np.random.default_rng(k)) for k in argnums]
    value, slope = run_pure(adjoint.derivative(function, "jvp", argnums), *args, *along)
    assert same_bits(value, function(*fresh()))
    parts = [(g, np.asarray(d)) for g, d in zip(flatten(gradient), flatten(along), strict=True) if g is not None]
    wanted = pairing([g for g, _ in parts], [d for _, d in parts])
    size = 1.0 + sum(float(np.sum(np.abs(np.asarray(g) * d))) for g, d in parts)
    assert abs(slope - wanted) <= 1e-10 * size, f"{slope} for {wanted}"


def test_there_are_many() -> None:
    assert len({function for function, _, _ in CASES.values()}) >= 60


@pytest.mark.parametrize("name", MARKED)
def test_program(name: str) -> None:
    check(*CASES[name])


SLOW = ("dynamics.double_pendulum",)     # its gradient is a long text
TWICE = [name for name in CASES if name.startswith("dynamics.") and name not in WRONG and name not in SLOW]


@pytest.mark.parametrize("name", TWICE)
def test_second_derivative(name: str) -> None:
    """The tangent of the gradient, where two difference quotients of the gradient agree."""
    function, argnums, args = CASES[name]
    args = with_defaults(function, copy.deepcopy(args))
    gradient = adjoint.grad(function, argnums)
    along = [tangent_of(args[k], np.random.default_rng(k)) for k in argnums]
    first, found = run_pure(adjoint.derivative(gradient, "jvp", argnums), *copy.deepcopy(args), *along)
    assert_close(first, gradient(*copy.deepcopy(args)), 1e-10)
    direction = [np.asarray(leaf) for leaf in flatten(along) if leaf is not None]
    quotients = [slopes(gradient, args, argnums, direction, step) for step in (1e-4, 5e-5)]
    for one, wide, narrow in zip([leaf for leaf in flatten(found) if leaf is not None], *quotients, strict=True):
        size = 1.0 + np.max(np.abs(narrow), initial=0.0)
        if np.all(np.abs(wide - narrow) <= 1e-5 * size):
            assert np.all(np.abs(one - narrow) <= 1e-4 * size)


def slopes(gradient: Callable[..., Any], args: tuple[Any, ...], argnums: tuple[int, ...], direction: list[np.ndarray],
           step: float) -> list[np.ndarray]:
    """Central differences of a gradient's leaves along a direction."""
    ends = []
    for sign in (step, -step):
        other, start = list(copy.deepcopy(args)), 0
        for k in argnums:
            count = sum(map(is_inexact, flatten(args[k])))
            other[k] = moved(other[k], direction[start:start + count], sign)
            start += count
        ends.append([np.asarray(leaf) for leaf in flatten(gradient(*other)) if leaf is not None])
    return [(a - b) / (2.0 * step) for a, b in zip(*ends)]
