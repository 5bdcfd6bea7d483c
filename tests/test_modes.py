"""What `grad` and its relatives take and return: aux, elementwise, methods, metadata, threads; what they refuse."""
from __future__ import annotations

import copy
import inspect
import pickle
import threading
from typing import Any

import numpy as np
import pytest

import adjoint
from adjoint.errors import UnsupportedError

from .checks import assert_close, same_bits
from .compiles import anew, specialisations

X = np.linspace(0.2, 1.1, 6)


def tanh(x):
    y = np.exp(-2.0 * x)
    return (1.0 - y) / (1.0 + y)


def parts(x, y):
    p = x * y
    return np.sum(p * p), (p, x, 3)


def only(x):
    return np.sum(x * x)


# ---- aux

def test_what_else_a_function_returns() -> None:
    x = X.copy()
    bar, (p, same, three) = adjoint.grad(parts, has_aux=True)(x, 2.0)
    assert_close(bar, 8.0 * X)
    assert same_bits(p, 2.0 * X) and three == 3
    assert same_bits(same, X) and not np.shares_memory(same, x)


def test_the_value_and_what_else_there_is() -> None:
    (value, (p, _, three)), (x_bar, y_bar) = adjoint.value_and_grad(parts, ("x", 1), has_aux=True)(X, 2.0)
    assert same_bits(value, parts(X, 2.0)[0])
    assert same_bits(p, 2.0 * X) and three == 3
    assert_close([x_bar, y_bar], [8.0 * X, 4.0 * np.sum(X * X)])


def test_aux_as_a_decorator_and_pickled() -> None:
    gradient = adjoint.grad(argnums=1, has_aux=True)(parts)
    assert gradient is adjoint.derivative(parts, argnums=1, has_aux=True)
    assert gradient is not adjoint.grad(parts, 1)
    assert pickle.loads(pickle.dumps(gradient)) is gradient


@pytest.mark.parametrize("f, aux, words", [(parts, False, "has_aux"), (only, True, "does not return two values")])
def test_aux_must_fit_the_function(f: Any, aux: bool, words: str) -> None:
    with pytest.raises(UnsupportedError, match=words):
        adjoint.grad(f, has_aux=aux)(X, *([2.0] if f is parts else []))


def test_aux_is_for_gradients() -> None:
    with pytest.raises(UnsupportedError, match="has_aux"):
        adjoint.derivative(parts, "jvp", has_aux=True)


# ---- elementwise

def test_elementwise_derivatives_of_higher_order() -> None:
    first = adjoint.elementwise_grad(tanh)
    second = adjoint.elementwise_grad(first)
    third = adjoint.elementwise_grad(second)
    t = np.tanh(X)
    assert_close(first(X), 1.0 - t ** 2)
    assert_close(second(X), -2.0 * t * (1.0 - t ** 2))
    assert_close(third(X), (1.0 - t ** 2) * (6.0 * t ** 2 - 2.0), 1e-12)
    assert isinstance(second(0.5), float)
    assert pickle.loads(pickle.dumps(third)) is third


def test_elementwise_of_one_array_only() -> None:
    with pytest.raises(UnsupportedError, match="more than one value"):
        adjoint.elementwise_grad(parts)(X, 2.0)


def test_elementwise_as_a_decorator() -> None:
    @adjoint.elementwise_grad
    def square(x):
        return x * x
    assert_close(square(X), 2.0 * X)


# ---- methods

class Model:
    """A model; its methods are differentiated with respect to their arguments."""

    def loss(self, x, y=2.0):
        return np.sum(x * x * y)

    @adjoint.grad(argnums=1)
    def slope(self, x):
        return x * x * x

    @adjoint.grad(argnums=("y", -3))
    def slopes(self, x, y=2.0):
        return x * x * y

    @adjoint.grad
    @staticmethod
    def of_static(x):
        return x * x

    @staticmethod
    @adjoint.grad
    def static(x):
        return x * x


def test_self_counts_where_it_is_a_parameter() -> None:
    model = Model()
    assert_close(adjoint.grad(Model.loss, 1)(model, X), 4.0 * X)
    assert_close(adjoint.grad(Model.loss, ("y", "x"))(model, X, 1.0), (np.sum(X * X), 2.0 * X))
    assert model.slope(2.0) == 12.0
    assert Model.of_static(3.0) == model.static(3.0) == 6.0


