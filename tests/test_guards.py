"""When a specialisation is right: sizes in lists, overlap, names."""
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import adjoint
from adjoint.dispatch.describe import symbols_in
from adjoint.errors import AdjointError, AliasError, UnsupportedError
from adjoint.frontend.abstract import type_of

from . import compiles
from .checks import assert_close, check_gradient, check_owned, run_pure
from .compiles import anew, specialisations


@pytest.fixture
def defined(tmp_path: Path) -> Callable[[str], Any]:
    """Makes functions from text."""
    return lambda text: compiles.defined(text, tmp_path / "functions_of_guards.py")


# ---- lists

TWO = """
def two_lists(p, q):
    s = 0.0
    for W, b in p:
        for V, c in q:
            s = s + np.sum(np.tanh(W * V) + b * c)
    return s


def two_vectors(p, q):
    s = 0.0
    for x in p:
        for y in q:
            s = s + np.sum(np.sin(x) * y)
    return s


def one_list(p):
    s = 0.0
    for x in p:
        for y in p:
            s = s + np.sum(np.sin(x) * y)
    return s
"""


def test_sizes_of_two_lists_meet(defined: Any) -> None:
    f = defined(TWO).two_lists
    derivative = adjoint.grad(f, (0, 1))
    for n, first, second in ((3, 2, 4), (5, 1, 1), (2, 3, 1), (3, 4, 2)):
        def fresh(n: int = n, first: int = first, second: int = second) -> tuple[Any, ...]:
            rng = np.random.default_rng(3)
            return tuple([(rng.normal(size=(n, 2)), rng.normal(size=2)) for _ in range(layers)]
                         for layers in (first, second))
        check_gradient(f, fresh, (0, 1), list(derivative(*fresh())))
    assert len(specialisations(derivative)) <= 3


@pytest.mark.parametrize("sizes", [(3, 1), (1, 3), (3, 1, 1), (2, 2)])
@pytest.mark.parametrize("name", ["two_vectors", "one_list"])
def test_items_of_two_loops_broadcast(name: str, sizes: tuple[int, ...], defined: Any) -> None:
    """Sizes that are equal item by item are not equal for every pair: right, or refused aloud."""
    f = getattr(defined(TWO), name)
    count = 1 if name == "one_list" else 2

    def fresh() -> tuple[Any, ...]:
        rng = np.random.default_rng(4)
        return tuple([rng.normal(size=size) for size in sizes] for _ in range(count))
    derivative = adjoint.grad(f, tuple(range(count)))
    try:
        bars = derivative(*fresh())
    except AdjointError:
        assert not specialisations(derivative)
        return
    check_gradient(f, fresh, tuple(range(count)), list(bars))


# ---- refusals and failures

WRITES = """
G = np.ones(6)


def writes(u, v, n):
    for _ in range(n):
        u[1:-1] = u[1:-1] * v[1:-1]
    return np.sum(u)


def reads(u, v):
    return np.sum(u * v)


def reads_a_global(u):
    u[0] = 2.0 * u[1]
    return np.sum(u * G)
"""


def test_overlapping_arguments_are_refused_at_every_call(defined: Any) -> None:
    made = defined(WRITES)
    derivative = adjoint.grad(made.writes)
    u = np.arange(1.0, 7.0)
    for _ in range(2):
        with pytest.raises(AliasError, match="`u` is written by the function, and is passed twice"):
            derivative(u, u, 2)
        with pytest.raises(AliasError, match="shares memory with another argument"):
            derivative(u[:4], u[2:], 2)
        with pytest.raises(AliasError, match="along two tangents"):
            adjoint.jvp(made.writes, (u, u, 2), (u, u, None))
        assert not specialisations(derivative)
    derivative(u, u.copy(), 2)
    with pytest.raises(AliasError):
        derivative(u, u, 2)
    assert len(specialisations(derivative)) == 1


def test_one_array_as_two_arguments(defined: Any) -> None:
    """What runs is a function of the one array: the two gradients add up to its gradient."""
    f, u = defined(WRITES).writes, np.arange(1.0, 5.0)

    def of_one(u: Any) -> Any:
        own = u.copy()
        return f(own, own, 2)
    derivative = adjoint.value_and_grad(f, (0, 1))
    for _ in range(2):
        assert derivative(u, u, 2)[0] == of_one(u)
        gradient = derivative(u, u, 2)[1]
        check_gradient(of_one, lambda: (np.arange(1.0, 5.0),), 0, gradient[0] + gradient[1])
        check_owned(gradient, (u,))
        value, parts = derivative(u, u.copy(), 2)
        assert value == f(u.copy(), u, 2) != of_one(u)
        check_gradient(f, lambda: (np.arange(1.0, 5.0), u.copy(), 2), (0, 1), parts)
    assert len(specialisations(derivative)) == 2
    assert "the same array as u" in derivative.specialize(u, u, 2).source
    other = adjoint.grad(lambda u, v, s: s * f(u, v, 2), 2)
    assert other(u, u, 0.5) == of_one(u)
    out, pullback = adjoint.vjp(f, u, u, 2)
    assert out == of_one(u)
    assert_close(pullback(1.0)[:2], gradient)


def test_one_array_in_a_derivative_that_is_called(defined: Any) -> None:
    """The inner function would write to one of two names of an array."""
    slope = adjoint.grad(defined(WRITES).writes, (0, 1))

    def outer(a: Any, b: Any) -> Any:
        p, q = slope(a, b, 2)
        return np.sum(p * q)
    u = np.arange(1.0, 5.0)
    run_pure(adjoint.grad(outer), u, u.copy())
    with pytest.raises(AliasError):
        adjoint.grad(outer)(u, u)
    with pytest.raises(AliasError):
        adjoint.grad(outer)(u[1:], u[:-1])
    with pytest.raises(UnsupportedError, match="may share memory with another argument here"):
        adjoint.grad(lambda a: np.sum(slope(a * a, 2.0 * a, 2)[0]) + np.sum(slope(a, a, 2)[1]))(u)


