"""Whatever Python calls a function is found: lambdas, wrappers, methods, what was typed into a prompt."""
from __future__ import annotations

import functools
import linecache
import subprocess
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import adjoint
from adjoint.errors import UnsupportedError
from adjoint.frontend.source import read_source

from . import compiles
from .checks import assert_close
from .compiles import anew, specialisations

ROOT = Path(__file__).parent.parent

# ---- lambdas

one, other = lambda x: x * x, (lambda y: (lambda z: z * z * y))     # noqa: E731
spread = lambda x: (    # noqa: E731
    x * x
    + x)
chosen = lambda x, y=2.0, *, k=1.0: (x) * k if x > 1.0 else (x * y)     # noqa: E731


def test_several_lambdas_in_a_line() -> None:
    assert adjoint.grad(one)(3.0) == 6.0
    assert adjoint.grad(other(5.0))(3.0) == 30.0
    three, four, zero = lambda x: x * 3.0, lambda x: x * 4.0, lambda x: np.sin(x) * 0.0     # noqa: E731
    assert [adjoint.grad(f)(2.0) for f in (three, four, zero)] == [3.0, 4.0, 0.0]


def test_a_lambda_of_several_lines_or_with_a_choice() -> None:
    assert adjoint.grad(spread)(3.0) == 7.0
    assert (adjoint.grad(chosen)(3.0), adjoint.grad(chosen)(0.5), adjoint.grad(chosen)(3.0, k=4.0)) == (1.0, 2.0, 4.0)


def test_the_name_of_a_lambda() -> None:
    assert "def spread_grad(x):" in adjoint.grad(spread).specialize(1.0).source
    assert "def lambda_grad(x):" in adjoint.grad(lambda x: x).specialize(1.0).source


def test_a_lambda_that_a_function_calls() -> None:
    def f(x):
        return one(x) + spread(x)
    assert adjoint.grad(f)(2.0) == 4.0 + 5.0


WITHOUT = """
import sys
sys.path.insert(0, sys.argv[1])
import adjoint
f = lambda x: x * x
g, h = lambda x: x * 3.0, lambda y: y * 4.0
i, j = lambda x: x * 3.0, lambda x: x * 4.0
print(adjoint.grad(f)(2.0), adjoint.grad(g)(2.0), adjoint.grad(h)(2.0))
try:
    adjoint.grad(i)(2.0)
except adjoint.UnsupportedError as refusal:
    print(refusal.why)
"""


