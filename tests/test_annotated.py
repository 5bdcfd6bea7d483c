# ruff: noqa: F722, F821, UP037
"""Annotations give `.source` before any call, and a call that fits them runs it."""
from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import adjoint
from adjoint.__main__ import main
from adjoint.dispatch.annotated import affine, declared
from adjoint.frontend.source import read_source
from adjoint.ir.dims import Symbol, of_symbol

from .checks import assert_close, check_gradient
from .compiles import compiled, specialisations


class Subscripted:
    """Stands in for jaxtyping, of which nothing is asked but the text."""

    def __getitem__(self, key: Any) -> Any:
        return self


Array = Float = Float32 = Int = Subscripted()
Layers = list[tuple[NDArray[np.float32], float]]


def numbers(x: float, y: float = 2.0, n: int = 3):
    return x * x * y * n


def linear(x: Float[Array, "n d"], w: "Float[np.ndarray, 'd']", b: Float[Array, "n"], k: float = 1.0):
    return np.sum(np.tanh(x @ w + b)) * k


def differences(u: Float[Array, "n"], v: Float[Array, "n-1"], w: Float[Array, "2*n"], s: Float[Array, "... 3"]):
    return np.sum((u[1:] - u[:-1]) * v) * np.sum(s) + np.sum(w[::2] * u)


def layers(params: list[tuple[Float[Array, "n m"], Float[Array, "m"]]], x: Float[Array, "b d"]):
    for W, b in params:
        x = np.tanh(x @ W + b)
    return np.sum(x * x)


def unranked(A: np.ndarray, x: NDArray[np.float32]):
    return np.sum(A[:, 0] * x)


def named(params: Layers, x: np.ndarray):
    for W, b in params:
        x = x * W + b
    return np.sum(x)


def optional(x: Float32[Array, "n"], w: np.ndarray | None = None, how: str = "plain", k: "f8[n]" = None):
    y = x * x
    if w is not None:
        y = y * w
    return np.sum(y)


def half(x, y: float):
    return x * y


def head(text: str) -> str:
    return next(line for line in text.splitlines() if line.startswith("def "))


def test_the_source_before_any_call() -> None:
    gradient = adjoint.grad(numbers)
    assert head(gradient.source) == "def numbers_grad(x, y=2.0, n=3):"
    assert compiled(gradient, 3.0) == compiled(gradient, 3.0, 1.0, 7) == 0
    assert compiled(gradient, np.float32(3.0)) == 1


def test_names_of_sizes() -> None:
    gradient = adjoint.grad(linear)
    text = gradient.source
    assert all(words in text for words in ("x: (n, d).", "w: (d,).", "b: (n,)."))
    x = np.ones((4, 3))
    assert compiled(gradient, x, x[0], x[:, 0]) == 0
    assert compiled(gradient, x[:1, :1], x[0, :1], x[:1, 0]) == 0, "as declared, of whatever size"
    assert compiled(gradient, x, x[0], x[:1, 0]) == 1, "what is not as declared"
    for shapes in (((4, 3), 3, 4), ((4, 3), 3, 1), ((1, 1), 1, 1)):
        def fresh(shapes: Any = shapes) -> tuple[Any, ...]:
            rng = np.random.default_rng(0)
            return tuple(rng.normal(size=shape) for shape in shapes)
        check_gradient(linear, fresh, (0, 1, 2), list(adjoint.grad(linear, (0, 1, 2))(*fresh())))


def test_affine_sizes_are_relied_on() -> None:
    gradient = adjoint.grad(differences)
    assert "v: (n-1,)." in gradient.source and "w: (2*n,)." in gradient.source and "s: (3,)." in gradient.source
    u = np.arange(4.0)
    assert compiled(gradient, u, np.ones(3), np.ones(8), np.ones(3)) == 0
    assert compiled(gradient, u, np.ones(1), np.ones(8), np.ones(3)) == 1
    assert compiled(gradient, u, np.ones(3), np.ones(7), np.ones(5)) == 1
    assert compiled(gradient, u, np.ones(3), np.ones(8), np.ones((2, 3))) == 1
    assert_close(gradient(u, np.full(1, 2.0), np.zeros(8), np.ones(3)), np.array([-6.0, 0.0, 0.0, 6.0]))


