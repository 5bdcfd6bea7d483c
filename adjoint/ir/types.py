"""Types of values: a small lattice, joined where control flow meets."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from .dims import Dim, Symbol, of_symbol

KINDS = ("bool", "int", "float", "complex")
DTYPES: dict[str, np.dtype[Any]] = {kind: np.dtype(kind) for kind in KINDS}


class Type:
    """Base of all types."""

    __slots__ = ()


@dataclass(frozen=True)
class Number(Type):
    """A Python number: weak, it takes the dtype of what it meets.  `size` is known for sizes."""

    kind: str
    size: Dim | None = None

    def __str__(self) -> str:
        return self.kind


@dataclass(frozen=True)
class NumpyScalar(Type):
    dtype: np.dtype[Any]

    def __str__(self) -> str:
        return f"scalar {self.dtype}"


@dataclass(frozen=True)
class Array(Type):
    """An ndarray.  `partial`: it may be smaller than `dims`, and stands for its broadcast."""

    dtype: np.dtype[Any]
    dims: tuple[Dim, ...]
    partial: bool = False

    @property
    def ndim(self) -> int:
        return len(self.dims)

    def __str__(self) -> str:
        sizes = ",".join(map(str, self.dims))
        return f"{self.dtype}[{sizes}]" + ("?" if self.partial else "")


@dataclass(frozen=True, repr=False)
class Field:
    """A field of a namedtuple or dataclass: the key of an item."""

    name: str
    owner: type

    def __repr__(self) -> str:
        return f"{self.owner.__module__}.{self.owner.__qualname__}.{self.name}"


@dataclass(frozen=True)
class Items(Type):
    """A tuple, a list of fixed length, a dict with fixed keys, or a "record": a namedtuple or dataclass."""

    kind: str
    items: tuple[Type, ...]
    keys: tuple[object, ...] = ()

    def position(self, key: object) -> int | None:
        """The index of the item under `key`, or None."""
        if self.kind == "dict":
            for k, known in enumerate(self.keys):
                if type(known) is type(key) and known == key:
                    return k
            return None
        if isinstance(key, Field):
            return self.keys.index(key) if key in self.keys else None
        if type(key) is int and -len(self.items) <= key < len(self.items):
            return key % len(self.items)
        return None

    def __str__(self) -> str:
        return f"{self.kind}({', '.join(map(str, self.items))})"


@dataclass(frozen=True)
class Listing(Type):
    """A list of any length, all of whose elements have the type `element`."""

    element: Type
    length: Dim

    def __str__(self) -> str:
        return f"[{self.element}, ...]"


@dataclass(frozen=True)
class Opaque(Type):
    """None, a string, a function: it has no derivative."""

    note: str = "object"

    def __str__(self) -> str:
        return self.note


NONE = Opaque("None")


@dataclass(frozen=True)
class Contents(Type):
    """The type of a version of a storage."""

    def __str__(self) -> str:
        return "contents"


@dataclass(frozen=True)
class Tape(Type):
    """A list that carries values from the forward to the backward sweep."""

    def __str__(self) -> str:
        return "tape"


def record_class(kind: Type) -> type | None:
    """The class of a record."""
    if isinstance(kind, Items) and kind.kind == "record" and isinstance(kind.keys[0], Field):
        return kind.keys[0].owner
    return None


class JoinError(Exception):
    """Two types that no variable can have at once."""


def of_number(value: object) -> Number:
    return Number(type(value).__name__)


def dtype_of(kind: Type) -> np.dtype[Any] | None:
    if isinstance(kind, Number):
        return DTYPES[kind.kind]
    if isinstance(kind, (NumpyScalar, Array)):
        return kind.dtype
    return None


def is_inexact(kind: Type) -> bool:
    """True where a value of this type can have a derivative: a float or complex number or array."""
    dtype = dtype_of(kind)
    return dtype is not None and dtype.kind in "fc"


def has_inexact(kind: Type) -> bool:
    if isinstance(kind, Items):
        return any(map(has_inexact, kind.items))
    if isinstance(kind, Listing):
        return has_inexact(kind.element)
    return is_inexact(kind)


def dims_of(kind: Type) -> tuple[Dim, ...]:
    return kind.dims if isinstance(kind, Array) else ()


def is_partial(kind: Type) -> bool:
    return isinstance(kind, Array) and kind.partial


def is_scalar(kind: Type) -> bool:
    return isinstance(kind, (Number, NumpyScalar))


def scalar_join(a: Type, b: Type) -> Type:
    if isinstance(a, Number) and isinstance(b, Number):
        size = a.size if a.size == b.size else None
        return Number(KINDS[max(KINDS.index(a.kind), KINDS.index(b.kind))], size)
    return NumpyScalar(dtype_join(a, b))


def dtype_join(a: Type, b: Type) -> np.dtype[Any]:
    """The dtype of what may be `a` or `b`; Python numbers are weak."""
    weak = {"bool": False, "int": 0, "float": 0.0, "complex": 0j}
    operands = [weak[t.kind] if isinstance(t, Number) else dtype_of(t) for t in (a, b)]
    return np.result_type(*operands)


Parts = dict[str, dict[Dim, None]]


@dataclass(frozen=True)
class Sizes:
    """What is known of sizes where they meet: `parts`, all that a symbol may be, and whether two are the same."""

    parts: Parts
    same: Callable[[Dim, Dim], bool]


def joined_dim(a: Dim, b: Dim, name: str, sizes: Sizes) -> Dim:
    """A size that is `a` on one edge and `b` on another: a symbol, where they are not the same."""
    if a == b or a.terms and b.terms and sizes.same(a, b):
        return a
    joined = of_symbol(Symbol(name))
    for part in (a, b):
        if part != joined:
            sizes.parts.setdefault(name, {})[part] = None
    return joined


def join(a: Type, b: Type, name: str, sizes: Sizes) -> Type:
    """The least type of a value that is an `a` on one edge and a `b` on another."""
    if a == b:
        return a
    if is_scalar(a) and is_scalar(b):
        return scalar_join(a, b)
    if isinstance(a, Array) and isinstance(b, Array):
        if a.ndim != b.ndim:
            raise JoinError(f"an array of rank {a.ndim} on one path and of rank {b.ndim} on another")
        # an adjoint may begin as a copy of it, and would be cut off where that is of the lesser kind
        if a.dtype.kind != b.dtype.kind and (is_inexact(a) or is_inexact(b)):
            raise JoinError(f"an array of {a.dtype} on one path and of {b.dtype} on another")
        dims = tuple(joined_dim(p, q, f"{name}.{k}", sizes) for k, (p, q) in enumerate(zip(a.dims, b.dims)))
        return Array(dtype_join(a, b), dims, a.partial or b.partial)
    for array, scalar in ((a, b), (b, a)):
        if isinstance(array, Array) and is_scalar(scalar):
            return replace(array, dtype=dtype_join(a, b), partial=True)
    return join_containers(a, b, name, sizes)


def join_containers(a: Type, b: Type, name: str, sizes: Sizes) -> Type:
    if isinstance(a, Items) and isinstance(b, Items):
        if (a.kind, a.keys, len(a.items)) == (b.kind, b.keys, len(b.items)):
            items = tuple(join(p, q, f"{name}.{k}", sizes) for k, (p, q) in enumerate(zip(a.items, b.items)))
            return Items(a.kind, items, a.keys)
    if isinstance(a, Listing) and isinstance(b, Listing):
        length = joined_dim(a.length, b.length, name + ".n", sizes)
        return Listing(join(a.element, b.element, name + ".*", sizes), length)
    if isinstance(a, Opaque) and isinstance(b, Opaque):
        return Opaque("object")
    raise JoinError(f"{a} on one path and {b} on another")


def full(kind: Type) -> Type:
    return replace(kind, partial=False) if isinstance(kind, Array) else kind


