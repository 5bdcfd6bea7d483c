"""From a call to its specialisation: what compiles anew, what does not, what is refused."""
from __future__ import annotations

import pickle
import threading
from typing import Any

import numpy as np
import pytest

import adjoint
from adjoint.errors import UnsupportedError

from .checks import check_gradient
from .compiles import anew, compiled, specialisations
from .showcase import mlp

# ---- sizes

def scaled(x, y):
    return np.sum(np.tanh(x) * y)


def test_twenty_shapes_compile_once() -> None:
    derivative = adjoint.grad(anew(scaled), (0, 1))
    rng = np.random.default_rng(0)
    for n in range(2, 12):
        for m in (3, 7):
            x, y = rng.normal(size=(n, m)), rng.normal(size=m)
            x_bar, y_bar = derivative(x, y)
            assert x_bar.shape == x.shape
            np.testing.assert_allclose(y_bar, np.tanh(x).sum(axis=0))
    assert len(specialisations(derivative)) == 1


def test_an_axis_of_size_one_is_right() -> None:
    derivative = adjoint.grad(anew(scaled), (0, 1))
    full = (4, 3)
    shapes = [(full, full), (full, (1, 3)), (full, (4, 1)), ((1, 3), full), ((1, 1), full), (full, (1, 1))]
    for one, other in shapes:
        def fresh(one: Any = one, other: Any = other) -> tuple[Any, ...]:
            rng = np.random.default_rng(1)
            return rng.normal(size=one), rng.normal(size=other)
        check_gradient(scaled, fresh, (0, 1), list(derivative(*fresh())))
    assert compiled(derivative, np.ones((9, 8)), np.ones((1, 8))) == 0


def params_of(sizes: list[int]) -> list[tuple[np.ndarray, np.ndarray]]:
    rng = np.random.default_rng(2)
    return [(rng.normal(size=(n, m)), rng.normal(size=m)) for n, m in zip(sizes, sizes[1:])]


def test_lists_of_any_length_share_specialisations() -> None:
    derivative = adjoint.grad(anew(mlp.mlp_loss))
    for layers in range(1, 13):
        for width in (2, 5):
            sizes = [4, *[width + k % 3 for k in range(layers - 1)], 3]
            args = params_of(sizes), np.ones((6, 4)), np.zeros((6, 3))
            assert len(derivative(*args)) == layers
    assert len(specialisations(derivative)) <= 3


def test_the_order_of_lengths_does_not_matter() -> None:
    for lengths in ([1, 12, 2], [12, 1, 2]):
        derivative = adjoint.grad(anew(mlp.mlp_loss))
        for layers in lengths:
            derivative(params_of([4] + [3] * layers), np.ones((6, 4)), np.zeros((6, 3)))
        assert len(specialisations(derivative)) <= 3


def test_layers_of_width_one() -> None:
    derivative = adjoint.grad(anew(mlp.mlp_loss))
    for sizes in ([4, 1, 3], [4, 3, 1], [1, 3, 2], [1, 1, 1], [4, 3, 3]):
        def fresh(sizes: list[int] = sizes) -> tuple[Any, ...]:
            return params_of(sizes), np.linspace(-1.0, 1.0, 6 * sizes[0]).reshape(6, sizes[0]), np.zeros((6, sizes[-1]))
        check_gradient(mlp.mlp_loss, fresh, 0, derivative(*fresh()))


# ---- types

def test_a_new_dtype_or_rank_compiles() -> None:
    derivative = adjoint.grad(anew(scaled), 0)
    x = np.ones((4, 3))
    assert compiled(derivative, x, x) == 1
    assert compiled(derivative, x.astype(np.float32), x.astype(np.float32)) == 1
    assert compiled(derivative, x[0], x[0]) == 1
    assert compiled(derivative, x, x[0]) == 1
    assert [compiled(derivative, *args) for args in ((x, x), (x[0], x[0]), (x, x[0]))] == [0, 0, 0]
    assert derivative(x.astype(np.float32), x.astype(np.float32)).dtype == np.float32


