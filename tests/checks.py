"""What the tests of derivatives share: trees of numbers, finite differences, purity, the trip limit."""
from __future__ import annotations

import dataclasses
import pickle
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import numpy as np

Tree = Any
Leaf = Any
STEP = 3e-4
COORDINATES = 40
DIRECTIONS = 6
TRIPS = 2_000_000
# f(x + k h) weighted so that the sum is h f'(x), up to h^5
STENCIL = ((-2, 1.0 / 12.0), (-1, -8.0 / 12.0), (1, 8.0 / 12.0), (2, -1.0 / 12.0))


# ---- trees: lists, tuples, dicts, namedtuples and dataclasses of leaves

def fields_of(record: Any) -> list[Any]:
    """What the fields of a dataclass hold, in order."""
    return [getattr(record, field.name) for field in dataclasses.fields(record)]


def flatten(tree: Tree) -> list[Leaf]:
    """The leaves of a tree, in order; dicts in the order of their keys."""
    if dataclasses.is_dataclass(tree):
        return flatten(fields_of(tree))
    if isinstance(tree, (list, tuple)):
        return [leaf for item in tree for leaf in flatten(item)]
    if isinstance(tree, dict):
        return [leaf for item in tree.values() for leaf in flatten(item)]
    return [tree]


def rebuild(tree: Tree, leaves: Iterator[Leaf]) -> Tree:
    """A tree of the same structure with other leaves."""
    if dataclasses.is_dataclass(tree):
        return type(tree)(*(rebuild(item, leaves) for item in fields_of(tree)))
    if isinstance(tree, tuple) and hasattr(tree, "_fields"):
        return type(tree)(*(rebuild(item, leaves) for item in tree))
    if isinstance(tree, (list, tuple)):
        return type(tree)(rebuild(item, leaves) for item in tree)
    if isinstance(tree, dict):
        return {key: rebuild(item, leaves) for key, item in tree.items()}
    return next(leaves)


def is_inexact(leaf: Leaf) -> bool:
    """True for floats and complex numbers, and arrays of them."""
    return isinstance(leaf, (float, complex, np.ndarray, np.generic)) and np.asarray(leaf).dtype.kind in "fc"


def arrays_of(tree: Tree) -> list[np.ndarray]:
    return [leaf for leaf in flatten(tree) if isinstance(leaf, np.ndarray)]


def widened(tree: Tree) -> Tree:
    """The tree with float32 as float64 and complex64 as complex128; strides of other arrays stay."""
    wide = {"f": np.float64, "c": np.complex128}

    def one(leaf: Leaf) -> Leaf:
        if isinstance(leaf, (np.ndarray, np.generic)) and leaf.dtype.kind in wide:
            return leaf.astype(wide[leaf.dtype.kind], copy=False)
        return leaf
    return rebuild(tree, iter([one(leaf) for leaf in flatten(tree)]))


def tangent_of(tree: Any, rng: np.random.Generator) -> Any:
    """Random numbers of a tree's form; what is not inexact stays."""
    def one(leaf: Any) -> Any:
        if not is_inexact(leaf):
            return leaf
        drawn = rng.normal(size=np.shape(leaf)) * (1.0 + 0.5j if np.iscomplexobj(leaf) else 1.0)
        drawn = np.asarray(drawn, np.asarray(leaf).dtype)
        return drawn if isinstance(leaf, np.ndarray) else type(leaf)(drawn[()])
    return rebuild(tree, iter([one(leaf) for leaf in flatten(tree)]))


# ---- finite differences

