"""Rules of the user's own functions: `adjoint.template`."""
from __future__ import annotations

import math

import numpy as np
import pytest

import adjoint
from adjoint.errors import UnsupportedError

from .checks import check_gradient, run_pure

calls = []


def series(x):
    """exp, by its series."""
    calls.append(1)
    term = total = 1.0 + 0.0 * x
    for k in range(1, 40):
        term = term * x / k
        total = total + term
    return total


@adjoint.template.elementwise(series, cost="never")
def series_rule(z, x):
    """z = exp x."""
    dz_dx = z


def ratio(x, y):
    return (x.__truediv__(y)) if isinstance(x, np.ndarray) else x / y


@adjoint.template.elementwise(ratio, noun="quotient")
def ratio_rule(z, x, y):
    """z = x / y."""
    dz_dx = 1.0 / y
    dz_dy = -ratio(z, y)


def apply(A, v):
    return np.einsum("ij,j->i", A, v)


@adjoint.template.bilinear(apply, result="product")
def apply_rule(z, x, y):
    """z = x y, a matrix times a vector."""
    x_bar = z_bar[:, None] * y  # noqa: F821
    y_bar = mT(x) @ z_bar  # noqa: F821


def used(x, a, n):
    y = series(a * x)
    for _ in range(n):
        y = y + series(ratio(y, 2.0 + x * x)) * 0.1
    return np.sum(y * x)


def layer(A, v):
    return np.sum(np.tanh(apply(A, apply(A, v))))


X = np.linspace(-1.0, 1.0, 5)
A = np.random.default_rng(0).normal(size=(4, 4))


@pytest.mark.parametrize(("f", "args", "argnums"), [(used, (X, 0.7, 3), (0, 1)), (layer, (A, A[0].copy()), (0, 1))])
def test_gradient_of_what_uses_rules(f, args, argnums):
    gradient = run_pure(adjoint.grad(f, argnums), *args)
    check_gradient(f, lambda: tuple(np.copy(a) if isinstance(a, np.ndarray) else a for a in args), argnums, gradient)


def test_the_call_stays_and_its_value_is_used_again():
    text = adjoint.grad(used, (0, 1)).specialize(X, 0.7, 3).source
    assert "series(a * x)" in text and "ratio(y, 2.0 + x * x)" in text
    calls.clear()
    adjoint.grad(used, (0, 1))(X, 0.7, 3)
    assert len(calls) == 4


def test_forward_mode_and_second_order():
    value, slope = adjoint.jvp(alone, (0.4,), (1.0,))
    assert value == slope == pytest.approx(math.exp(0.4), rel=1e-14)
    second = adjoint.grad(adjoint.grad(lambda_like, 1), 1)
    assert second(X, 0.7) == pytest.approx(float(np.sum(X ** 3 * np.exp(0.7 * X))), rel=1e-12)


def alone(x):
    return series(x)


def lambda_like(x, a):
    return np.sum(series(a * x) * x)


def outer():
    def inner(x):
        return x
    return inner


@pytest.mark.parametrize(("function", "word"), [(outer(), "imported by its name"), (lambda x: x, "imported")])
def test_functions_without_a_name_are_refused(function, word):
    with pytest.raises(UnsupportedError, match=word):
        adjoint.template.elementwise(function)


def test_a_rule_that_lacks_a_partial_is_refused():
    with pytest.raises(UnsupportedError, match="dz_dy"):
        @adjoint.template.elementwise(outer)
        def rule(z, x, y):
            dz_dx = 1.0  # noqa: F841


def unknown(x):
    return x


def inverse(x):
    return x


@adjoint.template.elementwise(inverse)
def inverse_rule(z, x):
    dz_dx = unknown(z)


def calls_inverse(x):
    return np.sum(inverse(x))


def test_a_rule_that_calls_what_has_no_rule_is_refused():
    with pytest.raises(UnsupportedError, match="unknown"):
        adjoint.grad(calls_inverse)(X)
