"""Results of reductions over axes, and of sums that run along one."""
from __future__ import annotations

from ...ir.dims import ONE, Dim
from ...ir.types import Array, Type, dims_of, dtype_of, is_partial
from ..sizes import product
from .call import Call, NoResult, of_dims, sample, sampled


def axes_of(axis: object, rank: int) -> tuple[int, ...]:
    """The axes that an `axis=` argument names, in order, counted from 0."""
    if axis is None:
        return tuple(range(rank))
    named = axis if isinstance(axis, tuple) else (axis,)
    if any(type(k) is not int or not -rank <= k < rank for k in named):
        raise NoResult(f"axis {axis} does not exist in an array of rank {rank}")
    return tuple(sorted(k % rank for k in named))


def axis_of(call: Call, rank: int, name: str = "axis") -> int:
    """One axis, counted from 0."""
    axis = call.static(name)
    if type(axis) is not int:
        raise NoResult(f"`{name}` must be a constant integer here")
    return axes_of(axis, rank)[0]


def reduced(call: Call) -> Type:
    kind, keep = call.types[0], bool(call.static("keepdims"))
    dims = dims_of(kind)
    axes = axes_of(call.static("axis"), len(dims))
    asked = call.static("dtype") if "dtype" in call.attrs else None
    found = sampled(call, [sample(call.args[0])], **({"dtype": asked} if asked is not None else {}))
    dtype = dtype_of(found)
    if dtype is None:
        raise NoResult(f"{kind} cannot be reduced")
    left: tuple[Dim, ...] = tuple(ONE if k in axes else d for k, d in enumerate(dims) if keep or k not in axes)
    return of_dims(dtype, left, is_partial(kind))


def accumulated(call: Call) -> Type:
    """A sum or product that runs along an axis; along all elements where none is named."""
    kind, axis = call.array(), call.static("axis")
    dtype = dtype_of(sampled(call, [sample(call.args[0])]))
    assert dtype is not None
    dims = kind.dims if kind.ndim == 1 or axis is not None else (product(kind.dims),)
    axes_of(axis, kind.ndim)
    return Array(call.dtype(dtype), dims)


def rows_reduced(call: Call) -> Type:
    """What Python's own sum, max or min gives of an array: they run over its rows."""
    kind = call.array()
    if not kind.ndim:
        raise NoResult("an array of rank 0 has no elements to run over")
    dtype = dtype_of(sampled(call, [sample(call.args[0])]))
    assert dtype is not None
    return of_dims(dtype, kind.dims[1:])


RESULTS = (reduced, accumulated, rows_reduced)