def unit_directions(leaves: list[Leaf], rng: np.random.Generator) -> Iterator[list[np.ndarray]]:
    """Directions, an array or scalar per inexact leaf: each coordinate, or some random ones for big trees."""
    shapes = [np.shape(leaf) for leaf in leaves]
    phases = [(1.0, 1.0j) if np.asarray(leaf).dtype.kind == "c" else (1.0,) for leaf in leaves]
    if sum(int(np.prod(shape)) * len(p) for shape, p in zip(shapes, phases)) > COORDINATES:
        for _ in range(DIRECTIONS):
            yield [sum(p * rng.normal(size=shape) for p in phase) for shape, phase in zip(shapes, phases)]
        return
    for k, (shape, phase) in enumerate(zip(shapes, phases)):
        for index in np.ndindex(*shape):
            for unit in phase:
                direction = [np.zeros(s, complex if len(p) == 2 else float) for s, p in zip(shapes, phases)]
                direction[k][index] = unit
                yield direction


def moved(tree: Tree, direction: list[np.ndarray], step: float) -> Tree:
    """The tree moved along a direction; arrays are changed in place, so that their strides stay."""
    steps = iter(direction)

    def one(leaf: Leaf) -> Leaf:
        if not is_inexact(leaf):
            return leaf
        if isinstance(leaf, np.ndarray):
            leaf += step * next(steps)
            return leaf
        return type(leaf)(leaf + step * next(steps)[()])
    return rebuild(tree, iter([one(leaf) for leaf in flatten(tree)]))


def differentiated(args: tuple[Any, ...], argnums: int | tuple[int, ...]) -> list[Leaf]:
    """The inexact leaves of the differentiated arguments."""
    nums = argnums if isinstance(argnums, tuple) else (argnums,)
    return [leaf for k in nums for leaf in flatten(args[k]) if is_inexact(leaf)]


def finite_difference(f: Callable[..., Any], fresh: Callable[[], tuple[Any, ...]],
                      argnums: int | tuple[int, ...], direction: list[np.ndarray]) -> Any:
    """The derivative of f at `fresh()` along a direction of its differentiated leaves.

    `fresh` makes the arguments anew at each call, so that f may write to them.
    """
    nums = argnums if isinstance(argnums, tuple) else (argnums,)
    total = 0.0
    for factor, weight in STENCIL:
        args = list(widened(fresh()))
        start = 0
        for k in nums:
            own = widened(fresh())[k]
            count = sum(is_inexact(leaf) for leaf in flatten(own))
            args[k] = moved(own, direction[start:start + count], factor * STEP)
            start += count
        total = total + weight * np.asarray(f(*args)) / STEP
    return total


def pairing(gradient: list[Leaf], direction: list[np.ndarray]) -> float:
    """The real part of the sum of products, nothing conjugated."""
    return float(sum(np.real(np.sum(np.asarray(g) * d)) for g, d in zip(gradient, direction)))


def check_gradient(f: Callable[..., Any], fresh: Callable[[], tuple[Any, ...]], argnums: int | tuple[int, ...],
                   gradient: Tree, tolerance: float = 1e-6) -> None:
    """Assert that a gradient agrees with finite differences.

    The error is relative to the largest derivative seen; the value's size adds the noise of the differences.
    """
    args = fresh()
    leaves = differentiated(args, argnums)
    given = [leaf for leaf in flatten(gradient) if leaf is not None]
    assert len(given) == len(leaves), f"{len(given)} gradients for {len(leaves)} leaves"
    rng = np.random.default_rng(0)
    found, wanted, sizes = [], [], []
    for direction in unit_directions(leaves, rng):
        wanted.append(float(np.real(finite_difference(f, fresh, argnums, direction))))
        found.append(pairing(given, direction))
        sizes.append(pairing([np.abs(g) for g in given], [np.abs(d) for d in direction]))
    if wanted:
        noise = 1e-9 * (1.0 + abs(complex(f(*fresh()))))
        bound = tolerance * max(max(map(abs, wanted)), *map(abs, sizes)) + noise
        error = np.max(np.abs(np.subtract(found, wanted)))
        assert error <= bound, f"gradient {found}\n differs from finite differences {wanted}"


