"""Results of what joins a sequence of arrays, or cuts one into a sequence."""
from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

from ...ir.dims import ONE, Dim, constant
from ...ir.program import Arg, Const, Value
from ...ir.types import Array, Items, Listing, Number, NumpyScalar, Type
from ..sizes import is_settled, product, quotient, slice_dim
from .call import Call, NoResult, as_array, sample, sampled
from .reductions import axes_of, axis_of


def items_of(call: Call) -> tuple[Array, ...]:
    """The arrays of a sequence operand."""
    kind = call.types[0]
    if not isinstance(kind, Items) or kind.kind == "dict":
        raise NoResult(f"{kind} where a tuple or list of arrays is needed")
    if not kind.items:
        raise NoResult("a sequence of no arrays")
    return tuple(map(as_array, kind.items))


def dtype_of_items(call: Call) -> np.dtype[Any]:
    return call.dtype(np.result_type(*(item.dtype for item in items_of(call))))


def common(call: Call, sizes: list[Dim]) -> Dim:
    """The one size of all the items: the first that is known best."""
    return next((size for size in sizes if not size.terms), sizes[0])


def joined(call: Call) -> Type:
    """`concatenate`."""
    axis = call.static("axis")
    if axis is None:
        raise NoResult("`axis=None` takes the arrays as flat; write `.ravel()`")
    if isinstance(call.types[0], Listing):
        return list_joined(call, call.types[0], axis)
    return joined_along(call, items_of(call), axis)


def list_joined(call: Call, kind: Listing, axis: int) -> Type:
    """A list of any length: of parts of one size, or of sizes of which the sum is not known."""
    element = as_array(kind.element)
    if not element.ndim:
        raise NoResult("numbers, or arrays of rank 0, cannot be joined")
    at = axes_of(axis, element.ndim)[0]
    alike = kind.length is not None and is_settled(element.dims[at])
    size = product((kind.length, element.dims[at])) if alike else call.facts.fresh_dim()
    return Array(call.dtype(element.dtype), (*element.dims[:at], size, *element.dims[at + 1:]))


def joined_along(call: Call, kinds: tuple[Array, ...], axis: int) -> Type:
    rank = kinds[0].ndim
    if not rank or any(kind.ndim != rank for kind in kinds):
        raise NoResult("arrays of unlike ranks, or of rank 0, cannot be joined")
    at = axes_of(axis, rank)[0]
    dims = [common(call, [kind.dims[k] for kind in kinds]) for k in range(rank)]
    dims[at] = functools.reduce(lambda a, b: a + b, (kind.dims[at] for kind in kinds))
    return Array(dtype_of_items(call), tuple(dims))


def stacked(call: Call) -> Type:
    rows = call.types[0]
    if isinstance(rows, Array):
        at = axes_of(call.static("axis"), rows.ndim)[0]
        rest = rows.dims[1:]
        return Array(call.dtype(rows.dtype), (*rest[:at], rows.dims[0], *rest[at:]))
    kinds = items_of(call)
    rank = kinds[0].ndim
    if any(kind.ndim != rank for kind in kinds):
        raise NoResult("arrays of unlike ranks cannot be stacked")
    at = axes_of(call.static("axis"), rank + 1)[0]
    dims = [common(call, [kind.dims[k] for kind in kinds]) for k in range(rank)]
    dims.insert(at, constant(len(kinds)))
    return Array(dtype_of_items(call), tuple(dims))


def at_least(rank: int, kind: Array) -> Array:
    return Array(kind.dtype, (ONE,) * max(rank - kind.ndim, 0) + kind.dims)


def joined_horizontally(call: Call) -> Type:
    if isinstance(call.types[0], Listing):
        return list_joined(call, call.types[0], 0 if as_array(call.types[0].element).ndim == 1 else 1)
    kinds = tuple(at_least(1, kind) for kind in items_of(call))
    return joined_along(call, kinds, 0 if kinds[0].ndim == 1 else 1)


def joined_vertically(call: Call) -> Type:
    return joined_along(call, tuple(at_least(2, kind) for kind in items_of(call)), 0)


