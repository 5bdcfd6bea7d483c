"""What is emitted reads as one would have written it."""
from __future__ import annotations

import ast
import itertools
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import adjoint
from adjoint.emit.wrapping import WIDTH, wrapped
from adjoint.ir.program import Const, Step
from adjoint.primitives.composing import composed

from .test_kernels import NAMES as KERNELS
from .test_kernels import load as load_kernel
from .test_programs import GRADIENTS, load, with_defaults

V, M, X = np.linspace(0.1, 0.9, 4), np.linspace(0.2, 1.0, 16).reshape(4, 4), np.linspace(-1.0, 1.0, 4)


def text(function: Callable[..., Any], argnums: Any, *args: Any) -> str:
    """The emitted statements, without comments."""
    source = adjoint.grad(function, argnums).specialize(*args).source
    return ast.unparse(ast.parse(source).body[-1])


# ---- arithmetic

def energy(mass, v):
    return 0.5 * np.sum(mass[:, None] * v * v)


def cube(x):
    return np.sum(x * x * x)


def cubes_of_elements(x):
    s = 0.0
    for i in range(len(x)):
        s += x[i] * x[i] * x[i]
    return s




@pytest.mark.parametrize("function, argnums, args, line", [
    (energy, 1, (V, M), "v_bar = mass[:, None] * v\n"),
    (cube, 0, (V,), "x_bar = 3.0 * x * x"),
    (cubes_of_elements, 0, (V,), "x_bar[i] += 3.0 * x_i * x_i"),
    (lambda x, y: np.sum(x * (y * y)), 1, (V, V), "y_bar = 2.0 * x * y"),
    (lambda x: np.sum(x ** -1.5) + 1.0, 0, (V,), "x_bar = -1.5 * x ** (-1.5) / x"),
    (lambda x: np.sum(np.sin(np.pi * x)), 0, (V,), "x_bar = np.cos(np.pi * x) * np.pi"),
    (lambda x: np.sum(x * math.e), 0, (V,), "x_bar = np.full_like(x, math.e)"),
])
def test_arithmetic(function: Any, argnums: Any, args: Any, line: str) -> None:
    assert line in text(function, argnums, *args)


def accelerations(pos, mass, dt, n):
    a = np.zeros_like(pos)
    for _ in range(n):
        pos = pos + dt * a
        d = pos[None, :, :] - pos[:, None, :]
        a = np.sum(d * np.sum(d * d, axis=2)[:, :, None], axis=1)
    return np.sum(pos * pos * mass[:, None]) + np.sum(a)


def subtrees(tree: ast.AST) -> list[str]:
    """The expressions with two operators or more."""
    return [ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.BinOp)
            and sum(isinstance(inner, ast.BinOp) for inner in ast.walk(node)) > 1]


@pytest.mark.parametrize("name", ["nbody", "cholesky", "jacobi_2d", "heat_3d"])
def test_no_sum_is_computed_twice_in_one_statement_after_another(name: str) -> None:
    module = load_kernel(name)
    tree = ast.parse(adjoint.grad(module.kernel, module.ARGNUMS).specialize(*module.example_args()).source)
    for node in ast.walk(tree):
        body = node.body if isinstance(node, (ast.FunctionDef, ast.For, ast.While)) else []
        for one, other in itertools.pairwise(body):
            if isinstance(one, ast.Assign) and isinstance(other, ast.Assign):
                assert not set(subtrees(one.value)) & set(subtrees(other.value)), ast.unparse(one)


def test_a_view_with_new_axes_is_not_added_to() -> None:
    found = text(accelerations, 0, M, V, 0.1, 2)
    assert "keepdims" not in found
    assert "[:, None, :] +=" not in found


# ---- names

def sweep(A, w, steps):
    for t in range(steps):
        for i in range(1, len(A) - 1):
            s = (A[i, i] + A[i - 1, i]) / (2.0 + t)
            A[i, i] = (1.0 - w) * A[i, i] + w * s * s
    return np.sum(A * A)


def test_elements_are_called_by_their_indices() -> None:
    found = text(sweep, (0, 1), M, 0.3, 2)
    assert "A_ii = A_saved2.pop()" in found
    assert "A_ii_bar = A_bar[i, i]" in found
    assert "t = " not in found


def with_a_variable_called_product(x):
    for product in range(2):
        x = np.sin(x * x * x) * np.cos(x * x) + product
    return np.sum(x)


def test_no_temporary_takes_the_name_of_a_variable() -> None:
    found = text(with_a_variable_called_product, 0, V)
    assert "product2 = " in found
    assert "product = " not in found


def swapped(x, i, j):
    x[i], x[j] = x[j], x[i]
    x[0], x[1], x[2] = x[1] * 2.0, x[2], x[0]
    return np.sum(x * x)


def test_one_assignment_is_one_statement() -> None:
    found = text(swapped, 0, V, 1, 3)
    assert "x[i], x[j] = (x[j], x[i])" in found
    assert "x[0], x[1], x[2] = (x[1] * 2.0, x[2], x[0])" in found


def bounded(x, n):
    for i in range(n):
        n = n - 1
        x = x * n + i
    return np.sum(x)


