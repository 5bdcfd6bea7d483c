"""The public functions beside `grad`: vjp, jvp, elementwise_grad; what they refuse."""
from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import adjoint
from adjoint.errors import AdjointError, UnsupportedError

from .checks import assert_close, check_gradient, flatten, is_inexact, pairing, same_bits
from .showcase import mlp, relax

X = np.linspace(0.2, 1.1, 6)
PARAMS = [(np.linspace(-1.0, 1.0, 6).reshape(2, 3), np.ones(3)), (np.linspace(1.0, -0.5, 3).reshape(3, 1), np.zeros(1))]


def scaled(x, y):
    return np.sum(np.tanh(x) * y)


def wave(x, k=2.0, *, n=2):
    for _ in range(n):
        x = np.sin(k * x)
    return x


def several(x, table):
    return x * table["a"], (np.sum(x) * table["b"][0], 3)


def writes(u, k):
    u[1:] += k * u[:-1]
    return u


# ---- vjp

def test_vjp() -> None:
    out, pullback = adjoint.vjp(wave, X, 1.5)
    assert same_bits(out, wave(X, 1.5))
    bars = pullback(np.ones(6))
    assert type(bars) is tuple
    check_gradient(lambda x, k: np.sum(wave(x, k)), lambda: (X.copy(), 1.5), (0, 1), list(bars))


def test_the_pullback_can_be_called_again() -> None:
    _, pullback = adjoint.vjp(wave, X, 1.5)
    one, two, twice = pullback(np.ones(6)), pullback(2.0 * np.ones(6)), pullback(np.ones(6))
    assert_close(one, twice, 0.0)
    assert_close([2.0 * bar for bar in one], list(two))
    assert not np.shares_memory(one[0], twice[0])


def test_the_pullback_holds_copies() -> None:
    x = X.copy()
    _, kept = adjoint.vjp(wave, x, 1.5)
    _, shared = adjoint.vjp(wave, x, 1.5, copy=False)
    before = kept(np.ones(6))
    x[:] = 0.0
    assert_close(kept(np.ones(6)), before, 0.0)
    assert_close(shared(np.ones(6)), adjoint.vjp(wave, np.zeros(6), 1.5)[1](np.ones(6)))


def test_vjp_does_not_write_to_its_arguments() -> None:
    u = X.copy()
    out, pullback = adjoint.vjp(writes, u, 0.5)
    assert same_bits(u, X)
    assert same_bits(out, writes(X.copy(), 0.5))
    bars = pullback(np.ones(6))
    out[:] = 0.0
    assert_close(pullback(np.ones(6)), bars, 0.0)
    assert same_bits(u, X)


def test_vjp_of_structures() -> None:
    table = {"a": 2.0, "b": [1.5, "words"], "c": 3}
    out, pullback = adjoint.vjp(several, X, table)
    x_bar, table_bar = pullback((np.ones(6), (2.0, None)))
    assert out[1][1] == 3
    assert_close(x_bar, np.full(6, 2.0 + 2.0 * 1.5))
    assert table_bar == {"a": pytest.approx(np.sum(X)), "b": [pytest.approx(2.0 * np.sum(X)), None], "c": None}


def test_vjp_of_what_holds_no_float() -> None:
    _, pullback = adjoint.vjp(relax.relax, X, 0.2, 1e-2)
    assert all(bar is not None for bar in pullback(1.0))
    _, pullback = adjoint.vjp(lambda_free, 1.5, 3)
    assert pullback(1.0)[1] is None
    with pytest.raises(AdjointError, match="3.0"):
        adjoint.vjp(lambda_free, 1, 3)


def lambda_free(x, n):
    return x * n


# ---- jvp

def test_jvp() -> None:
    out, slope = adjoint.jvp(wave, (X, 1.5), (np.ones(6), 0.5))
    assert same_bits(out, wave(X, 1.5))
    step = 1e-5
    wanted = (wave(X + step, 1.5 + 0.5 * step) - wave(X - step, 1.5 - 0.5 * step)) / (2.0 * step)
    assert_close(slope, wanted, 1e-8)


def test_jvp_along_some() -> None:
    _, one = adjoint.jvp(wave, (X, 1.5), (np.ones(6), None))
    _, other = adjoint.jvp(wave, (X, 1.5), (np.ones(6), 0.0))
    assert_close(one, other)


