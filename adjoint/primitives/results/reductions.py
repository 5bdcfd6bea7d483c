"""Results of reductions over axes, and of sums that run along one."""
from __future__ import annotations

import numpy as np

from ...ir.dims import ONE, Dim
from ...ir.program import Const
from ...ir.types import Array, Number, Type, dims_of, dtype_of, is_partial, is_scalar
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


def differences(call: Call) -> Type:
    """The differences of neighbours along an axis, and of the first and last to what stands before and behind."""
    kind, times = call.array(), call.static("n")
    if kind.ndim == 0 or type(times) is not int:
        raise NoResult("differences need an array, and a constant number of times")
    axis = axis_of(call, kind.ndim)
    ends = [call.attrs[name] for name in ("prepend", "append") if call.attrs[name] != Const(None)]
    if not all(is_scalar(end.type) for end in ends):
        raise NoResult("`prepend` and `append` must be numbers; join the arrays first")
    dims = tuple(d + (len(ends) - times) if k == axis else d for k, d in enumerate(kind.dims))
    return Array(np.result_type(kind.dtype, *(np.asarray(sample(end)).dtype for end in ends)), dims)


def number_of(call: Call) -> Type:
    """A number of elements: an int, or an array of them where an axis is named."""
    kind, keep = call.array(), bool(call.static("keepdims"))
    if call.static("axis") is None and not keep:
        return Number("int")
    axes = axes_of(call.static("axis"), kind.ndim)
    left: tuple[Dim, ...] = tuple(ONE if k in axes else d for k, d in enumerate(kind.dims) if keep or k not in axes)
    return of_dims(np.dtype(np.intp), left)


RESULTS = (reduced, accumulated, rows_reduced, differences, number_of)