def test_lambdas_without_positions(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(WITHOUT)
    done = subprocess.run([sys.executable, "-X", "no_debug_ranges", "program.py", str(ROOT)], cwd=tmp_path,
                          capture_output=True, text=True)
    assert done.stdout.splitlines() == [
        "4.0 3.0 4.0", "it cannot be told which of the lambdas in this line is meant"], done.stderr


def test_a_lambda_whose_file_has_changed(tmp_path: Path) -> None:
    made = compiles.defined("f = lambda x: x * x\n", tmp_path / "changing.py")
    (tmp_path / "changing.py").write_text("\n\n\nf = 3\n")
    with pytest.raises(UnsupportedError, match="has changed"):
        adjoint.grad(made.f)(2.0)


# ---- files that change

BODIES = {
    "a constant": ("return x * 2.0", "return x * 3.0", False),
    "an operator": ("return x * 2.0", "return x + 2.0", False),
    "a name": ("return x * G", "return x * H", False),
    "a line": ("return x * x", "y = x\n    return y * x", False),
    "a comment": ("return x * x", "return x * x     # squared", True),
    "a module's function": ("return np.sum(x)", "return  np.sum(x)", True),
    "a lambda inside": ("return (lambda y: y * 2.0)(x)", "return (lambda y: y * 3.0)(x)", False),
}


@pytest.mark.parametrize("before, after, fresh", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("form", [
    "def f(x):\n    {}\n", "def make(k):\n    def f(x):\n        {}\n    return f\n\n\nf = make(2.0)\n"])
def test_what_was_edited_after_the_import(before: str, after: str, fresh: bool, form: str, tmp_path: Path) -> None:
    """The text is differentiated, and what runs is the code: they must be the same."""
    space = "G = H = 2.0\n\n\n"
    indent = "    " if "make" in form else ""
    made = compiles.defined(space + form.format(before.replace("\n", "\n" + indent)), tmp_path / "edited.py")
    text = (tmp_path / "edited.py").read_text()
    assert before.split("\n")[0] in text
    (tmp_path / "edited.py").write_text(text.replace(before, after.replace("\n", "\n" + indent)))
    if fresh:
        read_source(made.f)
    else:
        with pytest.raises(UnsupportedError, match="has changed"):
            read_source(made.f)


# ---- wrappers

def doubled(f: Any) -> Any:
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        return 2.0 * f(*args, **kwargs)
    return wrapper


def named(factor: float) -> Callable[[Any], Any]:
    def decorate(f: Any) -> Any:
        @functools.wraps(f)
        def wrapper(x, *args, **kwargs):
            return factor * f(x, *args, **kwargs)
        return wrapper
    return decorate


@doubled
@named(5.0)
def wrapped(x, y=3.0, *, k=2):
    return np.sum(x * x * y) * k


def test_a_wrapper_does_what_it_does() -> None:
    """What a decorator adds is differentiated too: it is not what stands below it that is called."""
    gradient = adjoint.grad(wrapped)
    x = np.ones(2)
    assert_close(gradient(x), 120.0 * x)
    assert_close(gradient(x, 1.0, k=1), 20.0 * x)
    assert_close(gradient(x=x, k=1, y=1.0), 20.0 * x)
    assert_close(adjoint.grad(wrapped, "y")(x), 40.0)
    assert "def wrapped_grad(x, y=3.0, *, k=2):" in gradient.source


def test_a_wrapper_with_other_parameters() -> None:
    def odd(f: Any) -> Any:
        @functools.wraps(f)
        def wrapper(a, b, c, **kwargs):
            return f(a)
        return wrapper

    @odd
    def inner(x):
        return x * x
    with pytest.raises(UnsupportedError, match="other parameters"):
        adjoint.grad(inner)(1.0)


@functools.lru_cache
def cached(x):
    return x * x


class Callee:
    def __call__(self, x):
        return x * x


def test_what_says_how_to_go_on() -> None:
    with pytest.raises(UnsupportedError, match="cached.__wrapped__"):
        adjoint.grad(cached)
    with pytest.raises(UnsupportedError, match="`__call__`"):
        adjoint.grad(Callee())
    assert adjoint.grad(Callee().__call__)(3.0) == 6.0


# ---- notebooks and prompts

def test_a_cell_of_a_notebook() -> None:
    """IPython puts a cell's text where tracebacks look for it."""
    file, text = "<ipython-input-7-abcdef>", "def cell(x):\n    return x * x * x\n\nsquare = lambda x: x * x\n"
    linecache.cache[file] = (len(text), None, text.splitlines(True), file)
    space: dict[str, Any] = {"__name__": "__main__"}
    exec(compile(text, file, "exec"), space)
    assert adjoint.grad(space["cell"])(2.0) == 12.0
    assert adjoint.grad(space["square"])(2.0) == 4.0
    assert adjoint.grad(space["cell"]).source.startswith("# Written by adjoint from <ipython-input-7-abcdef>:1 (cell)")


def test_a_cell_that_is_run_again() -> None:
    gradients = []
    for k, text in enumerate(("def again(x):\n    return x * x\n", "def again(x):\n    return x * 5.0\n")):
        file = f"<ipython-input-{k}-again>"
        linecache.cache[file] = (len(text), None, text.splitlines(True), file)
        space: dict[str, Any] = {"__name__": "__main__"}
        exec(compile(text, file, "exec"), space)
        gradients.append(adjoint.grad(space["again"])(2.0))
    assert gradients == [4.0, 5.0]


def test_a_prompt_that_keeps_nothing() -> None:
    program = "import adjoint\ndef f(x): return x * x\n\nprint(adjoint.grad(f)(2.0))\n"
    done = subprocess.run([sys.executable, "-i"], input=program, cwd=ROOT, capture_output=True, text=True)
    assert "the prompt keeps what is typed from Python 3.13 on" in done.stderr or done.stdout.strip() == "4.0"


# ---- methods and objects

class Inner:
    def __init__(self, z):
        self.z = z


class Model:
    scale = 5.0

    def __init__(self, k):
        self.k, self.W, self.inner = k, k * np.ones(3), Inner(2.0)

    @property
    def square(self):
        return self.k * self.k

    def dot(self, x):
        return np.sum(x * self.W) * self.inner.z

    @staticmethod
    def twice(x):
        return 2.0 * x

    def loss(self, x):
        return self.dot(x) * self.square * self.scale + self.twice(np.sum(x))


def test_attributes_are_read_when_the_derivative_is_called() -> None:
    model, x = Model(2.0), np.ones(3)
    gradient = adjoint.grad(anew(Model.loss), 1)
    assert_close(gradient(model, x), np.full(3, 2.0 * 2.0 * 4.0 * 5.0 + 2.0))
    model.k, model.inner.z = 3.0, 1.0
    assert_close(gradient(model, x), np.full(3, 2.0 * 1.0 * 9.0 * 5.0 + 2.0))
    assert_close(gradient(Model(1.0), x), np.full(3, 2.0 * 5.0 + 2.0))
    assert len(specialisations(gradient)) == 1
    model.k = np.float32(1.0)
    gradient(model, x)
    assert len(specialisations(gradient)) == 2
    assert "self.inner.z" in gradient.source


def test_what_a_class_holds_may_change(monkeypatch: pytest.MonkeyPatch) -> None:
    x = np.ones(3)
    gradient = adjoint.grad(anew(Model.loss), 1)
    gradient(Model(1.0), x)
    monkeypatch.setattr(Model, "scale", 1.0)
    assert_close(gradient(Model(1.0), x), np.full(3, 4.0))
    monkeypatch.setattr(Model, "dot", lambda self, x: np.sum(x))
    assert_close(gradient(Model(1.0), x), np.full(3, 3.0))
    monkeypatch.setattr(Model, "square", property(lambda self: 7.0))
    assert_close(gradient(Model(1.0), x), np.full(3, 9.0))


class Derived(Model):
    def twice(self, x):     # type: ignore[override]
        return 3.0 * x


def test_an_object_of_another_class() -> None:
    gradient, x = adjoint.grad(anew(Model.loss), 1), np.ones(3)
    assert_close([gradient(Model(1.0), x), gradient(Derived(1.0), x)], [np.full(3, 12.0), np.full(3, 13.0)])


class Odd:
    def __getattr__(self, name):
        return 3.0


class Slotted:
    __slots__ = ("k",)


def test_attributes_that_are_computed() -> None:
    def f(x, thing):
        return x * thing.k
    with pytest.raises(UnsupportedError, match="computes its attributes"):
        adjoint.grad(f)(2.0, Odd())
    slotted = Slotted()
    slotted.k = 4.0
    assert adjoint.grad(f)(2.0, slotted) == 4.0
    with pytest.raises(UnsupportedError, match="has no `k`"):
        adjoint.grad(f)(2.0, Inner(1.0))


def test_attributes_of_modules_and_classes_are_live(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = types.ModuleType("settings_of_a_test")
    module.K = 2.0      # type: ignore[attr-defined]
    module.Config = type("Config", (), {"k": 3.0, "__module__": "settings_of_a_test"})  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "settings_of_a_test", module)
    made = compiles.defined("def f(x):\n    return x * settings.K * settings.Config.k\n", tmp_path / "live.py")
    made.f.__globals__["settings"] = module
    gradient = adjoint.grad(made.f)
    assert gradient(1.0) == 6.0
    module.K, module.Config.k = 5.0, 7.0    # type: ignore[attr-defined]
    assert gradient(1.0) == 35.0
    assert len(specialisations(gradient)) == 1


def test_two_cells_of_one_name() -> None:
    def scaled(k: float) -> Any:
        return lambda x: x * k
    two, three = scaled(2.0), scaled(3.0)

    def f(x):
        return two(x) + three(x * x)
    assert adjoint.grad(f)(1.0) == 8.0


def test_the_module_is_not_written_to(tmp_path: Path) -> None:
    made = compiles.defined("K = 2.0\n\n\ndef f(x):\n    return np.sum(x) * K\n", tmp_path / "kept.py")
    space = made.f.__globals__
    before, attributes = dict(space), dict(vars(made.f))
    adjoint.grad(made.f).specialize(np.ones(3))
    assert space == before and vars(made.f) == attributes