def joined_as_columns(call: Call) -> Type:
    kinds = tuple(Array(kind.dtype, (kind.dims or (ONE,)) + (ONE,)) if kind.ndim < 2 else kind
                  for kind in items_of(call))
    return joined_along(call, kinds, 1)


def split(call: Call) -> Type:
    """A list of equal parts, or of what lies between the indices given."""
    return parts(call, lambda dim, count: [quotient(dim, constant(count))] * count)


def split_unevenly(call: Call) -> Type:
    """A list of parts, the first of which may be longer by one."""
    return parts(call, lambda dim, count: [quotient(dim + (count - 1 - k), constant(count)) for k in range(count)])


def parts(call: Call, sizes_of: Callable[[Dim, int], list[Dim]]) -> Type:
    kind, where = call.array(), call.attrs["indices_or_sections"]
    axis = axis_of(call, kind.ndim)
    count = where.value if isinstance(where, Const) else None
    if type(count) is int and count > 0:
        sizes = sizes_of(kind.dims[axis], count)
    elif not isinstance(where, Const) and not isinstance(where.type, Items):
        dims = (*kind.dims[:axis], call.facts.fresh_dim(), *kind.dims[axis + 1:])
        return Listing(Array(kind.dtype, dims), call.facts.fresh_dim("len"))
    else:
        sizes = between(call, kind.dims[axis], items_of_bounds(where))
    return Items("list", tuple(Array(kind.dtype, (*kind.dims[:axis], size, *kind.dims[axis + 1:])) for size in sizes))


def items_of_bounds(where: Arg) -> tuple[Arg, ...]:
    if isinstance(where, Const) and isinstance(where.value, tuple):
        return tuple(map(Const, where.value))
    if isinstance(where.type, Items):
        return tuple(map(Value, where.type.items))
    raise NoResult("the number of parts must be a constant, or the bounds a tuple")


def between(call: Call, dim: Dim, bounds: tuple[Arg, ...]) -> list[Dim]:
    """The sizes of what lies between bounds."""
    ends = (None, *bounds, None)
    found = []
    for low, high in zip(ends, ends[1:]):
        pattern = ("s", low is not None, high is not None, False)
        found.append(slice_dim(dim, pattern, tuple(b for b in (low, high) if b is not None), call.facts))
    return found


def totalled(call: Call) -> Type:
    """Python's `sum` of a tuple."""
    kind = call.types[0]
    assert isinstance(kind, Items)
    found = sampled(call, [sample(call.args[0])])
    dims = call.facts.broadcast(*(as_array(item).dims for item in kind.items))
    if isinstance(found, (Number, NumpyScalar)):
        return found
    return Array(as_array(found).dtype, dims)


def meshed(call: Call) -> Type:
    """An array for each vector, with an axis for each; the first two change places unless `indexing` is "ij"."""
    kinds = tuple(at_least(1, kind) for kind in items_of(call))
    if any(kind.ndim > 1 for kind in kinds) or call.static("indexing") not in ("xy", "ij"):
        raise NoResult("vectors are needed, and an indexing of 'xy' or 'ij'")
    own = own_axes(len(kinds), call.static("indexing"))
    whole = [kinds[own.index(k)].dims[0] for k in range(len(kinds))]
    sparse = bool(call.static("sparse"))
    dims = [tuple(ONE if sparse and k != at else dim for k, dim in enumerate(whole)) for at in own]
    return Items("tuple", tuple(Array(kind.dtype, sizes) for kind, sizes in zip(kinds, dims)))


def own_axes(count: int, indexing: object) -> tuple[int, ...]:
    """Along which axis of a grid each of so many vectors stands."""
    axes = tuple(range(count))
    return (1, 0, *axes[2:]) if indexing == "xy" and count > 1 else axes


def at_least_vector(call: Call) -> Type:
    return at_least(1, call.array())


def at_least_matrix(call: Call) -> Type:
    return at_least(2, call.array())


RESULTS = (joined, stacked, joined_horizontally, joined_vertically, joined_as_columns, split, split_unevenly, totalled,
           meshed, at_least_vector, at_least_matrix)