def test_interleaved_arguments_do_not_overlap(defined: Any) -> None:
    made = defined(WRITES)
    u = np.arange(1.0, 9.0)
    got, want = (adjoint.grad(made.writes)(*args, 2) for args in ((u[::2], u[1::2]), (u[::2].copy(), u[1::2].copy())))
    np.testing.assert_array_equal(got, want)


def test_overlap_is_fine_where_nothing_is_written(defined: Any) -> None:
    u = np.arange(1.0, 7.0)
    one, other = adjoint.grad(defined(WRITES).reads, (0, 1))(u, u)
    np.testing.assert_array_equal(one, u)
    assert one is not other and not np.shares_memory(one, other)


def test_an_argument_that_overlaps_a_global(defined: Any) -> None:
    made = defined(WRITES)
    derivative = adjoint.grad(made.reads_a_global)
    with pytest.raises(AliasError):
        derivative(made.G)
    with pytest.raises(AliasError):
        derivative(made.G)


def test_a_refusal_leaves_nothing_behind(defined: Any) -> None:
    f = defined("def f(x):\n    return np.sum(np.partition(x, 1))\n").f
    derivative = adjoint.grad(f)
    code = derivative.__code__
    for _ in range(2):
        with pytest.raises(UnsupportedError):
            derivative(np.ones(3))
    assert not specialisations(derivative)
    assert derivative.__code__ is code


def power(x, k):
    return x * k * k


def test_a_guard_that_contradicts_its_call(monkeypatch: pytest.MonkeyPatch) -> None:
    derivative = adjoint.grad(anew(power))
    monkeypatch.setattr(derivative.__adjoint__, "conditions", lambda *args: ("type(k) is float", "type(x) is int"))
    with pytest.raises(AdjointError, match=r"contradicts.*: type\(x\) is int$"):
        derivative(2.0, 3.0)
    assert not specialisations(derivative)
    monkeypatch.undo()
    assert derivative(2.0, 3.0) == 9.0


# ---- names

HIDDEN = """
def f(type, len, all, list, float, tuple):
    s = type * len
    for x in all:
        s = s + np.sum(x * x) * list[0] * float["a"] * tuple[0]
    return s


def g(_item, _impl, _slow, _float64):
    s = _slow * _impl
    for x in _item:
        s = s + np.sum(x * x) * _float64
    return s
"""


def test_parameters_named_like_what_guards_use(defined: Any) -> None:
    made = defined(HIDDEN)
    args = (2.0, 3.0, [np.ones(3), np.ones(2)], [1.0], {"a": 1.5}, (2.0,))
    for _ in range(2):
        bars = adjoint.grad(made.f, (0, 1, 2))(*args)
        assert bars[:2] == (3.0, 2.0)
        np.testing.assert_allclose(bars[2][1], [6.0, 6.0])
        bars = adjoint.grad(made.g, (0, 1))(args[2], 2.0, 3.0, np.float64(2.0))
        assert bars[1] == 3.0
        np.testing.assert_allclose(bars[0][0], [4.0, 4.0, 4.0])


# ---- places in the arguments

def test_a_dict_with_the_key_that_marks_items() -> None:
    def f(x, table):
        return np.sum(x * table["*"]) + np.sum(x * table["len"])

    def fresh() -> tuple[Any, ...]:
        return np.arange(3.0), {"*": np.arange(1.0, 4.0), "len": np.array([2.0])}
    check_gradient(f, fresh, (0, 1), list(adjoint.grad(f, (0, 1))(*fresh())))


def test_keys_that_are_written_alike() -> None:
    """Sizes of different arrays are different sizes, however their places read."""
    def f(table):
        return np.sum(table[0] * table["0"]) + np.sum(table["a"]["b"] * table["a.b"])

    def fresh() -> tuple[Any, ...]:
        return ({0: np.arange(1.0, 4.0), "0": np.array([2.0]), "a": {"b": np.arange(2.0)}, "a.b": np.array([3.0])},)
    derivative = adjoint.grad(f)
    check_gradient(f, fresh, 0, derivative(*fresh()))
    check_gradient(f, lambda: ({**fresh()[0], "0": np.ones(3)},), 0, derivative({**fresh()[0], "0": np.ones(3)}))
    table = {0: np.ones(2), "0": np.ones(3), "a": {"b": np.ones(4)}, "a.b": np.ones(5), "*": np.ones(6)}
    kind = type_of(table, "table")
    assert len({symbol.name for symbol in symbols_in(kind)}) == 5


SLICED = """
def halves(x, s, w):
    y = np.sin(x[:s.shape[0] // 2])
    return np.sum(y * w)
"""


def test_the_bound_of_a_slice_is_a_size(defined: Any) -> None:
    """What is known of the size of a slice is known for one bound only."""
    f = defined(SLICED).halves
    gradient = adjoint.grad(f, (0, 2))
    for size in (6, 2, 4, 3):
        for count in (1, size // 2):
            def fresh(size: int = size, count: int = count) -> tuple[Any, ...]:
                return np.arange(1.0, 6.0), np.zeros(size), np.linspace(1.0, 2.0, max(count, 1))
            check_gradient(f, fresh, (0, 2), gradient(*fresh()))
