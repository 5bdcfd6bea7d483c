"""Results that are computed element by element: arithmetic, conversions, parts of numbers."""
from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from ...ir.dims import Dim
from ...ir.program import Arg, Const, Value
from ...ir.types import Array, Number, NumpyScalar, Type, dims_of, dtype_of, is_partial
from .. import core
from ..facts import Facts
from ..primitive import Primitive
from ..sizes import largest, quotient, remainder, smallest
from .call import Call, NoResult, as_array, of_dims, sample, sampled
from .reductions import axes_of

_kinds: dict[object, Type] = {}


def element_kind(call: Call) -> Type:
    """The type of an elementwise result, without sizes: what NumPy itself answers."""
    key = (call.spelling, call.primitive.spelling, *map(sample_key, call.args))
    if key not in _kinds:
        _kinds[key] = _element_kind(call.spelling, call.primitive.spelling, list(map(sample, call.args)))
    return _kinds[key]


def _element_kind(function: str, fallback: str, samples: list[object]) -> Type:
    call = Call(Primitive("", "", (fallback,), ()), (), {}, function, Facts())
    try:
        return sampled(call, samples)
    except NoResult:  # 1 may lie outside the domain of a function of Python's
        return sampled(call, [0.5 if type(s) is float else s for s in samples])


def sample_key(arg: Arg) -> tuple[object, object]:
    """What of an operand the type of a result hangs on; equal numbers of two types are not the same."""
    kind = arg.type
    if isinstance(kind, Array):
        return kind.dtype, kind.ndim
    if isinstance(arg, Value) and isinstance(kind, (Number, NumpyScalar)):
        return type(kind), kind.kind if isinstance(kind, Number) else kind.dtype
    made = sample(arg)
    return type(made), repr(made)


def elementwise(call: Call) -> Type:
    kind = element_kind(call)
    if isinstance(kind, Array):
        dims = call.facts.broadcast(*map(dims_of, call.types))
        if not any(map(is_partial, call.types)):
            return Array(kind.dtype, dims)
        sure = call.facts.broadcast(*(dims_of(t) for t in call.types if not is_partial(t)))
        return Array(kind.dtype, dims, not call.facts.covers(sure, dims))
    if isinstance(kind, Number) and kind.kind == "int":
        return Number("int", arithmetic_size(call))
    return kind


def arithmetic_size(call: Call) -> Dim | None:
    """The size that integer arithmetic on sizes gives, where it stays a size."""
    known = [t.size for t in call.types if isinstance(t, Number) and t.size is not None]
    if len(known) != len(call.args) or not known:
        return None
    name = call.primitive.name
    if name == core.NEGATIVE:
        return -known[0]
    if len(known) != 2:
        return None
    a, b = known
    if name == core.MULTIPLY and not (a.terms and b.terms):
        return b.times(a.constant) if not a.terms else a.times(b.constant)
    derived = {core.FLOOR_DIVIDE: quotient, core.REMAINDER: remainder, core.FIRST_MAX: largest,
               core.FIRST_MIN: smallest}
    if name in derived:
        return derived[name](a, b)
    return {core.ADD: a + b, core.SUBTRACT: a - b}.get(name)


def same(call: Call) -> Type:
    """As the operand; a number in an array is an array of rank 0."""
    kind = call.types[0]
    if isinstance(kind, Array):
        return Array(kind.dtype, kind.dims)
    return kind if call.spelling.startswith("method.") else call.array()


def converted(call: Call) -> Type:
    kind, target = call.types[0], call.args[1]
    if not isinstance(target, Const):
        raise NoResult("the dtype must be a constant")
    dtype = np.dtype(target.value)  # type: ignore[call-overload]
    return Array(dtype, kind.dims, kind.partial) if isinstance(kind, Array) else NumpyScalar(dtype)


def real(call: Call) -> Type:
    kind = call.types[0]
    dtype = dtype_of(kind)
    if dtype is None:
        raise NoResult(f"{kind} is not a number")
    part = np.zeros((), dtype).real.dtype
    if isinstance(kind, Number):
        return Number("float" if kind.kind == "complex" else kind.kind)
    return Array(part, kind.dims, kind.partial) if isinstance(kind, Array) else NumpyScalar(part)


def named_dtype(call: Call) -> Type:
    """What a type of NumPy's makes of a number or an array."""
    kind, dtype = call.types[0], np.dtype(call.spelling.rpartition(".")[2])
    return Array(dtype, kind.dims, kind.partial) if isinstance(kind, Array) and kind.ndim else NumpyScalar(dtype)


def signed(call: Call) -> Type:
    if any(as_array(kind).dtype.kind == "c" for kind in call.types):
        raise NoResult("the sign of a complex number is not constant; divide by np.abs")
    return elementwise(call)


def python_float(call: Call) -> Type:
    return Number("float")


def python_int(call: Call) -> Type:
    return Number("int")


def python_number(call: Call) -> Type:
    """`x.item()`: the Python number in an array."""
    dtype: np.dtype[Any] = call.array().dtype
    return Number({"b": "bool", "i": "int", "u": "int", "f": "float", "c": "complex"}[dtype.kind])


def rounded(call: Call) -> Type:
    kind = call.types[0]
    return NumpyScalar(np.dtype(float)) if isinstance(kind, Number) else kind


def python_rounded(call: Call) -> Type:
    """An integer, unless a number of digits is given."""
    kind = call.types[0]
    if isinstance(kind, Array):
        raise NoResult("`round` of an array; write `np.round`")
    return Number("int") if call.attrs["ndigits"] == Const(None) else kind


def ordering(call: Call) -> Type:
    return replace(sorted_along(call), dtype=np.dtype(np.intp))


def sorted_along(call: Call) -> Array:
    """As large as the operand: what is done along each row of it."""
    kind, axis = call.array(), call.static("axis")
    if axis is None:
        raise NoResult("`axis=None` takes the array as flat; write `.ravel()`")
    axes_of(axis, kind.ndim)
    return Array(kind.dtype, kind.dims)


def taken_along(call: Call) -> Type:
    """Along an axis as large as the index, along the others as large as both."""
    kind, index, axis = call.array(), call.array(1), call.static("axis")
    if axis is None or index.ndim != kind.ndim:
        raise NoResult("the index and the array need the same rank, and `axis` a number")
    at = axes_of(axis, kind.ndim)[0]
    return Array(kind.dtype, tuple(own if k == at else call.facts.broadcast_dim(dim, own)
                                   for k, (dim, own) in enumerate(zip(kind.dims, index.dims))))


def places(call: Call) -> Type:
    """A place in a sorted array for each element of the second operand."""
    return of_dims(np.dtype(np.intp), dims_of(call.types[1]))


def truth(call: Call) -> Type:
    return Number("bool")


RESULTS = (elementwise, named_dtype, signed, same, converted, real, python_float, python_int, python_number, rounded,
           python_rounded, ordering, sorted_along,
           taken_along, places, truth)
