"""Arrays that share memory while the function writes to one of them."""
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ..errors import AliasError
from ..frontend.abstract import fields_of

EXACT = 10_000      # how hard NumPy may look for a shared element before a pair counts as overlapping


def no_overlap(name: str, written: Any, *others: Any) -> bool:
    """True; raises AliasError where an array that the function writes shares memory with another."""
    for array in arrays_of(written):
        for other in arrays_of(others):
            if array is other:
                raise AliasError(f"`{name}` is written by the function, and is passed twice: the gradient with respect "
                                 "to one of two names of one array is not defined; pass a copy of it")
            if share(array, other):
                raise AliasError(f"`{name}` is written by the function, and shares memory with another argument: "
                                 "pass a copy of one of them")
    return True


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
