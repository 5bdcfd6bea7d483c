"""Every program at other sizes: what was compiled for the first input is right for them, or is not taken for them."""
from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

import adjoint
from adjoint.errors import AdjointError

from .checks import differentiated, flatten, moved, pairing, rebuild, same_bits
from .test_programs import GRADIENTS, load, tolerance_for, with_defaults

# Programs whose value is not what their inputs say: np.empty is not filled, a mean of nothing is divided by.
UNDEFINED = {"y06_local_of_the_same_name", "t02_layer_norm", "t19_float32"}
STEPS = (1e-4, 1e-5)


def sizes_in(tree: Any) -> list[int]:
    return sorted({size for leaf in flatten(tree) if isinstance(leaf, np.ndarray) for size in leaf.shape})


def resized(tree: Any, to: dict[int, int]) -> Any:
    """The arguments with axes of other lengths; what was of one length is so again."""
    rng = np.random.default_rng(0)

    def leaf(array: Any) -> Any:
        shape = tuple(to.get(size, size) for size in np.shape(array))
        if not isinstance(array, np.ndarray) or shape == array.shape:
            return array
        made = np.resize(array, shape) if array.size else np.zeros(shape, array.dtype)
        return made * (1.0 + 0.1 * rng.normal(size=shape)).astype(array.dtype) if array.dtype.kind == "f" else made
    return rebuild(tree, iter(map(leaf, flatten(tree))))


def other_inputs(args: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    sizes = sizes_in(args)
    for to in ({size: size + 1 for size in sizes}, *({size: 1} for size in sizes), *({size: 0} for size in sizes)):
        yield resized(args, to)


def slope(f: Callable[..., Any], args: tuple[Any, ...], nums: tuple[int, ...], direction: list[np.ndarray],
          step: float) -> float:
    """A central difference along a direction of the differentiated leaves."""
    ends = []
    for sign in (1.0, -1.0):
        other, start = list(copy.deepcopy(args)), 0
        for k in nums:
            count = len(differentiated(args, k))
            other[k] = moved(other[k], direction[start:start + count], sign * step)
            start += count
        ends.append(complex(f(*other)))
    return float((ends[0] - ends[1]).real) / (2.0 * step)


def check(f: Callable[..., Any], args: tuple[Any, ...], argnums: Any, found: tuple[Any, Any]) -> None:
    """The value to the bit; the gradient along directions in which two difference quotients agree."""
    nums = argnums if isinstance(argnums, tuple) else (argnums,)
    assert same_bits(found[0], f(*copy.deepcopy(args)))
    leaves, rng = differentiated(args, argnums), np.random.default_rng(0)
    given = [leaf for leaf in flatten(found[1]) if leaf is not None]
    assert [np.shape(g) for g in given] == [np.shape(leaf) for leaf in leaves]
    for _ in range(3):
        direction = [rng.normal(size=np.shape(leaf)) for leaf in leaves]
        wide, narrow = (slope(f, args, nums, direction, step) for step in STEPS)
        if abs(wide - narrow) <= 1e-6 * (1.0 + abs(narrow)):
            size = 1.0 + abs(narrow) + pairing([np.abs(g) for g in given], [np.abs(d) for d in direction])
            assert abs(pairing(given, direction) - narrow) <= 10.0 * tolerance_for(args, argnums) * size


@pytest.mark.parametrize("name", [name for name in GRADIENTS if name not in UNDEFINED])
def test_what_was_compiled_is_right_at_other_sizes(name: str) -> None:
    module = load(name)
    derivative = adjoint.value_and_grad(module.f, module.ARGNUMS)
    first = with_defaults(module.f, module.inputs()[0])
    derivative(*copy.deepcopy(first))
    for args in other_inputs(first):
        with np.errstate(all="ignore"):
            try:
                assert np.isfinite(complex(module.f(*copy.deepcopy(args))))
            except Exception:
                continue    # no input of the program
            try:
                found = derivative(*copy.deepcopy(args))
            except AdjointError:
                continue
            check(module.f, args, module.ARGNUMS, found)