def power(x, k):
    return x * k * k


def test_exact_types_do_not_collide() -> None:
    """True, 1, 1.0 and their relatives are equal, and hash alike, but are not of one type."""
    derivative = adjoint.grad(anew(power))
    ones = [True, 1, 1.0, np.float64(1.0), np.float32(1.0), np.int64(1), np.array(1.0), np.array(1)]
    for one in ones:
        assert compiled(derivative, 3.0, one) == 1, repr(one)
    for one in ones:
        assert compiled(derivative, 3.0, one) == 0, repr(one)
        assert derivative(3.0, one) == 1.0


def test_an_int_is_not_taken_for_a_float() -> None:
    derivative = adjoint.grad(anew(power))
    assert derivative(2.0, 3.0) == 9.0
    for wrong in (2, True, np.int64(2)):
        with pytest.raises(UnsupportedError):
            derivative(wrong, 3.0)
    assert len(specialisations(derivative)) == 1


def test_unpickled_arrays_do_not_compile_again() -> None:
    derivative = adjoint.grad(anew(scaled), 0)
    x = np.ones((4, 3))
    derivative(x, x)
    again = pickle.loads(pickle.dumps(x))
    other = np.ndarray(x.shape, pickle.loads(pickle.dumps(np.dtype(np.float64).newbyteorder("="))), x.tobytes())
    assert compiled(derivative, again, other) == 0


def test_unpickled_arrays_take_the_fast_way(monkeypatch: pytest.MonkeyPatch) -> None:
    derivative = adjoint.grad(anew(scaled), 0)
    x = np.ones((4, 3))
    derivative(x, x)
    derivative.__globals__[derivative.__adjoint__.slow_name] = None
    try:
        np.testing.assert_array_equal(derivative(*pickle.loads(pickle.dumps((x, x)))), derivative(x, x))
    finally:
        derivative.__globals__[derivative.__adjoint__.slow_name] = derivative.__adjoint__.slow


# ---- arguments that are no numbers

def optional(x, scale=None, how="plain"):
    y = x * x
    if scale is not None:
        y = y * scale
    return np.sum(y)


def test_none_and_strings() -> None:
    derivative = adjoint.grad(anew(optional))
    x = np.arange(3.0)
    np.testing.assert_array_equal(derivative(x), 2.0 * x)
    np.testing.assert_array_equal(derivative(x, 3.0), 6.0 * x)
    np.testing.assert_array_equal(derivative(x, None, "other"), 2.0 * x)
    assert len(specialisations(derivative)) == 3
    for args in ((x,), (x, 4.0), (x, None), (x, None, "other"), (x, 3.0, "plain")):
        assert compiled(derivative, *args) == 0
    assert "scale is None" in specialisations(derivative)[0].condition


def test_strings_and_none_inside_containers() -> None:
    def f(x, options):
        return np.sum(x * x) * options["scale"]
    derivative = adjoint.grad(f)
    x = np.ones(3)
    assert compiled(derivative, x, {"scale": 2.0, "name": "one", "more": None, "words": ["a", "b"]}) == 1
    assert compiled(derivative, x, {"scale": 3.0, "name": "two", "more": None, "words": ["c"]}) == 0
    assert compiled(derivative, x, {"scale": 3.0, "name": "two", "more": 1.0, "words": ["c"]}) == 1


def with_keywords(x, y=2.0, *, k=3, z=0.5):
    return x * y * k + x * z


def test_keywords_and_defaults() -> None:
    derivative = adjoint.grad(anew(with_keywords))
    assert derivative(1.5) == 6.5
    assert derivative(1.5, 1.0) == 3.5
    assert derivative(x=1.5, y=1.0, k=1) == 1.5
    assert derivative(1.5, z=1.5, k=2, y=1.0) == 3.5
    assert len(specialisations(derivative)) == 1
    with pytest.raises(TypeError):
        derivative()
    with pytest.raises(TypeError):
        derivative(1.0, nothing=2.0)
    special = derivative.specialize(1.5, k=4)
    assert len(specialisations(derivative)) == 1
    assert "def with_keywords_grad(x, y=2.0, *, k=3, z=0.5):" in special.source
    assert special(1.5) == 6.5