def test_lists_of_layers() -> None:
    gradient = adjoint.grad(layers)
    assert "params: list of (W, b).  Each W: (n, m), b: (m,)." in gradient.source
    rng = np.random.default_rng(0)
    params = [(rng.normal(size=(n, m)), rng.normal(size=m)) for n, m in ((3, 4), (4, 2))]
    assert compiled(gradient, params, np.ones((5, 3))) == 0
    assert compiled(gradient, [(np.ones((3, 2)), np.ones(1))], np.ones((5, 3))) == 1


def test_arrays_of_unknown_rank() -> None:
    gradient = adjoint.grad(unranked)
    assert gradient.source.startswith("# for A, x of rank 2; a call with another rank compiles anew\n")
    single = np.ones(3, np.float32)
    assert_close(gradient(np.ones((3, 4)), single), np.outer(np.ones(3), [1.0, 0.0, 0.0, 0.0]))
    assert len(specialisations(gradient)) == 2


def test_names_of_types_and_what_may_be_none() -> None:
    assert "x: (m,)" in adjoint.grad(named).source
    gradient = adjoint.grad(optional)
    assert "w: None." in gradient.source and "how: 'plain'." in gradient.source and "of float32" in gradient.source
    assert compiled(gradient, np.ones(3, np.float32), None, "plain", np.ones(3)) == 0


def test_what_annotations_do_not_say() -> None:
    text = adjoint.grad(half).source
    assert text.splitlines()[0] == "# nothing says what `x` is"
    assert "`.specialize(*example_args).source`" in text
    assert all(line.startswith("#") for line in text.splitlines())

    def refused(x: float):
        return undefined_name(x)
    assert adjoint.grad(refused).source.startswith("# `undefined_name` may not be defined here\n")

    def unknown(x: "Something[float]"):
        return x
    assert "the annotation `Something[float]` does not say what `x` is" in adjoint.grad(unknown).source


class Dims(type):
    """As jaxtyping's own classes are: their name is their text."""


def test_objects_as_annotations() -> None:
    made = Dims("Float[ndarray, 'n 2']", (), {})
    space = {"Matrix": made, "np": np}

    def f(x: Matrix):  # type: ignore[name-defined]
        return np.sum(x * x)
    f.__globals__.update(space)
    try:
        assert "x: (n, 2)." in adjoint.grad(f).source
    finally:
        del f.__globals__["Matrix"]


@pytest.mark.parametrize("text, wanted", [
    ("n", "n"), ("n-1", "n-1"), ("n+m", "m+n"), ("2*n", "2*n"), ("n*2-1", "2*n-1"), ("3", "3"), ("n*m", None),
    ("n//2", None), ("k", None), ("(", None), ("-n", None),
])
def test_affine(text: str, wanted: str | None) -> None:
    known = {name: Symbol(name, (7,), (name, (), 0)) for name in ("n", "m")}
    found = affine(text, known)
    assert (None if found is None else str(found)) == wanted


def test_a_size_that_stands_alone_later() -> None:
    def f(x: Float[Array, "n+1"], y: Float[Array, "n"]):
        return np.sum(x[1:] * y)
    [choice] = declared(read_source(f))
    first, second = choice.kinds
    assert second.dims[0].terms[0][0].source == ("y", (), 0)    # type: ignore[attr-defined]
    assert first.dims[0] == of_symbol(second.dims[0].terms[0][0]) + 1   # type: ignore[attr-defined]
    gradient = adjoint.grad(f)
    assert compiled(gradient, np.ones(5), np.ones(4)) == 0
    assert compiled(gradient, np.ones(5), np.ones(1)) == 1


def test_the_commands_read_annotations(tmp_path: Path, capsys: pytest.CaptureFixture[str],
                                       monkeypatch: pytest.MonkeyPatch) -> None:
    text = ("import numpy as np\n\n\ndef f(x: 'Float[Array, \"n d\"]', w: 'Float[Array, \"d\"]', k: float):\n"
            "    return np.sum(np.tanh(x @ w)) * k\n")
    (tmp_path / "annotated_program.py").write_text(text)
    monkeypatch.setattr(sys, "path", list(sys.path))
    assert main(["show", f"{tmp_path / 'annotated_program.py'}:f"]) == 0
    assert "x: (n, d)." in capsys.readouterr().out