def test_a_bound_method_has_no_self() -> None:
    model = Model()
    gradient = adjoint.grad(model.loss)
    assert_close(gradient(X), 4.0 * X)
    assert_close(adjoint.grad(model.loss, "y")(X), np.sum(X * X))
    assert_close(adjoint.grad(model.loss, (0, -1))(X, y=1.0), (2.0 * X, np.sum(X * X)))
    assert gradient.source.startswith("# Written by adjoint")
    assert str(inspect.signature(gradient)) == "(x, y=2.0)"
    assert_close(adjoint.jvp(model.loss, (X, 1.0), (np.ones(6), None))[1], 2.0 * np.sum(X))


def test_the_derivative_of_a_bound_method_is_like_one_of_a_function() -> None:
    model = Model()
    gradient = adjoint.grad(model.loss)
    assert gradient == adjoint.grad(model.loss) != adjoint.grad(Model().loss)
    assert gradient.__name__ == "loss_grad" and gradient.primal is Model.loss
    assert "x: (n,)." in gradient.specialize(X).source
    again = pickle.loads(pickle.dumps(gradient))
    assert_close(again(X), gradient(X))
    assert_close(copy.deepcopy(gradient)(X), gradient(X))
    assert adjoint.grad(adjoint.grad(model.loss))(2.0) == 4.0
    out, pullback = adjoint.vjp(model.loss, X, 2.0)
    assert_close(pullback(1.0)[0], gradient(X))


def test_an_object_is_not_differentiated() -> None:
    with pytest.raises(UnsupportedError, match="`self`"):
        Model.slopes(Model(), 1.0)
    with pytest.raises(UnsupportedError, match="'self'"):
        adjoint.grad(Model().loss, "self")


# ---- what the differentiated arguments may be

@pytest.mark.parametrize("value, words", [
    (3, "pass a float, as in `x=3.0`"), (True, "pass a float"), (np.int64(3), "pass a float"), ("text", "`x` is str"),
    (None, "None"), (np.arange(3), "floats"), ([1, 2], "floats"),
    ({"a": 1, "b": "c"}, "floats"), (len, "not differentiated"),
])
def test_what_holds_no_float(value: Any, words: str) -> None:
    with pytest.raises(UnsupportedError) as caught:
        adjoint.grad(anew(only))(value)
    assert words in str(caught.value)
    assert "`x`" in caught.value.why and caught.value.remedy


@pytest.mark.parametrize("f, words", [
    (tanh, "not one number"), (parts, "more than one value"),
])
def test_what_is_not_one_number(f: Any, words: str) -> None:
    with pytest.raises(UnsupportedError, match=words):
        adjoint.grad(f)(X, *([1.0] if f is parts else []))


# ---- metadata

def noted(x: float, y: np.ndarray | None = None, *, k: int = 2) -> float:
    """Has notes."""
    return x * x * k


noted.mark = "kept"  # type: ignore[attr-defined]


def test_metadata_of_the_primal() -> None:
    gradient = adjoint.grad(noted)
    assert gradient.mark == "kept"
    assert gradient.__wrapped__ is gradient.primal is noted
    assert gradient.__name__ == "noted_grad"
    assert "Has notes." in gradient.__doc__
    assert gradient.__annotations__ == {"x": "float", "y": "np.ndarray | None", "k": "int"}
    assert inspect.signature(gradient) == inspect.signature(noted)
    assert gradient(2.0) == gradient(2.0, k=2) == gradient(2.0, None) == 8.0


# ---- threads

def test_threads_use_a_derivative_while_it_grows() -> None:
    """Each call gets the gradient of its own arguments, whichever thread compiles what."""
    gradient = adjoint.grad(anew(only))
    makers = [lambda: np.ones(3), lambda: np.ones((2, 2)), lambda: 2.0, lambda: np.float32(2.0),
              lambda: np.ones((2, 3, 2), np.float32), lambda: np.ones(3, np.complex64).real.astype(np.float16)]
    failures: list[Any] = []
    start = threading.Barrier(len(makers) * 2)

    def call(k: int) -> None:
        start.wait()
        for turn in range(20):
            x = makers[(k + turn) % len(makers)]()
            got = gradient(x)
            if np.shape(got) != np.shape(x) or not np.allclose(got, 2.0 * np.asarray(x)):
                failures.append((x, got))

    threads = [threading.Thread(target=call, args=(k,)) for k in range(len(makers) * 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert len(specialisations(gradient)) == len(makers)
