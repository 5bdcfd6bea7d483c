"""A derivative is pickled as a name, by which it is found, or made, again."""
from __future__ import annotations

import copy
import inspect
import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import adjoint
import adjoint.derivatives
from adjoint.errors import UnsupportedError
from adjoint.materialise.plan import BASE

from .showcase import mlp, relax

ROOT = Path(__file__).parent.parent
PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)


def cube(x, k=2.0):
    return x * x * x * k


@adjoint.grad
def decorated(x):
    return x * x


@adjoint.value_and_grad(argnums="y")
def decorated_with(x, y):
    return x * y * y


class Holder:
    @staticmethod
    def inside(x):
        return x * x * x


DERIVATIVES = {
    "grad": adjoint.grad(cube),
    "several": adjoint.grad(cube, (0, 1)),
    "one in a tuple": adjoint.grad(cube, ("k",)),
    "value": adjoint.value_and_grad(mlp.mlp_loss),
    "vjp": adjoint.derivative(cube, "vjp", (0, 1)),
    "jvp": adjoint.derivative(cube, "jvp", 1),
    "second": adjoint.grad(adjoint.grad(cube)),
    "forward over reverse": adjoint.derivative(adjoint.grad(relax.relax, 1), "jvp", (0, 1)),
    "decorated": decorated,
    "decorated twice": adjoint.grad(decorated),
    "decorated with arguments": decorated_with,
    "cupy": adjoint.grad(cube, backend="cupy"),
    "plan": adjoint.derivative(cube, plan=BASE),
    "fresh arrays": adjoint.derivative(cube, in_place=False),
    "in a class": adjoint.grad(Holder.inside),
}
each = pytest.mark.parametrize("derivative", DERIVATIVES.values(), ids=DERIVATIVES)


@each
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_the_same_object_comes_back(derivative: Any, protocol: int) -> None:
    assert pickle.loads(pickle.dumps(derivative, protocol)) is derivative
    assert pickle.loads(pickle._dumps(derivative, protocol)) is derivative


@each
def test_a_copy_is_the_same_object(derivative: Any) -> None:
    assert copy.copy(derivative) is derivative
    assert copy.deepcopy([derivative])[0] is derivative


def test_names() -> None:
    names = {derivative.__qualname__ for derivative in DERIVATIVES.values()}
    assert len(names) == len(DERIVATIVES)
    assert not any("." in name for name in names)
    derivative = DERIVATIVES["several"]
    assert derivative.__module__ == "adjoint.derivatives"
    assert derivative.__name__ == "cube_grad"
    assert derivative.__wrapped__ is derivative.primal is cube
    assert inspect.signature(derivative) == inspect.signature(cube)
    assert "cube" in repr(derivative)


def test_the_pullback_has_its_own_signature() -> None:
    assert str(inspect.signature(DERIVATIVES["vjp"])) == "(x, k, out_bar)"
    assert str(inspect.signature(DERIVATIVES["jvp"])) == "(x, k, k_dot)"


def test_a_pickle_holds_a_name_only() -> None:
    derivative = adjoint.grad(mlp.mlp_loss)
    derivative([(np.ones((2, 2)), np.ones(2))], np.ones((3, 2)), np.ones((3, 2)))
    assert len(pickle.dumps(derivative)) < 150


def python(*words: str, folder: Path = ROOT) -> str:
    path = os.pathsep.join(filter(None, (str(folder), str(ROOT), os.environ.get("PYTHONPATH", ""))))
    done = subprocess.run([sys.executable, *words], env={**os.environ, "PYTHONPATH": path}, cwd=folder,
                          capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


LOAD = """
import pickle, sys
derivatives = pickle.loads(bytes.fromhex(sys.argv[1]))
assert pickle.loads(pickle.dumps(derivatives))[0] is derivatives[0]
print([one(2.0) for one in derivatives])
"""


def test_a_fresh_process() -> None:
    derivatives = [DERIVATIVES[name] for name in ("grad", "second", "decorated", "in a class", "plan")]
    out = python("-c", LOAD, pickle.dumps(derivatives).hex())
    assert out.strip() == str([derivative(2.0) for derivative in derivatives])


MAIN = """
import pickle
import adjoint

def f(x):
    return x * x

derivative = adjoint.grad(f)
assert pickle.loads(pickle.dumps(derivative)) is derivative
print(derivative(3.0))
"""


def test_a_function_of_the_main_program(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(MAIN)
    assert python("program.py", folder=tmp_path).strip() == "6.0"


def test_a_local_function_is_refused() -> None:
    def local(x):
        return x * x
    derivative = adjoint.grad(local)
    with pytest.raises((pickle.PicklingError, AttributeError), match="local"):
        pickle.dumps(derivative)


def test_a_function_that_was_replaced_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    derivative = adjoint.grad(cube)
    monkeypatch.setitem(globals(), "cube", decorated.primal)
    with pytest.raises(pickle.PicklingError, match="cube"):
        pickle.dumps(derivative)


@pytest.mark.parametrize("name", ["nothing", "os/path:join", "os/path:join grad(0) numpy x", "nowhere:f grad(0) numpy",
                                  "tests/test_pickle:cube grad(a) numpy", "tests/test_pickle:cube hess(0) numpy",
                                  "tests/test_pickle:cube grad(0) fortran", "tests/test_pickle:cube grad(7) numpy"])
def test_names_of_nothing(name: str) -> None:
    with pytest.raises((AttributeError, ImportError, UnsupportedError)):
        getattr(adjoint.derivatives, name)


def test_dunders_are_not_looked_for() -> None:
    assert not hasattr(adjoint.derivatives, "__path__")
    assert inspect.getmodule(adjoint.grad(cube)) is adjoint.derivatives
