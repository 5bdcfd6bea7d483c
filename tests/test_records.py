"""Namedtuples and dataclasses: gradients of the same class, also inside lists, with None where no float is."""
from __future__ import annotations

import copy
import dataclasses
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

import adjoint
from adjoint.errors import AdjointError, AliasError, UnsupportedError

from . import compiles
from .checks import assert_close, tangent_of
from .compiles import compiled, specialisations


class Layer(NamedTuple):
    W: Any
    b: Any
    name: str = "dense"

    def apply(self, x):
        return np.tanh(x @ self.W + self.b)


@dataclasses.dataclass(frozen=True)
class Params:
    first: Layer
    scale: float
    count: int = 3

    @property
    def twice(self):
        return 2.0 * self.scale


def loss(p, x):
    return np.sum(p.first.apply(x)) * p.scale * p.count + p.twice


def deep(layers, x):
    for layer in layers:
        x = np.tanh(x @ layer.W + layer.b)
    return np.sum(x * x)


def unpacked(layer, x):
    W, b, name = layer
    return np.sum(x @ W + b) * layer[1][0] * layer.b[-1]


def written(p, x):
    x[0] = 2.0 * x[1]
    return np.sum(x * p.b)


def layer(n: int, m: int) -> Layer:
    rng = np.random.default_rng(n + 10 * m)
    return Layer(rng.normal(size=(n, m)), rng.normal(size=m))


X = np.linspace(-1.0, 1.0, 12).reshape(4, 3)


def leaves(tree: Any) -> list[Any]:
    """The leaves of nested records."""
    if dataclasses.is_dataclass(tree):
        return [leaf for field in dataclasses.fields(tree) for leaf in leaves(getattr(tree, field.name))]
    return [leaf for item in tree for leaf in leaves(item)] if isinstance(tree, (tuple, list)) else [tree]


def check(f: Any, p: Any, gradient: Any) -> None:
    """The gradient against differences along a random direction of every leaf."""
    rng = np.random.default_rng(0)
    for k, (leaf, bar) in enumerate(zip(leaves(p), leaves(gradient), strict=True)):
        if isinstance(leaf, (str, int)):
            assert bar is None
            continue
        dot = tangent_of(leaf, rng)
        ends = []
        for step in (1e-6, -1e-6):
            moved = [copy.deepcopy(leaf) for leaf in leaves(p)]
            moved[k] = moved[k] + step * dot
            rest = iter(moved)
            ends.append(f(rebuilt(p, rest)))
        assert abs((ends[0] - ends[1]) / 2e-6 - np.sum(bar * dot)) < 1e-6


def rebuilt(tree: Any, rest: Any) -> Any:
    if dataclasses.is_dataclass(tree):
        return type(tree)(*[rebuilt(getattr(tree, field.name), rest) for field in dataclasses.fields(tree)])
    if isinstance(tree, list):
        return [rebuilt(item, rest) for item in tree]
    return type(tree)(*[rebuilt(item, rest) for item in tree]) if isinstance(tree, tuple) else next(rest)


def test_a_dataclass_with_a_namedtuple() -> None:
    p = Params(layer(3, 2), 2.0)
    gradient = adjoint.grad(loss)
    bar = gradient(p, X)
    assert type(bar) is Params and type(bar.first) is Layer
    check(lambda p: loss(p, X), p, bar)
    assert compiled(gradient, Params(layer(3, 4), 1.5, 7), X) == 0
    assert compiled(gradient, Params(layer(3, 4)._replace(W=np.ones((3, 4), np.float32)), 1.5, 7), X) == 1
    text = specialisations(gradient)[0].source
    assert "p: Params(first: Layer(W: (n, m), b: (m,), name: str), scale: float, count: int)." in text


def test_a_list_of_namedtuples() -> None:
    params = [layer(3, 2), layer(2, 5)]
    gradient = adjoint.grad(deep)
    bars = gradient(params, X)
    assert [type(bar) for bar in bars] == [Layer, Layer]
    check(lambda p: deep(p, X), params, bars)
    assert compiled(gradient, [layer(3, 2), layer(2, 2), layer(2, 2)], X) == 0


def test_a_namedtuple_is_a_tuple() -> None:
    bar = adjoint.grad(unpacked)(layer(3, 2), X)
    check(lambda p: unpacked(p, X), layer(3, 2), bar)


