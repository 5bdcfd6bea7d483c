"""Arrays that share memory while the function writes to one of them.

Where one array is passed as two arguments, the function that runs is one of that array alone: it is compiled
as such.  The sum of the two gradients is the gradient with respect to the array, as it is where nothing is
written; which part of it belongs to which name is not defined, so the first name has all of it.
"""
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ..errors import AliasError
from ..frontend.abstract import fields_of
from ..ir.types import Array, Type
from ..pipeline import Step
from ..transform.forward import Direction
from .signature import Signature

EXACT = 10_000      # how hard NumPy may look for a shared element before a pair counts as overlapping


def no_overlap(name: str, written: Any, *others: Any) -> bool:
    """True; raises AliasError where an array that the function writes shares memory with another."""
    for array in arrays_of(written):
        for other in arrays_of(others):
            if share(array, other):
                raise AliasError(f"`{name}` is written by the function, and shares memory with another argument: "
                                 "pass a copy of one of them")
    return True


def one_array(hot: tuple[str, ...], kinds: dict[str, Type], args: dict[str, Any]) -> dict[str, str]:
    """The parameters that are the same array as one before them, where that is written under a name of it."""
    first: dict[int, str] = {}
    same: dict[str, str] = {}
    for name, kind in kinds.items():
        if isinstance(kind, Array) and args[name] is not None:
            same[name] = first.setdefault(id(args[name]), name)
    written = {same[name] for name in hot if name in same}
    return {name: other for name, other in same.items() if name != other and other in written}


def check_named(same: dict[str, str], hot: tuple[str, ...], steps: tuple[Step, ...], signature: Signature) -> None:
    """Raises AliasError where a derivative with respect to one of two names of one array is asked for."""
    for step in steps:
        for name, first in same.items():
            named = [word for word in (first, name) if word in signature.wrt(step)]
            if len(named) == 1 or named and isinstance(step, Direction):
                word = next((word for word in (first, name) if word in hot), first)
                what = "along two tangents of" if isinstance(step, Direction) and len(named) == 2 else \
                    "with respect to one of two names of"
                raise AliasError(f"`{word}` is written by the function, and is passed twice: the derivative {what} one "
                                 "array is not defined; pass a copy of it" + (
                                     "" if isinstance(step, Direction) else ", or name both in argnums"))


def arrays_of(tree: Any) -> Iterator[Any]:
    """The arrays in nested lists, tuples and dicts."""
    if isinstance(tree, np.ndarray) or hasattr(type(tree), "__cuda_array_interface__"):
        yield tree
    elif isinstance(tree, (list, tuple)):
        for item in tree:
            yield from arrays_of(item)
    elif isinstance(tree, dict):
        yield from arrays_of(tuple(tree.values()))
    else:
        for field in fields_of(tree):
            yield from arrays_of(getattr(tree, field))


def share(one: Any, other: Any) -> bool:
    """True where two arrays share an element, or it is too hard to tell."""
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        try:
            return np.may_share_memory(one, other) and bool(
                np.shares_memory(one, other, max_work=EXACT))   # type: ignore[arg-type]
        except np.exceptions.TooHardError:
            return True
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        return False
    (low, high), (low2, high2) = device_bounds(one), device_bounds(other)
    return low < high2 and low2 < high


def device_bounds(array: Any) -> tuple[int, int]:
    """First byte of a device array, and the one behind its last."""
    facts = array.__cuda_array_interface__
    size = np.dtype(facts["typestr"]).itemsize
    shape = facts["shape"]
    if 0 in shape:
        return 0, 0
    strides = facts.get("strides")
    if strides is None:
        strides = [size * int(np.prod(shape[k + 1:])) for k in range(len(shape))]
    spans = [step * (count - 1) for step, count in zip(strides, shape)]
    start = facts["data"][0]
    return start + sum(s for s in spans if s < 0), start + sum(s for s in spans if s > 0) + size
