"""Derivatives that a function calls: their programs are differentiated like any other part of it."""
from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import adjoint
from adjoint import grad
from adjoint.errors import LaterError, UnsupportedError

from .checks import assert_close, check_gradient, pairing, run_pure, same_bits, tangent_of
from .compiles import anew, compiled
from .test_programs import PLANS

K = 1.5
X, Y = np.array([0.5, 0.7, -0.3]), np.array([1.0, 2.0, 0.4])


def cube(x):
    return x * x * x * K


def loss(w, x):
    h = x
    for _ in range(2):
        h = np.tanh(w * h)
    return np.sum(h)


def writes(u):
    u[1:] += u[:-1] * u[1:]
    return np.sum(u * u)


slope = grad(cube)
both = adjoint.value_and_grad(loss, argnums=("x", "w"))


def made_outside(x):
    return slope(x) * 2.0


def made_here(x):
    return slope(x) * 2.0 + grad(cube)(x * x) + grad(grad(cube))(x)


def value_too(w, x):
    value, (x_bar, w_bar) = both(w, x)
    return value * np.sum(w_bar * w_bar) + np.sum(x_bar)


def penalty(w, x):
    return loss(w, x) + 0.1 * np.sum(grad(loss)(w, x=x) ** 2)


def of_what_is_written(u):
    return np.sum(grad(writes)(u) ** 2) + np.sum(u)


def result_written(w, x):
    bar = grad(loss)(w, x)
    bar[0] = bar[1] * bar[2]
    return np.sum(bar * bar)


def argument_written(w, x):
    w[0] = w[1] * w[2]
    first = grad(loss)(w, x)
    w[1] = 2.0
    return np.sum(first * grad(loss)(w, x))


def in_a_branch(w, x):
    if w[0] > 0.0:
        bar = grad(loss)(w, x)
    else:
        bar = w * x
    return np.sum(bar * bar)


def along(w, x):
    _, dot = adjoint.derivative(loss, "jvp", "w")(w, x, x)
    return dot * dot


def pulled_back(w, x):
    _, (w_bar,) = adjoint.derivative(loss, "vjp", ("w",))(w, x, 2.0)
    return np.sum(w_bar * w_bar)


def newton_step(x):
    return x - slope(x) / grad(slope)(x)


CASES: dict[str, tuple[Any, tuple[Any, ...], Any]] = {
    "made outside": (made_outside, (0.7,), 0), "made here": (made_here, (0.7,), 0),
    "value too": (value_too, (X, Y), (0, 1)), "penalty": (penalty, (X, Y), (0, 1)),
    "of what is written": (of_what_is_written, (X,), 0), "result written": (result_written, (X, Y), (0, 1)),
    "argument written": (argument_written, (X, Y), (0, 1)), "branch": (in_a_branch, (X, Y), (0, 1)),
    "other branch": (in_a_branch, (-X, Y), (0, 1)), "jvp": (along, (X, Y), (0, 1)), "vjp": (pulled_back, (X, Y), 1),
    "newton": (newton_step, (0.7,), 0),
}
each = pytest.mark.parametrize("f, args, argnums", CASES.values(), ids=CASES)


def fresh_of(args: tuple[Any, ...]) -> Any:
    return lambda: tuple(arg.copy() if isinstance(arg, np.ndarray) else arg for arg in args)


@each
@pytest.mark.parametrize("plan", PLANS)
def test_gradient(f: Any, args: Any, argnums: Any, plan: str) -> None:
    options, in_place = PLANS[plan]
    fresh = fresh_of(args)
    value, bars = run_pure(adjoint.derivative(f, "value_and_grad", argnums, plan=options, in_place=in_place), *fresh())
    assert same_bits(value, f(*fresh())) or abs(value - f(*fresh())) <= 1e-12 * abs(value)
    check_gradient(f, fresh, argnums, bars, 1e-6)


@each
def test_jvp(f: Any, args: Any, argnums: Any) -> None:
    nums = argnums if isinstance(argnums, tuple) else (argnums,)
    dots = [tangent_of(args[k], np.random.default_rng(k)) for k in nums]
    _, dot = run_pure(adjoint.derivative(f, "jvp", nums), *fresh_of(args)(), *dots)
    wanted = pairing(list(adjoint.grad(f, nums)(*fresh_of(args)())), [np.asarray(d) for d in dots])
    assert abs(dot - wanted) <= 1e-10 * (1.0 + abs(wanted))


def test_what_it_reads_from_outside_is_live(monkeypatch: pytest.MonkeyPatch) -> None:
    gradient = adjoint.grad(anew(made_outside))
    assert_close(gradient(2.0), 24.0 * K)
    monkeypatch.setitem(globals(), "K", 3.0)
    assert compiled(gradient, 2.0) == 0
    assert_close(gradient(2.0), 72.0)
    monkeypatch.setitem(globals(), "slope", grad(lambda x: x * x))
    assert compiled(gradient, 2.0) == 1
    assert_close(gradient(2.0), 4.0)


def descent(w, x):
    for _ in range(3):
        w = w - 0.1 * simple(w, x)
    return np.sum(w * w)


def branchy(w, x):
    h = w * x
    if h[0] > 0.1:
        h = np.sin(h) * w
        if w[1] > 0.3:
            h = h * h
    else:
        h[1:] *= w[0]
    y = np.exp(h) if x[1] > 0 else h
    return np.sum(y * y)


def of_branches(w, x):
    s = 0.0
    for k in range(3):
        w_bar, x_bar = branches(w, x)
        for _ in range(2):
            w = w - 0.1 * w_bar * w
            value, other = adjoint.value_and_grad(branchy)(w, x)
            s += value * np.sum(other)
        x = x + 0.1 * x_bar
        if s > 2.0:
            x[k] = changes(x)[0] * 0.1
    return s


simple = grad(lambda w, x: np.sum(np.tanh(w * x) ** 2))
branches = grad(branchy, (0, 1))
changes = grad(writes)


@pytest.mark.parametrize("f", [descent, of_branches])
@pytest.mark.parametrize("plan", PLANS)
def test_in_a_loop(f: Any, plan: str) -> None:
    def fresh() -> tuple[Any, ...]:
        return np.array([0.3, 0.5, 0.7]), X.copy()
    options, in_place = PLANS[plan]
    value, gradient = run_pure(adjoint.derivative(f, "value_and_grad", (0, 1), plan=options, in_place=in_place),
                               *fresh())
    assert same_bits(value, f(*fresh()))
    check_gradient(f, fresh, (0, 1), gradient)


def test_of_a_loop_in_a_loop_it_is_refused() -> None:
    def iterated(w: Any, x: Any) -> Any:
        for _ in range(3):
            w = w - 0.1 * grad(loss)(w, x)
        return w * w
    with pytest.raises(LaterError, match="of a function with loops, called in a loop"):
        grad(iterated)(0.4, X)



def test_of_what_is_not_known() -> None:
    def f(x):
        return grad(cube, argnums=x)(x)
    with pytest.raises(UnsupportedError, match="not known before the call"):
        adjoint.grad(f)(1.0)
