"""Derivatives of derivatives agree with finite differences of the gradient."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import adjoint
from adjoint.errors import LaterError

from .checks import (
    assert_close,
    check_form,
    check_gradient,
    check_owned,
    differentiated,
    finite_difference,
    flatten,
    is_inexact,
    pairing,
    run_pure,
    same_bits,
    tangent_of,
)
from .test_programs import GRADIENTS, cases, load, tolerance_for, with_defaults

RNG = np.random.default_rng(3)
U = RNG.normal(size=6)
A = RNG.normal(size=(3, 3)) * 0.4
PARAMS = [(RNG.normal(size=(3, 2)), RNG.normal(size=2)), (RNG.normal(size=(2, 2)), RNG.normal(size=2))]
X = RNG.normal(size=(4, 3))


# ---- functions of (k, x, n): the first derivative is taken by the scalar k, the second by k and x

def relax(k, u, n):
    for _ in range(n):
        u[1:-1] = u[1:-1] + k * (u[2:] - 2.0 * u[1:-1] + u[:-2]) * u[1:-1]
    return np.sum(u * u)


def heat(k, u, n):
    for _ in range(n):
        lap = u[2:] - 2.0 * u[1:-1] + u[:-2]
        u[1:-1] += k * lap
    return np.sum(u * u)


def scalar_for(k, x, n):
    s = k
    for _ in range(n):
        s = np.sin(s) * x + k * s
    return s * s


def scalar_while(k, x, n):
    s = x
    while s < n:
        s = s * k + k * k
    return s * s * k


def straight(k, x, n):
    y = k * x
    z = np.exp(-y * y) + y / (1.0 + k * k)
    return z * np.log(x) ** n


def straight_array(k, x, n):
    y = np.tanh(k * x)
    return np.sum(y * y * x) * n + np.mean(np.exp(y), axis=0)


def branch(k, x, n):
    if k * x > n:
        s = k * k * x
    else:
        s = np.sin(k) * x
    if x > 0:
        s = s * s * k
    return s * x


def branch_in_loop(k, x, n):
    s = k
    for i in range(n):
        if x[i] > 0:
            s = s * x[i] + k
        else:
            s = s - k * x[i] * s
    return s * s


def elements_written(k, x, n):
    for i in range(1, n):
        x[i] = x[i] * x[i - 1] * k
    return np.sum(x * x)


def double_buffer(k, u, n):
    v = np.zeros_like(u)
    for _ in range(n):
        v[1:-1] = k * u[1:-1] * u[2:] + u[:-2]
        u, v = v, u
    return np.sum(u * u * v) + np.sum(u * u)


def matrix_power(k, B, n):
    P = B * k
    for _ in range(n):
        P = P @ B * k + P
    return np.sum(P * P)


def rows(k, B, n):
    h = np.ones(3)
    for row in B:
        h = np.tanh(h * row * k)
    return np.sum(h * h) * n


def nested(k, x, n):
    s = k
    for i in range(n):
        t = x[i]
        for j in range(i):
            t = t * x[j] + s * k
        s = s * 0.5 + t * t
    return s


def broken_off(k, x, n):
    s = k
    for i in range(n):
        s = s * x[i] + k * s
        if s * s > 2.0:
            break
    return s * s * k


def network(k, params, x):
    for W, b in params:
        x = np.tanh(x @ W * k + b)
    return np.sum(x * x) * k


def squash(x, k):
    return np.tanh(x * k) * k


def calls(k, x, n):
    y = squash(x, k)
    return np.sum(squash(y, k * n) * x)


CASES: dict[str, tuple[Callable[..., Any], list[tuple[Any, ...]]]] = {
    "relax": (relax, [(0.2, U, 3), (0.2, U, 0), (0.2, U, 1)]),
    "heat": (heat, [(0.2, U, 3), (0.2, U, 0)]),
    "scalar_for": (scalar_for, [(0.7, 1.3, 4), (0.7, 1.3, 0), (0.7, 1.3, 1)]),
    "scalar_while": (scalar_while, [(1.4, 0.6, 9.0), (1.4, 10.0, 9.0)]),
    "straight": (straight, [(0.7, 1.6, 2)]),
    "straight_array": (straight_array, [(0.7, U, 2)]),
    "branch": (branch, [(0.7, 1.3, 0.5), (0.7, 1.3, 5.0), (0.7, -1.3, 0.5)]),
    "branch_in_loop": (branch_in_loop, [(0.7, U, 6), (0.7, U, 0)]),
    "elements_written": (elements_written, [(0.7, U, 6), (0.7, U, 1)]),
    "double_buffer": (double_buffer, [(0.7, U, 3), (0.7, U, 0), (0.7, U, 4)]),
    "matrix_power": (matrix_power, [(0.7, A, 3), (0.7, A, 0)]),
    "rows": (rows, [(0.7, A, 3)]),
    "nested": (nested, [(0.7, U[:4], 4), (0.7, U[:4], 1)]),
    "broken_off": (broken_off, [(0.7, U + 1.5, 6), (0.1, U * 0.1, 6)]),
    "network": (network, [(0.7, PARAMS, X), (0.7, PARAMS[:1], X)]),
    "calls": (calls, [(0.7, U, 2)]),
}


def copied(tree: Any) -> Any:
    """The tree with its arrays copied: functions may write to them."""
    if isinstance(tree, (list, tuple)):
        return type(tree)(map(copied, tree))
    return tree.copy() if isinstance(tree, np.ndarray) else tree


@pytest.mark.parametrize("name", CASES)
def test_grad_of_grad(name: str) -> None:
    f, inputs = CASES[name]
    first = adjoint.grad(f)
    second = adjoint.grad(first, argnums=(0, 1))
    for given in inputs:
        args = copied(given)
        gradient = run_pure(second, *args)
        for part, arg in zip(gradient, args):
            check_form(part, arg)
        check_owned(gradient, args)
        check_gradient(first, lambda given=given: copied(given), (0, 1), gradient)


@pytest.mark.parametrize("name", [name for name in CASES if name != "network"])
def test_reverse_over_reverse_of_an_array(name: str) -> None:
    """vjp of the gradient by x: the Hessian times a vector, and its row for k."""
    f, inputs = CASES[name]
    first = adjoint.grad(f, argnums=1)
    product = adjoint.derivative(first, "vjp", argnums=(0, 1))
    for given in inputs:
        args = copied(given)
        out_bar = tangent_of(given[1], np.random.default_rng(1))
        value, bars = run_pure(product, *args, out_bar)
        assert same_bits(value, first(*args))
        check_owned(bars, (*args, out_bar))

        def paired(*own: Any, first: Any = first, out_bar: Any = out_bar) -> Any:
            return np.sum(first(*own) * out_bar)
        check_gradient(paired, lambda given=given: copied(given), (0, 1), bars)


@pytest.mark.parametrize("name", CASES)
def test_forward_over_reverse(name: str) -> None:
    """jvp of the gradient by k, along a direction of k and x."""
    f, inputs = CASES[name]
    first = adjoint.grad(f)
    along = adjoint.derivative(first, "jvp", argnums=(0, 1))
    for given in inputs:
        rng = np.random.default_rng(2)
        args = copied(given)
        direction = [rng.normal(size=np.shape(leaf)) for leaf in differentiated(args, (0, 1))]
        leaves = iter(direction[1:])
        tangent = copied_with(args[1], leaves)
        value, slope = run_pure(along, *args, float(direction[0]), tangent)
        assert same_bits(value, first(*args))
        wanted = finite_difference(first, lambda given=given: copied(given), (0, 1), direction)
        size = max(abs(slope), abs(float(wanted)), pairing(direction, direction))
        assert abs(slope - wanted) <= 1e-6 * size
        assert len(flatten(tangent)) == len(direction) - 1


def copied_with(tree: Any, leaves: Any) -> Any:
    """A tree of the same form with other leaves; floats stay floats."""
    if isinstance(tree, (list, tuple)):
        return type(tree)(copied_with(item, leaves) for item in tree)
    leaf = next(leaves)
    return leaf if isinstance(tree, np.ndarray) else float(leaf)


@pytest.mark.parametrize("name", ["scalar_for", "straight", "scalar_while"])
def test_third_derivative(name: str) -> None:
    f, inputs = CASES[name]
    second = adjoint.grad(adjoint.grad(f))
    third = adjoint.grad(second)
    for given in inputs:
        gradient = run_pure(third, *copied(given))
        check_gradient(second, lambda given=given: copied(given), 0, gradient)


# Reverse over reverse fails here, and says so: none of these gives a wrong number.
@pytest.mark.parametrize("name", GRADIENTS)
@pytest.mark.parametrize("mode", ["vjp", "jvp"])
def test_programs_twice(name: str, mode: str) -> None:
    """The gradient's own derivative, paired with a cotangent and a direction, or a refusal for later."""
    module = load(name)
    nums = module.ARGNUMS if isinstance(module.ARGNUMS, tuple) else (module.ARGNUMS,)
    first = adjoint.grad(module.f, nums)
    second = adjoint.derivative(first, mode, nums)
    for fresh in cases(module):
        def full(fresh: Any = fresh) -> tuple[Any, ...]:
            return with_defaults(module.f, fresh())
        args, rng = full(), np.random.default_rng(7)
        along = [tangent_of(args[k], rng) for k in nums]
        out_bar = tangent_of(first(*args), rng)
        if mode in getattr(module, "LATER_TWICE", ()):
            with pytest.raises(LaterError):
                second(*args, *([out_bar] if mode == "vjp" else along))
            continue

        def paired(*own: Any, out_bar: Any = out_bar) -> Any:
            return pairing_of(first(*own), out_bar)
        direction = [np.asarray(leaf) for leaf in flatten(along) if is_inexact(leaf)]
        wanted = finite_difference(paired, full, nums, direction)
        value, found = run_pure(second, *args, *([out_bar] if mode == "vjp" else along))
        assert_close(value, first(*args))
        slope = pairing_of(found, along if mode == "vjp" else out_bar)
        size = 1.0 + abs(wanted) + sum(float(np.sum(np.abs(leaf))) for leaf in flatten(found) if is_inexact(leaf))
        tight = tolerance_for(args, nums) == 1e-6
        assert abs(slope - wanted) <= (1e-6 if tight else 1e-2) * size, f"{slope} for {wanted}"


def pairing_of(one: Any, other: Any) -> float:
    """The pairing of the leaves that are numbers."""
    found = [(a, np.asarray(b)) for a, b in zip(flatten(one), flatten(other), strict=True) if is_inexact(a)]
    return pairing([a for a, _ in found], [b for _, b in found])
