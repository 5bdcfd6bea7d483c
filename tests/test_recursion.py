"""Functions that call themselves: what their pairs say, what they cost, when they are compiled again."""
from __future__ import annotations

import subprocess
import sys
import types
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import adjoint
from adjoint.errors import LaterError

from .checks import run_pure
from .programs import d02_tree_sum, d03_in_place, d08_in_a_loop, d13_no_float

MODULE = """
import numpy as np
scale = 0.5
def helper(x):
    return np.sin(x) * scale
def g(x, n):
    if n == 0:
        return x
    return helper(g(x, n - 1)) + x
def f(x, n):
    return g(x, n)
"""


def source(module: Any, k: int = 0) -> str:
    text: str = adjoint.grad(module.f, module.ARGNUMS).specialize(*module.inputs()[k]).source
    return text


def made(tmp_path: Path, name: str) -> types.ModuleType:
    (tmp_path / f"{name}.py").write_text(MODULE)
    sys.path.insert(0, str(tmp_path))
    try:
        return __import__(name)
    finally:
        sys.path.remove(str(tmp_path))


@pytest.mark.parametrize("module", [d02_tree_sum, d08_in_a_loop])
def test_adjoints_of_arrays_grow_where_they_stand(module: Any) -> None:
    """A35: no call makes an array of the size of its argument."""
    text = source(module)
    assert text.count("zeros_like") == 1
    assert text.rindex("def ") < text.index("zeros_like")


def test_what_is_not_read_is_not_saved() -> None:
    text = source(d02_tree_sum)
    assert "saved" not in text
    assert "return tree_sum_forward(a[:m]) + 0.5 * tree_sum_forward(a[m:])" in text


def test_what_has_no_derivative_is_called_as_it_is() -> None:
    text = source(d13_no_float)
    assert "return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)" in text
    assert "_backward" not in text


def test_written_arrays_are_left_as_they_were_found() -> None:
    text = source(d03_in_place)
    assert "It leaves in a what `f` found there." in text
    assert text.count(".copy()") == 1  # on entry, in the gradient


def test_deep_recursion() -> None:
    x = np.linspace(0.1, 0.9, 200)
    gradient = run_pure(adjoint.grad(chained), x)
    step = np.zeros(200)
    step[100] = 1e-6
    wanted = (chained(x + step) - chained(x - step)) / 2e-6
    assert abs(gradient[100] - wanted) < 1e-8


def chained(x: Any) -> Any:
    return along(x, 0)


def along(x: Any, i: int) -> Any:
    return x[i] if i == len(x) - 1 else x[i] * along(x, i + 1) + x[i]


def test_what_a_recursive_function_reads_is_guarded(tmp_path: Path) -> None:
    module = made(tmp_path, "recursive_reads")
    gradient = adjoint.grad(module.f)
    before = gradient(0.7, 2)
    module.scale = 2.0                      # read when the gradient is called
    assert gradient(0.7, 2) != before
    module.scale = 0.5
    assert gradient(0.7, 2) == before
    module.helper = np.cos                  # a function is part of what was compiled
    step = 1e-6
    wanted = (module.f(0.7 + step, 2) - module.f(0.7 - step, 2)) / (2 * step)
    assert abs(gradient(0.7, 2) - wanted) < 1e-8


def test_saved_text_runs_alone(tmp_path: Path) -> None:
    module = made(tmp_path, "recursive_saved")
    gradient = adjoint.grad(module.f)
    wanted = gradient(0.7, 3)
    gradient.save(tmp_path / "saved_gradient.py", 0.7, 3)
    code = "import sys; sys.modules['adjoint'] = None; from saved_gradient import f_grad; print(float(f_grad(0.7, 3)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert float(done.stdout) == wanted


def test_second_derivatives_in_reverse_mode_are_refused() -> None:
    with pytest.raises(LaterError, match="second derivative of a recursive function"):
        adjoint.grad(adjoint.grad(powers))(0.4, 3)


def powers(x: float, n: int) -> float:
    return 1.0 if n == 0 else x * powers(x, n - 1)
