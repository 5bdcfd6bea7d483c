"""From the arguments of a call to their types: sizes become symbols, lists of like items one item."""
from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np

from ..errors import UnsupportedError
from ..ir.dims import EACH, Dim, Symbol, constant, label, of_symbol
from ..ir.types import Array, Field, Items, Listing, Number, NumpyScalar, Opaque, Type
from ..primitives.layouts import Layout

NUMERIC = (bool, int, float, complex)


def type_of(value: Any, name: str, path: tuple[object, ...] = ()) -> Type:
    """The type of an argument.  `path` is where it stands in the argument, for the guards.

    Raises UnsupportedError for array subclasses and object arrays.
    """
    if type(value) in NUMERIC:
        return Number(type(value).__name__)
    if isinstance(value, np.generic):
        return NumpyScalar(value.dtype)
    if is_array(value):
        return Array(np.dtype(value.dtype), tuple(size_of([value], name, path, k) for k in range(value.ndim)))
    if type(value) is tuple:
        return Items("tuple", tuple(type_of(item, name, (*path, k)) for k, item in enumerate(value)))
    if type(value) is dict:
        items = tuple(type_of(item, name, (*path, key)) for key, item in value.items())
        return Items("dict", items, tuple(value))
    if type(value) is list:
        return list_type(value, name, path)
    fields = fields_of(value)
    if fields:
        keys = tuple(Field(field, type(value)) for field in fields)
        items = tuple(type_of(getattr(value, key.name), name, (*path, key)) for key in keys)
        return Items("record", items, keys)
    return Opaque("None" if value is None else "str" if isinstance(value, str) else type(value).__name__)


def fields_of(value: Any) -> tuple[str, ...]:
    """The fields of a namedtuple or dataclass that its class makes again from them; () for anything else."""
    return fields_of_class(type(value))


def fields_of_class(kind: type) -> tuple[str, ...]:
    if issubclass(kind, tuple):
        made = next((place for place in kind.__mro__ if "_fields" in vars(place)), None)
        own = kind.__mro__[:kind.__mro__.index(made)] if made is not None else ()
        return () if made is None or any("__new__" in vars(place) for place in own) else tuple(vars(made)["_fields"])
    if not dataclasses.is_dataclass(kind) or hasattr(kind, "__post_init__"):
        return ()
    found, own = dataclasses.fields(kind), getattr(kind, "__dataclass_params__").init   # noqa: B009
    return tuple(field.name for field in found) if own and all(field.init for field in found) else ()


def is_array(value: Any) -> bool:
    """True for arrays that are arrays in every respect: NumPy's own, and those of a device."""
    if isinstance(value, np.ndarray) and type(value) is not np.ndarray:
        raise UnsupportedError(f"an argument of type {type(value).__name__}", None, "pass a plain ndarray")
    if isinstance(value, np.ndarray) and value.dtype.hasobject:
        raise UnsupportedError("an array of Python objects", None, "convert it to float")
    return isinstance(value, np.ndarray) or hasattr(type(value), "__cuda_array_interface__") and hasattr(value, "dtype")


def layout_of(array: Any, name: str) -> Layout:
    """The orders in which an array lies in memory, and those in which it does not; "C" where none is at hand."""
    if array is None:
        words = ["C"]
    else:
        words = ["C" if array.flags.c_contiguous else "not C", "F" if array.flags.f_contiguous else "not F"]
    return {word: frozenset({(name, word)}) for word in words}


def size_of(arrays: list[Any], name: str, path: tuple[object, ...], axis: int) -> Dim:
    """The size of an axis, of one array or of all the arrays that stand at this place of a list's items."""
    examples = tuple(array.shape[axis] for array in arrays)
    if all(size == 1 for size in examples):
        return constant(1)
    return of_symbol(Symbol(label(name, path, axis), examples, (name, path, axis)))


def outer_type(found: Any, fresh: Callable[[], Dim]) -> Type | None:
    """The type of what a module, cell or object holds, of whose sizes nothing is known; None for what has none."""
    if type(found) in NUMERIC:
        return Number(type(found).__name__)
    if isinstance(found, np.generic):
        return NumpyScalar(found.dtype)
    if type(found) is np.ndarray and not found.dtype.hasobject:
        return Array(found.dtype, tuple(fresh() for _ in found.shape))
    if type(found) in (tuple, list, dict):
        inner = [outer_type(item, fresh) for item in (found.values() if type(found) is dict else found)]
        items = tuple(kind for kind in inner if kind is not None)
        keys = tuple(found) if type(found) is dict else ()
        return Items(type(found).__name__, items, keys) if len(items) == len(inner) else None
    return Opaque("None" if found is None else "str") if found is None or isinstance(found, str) else None


def list_type(items: list[Any], name: str, path: tuple[object, ...]) -> Type:
    """A list of any length where its items are alike; else a list of just these items."""
    length = of_symbol(Symbol(label(name, path, "len"), (len(items),), (name, path, "len")))
    element = common(items, name, (*path, EACH)) if items else None
    if element is not None:
        return Listing(element, length)
    return Items("list", tuple(type_of(item, name, (*path, k)) for k, item in enumerate(items)))


def common(items: list[Any], name: str, path: tuple[object, ...]) -> Type | None:
    """The one type of all the items; sizes may differ.  None where the items are unlike."""
    first = items[0]
    if any(type(item) is not type(first) for item in items):
        return None
    if type(first) in (*NUMERIC, str) or isinstance(first, np.generic) or first is None:
        kinds = {type_of(item, name, path) for item in items}
        return kinds.pop() if len(kinds) == 1 else None
    if is_array(first):
        if any(item.dtype != first.dtype or item.ndim != first.ndim for item in items):
            return None
        return Array(np.dtype(first.dtype), tuple(size_of(items, name, path, k) for k in range(first.ndim)))
    if type(first) in (tuple, list):
        if any(len(item) != len(first) for item in items):
            return None
        parts = [common([item[k] for item in items], name, (*path, k)) for k in range(len(first))]
        kind = type(first).__name__
        return Items(kind, tuple(parts)) if None not in parts else None  # type: ignore[arg-type]
    fields = fields_of(first)
    if fields:
        keys = tuple(Field(field, type(first)) for field in fields)
        parts = [common([getattr(item, key.name) for item in items], name, (*path, key)) for key in keys]
        return Items("record", tuple(parts), keys) if None not in parts else None  # type: ignore[arg-type]
    if type(first) is dict:
        if any(list(item) != list(first) for item in items):
            return None
        parts = [common([item[key] for item in items], name, (*path, key)) for key in first]
        return Items("dict", tuple(parts), tuple(first)) if None not in parts else None  # type: ignore[arg-type]
    return None
