"""Fourth derivatives of scalar programs with loops and branches, against 60 digits of mpmath."""
from __future__ import annotations

import math
import types
from collections.abc import Callable
from typing import Any

import mpmath
import pytest

import adjoint

from .checks import trip_limit

DIGITS = 60


def polynomial(x, n):
    total = 0.0
    for k in range(n):
        total = total * x + 1.0 / (k + 1.0)
    return total


def iterated(x, n):
    y = x
    for _ in range(n):
        y = math.sin(y) + 0.3 * x * y
    return y


def two_carried(x, n):
    a, b = x, 1.0
    for _ in range(n):
        a, b = b * math.cos(x), a + 0.5 * b * x
    return a * b


def branch(x, n):
    if x > 0.5:
        y = math.exp(-x * x) * x
    else:
        y = math.log(2.0 + x) / (1.0 + x * x)
    return y * x


def branch_in_loop(x, n):
    y = x
    for k in range(n):
        if k % 2 == 0:
            y = y * y + 0.2 * x
        else:
            y = math.tanh(y) * x
    return y


def newton(x, n):
    y = 1.0
    step = 1.0
    while abs(step) > 1e-9:
        step = (y * y * y - x) / (3.0 * y * y)
        y = y - step
    return y


def until_large(x, n):
    y = x
    count = 0
    while y < 3.0:
        y = y * (1.0 + 0.4 * x)
        count += 1
    return y * math.sqrt(x) + count


def with_break(x, n):
    y = x
    for _ in range(n):
        y = y + 0.5 * math.sin(y * x)
        if y > 1.5:
            break
        y = y * 1.1
    return y * y


def nested(x, n):
    total = 0.0
    for i in range(n):
        term = 1.0
        for j in range(i + 1):
            term = term * (x + 0.1 * j)
        total = total + term * math.exp(-0.2 * total)
    return total


def early(x, n):
    y = x
    for _ in range(n):
        if y > 1.2:
            return y * y * x
        y = y * y + x * 0.5
    return y / (1.0 + x)


def callee(s, t):
    if s > t:
        return s * math.exp(-t)
    return math.cos(s) * t


def calls(x, n):
    y = 0.3
    for _ in range(n):
        y = callee(y * x, 0.4) + x * y
    return y


PROGRAMS = [(polynomial, 0.7, 6), (iterated, 0.6, 3), (two_carried, 0.4, 4), (branch, 0.8, 0), (branch, 0.3, 0),
            (branch_in_loop, 0.9, 3), (newton, 1.7, 0), (until_large, 0.8, 0), (with_break, 0.7, 5),
            (nested, 0.5, 3), (early, 0.75, 3), (early, 0.1, 3), (calls, 0.9, 3)]


def in_digits(f: Callable[..., Any]) -> Callable[..., Any]:
    """The same function on numbers of mpmath."""
    space = {**f.__globals__, "math": mpmath.mp}
    space["callee"] = types.FunctionType(callee.__code__, space)
    return types.FunctionType(f.__code__, space)


def reference(f: Callable[..., Any], x: float, n: int, order: int) -> float:
    with mpmath.workdps(DIGITS):
        return float(mpmath.diff(lambda t: in_digits(f)(t, n), mpmath.mpf(x), order, h=mpmath.mpf(10) ** -10))


@pytest.mark.parametrize(("f", "x", "n"), PROGRAMS, ids=[f"{f.__name__}-{x}" for f, x, n in PROGRAMS])
def test_four_derivatives(f: Callable[..., Any], x: float, n: int) -> None:
    derivative = f
    for order in range(1, 5):
        derivative = adjoint.grad(derivative)
        with trip_limit():
            found = derivative(x, n)
        want = reference(f, x, n, order)
        assert found == pytest.approx(want, rel=1e-9, abs=1e-10), f"order {order}"


@pytest.mark.parametrize(("f", "x", "n"), PROGRAMS[1:4], ids=["iterated", "two_carried", "branch"])
def test_forward_over_reverse_over_forward(f: Callable[..., Any], x: float, n: int) -> None:
    """Modes may be mixed: each order is the derivative of the one before."""
    first = adjoint.grad(f)
    value, slope = adjoint.derivative(first, "jvp", 0)(x, n, 1.0)
    assert value == pytest.approx(reference(f, x, n, 1), rel=1e-9)
    assert slope == pytest.approx(reference(f, x, n, 2), rel=1e-9)