def test_jvp_and_vjp() -> None:
    p = Params(layer(3, 2), 2.0)
    ones = Params(Layer(np.ones((3, 2)), np.zeros(2), None), 0.0, None)     # type: ignore[arg-type]
    out, slope = adjoint.jvp(loss, (p, X), (ones, None))
    bar = adjoint.grad(loss)(p, X)
    assert_close([out, slope], [loss(p, X), np.sum(bar.first.W)], 1e-12)
    out, pullback = adjoint.vjp(loss, p, X)
    assert_close([b for b in leaves(pullback(1.0)[0]) if b is not None], [b for b in leaves(bar) if b is not None])
    with pytest.raises(AdjointError, match="`first` of tangent 0 must be a Layer"):
        adjoint.jvp(loss, (p, X), (dataclasses.replace(ones, first=(1.0, 2.0, None)), None))


def test_what_is_not_differentiated_is_read_as_it_is_asked_for() -> None:
    def f(x, p):
        return np.sum(x) * p.scale * p.first.b[0]
    p = Params(layer(3, 2), 2.0)
    gradient = adjoint.grad(f)
    assert_close(gradient(X, p), np.full_like(X, 2.0 * p.first.b[0]))
    assert compiled(gradient, X, dataclasses.replace(p, count=None)) == 0    # type: ignore[arg-type]


class Mode:
    def __init__(self, how: str) -> None:
        self.how = how


def test_attributes_that_decide_are_guarded() -> None:
    def f(x, mode):
        if mode.how == "double":
            return 2.0 * x
        return x
    gradient = adjoint.grad(f)
    assert [gradient(1.0, Mode(how)) for how in ("double", "plain", "double")] == [2.0, 1.0, 2.0]
    assert len(specialisations(gradient)) == 2


def test_fields_that_may_be_none() -> None:
    def f(p, x):
        y = x * p.W
        if p.b is not None:
            y = y + p.b
        return np.sum(y * y)
    x = np.ones(3)
    gradient = adjoint.grad(f)
    assert gradient(Layer(x, None), x).b is None
    assert_close(gradient(Layer(x, 2.0), x).b, 18.0)
    assert_close(adjoint.grad(f, 1)(Layer(x, None), x), 2.0 * x)


@pytest.mark.parametrize("line", ["mode.how = x", "mode.how += x", "mode.w[0] = x", "mode.w += x"])
def test_objects_are_not_written_to(line: str, tmp_path: Path) -> None:
    f = compiles.defined(f"def f(x, mode):\n    {line}\n    return x * 2.0\n", tmp_path / "writes.py").f
    mode = Mode("x")
    mode.w = np.ones(2)     # type: ignore[attr-defined]
    with pytest.raises(UnsupportedError) as caught:
        adjoint.grad(f)(2.0, mode)
    assert caught.value.lineno == 5 and caught.value.remedy
    assert_close(mode.w, np.ones(2))    # type: ignore[attr-defined]


def test_overlap_inside_a_record() -> None:
    x = np.ones(3)
    with pytest.raises(AliasError):
        adjoint.grad(written)(Layer(1.0, x), x)
    assert_close(adjoint.grad(written)(Layer(1.0, x), x.copy()).b, np.array([2.0, 1.0, 1.0]))


def test_a_class_of_a_function(tmp_path: Path) -> None:
    class Pair(NamedTuple):
        a: float
        b: float
    gradient = adjoint.grad(lambda p: p.a * p.b)
    assert gradient(Pair(2.0, 3.0)) == Pair(3.0, 2.0) and type(gradient(Pair(2.0, 3.0))) is Pair
    with pytest.raises(UnsupportedError, match="the class `Pair` stands in no module"):
        gradient.save(tmp_path / "made.py")
    saved = adjoint.grad(unpacked)
    saved.save(tmp_path / "made.py", layer(3, 2), X)
    assert "import tests.test_records" in (tmp_path / "made.py").read_text()


class Checked(NamedTuple):
    a: float


class Doubled(Checked):
    def __new__(cls, a):
        return super().__new__(cls, 2.0 * a)


@dataclasses.dataclass
class Normalised:
    a: float

    def __post_init__(self) -> None:
        self.a = self.a / 2.0


@pytest.mark.parametrize("value", [Doubled(1.0), Normalised(1.0), Mode("x")])
def test_classes_that_make_something_else_of_their_fields(value: Any) -> None:
    with pytest.raises(UnsupportedError, match="which is not differentiated"):
        adjoint.grad(lambda p: p.a * p.a)(value)