def test_jvp_agrees_with_vjp() -> None:
    x, y, rng = np.ones((4, 2)), np.zeros((4, 1)), np.random.default_rng(0)
    dots = [tuple(rng.normal(size=leaf.shape) for leaf in layer) for layer in PARAMS]
    _, slope = adjoint.jvp(mlp.mlp_loss, (PARAMS, x, y), (dots, None, None))
    _, pullback = adjoint.vjp(mlp.mlp_loss, PARAMS, x, y)
    assert abs(pairing(flatten(pullback(1.0)[0]), flatten(dots)) - slope) <= 1e-12 * max(1.0, abs(slope))


# ---- elementwise_grad

def test_elementwise_grad() -> None:
    derivative = adjoint.elementwise_grad(wave)
    assert_close(derivative(X), np.cos(2.0 * np.sin(2.0 * X)) * 4.0 * np.cos(2.0 * X))
    assert_close(derivative(X, n=1), 2.0 * np.cos(2.0 * X))
    assert_close(derivative(X, k=3.0, n=1), 3.0 * np.cos(3.0 * X))
    assert derivative.__name__ == "wave_elementwise_grad"
    assert derivative(X.astype(np.float32)).dtype == np.float32
    assert isinstance(derivative(0.5), float)


def test_elementwise_grad_of_what_is_written() -> None:
    u = X.copy()
    adjoint.elementwise_grad(writes)(u, 0.5)
    assert same_bits(u, X)


# ---- refusals

@pytest.mark.parametrize("out_bar, words", [
    (1.0, "shape"), (np.ones(5), r"\(5,\)"), (None, "None"), ("text", "str"), ([np.ones(6)], "list"),
])
def test_a_cotangent_of_another_shape(out_bar: Any, words: str) -> None:
    with pytest.raises(AdjointError, match=words):
        adjoint.vjp(wave, X)[1](out_bar)


@pytest.mark.parametrize("primals, tangents, words", [
    ((X,), (np.ones(5),), "shape"), ((X,), (1.0,), "shape"), ((X, 1.5), (np.ones(6),), "2 primals"),
    ((X,), (None,), "none of the tangents"), ((1.5,), (np.ones(1),), "shape"),
])
def test_a_tangent_of_another_shape(primals: Any, tangents: Any, words: str) -> None:
    with pytest.raises(AdjointError, match=words):
        adjoint.jvp(wave, primals, tangents)


def test_a_tangent_of_another_structure() -> None:
    x, y = np.ones((4, 2)), np.zeros((4, 1))
    for dots in (PARAMS[:1], tuple(PARAMS), [PARAMS[0], list(PARAMS[1])], [PARAMS[0], (PARAMS[1][0], np.ones(2))], 1.0):
        with pytest.raises(AdjointError, match="tangent 0"):
            adjoint.jvp(mlp.mlp_loss, (PARAMS, x, y), (dots, None, None))


@pytest.mark.parametrize("words, given", [("mode", {"mode": "hess"}), ("backend", {"backend": "fortran"})])
def test_what_there_is_not(words: str, given: dict[str, str]) -> None:
    with pytest.raises(UnsupportedError, match=words) as caught:
        adjoint.derivative(wave, **given)
    assert caught.value.remedy


@pytest.mark.parametrize("thing", [3, np.sin, len, "text", wave.__call__, type])
def test_what_is_not_a_function(thing: Any) -> None:
    with pytest.raises(UnsupportedError, match="not a Python function"):
        adjoint.grad(thing)


def tangent_taken(x, x_dot):
    return x * x_dot


def test_a_parameter_with_the_name_of_a_tangent() -> None:
    with pytest.raises(UnsupportedError, match="`x_dot` is a parameter already"):
        adjoint.derivative(tangent_taken, "jvp")
    assert is_inexact(adjoint.grad(tangent_taken)(2.0, 3.0))


# ---- argnums

def test_argnums_that_mean_the_same_are_one_derivative() -> None:
    assert adjoint.grad(scaled) is adjoint.grad(scaled, 0) is adjoint.grad(scaled, "x") is adjoint.grad(scaled, -2)
    assert adjoint.grad(scaled, (0, 1)) is adjoint.grad(scaled, ["x", "y"])
    assert adjoint.grad(scaled, (0,)) is not adjoint.grad(scaled, 0)


@pytest.mark.parametrize("argnums, words", [
    (2, "no parameter 2"), ("z", "'z'"), (True, "True"), (1.0, "1.0"), (None, "None"), ((0, (1,)), "flat"),
    (((0, 1),), "flat"), ((), "no parameter"), ((0, 0), "twice"), ((0, "x"), "twice"), (-3, "-3"),
])
def test_argnums_that_name_nothing(argnums: Any, words: str) -> None:
    with pytest.raises(UnsupportedError, match=words) as caught:
        adjoint.grad(scaled, argnums)
    assert caught.value.remedy
