"""Results of products of matrices and vectors."""
from __future__ import annotations

from typing import Any

import numpy as np

from ...ir.types import Array, NumpyScalar, Type
from .call import Call, NoResult, of_dims, sampled
from .reductions import axes_of


def dtype_of_product(call: Call) -> np.dtype[Any]:
    return np.result_type(*(kind.dtype for kind in map(call.array, range(2))))


def product(call: Call) -> Type:
    """matmul: batches broadcast, a 1-D operand loses its axis."""
    x, y = call.array(0).dims, call.array(1).dims
    dtype = dtype_of_product(call)
    if not x or not y:
        raise NoResult("matmul needs at least one axis on both sides; write `*`")
    batch = call.facts.broadcast(x[:-2], y[:-2])
    dims = batch + x[-2:-1] + (y[-1:] if len(y) > 1 else ())
    return of_dims(dtype, dims)


def dotted(call: Call) -> Type:
    """dot: all other axes of x, then all other axes of y; a scalar multiplies."""
    x, y = call.array(0).dims, call.array(1).dims
    dtype = dtype_of_product(call)
    if not x or not y:
        kind = sampled(call, [np.ones((1,) * len(d), k.dtype) if d else k.dtype.type(1)
                              for d, k in zip((x, y), (call.array(0), call.array(1)))])
        return Array(dtype, x or y) if x or y else kind
    return of_dims(dtype, x[:-1] + y[:-2] + (y[-1:] if len(y) > 1 else ()))


def inner_product(call: Call) -> Type:
    x, y = call.array(0).dims, call.array(1).dims
    if not x or not y:
        return dotted(call)
    return of_dims(dtype_of_product(call), x[:-1] + y[:-1])


def outer_product(call: Call) -> Type:
    x, y = call.array(0).dims, call.array(1).dims
    if len(x) > 1 or len(y) > 1:
        raise NoResult("an outer product of arrays of rank above 1 takes them as flat; write `.ravel()`")
    if not x or not y:
        raise NoResult("an outer product needs two vectors; write `*`")
    return Array(dtype_of_product(call), x + y)


def contracted(call: Call) -> Type:
    """tensordot over pairs of axes."""
    x, y = call.array(0).dims, call.array(1).dims
    first, second = contracted_axes(call.static("axes"), len(x), len(y))
    dims = tuple(d for k, d in enumerate(x) if k not in first) + tuple(d for k, d in enumerate(y) if k not in second)
    return Array(dtype_of_product(call), dims)


def contracted_axes(axes: object, x_rank: int, y_rank: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The axes of x and those of y that are summed over, in pairs."""
    if type(axes) is int:
        return tuple(range(x_rank - axes, x_rank)), tuple(range(axes))
    if not isinstance(axes, tuple) or len(axes) != 2:
        raise NoResult("`axes` must be an integer or a pair")
    named = [a if isinstance(a, tuple) else (a,) for a in axes]
    for group, rank in zip(named, (x_rank, y_rank)):
        axes_of(group, rank)
    return tuple(k % x_rank for k in named[0]), tuple(k % y_rank for k in named[1])


def traced(call: Call) -> Type:
    if call.array().ndim != 2:
        raise NoResult("the trace of an array whose rank is not 2")
    return NumpyScalar(call.array().dtype)


RESULTS = (traced, product, dotted, inner_product, outer_product, contracted)
