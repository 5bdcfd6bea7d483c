"""Results of products of matrices and vectors."""
from __future__ import annotations

from typing import Any

import numpy as np

from ...ir.dims import ONE, Dim
from ...ir.types import Array, Items, NumpyScalar, Type
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


def normed(call: Call) -> Type:
    """A norm of vectors, or the square root of a sum of squares."""
    kind, order, axis = call.array(), call.static("ord"), call.static("axis")
    axes = axes_of(axis, kind.ndim)
    if not axes or len(axes) > 2 and axis is not None:
        raise NoResult("a norm needs an axis, or two")
    known = (None, "fro") if len(axes) == 2 else (None, 1, 2, np.inf) if len(axes) == 1 else (None,)
    if order not in known:
        raise NoResult(f"the norm of order {order!r} of an array over {len(axes)} axes")
    if kind.dtype.kind == "c" and order in (1, np.inf):
        raise NoResult(f"the norm of order {order!r} of complex numbers")
    keep = bool(call.static("keepdims"))
    left: tuple[Dim, ...] = tuple(ONE if k in axes else d for k, d in enumerate(kind.dims) if keep or k not in axes)
    return of_dims(np.zeros((), floating(kind.dtype)).real.dtype, left)


def floating(dtype: np.dtype[Any]) -> np.dtype[Any]:
    """What a function of linear algebra computes in: float64 for integers."""
    return dtype if dtype.kind in "fc" else np.dtype(float)


def square_matrices(call: Call) -> Type:
    """As large as the operand: matrices, or a stack of them."""
    kind = call.array()
    if kind.ndim < 2:
        raise NoResult("a matrix is needed")
    return Array(floating(kind.dtype), kind.dims)


def triangles(call: Call) -> Type:
    if call.array().dtype.kind == "c":
        raise NoResult("complex numbers")
    return square_matrices(call)


def of_matrices(call: Call) -> Type:
    """A number for each matrix."""
    matrices = square_matrices(call)
    assert isinstance(matrices, Array)
    return of_dims(matrices.dtype, matrices.dims[:-2])


def sign_and_logarithm(call: Call) -> Type:
    if call.array().dtype.kind == "c":
        raise NoResult("complex numbers")
    return Items("tuple", (of_matrices(call),) * 2)


def values_only(call: Call) -> Type:
    """The eigenvalues of symmetric matrices."""
    matrices = triangles(call)
    assert isinstance(matrices, Array)
    return Array(matrices.dtype, matrices.dims[:-1])


def values_and_vectors(call: Call) -> Type:
    return Items("tuple", (values_only(call), triangles(call)))


def solution(call: Call) -> Type:
    """As large as the right-hand sides, once for each matrix."""
    x, y = call.array(0), call.array(1)
    if x.ndim < 2 or not y.ndim:
        raise NoResult("a matrix and a vector, or matrices, are needed")
    dtype = floating(dtype_of_product(call))
    if y.ndim == 1:
        return Array(dtype, (*x.dims[:-2], y.dims[0]))
    return Array(dtype, (*call.facts.broadcast(x.dims[:-2], y.dims[:-2]), *y.dims[-2:]))


RESULTS = (traced, product, dotted, inner_product, outer_product, contracted, normed, square_matrices, triangles,
           of_matrices, sign_and_logarithm, values_only, values_and_vectors, solution)