def positional(x, y=2.0, /, z=1.0):
    return x * y * z


def test_positional_only() -> None:
    derivative = adjoint.grad(anew(positional))
    assert (derivative(1.5), derivative(1.5, 3.0, z=2.0)) == (2.0, 6.0)
    assert "def positional_grad(x, y=2.0, /, z=1.0):" in derivative.source


def test_defaults_of_the_text_are_those_it_is_made_for() -> None:
    """A default that another specialisation serves is left out, and with it those before."""
    x = np.ones(3)
    texts = [adjoint.grad(anew(optional)).specialize(x, *rest).source for rest in ((), (2.0,), (None, "other"))]
    heads = [next(line for line in text.splitlines() if line.startswith("def ")) for text in texts]
    assert heads == ["def optional_grad(x, scale=None, how='plain'):", "def optional_grad(x, scale, how='plain'):",
                     "def optional_grad(x, scale, how):"]


# ---- the plain function

def test_a_held_reference_gets_the_new_code() -> None:
    derivative = adjoint.grad(anew(scaled))
    held, code = {"gradient": derivative}["gradient"], derivative.__code__
    x = np.ones((4, 3))
    want = derivative(x, x)
    assert held.__code__ is not code
    adjoint_slow = derivative.__globals__[derivative.__adjoint__.slow_name]
    derivative.__globals__[derivative.__adjoint__.slow_name] = None
    try:
        np.testing.assert_array_equal(held(x, x), want)
    finally:
        derivative.__globals__[derivative.__adjoint__.slow_name] = adjoint_slow


def test_many_specialisations_stay_right() -> None:
    """More than the dispatcher asks directly: the slow way finds the others, and compiles none twice."""
    derivative = adjoint.grad(anew(scaled), 0)
    arrays = [np.ones(shape, dtype) for shape in ((3,), (3, 3), (3, 3, 3), (3, 1), (1, 3))
              for dtype in (np.float32, np.float64)]
    for _ in range(2):
        for x in arrays:
            assert derivative(x, x).dtype == x.dtype
    assert len(specialisations(derivative)) == len(arrays)


def test_specialize_shows_what_a_call_runs() -> None:
    derivative = adjoint.grad(anew(scaled), 0)
    x = np.ones((4, 3))
    special = derivative.specialize(x, x)
    assert derivative.source == special.source
    derivative(x, x)
    assert specialisations(derivative).count(special) == 1
    assert derivative.specialize(np.ones((7, 5)), np.ones((7, 5))) is special


def test_threads_compile_once() -> None:
    for _ in range(3):
        derivative = adjoint.grad(anew(mlp.mlp_loss))
        args = params_of([4, 5, 3]), np.ones((6, 4)), np.zeros((6, 3))
        start, found = threading.Barrier(8), []

        def call(derivative: Any = derivative, args: Any = args, start: Any = start, found: Any = found) -> None:
            start.wait()
            for _ in range(5):
                found.append(derivative(*args)[0][0])

        threads = [threading.Thread(target=call) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(found) == 40
        assert all(np.array_equal(one, found[0]) for one in found)
        assert len(specialisations(derivative)) == 1


def test_threads_compile_different_things() -> None:
    """Derivatives of several functions are made at once."""
    functions = [scaled, power, optional, mlp.mlp_loss]
    copies = [anew(f) for f in functions for _ in range(3)]
    x = np.ones((4, 3))
    inputs = [(x, x), (2.0, 3.0), (x,), (params_of([4, 5, 3]), np.ones((6, 4)), np.zeros((6, 3)))]
    failures: list[BaseException] = []

    def call(f: Any, args: tuple[Any, ...]) -> None:
        try:
            adjoint.grad(f)(*args)
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=call, args=(f, inputs[k // 3])) for k, f in enumerate(copies)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
