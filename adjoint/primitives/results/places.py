"""Results that are places in an array: indices of what is not 0, of diagonals; and what a border makes of an array."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ...ir.program import Arg, Const, Value
from ...ir.types import Array, Items, Type
from ..sizes import derived, size_of
from .call import Call, NoResult
from .making import is_integer, shape_dims

Widths = tuple[Arg, Arg]


def flat_places(call: Call) -> Type:
    return Array(np.dtype(np.intp), (call.facts.size_once(call.args[0]),))


def places_of(call: Call) -> Type:
    """The index of each axis."""
    if not call.array().ndim:
        raise NoResult("an array of rank 0 has no places")
    return Items("tuple", (flat_places(call),) * call.array().ndim)


def index_of_diagonal(call: Call) -> Type:
    """The same index for each axis."""
    return Items("tuple", (Array(np.dtype(np.intp), shape_dims(call, call.args[0])),) * call.static("ndim"))


def index_of_lower(call: Call) -> Type:
    return index_of_triangle(call, call.static("k"))


def index_of_upper(call: Call) -> Type:
    return index_of_triangle(call, -call.static("k"))


def index_of_triangle(call: Call, k: int) -> Type:
    """The rows and the columns of the elements of a square matrix that are not above diagonal k."""
    def count(n: int) -> int:
        rest = max(n + k, 0) if k < 0 else max(n - k - 1, 0)
        return rest * (rest + 1) // 2 if k < 0 else n * n - rest * (rest + 1) // 2

    dim = shape_dims(call, call.args[0])[0]
    rest = f"max({{0}} - {-k if k < 0 else k + 1}, 0)"
    form = f"{rest} * ({rest} + 1) // 2"
    size = derived(form if k < 0 else "{0} * ({0} + 1) // 2" if not k else "{0} * {0} - " + form, count, dim)
    return Items("tuple", (Array(np.dtype(np.intp), (size,)),) * 2)


def padded(call: Call) -> Type:
    """Larger by a border of a constant."""
    kind, mode = call.array(), call.static("mode")
    if mode != "constant":
        raise NoResult(f"the mode {mode!r}; only 'constant' is known: join the array with slices of itself")
    dims = []
    for dim, widths in zip(kind.dims, widths_of(call.attrs["pad_width"], kind.ndim, typed)):
        sizes = [size_of(width) for width in widths]
        dims.append(call.facts.fresh_dim() if None in sizes else dim + sizes[0] + sizes[1])  # type: ignore[operator]
    return Array(kind.dtype, tuple(dims))


def typed(arg: Arg, k: int) -> Arg:
    """An item of a tuple, as far as its type goes."""
    assert isinstance(arg.type, Items)
    return Value(arg.type.items[k])


def widths_of(arg: Arg, rank: int, item: Callable[[Arg, int], Arg]) -> tuple[Widths, ...]:
    """How many elements stand before and behind each axis.  `item` takes one of a tuple."""
    tree = tree_of(arg, item)
    rows = tree if isinstance(tree, tuple) and tree and isinstance(tree[0], tuple) else (tree,)
    pairs = [row * 2 if len(row) == 1 else row for row in (r if isinstance(r, tuple) else (r,) for r in rows)]
    if len(pairs) == 1:
        pairs = pairs * rank
    known = all(len(pair) == 2 and all(is_width(width) for width in pair) for pair in pairs)
    if not known or len(pairs) != rank:
        raise NoResult("`pad_width` must be one integer, a pair, or a pair for each axis")
    return tuple(pairs)  # type: ignore[arg-type]


def is_width(width: object) -> bool:
    return isinstance(width, (Const, Value)) and is_integer(width.type)


def tree_of(arg: Arg, item: Callable[[Arg, int], Arg]) -> Any:
    """Nested tuples of what an argument holds."""
    if isinstance(arg, Const) and isinstance(arg.value, tuple):
        return tuple(tree_of(Const(part), item) for part in arg.value)
    if isinstance(arg.type, Items):
        return tuple(tree_of(item(arg, k), item) for k in range(len(arg.type.items)))
    return arg


RESULTS = (flat_places, places_of, index_of_diagonal, index_of_lower, index_of_upper, padded)
