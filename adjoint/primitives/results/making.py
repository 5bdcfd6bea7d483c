"""Results that are made new, in a shape that is asked for."""
from __future__ import annotations

from typing import Any

import numpy as np

from ...ir.dims import Dim, constant
from ...ir.program import Arg, Const
from ...ir.types import Array, Items, Number, NumpyScalar, Type, dims_of, dtype_of
from ..sizes import derived, settled, size_of
from .call import Call, NoResult, sample, sampled


def is_integer(kind: Type) -> bool:
    return isinstance(kind, Number) and kind.kind == "int" or isinstance(kind, NumpyScalar) and kind.dtype.kind in "iu"


def shape_dims(call: Call, shape: Arg) -> tuple[Dim, ...]:
    """The dims that a shape argument (an int, or a tuple of ints) names."""
    kinds = shape.type.items if isinstance(shape.type, Items) else (shape.type,)
    if isinstance(shape, Const) and isinstance(shape.value, tuple):
        kinds = tuple(Const(k).type for k in shape.value)
    if not all(map(is_integer, kinds)):
        raise NoResult("a shape must be an int or a tuple of ints")
    sizes = [settled(k.size) if isinstance(k, Number) else None for k in kinds]
    return tuple(call.facts.fresh_dim() if size is None else size for size in sizes)


def made(call: Call) -> Type:
    return Array(call.dtype(np.dtype(float)), shape_dims(call, call.args[0]))


def alike(call: Call) -> Type:
    kind = call.types[0]
    found = dtype_of(kind)
    if found is None:
        raise NoResult(f"{kind} has no dtype")
    return Array(call.dtype(found), dims_of(kind))


def filled(call: Call) -> Type:
    return Array(call.dtype(call.array(1).dtype), shape_dims(call, call.args[0]))


def stretched(call: Call) -> Type:
    """`broadcast_to`."""
    return Array(call.array().dtype, shape_dims(call, call.args[1]))


def square(call: Call) -> Type:
    """The unit matrix: n rows, and as many columns unless it is told otherwise."""
    rows = shape_dims(call, call.args[0])
    columns = call.attrs["M"]
    second = rows if columns == Const(None) else shape_dims(call, columns)
    return Array(call.dtype(np.dtype(float)), rows + second)


def square_matrix(call: Call) -> Type:
    return Array(call.dtype(np.dtype(float)), shape_dims(call, call.args[0]) * 2)


def counted(call: Call) -> Type:
    bounds = [call.args[0], call.attrs["stop"], call.attrs["step"]]
    given = [b for b in bounds if b != Const(None)]
    dtype = dtype_of(sampled(call, [sample(b) for b in given]))
    assert dtype is not None
    return Array(call.dtype(dtype), (counted_size(call, given),))


def counted_size(call: Call, given: list[Arg]) -> Dim:
    """How many integers a range has."""
    sizes = [size_of(b) for b in given]
    if any(size is None for size in sizes):
        return call.facts.fresh_dim()
    if len(sizes) == 1 and sizes[0] is not None:
        return sizes[0]
    words = ", ".join(["{}"] * len(sizes))
    return derived(f"len(range({words}))", lambda *b: len(range(*b)) if b[2:] != (0,) else 0, *sizes)  # type: ignore[arg-type]


def spaced(call: Call) -> Type:
    """`linspace`: from start to stop in `num` steps."""
    dims = call.facts.broadcast(call.array(0).dims, call.array(1).dims)
    size = size_of(call.attrs["num"])
    dtype: np.dtype[Any] = np.result_type(call.array(0).dtype, call.array(1).dtype, 1.0)
    return Array(call.dtype(dtype), (size if size is not None else call.facts.fresh_dim(), *dims))


def arrayed(call: Call) -> Type:
    """`array` of a number, an array, or nested tuples of them."""
    dims = nested_dims(call, call.types[0])
    dtype = dtype_of(sampled(call, [sample(call.args[0])]))
    assert dtype is not None
    return Array(call.dtype(dtype), dims)


def nested_dims(call: Call, kind: Type) -> tuple[Dim, ...]:
    if isinstance(kind, Array):
        return kind.dims
    if not isinstance(kind, Items):
        if dtype_of(kind) is None:
            raise NoResult(f"{kind} is not a number or an array")
        return ()
    if kind.kind == "dict":
        raise NoResult("a dict is not an array")
    inner = {nested_dims(call, item) for item in kind.items}
    if len({len(dims) for dims in inner}) > 1:
        raise NoResult("items of unlike shapes make no array")
    rest = sorted(inner, key=lambda dims: tuple(map(str, dims)))[0] if inner else ()
    return (constant(len(kind.items)), *rest)


RESULTS = (made, alike, filled, stretched, square, square_matrix, counted, spaced, arrayed)