def test_bounds_that_are_rebound_keep_their_name() -> None:
    assert "for i in range(n):" in text(bounded, 0, V, 3)


# ---- sizes

@pytest.mark.parametrize("name", ["cholesky", "durbin"])
def test_slices_that_move_together_need_no_helper(name: str) -> None:
    module = load_kernel(name)
    assert "unbroadcast" not in adjoint.grad(module.kernel, module.ARGNUMS).specialize(*module.example_args()).source


def test_float64_is_a_float() -> None:
    gradient = adjoint.grad(lambda x, k: np.sum(x * k), 1)
    assert "float(" not in gradient.specialize(V, 0.5).source.partition("Returns")[2]
    assert "float(" in gradient.specialize(V.astype(np.float32), 0.5).source
    assert isinstance(gradient(V, 0.5), float) and isinstance(gradient(V.astype(np.float32), 0.5), float)


# ---- views of views

def key_of(step: Step, operands: tuple[Const, ...]) -> Any:
    rest = [operand.value for operand in operands]
    (part,) = step.pattern
    return rest[0] if part == "i" else slice(*(rest.pop(0) if given else None for given in part[1:]))  # type: ignore


def step_for(key: Any) -> tuple[Step, tuple[Const, ...]]:
    if isinstance(key, int):
        return Step("index", ("i",)), (Const(key),)
    bounds = (key.start, key.stop, key.step)
    part = ("s", *(bound is not None for bound in bounds))
    return Step("index", (part,)), tuple(Const(bound) for bound in bounds if bound is not None)


def test_views_of_views_select_the_same() -> None:
    ends = (None, 0, 1, 3, -1, -2)
    slices = [slice(*key) for key in itertools.product(ends, ends, (None, 1, 2, -1))]
    found = 0
    for first, second in itertools.product(slices, [*slices, 0, 2, -1, -2]):
        both = composed(*step_for(first), 1, *step_for(second))
        for size in range(7) if both is not None else ():
            numbers = list(range(size))
            try:
                want = numbers[first][second]
            except IndexError:
                continue
            found += 1
            assert numbers[key_of(*both)] == want, (first, second, size)  # type: ignore[misc]
    assert found > 10_000


# ---- the width of the page

LONG = [
    "    x = (a_long_name[i - 1, j] + another_long_name[i + 1, j]) * third_long_name / (fourth_name + fifth_long_name)",
    "        return value, (first_argument_bar, second_argument_bar, float(np.sum(first_argument * second_argument)))",
    "    total += first_argument * second_argument - np.sum(third_argument, axis=0) * fourth_argument - fifth_argument",
    "    if first_argument > second_argument and third_argument > fourth_argument or fifth_argument > sixth_argument:",
    "    q, k, v = np.swapaxes(qkv[:, 0], 0, 1), np.swapaxes(qkv[:, 1], 0, 1), np.swapaxes(qkv[:, 2], 0, 1), 'a - b'",
]


@pytest.mark.parametrize("line", LONG)
def test_long_lines_are_broken(line: str) -> None:
    lines = wrapped(line)
    assert len(lines) > 1 and max(map(len, lines)) <= WIDTH
    body = "\n    pass" if line.endswith(":") else ""
    assert ast.dump(ast.parse("\n".join(lines).lstrip() + body)) == ast.dump(ast.parse(line.lstrip() + body))


def test_sums_are_broken_before_operators() -> None:
    assert wrapped(LONG[2])[1].strip().startswith("- ")


@pytest.mark.parametrize("name", GRADIENTS)
def test_programs_fit_the_page(name: str) -> None:
    module = load(name)
    source = adjoint.grad(module.f, module.ARGNUMS).specialize(*with_defaults(module.f, module.inputs()[0])).source
    assert not [line for line in source.split("\n") if len(line) > WIDTH]


@pytest.mark.parametrize("name", KERNELS)
def test_kernels_fit_the_page(name: str) -> None:
    module = load_kernel(name)
    source = adjoint.value_and_grad(module.kernel, module.ARGNUMS).specialize(*module.example_args()).source
    assert not [line for line in source.split("\n") if len(line) > WIDTH]


# ---- what is in the way of reading

def skips(x, a):
    s = a
    for v in x:
        if v > 0.2:
            s = s * v
            if s > 1.0:
                continue
        s = np.sin(s)
    return s


def test_what_follows_a_continue_deep_inside_is_written_once() -> None:
    emitted = text(skips, 1, X, 0.3)
    assert emitted.count("s = np.sin(s)") == 1 and emitted.count("continue") == 1
    saved_and_left = "skipped_saved.append(True)\n                continue\n        skipped_saved.append(False)\n"
    assert saved_and_left in emitted


def again(x, a):
    xs = [v * a for v in x]
    xs = [np.sin(u) for u in xs]
    return sum(xs) * sum(xs)


def test_a_comprehension_reads_what_it_replaces() -> None:
    assert "xs = [np.sin(u) for u in xs]" in text(again, 1, X, 0.3)


def test_vectors_whose_product_is_a_number_are_of_one_size() -> None:
    kernel = load_kernel("trisolv")
    assert "unbroadcast" not in text(kernel.kernel, (0, 1, 2), *kernel.example_args())