def assert_close(one: Tree, other: Tree, tolerance: float = 1e-12) -> None:
    """Assert that two trees are equal up to an error relative to the larger of their leaves."""
    first, second = flatten(one), flatten(other)
    assert len(first) == len(second)
    for a, b in zip(first, second):
        if a is None or b is None:
            assert a is b
            continue
        a, b = np.asarray(a), np.asarray(b)
        assert a.shape == b.shape
        assert a.dtype == b.dtype
        if a.size:
            bound = tolerance * max(1.0, float(np.max(np.abs(a))), float(np.max(np.abs(b))))
            assert float(np.max(np.abs(a - b))) <= bound, f"{a}\n differs from\n{b}"


def same_bits(one: Any, other: Any) -> bool:
    """True where two numbers or arrays are equal to the last bit (nan equals nan)."""
    a, b = np.asarray(one), np.asarray(other)
    return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()


# ---- purity and ownership

@contextmanager
def read_only(args: tuple[Any, ...]) -> Iterator[None]:
    """Arguments cannot be written meanwhile, and are the same bytes afterwards."""
    arrays = [array for array in arrays_of(args) if array.flags.writeable]
    before = pickle.dumps(args)
    for array in arrays:
        array.flags.writeable = False
    try:
        yield
    finally:
        for array in arrays:
            array.flags.writeable = True
    assert pickle.dumps(args) == before, "an argument was changed"


def check_form(gradient: Tree, argument: Tree) -> None:
    """Assert that a gradient has its argument's structure, shapes and dtypes."""
    if dataclasses.is_dataclass(argument):
        assert type(gradient) is type(argument), f"{type(gradient)} for {type(argument)}"
        check_form(fields_of(gradient), fields_of(argument))
    elif isinstance(argument, (list, tuple, dict)):
        assert type(gradient) is type(argument), f"{type(gradient)} for {type(argument)}"
        assert len(gradient) == len(argument)
        if isinstance(argument, dict):
            assert list(gradient) == list(argument)
            gradient, argument = list(gradient.values()), list(argument.values())
        for one, other in zip(gradient, argument):
            check_form(one, other)
    elif not is_inexact(argument):
        assert gradient is None, f"{gradient} for {argument!r}"
    elif isinstance(argument, np.ndarray):
        assert isinstance(gradient, np.ndarray), f"{type(gradient)} for an array"
        assert gradient.shape == argument.shape, f"shape {gradient.shape} for {argument.shape}"
        assert gradient.dtype == argument.dtype, f"{gradient.dtype} for {argument.dtype}"
    elif isinstance(argument, np.generic):
        assert np.asarray(gradient).dtype == argument.dtype
        assert np.shape(gradient) == ()
    else:
        assert isinstance(gradient, type(argument)), f"{type(gradient)} for {type(argument)}"


def check_owned(gradient: Tree, args: tuple[Any, ...]) -> None:
    """Assert that gradients are writeable and share no memory with one another or with an argument."""
    arrays = arrays_of(gradient)
    for k, array in enumerate(arrays):
        assert array.flags.writeable, "a read-only gradient"
        for other in [*arrays[:k], *arrays_of(args)]:
            assert not np.shares_memory(array, other), "a gradient shares memory"


# ---- the trip limit

class TripLimit(Exception):
    """Emitted code ran more lines than any test needs: it would not have ended."""


@contextmanager
def trip_limit(lines: int = TRIPS, files: str = "<adjoint") -> Iterator[None]:
    """Emitted code (of files that begin so) may execute so many lines meanwhile, then raises TripLimit."""
    left = lines

    def each_line(frame: FrameType, event: str, arg: Any) -> Any:
        nonlocal left
        left -= event == "line"
        if left < 0:
            raise TripLimit(f"more than {lines} lines in {frame.f_code.co_filename}")
        return each_line

    def each_frame(frame: FrameType, event: str, arg: Any) -> Any:
        return each_line if frame.f_code.co_filename.startswith(files) else None

    before = sys.gettrace()
    sys.settrace(each_frame)
    try:
        yield
    finally:
        sys.settrace(before)


def run_pure(function: Callable[..., Any], *args: Any) -> Any:
    """Call emitted code under the trip limit, its arguments read-only."""
    with read_only(args), trip_limit():
        return function(*args)
