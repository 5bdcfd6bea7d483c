"""Results that hold the operand's own elements, in another shape or order."""
from __future__ import annotations

from dataclasses import replace

from ...ir.dims import ONE, Dim, constant
from ...ir.program import Arg, Const
from ...ir.types import Array, Items, Number, Type
from ..sizes import derived, product, settled, size_of, smallest, without
from .call import Call, NoResult
from .making import shape_dims
from .reductions import axes_of, axis_of


def transposed(call: Call) -> Type:
    """All axes in reverse order, or in the order that `axes` says."""
    kind, axes = call.array(), call.static("axes") if "axes" in call.attrs else None
    order = tuple(range(kind.ndim))[::-1] if axes is None else tuple(k % max(kind.ndim, 1) for k in axes)
    if sorted(order) != list(range(kind.ndim)):
        raise NoResult(f"axes {axes} do not fit an array of rank {kind.ndim}")
    return replace(kind, dims=tuple(kind.dims[k] for k in order)) if kind.ndim else call.types[0]


def matrix_transposed(call: Call) -> Type:
    kind = call.types[0]
    if not isinstance(kind, Array) or kind.ndim < 2:
        raise NoResult("a matrix is needed")
    return Array(kind.dtype, (*kind.dims[:-2], kind.dims[-1], kind.dims[-2]), kind.partial)


def swapped(call: Call) -> Type:
    kind = call.array()
    dims = list(kind.dims)
    a, b = (axis_of(call, kind.ndim, name) for name in ("axis1", "axis2"))
    dims[a], dims[b] = dims[b], dims[a]
    return replace(kind, dims=tuple(dims))


def moved(call: Call) -> Type:
    """`moveaxis`: axes `source` stand at `destination`, the others in their order."""
    kind = call.array()
    named = [call.static(name) for name in ("source", "destination")]
    source, destination = (tuple(k % kind.ndim for k in (a if isinstance(a, tuple) else (a,))) for a in named)
    if len(set(source)) != len(set(destination)):
        raise NoResult("source and destination differ in length")
    order = [k for k in range(kind.ndim) if k not in source]
    for to, k in sorted(zip(destination, source)):
        order.insert(to, k)
    return replace(kind, dims=tuple(kind.dims[k] for k in order))


def reshaped(call: Call) -> Type:
    kind = ordered(call)
    dims = list(shape_dims(call, call.args[1]))
    free = constant(-1)
    if dims.count(free) > 1:
        raise NoResult("only one size of a shape can be -1")
    if free in dims:
        at = dims.index(free)
        dims[at] = without(kind.dims, tuple(dims[:at] + dims[at + 1:]))
    elif len(dims) == 1 and len(kind.dims) == 1:
        dims = list(kind.dims)
    return Array(kind.dtype, tuple(dims))


def ordered(call: Call) -> Array:
    """The operand, where the elements are taken in an order that is the same whatever its layout."""
    if call.static("order") not in ("C", "F"):
        raise NoResult("an order that depends on how the array lies in memory")
    return call.array()


def raveled(call: Call) -> Type:
    kind = ordered(call)
    return Array(kind.dtype, kind.dims if kind.ndim == 1 else (product(kind.dims),))


def with_new_axes(call: Call) -> Type:
    kind, axis = call.array(), call.static("axis")
    count = len(axis) if isinstance(axis, tuple) else 1
    at = axes_of(axis, kind.ndim + count)
    rest = iter(kind.dims)
    return Array(kind.dtype, tuple(ONE if k in at else next(rest) for k in range(kind.ndim + count)))


def squeezed(call: Call) -> Type:
    kind, axis = call.array(), call.static("axis")
    if axis is None:
        return Array(kind.dtype, tuple(dim for dim in kind.dims if not one(call, dim)))
    gone = axes_of(axis, kind.ndim)
    if any(not kind.dims[k].is_one for k in gone):
        raise NoResult("only an axis of size 1 can be squeezed")
    return Array(kind.dtype, tuple(dim for k, dim in enumerate(kind.dims) if k not in gone))


def one(call: Call, dim: Dim) -> bool:
    """True where a size is 1; refused where a call may show either."""
    if not dim.is_one and not call.facts.is_not_one(dim):
        raise NoResult("it is not known which sizes are 1: name the axis")
    return dim.is_one


def unmoved(call: Call) -> Type:
    """As large as the operand: `roll`, `flip`."""
    kind = call.array()
    if "axis" in call.attrs:
        axes_of(call.static("axis"), kind.ndim)
    return Array(kind.dtype, kind.dims)


def turned(call: Call) -> Type:
    """`rot90`: two axes change places where the number of turns is odd."""
    kind, turns = call.array(), call.static("k")
    a, b = axes_of(call.static("axes"), kind.ndim)
    dims = list(kind.dims)
    if turns % 2:
        dims[a], dims[b] = dims[b], dims[a]
    return Array(kind.dtype, tuple(dims))


def repeated(call: Call) -> Type:
    kind, axis, times = call.array(), call.static("axis"), call.attrs["repeats"]
    if not isinstance(times.type, Number):
        raise NoResult("the number of repeats must be one integer")
    dims = list(kind.dims) if axis is not None or kind.ndim == 1 else [product(kind.dims)]
    at = axes_of(axis, kind.ndim)[0] if axis is not None else 0
    dims[at] = scaled(call, dims[at], times)
    return Array(kind.dtype, tuple(dims))


def scaled(call: Call, dim: Dim, times: Arg) -> Dim:
    size = size_of(times)
    return call.facts.fresh_dim() if size is None else product((dim, size))


def tiled(call: Call) -> Type:
    kind, times = call.array(), call.attrs["reps"]
    counts = times.type.items if isinstance(times.type, Items) else (times.type,)
    if isinstance(times, Const) and isinstance(times.value, tuple):
        counts = tuple(Const(k).type for k in times.value)
    dims = [ONE] * (len(counts) - kind.ndim) + list(kind.dims)
    for k, count in enumerate(counts, len(dims) - len(counts)):
        size = settled(count.size) if isinstance(count, Number) else None
        dims[k] = call.facts.fresh_dim() if size is None else product((dims[k], size))
    return Array(kind.dtype, tuple(dims))


def diagonal(call: Call) -> Type:
    """The diagonal of a matrix."""
    kind = call.array()
    if kind.ndim != 2:
        raise NoResult("the diagonal of an array whose rank is not 2")
    offset, (rows, columns) = call.static("offset"), kind.dims
    if not offset and rows != columns and not call.facts.same_size(rows, columns):
        return Array(kind.dtype, (smallest(rows, columns),))
    return Array(kind.dtype, (diagonal_size(call, offset),))


def diagonal_size(call: Call, offset: int) -> Dim:
    """How long a diagonal is of a matrix that is square, in the call at hand and from then on."""
    rows, columns = call.array().dims
    if rows != columns and not call.facts.same_size(rows, columns):
        raise NoResult("the diagonal of a matrix that is not square; index it with np.arange")
    return rows if not offset else derived("max({}, 0)", lambda a: max(a, 0), rows + -abs(offset))


def diagonal_matrix(call: Call) -> Type:
    """`diag`: of a vector the matrix, of a matrix its diagonal."""
    kind, offset = call.array(), call.static("k")
    if kind.ndim == 2:
        return Array(kind.dtype, (diagonal_size(call, offset),))
    if kind.ndim != 1:
        raise NoResult("a vector or a matrix is needed")
    return Array(kind.dtype, (kind.dims[0] + abs(offset),) * 2)


RESULTS = (transposed, matrix_transposed, swapped, moved, reshaped, raveled, with_new_axes, squeezed, unmoved, turned,
           repeated, tiled, diagonal, diagonal_matrix)
